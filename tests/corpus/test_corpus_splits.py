from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.annotation import CorpusError
from corpus.duplicates import Pair, group, near_duplicates, shingles
from corpus.jsonl import read_annotated, write_jsonl
from corpus.layout import Layout
from corpus.splits import (
    SHARES,
    assign_authored,
    assign_splits,
    assign_stored,
    hashed_split,
    read_splits,
)

LONG = "one two three four five six seven eight nine ten eleven twelve".split()
OTHER = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu".split()


def test_shingles_are_runs_of_eight_words() -> None:
    assert len(shingles(" ".join(LONG))) == 5
    assert len(shingles("- One; two (three)")) == 1
    assert shingles("A B c d e f g h!") == shingles("a, b, C, D, e f g h")


def test_near_duplicates_share_runs_of_the_smaller_text() -> None:
    texts = {
        "A": " ".join(LONG),
        "B": " ".join(OTHER + LONG),
        "C": " ".join(OTHER[:11]),
        "D": " ".join(reversed(LONG)),
    }
    assert near_duplicates(texts) == [Pair("A", "B", 1.0), Pair("B", "C", 1.0)]
    one_of_five = {"A": " ".join(LONG), "B": " ".join(LONG[:8] + OTHER[:4])}
    assert near_duplicates(one_of_five) == []
    assert near_duplicates(one_of_five, near=0.2) == [Pair("A", "B", 0.2)]


def test_groups_are_chains_of_pairs() -> None:
    pairs = [Pair("B", "D", 1.0), Pair("A", "D", 0.5)]
    assert group(["D", "C", "B", "A"], pairs) == [["A", "B", "D"], ["C"]]


def test_the_hash_of_the_id_alone_decides() -> None:
    # SHA-256 of "abc" begins with ba7816bf: 0xba78 / 0x10000 = 0.7284.
    assert hashed_split("abc", {"train": 0.728, "test": 0.272}) == "test"
    assert hashed_split("abc", {"train": 0.729, "test": 0.271}) == "train"
    assert hashed_split("abc", {"train": 0.5, "dev": 0.3, "test": 0.2}) == "dev"


def test_shares_are_met_on_many_ids() -> None:
    shares = SHARES["authored"]
    counts = Counter(hashed_split(f"A{i}", shares) for i in range(5000))
    assert {split: counts[split] / 5000 for split in shares} == pytest.approx(
        shares, abs=0.02
    )


def invent(number: int) -> str:
    """Make a text of which no run of eight words occurs in another number's text."""
    return " ".join(f"w{number}x{i}" for i in range(20))


@settings(deadline=None, max_examples=30)
@given(st.sets(st.integers(0, 60), min_size=1), st.sets(st.integers(0, 60)))
def test_adding_records_moves_none(old: set[int], more: set[int]) -> None:
    shares = SHARES["authored"]
    before = {f"A{i}": invent(i // 2) for i in old}
    first = assign_splits(before, {}, shares)
    after = before | {f"A{i}": invent(i // 2) for i in more}
    second = assign_splits(after, first, shares)
    assert {key: second[key] for key in first} == first
    assert set(second) == set(after)
    # 2k and 2k + 1 have the same text.
    assert all(second.get(f"A{i}", s) == s for i, s in _twins(second))


def _twins(splits: dict[str, str]) -> list[tuple[int, str]]:
    return [(int(key[1:]) ^ 1, split) for key, split in splits.items()]


def test_a_near_duplicate_goes_where_the_known_one_is() -> None:
    texts = {"A1": invent(1), "A2": invent(1), "A3": invent(3)}
    shares = {"test": 1.0}
    assert assign_splits(texts, {"A2": "dev"}, shares) == {
        "A1": "dev",
        "A2": "dev",
        "A3": "test",
    }
    known = {"A1": "test", "A2": "train"}
    texts["A0"] = invent(1)
    assert assign_splits(texts, known, shares)["A0"] == "train"


def test_authored_splits_are_stored_once(layout: Layout) -> None:
    rows = [
        {"id": i, "text": invent(n), "entities": [], "relations": []}
        for n, i in enumerate(("A900", "A950"))
    ]
    write_jsonl(layout.authored, rows)
    assigned = assign_authored(layout=layout)
    assert (list(assigned.new), assigned.known) == (["A950"], 3)
    splits = read_splits(layout.authored_splits)
    # A901 and A902 are gone from the file; their assignment stays for when they return.
    assert list(splits) == ["A900", "A901", "A902", "A950"]
    assert assign_authored(layout=layout).new == {}
    assert len(read_annotated(layout.authored)) == 2


def test_stored_annotation_gets_its_split_from_its_text(layout: Layout) -> None:
    path = layout.stored("registry")
    path.write_text(path.read_text().replace('"split": "dev"', '"split": null'))
    assert set(assign_stored("registry", layout=layout).new) == {"NCT90000001"}
    assert assign_stored("registry", layout=layout).new == {}


def test_without_its_text_a_record_gets_no_split(layout: Layout) -> None:
    path = layout.stored("registry")
    path.write_text(path.read_text().replace('"split": "dev"', '"split": null'))
    layout.external("registry").unlink()
    assigned = assign_stored("registry", layout=layout)
    assert (assigned.new, assigned.without_text) == ({}, ["NCT90000001"])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "splits.json: not JSON"),
        ("[]", "splits.json: not a JSON object"),
        ('{"A1": "holdout"}', "record A1: unknown split 'holdout'"),
    ],
)
def test_bad_splits_are_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "splits.json"
    path.write_text(content)
    with pytest.raises(CorpusError, match=message):
        read_splits(path)
