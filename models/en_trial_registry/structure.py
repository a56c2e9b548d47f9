"""What the text alone tells about a record: sections and kinds of line.

Reads rendered records (design of the rendering: `rendering.py`) and, as far as it goes,
fragments of them: a pasted criteria block or a line with its own `[Time Frame: ...]`.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from en_trial_registry.rendering import HEADER, SectionSpan, find_sections


class Segment(NamedTuple):
    """A stretch of text of one kind.

    start (int): First character.
    end (int): Character after the last.
    kind (str): One of `SEGMENT_KINDS`.
    """

    start: int
    end: int
    kind: str


SEGMENT_KINDS: Final = (
    "text",
    "heading",
    "id",
    "title",
    "official_title",
    "conditions",
    "brief_summary",
    "detailed_description",
    "arm_type",
    "arm_label",
    "arm_description",
    "intervention_type",
    "intervention_name",
    "intervention_description",
    "other_names",
    "outcome_title",
    "outcome_title_without_time",
    "time_frame",
    "outcome_description",
    "criteria",
    "inclusion",
    "exclusion",
)
KIND_INDEX: Final = {kind: i for i, kind in enumerate(SEGMENT_KINDS)}

_TYPED_LINE = re.compile(r"\[[A-Z][A-Za-z_/ ]{2,39}\](?: |$)")
_TIME_FRAME = re.compile(r"\[Time Frame: ?(.*)\]$")
_OTHER_NAMES = "Other names:"
_OFFICIAL_TITLE = "Official title:"
_CONDITIONS = "Conditions:"
_REGISTRY_ID = re.compile(r"NCT\d{8}$")
_CRITERIA_TURN = re.compile(
    r"\b(?P<exclusion>exclusion|exclusionary|ineligib\w*|non-?inclusion)\b[^\n:.;]{0,40}"
    r"(?:criteri(?:a|on)\b:?|:)|"
    r"\b(?P<inclusion>inclusion|inclusionary)\b[^\n:.;]{0,40}(?:criteri(?:a|on)\b:?|:)",
    re.IGNORECASE,
)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line.rstrip("\r")
        start += len(line) + 1


def read_segments(text: str) -> list[Segment]:
    """Tell for every non-empty stretch of text what kind of line it belongs to.

    text (str): A rendered record, or any text.
    RETURNS (list[Segment]): In order, without overlap; unknown text is `text`.
    """
    sections = find_sections(text)
    if not sections:
        return list(_read_fragment(text))
    return [
        segment
        for section in sections
        for segment in _read_section(text[section.start : section.end], section)
    ]


def _read_section(text: str, section: SectionSpan) -> Iterator[Segment]:
    at, body = section.start, text
    if section.label != HEADER:
        at, body = at + len(section.label), text[len(section.label) :]
        yield Segment(section.start, at, "heading")
    for start, end, kind in _SECTION_READERS[section.label](body):
        yield Segment(at + start, at + end, kind)


def _read_header(text: str) -> Iterator[Segment]:
    kind = "title"
    for at, line in _lines(text):
        if line.startswith(_OFFICIAL_TITLE):
            kind = "official_title"
        elif line.startswith(_CONDITIONS):
            kind = "conditions"
        elif _REGISTRY_ID.match(line):
            kind = "id"
        if line:
            yield Segment(at, at + len(line), kind)
            kind = "title" if kind == "id" else "text"


def _whole(kind: str, text: str) -> Iterator[Segment]:
    yield Segment(0, len(text), kind)


def _read_typed(what: str, label_kind: str, text: str) -> Iterator[Segment]:
    """Read arms or interventions: `[Type] name` lines, each with its description."""
    for at, line in _lines(text):
        typed = _TYPED_LINE.match(line)
        if typed:
            name_at = at + typed.end()
            yield Segment(at, name_at, f"{what}_type")
            yield Segment(name_at, at + len(line), label_kind)
        elif line.startswith(_OTHER_NAMES):
            yield Segment(at, at + len(line), "other_names")
        elif line:
            yield Segment(at, at + len(line), f"{what}_description")


def _read_outcomes(text: str) -> Iterator[Segment]:
    timed = "[Time Frame:" in text
    other = "outcome_description" if timed else "outcome_title_without_time"
    yield from _read_timed_lines(text, other)


def _read_timed_lines(text: str, other: str) -> Iterator[Segment]:
    """Read lines that may end in `[Time Frame: ...]`; one that does not is `other`."""
    for at, line in _lines(text):
        frame = _TIME_FRAME.search(line)
        if frame:
            yield Segment(at, at + frame.start(), "outcome_title")
            yield Segment(at + frame.start(), at + len(line), "time_frame")
        elif line:
            yield Segment(at, at + len(line), other)


def _read_criteria(text: str, kind: str = "criteria") -> Iterator[Segment]:
    start = 0
    for turn in _CRITERIA_TURN.finditer(text):
        if turn.start() > start:
            yield Segment(start, turn.start(), kind)
        kind = str(turn.lastgroup)
        start = turn.start()
    if start < len(text):
        yield Segment(start, len(text), kind)


def _read_fragment(text: str) -> Iterator[Segment]:
    """Read text without section headings: what its own lines say, else `text`."""
    if _CRITERIA_TURN.search(text):
        yield from _read_criteria(text, "text")
        return
    yield from _read_timed_lines(text, "text")


_SECTION_READERS: Final = {
    HEADER: _read_header,
    "Brief summary": lambda text: _whole("brief_summary", text),
    "Detailed description": lambda text: _whole("detailed_description", text),
    "Arms": lambda text: _read_typed("arm", "arm_label", text),
    "Interventions": lambda text: _read_typed(
        "intervention", "intervention_name", text
    ),
    "Primary outcomes": _read_outcomes,
    "Secondary outcomes": _read_outcomes,
    "Eligibility criteria": _read_criteria,
}
