"""Texts of registry records without annotation, for pre-training."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import srsly
from en_trial_registry.readers import read_records
from en_trial_registry.records import RecordError

ANNOTATED = ("registry", "pages")


def annotated_ids(corpus: Path) -> frozenset[str]:
    """Collect the ids of all annotated records, test records among them.

    corpus (Path): The corpus folder.
    RETURNS (frozenset[str]): The ids.
    """
    files = [corpus / source / "annotations.jsonl" for source in ANNOTATED]
    return frozenset(row["id"] for file in files for row in srsly.read_jsonl(file))


def write_texts(
    paths: Iterable[Path],
    target: Path,
    *,
    without: frozenset[str],
    on_error: Callable[[RecordError], None],
) -> int:
    """Render records as the lines that `spacy pretrain` reads.

    paths (Iterable[Path]): Records in any format that the readers know.
    target (Path): JSON lines with the key `text`.
    without (frozenset[str]): Ids of records to leave out.
    on_error (Callable[[RecordError], None]): Told of every record that can't be read.
    RETURNS (int): The number of texts written.
    """
    written = 0
    with target.open("w", encoding="utf-8") as file:
        for record in read_records(paths, on_error=on_error):
            if record.id not in without:
                file.write(json.dumps({"text": record.text}) + "\n")
                written += 1
    return written
