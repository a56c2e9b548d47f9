"""What a part of a time of measurement says, and the events that times count from."""

import re
from typing import Final, NamedTuple

from .iso import ZERO, number_of, pattern
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
    up_to (bool): Whether the interval is kept `for up to` a time, which may be counted
        from the first interval on.
    start_anchor (Optional[str]): Event that the start is counted from, if not `anchor`.
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
    up_to: bool = False
    start_anchor: str | None = None


def fold_event(event: str | None) -> str:
    """Write the names of one event alike.

    event (Optional[str]): Its words.
    RETURNS (str): The words in lower case without signs; empty for none.
    """
    words = " ".join(re.findall(r"\w+", (event or "").casefold()))
    return "surgery" if words == "operation" else words


class Time(NamedTuple):
    """One time, with the event that it is counted from.

    iso (str): Time in ISO 8601.
    unit (Optional[str]): Code of its unit; None where counting begins.
    leads (bool): Whether the unit stands before the number.
    anchor (Optional[str]): The event.
    weak (bool): Whether the event gives way to one of another part.
    """

    iso: str
    unit: str | None = None
    leads: bool = False
    anchor: str | None = None
    weak: bool = False

    @property
    def baseline(self) -> bool:
        """RETURNS (bool): Whether counting begins here, of whatever is counted."""
        return self.iso == ZERO and self.unit is None and not self.weak


# Words and amounts that show that a text is no single event.
_MORE_THAN_ONE: Final = (
    r"then|every|up to|until|till|versus|vs|gestation|age|cycle(?<!last cycle)"
    r"(?<!first cycle)(?<!second cycle)(?<!third cycle)(?<![0-9](?:st|nd|rd|th) cycle)"
    r"s?"
    r" of|each|"
    r"times?(?! of)|twice|compared|weekly|daily|monthly|yearly|"
    r"birth to|within|before|after|"
    r"through|will|were"
)
NO_BEGINNING = pattern(
    r"(?:and|or|to|up|out|not|be|it is|its|that is|(?:post|follow|total)$|(?:the )"
    r"?(?:next|"
    r"following) "
    r"(?:day|"
    r"morning)$|from|since|same|during|throughout|periodically|operative(?:ly)?|"
    r"pre-? (?:and|&)|"
    r"as|(?:changes?|differences?)(?= (?!of\b))|"
    r"(?:regular|various|several|multiple|different) (?:time ?)?(?:interval|point)s?|"
    r"(?:every|each) (?:two|three|four|other|second|third)|"
    r"(?:first|second|third|fourth)(?= and|$)|last$)(?![^\W_])"
)
"""How no single event begins."""

_NO_EVENT = pattern(
    rf"\b(?:{_MORE_THAN_ONE})\b|(?<![^\W_])[0-9.]+ ?{{U}}|^{{U}}(?:$| (?:from|since) )"
    r"|[()\[\]:=]|\b(?:day|week|month|year|visit)s? ?[0-9]"
)
_DATED = pattern(
    r"(?<=[a-z]) (?:on|at|of|in)(?: the)?(?: cycle [0-9]+,?)? (?:day|week|month|visit) "
    r"[0-9]+(?: of (?:cycle|course)s? [^\s0-9]+)?$"
    r"|^(?:day|week) [0-9]+ (?=(?:dose|infusion|injection|visit)$)"
)
_AT_START: Final = frozenset(
    ("baseline", "study entry", "the baseline", "baseline visit", "study start")
)
_MAX_WORDS: Final = 9
_ARTICLE = pattern(r"^(?:(?:the|an?) )?(?=.)")
_BEHIND = pattern(r"[ ,]+(?:and|or|for|at|(?<=baseline )on)$")
_OF_EACH = pattern(
    r" (?:of|in|on) (?:each|every) (?=(?:treatment |dosing |study |visit )?"
    r"(?:period|phase|session|cycle|course|arm|day))"
)
_EACH = pattern(r"^(?:each|every|any) (?!(?:two|three|four|other|second|third)\b)")


def read_event(text: str) -> str | None:
    """Check that a text names one event.

    text (str): For example `the last dose`.
    RETURNS (Optional[str]): The event without its article; None if it is where
        counting begins.
    RAISES (Unreadable): If it is no event, or more than one.
    """
    text = _BEHIND.sub("", _ARTICLE.sub("", text.strip(" .,;:-")))
    named = _OF_EACH.sub(" of ", _EACH.sub("", text))
    several = NO_BEGINNING.match(text) or (
        _NO_EVENT.search(named) and _NO_EVENT.search(_DATED.sub("", named))
    )
    if several or len(text.split()) > _MAX_WORDS:
        raise Unreadable(f"'{text}' is no event that times are counted from")
    if not re.search(r"[^\W\d_]{2}", text):
        raise Unreadable(f"'{text}' is no event")
    return None if text.casefold() in _AT_START else text


def is_dated(event: str) -> bool:
    """Say whether an event names its own day.

    event (str): For example `infusion on day 14`.
    RETURNS (bool): Whether it does, so that other days are not counted from it.
    """
    return _DATED.search(event) is not None


def signed(numeral: str) -> float:
    """Read a numeral that may have a minus.

    numeral (str): For example `-7`.
    RETURNS (float): The number.
    """
    number = number_of(numeral.lstrip("-"))
    return -number if numeral.startswith("-") else number
