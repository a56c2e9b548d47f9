import json
from pathlib import Path
from typing import Any

import pytest

from corpus.external import ExternalText, read_texts, write_texts
from corpus.layout import Layout
from corpus.supply import supply

TITLES = {"NCT90000000": "dulcamine", "NCT90000001": "eskerol"}


def study(nct_id: str, title: str, summary: str) -> dict[str, Any]:
    return {
        "protocolSection": {
            "identificationModule": {"nctId": nct_id, "briefTitle": title},
            "descriptionModule": {"briefSummary": summary},
        }
    }


def write(path: Path, *studies: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(s) + "\n" for s in studies), encoding="utf-8")
    return path


def test_texts_are_taken_from_files(layout: Layout, tmp_path: Path) -> None:
    store = layout.external("registry")
    given = {i: t.text for i, t in read_texts(store).items()}
    store.unlink()
    studies = [
        study(i, text.split("\n")[1], text.rstrip().split("\n")[-1])
        for i, text in given.items()
        if i != "NCT90000002"
    ]
    other = study("NCT12345678", "Not annotated", "Nobody asked.")
    report = supply([write(tmp_path / "s.jsonl", *studies, other)], layout=layout)
    assert (report.taken, report.passed_over, report.kept) == ({"registry": 2}, 1, 0)
    assert report.missing == {"registry": ["NCT90000002"], "pages": []}
    found = {i: t.text for i, t in read_texts(store).items()}
    assert found == {i: t for i, t in given.items() if i != "NCT90000002"}


def test_the_annotated_text_is_not_replaced_by_another(
    layout: Layout, tmp_path: Path
) -> None:
    store = layout.external("registry")
    before = read_texts(store)
    newer = study("NCT90000000", "Trial of dulcamine", "Rewritten since.")
    report = supply([write(tmp_path / "s.jsonl", newer)], layout=layout)
    assert (report.taken, report.kept) == ({}, 1)
    assert read_texts(store) == before


def test_a_text_that_changed_is_replaced(layout: Layout, tmp_path: Path) -> None:
    store = layout.external("registry")
    write_texts(store, {"NCT90000000": ExternalText("An older one.\n", "x")})
    newer = study("NCT90000000", "Trial of dulcamine", "Rewritten since.")
    path = write(tmp_path / "s.jsonl", newer)
    assert supply([path], layout=layout).taken == {"registry": 1}
    assert "Rewritten since." in read_texts(store)["NCT90000000"].text
    assert supply([path], layout=layout).kept == 1


def test_bad_records_do_not_stop_the_good(layout: Layout, tmp_path: Path) -> None:
    layout.external("registry").unlink()
    bad = {"protocolSection": {"identificationModule": {"briefTitle": "No id"}}}
    good = study("NCT90000001", "Trial of eskerol", "Whatever.")
    report = supply([write(tmp_path / "s.jsonl", bad, good)], layout=layout)
    assert report.taken == {"registry": 1}
    assert len(report.errors) == 1
    assert "s.jsonl" in str(report.errors[0])


@pytest.mark.parametrize(("number", "asked"), [("NCT90000001", 1), ("NCT12345678", 0)])
def test_a_bad_record_is_an_error_only_if_asked_for(
    layout: Layout, tmp_path: Path, number: str, asked: int
) -> None:
    bad = study(number, "Trial", "Take 5 mg<br>daily.")
    report = supply([write(tmp_path / "s.jsonl", bad)], layout=layout)
    assert (len(report.errors), len(report.unasked)) == (asked, 1 - asked)
    assert number in str([*report.errors, *report.unasked][0])
