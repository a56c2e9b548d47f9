"""The registry's public API v2, asked politely."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any, Final

import requests

BASE_URL: Final = "https://clinicaltrials.gov/api/v2"
RETRIED: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_WAIT: Final = 120.0


class ApiError(Exception):
    """An answer that no retry made good."""


class _Retry(Exception):
    """An answer to ask for again, after `wait` seconds if the server names them."""

    def __init__(self, problem: str, wait: float | None = None) -> None:
        super().__init__(problem)
        self.wait = wait


@dataclass
class RegistryApi:
    """A client that keeps to a rate and tries again when the server can't answer.

    base_url (str): Address up to and with `/api/v2`.
    rate (float): Requests per second at most.
    attempts (int): Requests for one answer before giving up.
    timeout (float): Seconds to wait for a connection or for more of an answer.
    backoff (float): Seconds before the second attempt; doubled for each further one.
    sleep (Callable[[float], None]): How to wait; tests pass their own.
    """

    base_url: str = BASE_URL
    rate: float = 2.0
    attempts: int = 5
    timeout: float = 30.0
    backoff: float = 1.0
    sleep: Callable[[float], None] = time.sleep
    session: requests.Session = field(default_factory=requests.Session)
    _next: float = 0.0

    def study(self, nct_id: str) -> dict[str, Any] | None:
        """Get one study.

        nct_id (str): Its registry number.
        RETURNS (dict[str, Any] | None): The study as the API gives it, or None if the
            registry doesn't have it.
        RAISES (ApiError): If no answer could be had.
        """
        return self._get(f"studies/{nct_id}", {})

    def studies(
        self, nct_ids: Sequence[str], *, page_size: int = 100
    ) -> Iterator[dict[str, Any]]:
        """Get several studies over the paged list.

        nct_ids (Sequence[str]): Their registry numbers.
        page_size (int): Studies per page.
        YIELDS (dict[str, Any]): Those that the registry has, in its order.
        RAISES (ApiError): If no answer could be had.
        """
        params = {"filter.ids": "|".join(nct_ids), "pageSize": str(page_size)}
        while True:
            page = self._get("studies", params)
            if page is None or not isinstance(page.get("studies"), list):
                raise ApiError(f"{self.base_url}/studies: the answer has no `studies`")
            yield from page["studies"]
            token = page.get("nextPageToken")
            if not token:
                return
            params["pageToken"] = token

    def close(self) -> None:
        """Close the connections."""
        self.session.close()

    def _get(self, path: str, params: Mapping[str, str]) -> dict[str, Any] | None:
        url = f"{self.base_url.rstrip('/')}/{path}"
        problem = ""
        for attempt in range(self.attempts):
            try:
                return self._ask(url, params)
            except _Retry as error:
                problem = str(error)
                if attempt + 1 < self.attempts:
                    self.sleep(self._pause(attempt, error.wait, url))
        raise ApiError(f"{url}: {problem}, after {self.attempts} attempts")

    def _pause(self, attempt: int, asked: float | None, url: str) -> float:
        if asked is None:
            return min(self.backoff * float(2**attempt), LONGEST_WAIT)
        if asked > LONGEST_WAIT:
            raise ApiError(
                f"{url}: the server asks to wait {asked:.0f} s; run it later"
            )
        return asked

    def _ask(self, url: str, params: Mapping[str, str]) -> dict[str, Any] | None:
        self._keep_rate()
        try:
            answer = self.session.get(url, params=dict(params), timeout=self.timeout)
        except requests.RequestException as error:
            raise _Retry(f"no whole answer ({type(error).__name__})") from error
        if answer.status_code == 404:
            return None
        if answer.status_code in RETRIED:
            wait = parse_retry_after(answer.headers.get("Retry-After"))
            raise _Retry(f"status {answer.status_code}", wait)
        if answer.status_code != 200:
            raise ApiError(f"{url}: status {answer.status_code}: {answer.text[:200]!r}")
        try:
            body = json.loads(answer.content)
        except ValueError as error:
            raise _Retry(f"the answer is not whole JSON ({error})") from error
        if not isinstance(body, dict):
            raise ApiError(f"{url}: the answer is not a JSON object")
        return body

    def _keep_rate(self) -> None:
        now = time.monotonic()
        if now < self._next:
            self.sleep(self._next - now)
        self._next = max(now, self._next) + 1 / self.rate


def parse_retry_after(value: str | None) -> float | None:
    """Read how long a server asks to wait.

    value (str | None): The header `Retry-After`: seconds or a date.
    RETURNS (float | None): Seconds, or None if it says nothing that can be read.
    """
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=timezone.utc)
    return max(0.0, (date - datetime.now(timezone.utc)).total_seconds())
