"""The files of a folder and its subfolders, in the order of their names."""

import os
from collections.abc import Iterator
from pathlib import Path

from ..records import RecordError


def walk(folder: Path) -> Iterator[Path | RecordError]:
    """Find the files of a folder. No link to another folder is followed.

    Only one folder's names are held at a time, so that a million files need no memory.

    folder (Path): The folder. Names that begin with a dot and `__MACOSX` are the
        system's own and passed over.
    YIELDS (Path | RecordError): The files; links to folders, links to nothing, devices
        and folders that can't be listed are errors.
    """
    open_folders = [_list(folder)]
    while open_folders:
        found = next(open_folders[-1], None)
        if found is None:
            open_folders.pop()
        elif isinstance(found, RecordError) or found.is_file():
            yield found
        elif found.is_symlink():
            what = "a folder" if found.is_dir() else "nothing that can be read"
            yield _refused(found, f"is a link to {what}", "name its target itself")
        elif found.is_dir():
            open_folders.append(_list(found))
        else:
            yield _refused(found, "is no file", "remove it, or name it itself")


def is_hidden(parts: tuple[str, ...]) -> bool:
    """Tell the system's own files.

    parts (tuple[str, ...]): Names of folders and file.
    RETURNS (bool): Whether to pass over it.
    """
    return any(
        part == "__MACOSX" or (part.startswith(".") and part.strip("."))
        for part in parts
    )


def _list(folder: Path) -> Iterator[Path | RecordError]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        problem = f"can't be listed ({error.strerror})"
        yield _refused(folder, problem, "check that it may be read")
        return
    for name in names:
        if not is_hidden((name,)):
            yield folder / name


def _refused(path: Path, problem: str, remedy: str) -> RecordError:
    return RecordError(problem, file=str(path), remedy=remedy)
