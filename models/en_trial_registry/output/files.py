"""Files that appear under their name only when they are complete."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def replaced_file(path: Path) -> Iterator[TextIO]:
    """Write a text file that takes its name at the very end.

    path (Path): The file. Devices and pipes are written to directly.
    YIELDS (TextIO): A UTF-8 file beside it, open for writing.
    """
    with (
        replaced_path(path) as partial,
        partial.open("w", encoding="utf-8", newline="\n") as stream,
    ):
        yield stream


@contextmanager
def replaced_path(path: Path) -> Iterator[Path]:
    """Write a file that takes its name at the very end.

    Whatever ends the writing early, Ctrl-C too, leaves no file, and an older file of
    that name as it was.

    path (Path): The file. Devices and pipes are written to directly.
    YIELDS (Path): Where to write it.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    path = path.resolve()
    # A name with a dot in front is not read as input from the same folder.
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
