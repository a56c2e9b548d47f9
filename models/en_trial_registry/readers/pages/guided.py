"""Pages on which a sentence of guidance follows each heading."""

from collections.abc import Sequence
from typing import Final

from ...records import Arm, Intervention, Record
from .page import Page, block, first, full, paragraphs, sections

# How the guidance below each heading begins.
_GUIDANCE: Final = {
    "Basic Information": "Get a",
    "Brief Summary": "Review the",
    "Detailed Description": "Dive into",
    "Conditions": "See the",
    "Study Design": "Understand how",
    "Study Groups": "Review each",
    "Interventions": "Learn about",
    "Eligibility Criteria": "Check the",
    "Sponsors": "Meet the",
    "Responsible Party": "Identify the",
    "Principal Investigators": "Learn about",
    "Locations": "Explore where",
    "Countries": "Review the",
    "Central Contacts": "Reach out",
    "Facility Contacts": "Find local",
    "Other Identifiers": "Review additional",
    "More Related Trials": "Additional clinical",
}
_ID = "NCT ID:"
_GROUP_TYPE = "Group Type"
_INTERVENTION_TYPE = "Intervention Type"
_PARTICIPANTS = {
    "Minimum Eligible Age",
    "Maximum Eligible Age",
    "Eligible Sex",
    "Accepts Healthy Volunteers",
}


def matches(page: Page) -> bool:
    """Tell the layout by headings with their guidance."""
    parts = sections(page.lines, tuple(_GUIDANCE))
    guided = [h for h, lines in parts.items() if h and _has_guidance(h, lines)]
    return len(guided) >= 3


def read(page: Page) -> Record:
    """Read the fields of the page."""
    parts = {
        heading: _without_guidance(heading, lines)
        for heading, lines in sections(page.lines, tuple(_GUIDANCE)).items()
    }
    interventions = _interventions(_texts(parts.get("Interventions", [])))
    return Record(
        id=page.id(line for line in parts[""] if line.startswith(_ID)),
        brief_title=first(parts[""]),
        conditions=tuple(full(parts.get("Conditions", []))),
        brief_summary=block(parts.get("Brief Summary", [])),
        detailed_description=block(parts.get("Detailed Description", [])),
        arms=_arms(_texts(parts.get("Study Groups", [])), interventions),
        interventions=interventions,
        criteria=_criteria(parts.get("Eligibility Criteria", [])),
        source="page",
    )


def _has_guidance(heading: str, lines: Sequence[str]) -> bool:
    return first(lines).startswith(_GUIDANCE[heading])


def _without_guidance(heading: str, lines: list[str]) -> list[str]:
    if not heading or not _has_guidance(heading, lines):
        return lines
    return lines[lines.index(first(lines)) + 1 :]


def _texts(lines: Sequence[str]) -> list[str]:
    return [block(paragraph) for paragraph in paragraphs(lines)]


def _interventions(texts: Sequence[str]) -> tuple[Intervention, ...]:
    """Read runs of name, description and type."""
    result: list[Intervention] = []
    run: list[str] = []
    for text in texts:
        if text.startswith(_INTERVENTION_TYPE) and run:
            type = text.removeprefix(_INTERVENTION_TYPE).strip()
            result.append(Intervention(run[0], type, block(run[1:])))
            run = []
        else:
            run.append(text)
    if run:
        result.append(Intervention(run[0], description=block(run[1:])))
    return tuple(result)


def _arms(
    texts: Sequence[str], interventions: Sequence[Intervention]
) -> tuple[Arm, ...]:
    """Read runs of label, description and type, each followed by its interventions."""
    result: list[Arm] = []
    run: list[str] = []
    i = 0
    while i < len(texts):
        if texts[i].startswith(_GROUP_TYPE) and run:
            result.append(_arm(run, texts[i].removeprefix(_GROUP_TYPE).strip()))
            run = []
        elif _is_intervention(texts, i):
            if run:
                result.append(_arm(run))
                run = []
            i = _intervention_end(texts, i, interventions)
            continue
        else:
            run.append(texts[i])
        i += 1
    if run:
        result.append(_arm(run))
    return tuple(result)


def _arm(run: Sequence[str], type: str = "") -> Arm:
    return Arm(run[0], type, block(run[1:]))


def _is_intervention(texts: Sequence[str], i: int) -> bool:
    return i + 1 < len(texts) and texts[i + 1].startswith(_INTERVENTION_TYPE)


def _intervention_end(
    texts: Sequence[str], i: int, interventions: Sequence[Intervention]
) -> int:
    """Find the end of an intervention that the list of interventions repeats."""
    start = i + 2
    for item in interventions:
        if item.name == texts[i]:
            count = _paragraphs_of(item.description, texts[start:])
            if count:
                return start + count
    return start


def _paragraphs_of(description: str, texts: Sequence[str]) -> int:
    """How many of the texts, from the first on, make up the description."""
    for count in range(1, len(texts) + 1):
        if block(texts[:count]) == description:
            return count
    return 0


def _criteria(lines: Sequence[str]) -> str:
    end = next((i for i, line in enumerate(lines) if line in _PARTICIPANTS), None)
    return block(lines[:end])
