"""Brackets in times of measurement: which explain, and which say how long."""

import re
from typing import Final

from .iso import NUMBER, UNIT
from .time_frame_words import rewrite
from .value import Unreadable

_BRACKET = re.compile(r" ?[(\[]([^()\[\]]*)[)\]]")
_LIMIT_INSIDE = re.compile(
    rf"^(?:up to|about|approx(?:imately|\.)?|estimated|an? average of|average|mean|"
    rf"expected|maximum|max\.?|~|≈|ca\.?|for)[ a-z]*? ?{NUMBER} ?{UNIT}",
    re.IGNORECASE,
)
_HAS_TIME = re.compile(
    r"[0-9]|baseline|before|\bpre|enrol|inclusion|randomi", re.IGNORECASE
)
_RUNS_TO = re.compile(r"\b(?:from|through|until|till|up to|to)\b", re.IGNORECASE)
_TIMED = re.compile(r"[0-9]|^(?!.* (?:to|through|until) ).*baseline", re.IGNORECASE)
_LEADING = re.compile(r"^(?:(?:at|on|after|the) )+", re.IGNORECASE)
_OWN_TIME = re.compile(r"[0-9] ?- ?[0-9]|=|\b(?:and|or)\b", re.IGNORECASE)
_CYCLE = re.compile("cycle|course", re.IGNORECASE)
_LABELLED = re.compile(
    r"\b(?:[TV]|visit |time ?point )[0-9]+ ?\(([^()]*)\)", re.IGNORECASE
)
_FRAGMENT = re.compile(r"[,;] ?| and ")

_UNITS: Final = r"(?:days?|weeks?|months?|years?|wk)"
_NUMBERED: Final = rf"{_UNITS} ?-?{NUMBER}"
_JOINT: Final = r"(?: ?- ?| to |, (?:and )?| and )"
_SIMPLE: Final = rf"(?:{NUMBER}[ -]?{UNIT}|{_NUMBERED})"
_MORE: Final = rf"(?:{_JOINT}(?:{_UNITS} ?)?-?{NUMBER})"
_SIMPLE_TIME = re.compile(rf"{_SIMPLE}$", re.IGNORECASE)
_NUMBERED_TIME = re.compile(rf"{_NUMBERED}$", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?:{_NUMBERED}(?: ?- ?| to )(?:{_UNITS} ?)?-?{NUMBER}"
    rf"|{NUMBER}(?: ?- ?| to ){NUMBER} ?{UNIT})$",
    re.IGNORECASE,
)
_LIST = re.compile(rf"{_NUMBERED}{_MORE}+$", re.IGNORECASE)
_COUNTED = re.compile(
    rf"(?:within |up to )?{NUMBER}[ -]?{UNIT} "
    r"(?:after|following|from|before|prior to) [^0-9]+$",
    re.IGNORECASE,
)
_VISITS = re.compile(r"\b(?:visits?|time ?points?|follow[ -]?ups?)$", re.IGNORECASE)
_ENDS = re.compile(
    r"^(?:at )?(?:the )?(?:end|completion) of|\bpost|^visit", re.IGNORECASE
)


def brackets(text: str) -> str:
    """Leave out brackets that explain; keep those that say when or how long.

    text (str): From `fold_time`.
    RETURNS (str): Text without brackets.
    RAISES (Unreadable): If a bracket holds a time of its own.
    """
    if "(" not in text and "[" not in text:
        return text
    if "±" in text or "+/-" in text or "+ " in text:
        text = rewrite(text)
    text = _LABELLED.sub(r"\1", text)
    while match := _BRACKET.search(text):
        before, inside = text[: match.start()], match[1].strip()
        behind = text[match.end() :]
        if not behind.strip(" .") and not _TIMED.search(before):
            text = _last(before, inside)
        else:
            text = _explained(before, inside) + behind
    return text


def _last(event: str, inside: str) -> str:
    """Say what `end of study (week 9)` says in words."""
    if _COUNTED.match(inside):
        return inside
    time = _SIMPLE_TIME.match(inside) or _RANGE.match(inside)
    if _LIST.match(inside) and not time and _VISITS.search(event):
        return inside
    if not time:
        return _explained(event, inside)
    if _FRAGMENT.search(event):
        return _explained(event, inside)
    if _RUNS_TO.search(event):
        if _RANGE.match(inside):
            raise Unreadable("a time in brackets")
        return f"{event}, up to {inside}"
    return f"{inside} of {_LEADING.sub('', event)}"


def _explained(before: str, inside: str) -> str:
    """Write the text in front of a bracket with what the bracket adds to it."""
    start = max((match.end() for match in _FRAGMENT.finditer(before)), default=0)
    last = before[start:]
    if _LIMIT_INSIDE.match(inside):
        return before if re.search("[0-9]", last) else f"{before}, {inside}"
    if not re.search("[0-9]", inside):
        return before
    if _HAS_TIME.search(last):
        own = _OWN_TIME.search(inside) or _CYCLE.search(inside)
        if own and not (_SIMPLE_TIME.search(last) and _CYCLE.search(inside)):
            raise Unreadable("a time in brackets")
        return before
    ends = _SIMPLE_TIME.match(inside) and _ENDS.search(last)
    if ends or _NUMBERED_TIME.match(inside) or _COUNTED.match(inside):
        return before[:start] + inside
    raise Unreadable("a time in brackets")
