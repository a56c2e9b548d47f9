"""Links by how far apart their ends are and by what lies between them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
from en_trial_registry.relations.layout import Layout, Mention

from .bootstrap import RESAMPLES, SEED, resample
from .documents import GoldDocument
from .matching import LinkSpan
from .scoring import Score, score_of

DISTANCES: Final = (
    (20, "up to 20 characters"),
    (100, "21 to 100 characters"),
    (500, "101 to 500 characters"),
)
FAR: Final = "over 500 characters"
LINES: Final = (
    (0, "same line"),
    (1, "next line"),
    (5, "2 to 5 lines apart"),
)
FAR_LINES: Final = "over 5 lines apart"
SAME_SENTENCE: Final = "same sentence"
SAME_LINE: Final = "other sentence of the line"
OTHER_LINE: Final = "other line"
Placer = Callable[[str, Sequence[LinkSpan]], list[str]]
"""Names the group of each link of a text."""


def by_distance(text: str, links: Sequence[LinkSpan]) -> list[str]:
    """Group links by the characters between head and child.

    text (str): The text.
    links (Sequence[LinkSpan]): Its links.
    RETURNS (List[str]): Group of each.
    """
    groups = []
    for head, child, _ in links:
        (_, end), (start, _) = sorted((head, child))
        groups.append(_group(max(0, start - end), DISTANCES, FAR))
    return groups


def by_lines(text: str, links: Sequence[LinkSpan]) -> list[str]:
    """Group links by the lines between head and child.

    text (str): The text.
    links (Sequence[LinkSpan]): Its links.
    RETURNS (List[str]): Group of each.
    """
    heads, children = _layouts(text, links)
    pairs = zip(heads.lines, children.lines, strict=True)
    return [_group(abs(a - b), LINES, FAR_LINES) for a, b in pairs]


def by_crossing(text: str, links: Sequence[LinkSpan]) -> list[str]:
    """Group links by whether they cross the end of a sentence or of a line.

    text (str): The text.
    links (Sequence[LinkSpan]): Its links.
    RETURNS (List[str]): Group of each.
    """
    heads, children = _layouts(text, links)
    groups = []
    for link in range(len(links)):
        if heads.lines[link] != children.lines[link]:
            groups.append(OTHER_LINE)
        elif heads.sentences[link] != children.sentences[link]:
            groups.append(SAME_LINE)
        else:
            groups.append(SAME_SENTENCE)
    return groups


PLACES: Final[Mapping[str, tuple[Placer, tuple[str, ...]]]] = {
    "distance": (by_distance, (*(name for _, name in DISTANCES), FAR)),
    "lines": (by_lines, (*(name for _, name in LINES), FAR_LINES)),
    "crossing": (by_crossing, (SAME_SENTENCE, SAME_LINE, OTHER_LINE)),
}
"""Ways to group links: what groups them, and the groups in order."""


def _group(value: int, limits: Sequence[tuple[int, str]], beyond: str) -> str:
    return next((name for limit, name in limits if value <= limit), beyond)


def _layouts(text: str, links: Sequence[LinkSpan]) -> tuple[Layout, Layout]:
    heads = [Mention(*head, label) for head, _, label in links]
    children = [Mention(*child, label) for _, child, label in links]
    return Layout(text, heads), Layout(text, children)


def score_places(
    documents: Sequence[GoldDocument],
    predicted: Sequence[frozenset[LinkSpan]],
    place: str,
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> dict[str, Score]:
    """Score links by group.

    documents (Sequence[GoldDocument]): Gold documents.
    predicted (Sequence[FrozenSet[LinkSpan]]): Links predicted for them. A link is right
        if both ends and the label are, so a right link has one group.
    place (str): A key of `PLACES`.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (Dict[str, Score]): Scores over all relations, by group in order.
    """
    placer, names = PLACES[place]
    counts = np.zeros((len(documents), len(names), 3), dtype=np.int64)
    for row, (document, found) in enumerate(zip(documents, predicted, strict=True)):
        links = sorted(document.links | found)
        for link, group in zip(links, placer(document.text, links), strict=True):
            if link in document.links:
                column = 0 if link in found else 2
            else:
                column = 1
            counts[row, names.index(group), column] += 1
    draws = resample(counts, seed=seed, resamples=resamples)
    return {
        name: score_of(counts[:, at], draws[:, at]) for at, name in enumerate(names)
    }
