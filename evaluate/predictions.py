"""Everything a pipeline finds in gold documents, in memory and as JSON lines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from en_trial_registry.relations.links import KEY as RELATIONS_KEY
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan

from .documents import EvaluationError, GoldDocument
from .matching import LinkSpan, Span
from .predict import read_spans
from .relations import COMPONENT, gold_doc

SCORE: Final = "score"
Ends = TypeVar("Ends", Span, LinkSpan)
Scored = Mapping[Ends, float | None]
"""What was found, with its confidence; None where there is none."""


@dataclass(frozen=True)
class Prediction:
    """What a pipeline finds in one document.

    id (str): Id of the document.
    entities (Mapping[Span, Optional[float]]): Entities with their confidence.
    links (Mapping[LinkSpan, Optional[float]]): Links between these.
    links_on_gold (Mapping[LinkSpan, Optional[float]]): Links when the entities are
        those of the annotation.
    """

    id: str
    entities: Scored[Span]
    links: Scored[LinkSpan] = field(default_factory=dict)
    links_on_gold: Scored[LinkSpan] = field(default_factory=dict)


def predict(nlp: Language, documents: Sequence[GoldDocument]) -> list[Prediction]:
    """Predict entities and links from text alone, then links from gold entities.

    nlp (Language): The pipeline; without `trial_relations` there are no links.
    documents (Sequence[GoldDocument]): Documents in the order of their ids.
    RETURNS (List[Prediction]): In the same order.
    RAISES (EvaluationError): If the pipeline changes a text or uses an unknown label.
    """
    linker = nlp.get_pipe(COMPONENT) if COMPONENT in nlp.pipe_names else None
    predictions = []
    docs = nlp.pipe(document.text for document in documents)
    for doc, document in zip(docs, documents, strict=True):
        read_spans(doc, document)
        on_gold = linker(gold_doc(nlp, document)) if linker else None
        predictions.append(
            Prediction(
                document.id,
                {(e.start_char, e.end_char, e.label_): _score(e) for e in doc.ents},
                _links(doc),
                _links(on_gold) if on_gold else {},
            )
        )
    return predictions


def _score(span: TokenSpan) -> float | None:
    if not TokenSpan.has_extension(SCORE):
        return None
    score = span._.get(SCORE)
    return None if score is None else float(score)


def _links(doc: Doc) -> dict[LinkSpan, float | None]:
    relations = doc._.get(RELATIONS_KEY) or ()
    return {_link(relation): relation.get("score") for relation in relations}


def _link(row: Mapping[str, Any]) -> LinkSpan:
    return (
        (row["head_start"], row["head_end"]),
        (row["child_start"], row["child_end"]),
        row["label"],
    )


def write_predictions(predictions: Sequence[Prediction], path: Path) -> None:
    """Write predictions without text: offsets, labels and scores.

    predictions (Sequence[Prediction]): Predictions for one source.
    path (Path): JSON lines.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(_row(prediction)) + "\n" for prediction in predictions)
    path.write_text("".join(lines), encoding="utf8")


def _row(prediction: Prediction) -> dict[str, Any]:
    return {
        "id": prediction.id,
        "entities": [
            {"start": start, "end": end, "label": label, "score": score}
            for (start, end, label), score in sorted(prediction.entities.items())
        ],
        "relations": _link_rows(prediction.links),
        "relations_on_gold": _link_rows(prediction.links_on_gold),
    }


def _link_rows(links: Scored[LinkSpan]) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "head_start": head[0],
            "head_end": head[1],
            "child_start": child[0],
            "child_end": child[1],
            "score": score,
        }
        for (head, child, label), score in sorted(links.items())
    ]


def read_predictions(path: Path, documents: Sequence[GoldDocument]) -> list[Prediction]:
    """Read saved predictions for some documents.

    path (Path): JSON lines of `write_predictions`.
    documents (Sequence[GoldDocument]): The documents that were predicted.
    RETURNS (List[Prediction]): In the order of the documents.
    RAISES (EvaluationError): If the file is missing or wrong, or is of other documents.
    """
    if not path.is_file():
        raise EvaluationError(
            f"{path} is missing; `python -m evaluate report` saves predictions."
        )
    lines = path.read_text(encoding="utf8").splitlines()
    found = {}
    for number, line in enumerate(lines, 1):
        try:
            prediction = _prediction(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise EvaluationError(
                f"{path}, line {number} is no prediction ({error!r}); expected `id`, "
                "`entities` and `relations` as `python -m evaluate report` saves them."
            ) from error
        found[prediction.id] = prediction
    if found.keys() != {document.id for document in documents}:
        raise EvaluationError(
            f"{path} holds {len(found)} documents, but not those of the gold file "
            f"({len(documents)}). Predict anew with `python -m evaluate report`."
        )
    return [found[document.id] for document in documents]


def _prediction(row: dict[str, Any]) -> Prediction:
    return Prediction(
        row["id"],
        {(e["start"], e["end"], e["label"]): e.get("score") for e in row["entities"]},
        {_link(link): link.get("score") for link in row["relations"]},
        {_link(link): link.get("score") for link in row.get("relations_on_gold", ())},
    )
