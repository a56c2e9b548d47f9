import json
from pathlib import Path

import pytest
from annotator import Annotator
from rest import Rest
from rounds import MAX, run_correct
from training_run import (
    run_corpus,
    spans_of,
    spans_to_train_on,
    train_some_steps,
)

from corpus.annotation import AnnotatedRecord, Entity, Link
from corpus.correct.confirmed import assemble
from corpus.correct.merge import merge
from corpus.correct.push import push
from corpus.correct.repair import read_examples
from corpus.correct.server import Server
from corpus.correct.session import Login, Session
from corpus.external import ExternalText, write_texts
from corpus.jsonl import annotated_row, read_annotated, write_jsonl
from corpus.layout import Layout
from corpus.stored import read_stored, strip_text, write_stored

DEV = AnnotatedRecord(
    "A900", "A900\nBandage for knees\n\nArms\n[Other] Brine\nA soaked bandage.\n"
)
# Stands for a real record; its text is invented.
REAL_TEXT = "NCT90000077\nRinse of fenugreek\n\n\nFenugreek 5 mL hourly \U0001f489.\n"
REAL = AnnotatedRecord(
    "NCT90000077",
    REAL_TEXT,
    (
        Entity("e1", 33, 42, "INTERVENTION"),
        Entity("e2", 43, 47, "DOSE"),
        Entity("e3", 48, 54, "FREQUENCY"),
    ),
    (Link("HAS_DOSE", "e1", "e2"), Link("HAS_FREQUENCY", "e1", "e3")),
    "registry",
    "train",
)


@pytest.fixture
def layout(tmp_path: Path, records: list[AnnotatedRecord]) -> Layout:
    """A corpus that holds the records."""
    layout = Layout(tmp_path / "corpus")
    rows = [
        {k: v for k, v in annotated_row(r).items() if k not in ("source", "split")}
        for r in (*records, DEV)
    ]
    write_jsonl(layout.authored, rows)
    splits = {record.id: "train" for record in records} | {DEV.id: "dev"}
    layout.authored_splits.write_text(json.dumps(splits), encoding="utf-8")
    write_stored(layout.stored("registry"), [strip_text(REAL)])
    text = ExternalText(REAL.text, "invented")
    write_texts(layout.external("registry"), {REAL.id: text})
    return layout


def test_what_an_annotator_changes_gets_into_the_corpus(
    session: Session,
    annotator: Annotator,
    records: list[AnnotatedRecord],
    layout: Layout,
    tmp_path: Path,
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
    run_corpus(layout, "validate")
    corrected = {r.id: r for r in records} | {"A707": done.record}
    merged = {r.id: r for r in read_annotated(layout.authored)}
    assert merged["A707"].entities == done.record.entities
    assert merged["A707"].relations == done.record.relations
    assert spans_to_train_on(layout) == {
        r.text: spans_of(r) for r in (*corrected.values(), REAL)
    }
    retrained = train_some_steps(layout, tmp_path)
    assert "TIME_FRAME" in retrained.get_pipe("ner").labels  # type: ignore[attr-defined]


def test_a_real_record_is_corrected_and_its_text_stays_out_of_git(
    session: Session, rest: Rest, layout: Layout, use_server: None
) -> None:
    (before,) = read_stored(layout.stored("registry"))
    source = layout.output / "round.jsonl"
    write_jsonl(source, [annotated_row(REAL)])
    run_correct(layout, "push", "real", "--records", str(source))
    project = session.ask("find", name="real")["id"]
    (example,) = read_examples(session, project)
    base = f"projects/{project}/examples/{example.id}"
    rest.call("DELETE", f"{base}/spans/{example.part.entities[1].id}")
    rest.tick(project, example.id)
    pulled = run_correct(layout, "pull", "real")
    assert "removed: NCT90000077 DOSE" in pulled
    run_correct(layout, "merge", "real")

    run_corpus(layout, "validate")
    (after,) = read_stored(layout.stored("registry"))
    assert [e.label for e in after.entities] == ["INTERVENTION", "FREQUENCY"]
    assert (after.sha256, after.split) == (before.sha256, "train")
    assert spans_to_train_on(layout)[REAL.text] == [
        span for span in spans_of(REAL) if span[2] != "DOSE"
    ]
    kept_out = (layout.output, layout.external("registry").parent)
    for path in layout.root.rglob("*.json*"):
        if not any(folder in path.parents for folder in kept_out):
            assert "fenugreek" not in path.read_text(encoding="utf-8").casefold()


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
