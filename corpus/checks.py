"""What can be wrong with the annotation of one record."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from en_trial_registry.schema import ENTITY_LABELS, RELATIONS

from corpus.annotation import Entity, Link

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """Something wrong or doubtful in the corpus.

    severity (str): `error` or `warning`.
    record (str): The record.
    start (int | None): First character concerned, None if it isn't about a place.
    end (int | None): Character after the last.
    text (str): The characters there, empty where the text isn't at hand.
    problem (str): What is wrong.
    remedy (str): What to do.
    """

    severity: str
    record: str
    start: int | None
    end: int | None
    text: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Say it in one line."""
        at = "" if self.start is None else f" {self.start}-{self.end}"
        quoted = f" {self.text!r}" if self.text else ""
        return f"{self.record}{at}{quoted}: {self.problem}. {self.remedy}."


def check_annotation(
    record_id: str,
    entities: Sequence[Entity],
    links: Sequence[Link],
    length: int,
    *,
    text: str | None = None,
) -> Iterator[Finding]:
    """Check what can be checked without tokens.

    record_id (str): The record.
    entities (Sequence[Entity]): Its entities.
    links (Sequence[Link]): Its relations.
    length (int): Characters of its text.
    text (str | None): Its text, if at hand.
    YIELDS (Finding): One per problem.
    """
    for entity in entities:
        yield from _check_entity(record_id, entity, length, text)
    yield from _check_pairs(record_id, entities, text)
    yield from _check_links(record_id, entities, links, text)


def _at(
    severity: str,
    record_id: str,
    entity: Entity,
    text: str | None,
    problem: str,
    remedy: str,
) -> Finding:
    covered = "" if text is None else text[entity.start : entity.end]
    named = f"{entity.label} {problem}"
    return Finding(
        severity, record_id, entity.start, entity.end, covered, named, remedy
    )


def _check_entity(
    record_id: str, entity: Entity, length: int, text: str | None
) -> Iterator[Finding]:
    if entity.label not in ENTITY_LABELS:
        known = ", ".join(ENTITY_LABELS)
        yield _at(ERROR, record_id, entity, text, "is no label", f"Use one of {known}")
    if not 0 <= entity.start < entity.end <= length:
        yield _at(
            ERROR,
            record_id,
            entity,
            None,
            f"has offsets outside of the text (0-{length}) or is empty",
            "Correct its offsets",
        )
    elif text is not None:
        yield from _check_edges(record_id, entity, text)


def _check_edges(record_id: str, entity: Entity, text: str) -> Iterator[Finding]:
    covered = text[entity.start : entity.end]
    if covered != covered.strip():
        yield _at(
            ERROR,
            record_id,
            entity,
            text,
            "has white space at its edge",
            "Shrink it to the words",
        )
    elif "\n" in covered:
        yield _at(
            WARNING,
            record_id,
            entity,
            text,
            "goes over a line end",
            "Check whether it is two spans",
        )
    elif covered[-1] in ",;:([{" or covered[0] in ",;:)]}":
        yield _at(
            WARNING,
            record_id,
            entity,
            text,
            "has punctuation at its edge",
            "Leave the punctuation out",
        )


def _check_pairs(
    record_id: str, entities: Sequence[Entity], text: str | None
) -> Iterator[Finding]:
    for entity_id, count in Counter(entity.id for entity in entities).items():
        if count > 1:
            problem = f"entity id {entity_id} stands {count} times"
            yield Finding(
                ERROR, record_id, None, None, "", problem, "Number the entities anew"
            )
    for reach, entity in find_overlaps(entities):
        same = (entity.start, entity.end) == (reach.start, reach.end)
        what = "stands on the same characters as" if same else "overlaps"
        other = f"{reach.label} {reach.start}-{reach.end}"
        yield _at(
            ERROR, record_id, entity, text, f"{what} {other}", "Keep one of the two"
        )


def find_overlaps(entities: Sequence[Entity]) -> Iterator[tuple[Entity, Entity]]:
    """Find spans that share characters.

    entities (Sequence[Entity]): Spans of one text, in any order.
    YIELDS (tuple[Entity, Entity]): For each span that begins inside another, the one
        before it that reaches farthest, and itself.
    """
    reach: Entity | None = None
    for entity in sorted(entities, key=lambda entity: (entity.start, -entity.end)):
        if reach is not None and entity.start < reach.end:
            yield reach, entity
        if reach is None or entity.end > reach.end:
            reach = entity


def _check_links(
    record_id: str,
    entities: Sequence[Entity],
    links: Sequence[Link],
    text: str | None,
) -> Iterator[Finding]:
    by_id = {entity.id: entity for entity in entities}
    for link, count in Counter(links).items():
        name = f"{link.label} {link.head} -> {link.child}"
        missing = [end for end in (link.head, link.child) if end not in by_id]
        problem, remedy = _judge_link(link, by_id) if not missing else ("", "")
        if count > 1:
            problem, remedy = f"stands {count} times", "Delete all but one"
        if missing:
            problem = f"names {' and '.join(missing)}, which the record doesn't have"
            remedy = "Correct the id or delete the link"
        if problem:
            head = by_id.get(link.head)
            start, end = (head.start, head.end) if head else (None, None)
            covered = text[start:end] if text and head else ""
            yield Finding(
                ERROR, record_id, start, end, covered, f"{name} {problem}", remedy
            )


def _judge_link(link: Link, by_id: dict[str, Entity]) -> tuple[str, str]:
    if link.label not in RELATIONS:
        return "is no relation", f"Use one of {', '.join(RELATIONS)}"
    allowed = RELATIONS[link.label]
    found = (by_id[link.head].label, by_id[link.child].label)
    if found == tuple(allowed):
        return "", ""
    return (
        f"joins {found[0]} to {found[1]}",
        f"It may join {allowed.head} to {allowed.child} only",
    )
