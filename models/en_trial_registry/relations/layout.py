"""Where the entities of a document stand: lines, blocks, sentences, neighbours."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from en_trial_registry.structure import KIND_INDEX, SEGMENT_KINDS, read_segments

# Two consecutive lines of these kinds belong to one block: an arm or intervention with
# its heading, its text and its other names.
_HEADINGS: Final = frozenset({"arm_type", "intervention_type"})
_IN_BLOCK: Final = frozenset(
    {
        "arm_label",
        "arm_description",
        "intervention_name",
        "intervention_description",
        "other_names",
    }
)
_SENTENCE_END: Final = re.compile(
    r"[.!?](?=\s+[A-Z\[(])(?<!\b[a-z]\.)(?<!\bvs\.)|\n|;(?=\s)"
)


class Mention(NamedTuple):
    """An entity.

    start (int): First character.
    end (int): Character after the last.
    label (str): Entity label.
    """

    start: int
    end: int
    label: str


class Layout:
    """Places of a document, found once and asked for every pair.

    text (str): The document's text.
    mentions (Sequence[Mention]): Its entities in text order.
    """

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.mentions = list(mentions)
        self.starts = [mention.start for mention in self.mentions]
        self.names = [text[m.start : m.end].lower() for m in self.mentions]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(at.end() for at in re.finditer("\n", self.text))]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [at.end() for at in _SENTENCE_END.finditer(self.text)]

    @cached_property
    def _segments(self) -> tuple[list[int], list[str], list[int]]:
        starts, kinds, blocks = [], [], []
        block = 0
        for segment in read_segments(self.text):
            if segment.kind in _HEADINGS or segment.kind not in _IN_BLOCK:
                block += 1
            starts.append(segment.start)
            kinds.append(segment.kind)
            blocks.append(block)
        return starts, kinds, blocks

    @cached_property
    def lines(self) -> list[int]:
        """RETURNS (list[int]): Number of the line of each mention."""
        return [bisect_right(self._line_starts, at) - 1 for at in self.starts]

    @cached_property
    def sentences(self) -> list[int]:
        """RETURNS (list[int]): Number of the sentence of each mention."""
        return [bisect_right(self._sentence_ends, at) for at in self.starts]

    @cached_property
    def kinds(self) -> list[int]:
        """RETURNS (list[int]): Index in `SEGMENT_KINDS` of each mention's line."""
        starts, kinds, _ = self._segments
        if not starts:
            return [0] * len(self.starts)
        return [
            KIND_INDEX[kinds[max(0, bisect_right(starts, at) - 1)]]
            for at in self.starts
        ]

    @cached_property
    def blocks(self) -> list[int]:
        """RETURNS (list[int]): Number of each mention's block.

        A block is an arm or intervention with its heading, else a stretch of one kind.
        """
        starts, _, blocks = self._segments
        if not starts:
            return [0] * len(self.starts)
        return [blocks[max(0, bisect_right(starts, at) - 1)] for at in self.starts]

    @cached_property
    def _counts(self) -> dict[str, list[int]]:
        labels = [mention.label for mention in self.mentions]
        return {
            label: [0, *accumulate(map(label.__eq__, labels))] for label in set(labels)
        }

    def count(self, label: str, first: int, last: int) -> int:
        """Count the mentions of a label in a stretch of mentions.

        label (str): Entity label.
        first (int): Index of the first mention of the stretch.
        last (int): Index after its last; the stretch may be empty.
        RETURNS (int): How many bear the label.
        """
        counts = self._counts.get(label)
        return counts[last] - counts[first] if counts and first < last else 0

    def line_start(self, mention: int) -> int:
        """Find where the line of a mention begins.

        mention (int): Index of the mention.
        RETURNS (int): First character of its line.
        """
        return self._line_starts[self.lines[mention]]

    def stretch(self, first: int, second: int) -> tuple[int, int]:
        """Find what stands between two mentions.

        first (int): Index of one mention.
        second (int): Index of the other.
        RETURNS (tuple[int, int]): The characters between them; empty if they touch.
        """
        low, high = (first, second) if first < second else (second, first)
        end = self.mentions[low].end
        return end, max(end, self.mentions[high].start)

    def between(self, first: int, second: int) -> str:
        """Give the text between two mentions.

        first (int): Index of one mention.
        second (int): Index of the other.
        RETURNS (str): The characters between them.
        """
        start, end = self.stretch(first, second)
        return self.text[start:end]

    def index(self, start: int) -> int:
        """Find a mention by its first character.

        start (int): First character.
        RETURNS (int): Index of the first mention that begins there or later.
        """
        return bisect_left(self.starts, start)


N_KINDS: Final = len(SEGMENT_KINDS)
