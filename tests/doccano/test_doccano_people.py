import secrets
from collections.abc import Callable

import pytest
import requests
from annotator import Annotator
from conftest import PASSWORDS
from rest import Rest
from rounds import MAX, Records, push_some

from corpus.correct.push import push
from corpus.correct.session import Login, Session


def test_an_added_annotator_sees_their_project_alone(
    session: Session,
    login: Login,
    records: Records,
    sit_down: Callable[[str, str], Annotator],
) -> None:
    other = push_some(session, records[:1], "for others")
    notes = {"A700#0": {"first": 'DOSE "50 µg" at 5', "second": "-"}}
    sent = push(
        session, records[:2], name="for bob", model="m", max_chars=MAX, notes=notes
    )
    assert sent.uploaded == ["A700#0"]
    password = secrets.token_urlsafe(12)
    sit_down("admin", PASSWORDS["admin"]).add_user("bob", password)
    assert session.ask("member", project=sent.project, username="bob")["added"]
    assert not session.ask("member", project=sent.project, username="bob")["added"]

    bob = sit_down("bob", password)
    assert bob.projects() == ["for bob"]
    bob.open_example(sent.project, "A700#0")
    cells = bob.beside_the_text()
    assert cells[cells.index("first") + 1] == 'DOSE "50 µg" at 5'
    assert cells[cells.index("second") + 1] == "-"
    bob.mark("by mouth", "ROUTE")
    bob.tick()

    hand = Rest(login._replace(user="bob", password=password))
    me = hand.call("GET", "me").json()
    assert (me["username"], me["is_superuser"], me["is_staff"]) == ("bob", False, False)
    for method, path in (
        ("GET", f"projects/{other}/examples"),
        ("DELETE", f"projects/{sent.project}/examples"),
        ("POST", f"projects/{sent.project}/upload"),
        ("POST", "users/create"),
    ):
        with pytest.raises(requests.HTTPError, match="403"):
            hand.call(method, path)
