"""A baseline of regular expressions and word lists, with the structure of the record.

The word lists come from training records; the expressions were written by reading them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from en_trial_registry.structure import Segment, read_segments

from evaluate.documents import GoldDocument
from evaluate.matching import Span
from evaluate.peers import patterns
from evaluate.peers.phrases import Phrases, learn_phrases

_CRITERIA: Final = frozenset({"criteria", "inclusion", "exclusion"})
_TITLES: Final = frozenset({"outcome_title", "outcome_title_without_time"})
_SKIPPED: Final = frozenset(
    {"heading", "id", "conditions", "arm_type", "intervention_type"}
)
_NARRATIVE_ONLY: Final = frozenset({"outcome_description"})
# Words of a name that say how it is given: `Drug X tablets`.
_FORM_WORDS: Final = re.compile(
    r"^(?:oral|intravenous|topical|inhaled)\s|"
    r"\s(?:tablets?|capsules?|injections?|infusions?|solution|cream|group|arm|"
    r"administration|\d[\d.,]*\s?(?:mg|g|ml|mcg|%)\S*)$",
    re.IGNORECASE,
)
_JOINT: Final = re.compile(
    r"\s(?:plus|and|with|versus|vs\.?)\s|\s?[+;,/]\s", re.IGNORECASE
)


class Found(NamedTuple):
    """A span with its rank: of two that overlap, the lower rank stays."""

    rank: int
    start: int
    end: int
    label: str


class RegularExpressions:
    """Finds all nine labels without learning weights.

    train (Sequence[GoldDocument]): Training records, for the word lists.
    """

    def __init__(self, train: Sequence[GoldDocument]) -> None:
        self._tests = Phrases(
            learn_phrases(train, "LAB_TEST", min_count=1, min_precision=0.05)
        )
        self._routes = Phrases(
            learn_phrases(train, "ROUTE", min_count=2, min_precision=0.4)
        )
        self._times = Phrases(
            learn_phrases(train, "FREQUENCY", min_count=3, min_precision=0.4)
        )
        self._interventions = learn_phrases(
            train, "INTERVENTION", min_count=3, min_precision=0.6
        )

    def find(self, text: str) -> frozenset[Span]:
        """Find entities.

        text (str): A rendered record.
        RETURNS (FrozenSet[Span]): Flat spans.
        """
        segments = read_segments(text)
        names = Phrases([*_own_names(text, segments), *self._interventions])
        found = [
            Found(rank, segment.start + start, segment.start + end, label)
            for segment in segments
            for rank, start, end, label in self._read(
                text[segment.start : segment.end], segment.kind, names
            )
        ]
        return _flat(found, text)

    def _read(self, text: str, kind: str, names: Phrases) -> Iterator[Found]:
        if kind in _CRITERIA:
            yield from self._limits(text)
        elif kind == "time_frame":
            yield from _time_frame(text)
        elif kind in _TITLES:
            yield from _outcome(text)
        elif kind in _NARRATIVE_ONLY:
            yield from _groups(patterns.FOLLOW_UP, text, 2, "TIME_FRAME")
        elif kind not in _SKIPPED:
            yield from self._regimen(text, names)

    def _regimen(self, text: str, names: Phrases) -> Iterator[Found]:
        yield from _groups(patterns.FOLLOW_UP, text, 1, "TIME_FRAME")
        for start, end in _with_aliases(text, list(names.find(text))):
            yield Found(2, start, end, "INTERVENTION")
        yield from _groups(patterns.DURATION, text, 3, "DURATION")
        for match in patterns.FREQUENCY.finditer(text):
            yield Found(4, match.start(), match.end(), "FREQUENCY")
        for match in patterns.DOSE.finditer(text):
            yield Found(5, match.start(), match.end(), "DOSE")
        for start, end in self._routes.find(text):
            yield Found(6, start, end, "ROUTE")
        for start, end in self._times.find(text):
            yield Found(7, start, end, "FREQUENCY")
        yield from self._limits(text)

    def _limits(self, text: str) -> Iterator[Found]:
        """Read tests with the limits that follow; `ALT and AST` share theirs."""
        waiting: list[tuple[int, int]] = []
        for start, end in self._tests.find(text):
            last = waiting[-1][1] if waiting else start
            if not patterns.LIMIT_GAP.fullmatch(text, last, start):
                waiting = []
            waiting.append((start, end))
            gap = patterns.LIMIT_GAP.match(text, end)
            limit = patterns.LIMIT.match(text, gap.end() if gap else end)
            if limit:
                for test in waiting:
                    yield Found(1, *test, "LAB_TEST")
                yield Found(1, limit.start(), limit.end(), "LAB_THRESHOLD")
                waiting = []


def _own_names(text: str, segments: Sequence[Segment]) -> Iterator[str]:
    for segment in segments:
        line = text[segment.start : segment.end]
        if segment.kind == "intervention_name":
            yield line
            for part in _JOINT.split(line):
                yield part
                yield _FORM_WORDS.sub("", part)
        elif segment.kind == "other_names":
            yield from line.partition(":")[2].split(";")


def _with_aliases(
    text: str, names: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Join a name and another one in brackets behind it: `Vardenafil (Levitra)`."""
    ends = dict(names)
    starts = iter(names)
    for start, end in starts:
        alias = re.compile(r"\s?\(").match(text, end)
        after = ends.get(alias.end()) if alias else None
        if after and text[after : after + 1] == ")":
            next(starts)
            yield start, after + 1
        else:
            yield start, end


def _time_frame(text: str) -> Iterator[Found]:
    content = re.search(r"\[Time Frame: ?(.*)\]", text)
    if content and patterns.TIME_WORD.search(content.group(1)):
        yield Found(0, *content.span(1), "TIME_FRAME")


def _outcome(text: str) -> Iterator[Found]:
    edge = patterns.TIME_AT_EDGE.search(text)
    if edge:
        yield Found(0, *edge.span("time"), "TIME_FRAME")
    yield Found(0, 0, edge.start() if edge else len(text), "OUTCOME")


def _groups(
    pattern: re.Pattern[str], text: str, rank: int, label: str
) -> Iterator[Found]:
    for match in pattern.finditer(text):
        if match.lastgroup:
            yield Found(rank, *match.span(match.lastgroup), label)


def _flat(found: Sequence[Found], text: str) -> frozenset[Span]:
    """Trim white space and closing signs; keep lower ranks, then longer spans."""
    spans: list[Span] = []
    for item in sorted(found, key=lambda f: (f.rank, f.start - f.end, f.start)):
        inside = text[item.start : item.end]
        start = item.start + len(inside) - len(inside.lstrip(" \n\t"))
        end = item.start + len(inside.rstrip(" \n\t.,;:"))
        if start < end and all(end <= s or e <= start for s, e, _ in spans):
            spans.append((start, end, item.label))
    return frozenset(spans)
