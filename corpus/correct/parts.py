"""Records cut into parts that an annotator can finish in minutes.

The parts of a record laid end to end are its text, so that an offset in a part is one
in the record after adding the part's start.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from en_trial_registry.rendering import find_sections

from corpus.annotation import AnnotatedRecord, Entity, Link, links_within

MAX_CHARS: Final = 3000


@dataclass(frozen=True)
class Part:
    """A stretch of a record that is shown as one example.

    record (str): Id of the record.
    number (int): Place among the parts, from 0.
    total (int): Number of parts of the record.
    start (int): First character in the record.
    text (str): What is shown.
    entities (tuple[Entity, ...]): Offsets count from the part's start.
    relations (tuple[Link, ...]): Those with both ends in the part.
    """

    record: str
    number: int
    total: int
    start: int
    text: str
    entities: tuple[Entity, ...] = ()
    relations: tuple[Link, ...] = ()

    @property
    def key(self) -> str:
        """What finds the example again on the server."""
        return f"{self.record}#{self.number}"


def cut_record(record: AnnotatedRecord, *, max_chars: int = MAX_CHARS) -> list[Part]:
    """Cut a record at its sections, and long sections at line ends.

    record (AnnotatedRecord): A record.
    max_chars (int): Length from which on a part is closed at the next place that no
        entity covers; short sections share a part.
    RETURNS (list[Part]): In text order; one part if the record is short.
    """
    bounds = list(_bounds(record, max_chars))
    pairs = list(zip(bounds, bounds[1:], strict=False))
    return [
        _part(record, number, len(pairs), start, end)
        for number, (start, end) in enumerate(pairs)
    ]


def _bounds(record: AnnotatedRecord, max_chars: int) -> Iterator[int]:
    """Yield where parts begin, and the end of the text.

    A part ends at the last heading within reach, else at the last line end within
    reach, else at the first one beyond.
    """
    text = record.text
    headings = [s.start for s in find_sections(text) if s.start]
    line_ends = [i + 1 for i, char in enumerate(text) if char == "\n"]
    headings = _uncovered(headings, record.entities)
    line_ends = _uncovered(line_ends, record.entities)
    at = 0
    yield at
    while len(text) - at > max_chars:
        end = _choose_end(at, max_chars, headings, line_ends)
        # White space alone isn't kept by doccano as an example of its own.
        if end is None or not text[at:end].strip() or not text[end:].strip():
            break
        at = end
        yield at
    yield len(text)


def _choose_end(
    at: int, max_chars: int, headings: Sequence[int], line_ends: Sequence[int]
) -> int | None:
    for places in (headings, line_ends):
        near = [p for p in places if at < p <= at + max_chars]
        if near:
            return near[-1]
    return next((p for p in line_ends if p > at), None)


def _uncovered(places: Sequence[int], entities: Sequence[Entity]) -> list[int]:
    spans = sorted((e.start, e.end) for e in entities)
    kept, i = [], 0
    for place in places:
        while i < len(spans) and spans[i][1] <= place:
            i += 1
        if i == len(spans) or spans[i][0] >= place:
            kept.append(place)
    return kept


def _part(
    record: AnnotatedRecord, number: int, total: int, start: int, end: int
) -> Part:
    entities = tuple(
        replace(entity, start=entity.start - start, end=entity.end - start)
        for entity in record.entities
        if start <= entity.start and entity.end <= end
    )
    links = links_within(record.relations, entities)
    return Part(
        record.id, number, total, start, record.text[start:end], entities, links
    )


def links_between(record: AnnotatedRecord, parts: Sequence[Part]) -> tuple[Link, ...]:
    """Find the relations that no part can show.

    record (AnnotatedRecord): A record.
    parts (Sequence[Part]): Its parts.
    RETURNS (tuple[Link, ...]): Relations whose ends stand in different parts.
    """
    shown = {link for part in parts for link in part.relations}
    return tuple(link for link in record.relations if link not in shown)
