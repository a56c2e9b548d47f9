import os
import signal
import sqlite3
import subprocess
import threading
import time

import pytest
from conftest import make_record
from rest import Rest
from rounds import MAX, Records, is_whole, push_some

from corpus.annotation import CorpusError
from corpus.correct.examples import content
from corpus.correct.parts import cut_record
from corpus.correct.push import push, shown_parts, upload_lines
from corpus.correct.repair import read_examples
from corpus.correct.server import Server
from corpus.correct.session import Login, Session, open_session

MANY = [make_record(n) for n in range(100, 200)]
LINKS = sum(len(record.relations) for record in MANY)


def count_rows(server: Server, project: int) -> tuple[int, int]:
    """Count the examples and relations of a project in the database itself."""
    link = sqlite3.connect(server.home / "db.sqlite3")
    try:
        relations = (
            "SELECT count(*) FROM labels_relation JOIN examples_example "
            "ON examples_example.id = example_id WHERE project_id = ?"
        )
        examples = "SELECT count(*) FROM examples_example WHERE project_id = ?"
        return tuple(  # type: ignore[return-value]
            link.execute(query, (project,)).fetchone()[0]
            for query in (examples, relations)
        )
    finally:
        link.close()


def kill(process: "subprocess.Popen[bytes] | None") -> None:
    assert process is not None
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Killer(threading.Thread):
    """Kills parts of a server as soon as an import has written its first examples."""

    def __init__(self, server: Server, project: int, victims: tuple[str, ...]) -> None:
        super().__init__()
        self.server, self.project, self.victims = server, project, victims
        self.before = count_rows(server, project)
        self.left = self.before

    def run(self) -> None:
        end = time.monotonic() + 30
        while count_rows(self.server, self.project)[0] == self.before[0]:
            if time.monotonic() > end:
                return
            time.sleep(0.002)
        for victim in self.victims:
            kill(getattr(self.server, victim))
        self.left = count_rows(self.server, self.project)

    def restart(self) -> None:
        for victim in self.victims:
            getattr(self.server, f"start_{victim}")()
        self.server.wait_for_worker()


@pytest.mark.parametrize(
    ("victims", "message"),
    [
        (("worker",), "start it by `doccano task`"),
        (("worker", "web"), "the server can't be reached"),
    ],
)
def test_the_next_push_repairs_what_a_kill_in_the_middle_left(
    server: Server, login: Login, rest: Rest, victims: tuple[str, ...], message: str
) -> None:
    name = f"killed {victims}"
    with open_session(login) as session:
        project = push_some(session, MANY[:3], name)
        corrected, emptied, _ = read_examples(session, project)
    base = f"projects/{project}/examples"
    rest.call("DELETE", f"{base}/{corrected.id}/spans/{corrected.part.entities[3].id}")
    rest.tick(project, corrected.id)
    rest.call("DELETE", f"{base}/{emptied.id}/spans")
    killer = Killer(server, project, victims)
    killer.start()
    try:
        with open_session(login) as session:
            with pytest.raises(CorpusError, match=message):
                push_some(session, MANY, name)
        killer.join()
    finally:
        killer.restart()
    examples, relations = killer.left
    assert examples == len(MANY)
    assert relations < LINKS, "it was killed after the last row, not in the middle"
    with open_session(login) as session:
        report = push(session, MANY, name=name, model="toy 1", max_chars=MAX)
        there = {e.key: e for e in read_examples(session, project)}
    torn = len(MANY) - 3
    assert (len(report.repaired), len(report.uploaded)) == (torn, torn)
    assert count_rows(server, project) == (len(MANY), LINKS - len(MANY[1].relations))
    assert len(there[corrected.key].part.entities) == 5
    assert there[corrected.key].confirmed_by == "admin"
    assert there[emptied.key].part.entities == ()
    for record in MANY[2:]:
        (part,) = cut_record(record)
        assert content(there[part.key].part) == content(part)


def test_a_stopped_worker_is_noticed_before_anything_is_sent(
    session: Session, server: Server, records: Records
) -> None:
    kill(server.worker)
    started = time.monotonic()
    try:
        with pytest.raises(CorpusError, match="start it by `doccano task`"):
            push_some(session, records, "no worker")
        assert time.monotonic() - started < 10
        with pytest.raises(CorpusError, match="the server has no project 'no worker'"):
            session.ask("find", name="no worker")
    finally:
        server.start_worker()
        server.wait_for_worker()
    assert is_whole(session, records, push_some(session, records, "no worker"))


def test_an_import_that_waited_for_a_worker_doubles_nothing(
    session: Session, server: Server, records: Records
) -> None:
    project = push_some(session, records[:3], "late")
    kill(server.worker)
    rows = upload_lines(shown_parts(records, max_chars=MAX), model="m", notes={})
    try:
        with pytest.raises(CorpusError, match="start it by `doccano task`"):
            session.ask("upload", project=project, lines="".join(rows.values()))
    finally:
        server.start_worker()
        server.wait_for_worker()
    # The import that was waiting is done now, with three records that are there.
    report = push(session, records, name="late", model="toy 1", max_chars=MAX)
    assert report.uploaded == []
    assert sorted(report.removed) == ["A700#0", "A701#0", "A702#0"]
    assert is_whole(session, records, project)
