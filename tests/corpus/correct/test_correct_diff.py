from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.annotation import AnnotatedRecord, Link
from corpus.correct.choose import most_uncertain, pick, uncertainty
from corpus.correct.confirmed import assemble
from corpus.correct.diff import count_changes, diff
from corpus.correct.examples import Example

Edit = Callable[..., AnnotatedRecord]
Ticked = Callable[..., list[Example]]


def test_nothing_changed_is_no_change(tricky: AnnotatedRecord) -> None:
    renamed = replace(
        tricky,
        entities=tuple(replace(e, id="x" + e.id) for e in reversed(tricky.entities)),
        relations=tuple(
            Link(x.label, "x" + x.head, "x" + x.child) for x in tricky.relations
        ),
    )
    assert diff(tricky, renamed) == []


def test_each_kind_of_change_is_named(
    tricky: AnnotatedRecord, edited: Edit, without: Edit, with_span: Edit
) -> None:
    after = edited(tricky, "e2", start=tricky.entities[1].start + 3)
    after = edited(after, "e3", label="DURATION")
    after = without(after, "e5")
    after = with_span(after, "screening", "TIME_FRAME")
    changes = diff(tricky, after, annotator="ann")
    e2, e3, e5 = (tricky.entities[i] for i in (1, 2, 4))
    at = tricky.text.index("screening")
    spans = [(c.kind, c.label, c.before, c.after) for c in changes]
    assert spans == [
        ("moved", "DOSE", (e2.start, e2.end, "DOSE"), (e2.start + 3, e2.end, "DOSE")),
        (
            "relabelled",
            "FREQUENCY",
            (e3.start, e3.end, "FREQUENCY"),
            (e3.start, e3.end, "DURATION"),
        ),
        ("removed", "LAB_THRESHOLD", (e5.start, e5.end, "LAB_THRESHOLD"), ()),
        ("added", "TIME_FRAME", (), (at, at + 9, "TIME_FRAME")),
        (
            "relation removed",
            "HAS_THRESHOLD",
            (
                (tricky.entities[3].start, tricky.entities[3].end, "LAB_TEST"),
                (e5.start, e5.end, "LAB_THRESHOLD"),
            ),
            (),
        ),
    ]
    assert {change.annotator for change in changes} == {"ann"}
    table = count_changes(changes)
    assert table["ann", "DOSE"]["moved"] == 1
    assert sum(sum(row.values()) for row in table.values()) == 5


def test_a_confirmed_record_comes_back_whole(
    tricky: AnnotatedRecord, ticked: Ticked
) -> None:
    report = assemble([tricky], ticked(tricky, 40), max_chars=40)
    (done,) = report.confirmed
    assert done.record.entities == tricky.entities
    assert set(done.record.relations) == set(tricky.relations)
    assert (done.annotators, report.changes, report.problems) == (("ann",), [], {})
    assert done.confirmed_at == f"2026-01-0{len(ticked(tricky, 40))}T00:00:00Z"


def test_a_record_with_an_unticked_part_waits(
    tricky: AnnotatedRecord, ticked: Ticked
) -> None:
    first, *rest = ticked(tricky, 40)
    report = assemble(
        [tricky], [replace(first, confirmed_by=None), *rest], max_chars=40
    )
    assert (report.pending, report.confirmed, report.problems) == (["A77"], [], {})


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda e: [], "part A77#0 was deleted on the server"),
        (lambda e: [e, replace(e, id=9)], "part A77#0 stands 2 times"),
        (
            lambda e: [replace(e, part=replace(e.part, text=e.part.text + "!"))],
            "the text of part A77#0 was edited",
        ),
        (lambda e: [replace(e, problem="offset 99 is outside")], "offset 99"),
        (
            lambda e: [_labelled(e, "PLACEBO")],
            "PLACEBO is no label",
        ),
        (
            lambda e: [_labelled(e, "DURATION")],
            "HAS_DOSE e1 -> e2 joins INTERVENTION to DURATION",
        ),
    ],
)
def test_what_can_not_be_merged_is_reported(
    tricky: AnnotatedRecord,
    ticked: Ticked,
    spoil: Callable[[Example], list[Example]],
    message: str,
) -> None:
    (example,) = ticked(tricky, 5000)
    report = assemble([tricky], spoil(example), max_chars=5000)
    assert report.confirmed == [] and report.changes == []
    assert any(message in problem for problem in report.problems["A77"])


def _labelled(example: Example, label: str) -> Example:
    first, second, *rest = example.part.entities
    entities = (first, replace(second, label=label), *rest)
    return replace(example, part=replace(example.part, entities=entities))


def test_an_example_that_was_not_sent_is_reported(
    tricky: AnnotatedRecord, ticked: Ticked
) -> None:
    (example,) = ticked(tricky, 5000)
    stranger = replace(example, key="A99#0")
    report = assemble([tricky], [example, stranger], max_chars=5000)
    assert list(report.problems) == ["A99#0"]
    assert len(report.confirmed) == 1


def test_a_held_back_relation_goes_with_its_entity(
    tricky: AnnotatedRecord, ticked: Ticked
) -> None:
    first, *rest = ticked(tricky, 40)
    bare = replace(first, part=replace(first.part, entities=()))
    report = assemble([tricky], [bare, *rest], max_chars=40)
    assert [x.label for x in report.confirmed[0].record.relations] == ["HAS_THRESHOLD"]
    assert [c.kind for c in report.changes] == [
        "removed",
        "relation removed",
        "relation removed",
    ]


def test_the_most_uncertain_come_first(tricky: AnnotatedRecord) -> None:
    assert most_uncertain({"b": 0.5, "a": 0.5, "c": 0.9, "d": 0.1}, 3) == list("cab")
    assert [uncertainty(p) for p in ([], [1.0, 0.0], [0.5], [0.5, 1])] == [0, 0, 1, 0.5]
    assert pick([tricky], ["A77"]) == [tricky]
    with pytest.raises(ValueError, match="A78: no such record"):
        pick([tricky], ["A77", "A78"])
