"""Which dose goes with which frequency, route and duration of one intervention."""

from collections.abc import Mapping, Sequence
from typing import Any

Part = dict[str, Any]


def combine(children: Mapping[str, Sequence[Part]]) -> list[dict[str, Part]]:
    """Combine what is linked to one mention of an intervention into rows.

    The kind with the most parts gives the rows, doses before all others. A part that is
    alone of its kind holds for every row; of several, each goes to the nearest row.
    Where a row would hold two of a kind, it is doubled. No part is lost.

    children (Mapping[str, Sequence[Part]]): Parts by kind, e.g. "dose"; none is empty.
    RETURNS (list[dict[str, Part]]): One or more rows of parts by kind.
    """
    if not children:
        return []
    base = max(children, key=lambda kind: (kind == "dose", len(children[kind])))
    rows = [{base: part} for part in sorted(children[base], key=_start)]
    for kind, parts in children.items():
        if kind != base:
            rows = _join(rows, base, kind, sorted(parts, key=_start))
    return rows


def _join(
    rows: list[dict[str, Part]], base: str, kind: str, parts: list[Part]
) -> list[dict[str, Part]]:
    if len(parts) == 1:
        return [{**row, kind: parts[0]} for row in rows]
    starts = sorted({_start(row[base]) for row in rows})
    owners = [_owner(i, part, starts, parts) for i, part in enumerate(parts)]
    joined = []
    for row in rows:
        own = [
            part
            for part, owner in zip(parts, owners, strict=True)
            if owner == _start(row[base])
        ]
        joined += [{**row, kind: part} for part in own] or [row]
    return joined


def _owner(i: int, part: Part, starts: list[int], parts: list[Part]) -> int:
    """As many parts as rows: in order. Else the nearest row."""
    if len(starts) == len(parts):
        return starts[i]
    return min(starts, key=lambda start: abs(start - _start(part)))


def _start(part: Part) -> int:
    return int(part["start"])
