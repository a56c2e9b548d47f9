"""Rows that a reader wrote down for the pages: see corpus/pages/ROWS.md."""

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

MAKE_PAGES: Final = "`python -m corpus supply FILES` and `python -m corpus convert`"
WORDS: Final = {
    "criterion": ("inclusion", "exclusion", None),
    "role": ("primary", "secondary", "other", None),
}
KEYS: Final = ("id", "sha256", *TABLES)


@dataclass(frozen=True)
class Page:
    """A page with the rows that a reader finds on it.

    document (GoldDocument): Its text, entities and links.
    rows (Mapping[str, Sequence[Row]]): By table.
    """

    document: GoldDocument
    rows: Mapping[str, Sequence[Row]]


def read_pages(rows: Path, pages: Path) -> list[Page]:
    """Join the rows with the texts that their offsets count in.

    rows (Path): JSON lines as in corpus/pages/ROWS.md.
    pages (Path): JSON lines of the pages, from `python -m corpus convert`.
    RETURNS (List[Page]): In the order of the rows.
    RAISES (EvaluationError): If a file or page is missing, a text is another one, or a
        row is wrong.
    """
    for path, remedy in ((rows, "`git checkout`"), (pages, MAKE_PAGES)):
        if not path.is_file():
            raise EvaluationError(f"{path} is missing; make it with {remedy}.")
    documents = {document.id: document for document in read_documents(pages)}
    return [
        _page(line, documents, f"{rows}, line {number}")
        for number, line in enumerate(_lines(rows), 1)
    ]


def _lines(rows: Path) -> list[Any]:
    try:
        lines = list(srsly.read_jsonl(rows))
    except ValueError as error:
        raise EvaluationError(f"{rows} is not JSON lines: {error}.") from error
    if not lines:
        raise EvaluationError(f"{rows} holds no page; restore it with `git checkout`.")
    return lines


def _page(line: Any, documents: Mapping[str, GoldDocument], where: str) -> Page:
    if missing := [key for key in KEYS if key not in line]:
        raise EvaluationError(f"{where}: {', '.join(missing)} missing; add it.")
    document = documents.get(line["id"])
    where = f"{where}, page {line['id']}"
    if document is None:
        raise EvaluationError(f"{where}: there is no such text; {MAKE_PAGES} give it.")
    if hashlib.sha256(document.text.encode()).hexdigest() != line["sha256"]:
        raise EvaluationError(
            f"{where}: the text is not the one that the rows were written for. Supply "
            f"the page as it was saved, with {MAKE_PAGES}."
        )
    rows = {
        name: [
            _row(row, name, document.text, f"{where}, {name}[{i}]")
            for i, row in enumerate(line[name])
        ]
        for name in TABLES
    }
    return Page(document, rows)


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
