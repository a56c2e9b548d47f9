"""Strict and overlap matching, counted by hand and against two other scorers."""

from itertools import permutations
from typing import Any

import pytest
from en_trial_registry.relations.links import Link
from en_trial_registry.relations.scorer import score_relations
from hypothesis import given, settings
from hypothesis import strategies as st
from nervaluate import Evaluator
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan
from spacy.training import Example
from spacy.vocab import Vocab

from evaluate.matching import (
    Counts,
    LinkSpan,
    Span,
    micro,
    overlap_counts,
    strict_counts,
)

VOCAB = Vocab(strings=["DOSE", "ROUTE", "OUTCOME"])
LABELS = ("DOSE", "ROUTE", "OUTCOME")
GOLD: set[Span] = {
    (0, 4, "DOSE"),
    (5, 9, "DOSE"),
    (10, 20, "ROUTE"),
    (30, 40, "OUTCOME"),
    (50, 60, "OUTCOME"),
}
PREDICTED: set[Span] = {
    (0, 4, "DOSE"),  # exact
    (5, 8, "DOSE"),  # too short
    (10, 20, "DOSE"),  # wrong label
    (28, 55, "OUTCOME"),  # covers parts of two gold spans
}


@st.composite
def flat_spans(draw: st.DrawFn) -> frozenset[Span]:
    ends = sorted(draw(st.sets(st.integers(0, 24), max_size=12)))
    return frozenset(
        (start, end, draw(st.sampled_from(LABELS)))
        for start, end in zip(ends, ends[1:], strict=False)
        if draw(st.booleans())
    )


def test_strict_counts_by_hand() -> None:
    assert strict_counts(GOLD, PREDICTED) == {
        "DOSE": Counts(tp=1, fp=2, fn=1),
        "OUTCOME": Counts(tp=0, fp=1, fn=2),
        "ROUTE": Counts(tp=0, fp=0, fn=1),
    }


def test_overlap_counts_by_hand() -> None:
    assert overlap_counts(GOLD, PREDICTED) == {
        "DOSE": Counts(tp=2, fp=1, fn=0),
        "OUTCOME": Counts(tp=1, fp=0, fn=1),
        "ROUTE": Counts(tp=0, fp=0, fn=1),
    }


def test_micro_sums_labels_with_equal_counts() -> None:
    counts = {
        "DOSE": Counts(1, 0, 0),
        "ROUTE": Counts(1, 0, 0),
        "OUTCOME": Counts(0, 0, 1),
    }
    assert micro(counts) == Counts(2, 0, 1)
    assert micro(counts).recall == pytest.approx(2 / 3)


def test_scores_by_hand() -> None:
    counts = micro(strict_counts(GOLD, PREDICTED))
    assert counts == Counts(tp=1, fp=3, fn=4)
    assert (counts.support, counts.predicted) == (5, 4)
    assert counts.precision == 0.25
    assert counts.recall == 0.2
    assert counts.f1 == pytest.approx(2 / 9)


def test_scores_without_support_are_undefined_not_zero() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (None, None, None)
    assert Counts(fp=1).recall is None
    assert Counts(fp=1).f1 == 0
    assert Counts(fn=1).precision is None
    assert strict_counts([], []) == {}
    assert micro({}) == Counts()


def test_touching_spans_do_not_overlap() -> None:
    assert overlap_counts([(0, 4, "DOSE")], [(4, 8, "DOSE")]) == {
        "DOSE": Counts(0, 1, 1)
    }


def test_overlap_takes_the_larger_number_of_pairs() -> None:
    gold = [(0, 3, "DOSE"), (4, 10, "DOSE")]
    predicted = [(1, 6, "DOSE"), (7, 9, "DOSE")]
    assert overlap_counts(gold, predicted) == {"DOSE": Counts(2, 0, 0)}


def test_overlapping_spans_of_one_side_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap matching is defined for flat"):
        overlap_counts([(0, 4, "DOSE"), (2, 6, "DOSE")], [])


@given(flat_spans())
def test_equal_sides_are_perfect(spans: frozenset[Span]) -> None:
    for count in (strict_counts, overlap_counts):
        for counts in count(spans, spans).values():
            assert (counts.precision, counts.recall, counts.f1) == (1, 1, 1)


@given(flat_spans(), flat_spans())
def test_swapping_sides_swaps_precision_and_recall(
    gold: frozenset[Span], predicted: frozenset[Span]
) -> None:
    for count in (strict_counts, overlap_counts):
        there, back = count(gold, predicted), count(predicted, gold)
        assert there.keys() == back.keys()
        for label, counts in there.items():
            assert counts.precision == back[label].recall
            assert counts.f1 == back[label].f1


@given(flat_spans(), flat_spans())
def test_overlap_finds_at_least_what_strict_finds(
    gold: frozenset[Span], predicted: frozenset[Span]
) -> None:
    strict, overlap = strict_counts(gold, predicted), overlap_counts(gold, predicted)
    for label, counts in strict.items():
        assert overlap[label].tp >= counts.tp
        assert overlap[label].support == counts.support
        assert overlap[label].predicted == counts.predicted


@given(flat_spans(), flat_spans())
def test_overlap_is_a_maximum(
    gold: frozenset[Span], predicted: frozenset[Span]
) -> None:
    for label, counts in overlap_counts(gold, predicted).items():
        ours = [span for span in gold if span[2] == label][:5]
        theirs = [span for span in predicted if span[2] == label][:5]
        if len(ours) + len(theirs) == counts.support + counts.predicted:
            assert counts.tp == most_pairs(ours, theirs)


def most_pairs(ours: list[Span], theirs: list[Span]) -> int:
    """Try every order of the longer side."""
    few, many = sorted((ours, theirs), key=len)
    return max(
        sum(a[0] < b[1] and b[0] < a[1] for a, b in zip(few, order, strict=False))
        for order in permutations(many)
    )


@settings(deadline=None)
@given(flat_spans(), flat_spans())
def test_strict_agrees_with_spacy(
    gold: frozenset[Span], predicted: frozenset[Span]
) -> None:
    scores = Scorer.score_spans([make_example(gold, predicted)], "ents")
    ours = strict_counts(gold, predicted)
    assert (scores["ents_p"] or 0) == (micro(ours).precision or 0)
    assert (scores["ents_r"] or 0) == (micro(ours).recall or 0)
    assert (scores["ents_f"] or 0) == pytest.approx(micro(ours).f1 or 0)
    per_type = scores["ents_per_type"] or {}
    assert per_type.keys() == ours.keys()
    for label, counts in ours.items():
        assert per_type[label]["p"] == (counts.precision or 0)
        assert per_type[label]["r"] == (counts.recall or 0)
        assert per_type[label]["f"] == pytest.approx(counts.f1)


def make_example(gold: frozenset[Span], predicted: frozenset[Span]) -> Example:
    """Make every character a token of its own."""
    docs = []
    for spans in (predicted, gold):
        doc = Doc(VOCAB, words=["x"] * 25, spaces=[False] * 25)
        doc.set_ents([TokenSpan(doc, *span) for span in sorted(spans)])
        docs.append(doc)
    return Example(*docs)


@given(flat_spans(), flat_spans())
def test_strict_agrees_with_nervaluate(
    gold: frozenset[Span], predicted: frozenset[Span]
) -> None:
    ours = micro(strict_counts(gold, predicted))
    theirs = nervaluate_result(gold, predicted, "strict")
    assert theirs.correct == ours.tp
    assert (theirs.possible, theirs.actual) == (ours.support, ours.predicted)


def test_overlap_agrees_with_nervaluate_type_where_spans_meet_one_to_one() -> None:
    gold: frozenset[Span] = frozenset(
        {(0, 4, "DOSE"), (6, 9, "DOSE"), (12, 15, "ROUTE")}
    )
    predicted: frozenset[Span] = frozenset(
        {(0, 4, "DOSE"), (7, 11, "DOSE"), (12, 15, "DOSE"), (18, 20, "ROUTE")}
    )
    ours = micro(overlap_counts(gold, predicted))
    theirs = nervaluate_result(gold, predicted, "ent_type")
    assert theirs.correct == ours.tp == 2
    assert (theirs.possible, theirs.actual) == (ours.support, ours.predicted)


def nervaluate_result(
    gold: frozenset[Span], predicted: frozenset[Span], strategy: str
) -> Any:
    """Score one document; its ends are inclusive."""
    sides = [
        [[{"start": a, "end": b - 1, "label": label} for a, b, label in sorted(spans)]]
        for spans in (gold, predicted)
    ]
    evaluator = Evaluator(*sides, tags=list(LABELS), loader="dict")
    return evaluator.evaluate()["overall"][strategy]


Links = frozenset[LinkSpan]
some_links = st.frozensets(
    st.builds(
        lambda head, child, label: ((head, head + 1), (child, child + 1), label),
        st.integers(0, 4),
        st.integers(5, 9),
        st.sampled_from(["HAS_DOSE", "HAS_ROUTE"]),
    )
)


@settings(deadline=None)
@given(some_links, some_links)
def test_links_agree_with_the_scorer_of_the_component(
    gold: Links, found: Links
) -> None:
    docs = []
    for links in (found, gold):
        doc = Doc(VOCAB, words=["x"])
        doc._.relations = [
            Link(label, *head, *child)._asdict() for head, child, label in links
        ]
        docs.append(doc)
    theirs = score_relations([Example(*docs)])
    ours = strict_counts(gold, found)
    assert theirs["rel_micro_p"] == pytest.approx(micro(ours).precision or 0)
    assert theirs["rel_micro_r"] == pytest.approx(micro(ours).recall or 0)
    assert theirs["rel_micro_f"] == pytest.approx(micro(ours).f1 or 0)
    assert theirs["rels_per_type"].keys() == ours.keys()
    for label, counts in ours.items():
        assert theirs["rels_per_type"][label]["f"] == pytest.approx(counts.f1)
