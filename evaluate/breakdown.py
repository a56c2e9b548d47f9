"""Scores by group of records: area, phase, source format, length."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from en_trial_registry.schema import RELATIONS

from .bootstrap import RESAMPLES, SEED, IntArray, Intervals, resample
from .documents import GoldDocument
from .matching import overlap_counts, strict_counts
from .predictions import Prediction
from .record_facts import ORDER, Facts
from .scoring import Score, count_array, score_json, score_of

FEWEST: Final = 5
KINDS: Final = ("entities strict", "entities overlap", "relations end to end")
Groups = Mapping[str, Mapping[str, "GroupScore"]]
"""Scores by way of grouping and group."""


@dataclass(frozen=True)
class GroupScore:
    """Micro scores of a group of records.

    documents (int): Number of records.
    scores (Mapping[str, Score]): By a name of `KINDS`. Fewer than five records have no
        interval: so few can't tell how others would do.
    """

    documents: int
    scores: Mapping[str, Score]


def score_groups(
    documents: Sequence[GoldDocument],
    predictions: Sequence[Prediction],
    facts: Sequence[Facts],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> dict[str, dict[str, GroupScore]]:
    """Score groups of one source's records.

    documents (Sequence[GoldDocument]): Gold documents.
    predictions (Sequence[Prediction]): What was found in them.
    facts (Sequence[Facts]): Groups that they are in.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (Dict[str, Dict[str, GroupScore]]): By way of grouping and group, in order;
        groups without a record are left out.
    """
    counts = micro_counts(documents, predictions)
    return {
        way: {
            group: _score_group(
                counts[[group in fact[way] for fact in facts]],
                seed=seed,
                resamples=resamples,
            )
            for group in _groups(way, facts)
        }
        for way in ORDER
    }


def micro_counts(
    documents: Sequence[GoldDocument], predictions: Sequence[Prediction]
) -> IntArray:
    """Count what was found in every document, over all labels.

    documents (Sequence[GoldDocument]): Gold documents.
    predictions (Sequence[Prediction]): What was found in them.
    RETURNS (IntArray): Shape (documents, `KINDS`, 3): tp, fp, fn.
    """
    gold = [document.entities for document in documents]
    found = [frozenset(prediction.entities) for prediction in predictions]
    links = [document.links for document in documents]
    linked = [frozenset(prediction.links) for prediction in predictions]
    strict = count_array(gold, found, strict_counts)
    overlap = count_array(gold, found, overlap_counts)
    relations = count_array(links, linked, strict_counts, labels=tuple(RELATIONS))
    return np.stack([strict[:, -1], overlap[:, -1], relations[:, -1]], axis=1)


def _groups(way: str, facts: Sequence[Facts]) -> list[str]:
    order = ORDER[way]
    names = {group for fact in facts for group in fact[way]}
    return sorted(
        names, key=lambda name: (order.index(name) if name in order else -1, name)
    )


def _score_group(counts: IntArray, *, seed: int, resamples: int) -> GroupScore:
    draws = resample(counts, seed=seed, resamples=resamples)
    scores = {}
    for at, kind in enumerate(KINDS):
        score = score_of(counts[:, at], draws[:, at])
        if len(counts) < FEWEST:
            score = Score(score.counts, Intervals(None, None, None))
        scores[kind] = score
    return GroupScore(len(counts), scores)


def groups_json(groups: Groups) -> dict[str, Any]:
    """Write the scores of groups as plain JSON types.

    groups (Groups): The scores.
    RETURNS (Dict[str, Any]): By way of grouping and group.
    """
    return {
        way: {
            name: {
                "documents": group.documents,
                **{kind: score_json(score) for kind, score in group.scores.items()},
            }
            for name, group in named.items()
        }
        for way, named in groups.items()
    }
