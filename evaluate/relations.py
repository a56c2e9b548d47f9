"""Scores links per relation: on gold entities and end to end, beside baselines."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from en_trial_registry.relations.links import links_of
from en_trial_registry.schema import RELATIONS
from spacy.language import Language
from spacy.tokens import Doc

from .bootstrap import RESAMPLES, SEED
from .documents import GoldDocument, read_documents
from .markdown import number
from .matching import LinkSpan, Span
from .oracles import ORACLES_EXPLAINED, oracle_links
from .scoring import Score, score_json, score_links

COMPONENT: Final = "trial_relations"
END_TO_END: Final = "end to end"
Linker = Callable[[Doc], Doc]


@dataclass(frozen=True)
class RelationResult:
    """Scores of one way to link on one text source.

    source (str): Name of the text source.
    method (str): Name of the way.
    documents (int): Number of documents.
    scores (tuple[tuple[str, Score], ...]): Per relation, then `micro`.
    """

    source: str
    method: str
    documents: int
    scores: tuple[tuple[str, Score], ...]


def evaluate_relations(
    nlp: Language,
    sources: Mapping[str, Path],
    linkers: Mapping[str, Linker],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> list[RelationResult]:
    """Score links on every text source.

    nlp (Language): Pipeline with `trial_relations`; scored end to end.
    sources (Mapping[str, Path]): JSON lines by text source.
    linkers (Mapping[str, Linker]): Ways to link gold entities, by name.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (list[RelationResult]): Per source, each way on gold entities, then the
        whole pipeline as `end to end`, then what perfect linkers would reach with the
        entities that the pipeline finds.
    """
    results: list[RelationResult] = []
    for source, path in sources.items():
        documents = read_documents(path)
        gold = [document.links for document in documents]
        docs = [gold_doc(nlp, document) for document in documents]
        found = {
            name: [_spans(link(d)) for d in docs] for name, link in linkers.items()
        }
        analysed = list(nlp.pipe(document.text for document in documents))
        found[END_TO_END] = [_spans(doc) for doc in analysed]
        found |= oracle_links(documents, [_entities(doc) for doc in analysed])
        results += (
            RelationResult(
                source,
                method,
                len(documents),
                score_links(gold, predicted, seed=seed, resamples=resamples),
            )
            for method, predicted in found.items()
        )
    return results


def gold_doc(nlp: Language, document: GoldDocument) -> Doc:
    """Make a document with gold entities.

    nlp (Language): Pipeline whose tokenizer is used.
    document (GoldDocument): The annotated text.
    RETURNS (Doc): The document; a span inside a token is left out and so missed.
    """
    doc = nlp.make_doc(document.text)
    spans = (doc.char_span(s, e, label=label) for s, e, label in document.entities)
    doc.set_ents([span for span in spans if span is not None])
    return doc


def _spans(doc: Doc) -> frozenset[LinkSpan]:
    return frozenset(
        (
            (link.head_start, link.head_end),
            (link.child_start, link.child_end),
            link.label,
        )
        for link in links_of(doc)
    )


def _entities(doc: Doc) -> set[Span]:
    return {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents}


def relations_json(results: Sequence[RelationResult]) -> dict[str, Any]:
    """Write results as plain JSON types.

    results (Sequence[RelationResult]): The results.
    RETURNS (dict[str, Any]): By source and method.
    """
    sources: dict[str, Any] = {}
    for result in results:
        entry = sources.setdefault(
            result.source, {"documents": result.documents, "methods": {}}
        )
        entry["methods"][result.method] = {
            label: score_json(score) for label, score in result.scores
        }
    return {"task": "relations", "sources": sources}


def relations_markdown(results: Sequence[RelationResult]) -> str:
    """Write results as tables.

    results (Sequence[RelationResult]): The results.
    RETURNS (str): One table per text source.
    """
    head = ["method", *RELATIONS, "micro (95 % interval)"]
    lines = [
        "# Relations",
        "",
        "F1 of links with exact ends and label. All but the last three get the gold "
        f"entities. {ORACLES_EXPLAINED}. Interval: bootstrap over documents.",
    ]
    for source in dict.fromkeys(result.source for result in results):
        own = [result for result in results if result.source == source]
        lines += ["", f"## {source}: {own[0].documents} documents", ""]
        lines += [f"| {' | '.join(head)} |", "| --- " * len(head) + "|"]
        lines += [f"| {' | '.join(_cells(result))} |" for result in own]
    return "\n".join(lines) + "\n"


def _cells(result: RelationResult) -> list[str]:
    *relations, micro = (score for _, score in result.scores)
    plain = [number(score.counts.f1, None) for score in relations]
    return [result.method, *plain, number(micro.counts.f1, micro.intervals.f1)]
