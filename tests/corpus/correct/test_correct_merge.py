from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.annotation import AnnotatedRecord, CorpusError
from corpus.checks import ERROR
from corpus.correct.confirmed import Confirmed
from corpus.correct.diff import diff
from corpus.correct.merge import merge, rounds_file
from corpus.correct.rounds import Round, read_confirmed, write_confirmed
from corpus.jsonl import Json, read_jsonl
from corpus.layout import Layout
from corpus.load import load_corpus
from corpus.stored import read_stored
from corpus.validate import validate

Edit = Callable[..., AnnotatedRecord]


def of_corpus(layout: Layout, record_id: str) -> AnnotatedRecord:
    corpora, _ = load_corpus(layout=layout)
    return next(r for group in corpora.values() for r in group if r.id == record_id)


def merge_one(before: AnnotatedRecord, after: AnnotatedRecord, layout: Layout) -> Json:
    done = Confirmed(after, ("ann",), "2026-01-02T00:00:00Z")
    changes = diff(before, after, annotator="ann")
    (entry,) = merge([done], changes, round_name="one", model="toy 1", layout=layout)
    return entry


@pytest.mark.parametrize("record_id", ["A900", "NCT90000000"])
def test_a_correction_is_in_the_corpus_afterwards(
    layout: Layout, without: Edit, record_id: str
) -> None:
    before = of_corpus(layout, record_id)
    after = without(before, "e4")
    entry = merge_one(before, after, layout)
    assert of_corpus(layout, record_id) == after
    assert not [f for f in validate(layout=layout)[0] if f.severity == ERROR]
    assert entry["changes"]["removed"] == 1
    assert entry["changes"]["relation removed"] == 1
    assert (entry["annotators"], entry["model"]) == (["ann"], "toy 1")
    assert [row for _, row in read_jsonl(rounds_file(layout))] == [entry]


def test_no_text_of_a_real_record_gets_where_git_sees_it(
    layout: Layout, without: Edit
) -> None:
    before = of_corpus(layout, "NCT90000000")
    merge_one(before, without(before, "e4"), layout)
    for path in (layout.stored("registry"), rounds_file(layout)):
        content = path.read_text(encoding="utf-8").casefold()
        assert "dulcamine" in before.text.casefold()
        assert "dulcamine" not in content and "cellists" not in content


def test_merging_again_changes_nothing(layout: Layout, without: Edit) -> None:
    before = of_corpus(layout, "A900")
    after = without(before, "e4")
    first = merge_one(before, after, layout)
    authored = layout.authored.read_bytes()
    merge_one(before, after, layout)
    assert layout.authored.read_bytes() == authored
    ((_, again),) = read_jsonl(rounds_file(layout))
    assert {**again, "merged_at": ""} == {**first, "merged_at": ""}


def test_new_records_are_for_training(
    layout: Layout, tricky: AnnotatedRecord, marked: Callable[..., AnnotatedRecord]
) -> None:
    merge_one(tricky, tricky, layout)
    words = "NCT90000077\nRinse of fenugreek\n"
    marks = [("fenugreek", "INTERVENTION")]
    real = marked("NCT90000077", words, marks, source="registry", split=None)
    merge_one(real, real, layout)
    assert of_corpus(layout, "A77").split == "train"
    assert of_corpus(layout, "NCT90000077").split == "train"
    assert len(read_stored(layout.stored("registry"))) == 4
    assert not [f for f in validate(layout=layout)[0] if f.severity == ERROR]


@pytest.mark.parametrize("record_id", ["A902", "NCT90000002"])
def test_test_records_are_refused(layout: Layout, record_id: str) -> None:
    record = replace(of_corpus(layout, record_id), split=None)
    with pytest.raises(CorpusError, match=f"{record_id}: is a test record"):
        merge_one(record, record, layout)
    assert not rounds_file(layout).exists()


@pytest.mark.parametrize("record_id", ["A900", "NCT90000000"])
def test_another_text_is_refused(layout: Layout, record_id: str) -> None:
    record = of_corpus(layout, record_id)
    other = replace(record, text=record.text + "More.\n")
    with pytest.raises(CorpusError, match=f"{record_id}: the confirmed text"):
        merge_one(other, other, layout)
    assert of_corpus(layout, record_id) == record


def test_confirmed_records_are_read_back(
    layout: Layout, tricky: AnnotatedRecord
) -> None:
    done = Confirmed(tricky, ("ann", "bob"), "2026-01-02T00:00:00Z")
    path = Round(layout, "one").confirmed
    write_confirmed(path, [done])
    assert read_confirmed(path) == [done]


@pytest.mark.parametrize("name", ["", "..", "a/b", ".hidden"])
def test_a_round_name_stays_in_its_folder(layout: Layout, name: str) -> None:
    with pytest.raises(CorpusError, match="can't be a folder"):
        Round(layout, name).folder  # noqa: B018
