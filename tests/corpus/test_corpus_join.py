from pathlib import Path

import pytest

from corpus.annotation import AnnotatedRecord, Link
from corpus.external import ExternalText
from corpus.join import Change, join, join_source
from corpus.jsonl import read_annotated
from corpus.layout import Layout
from corpus.load import load_corpus, of_split
from corpus.reanchor import LOST
from corpus.stored import read_stored, strip_text

SHARED = Path(__file__).parents[2] / ".." / "shared" / "corpus" / "registry"


def external(text: str) -> dict[str, ExternalText]:
    return {"A901": ExternalText(text, "test")}


def test_an_unchanged_text_gives_the_record_back(record: AnnotatedRecord) -> None:
    joined, report = join([strip_text(record)], external(record.text), source="pages")
    assert [joined[0].entities, joined[0].relations] == [
        record.entities,
        record.relations,
    ]
    assert (joined[0].text, joined[0].source) == (record.text, "pages")
    assert (report.changed, report.changes, report.lost_links) == ([], [], 0)


def test_moved_and_dropped_spans_are_reported(record: AnnotatedRecord) -> None:
    new = record.text.replace("cough in lighthouse", "cough in tall lighthouse", 1)
    new = new.replace("swallow zorbitol 25 mg twice", "swallow zorbitol 30 mg twice")
    (joined,), report = join([strip_text(record)], external(new), source="registry")
    assert report.changed == ["A901"]
    old = record.entities[3]
    assert report.drops == [
        Change("A901", "DOSE", old.start, old.end, None, None, LOST)
    ]
    assert Link("HAS_DOSE", "e3", "e4") in record.relations
    assert set(record.relations) - set(joined.relations) == {
        Link("HAS_DOSE", "e3", "e4")
    }
    assert report.lost_links == 1
    # The title's span stands before the insertion of five characters, one was dropped.
    moves = [c for c in report.changes if c.reason == "moved"]
    assert len(moves) == 23
    assert {c.new_start - c.start for c in moves if c.new_start is not None} == {5}
    kept = {e.id: joined.covered(e) for e in joined.entities}
    assert kept == {e.id: record.covered(e) for e in record.entities if e.id != "e4"}


def test_capital_types_of_the_api_lose_nothing(record: AnnotatedRecord) -> None:
    new = record.text.replace("[Placebo Comparator]", "[PLACEBO_COMPARATOR]")
    new = new.replace("[Experimental]", "[EXPERIMENTAL]").replace("[Drug]", "[DRUG]")
    (joined,), report = join([strip_text(record)], external(new), source="registry")
    assert report.changed == ["A901"]
    assert report.changes == []
    assert joined.entities == record.entities


def test_records_without_text_are_counted(record: AnnotatedRecord) -> None:
    joined, report = join([strip_text(record)], {}, source="registry")
    assert joined == []
    assert report.without_text == ["A901"]


def test_every_source_is_loaded_with_its_split(layout: Layout) -> None:
    corpora, reports = load_corpus(layout=layout)
    found = {
        source: [(record.id, record.split) for record in records]
        for source, records in corpora.items()
    }
    assert found == {
        "authored": [("A900", "train"), ("A901", "dev"), ("A902", "test")],
        "registry": [
            ("NCT90000000", "train"),
            ("NCT90000001", "dev"),
            ("NCT90000002", "test"),
        ],
        "pages": [],
    }
    assert {r.source for r in corpora["registry"]} == {"registry"}
    assert [r.id for r in of_split(corpora["authored"], "dev")] == ["A901"]
    assert reports["registry"].without_text == []


def test_without_external_texts_authored_records_remain(layout: Layout) -> None:
    layout.external("registry").unlink()
    corpora, reports = load_corpus(layout=layout)
    assert [len(records) for records in corpora.values()] == [3, 0, 0]
    assert len(reports["registry"].without_text) == 3


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")
def test_the_real_records_come_back_as_they_were_given() -> None:
    given = [
        record
        for name in ("train", "dev")
        for record in read_annotated(SHARED / f"{name}.jsonl", source="registry")
    ]
    texts = {r.id: ExternalText(r.text, "given") for r in given}
    stored = read_stored(Layout().stored("registry"))
    joined, report = join(stored, texts, source="registry")
    assert len(joined) == len(given) == 490
    assert report.changed == []
    found = {r.id: (r.text, r.entities, r.relations) for r in joined}
    assert found == {r.id: (r.text, r.entities, r.relations) for r in given}
    dev = {r.id for r in read_annotated(SHARED / "dev.jsonl")}
    assert {r.id for r in joined if r.split == "dev"} == dev


def test_a_source_that_nobody_annotated_is_empty(layout: Layout) -> None:
    records, report = join_source("pages", layout=layout)
    assert (records, report.without_text) == ([], [])
