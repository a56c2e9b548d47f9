"""CSV that any reader takes apart again."""

import csv
import io

import pytest
from en_trial_registry.extract import extract_record
from en_trial_registry.output.rows import render_csv
from en_trial_registry.records import Record
from extract_toy import make_pipeline


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", '"', ","])
def test_signs_of_csv_inside_an_entity(end):
    text = f"Nausea{end}after"
    record = Record("a", plain_text=text, source="text")
    found = extract_record(record, make_pipeline(OUTCOME=(text,)))
    written = render_csv([found, found], table="entities").decode()
    assert written.endswith("\n") and not written.endswith("\r\n")
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert [row[:5] for row in rows] == [
        ["a", "0", str(len(text)), "OUTCOME", text]
    ] * 2
