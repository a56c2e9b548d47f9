import json
from dataclasses import replace
from pathlib import Path

import pytest
from spacy.tokens import Doc, DocBin

from corpus.annotation import CorpusError
from corpus.convert import OnMisaligned, Sources, convert
from corpus.docbin import MisfitError, blank_pipeline
from corpus.jsonl import annotated_row, read_annotated, write_jsonl
from corpus.layout import Layout

NLP = blank_pipeline()


def ids(path: Path) -> list[str]:
    return [record.id for record in read_annotated(path)]


def docs(path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(NLP.vocab))


def doc_ids(path: Path) -> list[str]:
    return [doc.user_data["record_id"] for doc in docs(path)]


def cut_off_first_dose(layout: Layout) -> None:
    """Let a gold span of the authored training record end inside a token."""
    first, *others = read_annotated(layout.authored)
    entities = list(first.entities)
    entities[2] = replace(entities[2], end=entities[2].end - 1)
    records = [replace(first, entities=tuple(entities)), *others]
    write_jsonl(layout.authored, map(annotated_row, records))


def test_all_parts_are_written(layout: Layout) -> None:
    report = convert(layout=layout)
    out = layout.output
    assert ids(out / "authored-train.jsonl") == ["A900"]
    assert ids(out / "authored-dev.jsonl") == ["A901"]
    assert ids(out / "authored-test.jsonl") == ["A902"]
    assert ids(out / "registry-train.jsonl") == ["NCT90000000"]
    assert ids(out / "registry-dev.jsonl") == ["NCT90000001"]
    assert ids(out / "registry-test.jsonl") == ["NCT90000002"]
    with (out / "registry-dev-fields.jsonl").open(encoding="utf-8") as file:
        fields = [json.loads(line)["id"] for line in file]
    assert fields == ["NCT90000001#title", "NCT90000001#brief_summary"]
    assert doc_ids(out / "train.spacy") == ["A900", "NCT90000000"]
    assert doc_ids(out / "dev.spacy") == ["NCT90000001"]
    assert doc_ids(out / "authored-dev.spacy") == ["A901"]
    assert not (out / "pages-test.jsonl").exists()
    assert report.written["train.spacy"] == 2
    (doc,) = docs(out / "dev.spacy")
    assert [(e.text, e.label_) for e in doc.ents] == [
        ("eskerol", "INTERVENTION"),
        ("eskerol", "INTERVENTION"),
        ("5 mg", "DOSE"),
        ("daily", "FREQUENCY"),
    ]


def test_joined_lines_are_self_contained(layout: Layout) -> None:
    convert(layout=layout)
    line = (layout.output / "registry-dev.jsonl").read_text(encoding="utf-8")
    row = json.loads(line)
    assert row["text"].startswith("NCT90000001\nTrial of eskerol\n")
    assert (row["source"], row["split"]) == ("registry", "dev")
    assert row["relations"][0] == {"label": "HAS_DOSE", "head": "e2", "child": "e3"}


def test_training_on_authored_records_alone(layout: Layout) -> None:
    convert(layout=layout, sources=Sources.authored)
    assert doc_ids(layout.output / "train.spacy") == ["A900"]
    assert doc_ids(layout.output / "dev.spacy") == ["NCT90000001"]


def test_a_fresh_machine_works_without_external_texts(layout: Layout) -> None:
    convert(layout=layout)
    layout.external("registry").unlink()
    report = convert(layout=layout)
    out = layout.output
    assert doc_ids(out / "train.spacy") == ["A900"]
    assert doc_ids(out / "dev.spacy") == ["A901"]
    assert len(report.joins["registry"].without_text) == 3
    # What an earlier run wrote from real texts would be out of date.
    assert [p.name for p in out.iterdir() if p.name.startswith("registry")] == []


def test_gold_that_does_not_fit_stops_the_conversion(layout: Layout) -> None:
    cut_off_first_dose(layout)
    with pytest.raises(MisfitError, match="A900 DOSE .* '1 m' does not begin"):
        convert(layout=layout)
    assert not (layout.output / "train.spacy").exists()


def test_or_is_left_out_and_reported(layout: Layout) -> None:
    cut_off_first_dose(layout)
    report = convert(layout=layout, on_misaligned=OnMisaligned.report)
    assert [m.text for m in report.misfits["train.spacy"]] == ["1 m"]
    first = docs(layout.output / "train.spacy")[0]
    assert [e.text for e in first.ents] == ["amberol", "amberol", "daily"]
    assert [r["label"] for r in first._.relations] == ["HAS_FREQUENCY"]
    # The JSON lines keep the span: evaluation counts it.
    (record,) = read_annotated(layout.output / "authored-train.jsonl")
    assert len(record.entities) == 4


def test_a_record_without_split_is_an_error(layout: Layout) -> None:
    layout.authored_splits.write_text('{"A900": "train"}')
    with pytest.raises(CorpusError, match=r"2 records have no split \(A901, A902"):
        convert(layout=layout)


def test_changes_of_the_texts_are_written_down(layout: Layout) -> None:
    store = layout.external("registry")
    text = store.read_text(encoding="utf-8")
    text = text.replace("Cellists between", "All cellists between")
    store.write_text(text.replace("5 mg daily", "9 mg daily"), encoding="utf-8")
    report = convert(layout=layout)
    rows = [
        json.loads(line)
        for line in (layout.output / "join-report.jsonl").read_text().split("\n")
        if line
    ]
    assert [(r["record"], r["label"], r["reason"]) for r in rows] == [
        ("NCT90000000", "INTERVENTION", "moved"),
        ("NCT90000000", "DOSE", "moved"),
        ("NCT90000000", "FREQUENCY", "moved"),
        ("NCT90000001", "DOSE", "its words or its surroundings changed"),
    ]
    assert {r["new_start"] - r["start"] for r in rows[:3]} == {4}
    join = report.joins["registry"]
    assert (len(join.drops), join.lost_links) == (1, 1)
    (dev,) = read_annotated(layout.output / "registry-dev.jsonl")
    assert [dev.covered(e) for e in dev.entities] == ["eskerol", "eskerol", "daily"]
