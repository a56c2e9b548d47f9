"""JSON values one after another, so that a long list needs the memory of one study."""

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import Final

from ..records import RecordError
from .source import Source, not_utf8, too_large

FETCH_AGAIN: Final = "fetch or export it again"
_BLOCK: Final = 1 << 16
# An error so near to the end of what was read may be due to the end alone.
_MARGIN: Final = 16
_SPACE: Final = re.compile(r"[ \t\r\n]*")


class JsonStream:
    """JSON text that is read as far as it is asked for.

    source (Source): The file.
    before (bytes): What was taken from it already.
    """

    def __init__(self, source: Source, *, before: bytes = b"") -> None:
        self._source = source
        self._decoder = getincrementaldecoder("utf-8")()
        self._json = json.JSONDecoder()
        self._buffer = ""
        self._at = 0
        self._ended = False
        self._lines = 0
        self._columns = 0
        self._bytes = 0
        self._decode(before, ended=False)

    def peek(self) -> str:
        """Look at the next sign that is no white space.

        RETURNS (str): The sign; empty at the end.
        """
        while True:
            space = _SPACE.match(self._buffer, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._buffer) or self._ended:
                return self._buffer[self._at : self._at + 1]
            self._fill()

    def take(self, sign: str, message: str) -> None:
        """Take one sign.

        sign (str): The sign.
        message (str): What to say if another one stands there.
        RAISES (RecordError): If another one stands there.
        """
        if self.peek() != sign:
            raise self._broken(message, self._at)
        self._at += 1

    def value(self) -> object:
        """Take one value.

        RETURNS (object): The value.
        RAISES (RecordError): If it is broken, cut off, too long or too deep.
        """
        self.peek()
        while True:
            try:
                value, end = self._json.raw_decode(self._buffer, self._at)
                if end < len(self._buffer) or self._ended:
                    self._at = end
                    return value
            except json.JSONDecodeError as error:
                if self._ended or self._is_certain(error):
                    raise self._broken(error.msg, error.pos) from error
            except ValueError as error:
                problem = f"is not valid JSON ({error})"
                raise RecordError(problem, remedy=FETCH_AGAIN) from error
            except RecursionError as error:
                raise too_deep() from error
            self._fill()

    def place(self) -> str:
        """RETURNS (str): The line of what comes next."""
        return f"on line {self._lines + self._buffer.count(chr(10), 0, self._at) + 1}"

    def _is_certain(self, error: json.JSONDecodeError) -> bool:
        is_inside = error.pos < len(self._buffer) - _MARGIN
        return is_inside and not error.msg.startswith("Unterminated")

    def _broken(self, message: str, position: int) -> RecordError:
        left = self._buffer[position:].strip()
        end = self._ended and not left or message.startswith("Unterminated")
        before = self._buffer[:position]
        line = self._lines + before.count("\n") + 1
        column = position - before.rfind("\n")
        column += self._columns if "\n" not in before else 0
        problem = "is cut off" if end else "is not valid JSON"
        place = f"line {line}, column {column}"
        return RecordError(f"{problem} ({message}, {place})", remedy=FETCH_AGAIN)

    def _fill(self) -> None:
        """Read as much again as is left, so that long values are not tried often."""
        self._drop()
        data = self._source.block(max(len(self._buffer), _BLOCK))
        self._decode(data, ended=not data)
        if len(self._buffer) > self._source.limit:
            raise too_large(self._source.file)

    def _drop(self) -> None:
        """Forget what was taken."""
        taken = self._buffer[: self._at]
        lines = taken.count("\n")
        self._lines += lines
        self._columns = (
            len(taken) - taken.rfind("\n") - 1 if lines else self._columns + len(taken)
        )
        self._buffer, self._at = self._buffer[self._at :], 0

    def _decode(self, data: bytes, *, ended: bool) -> None:
        pending = len(self._decoder.getstate()[0])
        self._ended = ended
        try:
            self._buffer += self._decoder.decode(data, final=ended)
        except UnicodeDecodeError as error:
            raise not_utf8(error, self._bytes - pending, self._source.file) from error
        self._bytes += len(data)


def too_deep() -> RecordError:
    """RETURNS (RecordError): What is wrong with a value in a thousand others."""
    return RecordError("is nested too deeply", remedy="a study has a depth below 20")


def elements(stream: JsonStream) -> Iterator[object]:
    """Take the elements of a list.

    stream (JsonStream): Stands before the list.
    YIELDS (object): The elements.
    RAISES (RecordError): Where the list is broken.
    """
    stream.take("[", "Expecting value")
    if stream.peek() == "]":
        return stream.take("]", "")
    while True:
        yield stream.value()
        if stream.peek() != ",":
            return stream.take("]", "Expecting ',' delimiter")
        stream.take(",", "")


def keys(stream: JsonStream) -> Iterator[str]:
    """Take the keys of an object; the caller takes the value after each.

    stream (JsonStream): Stands before the object.
    YIELDS (str): The keys.
    RAISES (RecordError): Where the object is broken.
    """
    message = "Expecting property name enclosed in double quotes"
    stream.take("{", "Expecting value")
    if stream.peek() == "}":
        return stream.take("}", "")
    while True:
        if stream.peek() != '"':
            stream.take('"', message)
        key = stream.value()
        stream.take(":", "Expecting ':' delimiter")
        yield str(key)
        if stream.peek() != ",":
            return stream.take("}", "Expecting ',' delimiter")
        stream.take(",", "")
