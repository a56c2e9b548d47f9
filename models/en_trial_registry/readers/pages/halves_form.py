"""The registration form: numbered sections of labels with their values below."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from ...records import Arm, Intervention, Outcome, Record
from .page import Page, block, first, sections, split_conditions

_NUMBERED = re.compile(r"\d{1,2}\.\s+(\S.*)")
_MARK = "§ "
_FORM: Final = (
    "Study Identification",
    "Study Status",
    "Sponsor/Collaborators",
    "Oversight",
    "Study Description",
    "Conditions and Keywords",
    "Study Design",
    "Arms, Groups, and Interventions",
    "Outcome Measures",
    "Eligibility",
    "Contacts and Locations",
    "IPD Sharing Statement",
)
_ID = "Unique Protocol Identification Number"
_CONDITION = (
    "Primary Disease or Condition Being Studied in the Trial, or the Focus of the Study"
)
_CONDITIONS = (_CONDITION, "Keywords")
_PRIMARY = "Primary Outcome Measure Information:"
_SECONDARY = "Secondary Outcome Measure Information:"
_OTHER = "Other Pre-specified Outcome Measures:"
_IDENTIFICATION = (_ID, "Brief Title", "Official Title", "Acronym", "Study Type")
_DESCRIPTION = ("Brief Summary", "Detailed Description")
_TREATMENT = (
    "Arm Title",
    "Arm Type",
    "Arm Description",
    "Intervention Type",
    "Intervention Name(s)",
    "Other Intervention Name(s)",
    "Intervention Description",
)
_OUTCOMES = (_PRIMARY, _SECONDARY, _OTHER, "Title", "Description", "Time Frame")
_ELIGIBILITY = (
    "Sex",
    "Gender Based",
    "Minimum Age & Unit of Time",
    "Maximum Age & Unit of Time",
    "Accepts Healthy Volunteers",
    "Eligibility Criteria",
    "Study Population",
    "Sampling Method",
    "Central Contact Person:",
    "Overall Study Officials:",
    "Facility Information:",
)
Entry = dict[str, str]


def is_heading(line: str) -> bool:
    """Whether a line is the heading of a section of the form."""
    found = _NUMBERED.fullmatch(line)
    return found is not None and found.group(1) in _FORM


def start(lines: Sequence[str]) -> int:
    """Where the form begins: its first heading, or the end of the page."""
    return next((i for i, line in enumerate(lines) if is_heading(line)), len(lines))


def read(lines: Sequence[str], page: Page) -> Record:
    """Read the form.

    lines (Sequence[str]): Its lines.
    page (Page): The page, for its id.
    RETURNS (Record): What the form tells of the record.
    """
    # A mark keeps a line of text such as "Oversight" from passing for a heading.
    marked = [_mark(line) if is_heading(line) else line for line in lines]
    parts = defaultdict(list, sections(marked, [_MARK + name for name in _FORM]))
    identification = _entry(parts[_MARK + "Study Identification"], _IDENTIFICATION)
    description = _entry(parts[_MARK + "Study Description"], _DESCRIPTION)
    condition = _entry(parts[_MARK + "Conditions and Keywords"], _CONDITIONS)
    eligibility = _entry(parts[_MARK + "Eligibility"], _ELIGIBILITY)
    treatment = _pairs(
        parts[_MARK + "Arms, Groups, and Interventions"]
        + parts[_MARK + "Outcome Measures"],
        _TREATMENT + _OUTCOMES,
    )
    return Record(
        id=page.id([identification.get(_ID, "")]),
        brief_title=_line(identification, "Brief Title"),
        official_title=_line(identification, "Official Title"),
        conditions=split_conditions(_line(condition, _CONDITION)),
        brief_summary=description.get("Brief Summary", ""),
        detailed_description=description.get("Detailed Description", ""),
        arms=tuple(map(_arm, _entries(treatment, "Arm Title"))),
        interventions=tuple(
            map(_intervention, _entries(treatment, "Intervention Type"))
        ),
        primary_outcomes=_outcomes(treatment, _PRIMARY),
        secondary_outcomes=_outcomes(treatment, _SECONDARY),
        criteria=eligibility.get("Eligibility Criteria", ""),
    )


def _mark(line: str) -> str:
    return _MARK + _NUMBERED.sub(r"\1", line)


def _pairs(lines: Iterable[str], labels: Sequence[str]) -> list[tuple[str, str]]:
    """Labels with the text below them, in the order of the form."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if line in labels:
            found.append((line, []))
        elif found:
            found[-1][1].append(line)
    return [(label, block(values)) for label, values in found]


def _entry(lines: Iterable[str], labels: Sequence[str]) -> Entry:
    """The text below each label; a label that comes again is a line of text."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines:
        if line in labels and line not in found:
            current = found[line] = []
        else:
            current.append(line)
    return {label: block(values) for label, values in found.items()}


def _entries(pairs: Iterable[tuple[str, str]], opener: str) -> list[Entry]:
    """Runs of pairs that each begin with the opener; other openers end a run."""
    openers = ("Arm Title", "Intervention Type", "Title", _PRIMARY, _SECONDARY, _OTHER)
    result: list[Entry] = []
    is_open = False
    for label, value in pairs:
        if label in openers:
            is_open = label == opener
            result += [{}] if is_open else []
        if is_open:
            result[-1].setdefault(label, value)
    return result


def _outcomes(pairs: Sequence[tuple[str, str]], heading: str) -> tuple[Outcome, ...]:
    inside: list[tuple[str, str]] = []
    is_inside = False
    for label, value in pairs:
        if label in (_PRIMARY, _SECONDARY, _OTHER):
            is_inside = label == heading
        elif is_inside:
            inside.append((label, value))
    return tuple(map(_outcome, _entries(inside, "Title")))


def _arm(entry: Entry) -> Arm:
    return Arm(
        _line(entry, "Arm Title"),
        _line(entry, "Arm Type"),
        entry.get("Arm Description", ""),
    )


def _intervention(entry: Entry) -> Intervention:
    other_names = _line(entry, "Other Intervention Name(s)")
    return Intervention(
        _line(entry, "Intervention Name(s)"),
        _line(entry, "Intervention Type"),
        entry.get("Intervention Description", ""),
        tuple(name for name in re.split(r",\s+", other_names) if name),
    )


def _outcome(entry: Entry) -> Outcome:
    return Outcome(
        _line(entry, "Title"), _line(entry, "Time Frame"), entry.get("Description", "")
    )


def _line(entry: Entry, label: str) -> str:
    return first(entry.get(label, "").split("\n"))
