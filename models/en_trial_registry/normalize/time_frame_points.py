"""Points of time: `week 12`, `24 hours after surgery`, `baseline`, `third month`."""

import re
from typing import Final

from .iso import ZERO, iso, pattern, unit_of
from .numbers import ORDINALS
from .time_frame_pieces import Piece, Time, read_event, signed
from .value import Unreadable

_EARLIER: Final = ("before", "prior to")

_SIDE: Final = (
    r"after|following|post|from|since|of|into|on|later than|beyond|before|"
    r"prior to|during|in(?! (?:a row|the (?:past|last|previous|next)))"
)
_NOUNS: Final = r"follow[ -]?up| treatment| study| observation| intervention"
_LATER: Final = (
    r" later| thereafter| (?:after|post|afterwards?|beyond)(?: it)?$"
    r"|(?: study| trial| treatment)? follow[ -]?up"
    rf"|(?: {_NOUNS})* (?:period|visit|time ?point)s?| time|s"
)
_TAIL: Final = (
    rf"(?:(?P<later>{_LATER})"
    rf"|(?: |-)(?P<side>{_SIDE})(?: |-)(?:the |a )?(?P<event>.+)"
    r"|(?: |-)?(?P<post>post)[ -]?(?P<glued>[^\W\d_].*)"
    r"| (?P<noun>treatment|therapy|intervention|dosing|administration)"
    r")?$"
)
"""What may stand behind a time: words that change nothing, or an event."""

LEAD: Final = (
    r"(?:(?:at|on|by|in|after|the|study|hospital|visit|end of|trial|"
    r"(?P<op>post-?op(?:erative)?)|and|or|only|treatment|once|again|therapy|for) )*"
)
"""Words in front of a time that change nothing."""

_NAMED: Final = r"days?|weeks?|wks?|wk|months?|mos?|mo|years?|hours?|minutes?"
_UNIT_IN_FRONT: Final = (
    rf"(?:{_NAMED})(?=[ #+-]?[ #]?-?[0-9])|(?:pod|[dmwhy])(?=[ +]?-?[0-9])"
)
_LEADING_UNIT = pattern(
    rf"{LEAD}(?P<unit>{_UNIT_IN_FRONT})(?:(?<=[a-z]{{3}})[ +-]|[ +])?#?"
    rf"(?P<n>-?{{N}})(?: days?)?(?![0-9]){_TAIL}"
)
_TRAILING_UNIT = pattern(rf"{LEAD}(?P<n>-?{{N}})[ -]?(?P<unit>{{U}}){_TAIL}")
_ORDINAL = pattern(
    rf"{LEAD}(?!(?:first|1st) [a-z]+s\b)"
    rf"(?:(?P<word>{'|'.join(ORDINALS)})|(?P<n>[0-9]+)(?:-?(?:st|nd|rd|th))) "
    rf"(?P<unit>(?:day|week|month|year|hour|minute)s?){_TAIL}"
)
_FORMS: Final = ((_LEADING_UNIT, True), (_TRAILING_UNIT, False), (_ORDINAL, False))
_BASE = pattern(
    rf"{LEAD}(?:bas(?:e|ed)?line|basal|enrol+ment|inclusion|randomi[sz]ation|"
    r"study entry|study start|start(?: of (?:the )?study)?|pre-?treatment|pretest|"
    r"(?:immediately |just )?before|pre)"
    r"(?: assessment| visit| measurement| samples?| value)?$"
)
_PRE: Final = (
    r"(?P<pre>pre)[ -]?(?=(?:dose|dosing|infusion|op\b|operati|surgery|transfusion|"
    r"vaccination|treatment|intervention|study|induction|procedure|implant|transplant|"
    r"injection))"
)
_BEFORE = pattern(
    r"(?:once,? )?(?:at |immediately |just |right )*"
    rf"(?:(?:before|prior to) (?!to |until |through )|{_PRE})"
    r"(?:the |an? |start(?:ing)? of (?:the )?)*(?P<event>.+)$"
)
# `Week 9 before dosing` is no week before it.
_GIVEN = pattern(r"(?:[a-z-]+ )?(?:dos(?:e|ing)|infusion|injection|administration)\b")
_ONE = pattern(
    r"(?:on )?(?:an? |the )?(?P<unit>day|night|week|month|year|hour) "
    r"(?P<side>before|prior to|after|following)(?: the| an?)? (?P<event>.+)$"
)

# What `post` makes an adjective of, and what ages count from.
_NOUNS_OF: Final = {
    **dict.fromkeys(("op", "operative", "operatively"), "operation"),
    **dict.fromkeys(("surgical", "surgically"), "surgery"),
    **{"partum": "delivery", "natal": "birth", "natally": "birth"},
    **{"age": "birth", "life": "birth", "gestation": "gestation"},
    **dict.fromkeys(("postmenstrual age", "gestational age"), "gestation"),
    "corrected age": "corrected age",
}


def is_base(text: str) -> bool:
    """Say whether a text names where counting begins.

    text (str): For example `at baseline`, `enrollment`.
    RETURNS (bool): Whether it does.
    """
    return _BASE.match(text) is not None


def read_time(text: str) -> Time | None:
    """Read one time.

    text (str): For example `24 hours after surgery`.
    RETURNS (Optional[Time]): The time; None if the text is no time.
    RAISES (Unreadable): If it counts from something that is no event.
    """
    numeral = text[:1].isdigit()
    if not numeral and not text[-1:].isdigit() and is_base(text):
        return Time(ZERO, weak=not text.casefold().startswith("base"))
    for form, leads in _FORMS[1:] if numeral else _FORMS:
        if match := form.match(text):
            return _counted(match, leads)
    if match := _ONE.match(text):
        one = -1 if match["side"].casefold() in _EARLIER else 1
        unit = {"night": "d"}.get(match["unit"].casefold()) or unit_of(match["unit"])
        return Time(iso(one, unit), unit, anchor=read_event(match["event"]))
    if match := _BEFORE.match(text):
        weak = match["pre"] is not None
        return Time(ZERO, anchor=read_anchor(match["event"]), weak=weak)
    return None


def _counted(match: re.Match[str], leads: bool) -> Time:
    spelling = match["unit"].casefold()
    unit = "d" if spelling == "pod" else unit_of(spelling)
    word = match["word"] if match.re is _ORDINAL else None
    number: float = ORDINALS[word.casefold()] if word else signed(match["n"])
    if (match["side"] or "").casefold() in _EARLIER:
        if leads and _GIVEN.match(match["event"]):
            raise Unreadable("a day on which something is given")
        number = -number
    named = match["event"] or match["glued"] or match["noun"]
    if not named and (spelling == "pod" or match["op"]):
        named = "op"
    return Time(iso(number, unit), unit, leads, read_anchor(named))


def read_anchor(named: str | None) -> str | None:
    """Read the event that a time is counted from.

    named (Optional[str]): Its words, which may be an adjective or say an age.
    RETURNS (Optional[str]): The event; None if it is where counting begins.
    RAISES (Unreadable): If it is no event.
    """
    if not named:
        return None
    if noun := _NOUNS_OF.get(named.casefold().removesuffix(" period")):
        return noun
    return None if named.casefold() == "it" else read_event(named)


def read_point(text: str) -> Piece | None:
    """Read a part that is one time.

    text (str): For example `week 12`.
    RETURNS (Optional[Piece]): The point; None if the text is no time.
    RAISES (Unreadable): If it counts from something that is no event.
    """
    time = read_time(text)
    if time is None:
        return None
    return Piece(
        (time.iso,),
        unit=time.unit,
        leads=time.leads,
        anchor=time.anchor,
        weak=time.weak,
    )
