"""A saved page as lines, and how its headings divide it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

INTERVENTION_TYPES: Final = (
    "Behavioral",
    "Biological",
    "Combination Product",
    "Device",
    "Diagnostic Test",
    "Dietary Supplement",
    "Drug",
    "Genetic",
    "Procedure",
    "Radiation",
    "Other",
)
ARM_TYPES: Final = (
    "Experimental",
    "Active Comparator",
    "Placebo Comparator",
    "Sham Comparator",
    "No Intervention",
    "Other",
)
# A comma parts conditions unless an inverted term follows, as in "Diabetes, Type 2".
_NEXT_CONDITION = re.compile(r",\s+(?!(?:Type|Stage|Grade|Class|Phase)\s+\S+)")
_NCT_ID = re.compile(r"\bNCT\d{8}\b")


@dataclass(frozen=True)
class Page:
    """A page.

    lines (tuple[str, ...]): Its lines, stripped; empty lines part paragraphs.
    stem (str): The name of its file, its id where it shows no NCT id.
    """

    lines: tuple[str, ...]
    stem: str

    @classmethod
    def from_text(cls, text: str, *, stem: str) -> "Page":
        """Split a text into the lines of a page."""
        text = text.replace("\u00a0", " ")
        return cls(tuple(line.strip() for line in text.splitlines()), stem)

    def id(self, lines: Iterable[str]) -> str:
        """Find the NCT id in the lines where the layout shows it, else the stem."""
        found = _NCT_ID.search("\n".join(lines))
        return found.group() if found else self.stem


def sections(lines: Sequence[str], headings: Sequence[str]) -> dict[str, list[str]]:
    """Divide a page by headings that stand in a known order.

    A line of text may read like a heading, so that the longest series of headings in
    the right order counts.

    lines (Sequence[str]): The lines of the page.
    headings (Sequence[str]): The headings in their order.
    RETURNS (dict[str, list[str]]): The lines below each heading found; those before
        the first heading under the empty string.
    """
    result: dict[str, list[str]] = {"": []}
    starts = _ordered_headings(lines, {h: rank for rank, h in enumerate(headings)})
    current = ""
    for i, line in enumerate(lines):
        if i in starts:
            current = line
            result[current] = []
        else:
            result[current].append(line)
    return result


def _ordered_headings(lines: Sequence[str], ranks: dict[str, int]) -> set[int]:
    # For every heading the longest series that ends in it, the earliest if equal.
    best: list[tuple[int, ...]] = [()] * len(ranks)
    for i, line in enumerate(lines):
        rank = ranks.get(line)
        if rank is None:
            continue
        series = (*_longest(best[:rank]), i)
        if len(series) > len(best[rank]):
            best[rank] = series
    return set(_longest(best))


def _longest(series: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return max(series, key=lambda one: len(one), default=())


def full(lines: Iterable[str]) -> list[str]:
    """The lines that are not empty."""
    return [line for line in lines if line]


def block(lines: Iterable[str]) -> str:
    """Text of several lines, each of which stays a line when it is rendered.

    Saved pages do not wrap lines: every line is a paragraph or list item.
    """
    return "\n\n".join(full(lines))


def paragraphs(lines: Iterable[str]) -> list[list[str]]:
    """Runs of lines between empty lines."""
    result: list[list[str]] = [[]]
    for line in lines:
        if line:
            result[-1].append(line)
        elif result[-1]:
            result.append([])
    return result if result[-1] else result[:-1]


def first(lines: Iterable[str]) -> str:
    """The first line that is not empty, or an empty string."""
    return next(iter(full(lines)), "")


def split_conditions(line: str) -> tuple[str, ...]:
    """Conditions that a page runs into one line with commas."""
    return tuple(full(_NEXT_CONDITION.split(line)))
