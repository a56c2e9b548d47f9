"""Disagreements of two annotators, laid before a third."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.annotation import AnnotatedRecord, Entity, Link, links_within
from corpus.correct.examples import link_keys, span_key
from corpus.correct.parts import MAX_CHARS, Part, cut_record

SIDES = ("first", "second")
NOTHING = "-"


@dataclass
class Adjudication:
    """What an adjudicator is to see.

    records (list[AnnotatedRecord]): Disputed records with what both sides agree on.
    max_chars (int): Length from which on a record is shown in parts.
    notes (dict[str, dict[str, str]]): By `Part.key` of each disputed part, what only
        the first side has, and what only the second.
    hidden (list[str]): Disputed relations between parts, which doccano can't show.
    """

    records: list[AnnotatedRecord] = field(default_factory=list)
    max_chars: int = MAX_CHARS
    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)


def prepare_adjudication(
    first: Sequence[AnnotatedRecord],
    second: Sequence[AnnotatedRecord],
    *,
    max_chars: int = MAX_CHARS,
) -> Adjudication:
    """Keep what two annotations agree on, and describe where they don't.

    first (Sequence[AnnotatedRecord]): One side's records.
    second (Sequence[AnnotatedRecord]): The other's; the same texts. Records of one
        side are left out.
    max_chars (int): Length from which on a record is shown in parts; raised until no
        disputed span is cut in two.
    RETURNS (Adjudication): Only the parts of records that the sides dispute.
    """
    others = {record.id: record for record in second}
    pairs = [(r, others[r.id]) for r in first if r.id in others]
    while any(_cuts_a_span(one, other, max_chars) for one, other in pairs):
        max_chars *= 2
    result = Adjudication(max_chars=max_chars)
    for one, other in pairs:
        agreed = agreed_annotation(one, other)
        parts = cut_record(agreed, max_chars=max_chars)
        notes = {part.key: _note(part, one, other) for part in parts}
        disputed = {k: n for k, n in notes.items() if set(n.values()) != {NOTHING}}
        if disputed:
            result.records.append(agreed)
            result.notes.update(disputed)
        result.hidden += _hidden(parts, one, other)
    return result


def agreed_annotation(one: AnnotatedRecord, other: AnnotatedRecord) -> AnnotatedRecord:
    """Keep the spans and relations that two annotations share.

    one (AnnotatedRecord): A record; its ids stay.
    other (AnnotatedRecord): The same record as somebody else annotated it.
    RETURNS (AnnotatedRecord): The record with what both have.
    """
    spans = set(map(span_key, other.entities))
    entities = tuple(e for e in one.entities if span_key(e) in spans)
    shared = link_keys(other.entities, other.relations)
    links = tuple(
        link
        for link in links_within(one.relations, entities)
        if link_keys(entities, [link]) <= shared
    )
    return replace(one, entities=entities, relations=links)


def _cuts_a_span(one: AnnotatedRecord, other: AnnotatedRecord, max_chars: int) -> bool:
    parts = cut_record(agreed_annotation(one, other), max_chars=max_chars)
    return any(
        entity.start < part.start < entity.end
        for entity in (*one.entities, *other.entities)
        for part in parts
    )


def _note(part: Part, one: AnnotatedRecord, other: AnnotatedRecord) -> dict[str, str]:
    sides = ((one, other), (other, one))
    return {
        name: "; ".join(_own(part, ours, theirs)) or NOTHING
        for name, (ours, theirs) in zip(SIDES, sides, strict=True)
    }


def _own(part: Part, ours: AnnotatedRecord, theirs: AnnotatedRecord) -> Iterator[str]:
    """Describe what only one side has in a part."""
    spans = set(map(span_key, theirs.entities))
    for entity in ours.entities:
        if span_key(entity) not in spans and _within(part, entity):
            at = entity.start - part.start
            yield f'{entity.label} "{ours.covered(entity)}" at {at}'
    for link, head, child in _own_links(ours, theirs):
        if _within(part, head) and _within(part, child):
            yield _describe(ours, link, head, child)


def _own_links(
    ours: AnnotatedRecord, theirs: AnnotatedRecord
) -> Iterator[tuple[Link, Entity, Entity]]:
    by_id = {entity.id: entity for entity in ours.entities}
    shared = link_keys(theirs.entities, theirs.relations)
    for link in ours.relations:
        if not link_keys(ours.entities, [link]) <= shared:
            yield link, by_id[link.head], by_id[link.child]


def _within(part: Part, entity: Entity) -> bool:
    return part.start <= entity.start and entity.end <= part.start + len(part.text)


def _describe(record: AnnotatedRecord, link: Link, head: Entity, child: Entity) -> str:
    return f'{link.label} "{record.covered(head)}" -> "{record.covered(child)}"'


def _hidden(
    parts: Sequence[Part], one: AnnotatedRecord, other: AnnotatedRecord
) -> Iterator[str]:
    for name, ours, theirs in zip(SIDES, (one, other), (other, one), strict=True):
        for link, head, child in _own_links(ours, theirs):
            if not any(_within(p, head) and _within(p, child) for p in parts):
                said = _describe(ours, link, head, child)
                yield f"{ours.id} ({name} side only): {said}"
