"""Files that appear under their name only when they are complete."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from . import Write

_BLOCK: Final = 1 << 20


def framed(
    *, head: bytes = b"", tail: bytes = b""
) -> Callable[[BinaryIO], AbstractContextManager[Write]]:
    """Make files of which the pieces follow one another.

    head (bytes): What stands before them.
    tail (bytes): What stands after them.
    RETURNS (Callable[[BinaryIO], ContextManager[Write]]): The `open` of an output.
    """

    @contextmanager
    def open_framed(stream: BinaryIO) -> Iterator[Write]:
        def write(piece: bytes) -> None:
            stream.write(piece)
            stream.flush()

        stream.write(head)
        yield write
        stream.write(tail)

    return open_framed


@contextmanager
def replaced_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file that takes its name at the very end.

    Whatever ends the writing early, Ctrl-C too, leaves no file, and an older file of
    that name as it was.

    path (Path): The file. Devices and pipes are written to directly.
    YIELDS (BinaryIO): A file beside it, open for writing.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    path = path.resolve()
    partial = partial_path(path)
    try:
        with partial.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def partial_path(path: Path) -> Path:
    """Name the file that is written until it is complete.

    path (Path): The file's name at the end.
    RETURNS (Path): A name with a dot in front, which is not read as input from the
        same folder.
    """
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def is_partial(path: Path) -> bool:
    """Tell a file that was never completed.

    path (Path): The file.
    RETURNS (bool): Whether `partial_path` named it.
    """
    return path.name.startswith(".") and path.suffix == ".part"


def read_blocks(path: Path) -> Iterator[bytes]:
    """Read a file of any size.

    path (Path): The file.
    YIELDS (bytes): Its blocks, of a megabyte at most.
    RAISES (OSError): If it can't be read.
    """
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield block
