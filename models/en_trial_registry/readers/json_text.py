"""JSON in all its forms: one object, a list, a paged answer, or JSON lines."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from ..records import Record, RecordError
from . import annotated, api_v2
from .source import Item, Line, Source, decode

_START = re.compile(r"\{|\[\s*(?:[\[{\"\]]|\Z)")
_LIST_START = re.compile(r'\s*(?:\{\s*"studies"\s*:\s*)?\[')
_OPEN = (b"[", b"{", b",", b":")
_CLOSE = (b"]", b"}")
_LINES_LOOKED_AT = 10
_COMMA = re.compile(r"\s*,?\s*")


class Shape(NamedTuple):
    """A kind of JSON object that holds a record.

    matches (Callable[[dict], bool]): Whether an object is of this kind.
    to_record (Callable[[dict], Record]): Reads it; raises RecordError.
    """

    matches: Callable[[dict[str, object]], bool]
    to_record: Callable[[dict[str, object]], Record]


SHAPES: list[Shape] = [
    Shape(api_v2.matches, api_v2.to_record),
    Shape(annotated.matches, annotated.to_record),
]


def matches(head: str) -> bool:
    """Tell JSON from other text, e.g. from "[Drug] Aspirin".

    head (str): The beginning of the file.
    RETURNS (bool): Whether it is JSON.
    """
    return _START.match(head) is not None


def read(source: Source) -> Iterator[Item]:
    """Read all records; JSON lines one by one, a document at once.

    source (Source): The file.
    YIELDS (Item): Records and errors.
    """
    taken = list(islice(source.lines(), _LINES_LOOKED_AT))
    if _are_json_lines([line for line in taken if line.data.strip()]):
        for line in chain(taken, source.lines(after=taken[-1])):
            yield from _read_line(line, file=source.file)
    else:
        data = source.read(before=b"".join(line.data for line in taken))
        text = decode(data, file=source.file, offset=taken[0].offset)
        yield from _read_document(text)


def _are_json_lines(lines: list[Line]) -> bool:
    """Look for a line that is an object by itself; lines before it may be broken."""
    for i, line in enumerate(lines):
        if _is_object(line):
            before = lines[i - 1].data.rstrip() if i else b""
            after = lines[i + 1].data.lstrip() if i + 1 < len(lines) else b""
            return not (before.endswith(_OPEN) and after.startswith(_CLOSE))
    return False


def _is_object(line: Line) -> bool:
    try:
        return isinstance(json.loads(line.data), dict)
    except (ValueError, RecursionError):
        return False


def _read_line(line: Line, *, file: str) -> Iterator[Item]:
    place = f"on line {line.number}"
    if not line.data.strip():
        return
    try:
        text = decode(line.data, file=file, offset=line.offset, record=place)
        value = _parse(text)
    except RecordError as error:
        yield error.located(record=place)
    else:
        yield from _items(value, place)


def _read_document(text: str) -> Iterator[Item]:
    try:
        value = _parse(text)
    except RecordError as error:
        yield from _complete_items(text)
        yield error
    else:
        yield from _items(value)


def _parse(text: str) -> object:
    remedy = "fetch or export it again"
    try:
        value: object = json.loads(text)
        return value
    except json.JSONDecodeError as error:
        end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        problem = "is cut off" if end else "is not valid JSON"
        place = f"line {error.lineno}, column {error.colno}"
        problem = f"{problem} ({error.msg}, {place})"
    except ValueError as error:
        problem = f"is not valid JSON ({error})"
    except RecursionError:
        problem, remedy = "is nested too deeply", "a study has a depth below 20"
    raise RecordError(problem, remedy=remedy)


def _complete_items(text: str) -> Iterator[Item]:
    """Read the whole studies at the start of a list that is broken further on."""
    start = _LIST_START.match(text)
    if start is None:
        return
    position, count = start.end(), 0
    decoder = json.JSONDecoder()
    while True:
        spaces = _COMMA.match(text, position)
        position = spaces.end() if spaces else position
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return
        yield _item(value, f"[{count}]")
        count += 1


def _items(value: object, place: str = "") -> Iterator[Item]:
    name = ""
    if isinstance(value, dict) and "studies" in value:
        name, value = "studies", value["studies"]
        if not isinstance(value, list):
            problem = "is not a list"
            remedy = 'a paged answer is {"studies": [...]}'
            yield RecordError(problem, record=place, field=name, remedy=remedy)
            return
    if not isinstance(value, list):
        yield _item(value, place)
        return
    for i, study in enumerate(value):
        yield _item(study, f"{place}, {name}[{i}]".removeprefix(", "))


def _item(value: object, place: str) -> Item:
    if isinstance(value, dict):
        for shape in SHAPES:
            if shape.matches(value):
                try:
                    return shape.to_record(value)
                except RecordError as error:
                    return error.located(record=place)
    return RecordError(
        "is no study",
        record=place,
        remedy='an object with "protocolSection" (API v2) or with "id" and "text" '
        "is expected",
    )
