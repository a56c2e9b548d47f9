from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.annotation import AnnotatedRecord, CorpusError, Entity, Link
from corpus.correct.adjudicate import agreed_annotation, prepare_adjudication
from corpus.correct.agreement import measure_agreement
from corpus.correct.confirmed import assemble
from corpus.correct.examples import Example, span_key
from corpus.correct.parts import cut_record
from corpus.correct.push import shown_parts
from corpus.docbin import blank_pipeline
from evaluate.matching import overlap_counts, strict_counts

Edit = Callable[..., AnnotatedRecord]
NLP = blank_pipeline()
TEXT = "abcdefghijklmnopqrst"


@st.composite
def flat_spans(draw: st.DrawFn) -> tuple[Entity, ...]:
    ends = sorted(draw(st.sets(st.integers(0, len(TEXT)), max_size=12)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    label = st.sampled_from(["DOSE", "ROUTE"])
    return tuple(Entity(f"e{a}", a, b, draw(label)) for a, b in pairs)


@given(flat_spans(), flat_spans())
def test_agreement_counts_as_evaluation_does(
    one: tuple[Entity, ...], other: tuple[Entity, ...]
) -> None:
    records = [AnnotatedRecord("A1", TEXT, spans) for spans in (one, other)]
    result = measure_agreement(records[:1], records[1:], nlp=NLP)
    a, b = (list(map(span_key, spans)) for spans in (one, other))
    assert result.strict == strict_counts(a, b)
    assert result.overlap == overlap_counts(a, b)


def test_a_long_span_is_no_partner_of_two() -> None:
    long = AnnotatedRecord("A1", TEXT, (Entity("e1", 0, 9, "DOSE"),))
    short = replace(
        long, entities=(Entity("e1", 0, 3, "DOSE"), Entity("e2", 4, 9, "DOSE"))
    )
    result = measure_agreement([long], [short], nlp=NLP)
    assert result.overlap["DOSE"].f1 == pytest.approx(2 / 3)
    assert (result.overlap["DOSE"].fn, result.overlap["DOSE"].fp) == (0, 1)


def test_overlapping_spans_of_one_side_are_named() -> None:
    spans = (Entity("e1", 0, 5, "DOSE"), Entity("e2", 3, 9, "DOSE"))
    record = AnnotatedRecord("A1", TEXT, spans)
    with pytest.raises(CorpusError, match="A1 DOSE 3-9: overlaps DOSE 0-5"):
        measure_agreement([record], [record], nlp=NLP)


def test_only_what_both_sides_have_is_laid_before_the_adjudicator(
    tricky: AnnotatedRecord, edited: Edit, without: Edit
) -> None:
    other = edited(without(tricky, "e2"), "e5", label="DOSE")
    agreed = agreed_annotation(tricky, replace(other, relations=()))
    assert [e.id for e in agreed.entities] == ["e1", "e3", "e4"]
    assert agreed.relations == ()
    agreed = agreed_annotation(tricky, other)
    assert agreed.relations == (Link("HAS_FREQUENCY", "e1", "e3"),)

    found = prepare_adjudication([tricky], [other], max_chars=5000)
    assert found.records == [agreed]
    ((key, note),) = found.notes.items()
    assert key == "A77#0"
    at = [tricky.entities[n].start for n in (1, 4)]
    assert note["first"] == (
        f'DOSE "50 µg" at {at[0]}; LAB_THRESHOLD "≥ 1.5" at {at[1]}; '
        'HAS_DOSE "amberol" -> "50 µg"; HAS_THRESHOLD "INR" -> "≥ 1.5"'
    )
    assert note["second"].startswith(f'DOSE "≥ 1.5" at {at[1]}; HAS_THRESHOLD')
    assert found.hidden == []


def test_parts_without_a_dispute_are_not_shown_and_stay(
    tricky: AnnotatedRecord, without: Edit
) -> None:
    found = prepare_adjudication([tricky], [without(tricky, "e5")], max_chars=40)
    shown = shown_parts(found.records, max_chars=found.max_chars, notes=found.notes)
    parts = cut_record(found.records[0], max_chars=found.max_chars)
    assert [part.key for part, _ in shown] == [parts[-1].key] and len(parts) > 1
    (part,) = (part for part, _ in shown)
    ticked = Example(1, part.key, part, "eve", "2026-01-01T00:00:00Z")
    report = assemble(
        found.records, [ticked], max_chars=found.max_chars, shown=found.notes
    )
    (done,) = report.confirmed
    assert done.record.entities == tricky.entities[:-1]
    assert set(done.record.relations) == set(tricky.relations[:-1])
    assert (done.annotators, report.changes) == (("eve",), [])


def test_parts_grow_until_no_disputed_span_is_cut() -> None:
    text = "A1\n" + "word\n" * 20
    one = AnnotatedRecord("A1", text)
    other = replace(one, entities=(Entity("e1", 3, 52, "OUTCOME"),))
    found = prepare_adjudication([one], [other], max_chars=10)
    assert found.max_chars > 10
    ((_, note),) = found.notes.items()
    assert note["first"] == "-" and note["second"].startswith('OUTCOME "word')


def test_disputed_relations_between_parts_are_named(tricky: AnnotatedRecord) -> None:
    other = replace(tricky, relations=tricky.relations[1:])
    found = prepare_adjudication([tricky], [other], max_chars=40)
    assert found.records == [] and found.notes == {}
    assert found.hidden == ['A77 (first side only): HAS_DOSE "amberol" -> "50 µg"']


def test_equal_annotations_leave_nothing_to_decide(tricky: AnnotatedRecord) -> None:
    found = prepare_adjudication([tricky], [tricky])
    assert (found.records, found.notes, found.hidden) == ([], {}, [])
