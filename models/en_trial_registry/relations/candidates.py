"""Pairs of entities that may be linked: allowed by the schema and near enough."""

from bisect import bisect_left
from typing import Final, NamedTuple

from en_trial_registry.relations.layout import Layout
from en_trial_registry.schema import RELATIONS

RELATION_OF: Final = {
    relation.child: (name, relation.head) for name, relation in RELATIONS.items()
}


class Bounds(NamedTuple):
    """How far a head may stand from its child. Every child has a bounded number of
    candidates, so cost grows linearly with the text.

    heads_before (int): Heads before the child, the nearest first.
    heads_after (int): Heads after it.
    characters (int): Characters between the two.
    """

    heads_before: int = 14
    heads_after: int = 6
    characters: int = 1500


BOUNDS: Final = {
    "HAS_THRESHOLD": Bounds(8, 3, 400),
    "MEASURED_AT": Bounds(4, 3, 600),
}
DEFAULT_BOUNDS: Final = Bounds()


class Pair(NamedTuple):
    """A pair that may be linked.

    relation (str): Name of the relation.
    head (int): Index of the head among the mentions.
    child (int): Index of the child.
    """

    relation: str
    head: int
    child: int


def find_pairs(layout: Layout) -> list[Pair]:
    """Find the candidate pairs of a document.

    layout (Layout): The document.
    RETURNS (list[Pair]): By child in text order, then by head in text order.
    """
    heads: dict[str, list[int]] = {}
    for i, mention in enumerate(layout.mentions):
        heads.setdefault(mention.label, []).append(i)
    pairs: list[Pair] = []
    for child, mention in enumerate(layout.mentions):
        if mention.label in RELATION_OF:
            relation, label = RELATION_OF[mention.label]
            bounds = BOUNDS.get(relation, DEFAULT_BOUNDS)
            near = _near(layout, heads.get(label, []), child, bounds)
            pairs += (Pair(relation, head, child) for head in near)
    return pairs


def _near(layout: Layout, heads: list[int], child: int, bounds: Bounds) -> list[int]:
    at = bisect_left(heads, child)
    window = heads[max(0, at - bounds.heads_before) : at + bounds.heads_after]
    return [h for h in window if gap(layout, h, child) <= bounds.characters]


def gap(layout: Layout, first: int, second: int) -> int:
    """Count the characters between two mentions.

    layout (Layout): The document.
    first (int): Index of one mention.
    second (int): Index of the other.
    RETURNS (int): Characters between them; 0 if they touch.
    """
    start, end = layout.stretch(first, second)
    return end - start
