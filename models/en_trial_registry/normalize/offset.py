"""Timing to an event: `1 h before surgery`, `within 24 h of birth`, `at discharge`."""

import re
from typing import Any, Final

from .iso import RANGE, UNIT, iso, number_of, pattern, unit_of
from .timing_table import DAYS_OF_WEEK
from .value import Unreadable

_BEFORE: Final = r"before|prior to|prior|preceding|ahead of|in advance of|in advance"
_AFTER: Final = (
    r"after|following|post(?=-)|post|later than|later|from|since|"
    r"of(?= (?:completion|completing))"
)
_EARLIER: Final = frozenset(f"{_BEFORE}|earlier".split("|"))
_SIDE: Final = rf"(?P<side>{_BEFORE}|{_AFTER}|earlier)"

_AMOUNT: Final = (
    r"(?P<least>(?:at least|≥|>|minimum of|more than) ?)?(?:an? (?=hour|day|week))?"
    r"(?P<low>{N})?(?:(?: ?(?P<low_unit>{U}))?{R}(?P<high>{N}))? ?-?(?P<unit>{U})"
)
_TIMED = pattern(
    rf"(?:between )?{_AMOUNT}(?: \([^()]*\))?,? {_SIDE}(?:[ -]the)?"
    r"(?:[ -](?P<event>.+))?$"
)
_BEHIND = pattern(rf"(?P<side>after) {_AMOUNT}(?: (?:from|of) (?P<event>.+))?$")
_WITHIN = pattern(
    r"within (?:the )?(?:first )?(?:(?P<low>{N}){R})?(?P<high>{N}) ?-?(?P<unit>{U}) "
    r"(?P<side>before|prior to|after|following|post|of)(?: the)? (?P<event>.+)$"
)
_DAY_BEFORE = pattern(
    r"(?:on )?(?:the )?(?P<unit>day|night) (?P<side>before|prior to|prior|after) "
    r"(?P<event>.+)$"
)
_BARE = pattern(
    r"(?:(?:immediately|just|shortly|right|directly|soon|as soon as possible) )?"
    r"(?:(?P<side>before|prior to|after|following) |(?P<side2>pre|post)[ -])"
    r"(?P<event>.+)$"
)
_DURING = pattern(
    r"(?:during|at(?: the)? time of|at|upon|on|(?:on )?(?:the )?(?:same )?"
    r"day (?:of|as)|per|(?:in|with)(?= each | every )) "
    r"(?P<event>(?:the |each |every )?[^\W\d_].*)$"
)
_NOUNS: Final = (
    "baseline|visit|discharge|screening|inclusion|enrollment|enrolment|admission|"
    "randomization|randomisation|clinic visit|study visit|incision|"
    "(?:(?:early|late|immediate|delayed) )?(?:peri|pre|post|intra)-?operative period|"
    "(?:(?<=each )|(?<=every ))(?:cycle|course|session|dose|injection|infusion|"
    "treatment|procedure|shift|(?:treatment|dialysis|study|session) day)"
)
_WHERE: Final = "(?:(?:hospital|clinic|home|icu|nicu|unit|ward) )?"
_NOUN = pattern(
    rf"(?P<event>(?:(?:each|every|first|second|last) )?{_WHERE}(?:{_NOUNS})s?"
    r"(?: [0-9]+)?)(?: \([^()]*\))?$"
)
_MOMENT = pattern(
    r"(?:(?:the )?time of (?P<event>.+)|(?P<moment>(?:the )?(?:start|end|beginning|"
    r"onset|completion|initiation|conclusion) of .+))$"
)

# Words that show that a text says more than one event.
_MORE: Final = (
    r"\b(?:then|thereafter|every|daily|weekly|monthly|once|twice|times?|each time|"
    r"consecutive|immediately|up to|as well as|at least|age|until|within)\b"
    r"|[0-9] ?(?:{U})|^(?:and|or|but|to|least|most)\b|^(?:day|week|month|time)s?$"
    r"|\b(?:and|or) (?:before|after|at|on|during|following|prior|"
    r"days?|weeks?)\b"
    rf"|^(?:{'|'.join(DAYS_OF_WEEK)})"
)
_PLURAL_EVENT = pattern(_MORE)
_LEADING = re.compile(r"^(?:(?:the|an?|your|his|her|their) )+", re.IGNORECASE)
_ALLOWED_START = re.compile(r"^(?:each|every) ", re.IGNORECASE)
_MAX_WORDS: Final = 12


def read_offset(text: str) -> dict[str, Any] | None:
    """Read a timing to an event, which goes on to the end of the text.

    text (str): From `fold_time`.
    RETURNS (Optional[Dict[str, Any]]): `offset` (ISO 8601, negative before the event;
        a range as two with a slash, earliest first; `before` or `after` if no amount is
        stated) and `event`; None if it is no such timing.
    RAISES (Unreadable): If the timing is more than one of a single event.
    """
    if match := _TIMED.match(text) or _BEHIND.match(text):
        return _timed(match)
    if match := _WITHIN.match(text):
        unit = unit_of(match["unit"])
        far, near = (
            iso(number_of(match["high"]), unit),
            iso(number_of(match["low"] or "0"), unit),
        )
        before = match["side"].casefold() in _EARLIER
        offset = f"-{far}/{_negative(near)}" if before else f"{near}/{far}"
        flag = "'of' read as after" if match["side"].casefold() == "of" else None
        return _keys(offset, match["event"], flag)
    if match := _DAY_BEFORE.match(text):
        before = match["side"].casefold() != "after"
        return _keys("-P1D" if before else "P1D", match["event"])
    if match := _BARE.match(text):
        side = (match["side"] or match["side2"]).casefold()
        before = side == "pre" or side in _EARLIER
        return _keys("before" if before else "after", match["event"])
    if match := _MOMENT.match(text):
        return _keys(None, match["event"] or match["moment"])
    match = _NOUN.match(text) or _DURING.match(text)
    return _keys(None, match["event"]) if match else None


def _timed(match: re.Match[str]) -> dict[str, Any]:
    unit = unit_of(match["unit"])
    if not match["low"] and match["unit"].casefold().endswith("s"):
        raise Unreadable("a number of units that is not stated")
    low = number_of(match["low"] or "1")
    first = iso(low, unit_of(match["low_unit"]) if match["low_unit"] else unit)
    last = iso(number_of(match["high"]), unit) if match["high"] else first
    if match["side"].casefold() in _EARLIER:
        first, last = _negative(last), _negative(first)
    offset = first if first == last else f"{first}/{last}"
    flag = "at least" if match["least"] else None
    return _keys(offset, match["event"], flag)


def _negative(span: str) -> str:
    return span if span == "PT0S" else f"-{span}"


def _keys(
    offset: str | None, event: str | None, flag: str | None = None
) -> dict[str, Any]:
    keys = {"offset": offset, "event": event and _event(event), "flag": flag}
    return {key: value for key, value in keys.items() if value}


def _event(text: str) -> str:
    """Check that a text names one event; without an article."""
    text = _LEADING.sub("", text.strip(" .,;:"))
    rest = _ALLOWED_START.sub("", text)
    if not rest or _PLURAL_EVENT.search(rest) or len(rest.split()) > _MAX_WORDS:
        raise Unreadable("a timing to more than one event")
    if not re.search(r"[^\W\d_]", rest) or text.count("(") != text.count(")"):
        raise Unreadable("a timing to something that is no event")
    return text


def is_unit_range(text: str) -> bool:
    """Say whether a text is a bare amount of time: `7 to 10 days`.

    text (str): From `fold_time`.
    RETURNS (bool): Whether nothing else is said.
    """
    return _ONLY_AMOUNT.fullmatch(text) is not None


_ONLY_AMOUNT = re.compile(rf"[0-9.]+(?:{RANGE}[0-9.]+)?[ -]?(?:{UNIT})", re.IGNORECASE)
