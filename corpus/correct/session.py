"""A session with a doccano server, held by a process in the client's environment."""

import getpass
import json
import os
import selectors
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple

from corpus.annotation import CorpusError
from corpus.correct.environment import CLIENT, ensure_environment

BRIDGE: Final = Path(__file__).with_name("bridge.py")
LIMIT: Final = 600.0
URL: Final = "http://127.0.0.1:8123"


class Login(NamedTuple):
    """Where to log in, and as whom.

    url (str): The server.
    user (str): Name of an account that may create projects.
    password (str): Its password.
    """

    url: str
    user: str
    password: str

    def __repr__(self) -> str:
        """Leave the password out of messages and logs."""
        return f"Login({self.url!r}, {self.user!r})"


def ask_login(environ: Mapping[str, str] = os.environ) -> Login:
    """Take the login from the environment, and ask for what is missing.

    environ (Mapping[str, str]): DOCCANO_URL, DOCCANO_USER, DOCCANO_PASSWORD.
    RETURNS (Login): The login.
    RAISES (CorpusError): If something is missing and nobody can be asked.
    """
    url = environ.get("DOCCANO_URL", URL)
    user, password = environ.get("DOCCANO_USER"), environ.get("DOCCANO_PASSWORD")
    if not (user and password) and not sys.stdin.isatty():
        raise CorpusError(
            url,
            "user or password is missing",
            "Set DOCCANO_USER and DOCCANO_PASSWORD, or run it in a terminal",
        )
    user = user or input(f"User at {url}: ")
    return Login(url, user, password or getpass.getpass(f"Password of {user}: "))


class Session:
    """Requests to a doccano server through its official client.

    python (Path): Python that has doccano-client.
    login (Login): Where to log in, and as whom.
    timeout (float): Seconds for one answer of the server.
    """

    def __init__(self, python: Path, login: Login, *, timeout: float = 30.0) -> None:
        hidden = {k: v for k, v in os.environ.items() if not k.startswith("DOCCANO_")}
        self.place = f"doccano at {login.url}"
        self._process = subprocess.Popen(
            [str(python), "-I", str(BRIDGE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=hidden,
        )
        try:
            self.ask("login", **login._asdict(), timeout=timeout)
        except BaseException:
            self.close()
            raise

    def ask(self, op: str, **values: object) -> Any:
        """Send a request and wait for its answer.

        op (str): A method of the bridge.
        values (object): Its arguments, JSON.
        RETURNS (Any): What it returned.
        RAISES (CorpusError): If the server or the bridge fails.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        try:
            stdin.write(json.dumps({"op": op, **values}).encode("ascii") + b"\n")
            stdin.flush()
        except BrokenPipeError:
            raise self._error("the client's process has ended") from None
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            if not selector.select(LIMIT):
                raise self._error(f"no answer to {op} in {LIMIT:.0f} s")
        line = stdout.readline()
        if not line:
            raise self._error("the client's process has ended")
        answer = json.loads(line)
        if "error" in answer:
            raise self._error(str(answer["error"]))
        return answer["ok"]

    def _error(self, problem: str) -> CorpusError:
        return CorpusError(self.place, problem, "Nothing was taken into the corpus")

    def close(self) -> None:
        """End the client's process; the login stays valid for others."""
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            self._process.stdin.close()
            self._process.wait(timeout=5)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@contextmanager
def open_session(login: Login, *, timeout: float = 30.0) -> Iterator[Session]:
    """Open a session, and make the client's environment first if need be.

    login (Login): Where to log in, and as whom.
    timeout (float): Seconds for one answer of the server.
    YIELDS (Session): The session.
    """
    with Session(ensure_environment(CLIENT), login, timeout=timeout) as session:
        yield session
