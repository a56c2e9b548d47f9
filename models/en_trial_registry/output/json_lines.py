"""JSON lines: one object per record."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ..extract import Extraction
from . import Write
from .files import replaced_file


@contextmanager
def open_json_lines(path: Path) -> Iterator[Write]:
    """Write extractions to a file.

    path (Path): The file.
    YIELDS (Write): Writes one extraction.
    """
    with replaced_file(path) as stream:
        yield json_lines(stream)


def json_lines(stream: TextIO) -> Write:
    """Write extractions to an open stream.

    stream (TextIO): The stream, in UTF-8.
    RETURNS (Write): Writes one extraction.
    """

    def write(extraction: Extraction) -> None:
        line = json.dumps(extraction.to_json(), ensure_ascii=False, allow_nan=False)
        stream.write(line + "\n")

    return write
