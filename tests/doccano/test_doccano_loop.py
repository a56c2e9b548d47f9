import json
from pathlib import Path

import pytest
from annotator import Annotator
from rest import Rest

from corpus.annotation import AnnotatedRecord
from corpus.checks import ERROR
from corpus.convert import Sources, convert
from corpus.correct.confirmed import assemble
from corpus.correct.push import push
from corpus.correct.repair import read_examples
from corpus.correct.rounds import merge
from corpus.correct.server import Server
from corpus.correct.session import Login, Session
from corpus.jsonl import annotated_row, read_annotated, write_jsonl
from corpus.layout import Layout
from corpus.load import load_corpus
from corpus.validate import validate

MAX = 3000


@pytest.fixture
def layout(tmp_path: Path, records: list[AnnotatedRecord]) -> Layout:
    """A corpus that holds the records."""
    layout = Layout(tmp_path / "corpus")
    rows = [
        {k: v for k, v in annotated_row(r).items() if k not in ("source", "split")}
        for r in records
    ]
    write_jsonl(layout.authored, rows)
    splits = {record.id: "train" for record in records}
    layout.authored_splits.write_text(json.dumps(splits), encoding="utf-8")
    return layout


def test_what_an_annotator_changes_gets_into_the_corpus(
    session: Session,
    annotator: Annotator,
    records: list[AnnotatedRecord],
    layout: Layout,
) -> None:
    sent = push(session, records, name="loop", model="toy 1", max_chars=MAX)
    assert (sent.created, len(sent.uploaded)) == (True, 20)
    assert session.ask("member", project=sent.project, username="ann")["added"]
    annotator.open_example(sent.project, "A707#0")
    annotator.relabel("DURATION", "TIME_FRAME")
    annotator.delete("LAB_THRESHOLD")
    annotator.mark("by mouth", "ROUTE")
    annotator.tick()

    report = assemble(records, read_examples(session, sent.project), max_chars=MAX)
    before = records[7]
    weeks, limit = before.entities[3], before.entities[5]
    mouth = before.text.index("by mouth")
    assert [(c.kind, c.before, c.after) for c in report.changes] == [
        ("added", (), (mouth, mouth + 8, "ROUTE")),
        (
            "relabelled",
            (weeks.start, weeks.end, "DURATION"),
            (weeks.start, weeks.end, "TIME_FRAME"),
        ),
        ("removed", (limit.start, limit.end, "LAB_THRESHOLD"), ()),
        (
            "relation removed",
            (
                (before.entities[4].start, before.entities[4].end, "LAB_TEST"),
                (limit.start, limit.end, "LAB_THRESHOLD"),
            ),
            (),
        ),
    ]
    assert report.problems == {} and len(report.pending) == 19
    (done,) = report.confirmed
    assert done.annotators == ("ann",) and done.confirmed_at.startswith("20")

    again = push(session, records, name="loop", model="toy 1", max_chars=MAX)
    assert (again.project, again.created) == (sent.project, False)
    assert again.uploaded == again.repaired == again.removed == []
    same = assemble(records, read_examples(session, sent.project), max_chars=MAX)
    assert same == report

    merge(
        report.confirmed,
        report.changes,
        round_name="loop",
        model="toy 1",
        layout=layout,
    )
    assert not [f for f in validate(layout=layout)[0] if f.severity == ERROR]
    merged = {r.id: r for r in load_corpus(layout=layout)[0]["authored"]}
    assert merged["A707"] == done.record
    assert [merged[r.id] for r in records if r.id != "A707"] == [
        r for r in records if r.id != "A707"
    ]
    convert(layout=layout, sources=Sources.authored)
    trained_on = read_annotated(layout.output / "authored-train.jsonl")
    assert next(r for r in trained_on if r.id == "A707") == done.record


def test_long_records_are_pushed_in_parts_and_come_back(
    session: Session, rest: Rest, records: list[AnnotatedRecord]
) -> None:
    sent = push(session, records, name="parts", model="toy 1", max_chars=60)
    assert sent.parts > 40
    for example in read_examples(session, sent.project):
        rest.tick(sent.project, example.id)
    report = assemble(records, read_examples(session, sent.project), max_chars=60)
    assert report.problems == {} and report.pending == []
    assert report.changes == []
    assert [set(d.record.relations) for d in report.confirmed] == [
        set(r.relations) for r in records
    ]
    assert [d.record.entities for d in report.confirmed] == [
        r.entities for r in records
    ]


def test_the_password_is_nowhere_to_be_read(
    session: Session, server: Server, login: Login
) -> None:
    assert login.password not in repr(login)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            seen = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except OSError:
            continue
        assert login.password.encode() not in seen
    for path in server.home.glob("*.log"):
        assert login.password.encode() not in path.read_bytes()
