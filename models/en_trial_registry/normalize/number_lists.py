"""Lists of numbers in short: `1, 8 and 15`, `-6 to -4`, `1-5 and 8-12`."""

import re
from typing import Final

from .value import Unreadable

_NUM: Final = r"(?<![0-9])[+-]?[0-9]{1,4}(?![0-9.]?[0-9])"
_JOINT: Final = r" ?(?:, ?(?:and |& ?)?|; ?|and |& ?|\+ ?|/ ?|- ?|to |through |thru )"
_MAX_SPAN: Final = 400


def list_pattern(prefix: str) -> str:
    """Write the pattern of a list whose numbers may repeat what stands in front.

    prefix (str): Pattern, e.g. of `day`; the list itself begins with a number.
    RETURNS (str): The pattern, without groups.
    """
    return rf"{_NUM}(?:{_JOINT}(?:{prefix})?{_NUM})*"


_ITEM = re.compile(
    r"(?P<joint>(?<=[0-9]) ?(?:- ?|\b(?:to|through|thru)\b)[^0-9+-]*)?"
    r"(?P<number>(?:(?<=[^0-9])|^)[+-]?[0-9]+|(?<=-)[0-9]+)",
    re.IGNORECASE,
)


def read_list(text: str) -> list[int]:
    """Read a list; spans are written out.

    text (str): Something that `list_pattern` matches.
    RETURNS (List[int]): The numbers in their order, each once.
    RAISES (Unreadable): If a span runs backwards or is too long.
    """
    numbers: list[int] = []
    for match in _ITEM.finditer(text):
        number = int(match["number"])
        if match["joint"] and numbers:
            if not 0 < number - numbers[-1] <= _MAX_SPAN:
                raise Unreadable("a span that runs backwards or is too long")
            numbers.extend(range(numbers[-1] + 1, number + 1))
        else:
            numbers.append(number)
    return list(dict.fromkeys(numbers))
