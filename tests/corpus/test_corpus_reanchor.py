from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from corpus.annotation import AnnotatedRecord, Entity
from corpus.reanchor import AMBIGUOUS, DISORDERED, LOST, UNANCHORED, Found, reanchor
from corpus.stored import strip_text
from corpus.words import split_words

Marked = Callable[..., AnnotatedRecord]

# Letters alone, so that a number in front can't melt into them.
WORDS = [a + b + c for a in "bdfgk" for b in "aeiou" for c in "lmnrs"]


@st.composite
def spanned_words(
    draw: st.DrawFn, *, distinct: bool = True
) -> tuple[list[str], list[tuple[int, int]]]:
    """Draw words and disjoint spans over them (first word, word after the last)."""
    words = draw(
        st.lists(
            st.sampled_from(WORDS if distinct else WORDS[:3]),
            min_size=1,
            max_size=40,
            unique=distinct,
        )
    )
    cuts = draw(
        st.lists(st.integers(0, len(words)), max_size=12, unique=True).map(sorted)
    )
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return words, pairs


def place(words: list[str], spans: list[tuple[int, int]]) -> AnnotatedRecord:
    starts = [len(" ".join(words[:i])) + bool(i) for i in range(len(words))]
    entities = tuple(
        Entity(f"e{i}", starts[a], starts[b - 1] + len(words[b - 1]), "DOSE")
        for i, (a, b) in enumerate(spans)
    )
    return AnnotatedRecord("A1", " ".join(words), entities)


def as_found(record: AnnotatedRecord) -> list[Found]:
    return [Found(e.start, e.end) for e in record.entities]


@given(spanned_words())
def test_an_unchanged_text_keeps_every_span(
    drawn: tuple[list[str], list[tuple[int, int]]],
) -> None:
    record = place(*drawn)
    assert reanchor(record.text, strip_text(record).anchors) == as_found(record)


@given(spanned_words(), st.data())
def test_an_insertion_outside_of_spans_moves_them_rightly(
    drawn: tuple[list[str], list[tuple[int, int]]], data: st.DataObject
) -> None:
    words, spans = drawn
    free = [i for i in range(len(words) + 1) if not any(a < i < b for a, b in spans)]
    at = data.draw(st.sampled_from(free))
    new = data.draw(st.lists(st.sampled_from(["zyx", "qqq", "7", "%"]), max_size=9))
    moved = [(a + len(new), b + len(new)) if a >= at else (a, b) for a, b in spans]
    changed = place(words[:at] + new + words[at:], moved)
    anchors = strip_text(place(words, spans)).anchors
    assert reanchor(changed.text, anchors) == as_found(changed)


@given(spanned_words(), st.data())
def test_a_deletion_outside_of_spans_moves_them_rightly(
    drawn: tuple[list[str], list[tuple[int, int]]], data: st.DataObject
) -> None:
    words, spans = drawn
    edges = sorted({0, len(words), *(edge for span in spans for edge in span)})
    gaps = [
        (a, b) for a, b in zip(edges, edges[1:], strict=False) if (a, b) not in spans
    ]
    if not gaps:
        return
    low, high = data.draw(st.sampled_from(gaps))
    start = data.draw(st.integers(low, high))
    end = data.draw(st.integers(start, high))
    gone = end - start
    moved = [(a - gone, b - gone) if a >= end else (a, b) for a, b in spans]
    changed = place(words[:start] + words[end:], moved)
    anchors = strip_text(place(words, spans)).anchors
    assert reanchor(changed.text, anchors) == as_found(changed)


@given(spanned_words(distinct=False), spanned_words(distinct=False))
def test_whatever_is_kept_has_its_words_and_its_order(
    old: tuple[list[str], list[tuple[int, int]]],
    new: tuple[list[str], list[tuple[int, int]]],
) -> None:
    record, text = place(*old), " ".join(new[0])
    found = reanchor(text, strip_text(record).anchors)
    assert len(found) == len(record.entities)
    at = 0
    for entity, result in zip(record.entities, found, strict=True):
        if not result.reason:
            assert record.covered(entity) == text[result.start : result.end]
            assert result.start >= at
            at = result.end


def test_spelling_of_types_and_line_breaks_do_not_matter(marked: Marked) -> None:
    old = marked("A1", "[ACTIVE_COMPARATOR] Chalk\nFive mg", [("Chalk", "DOSE")])
    new = "[Active Comparator]   CHALK Five mg"
    assert reanchor(new, strip_text(old).anchors) == [Found(22, 27)]


def test_signs_belong_to_a_span(marked: Marked) -> None:
    old = marked("A1", "copper <= 35 g/L, or zinc", [("<= 35 g/L", "LAB_THRESHOLD")])
    new = "Serum copper <=35 g/L, or zinc"
    (found,) = reanchor(new, strip_text(old).anchors)
    assert new[found.start : found.end] == "<=35 g/L"


def test_a_changed_span_is_given_up(marked: Marked) -> None:
    old = marked(
        "A1",
        "Keepers swallow chalk 5 mg twice daily at dawn with cold tea",
        [("chalk", "INTERVENTION"), ("5 mg", "DOSE"), ("twice daily", "FREQUENCY")],
    )
    new = "Keepers swallow chalk 9 mg twice daily at dawn with cold tea"
    dose = reanchor(new, strip_text(old).anchors)
    assert dose == [Found(16, 21), Found(-1, -1, LOST), Found(27, 38)]


def test_a_copy_that_fits_as_well_is_no_ground_to_guess(marked: Marked) -> None:
    sentence = "Keepers in fog swallow chalk before they row home again."
    old = marked("A1", sentence, [("chalk", "INTERVENTION")])
    anchors = strip_text(old).anchors
    assert reanchor(f"{sentence} {sentence}", anchors)[0].reason == AMBIGUOUS


def test_order_tells_copies_apart(marked: Marked) -> None:
    sentence = "Keepers in fog swallow chalk before they row home again."
    old = marked("A1", f"{sentence} {sentence}", [("chalk", "INTERVENTION")] * 2)
    anchors = strip_text(old).anchors
    new = f"Note: {sentence} {sentence}"
    first = new.index("chalk")
    second = new.index("chalk", first + 1)
    assert reanchor(new, anchors) == [
        Found(first, first + 5),
        Found(second, second + 5),
    ]
    one_left = reanchor(sentence, anchors)
    assert [found.reason for found in one_left] == [AMBIGUOUS, AMBIGUOUS]


def test_a_span_that_moved_past_the_others_is_given_up(marked: Marked) -> None:
    first = "Bakers at dawn eat rye bread with their salted butter."
    rest = "Divers on quays drink tea and hot milk beside slow boats there."
    old = marked(
        "A1", f"{first} {rest}", [("rye", "DOSE"), ("tea", "DOSE"), ("milk", "DOSE")]
    )
    new = f"{rest} {first}"
    found = reanchor(new, strip_text(old).anchors)
    assert found[0].reason == DISORDERED
    assert [new[f.start : f.end] for f in found[1:]] == ["tea", "milk"]


def test_a_span_that_cuts_a_word_is_given_up() -> None:
    record = AnnotatedRecord("A1", "mesenchymal", (Entity("e1", 0, 3, "DOSE"),))
    found = reanchor("mesenchymal cells", strip_text(record).anchors)
    assert found[0].reason == UNANCHORED


def test_an_empty_text_holds_nothing(marked: Marked) -> None:
    anchors = strip_text(marked("A1", "chalk", [("chalk", "DOSE")])).anchors
    assert reanchor("", anchors) == [Found(-1, -1, LOST)]
    assert reanchor("chalk", []) == []
    assert split_words("") == []


def test_a_span_at_the_edge_is_told_from_the_end_of_a_run(marked: Marked) -> None:
    old = marked("A1", "bal bam ban", [("bal", "DOSE")])
    assert reanchor("zyx bal bam ban", strip_text(old).anchors) == [Found(4, 7)]
