"""Text as a sequence of comparable words, and short hashes of runs of them."""

import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple

# Letters, digits and signs apart; without `_`, so that ACTIVE_COMPARATOR is two words.
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


class Word(NamedTuple):
    """A run of letters or of digits, or one sign.

    text (str): Case-folded.
    start (int): First character in the text.
    end (int): Character after the last.
    """

    text: str
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """Split text for comparison across versions and spellings of a record.

    text (str): Any text.
    RETURNS (list[Word]): In order.
    """
    return [Word(m[0].casefold(), m.start(), m.end()) for m in _WORD.finditer(text)]


def hash_words(words: Sequence[str]) -> str:
    """Hash a run of words so that it can be recognised, but not read.

    words (Sequence[str]): Case-folded words.
    RETURNS (str): 8 hexadecimal digits of the SHA-256.
    """
    return hashlib.sha256(" ".join(words).encode("utf-8")).hexdigest()[:8]


def hash_text(text: str) -> str:
    """Hash the whole text of a record.

    text (str): The rendered text.
    RETURNS (str): SHA-256, 64 hexadecimal digits.
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
