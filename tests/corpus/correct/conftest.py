from collections.abc import Callable
from dataclasses import replace

import pytest
from toy_round import TEXT

from corpus.annotation import AnnotatedRecord, Entity
from corpus.correct.examples import Example
from corpus.correct.parts import cut_record


@pytest.fixture
def tricky(marked: Callable[..., AnnotatedRecord]) -> AnnotatedRecord:
    """A record with characters that UTF-16 counts twice, and Windows line ends."""
    marks = [
        ("amberol", "INTERVENTION"),
        ("50 µg", "DOSE"),
        ("daily", "FREQUENCY"),
        ("INR", "LAB_TEST"),
        ("≥ 1.5", "LAB_THRESHOLD"),
    ]
    links = [("HAS_DOSE", 0, 1), ("HAS_FREQUENCY", 0, 2), ("HAS_THRESHOLD", 3, 4)]
    record: AnnotatedRecord = marked("A77", TEXT, marks, links)
    return record


@pytest.fixture
def ticked() -> Callable[..., list[Example]]:
    """The function that plays a server where every part was ticked."""

    def play(record: AnnotatedRecord, max_chars: int) -> list[Example]:
        parts = cut_record(record, max_chars=max_chars)
        return [
            Example(n, part.key, part, "ann", f"2026-01-0{n + 1}T00:00:00Z")
            for n, part in enumerate(parts)
        ]

    return play


def edit(record: AnnotatedRecord, entity_id: str, **values: object) -> AnnotatedRecord:
    entities = tuple(
        replace(e, **values) if e.id == entity_id else e  # type: ignore[arg-type]
        for e in record.entities
    )
    return replace(record, entities=entities)


@pytest.fixture
def edited() -> Callable[..., AnnotatedRecord]:
    """The function that changes one entity of a record."""
    return edit


@pytest.fixture
def without() -> Callable[[AnnotatedRecord, str], AnnotatedRecord]:
    """The function that deletes an entity with its relations."""

    def delete(record: AnnotatedRecord, entity_id: str) -> AnnotatedRecord:
        entities = tuple(e for e in record.entities if e.id != entity_id)
        links = tuple(x for x in record.relations if entity_id not in (x.head, x.child))
        return replace(record, entities=entities, relations=links)

    return delete


@pytest.fixture
def with_span() -> Callable[..., AnnotatedRecord]:
    """The function that labels the first occurrence of some words."""

    def add(record: AnnotatedRecord, words: str, label: str) -> AnnotatedRecord:
        at = record.text.index(words)
        new = Entity("new", at, at + len(words), label)
        return replace(record, entities=(*record.entities, new))

    return add
