"""Annotation without text: what the project may keep of a real record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from corpus.annotation import SPLITS, AnnotatedRecord, CorpusError, Entity, Link
from corpus.jsonl import (
    ENTITY_KEYS,
    Json,
    check_keys,
    parse_entities,
    parse_links,
    read_jsonl,
    take,
    take_choice,
    take_id,
    write_jsonl,
)
from corpus.words import Word, hash_text, hash_words, split_words

# Words taken in before and after a span. None is the span alone: the hash of a single
# common word could be looked up in a dictionary.
WINDOWS: Final = ((4, 0), (0, 4), (2, 2))


@dataclass(frozen=True)
class Anchor:
    """What finds a span again in a changed text.

    words (int): Number of words of the span, signs counted; 0 if it can't be anchored.
    context (tuple[str, ...]): Hash of the span with its neighbours, one per window.
    """

    words: int
    context: tuple[str, ...]


@dataclass(frozen=True)
class StoredRecord:
    """The annotation of a record whose text is kept elsewhere.

    id (str): Registry number.
    sha256 (str): Hash of the text that was annotated.
    length (int): Its characters.
    split (str | None): One of `SPLITS`, or None where not assigned.
    entities (tuple[Entity, ...]): By offset in that text.
    anchors (tuple[Anchor, ...]): One per entity.
    relations (tuple[Link, ...]): Links between the entities.
    """

    id: str
    sha256: str
    length: int
    split: str | None
    entities: tuple[Entity, ...]
    anchors: tuple[Anchor, ...]
    relations: tuple[Link, ...]


def window_hash(words: Sequence[Word], first: int, count: int, window: int) -> str:
    """Hash a span with the neighbours that a window takes in.

    words (Sequence[Word]): All words of the text.
    first (int): Index of the span's first word.
    count (int): Number of its words.
    window (int): Index in `WINDOWS`.
    RETURNS (str): The short hash.
    """
    before, after = WINDOWS[window]
    # Empty words stand for what a window lacks at the edges of the text; without them a
    # span at an edge would equal one in the middle of a shorter run.
    run = [
        words[i].text if 0 <= i < len(words) else ""
        for i in range(first - before, first + count + after)
    ]
    return hash_words(run)


def make_anchor(words: Sequence[Word], entity: Entity) -> Anchor:
    """Hash a span and its surroundings.

    words (Sequence[Word]): All words of the text.
    entity (Entity): The span.
    RETURNS (Anchor): Without hashes if the span cuts a word.
    """
    inside = [
        i
        for i, word in enumerate(words)
        if entity.start < word.end and word.start < entity.end
    ]
    if (
        not inside
        or words[inside[0]].start != entity.start
        or words[inside[-1]].end != entity.end
    ):
        return Anchor(0, ())
    first, count = inside[0], len(inside)
    context = tuple(window_hash(words, first, count, w) for w in range(len(WINDOWS)))
    return Anchor(count, context)


def strip_text(record: AnnotatedRecord) -> StoredRecord:
    """Take the text out of an annotated record.

    record (AnnotatedRecord): A record with its text.
    RETURNS (StoredRecord): Its annotation, with hashes in place of the text.
    """
    words = split_words(record.text)
    return StoredRecord(
        id=record.id,
        sha256=hash_text(record.text),
        length=len(record.text),
        split=record.split,
        entities=record.entities,
        anchors=tuple(make_anchor(words, entity) for entity in record.entities),
        relations=record.relations,
    )


def strip_into(
    stored: Sequence[StoredRecord],
    records: Sequence[AnnotatedRecord],
    *,
    split: str | None = None,
) -> list[StoredRecord]:
    """Add records to stored annotation, or renew what is stored of them.

    stored (Sequence[StoredRecord]): What is stored.
    records (Sequence[AnnotatedRecord]): Annotated records with text.
    split (str | None): Split of records that are new and name none.
    RETURNS (list[StoredRecord]): All, sorted by id; a stored split stays.
    """
    merged = {record.id: record for record in stored}
    for record in records:
        new = strip_text(record)
        old = merged.get(record.id)
        kept = old.split if old and old.split else new.split or split
        merged[record.id] = replace(new, split=kept)
    return [merged[record_id] for record_id in sorted(merged)]


def stored_row(record: StoredRecord) -> Json:
    """Turn stored annotation into the object that a line holds.

    record (StoredRecord): The annotation.
    RETURNS (Json): Its JSON form.
    """
    entities = [
        {**vars(entity), "words": anchor.words, "context": list(anchor.context)}
        for entity, anchor in zip(record.entities, record.anchors, strict=True)
    ]
    return {
        "id": record.id,
        "sha256": record.sha256,
        "length": record.length,
        "split": record.split,
        "entities": entities,
        "relations": [vars(link) for link in record.relations],
    }


def parse_stored(row: Json, place: str) -> StoredRecord:
    """Read the stored annotation of one record.

    row (Json): The object of a line.
    place (str): File and line.
    RETURNS (StoredRecord): The annotation.
    RAISES (CorpusError): If a key is missing, unknown or of a wrong type.
    """
    place = f"{place}, record {take_id(row, place)}"
    keys = ("id", "sha256", "length", "split", "entities", "relations")
    check_keys(row, keys, place)
    anchors = []
    spans: list[Json] = []
    for number, part in enumerate(take(row, "entities", list, place)):
        here = f"{place}, entities[{number}]"
        if not isinstance(part, dict):
            raise CorpusError(here, "expected an object", "Correct it")
        check_keys(part, (*ENTITY_KEYS, "words", "context"), here)
        context = take(part, "context", list, here)
        anchors.append(Anchor(take(part, "words", int, here), tuple(context)))
        spans.append({k: v for k, v in part.items() if k in ENTITY_KEYS})
    return StoredRecord(
        id=row["id"],
        sha256=take(row, "sha256", str, place),
        length=take(row, "length", int, place),
        split=take_choice(row, "split", SPLITS, place),
        entities=parse_entities({"entities": spans}, place),
        anchors=tuple(anchors),
        relations=parse_links(row, place),
    )


def read_stored(path: Path) -> list[StoredRecord]:
    """Read a file of stored annotation.

    path (Path): JSON lines; a file that isn't there holds nothing.
    RETURNS (list[StoredRecord]): In file order.
    RAISES (CorpusError): At the first line that can't be read, or a double id.
    """
    if not path.exists():
        return []
    records: dict[str, StoredRecord] = {}
    for place, row in read_jsonl(path):
        record = parse_stored(row, place)
        if record.id in records:
            raise CorpusError(
                place, f"record {record.id} is stored twice", "Delete one of the two"
            )
        records[record.id] = record
    return list(records.values())


def write_stored(path: Path, records: Sequence[StoredRecord]) -> None:
    """Write stored annotation.

    path (Path): File to write.
    records (Sequence[StoredRecord]): In the order to write.
    """
    write_jsonl(path, (stored_row(record) for record in records))
