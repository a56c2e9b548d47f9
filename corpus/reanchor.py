"""Find the spans of an older text again in a newer one.

A span may go where its words stand again with the same neighbours. Of all places, those
are taken that agree best as a whole, in document order; a span for which two places do
equally well is given up, since a guess would be wrong gold.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from corpus.stored import WINDOWS, Anchor, window_hash
from corpus.words import Word, split_words

LOST = "its words or its surroundings changed"
DISORDERED = "found only out of document order"
AMBIGUOUS = "several places fit equally well"
UNANCHORED = "it was stored without hashes, since it cuts a word"


class Place(NamedTuple):
    """Where a span may go.

    span (int): Index of the span.
    first (int): Index of its first word in the new text.
    after (int): Index of the word after its last.
    score (int): Number of windows that agree.
    """

    span: int
    first: int
    after: int
    score: int


class Found(NamedTuple):
    """Where a span went, or why it was given up.

    start (int): First character, -1 if given up.
    end (int): Character after the last, -1 if given up.
    reason (str): Why it was given up, empty if it wasn't.
    """

    start: int
    end: int
    reason: str = ""


def reanchor(text: str, anchors: Sequence[Anchor]) -> list[Found]:
    """Find spans in a new version of their text.

    text (str): The new text.
    anchors (Sequence[Anchor]): What is known of the spans, in document order.
    RETURNS (list[Found]): One per anchor.
    """
    words = split_words(text)
    places = _find_places(words, anchors)
    best = _best_places(places)
    claims = Counter(place.first for place in best)
    fitting = defaultdict(list)
    for place in best:
        fitting[place.span].append(place)
    possible = {place.span for place in places}
    results = []
    for span, anchor in enumerate(anchors):
        here = fitting[span]
        if len(here) == 1 and claims[here[0].first] == 1:
            first, after = here[0].first, here[0].after
            results.append(Found(words[first].start, words[after - 1].end))
        else:
            reason = AMBIGUOUS if here else DISORDERED if span in possible else LOST
            results.append(Found(-1, -1, reason if anchor.words else UNANCHORED))
    return results


def _find_places(words: Sequence[Word], anchors: Sequence[Anchor]) -> list[Place]:
    """Score every place where at least one window of a span agrees, by span."""
    by_hash = _index(words, {anchor.words for anchor in anchors if anchor.words})
    places = []
    for span, anchor in enumerate(anchors):
        scores = Counter(
            first
            for window, digest in enumerate(anchor.context)
            for first in by_hash.get((anchor.words, window, digest), ())
        )
        places += [
            Place(span, first, first + anchor.words, score)
            for first, score in sorted(scores.items())
        ]
    return places


def _index(
    words: Sequence[Word], counts: set[int]
) -> dict[tuple[int, int, str], list[int]]:
    index = defaultdict(list)
    for count in counts:
        for first in range(len(words) - count + 1):
            for window in range(len(WINDOWS)):
                digest = window_hash(words, first, count, window)
                index[count, window, digest].append(first)
    return index


def _best_places(places: Sequence[Place]) -> list[Place]:
    """Keep the places that occur in some alignment of the highest total score."""
    before = [0] * len(places)
    after = [0] * len(places)
    for i, here in enumerate(places):
        for j in range(i):
            if _precedes(places[j], here):
                before[i] = max(before[i], before[j] + places[j].score)
    for i in range(len(places) - 1, -1, -1):
        for j in range(i + 1, len(places)):
            if _precedes(places[i], places[j]):
                after[i] = max(after[i], after[j] + places[j].score)
    totals = [
        b + a + place.score for b, a, place in zip(before, after, places, strict=True)
    ]
    highest = max(totals, default=0)
    return [p for p, total in zip(places, totals, strict=True) if total == highest]


def _precedes(one: Place, other: Place) -> bool:
    return one.span < other.span and one.after <= other.first
