"""Reads how long something is given: `12 weeks`, `up to 2 years`, `6 cycles`."""

import re
from typing import Any

from .duration_ends import read_end, read_period, split_end
from .duration_spans import bounds, read_span, spell
from .iso import fold_time, iso, iso_of, number_of, pattern, unit_of
from .numbers import fold_text
from .value import Reading, Unreadable, read_value

_DAYS = pattern(
    r"(?:from |between )?(?:study )?(?P<name>days?|weeks?) (?P<first>[-+]?[0-9]+)"
    r"(?: ?- ?|,? (?:to|through|till|until|and|up ?to) (?:the )?)(?:study )?"
    r"(?:days? |weeks? )?(?P<last>[-+]?[0-9]+)"
    r"(?: (?:after|following|post)[ -][^\W\d_][^\d]*"
    r"| of (?:each|every) (?:[0-9]+-day )?(?:cycle|course))?$"
)
_BEGIN_END = pattern(
    r"(?:starting|beginning) (?:on|at) (day [0-9]+) and "
    r"(?:ending|stopping) (?:on|at) (day [0-9]+)$"
)
_AROUND = pattern(
    r"from ([0-9.]+) ?({U}) before (?:to|until|till) ([0-9.]+) ?({U}) after"
    r"(?: [^0-9]*)?$"
)
_MARK = pattern(
    r"(?:up ?to |through )(?:study )?(?P<name>day|week|month|year) (?P<n>[0-9]+)$"
)
_AGES = pattern(r"from {N}[ -]*(?:{U} )?(?:to|until|till|-) ?{N} ?{U} of age$")


def read_duration(text: str) -> Reading:
    """Read how long something lasts.

    text (str): Text of a DURATION entity.
    RETURNS (Reading): `low` and `high` (ISO 8601 as counted; a side without bound is
        left out), `cycles` where those are counted, `until` (an event), `approximate`,
        `flag`.
    """
    return read_value("DURATION", _read, text)


def _read(text: str) -> dict[str, Any]:
    text = fold_text(text).strip(" .,;:")
    folded = spell(fold_time(text))
    # What begins with a number names no end and no days before it.
    words = not folded[:1].isdigit()
    if words and (keys := _marks(folded) or read_end(text, folded)):
        return keys
    if parts := split_end(text):
        span = spell(fold_time(parts[0]))
        return {**(_marks(span) or read_span(span)), "until": parts[1]}
    if words and (keys := read_period(folded)):
        return keys
    return read_span(folded)


def _marks(text: str) -> dict[str, Any] | None:
    """Read marks that a treatment runs between or up to: `day 3 to day 8`."""
    if match := _BEGIN_END.match(text):
        text = f"{match[1]} to {match[2]}"
    if match := _AROUND.match(text):
        return _around(match)
    if match := _DAYS.match(text):
        return _days(match)
    if match := _MARK.match(text):
        return bounds(None, iso_of(match["n"], match["name"]))
    if _AGES.match(text):
        raise Unreadable("an age")
    return None


def _days(match: re.Match[str]) -> dict[str, Any]:
    """From day 2 to day 5 are four days: both ends count."""
    first, last = int(match["first"]), int(match["last"])
    if not 0 <= first < last or (match["name"][0] in "wW" and first == 0):
        raise Unreadable("a span of days whose length is not sure")
    span = iso(last - first + 1, unit_of(match["name"]))
    return bounds(span, span)


def _around(match: re.Match[str]) -> dict[str, Any]:
    """From 12 h before until 24 h after are 36 hours."""
    unit = unit_of(match[2])
    if unit != unit_of(match[4]):
        raise Unreadable("a span of time in two units")
    span = iso(number_of(match[1]) + number_of(match[3]), unit)
    return bounds(span, span)
