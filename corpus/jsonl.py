"""JSON lines, read strictly and written whole: every error names file and line."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from corpus.annotation import (
    SOURCES,
    SPLITS,
    AnnotatedRecord,
    CorpusError,
    Entity,
    Link,
)

Json = dict[str, Any]
T = TypeVar("T")

ENTITY_KEYS: Final[dict[str, type]] = {
    "id": str,
    "start": int,
    "end": int,
    "label": str,
}
LINK_KEYS: Final[dict[str, type]] = {"label": str, "head": str, "child": str}


def read_jsonl(path: Path) -> Iterator[tuple[str, Json]]:
    """Read one JSON object a line, each with its place for error messages.

    Lines end at line feeds alone: registry text holds U+2028 and its like.

    path (Path): File in UTF-8; empty lines are passed over.
    YIELDS (tuple[str, Json]): Place (`FILE:LINE`) and object.
    RAISES (CorpusError): If the file or a line can't be read.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise CorpusError(str(path), "no such file", "Check the path") from None
    except UnicodeDecodeError as error:
        raise CorpusError(
            str(path), f"not UTF-8 ({error})", "Save it as UTF-8"
        ) from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{path}:{number}", parse_line(line, f"{path}:{number}")


def parse_line(line: str, place: str) -> Json:
    """Read the JSON object of one line.

    line (str): The line.
    place (str): File and line, for the error message.
    RETURNS (Json): The object.
    RAISES (CorpusError): If the line isn't one JSON object.
    """
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise CorpusError(
            place, f"not JSON ({error})", "Write one whole JSON object a line"
        ) from None
    if not isinstance(value, dict):
        raise CorpusError(
            place,
            f"found a {type(value).__name__}, expected a JSON object",
            "Write one JSON object a line",
        )
    return value


def write_jsonl(path: Path, rows: Iterable[Json]) -> int:
    """Write JSON lines, so that the file is either the old one or the whole new one.

    path (Path): File to write; its folder is made.
    rows (Iterable[Json]): Objects, one a line.
    RETURNS (int): Number of lines.
    """
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    write_whole(path, "".join(lines).encode("utf-8"))
    return len(lines)


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file by new content in one step.

    path (Path): File to write; its folder is made.
    data (bytes): The new content.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(data)
    os.replace(partial, path)


def take(row: Json, key: str, kind: type[T], place: str) -> T:
    """Take a value of the expected type from an object.

    row (Json): The object.
    key (str): Its key.
    kind (type): The type that the value must have.
    place (str): File, line and record for the error message.
    RETURNS (T): The value.
    RAISES (CorpusError): If it is missing or of another type.
    """
    if key not in row:
        raise CorpusError(place, f"key {key!r} is missing", f"Add {key!r}")
    value = row[key]
    if not isinstance(value, kind) or isinstance(value, bool):
        found = type(value).__name__
        raise CorpusError(
            place,
            f"{key!r} is {found} {value!r:.60}, expected {kind.__name__}",
            f"Correct {key!r}",
        )
    return value


def take_id(row: Json, place: str) -> str:
    """Take the record id, which later messages name.

    row (Json): A record.
    place (str): File and line.
    RETURNS (str): The id.
    RAISES (CorpusError): If it is missing or empty.
    """
    record_id = take(row, "id", str, place)
    if not record_id.strip():
        raise CorpusError(place, "the record id is empty", "Give the record an id")
    return record_id


def take_choice(
    row: Json, key: str, choices: tuple[str, ...], place: str
) -> str | None:
    """Take a value that is one of a few, or absent.

    row (Json): A record.
    key (str): The key.
    choices (tuple[str, ...]): What it may be, besides absent or null.
    place (str): File, line and record.
    RETURNS (str | None): The value.
    RAISES (CorpusError): If it is something else.
    """
    value = row.get(key)
    if value is not None and value not in choices:
        expected = ", ".join(choices)
        raise CorpusError(
            place,
            f"{key!r} is {value!r:.60}",
            f"Use one of {expected}, or leave it out",
        )
    return cast(str | None, value)


def check_keys(row: Json, known: Iterable[str], place: str) -> None:
    """Refuse keys that nobody would read.

    row (Json): The object.
    known (Iterable[str]): The keys that it may have.
    place (str): File, line and record.
    RAISES (CorpusError): If it has another key.
    """
    unknown = sorted(set(row) - set(known))
    if unknown:
        raise CorpusError(
            place,
            f"unknown key {', '.join(map(repr, unknown))}",
            f"Known are {', '.join(sorted(known))}",
        )


def parse_entities(row: Json, place: str) -> tuple[Entity, ...]:
    """Read the entities of a record.

    row (Json): The record.
    place (str): File, line and record.
    RETURNS (tuple[Entity, ...]): As they stand.
    """
    parts = _parts(row, "entities", ENTITY_KEYS, place)
    return tuple(Entity(**part) for part in parts)


def parse_links(row: Json, place: str) -> tuple[Link, ...]:
    """Read the relations of a record.

    row (Json): The record.
    place (str): File, line and record.
    RETURNS (tuple[Link, ...]): As they stand.
    """
    return tuple(Link(**part) for part in _parts(row, "relations", LINK_KEYS, place))


def _parts(row: Json, key: str, kinds: dict[str, type], place: str) -> Iterator[Json]:
    for number, part in enumerate(take(row, key, list, place)):
        here = f"{place}, {key}[{number}]"
        if not isinstance(part, dict):
            raise CorpusError(
                here, f"found {part!r:.60}, expected an object", "Correct it"
            )
        check_keys(part, kinds, here)
        yield {name: take(part, name, kind, here) for name, kind in kinds.items()}


def parse_annotated(
    row: Json, place: str, *, source: str = "authored", split: str | None = None
) -> AnnotatedRecord:
    """Read one annotated record.

    row (Json): `id`, `text`, `entities`, `relations`; maybe `source` and `split`.
    place (str): File and line.
    source (str): Source if the record names none.
    split (str | None): Split if the record names none.
    RETURNS (AnnotatedRecord): The record; `validate` judges what it says.
    RAISES (CorpusError): If a key is missing, unknown or of a wrong type.
    """
    place = f"{place}, record {take_id(row, place)}"
    check_keys(row, ("id", "text", "entities", "relations", "source", "split"), place)
    return AnnotatedRecord(
        id=row["id"],
        text=take(row, "text", str, place),
        entities=parse_entities(row, place),
        relations=parse_links(row, place),
        source=take_choice(row, "source", SOURCES, place) or source,
        split=take_choice(row, "split", SPLITS, place) or split,
    )


def read_annotated(
    path: Path, *, source: str = "authored", split: str | None = None
) -> list[AnnotatedRecord]:
    """Read a file of annotated records.

    path (Path): JSON lines.
    source (str): Source of records that name none.
    split (str | None): Split of records that name none.
    RETURNS (list[AnnotatedRecord]): In file order.
    RAISES (CorpusError): At the first record that can't be read.
    """
    return [
        parse_annotated(row, place, source=source, split=split)
        for place, row in read_jsonl(path)
    ]


def annotated_row(record: AnnotatedRecord) -> Json:
    """Turn an annotated record into the object that a line holds.

    record (AnnotatedRecord): The record.
    RETURNS (Json): Its JSON form.
    """
    return {
        "id": record.id,
        "text": record.text,
        "entities": [vars(entity) for entity in record.entities],
        "relations": [vars(link) for link in record.relations],
        "source": record.source,
        "split": record.split,
    }
