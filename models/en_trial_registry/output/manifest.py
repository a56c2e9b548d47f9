"""The manifest of a folder of parts: what it was made from, and which parts are done.

A line of JSON each: first what the parts depend on, then a line per part, at last one
that says that all are there. A line counts once its line end is written.
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from .files import replaced_file

NAME: Final = "manifest.jsonl"

Line = dict[str, Any]


class ResumeError(ValueError):
    """An earlier run can't be continued."""


class Manifest:
    """The manifest of a folder.

    folder (Path): The folder.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.parts: list[Line] = []
        self.is_complete = False

    def begin(self, basis: Line) -> None:
        """Start a new manifest.

        basis (Line): What the parts depend on.
        """
        with replaced_file(self.path) as stream:
            stream.write(_line(basis))

    def resume(self, basis: Line) -> None:
        """Read how far an earlier run came.

        basis (Line): What the parts depend on now.
        RAISES (ResumeError): If that has changed; names what.
        """
        first, *others = self._read()
        if changes := [*differences(first, json.loads(_line(basis)))]:
            raise ResumeError(
                f"{self.path.parent} was begun from something else: "
                f"{'; '.join(changes)}. Put it back as it was, or begin anew in "
                "another folder."
            )
        self.parts = [line for line in others if "part" in line]
        self.is_complete = len(self.parts) < len(others)

    def keep(self, count: int) -> None:
        """Forget the later parts.

        count (int): Number of parts that are kept.
        """
        if count < len(self.parts):
            lines = self.path.read_bytes().splitlines(keepends=True)
            with replaced_file(self.path) as stream:
                stream.writelines(lines[: count + 1])
            self.parts, self.is_complete = self.parts[:count], False

    def add(self, line: Line) -> None:
        """Note that a part is done, or all of them.

        line (Line): What is noted.
        """
        append(self.path, _line(line))

    def _read(self) -> list[Line]:
        """Read the lines, and cut off one that a sudden end left incomplete."""
        data = self.path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        if whole != data:
            os.truncate(self.path, len(whole))
        try:
            return [json.loads(line) for line in whole.splitlines()]
        except ValueError as error:
            problem = f"{self.path} is no manifest ({error}); name another folder."
            raise ResumeError(problem) from error


def append(path: Path, data: bytes) -> None:
    """Add to a file and wait until it is on the disk.

    path (Path): The file.
    data (bytes): What is added.
    """
    with path.open("ab") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def differences(old: Any, new: Any, name: str = "") -> Iterator[str]:
    """Say in words how two values of JSON differ.

    old (Any): The value as it was.
    new (Any): The value as it is.
    name (str): What the value is.
    YIELDS (str): A change.
    """
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in [*old, *(key for key in new if key not in old)]:
            inner = f"{name} {key}".strip()
            yield from differences(old.get(key), new.get(key), inner)
    elif old != new:
        yield f"{name} was {json.dumps(old)}, is {json.dumps(new)}"


def _line(value: Line) -> bytes:
    return json.dumps(value).encode() + b"\n"
