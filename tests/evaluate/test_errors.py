"""Kinds of errors and how they are counted; snippets of the page."""

from hypothesis import given
from hypothesis import strategies as st

from evaluate.documents import GoldDocument
from evaluate.error_page import MARGIN, snippet
from evaluate.errors import count_errors, find_errors
from evaluate.matching import Span
from evaluate.predictions import Prediction

GOLD = {
    (0, 4, "DOSE"),  # found
    (5, 9, "DOSE"),  # cut too short
    (10, 14, "ROUTE"),  # taken for a dose
    (20, 30, "OUTCOME"),  # missed
    (40, 44, "DURATION"),  # cut too short and misnamed
}
FOUND = {
    (0, 4, "DOSE"): None,
    (5, 8, "DOSE"): None,
    (10, 14, "DOSE"): None,
    (32, 34, "LAB_TEST"): None,  # made up
    (41, 44, "FREQUENCY"): None,
}


def test_every_entity_is_in_one_error_at_most() -> None:
    document = GoldDocument("A", "x" * 50, frozenset(GOLD))
    errors = find_errors(document, Prediction("A", FOUND))
    assert [(e.kind, e.labels, e.start) for e in errors] == [
        ("boundary", ("DOSE",), 5),
        ("label", ("ROUTE", "DOSE"), 10),
        ("missed", ("OUTCOME",), 20),
        ("spurious", ("LAB_TEST",), 32),
        ("label", ("DURATION", "FREQUENCY"), 40),
    ]
    assert count_errors(errors) == {
        "boundary": {"DOSE": 1},
        "label": {"DURATION as FREQUENCY": 1, "ROUTE as DOSE": 1},
        "missed": {"OUTCOME": 1},
        "spurious": {"LAB_TEST": 1},
    }


def test_one_prediction_over_two_gold_spans_is_one_boundary_error() -> None:
    gold = {(0, 4, "DOSE"), (6, 9, "DOSE")}
    document = GoldDocument("A", "x" * 20, frozenset(gold))
    errors = find_errors(document, Prediction("A", {(0, 9, "DOSE"): None}))
    assert [error.kind for error in errors] == ["boundary", "missed"]


def test_links_say_whether_their_ends_were_found() -> None:
    drug, dose, other = (0, 4), (5, 9), (12, 14)
    spans = frozenset({(*drug, "INTERVENTION"), (*dose, "DOSE"), (*other, "DOSE")})
    links = frozenset({(drug, dose, "HAS_DOSE"), (drug, other, "HAS_DOSE")})
    document = GoldDocument("A", "x" * 20, spans, links)
    found = {(*drug, "INTERVENTION"): None, (*dose, "DOSE"): None}
    made_up = {(dose, drug, "HAS_ROUTE"): 0.9}
    errors = find_errors(document, Prediction("A", found, made_up))
    details = {error.detail: error.labels for error in errors if error.kind == "link"}
    assert details == {
        "link missed": ("HAS_DOSE",),
        "link missed, an end not found": ("HAS_DOSE",),
        "link spurious": ("HAS_ROUTE",),
    }


@st.composite
def text_and_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(alphabet="ab \n", min_size=1, max_size=1500))
    ends = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return text, [(start, end, "DOSE") for start, end in pairs]


@given(text_and_spans())
def test_a_snippet_shows_the_words_of_every_span(
    drawn: tuple[str, list[Span]],
) -> None:
    text, spans = drawn
    cut, shown = snippet(text, spans)
    assert [cut[s:e] for s, e, _ in shown] == [text[s:e] for s, e, _ in spans]


def test_a_snippet_ends_at_lines_and_joins_places_far_apart() -> None:
    text = "head\nalpha beta\n" + "z " * 3 * MARGIN + "gamma delta\ntail"
    at = text.index("gamma")
    cut, _ = snippet(text, [(5, 10, "DOSE"), (at, at + 5, "DOSE")])
    assert cut.startswith("alpha beta … z z") and cut.endswith("gamma delta")
    assert len(cut) < 2 * MARGIN
