"""Finds the fields of a rendered record that make sense alone.

Users paste them without their record: a criteria block, the description of one arm.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from en_trial_registry.rendering import SectionSpan, find_sections


class Piece(NamedTuple):
    """A stretch of a record that makes sense alone.

    name (str): What it is: `criteria`, `arm[0]`.
    start (int): First character in the record.
    end (int): Character after the last.
    """

    name: str
    start: int
    end: int


_TYPED_HEADING = re.compile(r"^\[[^\]\n]{1,40}\].*$", re.MULTILINE)
_OTHER_NAMES = re.compile(r"^Other names:.*$", re.MULTILINE)
_OFFICIAL_TITLE = "Official title: "
_CONDITIONS = "Conditions: "
_REGISTRY_ID = re.compile(r"[A-Z]+[0-9-]+$")


def find_pieces(text: str) -> list[Piece]:
    """Find the fields of a rendered record that make sense alone.

    text (str): A rendered record.
    RETURNS (list[Piece]): In text order, without white space at their edges.
    """
    pieces: list[Piece] = []
    for section in find_sections(text):
        pieces += (
            trimmed
            for piece in _CUTTERS.get(section.label, _cut_header)(text, section)
            if (trimmed := _trim(text, piece)).start < trimmed.end
        )
    return pieces


def _trim(text: str, piece: Piece) -> Piece:
    inside = text[piece.start : piece.end]
    start = piece.start + len(inside) - len(inside.lstrip())
    return Piece(piece.name, start, max(start, piece.start + len(inside.rstrip())))


def _cut_header(text: str, section: SectionSpan) -> Iterator[Piece]:
    at = section.start
    for line in text[section.start : section.end].split("\n"):
        end = at + len(line)
        if line.startswith(_OFFICIAL_TITLE):
            yield Piece("official_title", at + len(_OFFICIAL_TITLE), end)
        elif not (line.startswith(_CONDITIONS) or _REGISTRY_ID.match(line)):
            yield Piece("title", at, end)
        at = end + 1


def _cut_whole(name: str) -> Callable[[str, SectionSpan], Iterator[Piece]]:
    def cut(text: str, section: SectionSpan) -> Iterator[Piece]:
        yield Piece(name, section.start + len(section.label), section.end)

    return cut


def _cut_described(name: str) -> Callable[[str, SectionSpan], Iterator[Piece]]:
    """Cut arms or interventions: each description without its heading line."""

    def cut(text: str, section: SectionSpan) -> Iterator[Piece]:
        headings = list(_TYPED_HEADING.finditer(text, section.start, section.end))
        ends = [heading.start() for heading in headings[1:]] + [section.end]
        for number, (heading, end) in enumerate(zip(headings, ends, strict=True)):
            others = list(_OTHER_NAMES.finditer(text, heading.end(), end))
            stop = others[-1].start() if others else end
            yield Piece(f"{name}[{number}]", heading.end(), stop)

    return cut


_CUTTERS: Final[dict[str, Callable[[str, SectionSpan], Iterator[Piece]]]] = {
    "Brief summary": _cut_whole("brief_summary"),
    "Detailed description": _cut_whole("detailed_description"),
    "Arms": _cut_described("arm"),
    "Interventions": _cut_described("intervention"),
    "Primary outcomes": _cut_whole("primary_outcomes"),
    "Secondary outcomes": _cut_whole("secondary_outcomes"),
    "Eligibility criteria": _cut_whole("criteria"),
}
