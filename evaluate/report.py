"""The whole report of a pipeline: everything measured, as plain JSON types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from spacy.language import Language

from .bootstrap import CONFIDENCE, RESAMPLES, SEED
from .breakdown import groups_json, score_groups
from .calibration import calibrate, calibration_json, judge
from .documents import EvaluationError, GoldDocument, read_documents
from .entities import (
    DEFINITIONS,
    EntityReport,
    SourceResult,
    score_predicted,
    source_json,
)
from .errors import Error, count_errors, find_errors
from .limits import score_limits
from .links_by_place import PLACES, score_places
from .matching import LinkSpan
from .oracles import ORACLES_EXPLAINED, oracle_links
from .predict import pipeline_name
from .predictions import Prediction, predict
from .record_facts import designs_of, facts_of, origins_of, read_json_lines
from .relations import COMPONENT, END_TO_END
from .scoring import score_json, score_links

ON_GOLD: Final = "on gold entities"
TEST: Final = "test"
MORE_DEFINITIONS: Final = {
    "relations": "both ends and the label are exact; on gold entities: the entities of "
    f"the annotation are given; end to end: from text alone. {ORACLES_EXPLAINED}",
    "place": "characters between head and child; lines and sentences by the line feeds "
    "and sentence ends between them",
    "ece": "expected calibration error: mean gap of confidence and share of right "
    "answers, weighted by the size of 10 bins of equal mass; right: exact span and "
    "label, of a link exact ends and label. Only what the pipeline gives is counted",
    "lowest score": "only entities with at least this confidence are kept, as "
    "`extract --min-score` does",
    "therapeutic area": "by words of the conditions (evaluate/areas.py); a record can "
    "be in several",
    "phase": "of the record's design where it is at hand, else as its titles name it",
    "groups": "no interval below five records",
}


@dataclass(frozen=True)
class Background:
    """What is known of records beside their gold documents.

    phases (Mapping[str, str]): Phase by id of the record.
    origins (Mapping[str, str]): Source format by id of the record.
    """

    phases: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What a pipeline was measured to do.

    result (Dict[str, Any]): Everything for programs; no text of a record.
    entities (EntityReport): Scores of entities, for the figure.
    predictions (Mapping[str, Sequence[Prediction]]): What was found, by source.
    errors (Mapping[str, Sequence[Error]]): Errors by source, but not of test records,
        which nobody looks at.
    """

    result: dict[str, Any]
    entities: EntityReport
    predictions: Mapping[str, Sequence[Prediction]]
    errors: Mapping[str, Sequence[Error]]


def read_background(
    gold: Sequence[Path], studies: Sequence[Path], texts: Sequence[Path]
) -> Background:
    """Read what is known of records.

    gold (Sequence[Path]): Gold documents.
    studies (Sequence[Path]): Records in the shape of the API, version 2.
    texts (Sequence[Path]): Files of `corpus/external`.
    RETURNS (Background): Phases and source formats.
    RAISES (EvaluationError): If a file is missing or wrong.
    """
    return Background(
        designs_of(read_json_lines(studies)),
        origins_of(read_json_lines([*gold, *texts])),
    )


def make_report(
    nlp: Language,
    sources: Mapping[str, Path],
    background: Background,
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Report:
    """Measure a pipeline on every text source.

    nlp (Language): The pipeline.
    sources (Mapping[str, Path]): Gold documents by name of the source.
    background (Background): What is known of the records.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (Report): The same for the same pipeline, documents and seed.
    RAISES (EvaluationError): If a file or a prediction is wrong, or the pipeline does
        not link.
    """
    if COMPONENT not in nlp.pipe_names:
        raise EvaluationError(
            f"The pipeline has no {COMPONENT}; the report is of whole ones. Add it "
            "with `spacy project run relations`, or use `python -m evaluate entities`."
        )
    draw = {"seed": seed, "resamples": resamples}
    measured = {
        name: _measure(nlp, name, read_documents(path), background, draw)
        for name, path in sources.items()
    }
    entities = EntityReport(
        pipeline=pipeline_name(nlp),
        version=nlp.meta["version"],
        title="Entities",
        date=None,
        sources=tuple(source.entities for source in measured.values()),
        seed=seed,
        resamples=resamples,
    )
    result = {
        "task": "report",
        "pipeline": {"name": entities.pipeline, "version": entities.version},
        "bootstrap": {**draw, "confidence": CONFIDENCE},
        "definitions": DEFINITIONS | MORE_DEFINITIONS,
        "sources": {name: source.result for name, source in measured.items()},
    }
    return Report(
        result,
        entities,
        {name: source.predictions for name, source in measured.items()},
        {
            name: source.errors
            for name, source in measured.items()
            if name.rpartition("-")[2] != TEST
        },
    )


@dataclass(frozen=True)
class _Measured:
    result: dict[str, Any]
    entities: SourceResult
    predictions: Sequence[Prediction]
    errors: Sequence[Error]


def _measure(
    nlp: Language,
    name: str,
    documents: Sequence[GoldDocument],
    background: Background,
    draw: dict[str, int],
) -> _Measured:
    found = predict(nlp, documents)
    errors = [
        error
        for pair in zip(documents, found, strict=True)
        for error in find_errors(*pair)
    ]
    predicted = [frozenset(prediction.entities) for prediction in found]
    scores = score_predicted(name, documents, predicted, **draw)
    result = {
        **source_json(scores),
        **_source(documents, found, background, draw),
        "errors": count_errors(errors),
    }
    return _Measured(result, scores, found, errors)


def _source(
    documents: Sequence[GoldDocument],
    found: Sequence[Prediction],
    background: Background,
    draw: dict[str, int],
) -> dict[str, Any]:
    facts = [
        facts_of(document, background.phases, background.origins)
        for document in documents
    ]
    links = {
        ON_GOLD: [frozenset(prediction.links_on_gold) for prediction in found],
        END_TO_END: [frozenset(prediction.links) for prediction in found],
        **oracle_links(documents, [one.entities.keys() for one in found]),
    }
    return {
        "relations": _relations(documents, links, draw),
        "relations_by": _places(documents, links, draw),
        "calibration": _calibration(documents, found, draw),
        "limits": score_limits(documents, found, **draw),
        "groups": groups_json(score_groups(documents, found, facts, **draw)),
    }


def _relations(
    documents: Sequence[GoldDocument],
    links: Mapping[str, Sequence[frozenset[LinkSpan]]],
    draw: dict[str, int],
) -> dict[str, Any]:
    gold = [document.links for document in documents]
    return {
        method: {
            label: score_json(score)
            for label, score in score_links(gold, predicted, **draw)
        }
        for method, predicted in links.items()
    }


def _places(
    documents: Sequence[GoldDocument],
    links: Mapping[str, Sequence[frozenset[LinkSpan]]],
    draw: dict[str, int],
) -> dict[str, Any]:
    return {
        place: {
            method: {
                group: score_json(score)
                for group, score in score_places(
                    documents, links[method], place, **draw
                ).items()
            }
            for method in (ON_GOLD, END_TO_END)
        }
        for place in PLACES
    }


def _calibration(
    documents: Sequence[GoldDocument],
    found: Sequence[Prediction],
    draw: dict[str, int],
) -> dict[str, Any]:
    pairs = list(zip(documents, found, strict=True))
    judged = {
        "entities": [judge(p.entities, d.entities) for d, p in pairs],
        f"relations {ON_GOLD}": [judge(p.links_on_gold, d.links) for d, p in pairs],
        f"relations {END_TO_END}": [judge(p.links, d.links) for d, p in pairs],
    }
    return {
        name: calibration_json(calibrate(own, **draw)) for name, own in judged.items()
    }
