"""What a lowest score costs: precision gained and recall lost."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from .bootstrap import RESAMPLES, SEED, resample
from .documents import GoldDocument
from .predictions import Prediction
from .scoring import score_json, score_of

LIMITS: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


def score_limits(
    documents: Sequence[GoldDocument],
    predictions: Sequence[Prediction],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> dict[str, Any] | None:
    """Score the entities that are left above lowest scores.

    documents (Sequence[GoldDocument]): Gold documents.
    predictions (Sequence[Prediction]): What was found in them.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (Optional[Dict[str, Any]]): Strict micro scores by lowest score; None if an
        entity has no score, so that nothing could be chosen by it.
    """
    found = [score for own in predictions for score in own.entities.values()]
    if None in found or not found:
        return None
    counts = np.zeros((len(documents), len(LIMITS), 3), dtype=np.int64)
    for row, (document, own) in enumerate(zip(documents, predictions, strict=True)):
        for column, limit in enumerate(LIMITS):
            kept = {
                span for span, score in own.entities.items() if _above(score, limit)
            }
            right = len(kept & document.entities)
            missed = len(document.entities) - right
            counts[row, column] = (right, len(kept) - right, missed)
    draws = resample(counts, seed=seed, resamples=resamples)
    return {
        f"{limit:g}": score_json(score_of(counts[:, column], draws[:, column]))
        for column, limit in enumerate(LIMITS)
    }


def _above(score: float | None, limit: float) -> bool:
    return score is not None and score >= limit
