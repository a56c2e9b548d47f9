"""Whether a confidence of 0.9 is right nine times in ten."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .bootstrap import RESAMPLES, SEED, Interval, draw_weights, percentile_interval
from .matching import LinkSpan, Span
from .predictions import Scored
from .scoring import interval_json, rounded

BINS: Final = 10
Judged = tuple[float, bool]
"""A confidence, and whether what it was given for is right."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Bin:
    """Predictions of similar confidence.

    n (int): Number of predictions.
    confidence (float): Their mean confidence.
    right (float): Share of them that is right.
    interval (Optional[Interval]): Bootstrap interval of that share.
    """

    n: int
    confidence: float
    right: float
    interval: Interval | None


@dataclass(frozen=True)
class Calibration:
    """How far confidence and share of right answers differ.

    n (int): Number of predictions with a confidence.
    ece (float): Expected calibration error, bins of equal mass.
    interval (Optional[Interval]): Its bootstrap interval. Chance alone makes the error
        of a draw larger, never smaller, so that it leans upward.
    ece_equal_width (float): The same with bins of equal width.
    bins (Tuple[Bin, ...]): Bins of equal mass, from low to high.
    """

    n: int
    ece: float
    interval: Interval | None
    ece_equal_width: float
    bins: tuple[Bin, ...]


def judge(
    scored: Scored[Span] | Scored[LinkSpan], gold: Set[Span] | Set[LinkSpan]
) -> list[Judged]:
    """Say of what was found with a confidence whether it is right.

    scored (Scored): Entities or links of one document.
    gold (Set): The gold ones.
    RETURNS (List[Judged]): Confidence and outcome of those with a confidence.
    """
    return [
        (score, item in gold) for item, score in scored.items() if score is not None
    ]


def calibrate(
    documents: Sequence[Sequence[Judged]],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Calibration | None:
    """Measure the calibration of some documents' predictions.

    documents (Sequence[Sequence[Judged]]): Judged predictions of each document.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (Optional[Calibration]): None without any confidence.
    """
    judged = [pair for document in documents for pair in document]
    if not judged:
        return None
    scores = np.array([score for score, _ in judged])
    edges = equal_mass_edges(scores)
    sums = np.stack([bin_sums(document, edges) for document in documents])
    weights = draw_weights(len(documents), seed=seed, resamples=resamples)
    draws: FloatArray = np.tensordot(weights, sums, axes=1)
    total = sums.sum(axis=0)
    wide = bin_sums(judged, np.arange(1, BINS) / BINS)
    return Calibration(
        n=len(judged),
        ece=float(expected_error(total)),
        interval=percentile_interval(expected_error(draws)),
        ece_equal_width=float(expected_error(wide)),
        bins=tuple(_bins(total, draws)),
    )


def equal_mass_edges(scores: FloatArray, bins: int = BINS) -> FloatArray:
    """Find edges that put about as many scores into every bin.

    Equal scores share a bin, so that a score that occurs often can leave bins empty.

    scores (FloatArray): All scores.
    bins (int): Number of bins.
    RETURNS (FloatArray): Inner edges; a score equal to an edge lies above it.
    """
    ordered = np.sort(scores)
    cuts = [len(ordered) * cut // bins for cut in range(1, bins)]
    edges: FloatArray = np.unique(ordered[cuts])
    return edges


def bin_sums(judged: Sequence[Judged], edges: FloatArray) -> FloatArray:
    """Sum confidence and right answers within bins.

    judged (Sequence[Judged]): Judged predictions.
    edges (FloatArray): Inner edges.
    RETURNS (FloatArray): Shape (bins, 3): number, sum of confidence, number right.
    """
    sums = np.zeros((len(edges) + 1, 3))
    for score, right in judged:
        sums[np.searchsorted(edges, score, side="right")] += (1, score, right)
    return sums


def expected_error(sums: FloatArray) -> FloatArray:
    """Give the expected calibration error: the mean gap, weighted by size of the bin.

    sums (FloatArray): Shape (..., bins, 3), as of `bin_sums`.
    RETURNS (FloatArray): Shape (...), NaN where nothing was predicted.
    """
    count, confidence, right = np.moveaxis(sums, -1, 0)
    total = count.sum(axis=-1)
    gaps = np.abs(confidence - right).sum(axis=-1)
    return _shares(gaps, total)


def _shares(part: Any, whole: Any) -> FloatArray:
    missing = np.full(np.shape(whole), np.nan)
    shares: FloatArray = np.divide(part, whole, out=missing, where=whole > 0)
    return shares


def _bins(total: FloatArray, draws: FloatArray) -> list[Bin]:
    bins = []
    for row, (count, confidence, right) in enumerate(total):
        if not count:
            continue
        drawn = draws[:, row]
        bins.append(
            Bin(
                int(count),
                float(confidence / count),
                float(right / count),
                percentile_interval(_shares(drawn[:, 2], drawn[:, 0])),
            )
        )
    return bins


def calibration_json(calibration: Calibration | None) -> dict[str, Any] | None:
    """Write a calibration as plain JSON types.

    calibration (Optional[Calibration]): A calibration.
    RETURNS (Optional[Dict[str, Any]]): Errors, interval and bins; None without any.
    """
    if calibration is None:
        return None
    return {
        "n": calibration.n,
        "bins": f"{BINS} of equal mass",
        "ece": rounded(calibration.ece),
        "ece_interval": interval_json(calibration.interval),
        "ece_equal_width": rounded(calibration.ece_equal_width),
        "reliability": [
            {
                "n": bin.n,
                "confidence": rounded(bin.confidence),
                "right": rounded(bin.right),
                "right_interval": interval_json(bin.interval),
            }
            for bin in calibration.bins
        ],
    }
