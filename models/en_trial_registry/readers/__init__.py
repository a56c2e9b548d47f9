"""Readers: from files in the formats of the registry to records.

The format is recognised from the content, never from the name of the file.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..records import Record, RecordError
from .containers import read_path, read_stream
from .formats import FORMATS, Format
from .source import Item, Source, buffered

__all__ = [
    "FORMATS",
    "Format",
    "Item",
    "Source",
    "read_bytes",
    "read_items",
    "read_records",
]

OnError = Callable[[RecordError], None]


def read_records(
    paths: Iterable[Path], *, on_error: OnError | None = None
) -> Iterator[Record]:
    """Read the records of files, folders and archives one by one.

    paths (Iterable[Path]): Files, zip archives or folders in any mixture of formats.
    on_error (Callable[[RecordError], None] | None): Told of every file or record that
        can't be read; reading goes on.
    YIELDS (Record): The records, in the order of the paths.
    RAISES (RecordError): At the first error, if there is no `on_error`.
    """
    yield from _good(read_items(paths), on_error)


def read_items(
    paths: Iterable[Path], *, on_read: Callable[[int], None] | None = None
) -> Iterator[Item]:
    """Read records and errors in the order in which they stand in the input.

    paths (Iterable[Path]): Files, zip archives or folders in any mixture of formats.
    on_read (Callable[[int], None] | None): Told of every number of bytes read.
    YIELDS (Item): A record, or why one could not be read.
    """
    for path in paths:
        yield from read_path(Path(path), on_read=on_read)


def read_bytes(
    data: bytes, *, file: str, on_error: OnError | None = None
) -> Iterator[Record]:
    """Read the records of one file that is already in memory.

    data (bytes): The content of the file.
    file (str): Its name, for messages and for the id of plain text.
    on_error (Callable[[RecordError], None] | None): As in `read_records`.
    YIELDS (Record): The records, in the order of the file.
    RAISES (RecordError): At the first error, if there is no `on_error`.
    """
    with buffered(io.BytesIO(data)) as stream:
        yield from _good(read_stream(stream, file), on_error)


def _good(items: Iterator[Item], on_error: OnError | None) -> Iterator[Record]:
    for item in items:
        if isinstance(item, Record):
            yield item
        elif on_error is None:
            raise item
        else:
            on_error(item)
