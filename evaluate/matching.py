"""When a predicted span counts as found: strict and overlap counts per label."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

Span = tuple[int, int, str]
"""First character, end (exclusive) and label of an entity."""

LinkSpan = tuple[tuple[int, int], tuple[int, int], str]
"""Head and child of a link, each first character and end (exclusive), and its label."""

Item = TypeVar("Item", Span, LinkSpan)


@dataclass(frozen=True)
class Counts:
    """Outcome of comparing two sets of spans.

    tp (int): Pairs of a gold and a predicted span that match.
    fp (int): Predicted spans without a partner.
    fn (int): Gold spans without a partner.
    """

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def support(self) -> int:
        """RETURNS (int): Number of gold spans."""
        return self.tp + self.fn

    @property
    def predicted(self) -> int:
        """RETURNS (int): Number of predicted spans."""
        return self.tp + self.fp

    @property
    def precision(self) -> float | None:
        """RETURNS (Optional[float]): None where nothing was predicted."""
        return _ratio(self.tp, self.predicted)

    @property
    def recall(self) -> float | None:
        """RETURNS (Optional[float]): None where there is no gold span."""
        return _ratio(self.tp, self.support)

    @property
    def f1(self) -> float | None:
        """RETURNS (Optional[float]): None without any gold or predicted span."""
        return _ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)


Matcher = Callable[[Iterable[Any], Iterable[Any]], dict[str, Counts]]
"""Compares the gold with the predicted spans of one document."""


def strict_counts(gold: Iterable[Item], predicted: Iterable[Item]) -> dict[str, Counts]:
    """Count spans, or links, that agree in first character, end and label.

    gold (Iterable[Item]): Gold spans or links of one document.
    predicted (Iterable[Item]): Predicted ones of the same document.
    RETURNS (Dict[str, Counts]): Counts of every label that occurs on either side.
    """
    return _count_by_label(gold, predicted, lambda a, b: len(set(a) & set(b)))


def overlap_counts(
    gold: Iterable[Span], predicted: Iterable[Span]
) -> dict[str, Counts]:
    """Count pairs of equal label that share a character, each span in one pair at most.

    The number of pairs is the largest possible. Spans of one label on one side may
    not overlap each other.

    gold (Iterable[Span]): Gold spans of one document.
    predicted (Iterable[Span]): Predicted spans of the same document.
    RETURNS (Dict[str, Counts]): Counts of every label that occurs on either side.
    RAISES (ValueError): If spans of one label overlap on one side.
    """
    return _count_by_label(gold, predicted, _overlapping_pairs)


def share_characters(first: Span, second: Span) -> bool:
    """Tell whether two spans overlap, whatever their labels.

    first (Span): One of them.
    second (Span): The other.
    RETURNS (bool): Whether a character lies in both.
    """
    return first[0] < second[1] and second[0] < first[1]


def micro(counts: Mapping[str, Counts]) -> Counts:
    """Sum the counts of all labels.

    counts (Mapping[str, Counts]): Counts per label.
    RETURNS (Counts): Their sum.
    """
    return sum(counts.values(), Counts())


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _count_by_label(
    gold: Iterable[Item],
    predicted: Iterable[Item],
    matches: Callable[[list[Item], list[Item]], int],
) -> dict[str, Counts]:
    gold_spans: dict[str, list[Item]] = _by_label(gold)
    predicted_spans: dict[str, list[Item]] = _by_label(predicted)
    counts = {}
    for label in sorted({*gold_spans, *predicted_spans}):
        ours, theirs = gold_spans.get(label, []), predicted_spans.get(label, [])
        tp = matches(ours, theirs)
        counts[label] = Counts(tp, len(theirs) - tp, len(ours) - tp)
    return counts


def _by_label(spans: Iterable[Item]) -> dict[str, list[Item]]:
    grouped = defaultdict(list)
    for span in sorted(set(spans)):
        grouped[span[2]].append(span)
    return dict(grouped)


def _overlapping_pairs(gold: list[Span], predicted: list[Span]) -> int:
    """Pair from left to right.

    Among flat spans the one that ends first overlaps no later span of the other side,
    so pairing it with the current one never costs a pair: the result is a maximum.
    """
    _require_flat(gold)
    _require_flat(predicted)
    pairs = i = j = 0
    while i < len(gold) and j < len(predicted):
        (gold_start, gold_end, _), (start, end, _) = gold[i], predicted[j]
        if gold_start < end and start < gold_end:
            pairs, i, j = pairs + 1, i + 1, j + 1
        elif gold_end <= end:
            i += 1
        else:
            j += 1
    return pairs


def _require_flat(spans: list[Span]) -> None:
    for first, second in zip(spans, spans[1:], strict=False):
        if second[0] < first[1]:
            raise ValueError(
                f"Spans {first} and {second} of one side overlap; overlap matching is "
                "defined for flat spans only. Remove one of them."
            )
