import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from rest import Rest

from corpus.annotation import AnnotatedRecord, CorpusError
from corpus.correct.confirmed import PullReport, assemble
from corpus.correct.examples import content, upload_line, upload_row
from corpus.correct.parts import cut_record
from corpus.correct.push import push, read_examples
from corpus.correct.server import Server
from corpus.correct.session import Login, Session, open_session

Records = list[AnnotatedRecord]
MAX = 3000


def push_some(session: Session, records: Records, name: str) -> int:
    return push(session, records, name=name, model="toy 1", max_chars=MAX).project


def pull(session: Session, records: Records, project: int) -> PullReport:
    return assemble(records, read_examples(session, project), max_chars=MAX)


def is_whole(session: Session, records: Records, project: int) -> bool:
    there = [content(e.part) for e in read_examples(session, project)]
    return there == [content(part) for r in records for part in cut_record(r)]


def test_a_stopped_worker_is_noticed_and_nothing_is_doubled(
    session: Session,
    server: Server,
    records: Records,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project = push_some(session, records[:3], "worker")
    server.stop_worker()
    lines = [upload_line(upload_row(cut_record(r)[0], r, model="m")) for r in records]
    started = time.monotonic()
    try:
        with pytest.raises(CorpusError, match="`doccano task` running"):
            session.ask("upload", project=project, lines="".join(lines), limit=3)
        assert time.monotonic() - started < 10
    finally:
        server.start_worker()
    # The import that was waiting is done now, with three records that are there.
    report = push(session, records, name="worker", model="toy 1", max_chars=MAX)
    assert report.uploaded == []
    assert sorted(report.removed) == ["A700#0", "A701#0", "A702#0"]
    assert len(read_examples(session, project)) == 20


def test_a_killed_server_is_named_and_the_push_goes_on_later(
    session: Session, server: Server, login: Login, records: Records
) -> None:
    project = push_some(session, records[:5], "killed")
    server.stop_web()
    try:
        with pytest.raises(CorpusError, match="the server can't be reached"):
            push_some(session, records, "killed")
    finally:
        server.start_web()
    with open_session(login) as again:
        assert push_some(again, records, "killed") == project
        assert is_whole(again, records, project)


def test_a_torn_import_is_repaired(
    session: Session, rest: Rest, records: Records
) -> None:
    project = push_some(session, records[:2], "torn")
    first, second = read_examples(session, project)
    for kind in ("relations", "spans"):
        rest.call("DELETE", f"projects/{project}/examples/{first.id}/{kind}")
    rest.call("DELETE", f"projects/{project}/examples/{second.id}")
    report = push(session, records[:2], name="torn", model="toy 1", max_chars=MAX)
    assert (report.repaired, report.uploaded) == (["A700#0"], ["A700#0", "A701#0"])
    assert is_whole(session, records[:2], project)


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


# Content-Encoding too: requests has decoded the body.
HOP_BY_HOP = (
    "Transfer-Encoding",
    "Content-Length",
    "Content-Encoding",
    "Connection",
)


class FaultyProxy(ThreadingHTTPServer):
    """Passes requests on, or answers them with 500 or not in time."""

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.target = target
        self.faults: dict[str, list[float]] = {}


class Handler(BaseHTTPRequestHandler):
    """One request through the proxy."""

    server: FaultyProxy

    def do_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        planned = self.server.faults.get(self.command)
        delay = planned.pop() if planned else None
        if delay == 0:
            self.send_error(500)
            return
        if delay:
            time.sleep(delay)
        answer = requests.request(
            self.command,
            self.server.target + self.path,
            data=body,
            headers=dict(self.headers),
        )
        self.send_response(answer.status_code)
        for key, value in answer.raw.headers.items():
            if key not in HOP_BY_HOP:
                self.send_header(key, value)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_any

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def proxy(server: Server) -> Iterator[FaultyProxy]:
    """A proxy in front of the server."""
    with FaultyProxy(server.url) as proxy:
        thread = threading.Thread(target=proxy.serve_forever)
        thread.start()
        yield proxy
        proxy.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("name", "faults", "message"),
    [
        ("500 on writing", {"POST": [0.0]}, "the server answered with an error"),
        ("500 on reading", {"GET": [0.0] * 40}, "can't be reached"),
        ("no answer", {"POST": [5.0]}, "can't be reached"),
    ],
)
def test_a_faulty_connection_loses_and_doubles_nothing(
    proxy: FaultyProxy,
    session: Session,
    login: Login,
    records: Records,
    name: str,
    faults: dict[str, list[float]],
    message: str,
) -> None:
    project = push_some(session, records[:3], name)
    there = f"http://127.0.0.1:{proxy.server_address[1]}"
    with open_session(login._replace(url=there), timeout=2) as through:
        proxy.faults = {k: list(v) for k, v in faults.items()}
        with pytest.raises(CorpusError, match=message):
            push_some(through, records, name)
        proxy.faults = {}
        assert push_some(through, records, name) == project
        assert is_whole(session, records, project)


def test_a_short_fault_on_reading_is_passed_over(
    proxy: FaultyProxy, login: Login, records: Records
) -> None:
    there = f"http://127.0.0.1:{proxy.server_address[1]}"
    with open_session(login._replace(url=there)) as through:
        proxy.faults = {"GET": [0.0, 0.0]}
        project = push_some(through, records, "short fault")
        assert is_whole(through, records, project)
