"""Requests that no client of the project makes: an administrator's hand in the data."""

from typing import Any

import requests

from corpus.correct.session import Login


class Rest:
    """The server's API with a token of its own."""

    def __init__(self, login: Login) -> None:
        self.base = f"{login.url}/v1/"
        answer = requests.post(
            f"{self.base}auth/login/",
            json={"username": login.user, "password": login.password},
            timeout=30,
        )
        self.headers = {"Authorization": f"Token {answer.json()['key']}"}

    def call(self, method: str, path: str, **json: Any) -> requests.Response:
        answer = requests.request(
            method, self.base + path, json=json, headers=self.headers, timeout=30
        )
        answer.raise_for_status()
        return answer

    def tick(self, project: int, example: int) -> None:
        self.call("POST", f"projects/{project}/examples/{example}/states")
