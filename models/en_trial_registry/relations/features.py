"""What is known of a candidate pair: order, distance, what stands between, rivals."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import log1p
from typing import Any, Final, NamedTuple

import numpy

from en_trial_registry.relations.candidates import Pair, gap
from en_trial_registry.relations.cues import N_CUES, CuePlaces
from en_trial_registry.relations.layout import N_KINDS, Layout
from en_trial_registry.schema import RELATIONS

_RELATION_ROWS: Final = {
    name: [float(name == other) for other in RELATIONS] for name in RELATIONS
}
_JOINED: Final = re.compile(
    r"\s*(?:,|;|/|\+|&|\(|\)|\band\b|\bor\b|\bplus\b|\bwith\b|\band/or\b|"
    r"\bin combination with\b|\bin addition to\b|\bcombined with\b)*\s*",
    re.IGNORECASE,
)
_CHILD_LABELS: Final = ("DOSE", "FREQUENCY", "ROUTE", "DURATION")
# Characters that are read at each end of a long stretch.
_NEAR: Final = 300
_PLACEBO: Final = re.compile(r"placebo|sham|saline|vehicle|standard|usual|control")


def pair_features(layout: Layout, pairs: Sequence[Pair]) -> Any:
    """Describe candidate pairs.

    layout (Layout): The document.
    pairs (Sequence[Pair]): Its candidates, those of one child together.
    RETURNS (Floats2d): Shape (pairs, `N_FEATURES`), values roughly between -1 and 3.
    """
    if not pairs:
        return numpy.zeros((0, N_FEATURES), dtype="f")
    rows = numpy.empty((len(pairs), _N_IN_ROW), dtype="f")
    at = 0
    for _, group in groupby(pairs, key=lambda pair: pair.child):
        rivals = list(group)
        context = _Rivals(layout, rivals)
        rows[at : at + len(rivals)] = [_row(layout, context, pair) for pair in rivals]
        at += len(rivals)
    return numpy.concatenate(
        [rows, _kinds(layout, pairs), _cues(layout, pairs)], axis=1
    )


def _kinds(layout: Layout, pairs: Sequence[Pair]) -> Any:
    """The kinds of line of head and child, one-hot."""
    found = numpy.zeros((len(pairs), 2 * N_KINDS), dtype="f")
    row, kinds = numpy.arange(len(pairs)), numpy.array(layout.kinds)
    found[row, kinds[[pair.head for pair in pairs]]] = 1.0
    found[row, N_KINDS + kinds[[pair.child for pair in pairs]]] = 1.0
    return found


def _cues(layout: Layout, pairs: Sequence[Pair]) -> Any:
    """Cues between the two; of a long stretch only those near its ends."""
    between = numpy.array([layout.stretch(pair.head, pair.child) for pair in pairs])
    starts, ends = between.T
    places = CuePlaces(layout.text)
    near_start = places.between(starts, numpy.minimum(ends, starts + _NEAR))
    near_end = places.between(numpy.maximum(starts, ends - _NEAR), ends)
    return (near_start | near_end).astype("f")


class _Rivals:
    """The candidate heads of one child, and what is common to them."""

    def __init__(self, layout: Layout, pairs: Sequence[Pair]) -> None:
        self.child = pairs[0].child
        self.heads = [pair.head for pair in pairs]
        self.before = [head for head in self.heads if head < self.child][::-1]
        self.after = [head for head in self.heads if head > self.child]
        lines, blocks = layout.lines, layout.blocks
        here = lines[self.child]
        self.in_line = sum(lines[h] == here for h in self.heads)
        self.line_before = sum(lines[h] == here for h in self.before)
        self.in_block = sum(blocks[h] == blocks[self.child] for h in self.heads)
        sentence = layout.sentences[self.child]
        self.in_sentence = sum(layout.sentences[h] == sentence for h in self.heads)
        self.sentence_before = sum(layout.sentences[h] == sentence for h in self.before)
        self.chain = self._chain(layout, self.before) | self._chain(layout, self.after)
        self.nearest = min(self.heads, key=lambda h: _weighted(layout, h, self.child))
        self.nearer = {
            head: nearer
            for side in (self.before, self.after)
            for head, nearer in _nearer(layout, side, sentence)
        }

    def _chain(self, layout: Layout, heads: list[int]) -> set[int]:
        """Heads that are joined to the nearest one by `and`, commas and the like."""
        chain = set(heads[:1])
        for near, far in zip(heads, heads[1:], strict=False):
            text = layout.between(near, far)
            if len(text) > 30 or not _JOINED.fullmatch(text):
                break
            chain.add(far)
        return chain


class _Nearer(NamedTuple):
    """The heads that stand between a head and the child.

    rank (int): How many.
    names (int): How many different names they have.
    same_name (bool): Whether one has the name of the head.
    in_sentence (bool): Whether all stand in the child's sentence, and there are any.
    """

    rank: int
    names: int
    same_name: bool
    in_sentence: bool


def _nearer(
    layout: Layout, side: list[int], sentence: int
) -> Iterator[tuple[int, _Nearer]]:
    names: set[str] = set()
    in_sentence = False
    for rank, head in enumerate(side):
        name = layout.names[head]
        yield head, _Nearer(rank, len(names), name in names, in_sentence)
        names.add(name)
        same = layout.sentences[head] == sentence
        in_sentence = same and (in_sentence or rank == 0)


def _weighted(layout: Layout, head: int, child: int) -> float:
    distance = gap(layout, head, child)
    far = 1000.0 * abs(layout.lines[head] - layout.lines[child])
    return far + (distance if head < child else 1.5 * distance)


def _row(layout: Layout, rivals: _Rivals, pair: Pair) -> list[float]:
    return [
        *_RELATION_ROWS[pair.relation],
        *_distance(layout, pair),
        *_place(layout, pair),
        *_rivalry(layout, rivals, pair),
        *_children(layout, pair),
        *_text_between(layout, pair),
        *_ends(layout, pair),
    ]


def _distance(layout: Layout, pair: Pair) -> list[float]:
    distance = gap(layout, pair.head, pair.child)
    lines = layout.lines[pair.child] - layout.lines[pair.head]
    return [
        float(pair.head < pair.child),
        log1p(distance) / 3,
        float(distance <= 1),
        float(distance <= 4),
        float(lines == -1),
        float(lines == 0),
        float(lines == 1),
        float(lines == 2),
        float(lines > 2),
        float(lines < -1),
    ]


def _place(layout: Layout, pair: Pair) -> list[float]:
    head, child = pair.head, pair.child
    sentences = layout.sentences[child] - layout.sentences[head]
    return [
        float(layout.blocks[head] == layout.blocks[child]),
        float(sentences == 0),
        float(abs(sentences) == 1),
        min(abs(sentences), 6) / 3,
        float(layout.mentions[head].start == layout.line_start(head)),
        float(layout.mentions[child].start == layout.line_start(child)),
    ]


def _rivalry(layout: Layout, rivals: _Rivals, pair: Pair) -> list[float]:
    head, child = pair.head, pair.child
    rank, names, same_name, in_sentence = rivals.nearer[head]
    return [
        float(rank == 0),
        float(rank == 1),
        float(rank == 2),
        min(rank, 8) / 4,
        min(names, 6) / 3,
        float(same_name),
        float(head == rivals.nearest),
        float(head in rivals.chain),
        len(rivals.chain) / 4,
        min(rivals.in_line, 6) / 3,
        min(rivals.line_before, 6) / 3,
        float(rivals.in_line == 0),
        float(rivals.line_before == 0),
        min(rivals.in_sentence, 6) / 3,
        float(rivals.in_sentence == 0),
        float(rivals.sentence_before == 0),
        float(rivals.in_block == 0),
        float(not rivals.before),
        float(not rivals.after),
        float(in_sentence),
        log1p(gap(layout, rivals.nearest, child)) / 3,
        float(rivals.nearest < child),
        float(layout.names[head] == layout.names[rivals.nearest]),
    ]


def _children(layout: Layout, pair: Pair) -> list[float]:
    """Entities between the two, and rivals of the child for the head."""
    low, high = sorted((pair.head, pair.child))
    first, last = low + 1, min(high, low + 40)
    own = layout.mentions[pair.child].label
    head = layout.mentions[pair.head].label
    return [
        min(layout.count(own, first, last), 6) / 3,
        min(layout.count(head, first, last), 6) / 3,
        *(min(layout.count(label, first, last), 4) / 2 for label in _CHILD_LABELS),
        min(last - first, 12) / 4,
        *_next_to(layout, pair, own),
    ]


def _next_to(layout: Layout, pair: Pair, own: str) -> list[float]:
    """Whether a rival child of the same kind stands on the other side of the head."""
    step = -1 if pair.head < pair.child else 1
    mentions, line = layout.mentions, layout.lines[pair.head]
    other = pair.head + step
    while 0 <= other < len(mentions) and layout.lines[other] == line:
        if mentions[other].label == mentions[pair.head].label:
            break
        if mentions[other].label == own:
            distance = gap(layout, other, pair.head)
            return [1.0, float(distance < gap(layout, pair.head, pair.child))]
        other += step
    return [0.0, 0.0]


def _text_between(layout: Layout, pair: Pair) -> list[float]:
    text = layout.between(pair.head, pair.child)
    if len(text) > 2 * _NEAR:
        text = text[:_NEAR] + text[-_NEAR:]
    depth = text.count("(") - text.count(")")
    bare = text.strip()
    return [
        float(depth > 0),
        float(depth < 0),
        float(bare == ""),
        float(bare in ("(", "-", ":", ",")),
        min(len(text.split()), 20) / 5,
    ]


def _ends(layout: Layout, pair: Pair) -> list[float]:
    child, head = layout.mentions[pair.child], layout.mentions[pair.head]
    after = layout.text[child.end : child.end + 12].lower().lstrip()
    before = layout.text[max(0, child.start - 12) : child.start].lower().rstrip()
    return [
        float(_PLACEBO.search(layout.names[pair.head]) is not None),
        float(after.startswith("of")),
        float(after[:1] in {")", "]"}),
        float(after[:1] in {",", ";"}),
        float(after[:1] == "."),
        float(before.endswith("(")),
        float(before.endswith((",", "and"))),
        float(before.endswith(("of", "with"))),
        float(layout.text[head.end : head.end + 2].strip()[:1] in {"(", ":", ","}),
        (head.end - head.start) / 60,
        (child.end - child.start) / 60,
    ]


_N_IN_ROW: Final = len(RELATIONS) + 10 + 6 + 23 + 9 + 5 + 11
N_FEATURES: Final = _N_IN_ROW + 2 * N_KINDS + N_CUES
