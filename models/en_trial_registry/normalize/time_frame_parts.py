"""Parts of a time of measurement: one point, period, interval or event each."""

import re
from typing import Final, NamedTuple

from .iso import ZERO, iso, number_of, pattern, unit_of
from .timing_table import ADVERBS
from .value import Unreadable


class Piece(NamedTuple):
    """What one part says; a bare number waits for its unit.

    points (Tuple[str, ...]): Times in ISO 8601.
    number (Optional[float]): A number without a unit.
    unit (Optional[str]): Unit for bare numbers.
    leads (bool): Whether the unit stands before its numbers.
    start (Optional[str]): Start of a period.
    end (Optional[str]): Its end.
    open (bool): Whether it is a period whose end is an event.
    anchor (Optional[str]): Event that is counted from or runs to.
    weak (bool): Whether the anchor gives way to one of another part.
    bare (bool): Whether it is an event that says nothing about when.
    every (Optional[str]): Interval.
    lasts (Optional[Tuple[str, str]]): How long the interval is kept: number and unit.
    until (Optional[str]): When the interval ends.
    """

    points: tuple[str, ...] = ()
    number: float | None = None
    unit: str | None = None
    leads: bool = False
    start: str | None = None
    end: str | None = None
    open: bool = False
    anchor: str | None = None
    weak: bool = False
    bare: bool = False
    every: str | None = None
    lasts: tuple[str, str] | None = None
    until: str | None = None


class Time(NamedTuple):
    """One time, with the event that it is counted from."""

    iso: str
    unit: str | None = None
    leads: bool = False
    anchor: str | None = None
    weak: bool = False

    @property
    def baseline(self) -> bool:
        """RETURNS (bool): Whether counting begins here, of whatever is counted."""
        return self.iso == ZERO and self.unit is None and not self.weak


_ORDINALS: Final = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1
    )
}
_POST: Final = (
    r"after|following|post|from|since|of|into|on|later than|beyond(?! )|before|prior to"
)
_TAIL: Final = (
    rf"(?:(?P<later> later| thereafter| (?:after|post|afterwards?|beyond)(?: it)?$|(?: study| trial| treatment)? follow[ -]?up"
    rf"|(?: follow[ -]?up| treatment| study| observation| intervention)* (?:period|visit|"
    rf"time ?point)s?| time|s)|"
    rf"(?: |-)(?P<side>{_POST})(?: |-)(?:the |a )?(?P<event>.+)"
    rf"|(?: |-)?(?P<post>post)[ -]?(?P<glued>[^\W\d_].*)"
    r"| (?P<noun>treatment|therapy|intervention|dosing)"
    r")?$"
)
_LEAD: Final = (
    r"(?:(?:at|on|by|in|after|the|study|hospital|visit|end of|trial|post-?op(?:erative)?|"
    r"and|or|only|treatment|once|again|therapy|for) )*"
)
_NAMED: Final = r"days?|weeks?|wks?|wk|months?|mos?|mo|years?|hours?|minutes?"
_LEADING_UNIT = pattern(
    rf"{_LEAD}(?P<unit>(?:{_NAMED})(?=[ #+-]?[ #]?-?[0-9])|(?:pod|[dmwhy])(?=[ +]?-?[0-9]))"
    rf"(?:(?<=[a-z]{{3}})[ +-]|[ +])?#?(?P<n>-?{{N}})(?: days?)?(?![0-9]){_TAIL}"
)
_TRAILING_UNIT = pattern(rf"{_LEAD}(?P<n>-?{{N}})[ -]?(?P<unit>{{U}}){_TAIL}")
_ORDINAL = pattern(
    rf"{_LEAD}(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<n>[0-9]+)(?:-?(?:st|nd|rd|th))) "
    rf"(?P<unit>day|week|month|year|hour){_TAIL}"
)
_NUMBER = pattern(
    rf"{_LEAD}(?P<n>-?{{N}})(?: (?:after|following|post|of|from)[ -](?:the )?"
    r"(?P<event>[^\W\d_].*)| (?:after|post))?$"
)
_BASE = pattern(
    rf"{_LEAD}(?:baseline|basal|basline|enrol+ment|inclusion|randomi[sz]ation|study entry|"
    r"study start|start(?: of (?:the )?study)?|pre-?treatment|"
    r"(?:immediately |just )?before|pre)(?: assessment| visit| measurement)?$"
)
_BEFORE = pattern(
    r"(?:once,? )?(?:at |immediately |just |right )*(?:(?:before|prior to) |(?P<pre>pre)[ -]?(?=(?:dose|dosing|infusion|op\b|operati|"
    r"surgery|transfusion|vaccination|treatment|intervention|study|induction|procedure)))"
    r"(?:the |an? |start(?:ing)? of |start of the )*(?P<event>.+)$"
)
_ONE = pattern(
    r"(?:on )?(?:an? |the )?(?P<unit>day|night|week|month|year|hour) "
    r"(?P<side>before|prior to|after|following)(?: the| an?)? (?P<event>.+)$"
)
_AFTER = pattern(
    r"(?:(?:immediately|just|right|directly|shortly) )?(?:after|following|post) ?-?(?:the )?"
    r"(?P<event>[^0-9]+)$"
)

_FROM: Final = r"(?:from |between |during |starting (?:at |from )?)?(?:the )?"
_TO = pattern(
    r" ?(?:,? (?:to|through|thru|until|till|up to|and up to)(?: the)? |(?<=[a-z0-9])-(?=[a-z0-9])| - |- | -(?=[a-z]))"
)
_UP_TO = pattern(
    r"(?:(?:for )?(?:up to(?: and including)?|within|through(?:out)?|until|till|during|"
    r"over|to|by|thru|in|the)(?: the)?(?: (?:first|next|initial|course of|end of))?"
    r"|(?:the )?first|(?:for )?(?:the )?first) (?:a (?=[0-9]))?(?P<time>.*[0-9].*?)(?:,? or (?P<or>[^0-9]+))?$"
)
_OR_TIME = pattern(
    r"(?:until|till|up to|through) (?P<event>[^0-9]+?),? or (?:until |for )?(?P<time>[0-9].*)$"
)
_AT_LEAST = pattern(
    r"(?:for )?(?:(?:an? )?minimum (?:of )?|at least |> ?|≥ ?|more than |beyond )(?P<time>[0-9].*)$"
)
_OPEN = pattern(r"(?:until|till|through(?: to)?|up to|to)(?: the)? (?P<event>[^0-9]+)$")
_FROM_EVENT = pattern(
    r"(?:time )?(?:(?:from|between) )?(?:the )?(?:date of |day of |time of )?(?P<start>[^0-9]+?),? "
    r"(?:to|until|till|through|up to)(?: the)? (?:date of )?(?P<event>[^0-9]+)$"
)
_STAYING = pattern(
    r"(?:during|throughout|over|in|within|(?:for )?(?:the )?duration of|"
    r"(?:the )?entire)(?: the| all the)? (?P<event>[^0-9]+)$"
)
_AT = pattern(
    r"(?:at|on|upon|(?:at (?:the )?)?time of|(?:on )?(?:the )?day of|the)(?: the)? "
    r"(?P<event>[^0-9]+)$"
)
_EVERY = pattern(
    r"(?:at |assessed )?(?:every|each|q) ?(?P<k>{N})? ?-?(?P<unit>{U})(?: intervals?)?(?P<rest>.*)$"
)
_OFTEN = pattern(
    r"(?:once )?(?P<often>hourly|daily|weekly|fortnightly|monthly|yearly|annually|alternate days|"
    r"every other (?:day|week|month|year)|once (?:a|per|every|each) (?:day|week|month|year)|"
    r"twice (?:a|per) year|(?P<n>[0-9]+)[ -]monthly)(?P<rest>.*)$"
)
_REST = pattern(
    r"^(?: thereafter)?(?: (?:for|over|during|in|x)(?: the)?(?: (?:first|next|up to|a total of|a minimum of|at least|additional|maximum of|a maximum of))* "
    r"(?P<for>{N}) ?(?P<for_unit>{U})(?: of (?:treatment|therapy))?"
    r"(?:,? or until [^0-9]+)?| while [^0-9]+"
    r"| (?:for|during|over|in) the (?:(?P<one>first)|second|third|fourth|next) (?P<one_unit>year|month|week|day)"
    r"| from (?P<from>.*[0-9].*)"
    r"| (?:until|up to|to|through|till)(?: and including)? (?P<until>.*[0-9].*)"
    r"|(?P<none>,? (?:thereafter|afterwards?|intervals?|later|subsequently|basis)(?: until (?:death|progression|relapse))?)"
    r"| (?:until|up to|to|through|till|following|during)(?: the)? (?P<event>[^0-9]+)"
    r")?(?: thereafter)?$"
)
_INTERVALS: Final = {
    "alternate days": ("2", "d"),
    "every other day": ("2", "d"),
    "every other week": ("2", "wk"),
    "every other month": ("2", "mo"),
    "every other year": ("2", "a"),
    "twice a year": ("6", "mo"),
    "twice per year": ("6", "mo"),
}

_NO_EVENT = pattern(
    r"\b(?:then|every|up to|until|till|versus|vs|gestation|age|cycles? of|each|times?(?! of)|"
    r"compared|weekly|daily|monthly|birth to|within|before|after)\b|(?<![^\W_])[0-9.]+ ?{U}|^(?:and|or|to)\b|[()\[\]:=]|\b(?:day|week|month|year|visit)s? ?[0-9]"
)
_AT_START: Final = frozenset(
    ("baseline", "study entry", "the baseline", "baseline visit", "study start")
)
_MAX_WORDS: Final = 9
_ARTICLE = pattern(r"^(?:(?:the|an?) )?(?=.)")
_BEHIND = pattern(r"[ ,]+(?:and|or)$")
_EACH = pattern(r"^(?:each|every|any) ")


def read_piece(text: str) -> Piece:
    """Read one part of a time of measurement.

    text (str): A part between commas or `and`.
    RETURNS (Piece): What it says.
    RAISES (Unreadable): If it is not understood.
    """
    text = text.strip(" .,;:")
    if match := _NUMBER.match(text):
        anchor = _event(match["event"]) if match["event"] else None
        return Piece(number=number_of_signed(match["n"]), anchor=anchor)
    for reader in _READERS:
        if piece := reader(text):
            return piece
    if re.search("[0-9]", text):
        raise Unreadable(f"'{text}' is not understood")
    return Piece(anchor=_event(text), bare=True)


def number_of_signed(numeral: str) -> float:
    """Read a numeral that may have a minus.

    numeral (str): For example `-7`.
    RETURNS (float): The number.
    """
    number = number_of(numeral.lstrip("-"))
    return -number if numeral.startswith("-") else number


def _event(text: str) -> str | None:
    """Check that a text names one event; none if it is where counting begins."""
    text = _BEHIND.sub("", _ARTICLE.sub("", text.strip(" .,;:-")))
    if _NO_EVENT.search(_EACH.sub("", text)) or len(text.split()) > _MAX_WORDS:
        raise Unreadable(f"'{text}' is no event that times are counted from")
    if not re.search(r"[^\W\d_]{2}", text):
        raise Unreadable(f"'{text}' is no event")
    return None if text.casefold() in _AT_START else text


def _time(text: str) -> Time | None:
    if _BASE.match(text):
        return Time(ZERO, weak=not text.casefold().startswith("base"))
    for form, leads in (
        (_LEADING_UNIT, True),
        (_TRAILING_UNIT, False),
        (_ORDINAL, True),
    ):
        if match := form.match(text):
            return _timed(match, leads)
    if match := _ONE.match(text):
        one = -1 if match["side"].casefold() in ("before", "prior to") else 1
        unit = {"night": "d"}.get(match["unit"].casefold()) or unit_of(match["unit"])
        return Time(iso(one, unit), unit, anchor=_event(match["event"]))
    if match := _BEFORE.match(text):
        weak = match["pre"] is not None
        return Time(ZERO, anchor=_event(match["event"]), weak=weak)
    return None


# What `post` makes an adjective of.
_ADJECTIVES: Final = {
    **dict.fromkeys(("operative", "operatively"), "operation"),
    **dict.fromkeys(("surgical", "surgically"), "surgery"),
    **{"partum": "delivery", "natal": "birth", "natally": "birth"},
}


def _timed(match: re.Match[str], leads: bool) -> Time:
    groups = match.groupdict()
    spelling = match["unit"].casefold()
    unit = "d" if spelling == "pod" else unit_of(spelling)
    if groups.get("word"):
        number: float = _ORDINALS[match["word"].casefold()]
    else:
        number = number_of_signed(match["n"])
    anchor = groups["event"] or groups["glued"] or groups["noun"]
    if anchor and anchor.casefold() in _ADJECTIVES:
        anchor = _ADJECTIVES[anchor.casefold()]
    elif anchor:
        anchor = None if anchor.casefold() == "it" else _event(anchor)
    elif spelling == "pod":
        anchor = "operation"
    if (groups["side"] or "").casefold() in ("before", "prior to"):
        number = -number
    return Time(iso(number, unit), unit, leads, anchor)


def _point(text: str) -> Piece | None:
    time = _time(text)
    if time is None:
        return None
    return Piece(
        (time.iso,),
        unit=time.unit,
        leads=time.leads,
        anchor=time.anchor,
        weak=time.weak,
    )


def _range(text: str) -> Piece | None:
    """Two times, the first of which may leave its unit to the second."""
    for match in _TO.finditer(text):
        first = re.sub(_FROM_START, "", text[: match.start()])
        last = _time(text[match.end() :])
        if last is None:
            last = _bare_end(first, text[match.end() :])
        if last is None:
            continue
        begin = _begin(first, last)
        if begin is not None:
            return _between(begin, last)
    return None


_FROM_START = re.compile(rf"^{_FROM}", re.IGNORECASE)


def _bare_end(first: str, last: str) -> Time | None:
    time, match = _time(first), _NUMBER.match(last)
    if time is None or match is None or not time.leads or time.unit is None:
        return None
    anchor = _event(match["event"]) if match["event"] else None
    return Time(iso(number_of_signed(match["n"]), time.unit), time.unit, True, anchor)


def _begin(text: str, last: Time) -> Time | None:
    if match := _NUMBER.match(text):
        if last.unit is None or last.leads:
            return None
        return Time(iso(number_of_signed(match["n"]), last.unit), last.unit)
    if (time := _time(text)) is not None:
        return time
    if re.search("[0-9]", text) or not text.strip():
        return None
    return Time(ZERO, anchor=_event(text))


def _between(begin: Time, last: Time) -> Piece:
    anchors = {time.anchor for time in (begin, last) if time.anchor}
    if len(anchors) > 1 or (last.anchor and begin.unit is None and begin.anchor):
        raise Unreadable("a period between times of several events")
    if last.anchor and (begin.leads != last.leads or begin.baseline):
        raise Unreadable("an end that is counted from another event than the start")
    return Piece(start=begin.iso, end=last.iso, anchor=next(iter(anchors), None))


def _up_to(text: str) -> Piece | None:
    """A period up to a time, or up to an event if that comes first."""
    other = match["event"] if (match := _OR_TIME.match(text)) else None
    if match is None and (match := _UP_TO.match(text)):
        other = match["or"]
    time = _time(match["time"]) if match else None
    if time is None or time.iso.startswith("-"):
        return None
    if other and time.anchor:
        raise Unreadable("a period with several events")
    anchor = _event(re.sub("^(?:until|till) ", "", other)) if other else time.anchor
    return Piece(start=ZERO, end=time.iso, anchor=anchor)


def _at_least(text: str) -> Piece | None:
    match = _AT_LEAST.match(text)
    time = _time(match["time"]) if match else None
    return Piece(start=time.iso, anchor=time.anchor) if time else None


def _open(text: str) -> Piece | None:
    """A period that an event ends."""
    if match := _FROM_EVENT.match(text):
        start = match["start"]
        anchor = None if _BASE.match(start) and "base" in start.casefold() else start
        return Piece(open=True, start=ZERO, anchor=_event(anchor or match["event"]))
    if match := _OPEN.match(text):
        return Piece(open=True, start=ZERO, anchor=_event(match["event"]))
    return None


def _anchored(text: str) -> Piece | None:
    """An event without a time."""
    if match := _STAYING.match(text):
        return Piece(open=True, anchor=_event(match["event"]))
    match = _AFTER.match(text) or _AT.match(text)
    return Piece(anchor=_event(match["event"])) if match else None


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
    until = None
    if rest["until"]:
        time = _time(rest["until"])
        if time is None or time.anchor:
            raise Unreadable("an interval whose end is not understood")
        until = time.iso
    lasts = (rest["for"], rest["for_unit"]) if rest["for"] else None
    if rest["one_unit"]:
        lasts = ("1", rest["one_unit"])
    if rest["from"]:
        return _from(iso(number_of(number), unit), rest["from"])
    every = iso(number_of(number), unit)
    anchor = _event(rest["event"]) if rest["event"] else None
    return Piece(every=every, lasts=lasts, until=until, anchor=anchor)


def _from(every: str, text: str) -> Piece:
    """`Daily from day 1 to day 14`."""
    period = _range(text)
    if period is None or period.anchor:
        raise Unreadable("an interval whose period is not understood")
    return Piece(every=every, start=period.start, end=period.end)


def _often(match: re.Match[str]) -> tuple[str, str]:
    often = match["often"].casefold()
    if match["n"]:
        return match["n"], "mo"
    if often in _INTERVALS:
        return _INTERVALS[often]
    if keys := ADVERBS.get(often):
        return str(keys["period"]), keys["period_unit"]
    return "1", unit_of(often.rsplit(" ", 1)[1])


_READERS: Final = (_interval, _up_to, _at_least, _point, _range, _open, _anchored)
