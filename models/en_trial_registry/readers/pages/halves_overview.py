"""The overview: headings without numbers, arms as a table with a column for each."""

import re
from collections.abc import Sequence
from typing import Final

from ...records import Arm, Outcome, Record, RecordError
from .page import block, first, full, paragraphs, sections, split_conditions

HEADINGS: Final = frozenset(
    {"About this trial", "Sites / Locations", "Arms of the Study"}
)
_ORDER = (
    "Primary Purpose",
    "Status",
    "About this trial",
    "Eligibility Criteria",
    "Sites / Locations",
    "Arms of the Study",
    "Outcomes",
    "Primary Outcome Measures",
    "Secondary Outcome Measures",
    "Other Outcome Measures",
    "Full Information",
)
_ARM_TABLE = ("Arm Type", "Arm Label", "Arm Description")
_PARTICIPANTS = re.compile(r"healthy volunteers\.?$", re.IGNORECASE)


def read(lines: Sequence[str], *, with_arms: bool) -> Record:
    """Read the overview.

    lines (Sequence[str]): Its lines.
    with_arms (bool): Whether its arms are wanted.
    RETURNS (Record): What the overview tells of the record.
    RAISES (RecordError): If arms are wanted and their table has gaps.
    """
    parts = sections(lines, _ORDER)
    title = full(parts[""])
    return Record(
        id="",
        brief_title=title[-1] if title else "",
        conditions=split_conditions(first(parts.get("Primary Purpose", []))),
        arms=_arms(parts.get("Arms of the Study", [])) if with_arms else (),
        primary_outcomes=_outcomes(parts, "Primary Outcome Measures"),
        secondary_outcomes=_outcomes(parts, "Secondary Outcome Measures"),
        criteria=_criteria(parts.get("Eligibility Criteria", [])),
    )


def _outcomes(parts: dict[str, list[str]], heading: str) -> tuple[Outcome, ...]:
    return tuple(Outcome(line) for line in full(parts.get(heading, [])))


def _criteria(lines: list[str]) -> str:
    lines = full(lines)
    if lines and _PARTICIPANTS.search(lines[0]):
        # Ages and sexes, run together; they have fields of their own in the registry.
        lines = lines[1:]
    return block(lines)


def _arms(lines: list[str]) -> tuple[Arm, ...]:
    rows = {
        name: [block(cell) for cell in paragraphs(cells)]
        for name, cells in sections(lines, _ARM_TABLE).items()
    }
    labels = rows.get("Arm Label", [])
    types = _column(rows, "Arm Type", len(labels))
    descriptions = _column(rows, "Arm Description", len(labels))
    return tuple(
        Arm(label, type, description)
        for label, type, description in zip(labels, types, descriptions, strict=True)
    )


def _column(rows: dict[str, list[str]], name: str, count: int) -> list[str]:
    cells = rows.get(name, [])
    if len(cells) not in (0, count):
        raise RecordError(
            f"has {len(cells)} entries for {count} arms, so that they can't be matched",
            field=f"Arms of the Study, {name}",
            remedy="save the page with its registration form (Full Information)",
        )
    return cells or [""] * count
