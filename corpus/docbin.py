"""Annotated records as spaCy documents."""

from collections.abc import Iterable
from typing import NamedTuple

import spacy
from en_trial_registry.relations.links import Link
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from corpus.annotation import AnnotatedRecord, Entity, links_within

TOKENIZER = "en_trial_registry.Tokenizer.v1"
MISALIGNED = "does not begin and end at token boundaries"
OVERLAPPING = "overlaps a longer or earlier span"


class Misfit(NamedTuple):
    """A gold span that a document can't hold.

    record (str): The record.
    entity (Entity): The span.
    text (str): The characters that it covers.
    tokens (str): The tokens there, joined by `|`.
    problem (str): Why it doesn't fit.
    """

    record: str
    entity: Entity
    text: str
    tokens: str
    problem: str

    def __str__(self) -> str:
        """Say what is wrong in one line."""
        at = f"{self.entity.start}-{self.entity.end}"
        return (
            f"{self.record} {self.entity.label} {at} {self.text!r} {self.problem}: "
            f"{self.tokens}"
        )


class MisfitError(ValueError):
    """Gold spans that can't be taken over, all of them named.

    misfits (list[Misfit]): The spans.
    summary (str): How many they are and what to do.
    """

    def __init__(self, misfits: list[Misfit]) -> None:
        self.misfits = misfits
        self.summary = (
            f"{len(misfits)} gold spans do not fit the tokens. Correct the spans or "
            "the tokenizer, or leave them out by --on-misaligned report"
        )
        super().__init__("\n".join([self.summary, *map(str, misfits)]))


def blank_pipeline() -> Language:
    """Make an empty English pipeline with the registry tokenizer.

    RETURNS (Language): The pipeline.
    """
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})


def make_doc(nlp: Language, record: AnnotatedRecord) -> tuple[Doc, list[Misfit]]:
    """Make the gold document of a record.

    nlp (Language): Pipeline whose tokenizer is used.
    record (AnnotatedRecord): The record.
    RETURNS (tuple[Doc, list[Misfit]]): The document with `ents`, and in `user_data`
        `record_id` and `source`, with `doc._.relations`; and the spans that it
        doesn't hold.
    """
    doc = nlp.make_doc(record.text)
    spans: dict[str, Span] = {}
    misfits = []
    for entity in record.entities:
        span = doc.char_span(entity.start, entity.end, label=entity.label)
        if span is None:
            misfits.append(_misfit(doc, record, entity, MISALIGNED))
        else:
            spans[entity.id] = span
    flat = {(s.start, s.end, s.label_) for s in filter_spans(spans.values())}
    kept = []
    for entity in record.entities:
        span = spans.get(entity.id)
        if span is not None and (span.start, span.end, span.label_) in flat:
            flat.remove((span.start, span.end, span.label_))
            kept.append(entity)
        elif span is not None:
            misfits.append(_misfit(doc, record, entity, OVERLAPPING))
    doc.set_ents([spans[entity.id] for entity in kept])
    doc.user_data["record_id"] = record.id
    doc.user_data["source"] = record.source
    doc._.relations = relation_dicts(record, kept)
    return doc, misfits


def _misfit(doc: Doc, record: AnnotatedRecord, entity: Entity, problem: str) -> Misfit:
    around = doc.char_span(
        max(0, entity.start), min(len(doc.text), entity.end), alignment_mode="expand"
    )
    tokens = "" if around is None else "|".join(token.text for token in around)
    return Misfit(record.id, entity, record.covered(entity), tokens, problem)


def relation_dicts(
    record: AnnotatedRecord, entities: Iterable[Entity]
) -> list[dict[str, object]]:
    """Write links in the form of `doc._.relations`.

    record (AnnotatedRecord): The record.
    entities (Iterable[Entity]): Its entities that are left.
    RETURNS (list[dict]): One per link that has both ends.
    """
    by_id = {entity.id: entity for entity in entities}
    return [
        {**_placed(link.label, by_id[link.head], by_id[link.child]), "score": 1.0}
        for link in links_within(record.relations, by_id.values())
    ]


def _placed(label: str, head: Entity, child: Entity) -> dict[str, object]:
    return Link(label, head.start, head.end, child.start, child.end)._asdict()


def make_docbin(
    nlp: Language, records: Iterable[AnnotatedRecord]
) -> tuple[DocBin, list[Misfit]]:
    """Pack gold documents.

    nlp (Language): Pipeline whose tokenizer is used.
    records (Iterable[AnnotatedRecord]): The records.
    RETURNS (tuple[DocBin, list[Misfit]]): The documents and what they don't hold.
    """
    docbin = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True)
    misfits = []
    for record in records:
        doc, unfit = make_doc(nlp, record)
        docbin.add(doc)
        misfits += unfit
    return docbin, misfits
