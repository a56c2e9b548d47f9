"""Percentile intervals by resampling whole documents."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

SEED: Final = 0
RESAMPLES: Final = 1000
CONFIDENCE: Final = 0.95

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


class Interval(NamedTuple):
    """Lower and upper end of an interval."""

    low: float
    high: float


class Intervals(NamedTuple):
    """Intervals of the three scores; None where a score is never defined."""

    precision: Interval | None
    recall: Interval | None
    f1: Interval | None


def resample(
    counts: IntArray, *, seed: int = SEED, resamples: int = RESAMPLES
) -> IntArray:
    """Draw documents with replacement and sum their counts.

    All groups share the documents of a draw, so that differences between groups, or
    between systems whose counts are stacked in one array, are paired.

    counts (IntArray): Counts of shape (documents, ...).
    seed (int): Seed of the random numbers.
    resamples (int): Number of draws.
    RETURNS (IntArray): Sums of shape (resamples, ...).
    """
    weights = draw_weights(counts.shape[0], seed=seed, resamples=resamples)
    return np.tensordot(weights, counts, axes=1)


def draw_weights(
    documents: int, *, seed: int = SEED, resamples: int = RESAMPLES
) -> IntArray:
    """Say how often each draw takes each document.

    documents (int): Number of documents.
    seed (int): Seed of the random numbers.
    resamples (int): Number of draws.
    RETURNS (IntArray): Shape (resamples, documents).
    """
    if not documents:
        raise ValueError("There is no document to resample; give at least one.")
    rng = np.random.default_rng(seed)
    shares = np.full(documents, 1 / documents)
    return rng.multinomial(documents, shares, size=resamples)


def f1_scores(sums: IntArray) -> FloatArray:
    """Compute F1 of many counts at once.

    sums (IntArray): Counts of shape (..., 3): tp, fp, fn.
    RETURNS (FloatArray): F1 of shape (...), NaN where it is not defined.
    """
    tp, fp, fn = np.moveaxis(sums, -1, 0)
    return _ratios(2 * tp, 2 * tp + fp + fn)


def score_intervals(sums: IntArray) -> Intervals:
    """Give the intervals of precision, recall and F1.

    sums (IntArray): Resampled counts of one label, of shape (resamples, 3): tp, fp, fn.
    RETURNS (Intervals): The three intervals.
    """
    tp, fp, fn = np.moveaxis(sums, -1, 0)
    return Intervals(
        precision=percentile_interval(_ratios(tp, tp + fp)),
        recall=percentile_interval(_ratios(tp, tp + fn)),
        f1=percentile_interval(f1_scores(sums)),
    )


def percentile_interval(
    values: FloatArray, *, confidence: float = CONFIDENCE
) -> Interval | None:
    """Cut off equal tails.

    Draws in which the score is not defined (no document with the label was drawn) are
    left aside.

    values (FloatArray): One score per draw, NaN where it is not defined.
    confidence (float): Share of the draws that lies between the ends.
    RETURNS (Optional[Interval]): None if no draw defines the score.
    """
    defined = values[~np.isnan(values)]
    if not defined.size:
        return None
    tail = 50 * (1 - confidence)
    low, high = np.percentile(defined, [tail, 100 - tail])
    return Interval(float(low), float(high))


def _ratios(part: IntArray, whole: IntArray) -> FloatArray:
    missing = np.full(part.shape, np.nan)
    ratios: FloatArray = np.divide(part, whole, out=missing, where=whole > 0)
    return ratios
