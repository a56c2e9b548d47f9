import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from proxy import LATE, LOST, REFUSED, Fault, FaultyProxy
from rest import Rest
from rounds import MAX, Records, forget_pushes, is_whole, pull, push_some

from corpus.annotation import CorpusError
from corpus.correct.push import push
from corpus.correct.repair import read_examples
from corpus.correct.server import Server
from corpus.correct.session import Login, Session, open_session


def test_a_torn_import_is_repaired(
    session: Session, rest: Rest, records: Records
) -> None:
    project = push_some(session, records[:2], "torn")
    forget_pushes(rest, project)
    first, second = read_examples(session, project)
    for kind in ("relations", "spans"):
        rest.call("DELETE", f"projects/{project}/examples/{first.id}/{kind}")
    rest.call("DELETE", f"projects/{project}/examples/{second.id}")
    report = push(session, records[:2], name="torn", model="toy 1", max_chars=MAX)
    assert (report.repaired, report.uploaded) == (["A700#0"], ["A700#0", "A701#0"])
    assert is_whole(session, records[:2], project)


def test_a_part_that_an_annotator_emptied_is_left_alone(
    session: Session, rest: Rest, records: Records
) -> None:
    project = push_some(session, records[:2], "emptied")
    first, _ = read_examples(session, project)
    rest.call("DELETE", f"projects/{project}/examples/{first.id}/spans")
    report = push(session, records[:3], name="emptied", model="toy 1", max_chars=MAX)
    assert (report.repaired, report.uploaded) == ([], ["A702#0"])
    assert read_examples(session, project)[0].part.entities == ()


def test_what_was_ticked_is_never_sent_again(
    session: Session, rest: Rest, records: Records
) -> None:
    project = push_some(session, records[:1], "ticked")
    (example,) = read_examples(session, project)
    rest.call("DELETE", f"projects/{project}/examples/{example.id}/spans")
    rest.tick(project, example.id)
    report = push(session, records[:1], name="ticked", model="toy 1", max_chars=MAX)
    assert report.uploaded == report.repaired == []
    (done,) = pull(session, records[:1], project).confirmed
    assert done.record.entities == () and done.annotators == ("admin",)


def test_edited_texts_deleted_examples_and_unknown_labels_are_reported(
    session: Session, rest: Rest, records: Records
) -> None:
    project = push_some(session, records[:4], "spoilt")
    examples = read_examples(session, project)
    for example in examples:
        rest.tick(project, example.id)
    base = f"projects/{project}/examples"
    rest.call("PATCH", f"{base}/{examples[0].id}", text="Something else")
    rest.call("DELETE", f"{base}/{examples[1].id}")
    label = rest.call("POST", f"projects/{project}/span-types", text="PLACEBO").json()
    span = {"start_offset": 0, "end_offset": 4, "label": label["id"]}
    rest.call("POST", f"{base}/{examples[2].id}/spans", **span)
    report = pull(session, records[:4], project)
    assert [d.record.id for d in report.confirmed] == ["A703"]
    expected = {
        "A700": "the text of part A700#0 was edited",
        "A701": "part A701#0 was deleted",
        "A702": "PLACEBO is no label",
    }
    assert report.problems.keys() == expected.keys()
    for record, problem in expected.items():
        assert problem in report.problems[record][0]
    with pytest.raises(CorpusError, match="A700#0: has another text on the server"):
        push_some(session, records[:4], "spoilt")


def test_a_wrong_password_is_named_without_showing_it(login: Login) -> None:
    with pytest.raises(CorpusError, match="the server refused") as caught:
        with open_session(login._replace(password="not-this-one")):
            pass
    assert "not-this-one" not in str(caught.value)


@pytest.fixture
def proxy(server: Server) -> Iterator[FaultyProxy]:
    """A proxy in front of the server."""
    with FaultyProxy(server.url) as proxy:
        thread = threading.Thread(target=proxy.serve_forever)
        thread.start()
        yield proxy
        proxy.shutdown()
        thread.join()


PUSHES = {
    "500 before the import": (Fault("POST", "/upload", REFUSED), "an error"),
    "500 after the import": (Fault("POST", "/upload", LOST), "an error"),
    "no answer to the import": (Fault("POST", "/upload", LATE), "ReadTimeout"),
    "500 while it is awaited": (Fault("GET", "/tasks", REFUSED, 40), "RetryError"),
}


@pytest.mark.parametrize("name", PUSHES)
def test_a_push_that_fails_midway_loses_and_doubles_nothing(
    proxy: FaultyProxy, session: Session, login: Login, records: Records, name: str
) -> None:
    fault, message = PUSHES[name]
    project = push_some(session, [], name)
    with open_session(login._replace(url=proxy.url), timeout=2) as through:
        proxy.faults = [replace(fault)]
        with pytest.raises(CorpusError, match=message):
            push_some(through, records, name)
        assert proxy.faults[0].times < fault.times
        proxy.faults = []
        assert push_some(through, records, name) == project
    assert is_whole(session, records, project)


PULLS = (
    (Fault("POST", "/download", REFUSED), "an error"),
    (Fault("GET", "/tasks", REFUSED, 40), "RetryError"),
    (Fault("GET", "/download", LATE, 2), "ConnectionError"),
    (Fault("GET", "/states", REFUSED, 40), "RetryError"),
)


def test_a_pull_that_fails_midway_takes_nothing(
    proxy: FaultyProxy, session: Session, rest: Rest, login: Login, records: Records
) -> None:
    project = push_some(session, records[:2], "pull")
    rest.tick(project, read_examples(session, project)[0].id)
    before = pull(session, records[:2], project)
    assert [d.record.id for d in before.confirmed] == ["A700"]
    with open_session(login._replace(url=proxy.url), timeout=2) as through:
        for fault, message in PULLS:
            proxy.faults = [fault]
            with pytest.raises(CorpusError, match=message):
                pull(through, records[:2], project)
        proxy.faults = []
        assert pull(through, records[:2], project) == before


def test_a_short_fault_on_reading_is_passed_over(
    proxy: FaultyProxy, login: Login, records: Records
) -> None:
    with open_session(login._replace(url=proxy.url)) as through:
        proxy.faults = [Fault("GET", "/projects", REFUSED, 2)]
        project = push_some(through, records, "short fault")
        assert proxy.faults[0].times == 0
        assert is_whole(through, records, project)
