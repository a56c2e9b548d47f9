"""Pages with a timeline between the summary and blocks of arms and interventions."""

import re
from collections.abc import Sequence

from ...records import Arm, Intervention, Record
from .page import (
    ARM_TYPES,
    INTERVENTION_TYPES,
    Page,
    block,
    full,
    paragraphs,
    sections,
)

_DATES = ("Study Started", "Primary Completion", "Study Completion", "Last Update")
_FACTS = ("Phase", "Study Type", "Status", "Study Participants")
_HEADINGS = (*_DATES, "Criteria", "No Results Posted")
_RESULTS = "Results Posted"
_DATE_PART = re.compile(r"[A-Z][a-z]{2} \d{1,2}|\d{4}|Anticipated|Actual|Estimated?")
_BULLET = re.compile(r"[•*-]\s+")
_INTERVENTION = re.compile(rf"({'|'.join(INTERVENTION_TYPES)})\s+(\S.*)")
_ARM = re.compile(rf"(.*\S)\s+({'|'.join(ARM_TYPES)})")


def matches(page: Page) -> bool:
    """Tell the layout by its timeline."""
    return len(set(_DATES).intersection(page.lines)) >= 3


def read(page: Page) -> Record:
    """Read the fields of the page."""
    lines = [_RESULTS if line.endswith(_RESULTS) else line for line in page.lines]
    parts = sections(lines, (*_DATES, "Criteria", _RESULTS))
    titles, summary = _opening(parts[""])
    last_date = next(heading for heading in reversed(_DATES) if heading in parts)
    arms, interventions = _blocks(_after_date(parts[last_date]))
    return Record(
        id=page.id(parts[""]),
        brief_title=titles[-1] if titles else "",
        official_title=titles[0] if len(titles) > 1 else "",
        brief_summary=block(summary),
        arms=arms,
        interventions=interventions,
        criteria=block(parts.get("Criteria", [])),
        source="page",
    )


def _opening(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split the opening into titles and summary, with the list of facts between."""
    facts = [i for i, line in enumerate(lines) if _is_fact(line)]
    if not facts:
        texts = full(lines)
        return texts[:1], texts[1:]
    titles = [line for line in full(lines[: facts[0]]) if line != "Title"]
    # The last fact's value follows it, then the title once more.
    summary = full(lines[facts[-1] + 1 :])[1:]
    return titles, summary[1:] if summary[:1] and summary[0] in titles else summary


def _is_fact(line: str) -> bool:
    return _BULLET.match(line) is not None and _BULLET.sub("", line) in _FACTS


def _after_date(lines: Sequence[str]) -> list[str]:
    rest = list(lines)
    while rest and (not rest[0] or _DATE_PART.fullmatch(rest[0])):
        rest.pop(0)
    return rest


def _blocks(lines: Sequence[str]) -> tuple[tuple[Arm, ...], tuple[Intervention, ...]]:
    """Read blocks: a heading of name and type, then the description."""
    arms: list[Arm] = []
    interventions: list[Intervention] = []
    for heading, description in _with_headings(lines):
        arm, intervention = _ARM.fullmatch(heading), _INTERVENTION.fullmatch(heading)
        # "Drug Placebo Comparator" is a drug: no arm is labelled "Drug" alone.
        if arm and arm.group(1) not in INTERVENTION_TYPES:
            arms.append(Arm(arm.group(1), arm.group(2), description))
        elif intervention:
            type, name = intervention.groups()
            interventions.append(Intervention(name, type, description))
        else:
            arms.append(Arm(heading, description=description))
    return tuple(arms), tuple(interventions)


def _with_headings(lines: Sequence[str]) -> list[tuple[str, str]]:
    result: list[tuple[str, list[str]]] = []
    for paragraph in paragraphs(lines):
        if not result or _is_heading(paragraph):
            result.append((" ".join(paragraph), []))
        else:
            result[-1][1].extend(paragraph)
    return [(heading, block(texts)) for heading, texts in result]


def _is_heading(paragraph: Sequence[str]) -> bool:
    line = paragraph[0]
    is_typed = _ARM.fullmatch(line) or _INTERVENTION.fullmatch(line)
    return len(paragraph) == 1 and is_typed is not None and not line.endswith(".")
