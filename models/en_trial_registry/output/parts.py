"""Output in parts: many files, each written once and whole, that can be continued.

OUT/manifest.jsonl             what it was made from, and which parts are done
OUT/failed.jsonl               files and records that could not be read, with reasons
OUT/regimens/part-00000.parquet, ...
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from ..records import RecordError
from . import Output
from .batch import Tally
from .chunks import Result
from .files import is_partial, replaced_file
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
        self._results: list[Result] = []

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
        if self._results and self._results[0].part != result.part:
            self._write()
        self._results.append(result)

    def finish(self, tally: Tally) -> None:
        """Write the last part, and that all is done.

        tally (Tally): What went through.
        """
        if self._results:
            self._write()
        if not self.manifest.is_complete:
            counts = {key: vars(tally)[key] for key in ("records", "failed")}
            self.manifest.add({"complete": True, **counts, "entities": tally.entities})

    def _write(self) -> None:
        """Write the files of a part; it counts once the manifest names it."""
        results, self._results = self._results, []
        part = results[0].part
        errors = [error for result in results for error in result.errors]
        failed = self.folder / FAILED
        append(failed, b"".join(map(_failed_line, errors)))
        self.manifest.add(
            {
                "part": part,
                "records": sum(result.records for result in results),
                "entities": sum(result.entities for result in results),
                "failed": len(errors),
                "failed_bytes": failed.stat().st_size,
                "files": {
                    name: self._write_file(name, [r.pieces[i] for r in results])
                    for i, name in enumerate(self._names(part))
                },
            }
        )
        give_back()

    def _names(self, part: int) -> Iterator[str]:
        for name, kind in self.kinds.items():
            yield f"{name}/part-{part:05}.{kind.suffix}"

    def _write_file(self, name: str, pieces: list[bytes]) -> dict[str, Any]:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        output = self.kinds[path.parent.name].output
        with replaced_file(path) as stream, output.open(stream) as write:
            for piece in pieces:
                write(piece)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return {"bytes": path.stat().st_size, "sha256": digest}


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
        yield Parts(folder, kinds, manifest)


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
