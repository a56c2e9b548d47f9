"""Quick ways to compute relation features agree with slow ones."""

import re

import numpy
import pytest
from en_trial_registry.relations.cues import N_CUES, CuePlaces
from en_trial_registry.relations.forest import Forest, fit_forest
from en_trial_registry.relations.layout import Layout, Mention
from hypothesis import example, given, settings
from hypothesis import strategies as st

# One for each cue, in order.
SLOW = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r",", r"[;]", r":", r"[.]\s", r"\band\b|&", r"\bor\b", r"\bplus\b|\+|/",
        r"\bwith\b", r"\bfollowed by\b|\bthen\b|\bafter\b|\bbefore\b", r"\bof\b",
        r"\bversus\b|\bvs\b|\bcompared\b", r"\b(?:is|are|was|were|be|been|will)\b",
        r"\b(?:receiv\w*|given|administ\w*|tak\w*|treat\w*|inject\w*|infus\w*|dos\w*)\b",
        r"\b(?:at|on|for|over|in|by|via|to)\b", r"\bif\b|\bfor patients\b|\bunless\b",
        r"\b(?:in combination|combined|together|concurrent\w*)\b", r"\[Time Frame:",
        r"\b(?:group|arm|cohort)s?\b", r"\b(?:each|both|respectively|all)\b",
        r"\b(?:other|followed|placebo|control)\b",
    )
]  # fmt: skip
PIECES = st.sampled_from(
    "and or of & + / , ; : . with plus followed by then VS versus Is will given taking "
    "doses receive treat in combination concurrently [Time Frame: if for patients "
    "arms group each Placebo other-wise for_mula wi\u017fh \u0130s \u0131f \u212a "
    "then\u0301 \u00b5 \u2265".split(" ")
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=12).map(" ".join),
    st.lists(PIECES, max_size=6).map("".join),
)


def cues(text: str, start: int, end: int) -> list[bool]:
    places = CuePlaces(text).between(numpy.array([start]), numpy.array([end]))
    return list(places[0])


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("wi\u017fh, i\u017f and \u0130f")
@example("followed  by. ")
def test_cues_say_what_the_patterns_say(text: str) -> None:
    slow = [pattern.search(text) is not None for pattern in SLOW]
    assert cues(text, 0, len(text)) == slow


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_cues_of_a_stretch_are_those_of_its_words(words, first: int, last: int) -> None:
    last = max(first, last)
    before, inside = " ".join(words[:first]), " ".join(words[first:last])
    text = f"{before} {inside} {' '.join(words[last:])}"
    start = len(before) + 1
    found = cues(text, start, start + len(inside))
    assert found == cues(inside, 0, len(inside))


def test_every_cue_occurs_somewhere() -> None:
    text = (
        "a, b; c: d. e and or plus with then of vs is given at if together "
        "[Time Frame: group each other"
    )
    assert cues(text, 0, len(text)) == [True] * N_CUES
    assert cues(text, 0, 0) == cues("", 0, 0) == [False] * N_CUES


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["DOSE", "ROUTE"]), max_size=12),
    st.integers(0, 12),
    st.integers(0, 12),
)
def test_counts_of_a_stretch(labels: list[str], first: int, last: int) -> None:
    mentions = [Mention(i, i + 1, label) for i, label in enumerate(labels)]
    layout = Layout("x" * len(labels), mentions)
    first, last = min(first, len(labels)), min(last, len(labels))
    for label in ("DOSE", "ROUTE", "OUTCOME"):
        assert layout.count(label, first, last) == labels[first:last].count(label)


def walk(forest: Forest, features: numpy.ndarray) -> numpy.ndarray:
    """Follow every tree of every row by itself."""
    nodes = forest.nodes
    values = []
    for row in features:
        for at in forest.roots:
            for _ in range(forest.depth):
                low = row[nodes["feature"][at]] <= nodes["threshold"][at]
                at = nodes["left" if low else "right"][at]
            values.append(nodes["value"][at])
    sums = numpy.array(values).reshape(len(features), len(forest.roots)).sum(axis=1)
    return 1 / (1 + numpy.exp(-(forest.baseline + sums)))


@pytest.mark.parametrize("rows", [0, 1, 37])
def test_forest_gives_what_single_walks_give(rows: int) -> None:
    rng = numpy.random.default_rng(0)
    features = rng.normal(size=(400, 5)).astype("f")
    gold = features[:, 0] > features[:, 1] ** 2
    forest = fit_forest(features, gold, trees=7, seed=0)
    part = features[:rows]
    assert numpy.array_equal(forest.predict(part), walk(forest, part))
    again = Forest.from_msg(forest.to_msg())
    assert numpy.array_equal(again.predict(part[:, ::-1][:, ::-1]), walk(forest, part))
