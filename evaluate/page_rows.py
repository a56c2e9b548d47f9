"""Scores the tables against the rows that a reader wrote down for the five pages.

`python -m evaluate.page_rows PIPELINE`. Form and conventions: corpus/pages/ROWS.md.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

import numpy as np
import srsly
import typer
from en_trial_registry.normalize import READERS
from en_trial_registry.normalize.component import Normalizer
from en_trial_registry.tables import FACTS, PARTS, TABLES
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.tokens import Doc
from wasabi import msg

from .bootstrap import RESAMPLES, SEED, resample
from .console import (
    OUTPUT,
    Model,
    Output,
    Resamples,
    Seed,
    say_written,
    user_errors,
    write_report,
)
from .documents import EvaluationError, GoldDocument, read_documents
from .markdown import number, table
from .predict import load_pipeline
from .scoring import Score, score_json, score_of
from .tables import annotated_doc
from .values_match import matches

ROWS: Final = Path("corpus/pages/rows.jsonl")
PAGES: Final = Path("corpus/output/pages-test.jsonl")
ALL: Final = "all"
CEILING: Final = "annotation"
MAKE_PAGES: Final = "`python -m corpus supply FILES` and `python -m corpus convert`"

# What a looser match asks for, first the part that names the row.
MAIN: Final = {
    "regimens": ("intervention", "dose"),
    "lab_thresholds": ("test", "threshold"),
    "outcomes": ("outcome", "time_frame"),
}
VALUED: Final = {
    **{part: part.upper() for part in ("dose", "frequency", "route", "duration")},
    "threshold": "LAB_THRESHOLD",
    "time_frame": "TIME_FRAME",
}


class Cell(NamedTuple):
    """One text that a cell may have, and its value where it has one.

    text (Optional[str]): None for an empty cell.
    value (Optional[Dict]): As `span._.value`.
    """

    text: str | None
    value: Mapping[str, Any] | None = None


Row = dict[str, tuple[Cell, ...]]
"""Cells by name; any of the texts of a cell will do."""


@dataclass(frozen=True)
class Page:
    """A page with the rows that a reader finds on it.

    document (GoldDocument): Its text, entities and links.
    rows (Mapping[str, Sequence[Row]]): By table.
    """

    document: GoldDocument
    rows: Mapping[str, Sequence[Row]]


@dataclass
class Comparison:
    """The rows of one table and page beside those that were found.

    wanted (int): Rows that the reader wrote down.
    found (int): Rows in the table.
    right (int): Pairs that agree in every cell.
    close (int): Pairs that agree in the two main parts, or overlap there.
    repeats (int): Found rows that are not right but say, less fully, what a row says.
    cells (Dict[str, int]): How many of the close pairs are right in each cell.
    wrong (List[int]): Index of each found row without a partner.
    missed (List[int]): Index of each wanted row without a partner.
    """

    wanted: int = 0
    found: int = 0
    right: int = 0
    close: int = 0
    repeats: int = 0
    cells: dict[str, int] = field(default_factory=dict)
    wrong: list[int] = field(default_factory=list)
    missed: list[int] = field(default_factory=list)

    def counts(self) -> list[list[int]]:
        """RETURNS (List[List[int]]): tp, fp, fn of right pairs, then of close ones."""
        return [
            [pairs, self.found - pairs, self.wanted - pairs]
            for pairs in (self.right, self.close)
        ]


def cell_level(name: str, wanted: Sequence[Cell], found: Sequence[Cell]) -> int:
    """Say how well a cell agrees.

    name (str): Name of the part or fact.
    wanted (Sequence[Cell]): Texts that are right.
    found (Sequence[Cell]): Texts that the cell has.
    RETURNS (int): 2 with the same words or value, 1 if all words of one text are among
        those of the other, else 0.
    """
    pairs = [(ours, theirs) for ours in wanted for theirs in found]
    if any(_same(name, ours, theirs) for ours, theirs in pairs):
        return 2
    return int(any(_contains(a.text or "", b.text or "") for a, b in pairs))


def _same(name: str, ours: Cell, theirs: Cell) -> bool:
    if ours.text is None or theirs.text is None:
        return ours.text is theirs.text
    if ours.text.casefold().split() == theirs.text.casefold().split():
        return True
    return name in VALUED and matches(VALUED[name], ours.value, theirs.value)


def _contains(a: str, b: str) -> bool:
    ours, theirs = (set(re.findall(r"\w+", text.casefold())) for text in (a, b))
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def compare(table: str, wanted: Sequence[Row], found: Sequence[Row]) -> Comparison:
    """Pair wanted with found rows one to one, as many as possible.

    table (str): A key of `TABLES`.
    wanted (Sequence[Row]): Rows that the reader wrote down.
    found (Sequence[Row]): Rows of the table.
    RETURNS (Comparison): Pairs that agree fully and pairs that come close, each for
        itself; of several closest pairings one with the most cells right.
    """
    names = (*PARTS[table], *FACTS[table])
    levels = np.array(
        [[[cell_level(n, w[n], f[n]) for n in names] for f in found] for w in wanted],
        dtype=np.int64,
    ).reshape(len(wanted), len(found), len(names))
    equal = levels == 2
    main = [names.index(part) for part in MAIN[table]]
    right = _pair(equal.all(axis=2).astype(float))
    share = equal.sum(axis=2) / (len(names) * max(len(wanted), 1) + 1)
    close = _pair((levels[:, :, main] > 0).all(axis=2) * (1 + share))
    wrong = sorted(set(range(len(found))) - {j for _, j in right})
    return Comparison(
        wanted=len(wanted),
        found=len(found),
        right=len(right),
        close=len(close),
        repeats=sum(_repeats(table, found[j], levels[:, j]) for j in wrong),
        cells={n: sum(int(equal[i, j, k]) for i, j in close) for k, n in _count(names)},
        wrong=wrong,
        missed=sorted(set(range(len(wanted))) - {i for i, _ in right}),
    )


def _count(names: Sequence[str]) -> list[tuple[int, str]]:
    return list(enumerate(names))


def _pair(weights: Any) -> list[tuple[int, int]]:
    pairs = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
    return [(int(i), int(j)) for i, j in pairs if weights[i, j] > 0]


def _repeats(table: str, row: Row, levels: Any) -> bool:
    """Whether each part that the row has is right for one and the same wanted row."""
    stated = [k for k, part in _count(PARTS[table]) if row[part][0].text is not None]
    return bool((levels[:, stated] == 2).all(axis=1).any())


def found_rows(doc: Doc, table: str) -> list[Row]:
    """Read the rows of a table as cells.

    doc (Doc): A document with entities and links.
    table (str): A key of `TABLES`.
    RETURNS (List[Row]): The rows; `arm` may be any of the arms of a row.
    """
    rows = []
    for row in TABLES[table](doc):
        parts = {n: row[n] or {"text": None, "value": None} for n in PARTS[table]}
        facts = {n: row.get(f"{n}s") or [row[n]] for n in FACTS[table]}
        rows.append(
            {n: (Cell(p["text"], p["value"]),) for n, p in parts.items()}
            | {n: tuple(Cell(text) for text in texts) for n, texts in facts.items()}
        )
    return rows


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
    return [_page(line, documents, rows) for line in srsly.read_jsonl(rows)]


def _page(line: Any, documents: Mapping[str, GoldDocument], path: Path) -> Page:
    document = documents.get(line["id"])
    where = f"{path}, page {line['id']}"
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
    if given is None or isinstance(given, str):
        yield Cell(given)
        return
    for span in given:
        if span is None:
            yield Cell(None)
            continue
        start, end = span
        if not 0 <= start < end <= len(text):
            raise EvaluationError(f"{where}, {name}: {span} lies outside the text.")
        part = text[start:end]
        label = VALUED.get(name)
        yield Cell(part, READERS[label](part).value if label else None)
