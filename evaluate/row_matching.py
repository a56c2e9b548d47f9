"""When a row of a table agrees with one that a reader wrote down, cell by cell."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
from en_trial_registry.tables import FACTS, PARTS, TABLES
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]
from spacy.tokens import Doc

from .values_match import matches

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


@dataclass
class Comparison:
    """The rows of one table and record beside those that were found.

    wanted (int): Rows that the reader wrote down.
    found (int): Rows in the table.
    right (int): Pairs that agree in every cell.
    close (int): Pairs that agree in the two main parts, or overlap there.
    repeats (int): Found rows that are not right but say, less fully, what a row says.
    cells (Dict[str, int]): How many of the close pairs are right in each cell.
    wrong (List[Row]): Found rows that are not right.
    missed (List[Row]): Wanted rows that were not found.
    """

    wanted: int = 0
    found: int = 0
    right: int = 0
    close: int = 0
    repeats: int = 0
    cells: dict[str, int] = field(default_factory=dict)
    wrong: list[Row] = field(default_factory=list)
    missed: list[Row] = field(default_factory=list)

    def __add__(self, other: "Comparison") -> "Comparison":
        cells = Counter(self.cells)
        cells.update(other.cells)
        return Comparison(
            wanted=self.wanted + other.wanted,
            found=self.found + other.found,
            right=self.right + other.right,
            close=self.close + other.close,
            repeats=self.repeats + other.repeats,
            cells=dict(cells),
            wrong=self.wrong + other.wrong,
            missed=self.missed + other.missed,
        )

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
    RETURNS (int): 2 with the same words or value, 1 if the words of one text stand
        unbroken in the other, else 0.
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
    """Whether the words of one text stand, unbroken, in the other."""
    ours, theirs = (re.findall(r"\w+", text.casefold()) for text in (a, b))
    return bool(ours and theirs) and (_runs(ours, theirs) or _runs(theirs, ours))


def _runs(part: list[str], whole: list[str]) -> bool:
    starts = range(len(whole) - len(part) + 1)
    return any(whole[i : i + len(part)] == part for i in starts)


def compare(table: str, wanted: Sequence[Row], found: Sequence[Row]) -> Comparison:
    """Pair wanted with found rows one to one, as many as possible.

    table (str): A key of `TABLES`.
    wanted (Sequence[Row]): Rows that the reader wrote down.
    found (Sequence[Row]): Rows of the table.
    RETURNS (Comparison): Pairs that agree fully and pairs that come close, each for
        itself; of several closest pairings one with the most cells right.
    """
    names = (*PARTS[table], *FACTS[table])
    levels = _levels(names, wanted, found)
    equal = levels == 2
    main = [names.index(part) for part in MAIN[table]]
    share = equal.sum(axis=2) / (len(names) * max(len(wanted), 1) + 1)
    close = _pair((levels[:, :, main] > 0).all(axis=2) * (1 + share))
    right = _pair(equal.all(axis=2).astype(float))
    wrong = sorted(set(range(len(found))) - {j for _, j in right})
    missed = sorted(set(range(len(wanted))) - {i for i, _ in right})
    return Comparison(
        wanted=len(wanted),
        found=len(found),
        right=len(right),
        close=len(close),
        repeats=sum(_repeats(table, found[j], levels[:, j]) for j in wrong),
        cells={
            name: sum(int(equal[i, j, k]) for i, j in close)
            for k, name in enumerate(names)
        },
        wrong=[found[j] for j in wrong],
        missed=[wanted[i] for i in missed],
    )


def _levels(names: Sequence[str], wanted: Sequence[Row], found: Sequence[Row]) -> Any:
    levels = [
        [
            [cell_level(name, ours[name], theirs[name]) for name in names]
            for theirs in found
        ]
        for ours in wanted
    ]
    return np.array(levels, np.int64).reshape(len(wanted), len(found), len(names))


def _pair(weights: Any) -> list[tuple[int, int]]:
    pairs = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
    return [(int(i), int(j)) for i, j in pairs if weights[i, j] > 0]


def _repeats(table: str, row: Row, levels: Any) -> bool:
    """Whether each part that the row has is right for one and the same wanted row."""
    stated = [k for k, n in enumerate(PARTS[table]) if row[n][0].text is not None]
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
