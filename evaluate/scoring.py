"""Scores per label with intervals, from the spans of many documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from en_trial_registry.schema import ENTITY_LABELS, RELATIONS

from .bootstrap import (
    RESAMPLES,
    SEED,
    IntArray,
    Interval,
    Intervals,
    resample,
    score_intervals,
)
from .matching import (
    Counts,
    LinkSpan,
    Matcher,
    Span,
    micro,
    overlap_counts,
    strict_counts,
)

MICRO: Final = "micro"
DECIMALS: Final = 6


@dataclass(frozen=True)
class Score:
    """Counts of one label with the intervals of its scores."""

    counts: Counts
    intervals: Intervals


@dataclass(frozen=True)
class LabelScore:
    """What was found of one label, or of all of them (`micro`).

    label (str): The label or `micro`.
    documents (int): Number of documents with a gold span of the label.
    strict (Score): Equal span and label.
    overlap (Score): Equal label and at least one shared character.
    """

    label: str
    documents: int
    strict: Score
    overlap: Score


def score_spans(
    gold: Sequence[frozenset[Span]],
    predicted: Sequence[frozenset[Span]],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> tuple[LabelScore, ...]:
    """Score the predictions for some documents.

    gold (Sequence[FrozenSet[Span]]): Gold spans of each document.
    predicted (Sequence[FrozenSet[Span]]): Predicted spans of the same documents.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of bootstrap draws.
    RETURNS (Tuple[LabelScore, ...]): One for each label of the schema, then `micro`.
    """
    strict = count_array(gold, predicted, strict_counts)
    overlap = count_array(gold, predicted, overlap_counts)
    draws = resample(
        np.stack([strict, overlap]).swapaxes(0, 1), seed=seed, resamples=resamples
    )
    return tuple(
        LabelScore(
            label=label,
            documents=int(np.count_nonzero(strict[:, row, 0] + strict[:, row, 2])),
            strict=score_of(strict[:, row], draws[:, 0, row]),
            overlap=score_of(overlap[:, row], draws[:, 1, row]),
        )
        for row, label in enumerate((*ENTITY_LABELS, MICRO))
    )


def score_links(
    gold: Sequence[frozenset[LinkSpan]],
    predicted: Sequence[frozenset[LinkSpan]],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> tuple[tuple[str, Score], ...]:
    """Score the links of some documents.

    gold (Sequence[FrozenSet[LinkSpan]]): Gold links of each document.
    predicted (Sequence[FrozenSet[LinkSpan]]): Predicted links of the same documents.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of bootstrap draws.
    RETURNS (Tuple[Tuple[str, Score], ...]): Each relation of the schema, then `micro`.
    """
    counts = count_array(gold, predicted, strict_counts, labels=tuple(RELATIONS))
    draws = resample(counts, seed=seed, resamples=resamples)
    return tuple(
        (label, score_of(counts[:, row], draws[:, row]))
        for row, label in enumerate((*RELATIONS, MICRO))
    )


def count_array(
    gold: Sequence[frozenset[Any]],
    predicted: Sequence[frozenset[Any]],
    matcher: Matcher,
    *,
    labels: Sequence[str] = tuple(ENTITY_LABELS),
) -> IntArray:
    """Count matches in every document.

    gold (Sequence[FrozenSet]): Gold spans or links of each document.
    predicted (Sequence[FrozenSet]): Predicted ones of the same documents.
    matcher (Matcher): Strict or overlap matching.
    labels (Sequence[str]): What to count.
    RETURNS (IntArray): Shape (documents, labels + 1, 3), the last label being `micro`,
        the three counts tp, fp, fn.
    """
    rows = []
    for ours, theirs in zip(gold, predicted, strict=True):
        counts = matcher(ours, theirs)
        each = [counts.get(label, Counts()) for label in labels]
        rows.append([(c.tp, c.fp, c.fn) for c in (*each, micro(counts))])
    return np.array(rows, dtype=np.int64).reshape(-1, len(labels) + 1, 3)


def score_of(counts: IntArray, draws: IntArray) -> Score:
    """Join the counts of one label with their intervals.

    counts (IntArray): Shape (documents, 3).
    draws (IntArray): Shape (resamples, 3).
    RETURNS (Score): Summed counts and intervals.
    """
    tp, fp, fn = (int(number) for number in counts.sum(axis=0))
    return Score(Counts(tp, fp, fn), score_intervals(draws))


def score_json(score: Score) -> dict[str, Any]:
    """Write a score as plain JSON types.

    score (Score): A score.
    RETURNS (Dict[str, Any]): Counts, scores and intervals; None where not defined.
    """
    counts, intervals = score.counts, score.intervals
    return {
        "tp": counts.tp,
        "fp": counts.fp,
        "fn": counts.fn,
        "precision": rounded(counts.precision),
        "recall": rounded(counts.recall),
        "f1": rounded(counts.f1),
        "precision_interval": interval_json(intervals.precision),
        "recall_interval": interval_json(intervals.recall),
        "f1_interval": interval_json(intervals.f1),
    }


def interval_json(interval: Interval | None) -> list[float] | None:
    """Write an interval as a pair.

    interval (Optional[Interval]): An interval.
    RETURNS (Optional[List[float]]): Its ends, or None.
    """
    return None if interval is None else [round(end, DECIMALS) for end in interval]


def rounded(value: float | None) -> float | None:
    """Round a score for output, so that files don't differ in the last bits.

    value (Optional[float]): A score.
    RETURNS (Optional[float]): The same with six decimals.
    """
    return None if value is None else round(value, DECIMALS)
