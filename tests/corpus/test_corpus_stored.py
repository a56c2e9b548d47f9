import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.annotation import AnnotatedRecord, CorpusError, Entity
from corpus.stored import (
    Anchor,
    read_stored,
    stored_row,
    strip_into,
    strip_text,
    write_stored,
)
from corpus.words import hash_words, split_words


def test_words_are_letters_digits_and_signs() -> None:
    words = split_words("ACTIVE_COMPARATOR 25mg, Café")
    assert [w.text for w in words] == ["active", "comparator", "25", "mg", ",", "café"]
    assert [(w.start, w.end) for w in words[2:4]] == [(18, 20), (20, 22)]


def test_an_anchor_hashes_the_span_with_four_words_either_side() -> None:
    text = "a b c d e 5 mg f g h i j"
    entity = Entity("e1", text.index("5"), text.index("5") + 4, "DOSE")
    stored = strip_text(AnnotatedRecord("A1", text, (entity,)))
    assert stored.anchors == (
        Anchor(
            2,
            (
                hash_words("b c d e 5 mg".split()),
                hash_words("5 mg f g h i".split()),
                hash_words("d e 5 mg f g".split()),
            ),
        ),
    )


def test_the_edges_of_the_text_count_as_empty_words() -> None:
    stored = strip_text(AnnotatedRecord("A1", "a 5 b", (Entity("e1", 2, 3, "DOSE"),)))
    assert stored.anchors[0].context == (
        hash_words(["", "", "", "a", "5"]),
        hash_words(["5", "b", "", "", ""]),
        hash_words(["", "a", "5", "b", ""]),
    )


def test_a_span_that_cuts_a_word_has_no_hashes() -> None:
    record = AnnotatedRecord("A1", "mesenchymal", (Entity("e1", 0, 3, "INTERVENTION"),))
    assert strip_text(record).anchors == (Anchor(0, ()),)


def test_no_word_of_the_text_is_stored(record: AnnotatedRecord) -> None:
    row = json.dumps(stored_row(strip_text(record))).casefold()
    assert '"text"' not in row
    for word in ("zorbitol", "chalk", "keepers", "copper", "25 mg"):
        assert word in record.text.casefold()
        assert word not in row


def test_stored_annotation_is_read_back(
    tmp_path: Path, record: AnnotatedRecord
) -> None:
    path = tmp_path / "annotations.jsonl"
    write_stored(path, [strip_text(record)])
    assert read_stored(path) == [strip_text(record)]
    assert read_stored(tmp_path / "none.jsonl") == []


def test_stripping_again_keeps_splits_and_order(record: AnnotatedRecord) -> None:
    a, b, c = (replace(record, id=i, split=None) for i in ("A1", "A2", "A3"))
    stored = strip_into([], [c, a], split="dev")
    longer = replace(a, text=a.text + "more")
    merged = strip_into(stored, [longer, b], split="test")
    assert [(r.id, r.split) for r in merged] == [
        ("A1", "dev"),
        ("A2", "test"),
        ("A3", "dev"),
    ]
    assert merged[0].length == len(a.text) + 4


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sha256": 5}, "record A901: 'sha256' is int"),
        ({"text": "secret"}, "record A901: unknown key 'text'"),
        ({"entities": [{"id": "e1"}]}, r"entities\[0\]: key 'context' is missing"),
        ({"split": "holdout"}, "'split' is 'holdout'"),
    ],
)
def test_bad_stored_annotation_is_named(
    tmp_path: Path, record: AnnotatedRecord, change: dict[str, object], message: str
) -> None:
    path = tmp_path / "annotations.jsonl"
    row = {**stored_row(strip_text(record)), **change}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        read_stored(path)


def test_a_record_stored_twice_is_an_error(
    tmp_path: Path, record: AnnotatedRecord
) -> None:
    path = tmp_path / "annotations.jsonl"
    write_stored(path, [strip_text(record)] * 2)
    with pytest.raises(CorpusError, match=":2: record A901 is stored twice"):
        read_stored(path)
