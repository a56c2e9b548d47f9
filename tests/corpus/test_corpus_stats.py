import json
from dataclasses import replace

from corpus.annotation import AnnotatedRecord
from corpus.stats import count, counts_json, markdown_table


def test_counts_by_hand(record: AnnotatedRecord) -> None:
    counts = count([record, record, replace(record, source="registry", split="dev")])
    assert list(counts) == ["authored-train", "registry-dev"]
    dev = counts["registry-dev"]
    assert (dev["records"], dev["entities"], dev["relations"]) == (1, 25, 11)
    assert (dev["INTERVENTION"], dev["DOSE"], dev["TIME_FRAME"]) == (10, 3, 3)
    assert (dev["HAS_DOSE"], dev["MEASURED_AT"]) == (3, 3)
    assert dev["words"] == len(record.text.split())
    assert counts["authored-train"] == {key: 2 * value for key, value in dev.items()}


def test_labels_that_do_not_occur_count_nothing() -> None:
    record = AnnotatedRecord("A1", "Tea at noon", split="train")
    assert count([record])["authored-train"]["LAB_TEST"] == 0


def test_the_table_has_a_column_per_part(record: AnnotatedRecord) -> None:
    counts = count([replace(record, id=str(i)) for i in range(200)])
    lines = markdown_table(counts).split("\n")
    assert lines[:3] == ["|  | authored train |", "| --- | ---: |", "| records | 200 |"]
    assert "| INTERVENTION | 2,000 |" in lines
    assert json.loads(counts_json(counts)) == counts
