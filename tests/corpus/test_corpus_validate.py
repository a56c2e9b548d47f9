from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.annotation import AnnotatedRecord, Entity, Link
from corpus.checks import Finding
from corpus.layout import Layout
from corpus.stored import read_stored, write_stored
from corpus.validate import check_records, validate

Marked = Callable[..., AnnotatedRecord]
Change = Callable[[AnnotatedRecord], AnnotatedRecord]


def test_a_sound_record_has_no_findings(record: AnnotatedRecord) -> None:
    assert check_records([record]) == []


def entity(number: int, **changes: object) -> Change:
    """Change one entity of a record."""

    def change(record: AnnotatedRecord) -> AnnotatedRecord:
        entities = list(record.entities)
        entities[number] = replace(entities[number], **changes)  # type: ignore[arg-type]
        return replace(record, entities=tuple(entities))

    return change


def shift(number: int, *, start: int = 0, end: int = 0) -> Change:
    """Move the ends of one entity of a record."""

    def change(record: AnnotatedRecord) -> AnnotatedRecord:
        old = record.entities[number]
        return entity(number, start=old.start + start, end=old.end + end)(record)

    return change


def link(label: str, head: str, child: str) -> Change:
    """Add a relation to a record."""

    def change(record: AnnotatedRecord) -> AnnotatedRecord:
        return replace(record, relations=(*record.relations, Link(label, head, child)))

    return change


ERRORS: list[tuple[Change, str]] = [
    (entity(0, label="DRUG"), "DRUG is no label. Use one of INTERVENTION, DOSE"),
    (entity(0, start=-1), "INTERVENTION has offsets outside of the text"),
    (entity(0, start=13), "INTERVENTION has offsets outside of the text (0-"),
    (entity(24, end=9999), "LAB_THRESHOLD has offsets outside of the text"),
    (shift(0, end=1), "'Zorbitol ': INTERVENTION has white space at its edge"),
    (shift(0, start=-1), "INTERVENTION has white space at its edge"),
    (
        entity(1, start=5, end=13),
        "INTERVENTION stands on the same characters as INTERVENTION 5-13. Keep one",
    ),
    (entity(1, start=7, end=17), "INTERVENTION overlaps INTERVENTION 5-13"),
    (entity(1, id="e1"), "entity id e1 stands 2 times. Number"),
    (link("HAS_DOSE", "e3", "e4"), "HAS_DOSE e3 -> e4 stands 2 times. Delete"),
    (link("HAS_DOSE", "e3", "e99"), "names e99, which the record doesn't have"),
    (link("TREATS", "e3", "e4"), "TREATS e3 -> e4 is no relation"),
    (
        link("HAS_DOSE", "e4", "e3"),
        "joins DOSE to INTERVENTION. It may join INTERVENTION to DOSE only",
    ),
]


@pytest.mark.parametrize(("change", "message"), ERRORS)
def test_an_error_is_found(
    record: AnnotatedRecord, change: Change, message: str
) -> None:
    found = check_records([change(record)])
    errors = [str(finding) for finding in found if finding.severity == "error"]
    assert any(message in error for error in errors), errors
    assert all(error.startswith("A901") for error in errors)


def test_a_long_span_is_compared_with_all_that_it_covers(
    record: AnnotatedRecord,
) -> None:
    found = check_records([entity(0, end=record.entities[2].end)(record)])
    overlaps = [f for f in found if "overlaps INTERVENTION 5-" in f.problem]
    assert [f.start for f in overlaps] == [e.start for e in record.entities[1:3]]


WARNINGS: list[tuple[Change, str]] = [
    (
        shift(3, end=-1),
        "'25 m': DOSE does not begin and end at token boundaries (25|mg",
    ),
    (shift(24, end=len("\nExclusion")), "LAB_THRESHOLD goes over a line end"),
    (shift(15, start=-2), "': ZRB-7': INTERVENTION has punctuation at its edge"),
]


@pytest.mark.parametrize(("change", "message"), WARNINGS)
def test_a_doubt_is_found(
    record: AnnotatedRecord, change: Change, message: str
) -> None:
    found = check_records([change(record)])
    assert [finding.severity for finding in found] == ["warning"]
    assert message in str(found[0])


def about(finding: Finding) -> tuple[str, str, str]:
    return finding.severity, finding.record, finding.problem


def test_records_are_compared_with_each_other(record: AnnotatedRecord) -> None:
    twin = replace(record, id="A902")
    found = [about(f) for f in check_records([record, twin])]
    assert found == [
        ("error", "A901", "has the same text as A902"),
        (
            "warning",
            "authored A901",
            "shares 100% of its runs of eight words with authored A902",
        ),
    ]
    moved = replace(twin, split="test", text=record.text.replace("A901", "A902"))
    (leak,) = check_records([record, moved])
    assert leak.severity == "error"
    assert leak.problem.endswith("authored A902 (train and test)")


def test_the_same_id_twice_is_an_error(marked: Marked) -> None:
    one = marked("A1", "Keepers chew chalk.", [])
    other = marked("A1", "Divers drink tea.", [])
    found = [about(f) for f in check_records([one, other])]
    assert found == [("error", "A1", "stands 2 times")]
    page = replace(other, source="pages")
    assert check_records([one, page]) == []
    (leak,) = check_records([one, replace(page, split="test")])
    assert leak.problem == "is on several sides (authored train, pages test)"


def test_a_record_without_split_is_an_error(marked: Marked) -> None:
    (found,) = check_records([marked("A1", "Keepers chew chalk.", [], split=None)])
    assert about(found) == ("error", "A1", "this authored record has no split")


def test_a_whole_corpus_is_checked(layout: Layout) -> None:
    assert validate(layout=layout) == ([], {"registry": 0, "pages": 0})


def test_annotation_is_checked_without_its_text_too(layout: Layout) -> None:
    path = layout.stored("registry")
    first, *others = read_stored(path)
    bad = (Entity("e1", 3, 3, "DOSE"), *first.entities[1:])
    write_stored(path, [replace(first, entities=bad), *others])
    layout.external("registry").unlink()
    findings, textless = validate(layout=layout)
    assert textless == {"registry": 3, "pages": 0}
    assert [about(f)[:2] for f in findings] == [("error", "NCT90000000")]
    assert "is empty" in findings[0].problem
