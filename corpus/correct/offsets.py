"""Offsets as Python counts them, and as doccano's browser does: UTF-16 code units."""

from collections.abc import Sequence
from itertools import accumulate

from corpus.annotation import CorpusError


def utf16_table(text: str) -> list[int]:
    """Count the UTF-16 code units before each character.

    text (str): Any text.
    RETURNS (list[int]): One more than there are characters; rises all the way.
    """
    return [0, *accumulate(2 if char > "\uffff" else 1 for char in text)]


def from_utf16(table: Sequence[int], offset: int, place: str) -> int:
    """Turn an offset in code units into one in characters.

    table (Sequence[int]): The text's `utf16_table`.
    offset (int): Code units before the place.
    place (str): Record, for the error message.
    RETURNS (int): Characters before the place.
    RAISES (CorpusError): If the offset is outside the text or inside a character.
    """
    # A text of the basic plane alone needs no search.
    if table[-1] == len(table) - 1 and 0 <= offset < len(table):
        return offset
    low, high = 0, len(table) - 1
    while low < high:
        middle = (low + high) // 2
        if table[middle] < offset:
            low = middle + 1
        else:
            high = middle
    if table[low] != offset:
        raise CorpusError(
            place,
            f"offset {offset} is outside the text or cuts a character in two",
            "Mark the span anew in doccano",
        )
    return low
