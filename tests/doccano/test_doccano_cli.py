import os
import signal
import subprocess
import sys
import time
from copy import deepcopy
from pathlib import Path

import pytest
import requests
from rest import Rest
from rounds import Records, run_correct

from corpus.correct.repair import read_examples
from corpus.correct.rounds import Round, read_confirmed
from corpus.correct.server import Server, free_port
from corpus.correct.session import Login, Session
from corpus.jsonl import annotated_row, read_jsonl, write_jsonl
from corpus.layout import Layout

MODULE = [sys.executable, "-m", "corpus.correct"]


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """An empty corpus."""
    return Layout(tmp_path / "corpus")


@pytest.fixture
def given(layout: Layout, records: Records) -> Path:
    """A file of four records, one of them for testing only."""
    path = layout.root / "given.jsonl"
    rows = [annotated_row(record) for record in records[:4]]
    rows[3]["split"] = "test"
    write_jsonl(path, rows)
    return path


def test_push_pull_and_merge(
    session: Session, rest: Rest, layout: Layout, given: Path, use_server: None
) -> None:
    write_jsonl(layout.authored, [])
    layout.authored_splits.write_text("{}", encoding="utf-8")
    arguments = ("push", "cli", "--records", str(given), "--annotator", "ann")
    assert "3 records in 3 examples, 3 uploaded" in run_correct(layout, *arguments)
    again = run_correct(layout, *arguments)
    assert "round cli goes on with" in again
    assert "0 uploaded, 3 were there" in again
    project = session.ask("find", name="cli")["id"]
    members = rest.call("GET", f"projects/{project}/members").json()
    assert {(m["username"], m["rolename"]) for m in members} == {
        ("admin", "project_admin"),
        ("ann", "annotator"),
    }
    first, second, _ = read_examples(session, project)
    rest.tick(project, first.id)
    assert "1 records confirmed, 2 pending" in run_correct(layout, "pull", "cli")
    assert "1 records of round cli" in run_correct(layout, "merge", "cli")
    assert [r["id"] for _, r in read_jsonl(layout.authored)] == ["A700"]

    rest.call("DELETE", f"projects/{project}/examples/{second.id}")
    output = run_correct(layout, "pull", "cli", code=1)
    assert "problem: A701: part A701#0 was deleted on the server; push again" in output
    rest.call("DELETE", f"projects/{project}")
    output = run_correct(layout, "pull", "cli", code=1)
    assert "the server has no project 'cli'; push it first" in output


def test_errors_name_the_server_and_no_password(
    layout: Layout, given: Path, use_server: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    push = ("push", "wrong", "--records", str(given))
    monkeypatch.setenv("DOCCANO_PASSWORD", "not-this-one")
    output = run_correct(layout, *push, code=1)
    assert "refused (400): check user, password and rights" in output
    assert "not-this-one" not in output
    nobody = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setenv("DOCCANO_URL", nobody)
    output = run_correct(layout, *push, code=1)
    assert f"doccano at {nobody}: the server can't be reached" in output
    unknown = ("push", "wrong", "--records", str(given), "--annotator", "nobody")
    assert run_correct(layout, *unknown, code=1).count("can't be reached") == 1


def test_an_unknown_annotator_is_named(
    layout: Layout, given: Path, use_server: None
) -> None:
    arguments = ("push", "guest", "--records", str(given), "--annotator", "nobody")
    output = run_correct(layout, *arguments, code=1)
    assert "the server has no user 'nobody'" in output


def test_two_annotations_are_compared_and_a_third_person_decides(
    session: Session, rest: Rest, layout: Layout, records: Records, use_server: None
) -> None:
    paths = [layout.root / "one.jsonl", layout.root / "two.jsonl"]
    one = records[:3]
    rows = [deepcopy(annotated_row(record)) for record in one]
    # The second side of A701 has another label for "6 weeks", and no dose.
    rows[1]["entities"][3]["label"] = "TIME_FRAME"
    del rows[1]["entities"][1], rows[1]["relations"][0]
    signed = {"annotators": ["ann"], "confirmed_at": "2026-01-01T00:00:00Z"}
    write_jsonl(paths[0], [annotated_row(r) | signed for r in one])
    write_jsonl(paths[1], [r | signed for r in rows])
    arguments = ("agreement", *map(str, paths), "--push", "decide", "--max-chars", "60")
    output = run_correct(layout, *arguments)
    assert "3 records compared, 1 of them disputed" in output
    assert "0 uploaded, 1 were there" in run_correct(layout, *arguments)

    project = session.ask("find", name="decide")["id"]
    (row,) = session.ask("examples", project=project)
    assert row["first"] == (
        'DOSE "50 µg" at 13; DURATION "6 weeks" at 41; HAS_DOSE "amberol" -> "50 µg"'
    )
    assert row["second"] == 'TIME_FRAME "6 weeks" at 41'
    (example,) = read_examples(session, project)
    assert [e.label for e in example.part.entities] == ["INTERVENTION", "FREQUENCY"]
    types = rest.call("GET", f"projects/{project}/span-types").json()
    label = next(t["id"] for t in types if t["text"] == "DURATION")
    at = {"start_offset": 43, "end_offset": 50, "label": label}
    rest.call("POST", f"projects/{project}/examples/{example.id}/spans", **at)
    rest.tick(project, example.id)
    run_correct(layout, "pull", "decide")
    (done,) = read_confirmed(Round(layout, "decide").confirmed)
    expected = [e for e in records[1].entities if e.label != "DOSE"]
    assert [(e.start, e.end, e.label) for e in done.record.entities] == [
        (e.start, e.end, e.label) for e in expected
    ]
    assert len(done.record.relations) == 2


def processes_that_show(word: str, *, among: set[int]) -> list[int]:
    """Find processes of some sessions with a word in arguments or environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) not in among:
                continue
            seen = (folder / "cmdline").read_bytes()
            if int(folder.name) not in among:
                seen += (folder / "environ").read_bytes()
        except OSError:
            continue
        if word.encode() in seen:
            found.append(int(folder.name))
    return found


def test_a_running_push_shows_its_password_to_nobody(
    login: Login, layout: Layout, given: Path, use_server: None
) -> None:
    arguments = ["push", "secret", "--records", str(given), "--corpus"]
    command = [*MODULE, *arguments, str(layout.root)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as push:
        while push.poll() is None:
            # The first process has what its user put into its environment.
            assert processes_that_show(login.password, among={push.pid}) == []
            time.sleep(0.05)
        assert push.stdout is not None
        output = push.stdout.read()
    assert push.returncode == 0, output
    assert login.password.encode() not in output
    for path in layout.root.rglob("*"):
        assert path.is_dir() or login.password.encode() not in path.read_bytes()


def test_the_server_command_runs_until_it_is_told_to_stop(
    server: Server, login: Login, tmp_path: Path, use_server: None
) -> None:
    # With the tables of the other server, which take their time to make.
    (tmp_path / "db.sqlite3").write_bytes((server.home / "db.sqlite3").read_bytes())
    port = free_port()
    command = [*MODULE, "server", "--home", str(tmp_path), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert f"doccano runs at http://127.0.0.1:{port}" in running.stdout.readline()
        Rest(login._replace(url=f"http://127.0.0.1:{port}"))
        taken = subprocess.run(command, capture_output=True, text=True)
        assert taken.returncode == 1
        assert "something else listens there" in taken.stdout
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=30) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(f"http://127.0.0.1:{port}", timeout=5)
