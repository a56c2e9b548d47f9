"""Whole records against their fields, counted by hand."""

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span
from toy_corpus import make_record, write_lines

from evaluate.documents import EvaluationError
from evaluate.fields import (
    ALL,
    OUTCOME_LISTS,
    WITHOUT_OUTCOMES,
    FieldReport,
    KindResult,
    compare_fields,
)
from evaluate.fields_report import fields_json, fields_markdown
from evaluate.matching import Counts

TEXT = "Arms\nA daily\nB daily\nOutcomes\nPain daily\n"


@Language.component("test_entities_by_context")
def entities_by_context(doc: Doc) -> Doc:
    """Find `daily`, but outcomes only under their heading."""
    spans = []
    headed = any(token.text == "Outcomes" for token in doc)
    for token in doc:
        if token.text == "daily":
            spans.append(Span(doc, token.i, token.i + 1, "FREQUENCY"))
        if token.text == "Pain" and headed:
            spans.append(Span(doc, token.i, token.i + 1, "OUTCOME"))
        if token.text == "B" and headed:
            # Across the edge of a piece: the end of one arm with the next one's name.
            spans.append(Span(doc, token.i - 1, token.i + 1, "INTERVENTION"))
    doc.ents = tuple(spans)
    return doc


@pytest.fixture
def reader(nlp: Language) -> Language:
    nlp.remove_pipe("entity_ruler")
    nlp.add_pipe("test_entities_by_context")
    return nlp


def gold_record(id: str) -> dict[str, Any]:
    record = make_record(
        id,
        TEXT,
        [("A", "INTERVENTION"), ("daily", "FREQUENCY"), ("Pain", "OUTCOME")],
    )
    # The heading's first letter is the first A of the text; the arm's name is meant.
    record["entities"][0].update(start=5, end=6)
    return record


def piece(id: str, text: str, *, kind: str) -> dict[str, Any]:
    start = TEXT.index(text)
    entities = [
        {**entity, "start": entity["start"] - start, "end": entity["end"] - start}
        for entity in gold_record(id)["entities"]
        if start <= entity["start"] and entity["end"] <= start + len(text)
    ]
    line = {"id": f"{id}#{kind}", "record": id, "start": start}
    return {**line, "text": text, "entities": entities, "relations": []}


def pieces(id: str) -> list[dict[str, Any]]:
    return [
        piece(id, "A daily", kind="arm[0]"),
        piece(id, "B daily", kind="arm[1]"),
        piece(id, "Pain daily", kind="primary_outcomes"),
    ]


def compare(nlp: Language, folder: Path) -> FieldReport:
    whole = write_lines(folder / "toy.jsonl", [gold_record("T1"), gold_record("T2")])
    fields = write_lines(folder / "fields.jsonl", [*pieces("T1"), *pieces("T2")])
    return compare_fields(nlp, whole, fields)


def kinds(report: FieldReport) -> dict[str, KindResult]:
    return {result.kind: result for result in report.kinds}


def test_loss_by_hand(reader: Language, tmp_path: Path) -> None:
    report = compare(reader, tmp_path)
    results = kinds(report)
    assert list(results) == [
        WITHOUT_OUTCOMES,
        OUTCOME_LISTS,
        ALL,
        "arm",
        "primary_outcomes",
    ]
    arm, outcomes = results["arm"], results["primary_outcomes"]
    assert arm.whole.counts == arm.fields.counts == Counts(tp=2, fp=2, fn=2)
    assert outcomes.whole.counts == Counts(tp=2, fp=2, fn=0)
    assert outcomes.fields.counts == Counts(tp=0, fp=2, fn=2)
    assert results[WITHOUT_OUTCOMES].loss == 0
    assert results[OUTCOME_LISTS].loss == pytest.approx(100 * 2 / 3)
    assert results[ALL].whole.counts == Counts(tp=4, fp=4, fn=2)
    assert results[ALL].loss == pytest.approx(100 * (4 / 7 - 2 / 6))
    assert results[ALL].interval == pytest.approx((results[ALL].loss,) * 2)
    assert (arm.pieces, results[ALL].pieces, report.records) == (4, 6, 2)


def test_what_lies_across_edges_is_counted_apart(
    reader: Language, tmp_path: Path
) -> None:
    report = compare(reader, tmp_path)
    assert (report.outside, report.crossing) == (0, 2)
    fields = tmp_path / "fields.jsonl"
    write_lines(fields, [line for line in pieces("T1") if "arm" not in line["id"]])
    report = compare_fields(reader, tmp_path / "toy.jsonl", fields)
    assert (report.records, report.outside, report.crossing) == (1, 2, 0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"record": "T9"}, "'T9' is not in"),
        ({"start": 6}, "does not stand at character 6"),
        ({"start": -1}, "does not stand at character -1"),
        ({"entities": []}, "its gold spans differ"),
    ],
)
def test_pieces_that_do_not_fit_are_errors(
    reader: Language, tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    whole = write_lines(tmp_path / "toy.jsonl", [gold_record("T1")])
    line = {**pieces("T1")[0], **change}
    fields = write_lines(tmp_path / "fields.jsonl", [line])
    with pytest.raises(EvaluationError, match=message):
        compare_fields(reader, whole, fields)


def test_reports(reader: Language, tmp_path: Path) -> None:
    report = compare(reader, tmp_path)
    result = fields_json(report)
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert result == fields_json(compare(reader, tmp_path))
    assert result["source"] == "toy"
    assert result["kinds"]["primary_outcomes"]["loss"] == pytest.approx(66.666667)
    text = fields_markdown(report)
    assert "# Fields without their record: toy, 2 records" in text
    assert "| primary_outcomes | 2 | 2 | 0.667" in text
    assert "| 66.7 (66.7 to 66.7) |" in text
