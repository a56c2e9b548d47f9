"""A real doccano server and a real browser; `make test-doccano` sets TEST_DOCCANO."""

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from annotator import Annotator
from rest import Rest

from corpus.annotation import AnnotatedRecord, Entity, Link
from corpus.correct.server import Server, run_server
from corpus.correct.session import Login, Session, open_session

collect_ignore_glob = [] if os.environ.get("TEST_DOCCANO") else ["test_*.py"]

PASSWORDS = {name: secrets.token_urlsafe(12) for name in ("admin", "ann")}
# Emoji count twice in UTF-16; the e has a combining accent; lines end as on Windows.
TEXT = (
    "A{n}\r\nCafe\u0301 trial {n} \U0001f489 of amberol\r\n\r\nBrief summary\r\n"
    "Give amberol 50 µg daily \U0001f489\U0001f489 by mouth for 6 weeks to {n}.\r\n\r\n"
    "Eligibility criteria\r\n\U0001f44d\U0001f3fd INR ≥ {n} at screening\r\n"
)


def make_record(n: int) -> AnnotatedRecord:
    text = TEXT.format(n=n)
    marks = [
        ("amberol 50", "INTERVENTION", 3),
        ("50 µg", "DOSE", 0),
        ("daily", "FREQUENCY", 0),
        ("6 weeks", "DURATION", 0),
        ("INR", "LAB_TEST", 0),
        (f"≥ {n}", "LAB_THRESHOLD", 0),
    ]
    entities = tuple(
        Entity(f"e{i}", text.index(words), text.index(words) + len(words) - cut, label)
        for i, (words, label, cut) in enumerate(marks, 1)
    )
    links = (
        Link("HAS_DOSE", "e1", "e2"),
        Link("HAS_FREQUENCY", "e1", "e3"),
        Link("HAS_THRESHOLD", "e5", "e6"),
    )
    return AnnotatedRecord(f"A{n}", text, entities, links, "authored", "train")


@pytest.fixture
def records() -> list[AnnotatedRecord]:
    """Twenty records with all that breaks offsets."""
    return [make_record(n) for n in range(700, 720)]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this test run, stopped at its end."""
    accounts = {
        name: {"password": word, "admin": name == "admin"}
        for name, word in PASSWORDS.items()
    }
    home: Path = tmp_path_factory.mktemp("doccano")
    with run_server(home, accounts) as running:
        yield running


@pytest.fixture
def login(server: Server) -> Login:
    """Login of the administrator."""
    return Login(server.url, "admin", PASSWORDS["admin"])


@pytest.fixture
def use_server(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    """Say in the environment where the commands are to log in."""
    for key, value in login._asdict().items():
        monkeypatch.setenv(f"DOCCANO_{key.upper()}", value)


@pytest.fixture
def session(login: Login) -> Iterator[Session]:
    """A session of the administrator."""
    with open_session(login) as opened:
        yield opened


@pytest.fixture
def rest(login: Login) -> Rest:
    """The administrator's hand in the data."""
    return Rest(login)


@pytest.fixture
def sit_down(server: Server) -> Iterator[Callable[[str, str], Annotator]]:
    """The function that puts a person at a browser of their own and logs them in."""
    # Here, so that `make test` can load this file without Playwright.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox"],
        )

        def log_in(user: str, password: str) -> Annotator:
            # Tall, since lines out of sight aren't drawn.
            page = browser.new_page(viewport={"width": 1400, "height": 2400})
            person = Annotator(page, server.url)
            person.log_in(user, password)
            return person

        yield log_in
        browser.close()


@pytest.fixture
def annotator(sit_down: Callable[[str, str], Annotator]) -> Annotator:
    """An annotator who sits at a browser."""
    return sit_down("ann", PASSWORDS["ann"])
