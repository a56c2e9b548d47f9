"""Lists of phrases: learned from annotated records, found again in text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from evaluate.documents import GoldDocument

_WORD: Final = re.compile(r"\w+|[^\w\s]")


class Phrases:
    """Finds phrases in text, whatever their case, at word boundaries, longest first.

    phrases (Iterable[str]): The phrases.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        by_first: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for phrase in phrases:
            words = tuple(_WORD.findall(phrase.lower()))
            if words:
                by_first[words[0]].add(words)
        self._by_first = {
            first: sorted(group, key=lambda words: (-len(words), words))
            for first, group in by_first.items()
        }

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Find the phrases.

        text (str): Any text.
        YIELDS (Tuple[int, int]): First character and the one after the last; in order,
            without overlap.
        """
        tokens = list(_WORD.finditer(text))
        words = [token.group().lower() for token in tokens]
        at = 0
        while at < len(words):
            length = self._length(words, at)
            if length:
                yield tokens[at].start(), tokens[at + length - 1].end()
            at += length or 1

    def _length(self, words: Sequence[str], at: int) -> int:
        for phrase in self._by_first.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return 0


def learn_phrases(
    documents: Sequence[GoldDocument],
    label: str,
    *,
    min_count: int,
    min_precision: float,
) -> list[str]:
    """List the phrases that mostly bear a label where they occur.

    documents (Sequence[GoldDocument]): Annotated training records.
    label (str): An entity label.
    min_count (int): How often a phrase must bear the label.
    min_precision (float): Share of its occurrences that must bear it.
    RETURNS (List[str]): The phrases in lower case, in alphabetical order.
    """
    labelled = Counter(
        _form(document.text[start:end])
        for document in documents
        for start, end, own in document.entities
        if own == label
    )
    frequent = [form for form, count in labelled.items() if count >= min_count]
    finder = Phrases(frequent)
    found = Counter(
        _form(document.text[start:end])
        for document in documents
        for start, end in finder.find(document.text)
    )
    return sorted(
        form
        for form in frequent
        if found[form] and labelled[form] / found[form] >= min_precision
    )


def _form(text: str) -> str:
    return " ".join(text.lower().split())
