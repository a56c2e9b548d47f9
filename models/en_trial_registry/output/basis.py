"""What the bytes of an output depend on: input, model, options and versions."""

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..readers.folders import walk
from ..records import RecordError
from .files import read_blocks


def describe_input(paths: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """Hash the input.

    paths (Iterable[Path]): Files and folders.
    RETURNS (dict[str, dict[str, Any]]): For each path the number of its files, their
        bytes and the hash of names and content; for pipes only that they are streams.
    """
    return {str(path): _describe(path) for path in paths}


def input_size(paths: Iterable[Path]) -> int | None:
    """Add up the bytes of the input.

    paths (Iterable[Path]): Files and folders.
    RETURNS (int | None): The bytes; None if there is a pipe among them.
    """
    size = 0
    for path in paths:
        if path.exists() and not path.is_file() and not path.is_dir():
            return None
        size += sum(file.stat().st_size for file in _files(path))
    return size


def describe_versions(*packages: str) -> dict[str, str]:
    """Look up what is installed.

    *packages (str): Names of distributions.
    RETURNS (dict[str, str]): Their versions.
    """
    return {package: version(package) for package in packages}


def _describe(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {"missing": True}
    if not path.is_file() and not path.is_dir():
        return {"stream": True}
    digest = hashlib.sha256()
    count = size = 0
    for file in _files(path):
        digest.update(f"{file.relative_to(path).as_posix()}\0".encode(errors="replace"))
        count, size = count + 1, size + _hash_file(file, digest)
    return {"files": count, "bytes": size, "sha256": digest.hexdigest()}


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (p for p in walk(path) if not isinstance(p, RecordError))
    elif path.is_file():
        yield path


def _hash_file(path: Path, digest: Any) -> int:
    size = 0
    try:
        for block in read_blocks(path):
            digest.update(block)
            size += len(block)
    except OSError as error:
        # The reader lists the file among those that can't be read.
        digest.update(str(error.strerror).encode())
    return size
