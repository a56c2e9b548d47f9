"""Periods of time: `from day 1 to day 8`, `up to 2 years`, `until discharge`."""

import re
from typing import Final

from .iso import ZERO, iso, number_of, pattern, seconds, unit_of
from .time_frame_pieces import Piece, Time, read_event, signed
from .time_frame_points import LEAD, is_base, read_anchor, read_time
from .value import Unreadable

NUMBER = pattern(
    rf"{LEAD}(?P<n>-?{{N}})(?:st|nd|rd|th)?"
    r"(?: (?:after|following|post|of|from)[ -](?:the )?(?P<event>[^\W\d_].*)"
    r"| (?:after|post))?$"
)
"""A number that takes its unit from another."""

UNNAMED: Final = "event"
"""What stands for an end that is not read, as times count from the start."""

FROM_START = pattern(r"^(?:from |between |during |starting (?:at |from )?)?(?:the )?")
"""How periods begin."""

TO = pattern(
    r"(?<!prior) ?(?:,? (?:to|through|thru|until|till|up to|and up to|"
    r"(?<!follow )up (?:through|until))(?: the)? "
    r"|-(?<=[a-z0-9]-)(?<!post-)(?<!mid-)(?<!\bin-)(?<!follow-)(?=[a-z0-9])"
    r"| - |- | -(?=[a-z]))"
)
"""What stands between the start and the end of a period."""

_FIRST: Final = r"(?:for )?(?:the )?first"
_LIMIT: Final = (
    r"(?:for )?(?:up to(?: and including)?|within|through(?:out)?|until|till|during|"
    r"over|to|by|thru|in|the)(?: the)?"
    r"(?: (?:first|next|initial|course of|end of))?"
)
_UP_TO = pattern(
    rf"(?:{_LIMIT}|{_FIRST}) (?:a (?=[0-9]))?(?P<time>.*[0-9].*?)"
    r"(?:,? or (?P<or>[^0-9]+))?$"
)
_OR_TIME = pattern(
    r"(?:until|till|up to|through) (?P<event>[^0-9]+?),? or (?:until |for )?"
    r"(?P<time>(?:[0-9]|(?:day|week|month|year) ).*)$"
)
_PAST = pattern(
    r"(?:(?:during|over|in|within|for) )?(?:the )?(?P<which>last|past|previous|"
    r"preceding|prior|final) (?:(?P<n>{N}) ?|(?=(?:week|month|year)\b))(?P<unit>{U})"
    r"(?: (?P<side>of|before|prior to|preceding|during)(?: the)? (?P<event>[^0-9,]+))?$"
)
_AT_LEAST = pattern(
    r"(?:for )?(?:(?:an? )?minimum (?:of )?|at least |> ?|≥ ?|more than |beyond )"
    r"(?P<time>[0-9].*)$"
)
_ONWARDS = pattern(
    r"(?:from|since|starting (?:from|on|at)) "
    r"(?P<time>(?!.* (?:to|until|till|through) ).*?)(?: on(?:wards?)?)?$"
)
_OPEN = pattern(r"(?:until|till|through(?: to)?|up to|to)(?: the)? (?P<event>[^0-9]+)$")
_FROM_EVENT = pattern(
    r"(?!(?:return|transfer|exposure|referral|adherence|in relation) to |.*\breaction "
    r"to )"
    r"(?:(?:[a-z]+ ){0,3}?(?:time|interval|period|duration|length|life|days?|assessed|"
    r"measured|score|point) (?=(?:from|between) ))?"
    r"(?:time (?!of ))?(?:(?:from|between) )?(?:the )?(?:date of |day of |time of )?"
    r"(?P<start>[^0-9]+?)(?<! prior)"
    r"(?! to (?:the )?(?:icu|hospital|ward|intensive care)(?! (?:discharge|stay)))"
    r",? (?:to|until|till|through|up to|(?<=baseline )-)(?: the)? "
    r"(?:date of )?"
    r"(?P<event>[^0-9]+)$"
)
_STAYING = pattern(
    r"(?:during|throughout|over|in|within|(?:for )?(?:the )?duration of|"
    r"(?:the )?entire)(?: the| all the)? (?P<event>[^0-9]+)$"
)
_SINCE = pattern(
    r"(?:from|since) (?P<event>(?!.*\b(?:untill?|till|through|up|at|assessed)\b)"
    r"[^0-9]+)$"
)
_AT = pattern(
    r"(?:at|on|upon|(?:at (?:the )?)?time of|(?:on )?(?:the )?day of|the)(?: the)? "
    r"(?P<event>[^0-9]+)$"
)
_AFTER = pattern(
    r"(?:(?:immediately|just|right|directly|shortly) )?(?:after|following|post) ?-?"
    r"(?:the )?(?P<event>[^0-9]+)$"
)
_UNTIL = pattern("^(?:until|till) ")
_ENDS: Final = frozenset(("end", "completion"))
_MOMENT: Final = frozenset("date time day of the".split())
_WITHIN = pattern("(?:within|in|during|over|up to) ")
_AHEAD = pattern(r"(?P<n>{N}) ?(?P<unit>{U}) (?:before|prior to|prior)$")
_NAMED_START = pattern(
    "enrol+ment|inclusion|randomi[sz]ation|study entry|study start|"
    "start of (?:the )?study"
)


def read_range(text: str) -> Piece | None:
    """Read two times, the first of which may leave its unit to the second.

    text (str): For example `from day 1 to 8`, `1-2 years`.
    RETURNS (Optional[Piece]): The period; None if the text is none.
    RAISES (Unreadable): If it begins and ends by several events.
    """
    for match in TO.finditer(text):
        first = FROM_START.sub("", text[: match.start()])
        last = read_time(text[match.end() :])
        if last is None:
            last = _bare_end(first, text[match.end() :])
        if last is None:
            continue
        begin = _begin(first, last)
        if begin is not None:
            _check_same_event(first, last)
            return _between(begin, last)._replace(unit=last.unit, leads=last.leads)
    return None


def _check_same_event(first: str, last: Time) -> None:
    """From randomization until 30 days after the last dose is of no known length."""
    named = _NAMED_START.search(first)
    if named and last.anchor and named[0].casefold() not in last.anchor.casefold():
        raise Unreadable("an end that is counted from another event than the start")


def _bare_end(first: str, last: str) -> Time | None:
    time, match = read_time(first), NUMBER.match(last)
    if time is None or match is None or not time.leads or time.unit is None:
        return None
    anchor = read_anchor(match["event"])
    return Time(iso(signed(match["n"]), time.unit), time.unit, True, anchor)


def _begin(text: str, last: Time) -> Time | None:
    if match := NUMBER.match(text):
        if last.unit is None or last.leads:
            return None
        number = signed(match["n"])
        if last.iso.startswith("-"):
            number = -abs(number)
        return Time(iso(number, last.unit), last.unit)
    if (time := read_time(text)) is not None:
        return time
    if (match := _AHEAD.match(text)) and last.anchor and not last.leads:
        unit = unit_of(match["unit"])
        return Time(iso(-signed(match["n"]), unit), unit)
    if re.search("[0-9]", text) or not text.strip():
        return None
    return Time(ZERO, anchor=read_event(text))


def _between(begin: Time, last: Time) -> Piece:
    if begin.anchor and last.anchor and _same(begin.anchor, last.anchor):
        return Piece(start=begin.iso, end=last.iso, anchor=last.anchor)
    anchors = {time.anchor for time in (begin, last) if time.anchor}
    if len(anchors) > 1 or (last.anchor and begin.unit is None and begin.anchor):
        raise Unreadable("a period between times of several events")
    entry = last.anchor is not None and is_base(last.anchor)
    if last.anchor and (begin.leads != last.leads or (begin.baseline and not entry)):
        raise Unreadable("an end that is counted from another event than the start")
    start, end = begin.iso, last.iso
    if end.startswith("-") and not begin.leads:
        start, end = _in_order(start, end)
    return Piece(start=start, end=end, anchor=next(iter(anchors), None))


def _same(first: str, last: str) -> bool:
    """`End of surgery` is when counting from surgery begins; its start is not."""
    begin, end = (set(re.findall(r"\w+", text.casefold())) for text in (first, last))
    return begin - end <= _ENDS | _MOMENT and end - begin <= _MOMENT


def _in_order(start: str, end: str) -> tuple[str, str]:
    """`0-2 days before` begins two days before."""
    first, last = sorted((start, end), key=seconds)
    return first, last


def read_limit(text: str) -> Piece | None:
    """Read a period up to a time, or up to an event if that comes first.

    text (str): For example `up to 2 years or until death`.
    RETURNS (Optional[Piece]): The period; None if the text is none.
    RAISES (Unreadable): If it names several events.
    """
    other = match["event"] if (match := _OR_TIME.match(text)) else None
    if match is None and (match := _UP_TO.match(text)):
        other = match["or"]
    time = _time_in(match)
    if time is None:
        return None
    if time.iso.startswith("-"):
        return _ahead(text, time)
    if other and time.anchor:
        raise Unreadable("a period with several events")
    anchor = read_event(_UNTIL.sub("", other)) if other else time.anchor
    return Piece(start=ZERO, end=time.iso, anchor=anchor)


def _ahead(text: str, time: Time) -> Piece | None:
    """`Within 2 weeks before surgery` begins two weeks before and ends with it."""
    if not _WITHIN.match(text) or time.leads:
        return None
    return Piece(start=time.iso, end=ZERO, anchor=time.anchor)


def _time_in(match: re.Match[str] | None) -> Time | None:
    return read_time(match["time"]) if match else None


def read_past(text: str) -> Piece | None:
    """Read a period that ends where counting begins, or with an event.

    text (str): For example `the last 2 weeks of treatment`, `past 9 days`.
    RETURNS (Optional[Piece]): The period; None if the text is none.
    RAISES (Unreadable): If it ends with what is no event.
    """
    if (match := _PAST.match(text)) is None:
        return None
    start = iso(-number_of(match["n"] or "1"), unit_of(match["unit"]))
    event = match["event"]
    if match["which"].casefold() == "final" and not event:
        return None
    anchor = read_event(event) if event else None
    if anchor and match["side"].casefold() in ("of", "during"):
        anchor = f"end of {anchor}"
    return Piece(start=start, end=ZERO, anchor=anchor)


def read_at_least(text: str) -> Piece | None:
    """Read a period without end.

    text (str): For example `at least 2 years`.
    RETURNS (Optional[Piece]): The period; None if the text is none.
    RAISES (Unreadable): If it counts from something that is no event.
    """
    match = _AT_LEAST.match(text)
    time = _time_in(match)
    return Piece(start=time.iso, anchor=time.anchor) if time else None


def read_onwards(text: str) -> Piece | None:
    """Read a period that begins at a time and has no end.

    text (str): For example `from week 9 onwards`.
    RETURNS (Optional[Piece]): The period; None if the text is none.
    RAISES (Unreadable): If it counts from something that is no event.
    """
    match = _ONWARDS.match(text)
    time = _time_in(match)
    return Piece(start=time.iso, anchor=time.anchor) if time and time.unit else None


def read_open(text: str) -> Piece | None:
    """Read a period that an event ends.

    text (str): For example `from admission until discharge`.
    RETURNS (Optional[Piece]): The period; None if the text is none.
    RAISES (Unreadable): If what it runs to is no event.
    """
    if match := _OPEN.match(text):
        return Piece(open=True, start=ZERO, anchor=read_event(match["event"]))
    if match := _FROM_EVENT.match(text):
        start = match["start"]
        base = is_base(start) and "base" in start.casefold()
        unnamed = base or start.casefold() in ("beginning", "start")
        anchor = None if unnamed else read_event(start)
        if anchor is None and match["event"] != UNNAMED:
            anchor = read_event(match["event"])
        return Piece(open=True, start=ZERO, anchor=anchor)
    return None


def read_anchored(text: str) -> Piece | None:
    """Read an event without a time.

    text (str): For example `during hospital stay`, `at discharge`.
    RETURNS (Optional[Piece]): The event; None if the text is none.
    RAISES (Unreadable): If it names no event, or several.
    """
    if (match := _SINCE.match(text)) and (event := read_event(match["event"])):
        return Piece(open=True, anchor=event)
    if match := _STAYING.match(text):
        return Piece(open=True, anchor=read_event(match["event"]))
    match = _AFTER.match(text) or _AT.match(text)
    return Piece(anchor=read_event(match["event"])) if match else None
