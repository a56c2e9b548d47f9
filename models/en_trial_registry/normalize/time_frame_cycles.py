"""Cycles whose length a text states: `up to cycle 4 (each cycle is 21 days)`."""

import re
from collections.abc import Callable
from typing import Final

from .iso import number_of, pattern, unit_of
from .numbers import plain
from .time_frame_terms import LISTED
from .value import Unreadable

_CYCLES: Final = r"(?:treatment )?(?:cycle|course)s?"
_LENGTH: Final = (
    rf"(?:(?:each|every|1|an?|the) ?)?{_CYCLES}(?: 1)?(?: length| duration)?"
    r"(?: ?=| is| was| lasts?| of| are)? ?(?P<n>{N})[ -]?(?P<unit>{U})"
    r"(?: long| each| in (?:length|duration))?",
    r"(?P<n>{N})[ -]?(?P<unit>{U})(?: per| in each|/)?[ -]?" + _CYCLES,
)
_LENGTHS: Final = tuple(
    pattern(form)
    for length in _LENGTH
    for form in (rf",? ?[(\[] ?(?:i\.e\.,? )?{length}[)\]]", rf"[.;,] {length}$")
)
_FORMS: Final = tuple(
    (re.compile(form, re.IGNORECASE), to)
    for form, to in (
        (
            r"\b(?:at |on )?(?:(?:the )?(?:end|day 1) of )?(?:each|every|per|all) "
            rf"(?:(?P<k>[0-9]+) )?{_CYCLES}",
            "every {}",
        ),
        (
            rf"(?:\b(?:from )?{_CYCLES} 1(?: to | through | ?- ?)|\b(?:the )?first "
            r"|\b(?:up to|through|until|till|to|within|during|over|for)"
            r"(?: the| a maximum of| up to)?(?: end of)? )"
            rf"(?:{_CYCLES} (?P<k>[0-9]+)|(?P<k2>[0-9]+) {_CYCLES})\b",
            "up to {}",
        ),
        (rf"\b{_CYCLES} 1 ?(?:-|to|through) ?(?P<k>[0-9]+)\b", "up to {}"),
        (
            rf"\b(?:end|completion) of {_CYCLES} (?P<k>[0-9]+)(?![0-9]|,? and [0-9])",
            "{}",
        ),
        (rf"^{_CYCLES} (?P<k>1)$", "up to {}"),
        (rf"^(?P<k>[0-9]+) {_CYCLES}$", "{}"),
    )
)
_LISTS: Final = re.compile(
    rf"\b(?:day (?P<day>[0-9]+)|(?:the )?end) of {_CYCLES} (?P<ks>{LISTED})",
    re.IGNORECASE,
)
_DAYS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\bday ?(?P<day>[0-9]+)(?: of|,)? {_CYCLES} (?P<k>[0-9]+)\b(?!,? and [0-9])",
        rf"\b{_CYCLES} ?(?P<k>[0-9]+),? day ?(?P<day>[0-9]+)\b",
        rf"\bdays (?P<day>[0-9]+) ?(?:-|to|through) ?(?P<last>[0-9]+) of {_CYCLES} "
        r"(?P<k>[0-9]+)\b",
    )
)


def write_cycles(text: str) -> str:
    """Write cycles as the time that they take, where the text says how long one is.

    text (str): From `fold_time`.
    RETURNS (str): For example `up to 84 days`; the same text if none is stated.
    RAISES (Unreadable): If cycles are left that are not understood.
    """
    if not _names_cycles(text):
        return text
    match = next((found for form in _LENGTHS if (found := form.search(text))), None)
    if match is None:
        return text
    left = text[: match.start()] + text[match.end() :]
    number, unit = number_of(match["n"]), match["unit"]
    if size := {"d": 1, "wk": 7}.get(unit_of(unit)):
        left = _LISTS.sub(_list(number * size), left)
        for form in _DAYS:
            left = form.sub(_day(number * size), left)
    for form, to in _FORMS:
        left = form.sub(_total(to, number, unit), left)
    if _names_cycles(left):
        raise Unreadable("cycles whose time is not understood")
    return left


def _names_cycles(text: str) -> bool:
    lower = text.casefold()
    return "cycle" in lower or "course" in lower


def _total(to: str, number: float, unit: str) -> Callable[[re.Match[str]], str]:
    def write(match: re.Match[str]) -> str:
        groups = match.groupdict()
        count = number_of(groups["k"] or groups.get("k2") or "1")
        return to.format(f"{plain(float(count * number))} {unit}")

    return write


def _day(days: float) -> Callable[[re.Match[str]], str]:
    def write(match: re.Match[str]) -> str:
        before = (number_of(match["k"]) - 1) * days
        numbers = (match["day"], match.groupdict().get("last"))
        found = [plain(float(before + number_of(n))) for n in numbers if n]
        return "day " + " to ".join(map(str, found))

    return write


def _list(days: float) -> Callable[[re.Match[str]], str]:
    def write(match: re.Match[str]) -> str:
        day = number_of(match["day"]) - days if match["day"] else 0
        found = [number_of(k) * days + day for k in re.findall("[0-9]+", match["ks"])]
        return "days " + ", ".join(str(plain(float(n))) for n in found)

    return write
