"""Cycles whose length a text states: `up to cycle 4 (each cycle is 21 days)`."""

import re
from collections.abc import Callable
from typing import Final

from .iso import number_of, pattern, unit_of
from .numbers import plain
from .value import Unreadable

_CYCLES: Final = r"(?:treatment )?(?:cycle|course)s?"
_LENGTHS: Final = tuple(
    pattern(rf",? ?[(\[]{inside}[)\]]")
    for inside in (
        rf"(?:(?:each|every|1|an?|the) )?{_CYCLES}(?: length| duration)?"
        r"(?: ?=| is| was| lasts?| of| are)? ?(?P<n>{N})[ -]?(?P<unit>{U})"
        r"(?: long| each| in length)?",
        r"(?P<n>{N})[ -]?(?P<unit>{U})(?: per| in each|/)?[ -]?" + _CYCLES,
    )
)
_WORD = re.compile(r"cycle|course", re.IGNORECASE)
_FORMS: Final = tuple(
    (re.compile(form, re.IGNORECASE), to)
    for form, to in (
        (
            r"\b(?:at |on )?(?:(?:the )?end of |day 1 of )?(?:each|every|per) "
            rf"(?:(?P<k>[0-9]+) )?{_CYCLES}",
            "every {}",
        ),
        (
            rf"(?:\b(?:from )?{_CYCLES} 1(?: to | through | ?- ?)|\bfirst "
            r"|\b(?:up to|through|until|till|to)(?: the)?(?: end of)? )"
            rf"(?:{_CYCLES} (?P<k>[0-9]+)|(?P<k2>[0-9]+) {_CYCLES})\b",
            "up to {}",
        ),
        (rf"\b(?:end|completion) of {_CYCLES} (?P<k>[0-9]+)\b", "{}"),
        (rf"^{_CYCLES} (?P<k>1)$", "up to {}"),
        (rf"^(?P<k>[0-9]+) {_CYCLES}$", "{}"),
    )
)
_DAYS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\bday (?P<day>[0-9]+)(?: of|,)? {_CYCLES} (?P<k>[0-9]+)\b",
        rf"\b{_CYCLES} (?P<k>[0-9]+),? day (?P<day>[0-9]+)\b",
    )
)


def write_cycles(text: str) -> str:
    """Write cycles as the time that they take, where a bracket says how long one is.

    text (str): From `fold_time`.
    RETURNS (str): For example `up to 84 days`; the same text if none is stated.
    RAISES (Unreadable): If cycles are left that are not understood.
    """
    if "(" not in text and "[" not in text:
        return text
    match = next((found for form in _LENGTHS if (found := form.search(text))), None)
    if match is None:
        return text
    left = text[: match.start()] + text[match.end() :]
    number, unit = number_of(match["n"]), match["unit"]
    if size := {"d": 1, "wk": 7}.get(unit_of(unit)):
        for form in _DAYS:
            left = form.sub(_day(number * size), left)
    for form, to in _FORMS:
        left = form.sub(_total(to, number, unit), left)
    if _WORD.search(left):
        raise Unreadable("cycles whose time is not understood")
    return left


def _total(to: str, number: float, unit: str) -> Callable[[re.Match[str]], str]:
    def write(match: re.Match[str]) -> str:
        groups = match.groupdict()
        count = number_of(groups["k"] or groups.get("k2") or "1")
        return to.format(f"{plain(float(count * number))} {unit}")

    return write


def _day(days: float) -> Callable[[re.Match[str]], str]:
    def write(match: re.Match[str]) -> str:
        before = (number_of(match["k"]) - 1) * days
        return f"day {plain(float(before + number_of(match['day'])))}"

    return write
