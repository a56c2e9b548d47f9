"""Scores of values as JSON, Markdown and a list of what went wrong."""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from .bootstrap import Interval
from .markdown import number, table
from .values import Reader, ValueCounts, score_values

Scores = Mapping[str, Mapping[str, ValueCounts]]
"""Outcomes by part of the test set and kind."""

DEV: Final = "dev"
Z: Final = 1.959964
HEADER: Final = (
    "kind",
    "n",
    "given",
    "right",
    "wrong",
    "declined rightly",
    "accuracy of given",
    "coverage",
    "wrong-value rate",
)


def wilson(part: int, whole: int) -> Interval | None:
    """Give the 95 % Wilson interval of a proportion.

    part (int): Hits.
    whole (int): Tries.
    RETURNS (Optional[Interval]): Its ends; None without any try.
    """
    if not whole:
        return None
    p, shrink = part / whole, 1 + Z**2 / whole
    centre = p + Z**2 / (2 * whole)
    half = Z * math.sqrt(p * (1 - p) / whole + Z**2 / (4 * whole**2))
    low, high = (centre - half) / shrink, (centre + half) / shrink
    return Interval(max(0.0, low), min(1.0, high))


def proportions(counts: ValueCounts) -> dict[str, tuple[int, int]]:
    """Say which counts the proportions are made of.

    counts (ValueCounts): Outcomes of a kind.
    RETURNS (Dict[str, Tuple[int, int]]): Hits and tries.
    """
    return {
        "accuracy": (counts.right, counts.given),
        "coverage": (counts.answered, counts.asked),
        "wrong_rate": (counts.wrong, counts.n),
    }


def values_json(scores: Scores) -> dict[str, Any]:
    """Write scores as plain JSON types.

    scores (Scores): Outcomes by part and kind.
    RETURNS (Dict[str, Any]): Counts and proportions with 95 % Wilson intervals; no
        strings, since those of the measured part are not to be seen.
    """
    return {
        "task": "values",
        "parts": {
            part: {label: _row(counts) for label, counts in kinds.items()}
            for part, kinds in scores.items()
        },
    }


def values_markdown(scores: Scores) -> str:
    """Write one table for each part.

    scores (Scores): Outcomes by part and kind.
    RETURNS (str): Markdown.
    """
    lines = [
        "# Values of short strings",
        "",
        "Accuracy: right of the values given. Coverage: strings that a value was given "
        "for, of those that have one. Wrong-value rate: wrong of all strings. In "
        "brackets the 95 % Wilson interval. How values are compared: "
        "`corpus/values/README.md`.",
    ]
    for part, kinds in scores.items():
        rows = [_cells(label, counts) for label, counts in kinds.items()]
        lines += ["", f"## {part}", "", *table(HEADER, rows)]
    return "\n".join(lines) + "\n"


def misses(kinds: Mapping[str, ValueCounts]) -> Iterator[str]:
    """List what went wrong; only for the part that may be looked at.

    kinds (Mapping[str, ValueCounts]): Outcomes by kind.
    YIELDS (str): A line for each wrong value and each value not given.
    """
    for label, counts in kinds.items():
        for miss in counts.misses:
            right = json.dumps(miss.gold.value, ensure_ascii=False)
            given = json.dumps(miss.given, ensure_ascii=False)
            why = f" ({miss.reason})" if miss.given is None and miss.reason else ""
            yield f"{label} '{miss.gold.text}': {right}, not {given}{why}"


def main(
    parts: Mapping[str, Path], readers: Mapping[str, Reader], *, show: bool = False
) -> tuple[Scores, list[str]]:
    """Score the readers on the parts of the test set.

    parts (Mapping[str, Path]): Files by name.
    readers (Mapping[str, Reader]): Reader of each kind.
    show (bool): Whether to list what went wrong in the part named `dev`; never in
        another.
    RETURNS (Tuple[Scores, List[str]]): The outcomes, and the list.
    RAISES (EvaluationError): If a file can't be read or a kind has no reader.
    """
    scores = {part: score_values(path, readers) for part, path in parts.items()}
    return scores, list(misses(scores.get(DEV, {}))) if show else []


def _row(counts: ValueCounts) -> dict[str, Any]:
    row: dict[str, Any] = {
        "n": counts.n,
        "asked": counts.asked,
        "answered": counts.answered,
        "given": counts.given,
        "right": counts.right,
        "wrong": counts.wrong,
        "declined_rightly": counts.declined_rightly,
    }
    for name, (part, whole) in proportions(counts).items():
        interval = wilson(part, whole)
        row[name] = round(part / whole, 4) if whole else None
        row[f"{name}_interval"] = interval and [round(end, 4) for end in interval]
    return row


def _cells(label: str, counts: ValueCounts) -> list[str]:
    whole = (
        counts.n,
        counts.given,
        counts.right,
        counts.wrong,
        counts.declined_rightly,
    )
    return [
        label,
        *(str(count) for count in whole),
        *(
            number(part / n if n else None, wilson(part, n))
            for part, n in proportions(counts).values()
        ),
    ]
