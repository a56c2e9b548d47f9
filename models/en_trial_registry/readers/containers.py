"""Files, folders, zip archives and gzip: from paths to the records inside."""

import gzip
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, BinaryIO, cast

from ..records import RecordError
from .checks import check_record
from .folders import is_hidden, walk
from .formats import FORMATS
from .packed import Counted, check_archive, check_member, check_ratio
from .source import Item, Source, buffered, readable

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BINARY = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"BZh": "bzip2 data",
    b"\xfd7zXZ": "xz data",
    b"7z\xbc\xaf": "a 7z archive",
}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


OnRead = Callable[[int], None]


def read_path(path: Path, *, on_read: OnRead | None = None) -> Iterator[Item]:
    """Read a file, or every file of a folder and its subfolders.

    path (Path): The file or folder. In folders and archives, names that begin
        with a dot and `__MACOSX` are the system's own and passed over.
    on_read (Callable[[int], None] | None): Told of every number of bytes read.
    YIELDS (Item): Records and errors, files in the order of their names.
    """
    if path.is_dir():
        yield from _read_folder(path, on_read)
        return
    try:
        with readable(str(path), "check the path"):
            stream = buffered(Counted(path.open("rb", 0), on_read))
    except RecordError as error:
        yield error
        return
    with stream:
        yield from read_stream(stream, str(path))


def _read_folder(folder: Path, on_read: OnRead | None) -> Iterator[Item]:
    is_empty = True
    for found in walk(folder):
        is_empty = False
        if isinstance(found, RecordError):
            yield found
        else:
            yield from read_path(found, on_read=on_read)
    if is_empty:
        remedy = "name a folder with records"
        yield RecordError("holds no file", file=str(folder), remedy=remedy)


def read_stream(stream: BinaryIO, file: str, *, inside: str = "") -> Iterator[Item]:
    """Read what a stream holds, packed or not.

    stream (BinaryIO): A buffer, open for reading.
    file (str): The name for messages.
    inside (str): The kind of archive that the stream comes out of.
    YIELDS (Item): Records and errors.
    """
    try:
        source = Source(stream, file)
        start = source.peek()
        if start.startswith(_ZIP):
            yield from _read_zip(source, inside=inside)
        elif start.startswith(_GZIP):
            yield from _read_gzip(source, inside=inside)
        else:
            yield from _read_unpacked(source)
    except RecordError as error:
        yield error.located(file=file)


def _read_unpacked(source: Source) -> Iterator[Item]:
    _refuse_binary(source)
    head = source.head()
    read = next(format.read for format in FORMATS if format.matches(head))
    for item in read(source):
        if isinstance(item, RecordError):
            yield item.located(file=source.file)
            continue
        try:
            yield check_record(item, file=source.file)
        except RecordError as error:
            yield error


def _read_gzip(source: Source, *, inside: str) -> Iterator[Item]:
    if inside == "gzip":
        raise RecordError("is packed twice", remedy="unpack it first")
    packed = Counted(source.stream)
    unpacked = Counted(
        cast(IO[bytes], gzip.GzipFile(fileobj=buffered(packed))),
        lambda _: check_ratio(unpacked.count, packed.count),
    )
    with buffered(unpacked) as stream:
        yield from read_stream(stream, source.file, inside="gzip")


def _read_zip(source: Source, *, inside: str) -> Iterator[Item]:
    if inside:
        raise RecordError("is an archive inside an archive", remedy="unpack it first")
    with readable(source.file):
        archive = zipfile.ZipFile(source.stream)
    with archive:
        check_archive(archive)
        is_empty = True
        for member in archive.infolist():
            # Names are looked at, never opened: `../x` and `C:\\x` do no harm.
            parts = tuple(member.filename.replace("\\", "/").split("/"))
            if not member.is_dir() and not is_hidden(parts):
                is_empty = False
                yield from _read_member(archive, member, file=source.file)
        if is_empty:
            raise RecordError("holds no file", remedy="pack at least one record")


def _read_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, file: str
) -> Iterator[Item]:
    name = f"{file}/{member.filename}"
    try:
        check_member(member)
        with readable(name):
            stream = buffered(archive.open(member))
    except RecordError as error:
        yield error.located(file=name)
        return
    with stream:
        yield from read_stream(stream, name, inside="zip")


def _refuse_binary(source: Source) -> None:
    start = source.peek()
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        # White space alone may go on for longer than the buffer.
        if not source.read().strip(b"\xef\xbb\xbf \t\r\n"):
            raise RecordError("is empty", remedy="supply a record or leave it out")
        raise RecordError("begins with 64 KiB of white space", remedy="remove it")
    kind = next(
        (kind for magic, kind in _BINARY.items() if start.startswith(magic)), ""
    )
    if start.startswith(_UTF_16):
        raise RecordError(
            "is not UTF-8: a UTF-16 byte order mark stands at byte offset 0",
            remedy="save it with the encoding UTF-8",
        )
    if kind or b"\0" in start:
        raise RecordError(
            f"is {kind or 'binary data'}, no text",
            remedy="supply JSON, legacy XML or text",
        )
