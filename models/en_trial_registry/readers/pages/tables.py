"""Pages with tables of interventions and outcomes whose columns are run together."""

from collections.abc import Collection, Sequence

from ...records import Arm, Intervention, Outcome, Record
from .glue import Vocabulary, split_case, split_group, split_time, words
from .page import INTERVENTION_TYPES, Page, block, first, full, sections

_SITE = "MedPath"
_ARM_HEADER = "GroupInterventionDescription"
_OUTCOME_HEADER = "NameTimeMethod"
_HEADINGS = (
    "Conditions",
    "Interventions",
    "Registration Number",
    "Lead Sponsor",
    "Brief Summary",
    "Detailed Description",
    "Recruitment & Eligibility",
    "Study & Design",
    "Arm && Interventions",
    "Primary Outcome Measures",
    "Secondary Outcome Measures",
    "Other Outcome Measures",
    "Trial Locations",
)
_OUTCOMES = {
    "Primary Outcome Measures",
    "Secondary Outcome Measures",
    "Other Outcome Measures",
}
_OWN = {
    "Registration Number",
    "Recruitment & Eligibility",
    "Study & Design",
    "Arm && Interventions",
    "Trial Locations",
}
_CRITERIA = ("Inclusion Criteria", "Exclusion Criteria")
_FACTS = ("Status", "Sex", "Target Recruitment")
_NOTHING = {"", "-", "Not available", "Not provided", "Not specified"}


def matches(page: Page) -> bool:
    """Tell the layout by its headings and table heads."""
    heads = {"".join(line.split()) for line in page.lines}
    tables = heads.intersection({_ARM_HEADER, _OUTCOME_HEADER})
    return len(tables) + len(_OWN.intersection(page.lines)) >= 3


def read(page: Page) -> Record:
    """Read the fields of the page."""
    parts = sections(page.lines, _HEADINGS)
    interventions = tuple(map(_intervention, full(parts.get("Interventions", []))))
    outside = [
        line
        for heading, lines in parts.items()
        if heading not in _OUTCOMES
        for line in lines
    ]
    vocabulary = Vocabulary(words(page.lines), words(outside))
    return Record(
        id=page.id(parts.get("Registration Number", [])),
        brief_title=first(line for line in parts[""] if line != _SITE),
        conditions=tuple(full(parts.get("Conditions", []))),
        brief_summary=_text(parts.get("Brief Summary", [])),
        detailed_description=_text(parts.get("Detailed Description", [])),
        arms=_arms(
            parts.get("Arm && Interventions", []),
            [intervention.name for intervention in interventions],
        ),
        interventions=interventions,
        primary_outcomes=_outcomes(
            parts.get("Primary Outcome Measures", []), vocabulary
        ),
        secondary_outcomes=_outcomes(
            parts.get("Secondary Outcome Measures", []), vocabulary
        ),
        criteria=_criteria(parts.get("Recruitment & Eligibility", [])),
        source="page",
    )


def _text(lines: Sequence[str]) -> str:
    return block(line for line in lines if line not in _NOTHING)


def _intervention(line: str) -> Intervention:
    type, colon, name = line.partition(": ")
    if colon and type in INTERVENTION_TYPES:
        return Intervention(name.strip(), type)
    return Intervention(line)


def _criteria(lines: Sequence[str]) -> str:
    headings = [i for i, line in enumerate(lines) if line.rstrip(":") in _CRITERIA]
    end = headings[0] if headings else len(lines)
    facts = [i for i, line in enumerate(lines[:end]) if line in _FACTS]
    # The value of the last fact stands on the line after it.
    return _text(lines[facts[-1] + 2 :] if facts else lines)


def _rows(lines: Sequence[str], header: str) -> list[str]:
    return [line for line in full(lines) if "".join(line.split()) != header]


def _arms(lines: Sequence[str], names: Collection[str]) -> tuple[Arm, ...]:
    """Read one row for each pair of group and intervention."""
    groups: dict[str, list[str]] = {}
    current: list[str] = []
    for row in _rows(lines, _ARM_HEADER):
        split = split_group(row, names)
        if split is None and groups:
            current.append(row)
            continue
        group, description = (split[0], split[2]) if split else split_case(row)
        current = groups.setdefault(group, [])
        if description not in _NOTHING and description not in current:
            current.append(description)
    return tuple(
        Arm(label, description=block(texts)) for label, texts in groups.items()
    )


def _outcomes(lines: Sequence[str], vocabulary: Vocabulary) -> tuple[Outcome, ...]:
    """Read rows that end in a time; what follows one is its description."""
    result: list[tuple[str, str, list[str]]] = []
    for row in _rows(lines, _OUTCOME_HEADER):
        split = split_time(row, vocabulary)
        if split is None and result:
            result[-1][2].append(row)
        else:
            measure, time_frame = split or (row, "")
            result.append((measure, time_frame, []))
    return tuple(Outcome(name, time, _text(texts)) for name, time, texts in result)
