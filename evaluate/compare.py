"""Two pipelines on the same documents: differences with paired intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from en_trial_registry.schema import ENTITY_LABELS, RELATIONS

from .bootstrap import (
    RESAMPLES,
    SEED,
    IntArray,
    Interval,
    f1_scores,
    percentile_interval,
    resample,
)
from .documents import EvaluationError, GoldDocument
from .markdown import ABSENT, number, table
from .matching import Matcher, overlap_counts, strict_counts
from .predict import load_pipeline
from .predictions import Prediction, predict, read_predictions
from .scoring import MICRO, count_array, interval_json, rounded

HEAD: Final = ("what", "label", "A", "B", "B − A", "share of draws with B ≤ A")
ENTITY_ROWS: Final = (*ENTITY_LABELS, MICRO)
RELATION_ROWS: Final = (*RELATIONS, MICRO)


@dataclass(frozen=True)
class Difference:
    """F1 of two pipelines.

    what (str): What was scored.
    label (str): Label, relation or `micro`.
    first (Optional[float]): F1 of the first.
    second (Optional[float]): F1 of the second.
    interval (Optional[Interval]): 95 % interval of second minus first, both of one draw
        on the same documents.
    not_better (Optional[float]): Share of the draws in which the second is not better.
    """

    what: str
    label: str
    first: float | None
    second: float | None
    interval: Interval | None
    not_better: float | None

    @property
    def difference(self) -> float | None:
        """RETURNS (Optional[float]): Second minus first; None if one is undefined."""
        if self.first is None or self.second is None:
            return None
        return self.second - self.first


def predictions_of(
    model: str, sources: Mapping[str, Sequence[GoldDocument]]
) -> dict[str, list[Prediction]]:
    """Read saved predictions, or predict.

    model (str): Folder or name of a pipeline; else a folder with SOURCE.jsonl of
        `python -m evaluate report`, or one such file where there is one source.
    sources (Mapping[str, Sequence[GoldDocument]]): Documents by source.
    RETURNS (Dict[str, List[Prediction]]): Predictions by source.
    RAISES (EvaluationError): If there is neither, or it doesn't fit the documents.
    """
    path = Path(model)
    if path.is_file():
        if len(sources) > 1:
            raise EvaluationError(
                f"{path} is one file of predictions for {len(sources)} sources; give "
                "the folder that holds a SOURCE.jsonl for each."
            )
        return {name: read_predictions(path, own) for name, own in sources.items()}
    if path.is_dir() and not (path / "config.cfg").is_file():
        return {
            name: read_predictions(path / f"{name}.jsonl", own)
            for name, own in sources.items()
        }
    nlp = load_pipeline(model)
    return {name: predict(nlp, own) for name, own in sources.items()}


def compare_predictions(
    documents: Sequence[GoldDocument],
    first: Sequence[Prediction],
    second: Sequence[Prediction],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> list[Difference]:
    """Compare two predictions for the same documents.

    documents (Sequence[GoldDocument]): Gold documents.
    first (Sequence[Prediction]): What the first found.
    second (Sequence[Prediction]): What the second found.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (List[Difference]): Entities strict and overlapping, relations end to end;
        per label, then micro.
    """
    rows = [
        *(("entities strict", label) for label in ENTITY_ROWS),
        *(("entities overlap", label) for label in ENTITY_ROWS),
        *(("relations end to end", label) for label in RELATION_ROWS),
    ]
    both = [_counts(documents, found) for found in (first, second)]
    counts = np.stack(both, axis=1)
    scores = f1_scores(counts.sum(axis=0))
    draws = f1_scores(resample(counts, seed=seed, resamples=resamples))
    gains = draws[:, 1] - draws[:, 0]
    return [
        Difference(
            what,
            label,
            _defined(scores[0, row]),
            _defined(scores[1, row]),
            percentile_interval(gains[:, row]),
            _not_better(gains[:, row]),
        )
        for row, (what, label) in enumerate(rows)
    ]


def _defined(f1: float) -> float | None:
    return None if np.isnan(f1) else float(f1)


def _counts(documents: Sequence[GoldDocument], found: Sequence[Prediction]) -> IntArray:
    entities = [document.entities for document in documents]
    spans = [frozenset(prediction.entities) for prediction in found]
    links = [document.links for document in documents]
    linked = [frozenset(prediction.links) for prediction in found]
    matchers: tuple[Matcher, Matcher] = (strict_counts, overlap_counts)
    parts = [count_array(entities, spans, matcher) for matcher in matchers]
    parts.append(count_array(links, linked, strict_counts, labels=tuple(RELATIONS)))
    return np.concatenate(parts, axis=1)


def _not_better(gains: np.ndarray[Any, np.dtype[np.float64]]) -> float | None:
    defined = gains[~np.isnan(gains)]
    return float((defined <= 0).mean()) if defined.size else None


def compare_json(
    names: tuple[str, str], sources: Mapping[str, Sequence[Difference]]
) -> dict[str, Any]:
    """Write differences as plain JSON types.

    names (Tuple[str, str]): The two pipelines or files.
    sources (Mapping[str, Sequence[Difference]]): Differences by text source.
    RETURNS (Dict[str, Any]): By source, what was scored, and label.
    """
    parts: dict[str, Any] = {}
    for source, differences in sources.items():
        for one in differences:
            kinds = parts.setdefault(source, {}).setdefault(one.what, {})
            kinds[one.label] = {
                "a": rounded(one.first),
                "b": rounded(one.second),
                "difference": rounded(one.difference),
                "difference_interval": interval_json(one.interval),
                "not_better": rounded(one.not_better),
            }
    return {"task": "compare", "a": names[0], "b": names[1], "sources": parts}


def compare_markdown(
    names: tuple[str, str], sources: Mapping[str, Sequence[Difference]]
) -> str:
    """Write differences as tables.

    names (Tuple[str, str]): The two pipelines or files.
    sources (Mapping[str, Sequence[Difference]]): Differences by text source.
    RETURNS (str): Markdown, one table per source.
    """
    lines = [
        "# Comparison",
        "",
        f"A: `{names[0]}`, B: `{names[1]}`. F1 on the same documents; in brackets the "
        "95 % interval of the difference, paired bootstrap over documents. "
        f"{ABSENT}: not defined.",
    ]
    for source, differences in sources.items():
        lines += ["", f"## {source}", "", *table(HEAD, map(_row, differences))]
    return "\n".join(lines) + "\n"


def _row(one: Difference) -> tuple[str, ...]:
    return (
        *(one.what, one.label, number(one.first), number(one.second)),
        number(one.difference, one.interval),
        number(one.not_better),
    )
