"""From records to entities with their place in the text and in the record."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from . import tables
from .records import Record, RecordError, SectionSpan

__all__ = ["BATCH_SIZE", "Entity", "Extraction", "extract_record", "extract_records"]

BATCH_SIZE: Final = 64

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
    """

    start: int
    end: int
    label: str
    text: str
    section: str | None = None
    field: str | None = None
    value: dict[str, Any] | None = None


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
    n_process: int = 1,
    on_error: OnError | None = None,
) -> Generator[Extraction, None, None]:
    """Find the entities of records, in streams of any length.

    records (Iterable[Record]): The records, e.g. from `readers.read_records`.
    nlp (Language): The pipeline.
    batch_size (int): Records that go through the pipeline at once.
    n_process (int): Number of processes.
    on_error (Callable[[RecordError], None] | None): Told of every record that the
        pipeline can't take; the others go on.
    YIELDS (Extraction): One per record, in their order.
    RAISES (RecordError): At the first such record, if there is no `on_error`.
    """
    pairs = (
        (record.text, record)
        for record in records
        if _passes(_check_length, record, nlp, on_error)
    )
    for doc, record in nlp.pipe(
        pairs, as_tuples=True, batch_size=batch_size, n_process=n_process
    ):
        if _passes(_check_text, record, doc, on_error):
            yield _make_extraction(record, doc)


def extract_record(record: Record, nlp: Language) -> Extraction:
    """Find the entities of one record.

    record (Record): The record.
    nlp (Language): The pipeline.
    RETURNS (Extraction): What was found.
    RAISES (RecordError): If the pipeline can't take the record.
    """
    return next(extract_records([record], nlp))


def _passes(
    check: Callable[[Record, Any], None],
    record: Record,
    subject: Language | Doc,
    on_error: OnError | None,
) -> bool:
    try:
        check(record, subject)
    except RecordError as error:
        if on_error is None:
            raise
        on_error(error)
        return False
    return True


def _check_length(record: Record, nlp: Language) -> None:
    if len(record.text) > nlp.max_length:
        raise RecordError(
            f"has {len(record.text):,} characters; the pipeline takes at most "
            f"{nlp.max_length:,}",
            record=record.id,
            field="text",
            remedy="split the record, or raise nlp.max_length if memory allows",
        )


def _check_text(record: Record, doc: Doc) -> None:
    if doc.text != record.text:
        raise RecordError(
            "is changed by the pipeline, so that offsets would be wrong",
            record=record.id,
            field="text",
            remedy="use a pipeline whose tokenizer keeps every character",
        )


def _make_extraction(record: Record, doc: Doc) -> Extraction:
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
