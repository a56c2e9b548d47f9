"""Real records and pages, where they lie beside the checkout; counts and ids alone."""

import itertools
import json
from pathlib import Path

import pytest
from en_trial_registry.readers import read_records
from en_trial_registry.records import Record, RecordError

SHARED = Path(__file__).parents[3] / "shared"
REGISTRY = SHARED / "corpus" / "registry"
RAW = SHARED / "corpus" / "raw" / "records.jsonl.gz"
SEEDS = SHARED / "seeds"
NUMBERS = ("000", "001", "002", "003", "004")


@pytest.mark.skipif(not REGISTRY.is_dir(), reason="no annotated registry texts")
def test_rendering_reproduces_all_annotated_texts():
    records = {r.id: r.text for r in read_records([REGISTRY / "records.jsonl"])}
    count = 0
    for name in ("train.jsonl", "dev.jsonl"):
        for line in (REGISTRY / name).read_text(encoding="utf-8").splitlines():
            annotated = json.loads(line)
            assert records[annotated["id"]] == annotated["text"], annotated["id"]
            count += 1
    assert count == 490


@pytest.mark.skipif(not RAW.is_file(), reason="no raw registry records")
def test_raw_records_are_read():
    errors: list[RecordError] = []
    read = read_records([RAW], on_error=errors.append)
    records = list(itertools.islice(read, 2000))
    assert len({record.id for record in records}) == 2000
    assert all(record.id.startswith("NCT") for record in records)
    assert all("HTML" in error.problem for error in errors), errors
    assert len(errors) < 10


def _page(number: str) -> Record:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    (record,) = read_records([path])
    assert record.source == "page"
    return record


@pytest.mark.skipif(not SEEDS.is_dir(), reason="no saved pages")
@pytest.mark.parametrize(
    ("number", "id", "arms", "interventions", "primary", "secondary", "criteria"),
    [
        ("000", "NCT01218464", 2, 2, 1, 8, 12),
        ("001", "NCT01573923", 2, 2, 0, 0, 16),
        ("002", "002_bb9b1d72e7477a2d", 2, 1, 0, 0, 24),
        ("003", "NCT03209986", 1, 2, 2, 3, 16),
        ("004", "NCT03460795", 1, 1, 0, 0, 19),
    ],
)
def test_pages_have_their_parts(
    number, id, arms, interventions, primary, secondary, criteria
):
    record = _page(number)
    assert record.id == id
    assert len(record.arms) == arms
    assert len(record.interventions) == interventions
    assert len(record.primary_outcomes) == primary
    assert len(record.secondary_outcomes) == secondary
    outcomes = record.primary_outcomes + record.secondary_outcomes
    assert all(outcome.time_frame for outcome in outcomes)
    assert all(item.type for item in record.interventions)
    assert record.brief_title
    assert record.brief_summary
    _, start, end = record.field_span("criteria")
    assert len(record.text[start:end].split("\n")) == criteria


@pytest.mark.skipif(not SEEDS.is_dir(), reason="no saved pages")
@pytest.mark.parametrize("number", NUMBERS)
def test_pages_leave_out_the_noise_of_their_sites(number):
    noise = ("@", "http", "Copyright", "Phone", "CONTACT", "Locations", "Sponsor")
    text = _page(number).text
    assert not [word for word in noise if word in text]
