"""Rows that readers wrote down: see corpus/rows/README.md."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import srsly
from en_trial_registry.normalize import READERS
from en_trial_registry.tables import FACTS, PARTS, TABLES

from .documents import EvaluationError, GoldDocument, read_documents
from .row_matching import VALUED, Cell, Row

MAKE_TEXTS: Final = (
    "`python -m corpus convert` (real texts: `python -m corpus supply FILES` before)"
)
WORDS: Final = {
    "criterion": ("inclusion", "exclusion", None),
    "role": ("primary", "secondary", "other", None),
}
KEYS: Final = ("id", "sha256")


@dataclass(frozen=True)
class ReadRecord:
    """A record with the rows that a reader finds in it.

    document (GoldDocument): Its text, entities and links.
    rows (Mapping[str, Sequence[Row]]): By table; without tables that the reader left
        alone.
    """

    document: GoldDocument
    rows: Mapping[str, Sequence[Row]]


def read_records(rows: Path, texts: Path) -> list[ReadRecord]:
    """Join the rows with the texts that their offsets count in.

    rows (Path): JSON lines as in corpus/rows/README.md.
    texts (Path): JSON lines of the records, from `python -m corpus convert`.
    RETURNS (List[ReadRecord]): In the order of the rows.
    RAISES (EvaluationError): If a file or record is missing, a text is another one, or
        a row is wrong.
    """
    for path, remedy in ((rows, "`git checkout`"), (texts, MAKE_TEXTS)):
        if not path.is_file():
            raise EvaluationError(f"{path} is missing; make it with {remedy}.")
    documents = {document.id: document for document in read_documents(texts)}
    read = [
        _record(line, documents, f"{rows}, line {number}")
        for number, line in enumerate(_lines(rows), 1)
    ]
    for record in read[1:]:
        if record.rows.keys() != read[0].rows.keys():
            raise EvaluationError(
                f"{rows}: {record.document.id} has other tables than the first record; "
                "give every record the same, [] where there is no row."
            )
    return read


def _lines(rows: Path) -> list[Any]:
    try:
        lines = list(srsly.read_jsonl(rows))
    except ValueError as error:
        raise EvaluationError(f"{rows} is not JSON lines: {error}.") from error
    if not lines:
        raise EvaluationError(f"{rows} is empty; restore it with `git checkout`.")
    return lines


def _record(line: Any, documents: Mapping[str, GoldDocument], where: str) -> ReadRecord:
    if missing := [key for key in KEYS if key not in line]:
        raise EvaluationError(f"{where}: {', '.join(missing)} missing; add it.")
    document = documents.get(line["id"])
    where = f"{where}, record {line['id']}"
    if document is None:
        raise EvaluationError(f"{where}: there is no such text; {MAKE_TEXTS} give it.")
    if hashlib.sha256(document.text.encode()).hexdigest() != line["sha256"]:
        raise EvaluationError(
            f"{where}: the text is not the one that the rows were written for. Supply "
            f"the record as it was saved, with {MAKE_TEXTS}."
        )
    rows = {
        name: [
            _row(row, name, document.text, f"{where}, {name}[{i}]")
            for i, row in enumerate(line[name])
        ]
        for name in TABLES
        if name in line
    }
    if not rows:
        raise EvaluationError(f"{where}: none of {', '.join(TABLES)}; add one.")
    return ReadRecord(document, rows)


def _row(row: Mapping[str, Any], table: str, text: str, where: str) -> Row:
    names = (*PARTS[table], *FACTS[table])
    if unknown := sorted(set(row) - set(names)):
        raise EvaluationError(f"{where}: no cell {', '.join(unknown)} in this table.")
    return {name: tuple(_cells(name, row.get(name), text, where)) for name in names}


def _cells(name: str, given: Any, text: str, where: str) -> Iterator[Cell]:
    if name in WORDS:
        if given not in WORDS[name]:
            known = ", ".join(map(repr, WORDS[name]))
            raise EvaluationError(f"{where}, {name}: {given!r} is not one of {known}.")
        yield Cell(given)
    elif given is None:
        yield Cell(None)
    elif not isinstance(given, list):
        raise EvaluationError(f"{where}, {name}: {given!r} is no list of offsets.")
    else:
        for span in given:
            yield Cell(None) if span is None else _cut(name, span, text, where)


def _cut(name: str, span: Any, text: str, where: str) -> Cell:
    match span:
        case [int(start), int(end)] if 0 <= start < end <= len(text):
            part = text[start:end]
            label = VALUED.get(name)
            return Cell(part, READERS[label](part).value if label else None)
    raise EvaluationError(
        f"{where}, {name}: {span!r} is no place [start, end] in the text "
        f"of {len(text)} characters; correct it."
    )
