"""JSON in all its forms: one object, a list, a paged answer, or JSON lines."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from ..records import Record, RecordError
from . import annotated, api_v2
from .json_stream import FETCH_AGAIN, JsonStream, elements, keys, too_deep
from .source import Item, Line, Source, decode

_START = re.compile(r"\{|\[\s*(?:[\[{\"\]]|\Z)")
_OPEN = (b"[", b"{", b",", b":")
_CLOSE = (b"]", b"}")
_LINES_LOOKED_AT = 10
_LONGEST_LOOKED_AT = 1 << 20


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
    """Read all records one by one, whatever form of JSON they come in.

    source (Source): The file.
    YIELDS (Item): Records and errors.
    RAISES (RecordError): If the file can't be read any further.
    """
    lines = source.lines(longest=_LONGEST_LOOKED_AT)
    taken = list(islice(lines, _LINES_LOOKED_AT))
    if _are_json_lines(taken):
        for line in chain(taken[:-1], _others(source, taken[-1])):
            yield from _read_line(line, file=source.file)
    else:
        yield from _read_values(JsonStream(source, before=b"".join(_whole(taken))))


def _others(source: Source, last: Line) -> Iterator[Line]:
    """Give the line that was looked at last, now whole, and those behind it."""
    last = source.completed(last)
    yield last
    yield from source.lines(after=last)


def _whole(lines: list[Line]) -> Iterator[bytes]:
    """Put white space where empty lines were passed over, so that places stay right."""
    number, offset = 0, 0
    for line in lines:
        empty = b"\n" * (line.number - number - 1)
        yield empty.ljust(line.offset - offset) + line.data
        number, offset = line.number, line.offset + len(line.data)


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


def _parse(text: str) -> object:
    try:
        value: object = json.loads(text)
        return value
    except json.JSONDecodeError as error:
        end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        problem = "is cut off" if end else "is not valid JSON"
        problem = f"{problem} ({error.msg}, column {error.colno})"
    except ValueError as error:
        problem = f"is not valid JSON ({error})"
    except RecursionError as error:
        raise too_deep() from error
    raise RecordError(problem, remedy=FETCH_AGAIN)


def _items(value: object, place: str) -> Iterator[Item]:
    name = ""
    if isinstance(value, dict) and "studies" in value:
        name, value = "studies", value["studies"]
        if not isinstance(value, list):
            yield _no_list(place)
            return
    if not isinstance(value, list):
        yield _item(value, place)
        return
    for i, study in enumerate(value):
        yield _item(study, f"{place}, {name}[{i}]")


def _no_list(place: str) -> RecordError:
    remedy = 'a paged answer is {"studies": [...]}'
    return RecordError("is not a list", record=place, field="studies", remedy=remedy)


def _read_values(stream: JsonStream) -> Iterator[Item]:
    """Read one document, or several that follow one another."""
    place = ""
    while start := stream.peek():
        if start == "{":
            yield from _read_object(stream, place)
        else:
            yield from _read_list(stream, place)
        stream.peek()
        place = stream.place()


def _read_list(stream: JsonStream, place: str, name: str = "") -> Iterator[Item]:
    for i, value in enumerate(elements(stream)):
        yield _item(value, f"{place}, {name}[{i}]".removeprefix(", "))


def _read_object(stream: JsonStream, place: str) -> Iterator[Item]:
    """Read a study, or the page of studies that a key `studies` makes of it."""
    members: dict[str, object] = {}
    is_page = False
    for key in keys(stream):
        if key == "studies":
            is_page = True
            yield from _read_studies(stream, place)
        else:
            members[key] = stream.value()
    if not is_page:
        yield _item(members, place)


def _read_studies(stream: JsonStream, place: str) -> Iterator[Item]:
    if stream.peek() == "[":
        yield from _read_list(stream, place, "studies")
    else:
        stream.value()
        yield _no_list(place)


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
