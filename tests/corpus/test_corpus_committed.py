"""The corpora as they are committed, without any text from outside."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from en_trial_registry.readers import read_records
from en_trial_registry.records import RecordError

from corpus.annotation import SPLITS
from corpus.checks import check_annotation
from corpus.duplicates import near_duplicates
from corpus.jsonl import read_annotated
from corpus.layout import Layout
from corpus.load import load_authored
from corpus.splits import read_splits
from corpus.stored import WINDOWS, read_stored
from corpus.words import split_words

LAYOUT = Layout()
SHARED = Path(__file__).parents[2] / ".." / "shared" / "corpus"
ROWS = [
    json.loads(line)
    for line in LAYOUT.stored("registry").read_text(encoding="utf-8").split("\n")
    if line
]
SPLITS_OF = {row["id"]: row["split"] for row in ROWS}


def test_stored_annotation_holds_numbers_hashes_and_labels_alone() -> None:
    hashes = re.compile(r"[0-9a-f]{8}")
    for row in ROWS:
        assert re.fullmatch(r"NCT\d{8}", row["id"])
        assert re.fullmatch(r"[0-9a-f]{64}", row["sha256"])
        assert row["split"] in SPLITS
        assert set(row) == {
            "id",
            "sha256",
            "length",
            "split",
            "entities",
            "relations",
        }
        for number, entity in enumerate(row["entities"], 1):
            assert set(entity) == {"id", "start", "end", "label", "words", "context"}
            assert entity["id"] == f"e{number}"
            assert re.fullmatch(r"[A-Z_]+", entity["label"])
            # A span that cuts a word has no words to be found again by.
            found_by = len(WINDOWS) if entity["words"] else 0
            assert len(entity["context"]) == found_by
            assert all(hashes.fullmatch(digest) for digest in entity["context"])
        for link in row["relations"]:
            assert set(link) == {"label", "head", "child"}
            assert re.fullmatch(r"e\d+ e\d+", f"{link['head']} {link['child']}")


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")
def test_no_run_of_words_of_a_real_record_is_committed() -> None:
    given = [
        record.text
        for name in ("train", "dev")
        for record in read_annotated(SHARED / "registry" / f"{name}.jsonl")
    ]
    runs = {run for text in given for run in word_runs(text)}
    stored = LAYOUT.stored("registry").read_text(encoding="utf-8")
    assert len(runs) > 100_000
    assert word_runs(stored) & runs == set()


def word_runs(text: str) -> set[tuple[str, ...]]:
    """Runs of three words of three letters or more."""
    words = [
        w.text for w in split_words(text) if w.text.isalpha() and w.end - w.start > 2
    ]
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def test_stored_annotation_is_sound() -> None:
    stored = read_stored(LAYOUT.stored("registry"))
    findings = [
        str(finding)
        for r in stored
        for finding in check_annotation(r.id, r.entities, r.relations, r.length)
    ]
    assert findings == []
    assert Counter(r.split for r in stored) == {"train": 1857, "dev": 40, "test": 45}


def test_authored_records_are_sound_and_split() -> None:
    records = load_authored(layout=LAYOUT)
    findings = [
        str(finding)
        for r in records
        for finding in check_annotation(
            r.id, r.entities, r.relations, len(r.text), text=r.text
        )
    ]
    assert findings == []
    assert {r.id for r in records} == set(read_splits(LAYOUT.authored_splits))
    sizes = Counter(r.split for r in records)
    assert sizes["train"] > 700 and sizes["dev"] >= 20 and sizes["test"] >= 25


def test_no_authored_record_is_near_one_of_another_split() -> None:
    records = load_authored(layout=LAYOUT)
    splits = {r.id: r.split for r in records}
    pairs = near_duplicates({r.id: r.text for r in records})
    assert [pair for pair in pairs if splits[pair.one] != splits[pair.other]] == []


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")
def test_no_two_records_at_all_are_near_duplicates() -> None:
    records = load_authored(layout=LAYOUT)
    for name in ("train", "dev"):
        records += read_annotated(SHARED / "registry" / f"{name}.jsonl")
    texts = {record.id: record.text for record in records}
    for record in read_records([SHARED / "raw" / "records.jsonl.gz"], on_error=ignore):
        if record.id in SPLITS_OF:
            texts.setdefault(record.id, record.text)
    assert len(texts) == 2710
    pairs = near_duplicates(texts, near=0.1)
    assert pairs[0].share < 0.15
    splits = {**read_splits(LAYOUT.authored_splits), **SPLITS_OF}
    across = [pair for pair in pairs if splits[pair.one] != splits[pair.other]]
    assert across[0].share < 0.12


def ignore(error: RecordError) -> None:
    """Records of the raw ones that can't be read; none is annotated."""
    assert error.record not in SPLITS_OF
