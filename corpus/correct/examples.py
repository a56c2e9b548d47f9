"""Parts of records as doccano takes and gives them: JSON lines with UTF-16 offsets."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from corpus.annotation import AnnotatedRecord, CorpusError, Entity, Link
from corpus.correct.offsets import from_utf16, utf16_table
from corpus.correct.parts import Part
from corpus.jsonl import Json, take
from corpus.words import hash_text

KEY: Final = "source_id"

SpanKey = tuple[int, int, str]
LinkKey = tuple[str, SpanKey, SpanKey]


@dataclass(frozen=True)
class Example:
    """One example as it stands on the server.

    id (int): Its number there.
    key (str): `Part.key` of the part that was sent.
    part (Part): Text and annotation; entity ids are the server's.
    confirmed_by (str | None): Who ticked it, None if nobody did.
    confirmed_at (str | None): When, ISO 8601.
    problem (str | None): Why its annotation can't be read; then it has none here.
    push (str): Which push brought it.
    """

    id: int
    key: str
    part: Part
    confirmed_by: str | None = None
    confirmed_at: str | None = None
    problem: str | None = None
    push: str = ""


def upload_row(
    part: Part,
    record: AnnotatedRecord,
    *,
    model: str,
    push: str = "",
    note: Mapping[str, str] | None = None,
) -> Json:
    """Turn a part into the object that doccano imports.

    Every row has the same keys: doccano loses a whole batch where they differ.

    part (Part): The part.
    record (AnnotatedRecord): The record that it belongs to.
    model (str): Name and version of what predicted it.
    push (str): Name of the push.
    note (Mapping[str, str] | None): What else the annotator is to see beside the text.
    RETURNS (Json): The row.
    """
    units = utf16_table(part.text)
    numbers = {entity.id: n for n, entity in enumerate(part.entities)}
    entities = [
        {
            "id": numbers[e.id],
            "start_offset": units[e.start],
            "end_offset": units[e.end],
            "label": e.label,
        }
        for e in part.entities
    ]
    relations = [
        {"id": n, "from_id": numbers[x.head], "to_id": numbers[x.child]}
        | {"type": x.label}
        for n, x in enumerate(part.relations)
    ]
    return {
        "text": part.text,
        "entities": entities,
        "relations": relations,
        KEY: part.key,
        "record": record.id,
        "source": record.source,
        "part": part.number,
        "parts": part.total,
        "start": part.start,
        "sha256": hash_text(record.text),
        "model": model,
        "push": push,
        **(note or {}),
    }


def upload_line(row: Json) -> str:
    """Write a row in ASCII alone: doccano guesses the encoding of what it imports.

    row (Json): An object made by `upload_row`.
    RETURNS (str): One line.
    """
    return json.dumps(row, ensure_ascii=True) + "\n"


def parse_example(row: Json) -> Example:
    """Read an example of the server's export.

    row (Json): The object of a line, with `confirmed_by` and `confirmed_at` if ticked.
    RETURNS (Example): The example.
    RAISES (CorpusError): If it lacks what was sent with it.
    """
    place = f"doccano example {row.get('id')}"
    key = take(row, KEY, str, place)
    place = f"{place}, record {key}"
    text = take(row, "text", str, place)
    # One spoilt example must not keep the others from being read.
    entities: tuple[Entity, ...] = ()
    links: tuple[Link, ...] = ()
    problem = None
    try:
        entities, links = _annotation(row, text, place)
    except CorpusError as error:
        problem = str(error)
    part = Part(
        record=take(row, "record", str, place),
        number=take(row, "part", int, place),
        total=take(row, "parts", int, place),
        start=take(row, "start", int, place),
        text=text,
        entities=entities,
        relations=links,
    )
    return Example(
        id=take(row, "id", int, place),
        key=key,
        part=part,
        confirmed_by=row.get("confirmed_by"),
        confirmed_at=row.get("confirmed_at"),
        problem=problem,
        push=take(row, "push", str, place),
    )


def _annotation(
    row: Json, text: str, place: str
) -> tuple[tuple[Entity, ...], tuple[Link, ...]]:
    units = utf16_table(text)
    spans = [_entity(part, units, place) for part in take(row, "entities", list, place)]
    links = tuple(_link(part, place) for part in take(row, "relations", list, place))
    return tuple(sorted(spans, key=span_key)), links


def _entity(row: Mapping[str, Any], units: list[int], place: str) -> Entity:
    start = from_utf16(units, row["start_offset"], place)
    end = from_utf16(units, row["end_offset"], place)
    return Entity(str(row["id"]), start, end, row["label"])


def _link(row: Mapping[str, Any], place: str) -> Link:
    try:
        return Link(row["type"], str(row["from_id"]), str(row["to_id"]))
    except KeyError as error:
        raise CorpusError(
            place, f"a relation has no {error}", "Delete it in doccano"
        ) from None


def span_key(entity: Entity) -> SpanKey:
    """Name an entity by what it says, whatever its id.

    entity (Entity): An entity.
    RETURNS (SpanKey): First character, end, label.
    """
    return (entity.start, entity.end, entity.label)


def link_keys(entities: Iterable[Entity], links: Iterable[Link]) -> set[LinkKey]:
    """Name relations by what they say, whatever the ids.

    entities (Iterable[Entity]): Entities.
    links (Iterable[Link]): Links between them.
    RETURNS (set[LinkKey]): Label, head and child of each.
    """
    keys = {entity.id: span_key(entity) for entity in entities}
    return {(link.label, keys[link.head], keys[link.child]) for link in links}


def content(part: Part) -> tuple[str, frozenset[SpanKey], frozenset[LinkKey]]:
    """Say what a part holds, for comparing what was sent with what is there.

    part (Part): A part as sent or as read back.
    RETURNS (tuple): Its text, spans and relations.
    """
    spans = frozenset(map(span_key, part.entities))
    return part.text, spans, frozenset(link_keys(part.entities, part.relations))
