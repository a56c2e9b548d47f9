"""From records to entities with their place in the text and in the record."""

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from . import tables
from .batches import BATCH_SIZE, read_docs
from .records import Record, RecordError, SectionSpan
from .scores import drop_below, score_of

__all__ = [
    "BATCH_SIZE",
    "Entity",
    "Extraction",
    "extract_batch",
    "extract_record",
    "extract_records",
]

OnError = Callable[[RecordError], None]


@dataclass(frozen=True)
class Entity:
    """An entity of a record. Offsets are characters of the record's text.

    start (int): First character.
    end (int): Character after the last.
    label (str): One of `ENTITY_LABELS`.
    text (str): The characters themselves.
    section (str | None): Label of the section that it lies in.
    field (str | None): Path of the field that it begins in, e.g. "criteria"; None in
        plain text, which has no fields, and in fixed text between fields.
    value (dict[str, Any] | None): What it says as numbers, units and codes; None if the
        pipeline has no `normalizer` or can't read it.
    score (float | None): How sure the pipeline is; None if it gives no scores.
    """

    start: int
    end: int
    label: str
    text: str
    section: str | None = None
    field: str | None = None
    value: dict[str, Any] | None = None
    score: float | None = None


@dataclass(frozen=True)
class Extraction:
    """What the pipeline found in one record.

    record (Record): The record as it was read.
    doc (Doc): The record's text as the pipeline left it.
    entities (tuple[Entity, ...]): In the order of the text.
    sections (tuple[SectionSpan, ...]): The sections of the record.
    """

    record: Record
    doc: Doc = field(repr=False, compare=False)
    entities: tuple[Entity, ...]
    sections: tuple[SectionSpan, ...]

    def to_json(self) -> dict[str, Any]:
        """Turn the extraction into plain JSON types.

        RETURNS (dict[str, Any]): Keys id, source, text, sections, entities, relations,
            regimens, lab_thresholds and outcomes.
        """
        return {
            "id": self.record.id,
            "source": self.record.source,
            "text": self.record.text,
            "sections": [section._asdict() for section in self.sections],
            "entities": [asdict(entity) for entity in self.entities],
            "relations": [dict(link) for link in self.doc._.relations or ()],
            **{name: self.rows(name) for name in tables.TABLES},
        }

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Give the rows of a table, with the record's own paths as fields.

        table (str): A key of `tables.TABLES`.
        RETURNS (list[dict[str, Any]]): As `doc._.regimens` and its like.
        """
        rows = tables.TABLES[table](self.doc)
        for part in (row[name] for row in rows for name in tables.PARTS[table]):
            if part is not None:
                part["field"] = _field_at(self.record, part["start"])
        return rows


def extract_records(
    records: Iterable[Record],
    nlp: Language,
    *,
    batch_size: int = BATCH_SIZE,
    min_score: float | None = None,
    on_error: OnError | None = None,
) -> Generator[Extraction, None, None]:
    """Find the entities of records, in streams of any length.

    records (Iterable[Record]): The records, e.g. from `readers.read_records`.
    nlp (Language): The pipeline.
    batch_size (int): The most records that go through the pipeline at once.
    min_score (float | None): Drop entities that the pipeline is less sure of.
    on_error (Callable[[RecordError], None] | None): Told of every record that the
        pipeline can't take; the others go on.
    YIELDS (Extraction): One per record, in their order.
    RAISES (RecordError): At the first such record, if there is no `on_error`.
    """
    stream = iter(records)
    while batch := list(islice(stream, batch_size)):
        for found in extract_batch(
            batch, nlp, batch_size=batch_size, min_score=min_score
        ):
            if isinstance(found, Extraction):
                yield found
            elif on_error is None:
                raise found
            else:
                on_error(found)


def extract_batch(
    records: Sequence[Record],
    nlp: Language,
    *,
    batch_size: int = BATCH_SIZE,
    min_score: float | None = None,
) -> list[Extraction | RecordError]:
    """Find the entities of records that are held in memory.

    records (Sequence[Record]): The records.
    nlp (Language): The pipeline.
    batch_size (int): The most records that go through the pipeline at once.
    min_score (float | None): Drop entities that the pipeline is less sure of.
    RETURNS (list[Extraction | RecordError]): For each record, what was found or why
        the pipeline can't take it.
    RAISES (NoScoresError): If there is a `min_score` and the pipeline gives no scores.
    """
    refused = [_length_error(record, nlp) for record in records]
    good = [record for record, error in zip(records, refused, strict=True) if not error]
    docs = iter(read_docs([record.text for record in good], nlp, batch_size=batch_size))
    return [
        error or _make_extraction(record, next(docs), min_score)
        for record, error in zip(records, refused, strict=True)
    ]


def extract_record(record: Record, nlp: Language) -> Extraction:
    """Find the entities of one record.

    record (Record): The record.
    nlp (Language): The pipeline.
    RETURNS (Extraction): What was found.
    RAISES (RecordError): If the pipeline can't take the record.
    """
    return next(extract_records([record], nlp))


def _length_error(record: Record, nlp: Language) -> RecordError | None:
    if len(record.text) <= nlp.max_length:
        return None
    return RecordError(
        f"has {len(record.text):,} characters; the pipeline takes at most "
        f"{nlp.max_length:,}",
        record=record.id,
        field="text",
        remedy="split the record, or raise nlp.max_length if memory allows",
    )


def _make_extraction(
    record: Record, doc: Doc | Exception, min_score: float | None
) -> Extraction | RecordError:
    if isinstance(doc, Exception):
        return RecordError(
            f"stops the pipeline ({type(doc).__name__}: {doc})",
            record=record.id,
            remedy="report it with the record",
        )
    if doc.text != record.text:
        return RecordError(
            "is changed by the pipeline, so that offsets would be wrong",
            record=record.id,
            field="text",
            remedy="use a pipeline whose tokenizer keeps every character",
        )
    if min_score is not None:
        drop_below(doc, min_score)
    entities = tuple(_make_entity(record, span) for span in doc.ents)
    return Extraction(record, doc, entities, record.sections)


def _make_entity(record: Record, span: Span) -> Entity:
    start, end = span.start_char, span.end_char
    return Entity(
        start=start,
        end=end,
        label=span.label_,
        text=span.text,
        section=_section_at(record, start, end),
        field=_field_at(record, start),
        value=span._.value if Span.has_extension("value") else None,
        score=score_of(span),
    )


def _section_at(record: Record, start: int, end: int) -> str | None:
    for section in record.sections:
        if section.start <= start and end <= section.end:
            return section.label
    return None


def _field_at(record: Record, start: int) -> str | None:
    # Plain text counts as one field of its own there; here it says nothing.
    if record.plain_text is not None:
        return None
    span = record.field_at(start)
    return span.path if span else None
