"""The store of texts that the project doesn't keep: one JSON line per record.

Lines are only ever added while fetching, each in one write, so that a run that was
killed loses at most the record it was writing; of several lines for a record the last
one counts.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from corpus.annotation import CorpusError
from corpus.jsonl import check_keys, parse_line, take, take_id, write_jsonl


class ExternalText(NamedTuple):
    """The text of a record and where it came from.

    text (str): The rendered text.
    origin (str): An address or a file name.
    """

    text: str
    origin: str


def read_texts(path: Path) -> dict[str, ExternalText]:
    """Read the texts of a store.

    path (Path): JSON lines with `id`, `text`, `origin`; may be missing.
    RETURNS (dict[str, ExternalText]): By record id.
    RAISES (CorpusError): If a line other than a torn last one can't be read.
    """
    if not path.exists():
        return {}
    texts = {}
    # What stands after the last line feed was torn off by a kill: it is fetched again.
    for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], 1):
        if line.strip():
            record_id, text = _parse(line, f"{path}:{number}")
            texts[record_id] = text
    return texts


def _parse(line: bytes, place: str) -> tuple[str, ExternalText]:
    try:
        row = parse_line(line.decode("utf-8"), place)
    except UnicodeDecodeError as error:
        raise CorpusError(
            place, f"not UTF-8 ({error})", "Delete the line and fill the store again"
        ) from None
    check_keys(row, ("id", "text", "origin"), place)
    record_id = take_id(row, place)
    place = f"{place}, record {record_id}"
    return record_id, ExternalText(
        take(row, "text", str, place), take(row, "origin", str, place)
    )


def append_text(path: Path, record_id: str, text: ExternalText) -> None:
    """Add one text to a store, and have it on disk before returning.

    path (Path): The store; it and its folder are made.
    record_id (str): The record.
    text (ExternalText): Its text.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"id": record_id, **text._asdict()}
    line = (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8")
    with path.open("ab", buffering=0) as file:
        file.write(line)
        os.fsync(file.fileno())


def mend(path: Path) -> None:
    """Cut off a last line that a kill left unfinished, before lines are added.

    path (Path): The store; may be missing.
    """
    if not path.exists():
        return
    data = path.read_bytes()
    if data and not data.endswith(b"\n"):
        with path.open("r+b") as file:
            file.truncate(data.rfind(b"\n") + 1)


def write_texts(path: Path, texts: Mapping[str, ExternalText]) -> None:
    """Write a store anew in one step.

    path (Path): The store.
    texts (Mapping[str, ExternalText]): By record id.
    """
    write_jsonl(path, ({"id": key, **texts[key]._asdict()} for key in sorted(texts)))
