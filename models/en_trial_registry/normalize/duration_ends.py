"""Reads lengths that events end: `until relapse`, `remainder of the study`."""

import re
from typing import Any, Final

from .iso import pattern
from .value import Unreadable

_UNTIL = pattern(
    r"(?:from (?P<start>.+?) "
    r"|(?:starting|beginning) .+? and (?:continuing|continued) "
    r"|(?:day|week|cycle) [-+]?[0-9]+(?: of [^0-9]+?)? (?=until|till))?"
    r"(?:untill?|till?|to(?= ))(?![^\W_]) ?(?P<until>.+)$"
)
# Numbers on both sides: two times, or a range of lengths.
_FROM_TO_NUMBERS = pattern(
    r"from (?:[0-9.]+ (?:to|until|till) [0-9]"
    r"|[0-9.]+ ?{U} (?:to|until|till) [0-9.]+ ?{U}$"
    r"|days? [0-9]+ (?:to|until|till) (?![0-9.]+ ?{U}$)[0-9])"
)
_ABSENCE = pattern(r"in (?:the )?absence of (?P<until>.+)$")
_CLOCK = pattern(r"[0-9.]+ ?{U} (?:before|after)$")

# Events that are known to end a treatment.
_ENDS: Final = (
    r"\b(?:discharged?|progression|completion|end|delivery|birth|death|surgery|"
    r"operation|relapse|recurrence|resolution|recovery|withdrawal|discontinuation|"
    r"eradication|closure|healing|extubation|transplant(?:ation)?|toxicity|visits?)\b"
)
_UP_TO_EVENT = pattern(
    rf"(?:up ?to|through|thru) (?P<until>[^0-9]*?{_ENDS}[^0-9]*"
    r"|[0-9.]+ ?{U} (?:after|following|post) .*)$"
)
_OR_END = pattern(
    r"(?P<span>.*?[-\d ]{U}),? or (?:at |on |upon )?"
    rf"(?P<until>[^0-9]*?{_ENDS}[^0-9]*)$"
)
_OR_UNTIL = pattern(r"(?P<span>.+?),? (?:or )?(?:untill?|till) (?P<until>.+)$")
# A pointer to a list that stands elsewhere.
_POINTER = pattern(r"(?:(?:any|one) of )?(?:the )?following$")

_OF: Final = r"(?: (?:the|their|his|her|an?|this))?"
_STAYS: Final = r"(?:hospitali[sz]ation|stay|pregnancy|(?<= )period|(?<= )phase)"
_THERAPIES: Final = (
    r"(?:study|trial|admission|treatment|\w*therapy|radiation|intervention)"
)
# What may be whole; `whole blood` is no time.
_WHOLE: Final = rf"(?:{_STAYS}|{_THERAPIES}|episode|season|surgery|procedure)"
# Words that make of a name of a period a part, a list or a condition.
_STOP: Final = (
    r"(?:and|or|until|till|to|from|per|each|every|first|last|second|third|at|least|"
    r"most|more|less|than|some|any|no|not|if|as|before|after|between|long|within|"
    r"life|lives)\b|(?:{U})|nights?\b|mornings?\b|evenings?\b|[0-9]"
)
_NAMES: Final = rf"(?: (?!{_STOP})[\w'/-]+)"
_THROUGHOUT = pattern(
    rf"(?:(?:for|during|in|over|through|throughout){_OF} )?(?:the )?"
    r"(?:(?:entire|whole|full) )?"
    rf"(?:(?:remainder|rest) of{_OF}(?P<rest>(?: [0-9]+[ -](?:{{U}}))?{_NAMES}{{1,5}})"
    rf"|(?:duration|length|entirety) of{_OF}(?P<all>{_NAMES}{{1,6}}))$"
    rf"|throughout{_OF}(?: (?:entire|whole))?(?P<through>{_NAMES}{{1,6}})$"
    rf"|(?:(?:for|during|in|over|through){_OF} )?(?:the )?(?:entire|whole)"
    rf"(?P<whole>{_NAMES}{{0,5}} {_WHOLE})$"
    rf"|(?:(?:during|over|in) (?:the )?course of|during|through){_OF}"
    rf"(?P<course>{_NAMES}{{0,4}} (?:{_STAYS}|{_THERAPIES}))$"
)
_STAY = pattern(
    rf"(?:(?:the )?course of{_OF} |full |total )?"
    rf"(?P<stay>(?:(?!{_STOP})[\w'/-]+ ){{0,3}}{_STAYS})$"
)
_PERIOD_FLAG: Final = "the words name the period, not its end"


def read_end(text: str, folded: str) -> dict[str, Any] | None:
    """Read the event that ends something, where no length is counted.

    text (str): A text from `fold_text`.
    folded (str): The same with numbers in digits.
    RETURNS (Optional[Dict[str, Any]]): `until`, maybe `flag`; None if there is none.
    RAISES (Unreadable): If the end is no event.
    """
    if match := _ABSENCE.match(text):
        return {"until": _event(match["until"]), "flag": "as long as it is absent"}
    if _FROM_TO_NUMBERS.match(folded):
        raise Unreadable("two times, of which the words don't tell the length")
    if match := _UNTIL.match(text):
        return {"until": _event(match["until"])}
    return None


def read_period(folded: str) -> dict[str, Any] | None:
    """Read a period that is named, and `up to` an event.

    folded (str): A text with numbers in digits.
    RETURNS (Optional[Dict[str, Any]]): `until`, maybe `flag`; None if there is none.
    """
    if match := _UP_TO_EVENT.match(folded):
        return {"until": _event(match["until"])}
    if match := _THROUGHOUT.match(folded) or _STAY.match(folded):
        name = next(filter(None, match.groups())).strip()
        name = name.removesuffix(" duration")
        return {"until": f"end of {name}", "flag": _PERIOD_FLAG}
    return None


def split_end(text: str) -> tuple[str, str] | None:
    """Split a length from the event that may end it before.

    text (str): A text from `fold_text`.
    RETURNS (Optional[Tuple[str, str]]): Both; None if no event stands behind.
    """
    lower = text.casefold()
    if "till" not in lower and "until" not in lower and " or " not in lower:
        return None
    match = _OR_UNTIL.match(text) or _OR_END.match(text)
    return (match["span"], _event(match["until"])) if match else None


def _event(text: str) -> str:
    text = text.strip(" .,;:")
    if (
        not re.search(r"[^\W\d_]{2}", text)
        or _CLOCK.match(text)
        or _POINTER.match(text)
    ):
        raise Unreadable("an end that is no event")
    return text
