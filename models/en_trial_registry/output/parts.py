"""Output in parts: many files, each written once and whole, that can be continued.

OUT/manifest.jsonl             what it was made from, and which parts are done
OUT/failed.jsonl               files and records that could not be read, with reasons
OUT/regimens/part-00000.parquet, ...
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from ..records import RecordError
from . import Output, Write
from .batch import Tally
from .chunks import Result
from .files import is_partial, read_blocks, replaced_file
from .heap import give_back
from .manifest import Manifest, ResumeError, append

FAILED: Final = "failed.jsonl"
LOCK: Final = ".lock"
PART_SIZE: Final = 1_000
"""Records of a part, if nothing else is asked for."""


class Kind(NamedTuple):
    """One of the files that every part has.

    output (Output): How it is written.
    suffix (str): How its name ends.
    """

    output: Output
    suffix: str


class Parts:
    """A folder of parts that is being written.

    folder (Path): The folder.
    kinds (Mapping[str, Kind]): The files of a part, by the names of their folders.
    manifest (Manifest): Its manifest.
    """

    def __init__(
        self, folder: Path, kinds: Mapping[str, Kind], manifest: Manifest
    ) -> None:
        self.folder = folder
        self.kinds = kinds
        self.manifest = manifest
        self._part: _Part | None = None

    @property
    def done(self) -> int:
        """RETURNS (int): Parts that an earlier run has written."""
        return len(self.manifest.parts)

    def count(self, tally: Tally) -> None:
        """Count what an earlier run has written.

        tally (Tally): Counts.
        """
        for line in self.manifest.parts:
            tally.records += line["records"]
            tally.entities += line["entities"]
            tally.failed += line["failed"]
        tally.resumed = tally.records

    def add(self, result: Result) -> None:
        """Add what was made of a chunk; the first of the next part ends a part.

        result (Result): The result.
        """
        if self._part and self._part.number != result.part:
            self._end(self._part)
        if self._part is None:
            self._part = _Part(self.folder, self.kinds, result.part)
        self._part.add(result)

    def finish(self, tally: Tally) -> None:
        """Write the end of the last part, and that all is done.

        tally (Tally): What went through.
        """
        if self._part:
            self._end(self._part)
        if not self.manifest.is_complete:
            counts = {key: vars(tally)[key] for key in ("records", "failed")}
            self.manifest.add({"complete": True, **counts, "entities": tally.entities})

    def stop(self, error: BaseException) -> None:
        """Leave nothing of a part that is not complete.

        error (BaseException): Why it never will be.
        """
        if self._part:
            self._part.files.__exit__(type(error), error, error.__traceback__)

    def _end(self, part: "_Part") -> None:
        """End the files of a part; it counts once the manifest names it."""
        self._part = None
        part.files.close()
        failed = self.folder / FAILED
        append(failed, b"".join(map(_failed_line, part.errors)))
        self.manifest.add(
            {
                "part": part.number,
                "records": part.records,
                "entities": part.entities,
                "failed": len(part.errors),
                "failed_bytes": failed.stat().st_size,
                "files": {name: _described(self.folder / name) for name in part.names},
            }
        )
        give_back()


class _Part:
    """The files of a part that is being written; they appear when they are closed.

    folder (Path): The folder of all parts.
    kinds (Mapping[str, Kind]): As of the parts.
    number (int): Number of the part.
    """

    def __init__(self, folder: Path, kinds: Mapping[str, Kind], number: int) -> None:
        self.number = number
        self.records = self.entities = 0
        self.errors: list[RecordError] = []
        self.names = [
            f"{name}/part-{number:05}.{kind.suffix}" for name, kind in kinds.items()
        ]
        self._writes: list[Write] = []
        with ExitStack() as files:
            for name, kind in zip(self.names, kinds.values(), strict=True):
                path = folder / name
                path.parent.mkdir(exist_ok=True)
                stream = files.enter_context(replaced_file(path))
                self._writes.append(files.enter_context(kind.output.open(stream)))
            self.files = files.pop_all()

    def add(self, result: Result) -> None:
        """Add what was made of a chunk.

        result (Result): The result.
        """
        for write, piece in zip(self._writes, result.pieces, strict=True):
            write(piece)
        self.records += result.records
        self.entities += result.entities
        self.errors += result.errors


def _described(path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    for block in read_blocks(path):
        digest.update(block)
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}


@contextmanager
def open_parts(
    folder: Path, kinds: Mapping[str, Kind], basis: dict[str, Any], *, resume: bool
) -> Iterator[Parts]:
    """Begin a folder of parts, or go on with one.

    folder (Path): The folder; it is made if there is none.
    kinds (Mapping[str, Kind]): The files of a part, by the names of their folders.
    basis (dict[str, Any]): What the bytes depend on; they are the same as without the
        interruption, since a run whose basis changed is refused.
    resume (bool): Whether to go on.
    YIELDS (Parts): The folder.
    RAISES (ResumeError): If the folder can't be used; says why.
    """
    folder.mkdir(exist_ok=True)
    with _locked(folder):
        manifest = Manifest(folder)
        if not manifest.path.exists():
            _begin(folder, manifest, basis)
        elif resume:
            _resume(folder, manifest, basis)
        else:
            raise ResumeError(
                f"{folder} holds the output of another run; add --resume to go on with "
                "it, or name another folder."
            )
        parts = Parts(folder, kinds, manifest)
        try:
            yield parts
        except BaseException as error:
            parts.stop(error)
            raise


def _begin(folder: Path, manifest: Manifest, basis: dict[str, Any]) -> None:
    others = [p for p in folder.iterdir() if p.name != LOCK and not is_partial(p)]
    if others:
        raise ResumeError(
            f"{folder} holds other files, such as {others[0].name}; name a new folder."
        )
    manifest.begin(basis)


def _resume(folder: Path, manifest: Manifest, basis: dict[str, Any]) -> None:
    streams = [path for path, found in basis["input"].items() if "stream" in found]
    if streams:
        raise ResumeError(
            f"{streams[0]} is a stream, which can't be read again from its beginning; "
            "save it to a file."
        )
    manifest.resume(basis)
    whole = [_is_whole(folder, line) for line in manifest.parts]
    manifest.keep(whole.index(False) if False in whole else len(whole))
    failed = folder / FAILED
    if failed.exists():
        kept = manifest.parts[-1]["failed_bytes"] if manifest.parts else 0
        os.truncate(failed, kept)
    for path in [*folder.glob(".*.part"), *folder.glob("*/.*.part")]:
        path.unlink()


def _is_whole(folder: Path, line: dict[str, Any]) -> bool:
    """A part whose files were lost since is written again."""
    failed = folder / FAILED
    if not failed.exists():
        return False
    return failed.stat().st_size >= line["failed_bytes"] and all(
        (folder / name).is_file() and (folder / name).stat().st_size == file["bytes"]
        for name, file in line["files"].items()
    )


def _failed_line(error: RecordError) -> bytes:
    keys = ("file", "record", "field", "problem", "remedy")
    # Names of files may hold bytes that are no UTF-8: escaped, they are ASCII.
    return json.dumps({key: vars(error)[key] for key in keys}).encode() + b"\n"


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep a second run out of the folder; the lock of a killed run is gone."""
    with (folder / LOCK).open("wb") as stream:
        # Windows has no such locks.
        with suppress(ImportError):
            import fcntl

            try:
                # Unlike flock, forked workers don't hold it.
                fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise ResumeError(f"Another run writes to {folder}.") from error
        yield
