"""Parts of a time of measurement: one point, period, interval or event each."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from .iso import iso, number_of, pattern, unit_of
from .time_frame_periods import (
    NUMBER,
    read_anchored,
    read_at_least,
    read_limit,
    read_onwards,
    read_open,
    read_past,
    read_range,
)
from .time_frame_pieces import Piece, read_event, signed
from .time_frame_points import read_anchor, read_point, read_time
from .time_frame_terms import TO
from .timing_table import ADVERBS
from .value import Unreadable

_EVERY = pattern(
    r"(?:assessed )?(?:at |with )?(?:every|each|q)(?! second (?:[a-z]+ )?cycle) ?"
    r"(?P<k>{N})? ?-?(?P<unit>{U})"
    r"(?: intervals?| periods?| (?:treatment )?cycles?)?(?P<rest>.*)$"
)
_OFTEN = pattern(
    r"(?:once )?(?P<often>hourly|daily|weekly|fortnightly|monthly|yearly|annually|"
    r"alternate days|every other (?:day|week|month|year)|"
    r"once (?:a|per|every|each) (?:day|week|month|year)|twice (?:a|per) year|"
    r"(?P<n>[0-9]+)[ -]monthly)(?P<rest>.*)$"
)
_LENGTH: Final = (
    r"first|next|up to|a total of|a minimum of|at least|additional|maximum of|"
    r"a maximum of"
)
_FOR: Final = (
    rf" (?:for|over|during|throughout|in|x)(?: the| an?)?(?: (?:{_LENGTH}))* "
    r"(?:{N}(?: ?- ?| to | or ))?(?P<for>{N})[ -]?(?P<for_unit>{U})"
    r"(?: of (?:the )?(?:treatment|therapy|study|trial)| follow[ -]?up(?: period)?"
    r"| (?:after|following|post|from) (?P<for_event>[^0-9,]+?))?"
    r"(?:,? or until [^0-9]+?)?"
)
_FOR_ONE: Final = (
    r" (?:(?:for|during|over|in) )?(?:the )?(?:first|second|third|fourth|next|"
    r"[1-9][a-z]{2}) (?P<one_unit>year|month|week|day|hour)"
)
_NOTHING: Final = (
    r",? (?:thereafter|afterwards?|intervals?|later(?: on)?|subsequently|basis|"
    r"at first|initially)"
    r"(?:,? (?:or )?until [^0-9]+)?| for the (?:rest|remainder) of [^0-9]+"
)
_REST = pattern(
    rf"^(?: thereafter)?(?:{_FOR}| (?:while|in the absence of) [^0-9]+|{_FOR_ONE}"
    r"| x ?(?P<times>[0-9]+)"
    r"| from (?P<from>.*[0-9].*)"
    rf"| {TO}(?: and including)? (?P<until>.*[0-9].*)"
    rf"|(?:{_NOTHING})"
    r"| (?:after|following|post|before|prior to)[ -](?!(?:the )?"
    r"(?:first|second|third|fourth|next|last) (?:year|month|week|day)\b)(?:the )?"
    r"(?P<after>[^0-9]+?)"
    rf"(?: {TO} (?P<last>.*[0-9].*)| (?:until|till) [^0-9]+)?"
    rf"| (?:{TO}|following|during|throughout|since|from(?! .* {TO} )"
    r"|on(?! (?:\w+ )?(?:weeks?|[a-z]*days?)\b)"
    r"|of(?! (?:\w+ )?(?:day|week|month|year)s?\b)|in(?= "
    r"the (?!e-?diary|diary|morning|evening)))(?: "
    r"the)? (?P<event>[^0-9]+)"
    r")?(?: thereafter)?$"
)
"""What may stand behind an interval."""

_EACH = pattern(r"\b(?:each|every)\b")
_TO_EVENT = pattern(rf"(?P<time>.*[0-9]) {TO}(?: the)? (?P<event>[^0-9]+)$")

_INTERVALS: Final = {
    "alternate days": ("2", "d"),
    "every other day": ("2", "d"),
    "every other week": ("2", "wk"),
    "every other month": ("2", "mo"),
    "every other year": ("2", "a"),
    "twice a year": ("6", "mo"),
    "twice per year": ("6", "mo"),
}


def read_piece(text: str) -> Piece:
    """Read one part of a time of measurement.

    text (str): A part between commas or `and`.
    RETURNS (Piece): What it says.
    RAISES (Unreadable): If it is not understood.
    """
    found = _found(text)
    if isinstance(found, str):
        raise Unreadable(found)
    return found


# The same parts occur in many texts: `baseline`, `week 12`.
@lru_cache(maxsize=4096)
def _found(text: str) -> Piece | str:
    """A part, or why it is not understood."""
    try:
        return _read(text.strip(" .,;:"))
    except Unreadable as reason:
        return str(reason)


forget_parts = _found.cache_clear


def _read(text: str) -> Piece:
    if match := NUMBER.match(text):
        named = match["event"] or (match["op"] and "op")
        return Piece(number=signed(match["n"]), anchor=read_anchor(named))
    for reader in _readers(text):
        if piece := reader(text):
            return piece
    if re.search("[0-9]", text):
        raise Unreadable(f"'{text}' is not understood")
    return Piece(anchor=read_event(text), bare=True)


def _readers(text: str) -> Sequence[Callable[[str], Piece | None]]:
    """The readers that a text may be for, by how it begins."""
    if text[:1].isdigit():
        return _READERS if "monthly" in text.casefold() else _TIMES
    return _TIMES if _NAMED.match(text) else _READERS


def _interval(text: str) -> Piece | None:
    if match := _OFTEN.match(text):
        number, unit = _often(match)
    elif match := _EVERY.match(text):
        number, unit = match["k"] or "1", unit_of(match["unit"])
    else:
        return None
    rest = _REST.match(match["rest"])
    if rest is None:
        raise Unreadable(f"'{match['rest']}' behind an interval is not understood")
    every = iso(number_of(number), unit)
    if rest["times"]:
        total = number_of(number) * number_of(rest["times"])
        return Piece(every=every, lasts=(f"{total:g}", unit))
    return _from(every, rest["from"]) if rest["from"] else _kept(every, rest)


def _kept(every: str, rest: re.Match[str]) -> Piece:
    """How long an interval is kept: for a time, until a time or until an event."""
    until, event = None, rest["event"] or rest["for_event"] or rest["after"]
    if last := rest["until"] or rest["last"]:
        time = read_time(last)
        if time is None or (time.anchor and (event or not _AFTER.search(last))):
            raise Unreadable("an interval whose end is not understood")
        until, event = time.iso, event or time.anchor
    lasts = (rest["for"], rest["for_unit"]) if rest["for"] else None
    up_to = " up to " in rest[0] and lasts is not None
    if rest["one_unit"]:
        lasts = ("1", rest["one_unit"])
    anchor = read_event(event) if event else None
    return Piece(every=every, lasts=lasts, until=until, anchor=anchor, up_to=up_to)


def _from(every: str, text: str) -> Piece:
    """`Daily from day 1 to day 14 after surgery`, `daily from day 1 to discharge`."""
    if match := _TO_EVENT.match(text):
        time = read_time(match["time"])
        if time is None or time.anchor:
            raise Unreadable("an interval whose period is not understood")
        return Piece(every=every, start=time.iso, anchor=read_event(match["event"]))
    if period := read_range(text):
        return period._replace(every=every, unit=None, leads=False)
    if time := read_time(text):
        return Piece(every=every, start=time.iso, anchor=time.anchor)
    raise Unreadable("an interval whose period is not understood")


def _often(match: re.Match[str]) -> tuple[str, str]:
    often = match["often"].casefold()
    if match["n"]:
        return match["n"], "mo"
    if often in _INTERVALS:
        return _INTERVALS[often]
    if keys := ADVERBS.get(often):
        return str(keys["period"]), keys["period_unit"]
    return "1", unit_of(often.rsplit(" ", 1)[1])


def _point_or_range(text: str) -> Piece | None:
    """`Day 1 of treatment to day 5 of treatment` is no day 1 of some event."""
    try:
        return read_point(text) or read_range(text)
    except Unreadable:
        period = None if _EACH.search(text) else read_range(text)
        if period is None:
            raise
        return period


_READERS: Final = (
    _interval,
    read_past,
    read_limit,
    read_at_least,
    _point_or_range,
    read_onwards,
    read_open,
    read_anchored,
)
_TIMES: Final = (_point_or_range, read_open, read_anchored)
_AFTER = re.compile(" (?:after|post|following|of) ", re.IGNORECASE)
_NAMED = pattern(r"(?:day|week|month|year|hour)s?[ -]?[#+-]?[0-9]")
