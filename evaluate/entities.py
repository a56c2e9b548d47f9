"""Entities: how well a pipeline finds them, per text source."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from spacy.language import Language

from .bootstrap import CONFIDENCE, RESAMPLES, SEED
from .documents import EvaluationError, GoldDocument, read_documents
from .matching import Span
from .predict import pipeline_name, predict_entities
from .scoring import LabelScore, score_json, score_spans

DEFINITIONS: Final = {
    "strict": "first character, end and label agree",
    "overlap": "same label and at least one shared character; each span in one pair at "
    "most; the largest possible number of pairs",
    "micro": "counts summed over the labels of one text source",
    "interval": "95 % percentile interval over resampled documents; null: undefined",
    "support": "number of gold spans",
    "documents": "of a label: documents with at least one gold span of it",
    "words": "runs of characters between white space",
}


@dataclass(frozen=True)
class SourceResult:
    """Scores on one text source.

    name (str): Name of the source, e.g. `registry-dev`.
    documents (int): Number of documents.
    words (int): Number of words.
    digest (str): SHA-256 over ids, texts and gold spans, in the order of ids.
    scores (Tuple[LabelScore, ...]): One for each label, then `micro`.
    """

    name: str
    documents: int
    words: int
    digest: str
    scores: tuple[LabelScore, ...]


@dataclass(frozen=True)
class EntityReport:
    """Scores of one pipeline on several text sources, which are never pooled.

    pipeline (str): Name of the pipeline.
    version (str): Its version.
    title (str): Heading of tables and figure.
    date (Optional[str]): Date to print, if any.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of bootstrap draws.
    sources (Tuple[SourceResult, ...]): Results in the order asked for.
    problems (Tuple[str, ...]): Why a source asked for has no result.
    """

    pipeline: str
    version: str
    title: str
    date: str | None
    seed: int
    resamples: int
    sources: tuple[SourceResult, ...]
    problems: tuple[str, ...] = ()


def evaluate_entities(
    nlp: Language,
    sources: Mapping[str, Path],
    *,
    title: str = "Entities",
    date: str | None = None,
    seed: int = SEED,
    resamples: int = RESAMPLES,
    progress: bool = False,
) -> EntityReport:
    """Score a pipeline on every source that can be read.

    nlp (Language): The pipeline.
    sources (Mapping[str, Path]): JSON lines of gold documents by name of the source.
    title (str): Heading of tables and figure.
    date (Optional[str]): Date to print; left out, two runs give the same report.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of bootstrap draws.
    progress (bool): Show progress bars.
    RETURNS (EntityReport): Results, and the problems of sources without one.
    """
    results, problems = [], []
    for name, path in sources.items():
        try:
            documents = read_documents(path)
            results.append(
                score_source(
                    nlp,
                    name,
                    documents,
                    seed=seed,
                    resamples=resamples,
                    progress=progress,
                )
            )
        except EvaluationError as error:
            problems.append(f"{name}: {error}")
    return EntityReport(
        pipeline=pipeline_name(nlp),
        version=nlp.meta["version"],
        title=title,
        date=date,
        seed=seed,
        resamples=resamples,
        sources=tuple(results),
        problems=tuple(problems),
    )


def score_source(
    nlp: Language,
    name: str,
    documents: tuple[GoldDocument, ...],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
    progress: bool = False,
) -> SourceResult:
    """Predict and score the documents of one source.

    nlp (Language): The pipeline.
    name (str): Name of the source.
    documents (Tuple[GoldDocument, ...]): Gold documents, in any order.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of bootstrap draws.
    progress (bool): Show a progress bar.
    RETURNS (SourceResult): Scores per label and micro.
    """
    # Batches change the last bits of a network's sums, and draws go by position: with
    # one order, no order of the file can change a result.
    documents = tuple(sorted(documents, key=lambda document: document.id))
    predicted = predict_entities(nlp, documents, progress=progress)
    return score_predicted(name, documents, predicted, seed=seed, resamples=resamples)


def score_predicted(
    name: str,
    documents: Sequence[GoldDocument],
    predicted: Sequence[frozenset[Span]],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> SourceResult:
    """Score entities that were predicted for one source.

    name (str): Name of the source.
    documents (Sequence[GoldDocument]): Gold documents in the order of their ids.
    predicted (Sequence[FrozenSet[Span]]): Spans of each document.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of bootstrap draws.
    RETURNS (SourceResult): Scores per label and micro.
    """
    gold = [document.entities for document in documents]
    return SourceResult(
        name=name,
        documents=len(documents),
        words=sum(document.words for document in documents),
        digest=_digest(documents),
        scores=score_spans(gold, predicted, seed=seed, resamples=resamples),
    )


def report_json(report: EntityReport) -> dict[str, Any]:
    """Write a report as plain JSON types.

    report (EntityReport): A report.
    RETURNS (Dict[str, Any]): The same, with the definitions of what was counted.
    """
    return {
        "task": "entities",
        "title": report.title,
        "date": report.date,
        "pipeline": {"name": report.pipeline, "version": report.version},
        "bootstrap": {
            "seed": report.seed,
            "resamples": report.resamples,
            "confidence": CONFIDENCE,
        },
        "definitions": DEFINITIONS,
        "sources": {source.name: source_json(source) for source in report.sources},
        "problems": list(report.problems),
    }


def source_json(source: SourceResult) -> dict[str, Any]:
    """Write the scores on one source as plain JSON types.

    source (SourceResult): The scores.
    RETURNS (Dict[str, Any]): Size, digest of the gold, scores by label.
    """
    return {
        "documents": source.documents,
        "words": source.words,
        "sha256": source.digest,
        "scores": {score.label: _label_json(score) for score in source.scores},
    }


def _label_json(score: LabelScore) -> dict[str, Any]:
    return {
        "support": score.strict.counts.support,
        "predicted": score.strict.counts.predicted,
        "documents": score.documents,
        "strict": score_json(score.strict),
        "overlap": score_json(score.overlap),
    }


def _digest(documents: Sequence[GoldDocument]) -> str:
    digest = hashlib.sha256()
    for document in documents:
        key = (document.id, document.text, sorted(document.entities))
        digest.update(repr(key).encode("utf8", "surrogatepass"))
    return digest.hexdigest()
