"""Kinds of errors: what was missed, made up, cut wrong, misnamed or mislinked."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from .documents import GoldDocument
from .matching import LinkSpan, Span, share_characters
from .predictions import Prediction

MISSED, SPURIOUS, BOUNDARY, LABEL, LINK = KINDS = (
    *("missed", "spurious", "boundary", "label", "link"),
)
LINK_MISSED: Final = "link missed"
LINK_SPURIOUS: Final = "link spurious"
LINK_ENDS: Final = "link missed, an end not found"


@dataclass(frozen=True)
class Error:
    """A difference between annotation and prediction.

    document (GoldDocument): The document.
    kind (str): One of `KINDS`.
    labels (Tuple[str, ...]): Gold and predicted label; one if they agree.
    detail (str): The kind, for links with what is wrong.
    gold (Tuple[Span, ...]): Gold spans; head and child of a link.
    found (Tuple[Span, ...]): Predicted spans; head and child of a link.
    """

    document: GoldDocument
    kind: str
    labels: tuple[str, ...]
    detail: str
    gold: tuple[Span, ...] = ()
    found: tuple[Span, ...] = ()

    @property
    def start(self) -> int:
        """RETURNS (int): First character that the error touches."""
        return min(start for start, _, _ in (*self.gold, *self.found))


def find_errors(document: GoldDocument, prediction: Prediction) -> list[Error]:
    """List the errors of one document.

    document (GoldDocument): The annotation.
    prediction (Prediction): What was found.
    RETURNS (List[Error]): Entities, then links, each in text order.
    """
    entities = sorted(_entity_errors(document, prediction), key=_place)
    links = sorted(_link_errors(document, prediction), key=_place)
    return [*entities, *links]


def _place(error: Error) -> tuple[int, tuple[Span, ...], tuple[Span, ...]]:
    return error.start, error.gold, error.found


def count_errors(errors: list[Error]) -> dict[str, dict[str, int]]:
    """Count errors by kind and label.

    errors (List[Error]): The errors.
    RETURNS (Dict[str, Dict[str, int]]): Number by kind, with what is wrong of links,
        and label; wrong labels as `GOLD as FOUND`.
    """
    counts: dict[str, Counter[str]] = {}
    for error in errors:
        counts.setdefault(error.detail, Counter())[" as ".join(error.labels)] += 1
    return {
        detail: dict(sorted(labels.items()))
        for detail, labels in sorted(counts.items())
    }


def _entity_errors(document: GoldDocument, prediction: Prediction) -> Iterator[Error]:
    """Pair what is left after exact matches, the closest pairs first."""
    found = frozenset(prediction.entities)
    missed = sorted(document.entities - found)
    spurious = sorted(found - document.entities)
    for kind, fits in (
        (LABEL, lambda a, b: a[:2] == b[:2]),
        (BOUNDARY, lambda a, b: a[2] == b[2] and share_characters(a, b)),
        (LABEL, share_characters),
    ):
        for gold, other in _pair(missed, spurious, fits):
            labels = tuple(dict.fromkeys((gold[2], other[2])))
            yield Error(document, kind, labels, kind, (gold,), (other,))
    for span in missed:
        yield Error(document, MISSED, (span[2],), MISSED, gold=(span,))
    for span in spurious:
        yield Error(document, SPURIOUS, (span[2],), SPURIOUS, found=(span,))


def _pair(
    missed: list[Span], spurious: list[Span], fits: Callable[[Span, Span], bool]
) -> Iterator[tuple[Span, Span]]:
    """Take pairs out of both lists."""
    for gold in list(missed):
        for other in list(spurious):
            if fits(gold, other):
                missed.remove(gold)
                spurious.remove(other)
                yield gold, other
                break


def _link_errors(document: GoldDocument, prediction: Prediction) -> Iterator[Error]:
    ends = {span[:2] for span in document.entities & prediction.entities.keys()}
    found = frozenset(prediction.links)
    for link in document.links - found:
        detail = LINK_MISSED if ends.issuperset(link[:2]) else LINK_ENDS
        yield Error(document, LINK, (link[2],), detail, gold=_ends(link))
    for link in found - document.links:
        yield Error(document, LINK, (link[2],), LINK_SPURIOUS, found=_ends(link))


def _ends(link: LinkSpan) -> tuple[Span, Span]:
    head, child, label = link
    return (*head, f"{label} head"), (*child, f"{label} child")
