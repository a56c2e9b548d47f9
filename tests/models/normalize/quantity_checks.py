"""What every reader of amounts must keep, for any text; used by tests of each kind."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from en_trial_registry.normalize.value import Reader
from hypothesis import strategies as st
from ucumvert import get_ucum_parser

_PIECES = (
    *("1", "2.5", "1,500", "0,5", "10^9", "x 10^6", "x106", "10E6", "½", "two", "half"),
    *("mg", "ML", "µg", "kg", "m2", "/", "per", "day", "h", "IU", "U", "MIU", "%", "G"),
    *("tablets", "cells", "dose", "ULN", "LLN", "normal", "upper limit of normal", "K"),
    *("-", "to", "and", "or", ",", "x", "times", "of", "(", ")", "<", "≥", "=", "~"),
    *("at least", "up to", "between", "or more", "within", "million", ":", ".", "·"),
    *(
        "1.73 m2",
        "AUC",
        "class",
        "+",
        "blue",
        "every",
        "each",
        "HPF",
        "rpm",
        "²",
        "⁹",
        "μ",
        "≈",
    ),
)


def texts() -> st.SearchStrategy[str]:
    """RETURNS (SearchStrategy[str]): Any text, and pieces of amounts in any order."""
    pieces = st.lists(st.sampled_from(_PIECES), max_size=9)
    glue = st.sampled_from(("", " "))
    return st.one_of(st.text(max_size=40), st.builds(str.join, glue, pieces))


def check_reading(read: Reader, kind: str, text: str) -> None:
    """Check that a reading is a plain value or a reason, with sound bounds and unit.

    read (Reader): The reader.
    kind (str): Its label.
    text (str): A text.
    """
    value, reason = read(text)
    assert (value is None) == (reason is not None)
    if value is None:
        assert reason and reason.strip()
        return
    assert value["kind"] == kind
    for part in walk(value):
        low, high = part.get("low"), part.get("high")
        assert low is None or high is None or low <= high
        if "unit" in part:
            assert parses(part["unit"]), part["unit"]


def walk(part: Any) -> Iterator[dict[str, Any]]:
    """Go through a value, which must be of plain and finite JSON types.

    part (Any): A value or a part of one.
    YIELDS (Dict[str, Any]): Its objects.
    """
    if isinstance(part, dict):
        assert all(isinstance(key, str) for key in part)
        yield part
    elif not isinstance(part, list):
        assert type(part) in (str, int, float, bool)
        assert not isinstance(part, float) or abs(part) < float("inf")
    children = part.values() if isinstance(part, dict) else part
    if isinstance(part, dict | list):
        for child in children:
            yield from walk(child)


@cache
def parses(unit: str) -> bool:
    """Say whether a unit is UCUM.

    unit (str): UCUM code.
    RETURNS (bool): Whether ucumvert can parse it.
    """
    try:
        get_ucum_parser().parse(unit)
    except Exception:
        return False
    return True


def respace(text: str, wide: str) -> str:
    """Put wider space wherever a text has one, and around it.

    text (str): A text.
    wide (str): White space.
    RETURNS (str): The text with other white space.
    """
    return wide + wide.join(text.split()) + wide
