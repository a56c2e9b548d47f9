"""Splits the text of an amount into numbers, words and signs."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from .numbers import (
    FRACTION_WORDS,
    MULTIPLIERS,
    NUMBER_PATTERN,
    NUMBER_WORDS,
    Number,
    number_of,
    words_number,
)


class Token(NamedTuple):
    """A number, a word or a sign.

    text (str): As it stands; of a number, the numeral.
    number (Optional[Number]): The number, if it is one.
    is_word (bool): Whether it is a word (`%` and `°C` are).
    """

    text: str
    number: Number | None = None
    is_word: bool = False

    @property
    def lower(self) -> str:
        """RETURNS (str): The text without case."""
        return self.text.casefold()


END: Final = Token("")

# A unit with its power (`m2`, `kg-1`) is one word; `2 mg-1 g` is a range.
_ENDS: Final = r"(?![0-9]|[.,][0-9])"
_WORD: Final = (
    rf"°(?: ?[CF]\b)?|[%‰]|(?:kg|h|hr|min|day|d|m2|L|l|ml|mL)\^?-1{_ENDS}"
    rf"|m\^?-2{_ENDS}"
    r"|i\.u\.?|[^\W\d_](?:[^\W\d_]|'(?=[^\W\d_])|-(?=[TU]\b))*"
    rf"(?:\^?[23]{_ENDS}|\+(?=$|[ /]))?"
)
_TOKEN = re.compile(rf"(?P<word>{_WORD})|(?:{NUMBER_PATTERN})|(?P<other>\S)")
_NUMBER_START: Final = frozenset((*NUMBER_WORDS, *MULTIPLIERS))
_FRACTIONS: Final = {"half": Number("0.5"), "quarter": Number("0.25")}


def scan(text: str) -> list[Token]:
    """Split folded text.

    text (str): From `fold_text`.
    RETURNS (List[Token]): Number words that stand together are one number.
    """
    tokens = [_token(match) for match in _TOKEN.finditer(text)]
    if any(token.is_word and token.lower in _WORDS for token in tokens):
        return list(_join_number_words(tokens))
    return tokens


def _token(match: re.Match[str]) -> Token:
    if word := match["word"]:
        return Token(word.replace("^", ""), is_word=True)
    if other := match["other"]:
        return Token(other)
    return Token(match[0].strip(), number_of(match))


_MAX_WORDS: Final = 12
_WORDS: Final = frozenset(
    (*_NUMBER_START, *(word for words in FRACTION_WORDS for word in words.split()))
)


def _join_number_words(tokens: list[Token]) -> Iterator[Token]:
    at = 0
    while at < len(tokens):
        end = _number_words_end(tokens, at)
        while end > at:
            words = [token.lower for token in tokens[at:end] if token.text != "-"]
            if number := _FRACTIONS.get(words[0]) or words_number(words):
                yield Token(" ".join(words), number)
                break
            end -= 1
        if end == at:
            yield tokens[at]
        at = max(end, at + 1)


def _number_words_end(tokens: list[Token], start: int) -> int:
    """Find how far words go on that may be parts of one number."""
    if tokens[start].lower in _FRACTIONS:
        return start + 1
    end = start
    last = min(len(tokens), start + _MAX_WORDS)
    while end < last and tokens[end].is_word:
        if tokens[end].lower not in _WORDS and tokens[end].lower != "and":
            break
        end += 1
        if end + 1 < len(tokens) and tokens[end].text == "-":
            end += tokens[end + 1].lower in NUMBER_WORDS
    return end if end > start and tokens[start].lower in _WORDS else start
