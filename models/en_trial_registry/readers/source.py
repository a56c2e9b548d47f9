"""A named stream of bytes that a reader takes its records from."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Final, NamedTuple, cast

from ..records import Record, RecordError

Item = Record | RecordError
"""What a reader yields: a record, or why one could not be read."""

MAX_BYTES: Final = 64 * 2**20
"""The largest text, line or JSON value that is taken into memory."""

HEAD_BYTES: Final = 1 << 16
BOM: Final = b"\xef\xbb\xbf"
# What the file system, gzip and zipfile raise on missing, broken or locked data.
_BROKEN = (
    OSError,
    EOFError,
    zlib.error,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
)


class Line(NamedTuple):
    """A line of a file.

    number (int): Counted from 1.
    offset (int): Its first byte in the file.
    data (bytes): The line with its line end.
    """

    number: int
    offset: int
    data: bytes


@contextmanager
def readable(file: str, remedy: str = "") -> Iterator[None]:
    """Turn whatever goes wrong while reading bytes into a RecordError.

    file (str): The file, to be named in the error.
    remedy (str): What to do about it.
    """
    remedy = remedy or "check that the file is complete and may be read"
    try:
        yield
    except _BROKEN as error:
        reason = getattr(error, "strerror", None) or str(error) or "unexpected end"
        problem = f"can't be read ({reason})"
        raise RecordError(problem, file=file, remedy=remedy) from error


def buffered(stream: IO[bytes] | io.RawIOBase) -> BinaryIO:
    """Put a buffer over a stream, so that its beginning can be looked at.

    stream (IO[bytes] | RawIOBase): Open for reading; it is closed with the buffer.
    RETURNS (BinaryIO): The buffer.
    """
    raw = cast(io.RawIOBase, stream)
    return cast(BinaryIO, io.BufferedReader(raw, buffer_size=HEAD_BYTES))


class Source:
    """A stream of bytes with the name of its file.

    stream (BinaryIO): A buffer, open for reading; whoever opened it closes it.
    file (str): The name for messages; for a member of an archive, both names.
    """

    def __init__(self, stream: BinaryIO, file: str) -> None:
        self.stream = stream
        self.file = file

    @property
    def stem(self) -> str:
        """The file's name without folder and ending: the id where there is no other."""
        name = PurePosixPath(self.file.replace("\\", "/")).name
        return PurePosixPath(name.removesuffix(".gz")).stem

    def peek(self) -> bytes:
        """Look at the next bytes without taking them.

        RETURNS (bytes): Up to 64 KiB.
        """
        with readable(self.file):
            return cast(io.BufferedReader, self.stream).peek(HEAD_BYTES)

    def head(self) -> str:
        """Look at the beginning as text, to recognise the format.

        RETURNS (str): The text without byte order mark and leading white space;
            bytes that are no UTF-8 are left out.
        """
        return self.peek().removeprefix(BOM).decode("utf-8", "ignore").lstrip()

    def read(self) -> bytes:
        """Read all that is left.

        RETURNS (bytes): The bytes.
        RAISES (RecordError): If they can't be read or are too many.
        """
        with readable(self.file):
            data = self.stream.read(MAX_BYTES + 1)
        return self._limited(data)

    def text(self) -> str:
        """Read all as UTF-8 text.

        RETURNS (str): The text without byte order mark.
        RAISES (RecordError): If it can't be read, is too long or not UTF-8.
        """
        return decode(self.read(), file=self.file)

    def block(self, count: int) -> bytes:
        """Read some more.

        count (int): The most bytes.
        RETURNS (bytes): At least one byte; none at the end.
        RAISES (RecordError): If they can't be read.
        """
        with readable(self.file):
            return self.stream.read(count)

    @property
    def limit(self) -> int:
        """RETURNS (int): The most bytes that are taken into memory."""
        return MAX_BYTES

    def lines(
        self, *, after: Line | None = None, longest: int | None = None
    ) -> Iterator[Line]:
        """Read line by line.

        after (Line | None): The line that was taken last.
        longest (int | None): Cut lines after so many bytes and end there.
        YIELDS (Line): The lines, without those that are empty.
        RAISES (RecordError): If they can't be read or one is too long.
        """
        number = after.number if after else 0
        offset = after.offset + len(after.data) if after else 0
        while True:
            skipped = self._skip_empty_lines()
            number, offset = number + skipped.count(b"\n"), offset + len(skipped)
            with readable(self.file):
                data = self.stream.readline(longest or MAX_BYTES + 1)
            if not data:
                return
            if offset == 0 and data.startswith(BOM):
                offset, data = len(BOM), data[len(BOM) :]
            number += 1
            yield Line(number, offset, self._limited(data))
            offset += len(data)
            if len(data) == longest and not data.endswith(b"\n"):
                return

    def completed(self, line: Line) -> Line:
        """Read what is missing of a line that was cut.

        line (Line): The line.
        RETURNS (Line): The whole line.
        RAISES (RecordError): If it can't be read or is too long.
        """
        if line.data.endswith(b"\n"):
            return line
        with readable(self.file):
            rest = self.stream.readline(MAX_BYTES + 1)
        return line._replace(data=self._limited(line.data + rest))

    def _skip_empty_lines(self) -> bytes:
        """A billion of them are passed over in blocks, not one by one."""
        block = self.peek()
        count = len(block) - len(block.lstrip(b"\r\n"))
        return self.stream.read(count) if count else b""

    def _limited(self, data: bytes) -> bytes:
        if len(data) <= MAX_BYTES:
            return data
        raise too_large(self.file)


def too_large(file: str) -> RecordError:
    """Say that something is too large to be taken into memory.

    file (str): The file.
    RETURNS (RecordError): The error.
    """
    return RecordError(
        f"holds more than {MAX_BYTES // 2**20} MiB in one piece",
        file=file,
        remedy="split it, e.g. into JSON lines with one study a line",
    )


def not_utf8(
    error: UnicodeDecodeError, offset: int, file: str, record: str = ""
) -> RecordError:
    """Name the byte that is not UTF-8.

    error (UnicodeDecodeError): What decoding raised.
    offset (int): Where the decoded bytes begin in the file.
    file (str): The file.
    record (str): The record.
    RETURNS (RecordError): The error.
    """
    byte = error.object[error.start]
    return RecordError(
        f"is not UTF-8: byte 0x{byte:02X} at byte offset {offset + error.start} "
        f"({error.reason})",
        file=file,
        record=record,
        remedy="save it with the encoding UTF-8",
    )


def decode(data: bytes, *, file: str, offset: int = 0, record: str = "") -> str:
    """Decode UTF-8.

    data (bytes): The bytes; a byte order mark at the start of the file is dropped.
    file (str): The file, for messages.
    offset (int): Where the bytes begin in the file.
    record (str): The record, for messages.
    RETURNS (str): The text.
    RAISES (RecordError): If it is not UTF-8.
    """
    if offset == 0:
        cut = data.removeprefix(BOM)
        offset, data = len(data) - len(cut), cut
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise not_utf8(error, offset, file, record) from error
