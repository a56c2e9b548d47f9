"""Reads how long something is given: `12 weeks`, `up to 2 years`, `6 cycles`."""

import re
from typing import Any, Final

from .iso import fold_time, iso, iso_of, number_of, pattern, seconds, unit_of
from .numbers import fold_text
from .rewrite import rewriter
from .value import Reading, Unreadable, read_value

_rewrite = rewriter(
    (
        ("±|+/-", r" ?\((?:±|\+ ?/ ?-) ?[0-9]+(?: ?\w+)?\)", " ≈"),
        ("±|+/-", r"(?<=[0-9]) ?(?:±|\+ ?/ ?-) ?[0-9]+", " ≈"),
        (",", r"(?<![0-9,.])([0-9]),([0-9])(?![0-9,])", r"\1.\2"),
        ("- or ", r"(?<=[0-9])-(?= or [0-9])", ""),
        (
            "about|approx|around|~|circa|average|≈",
            r"(?:\babout|\bapproximately|\bapprox\.?|\baround|(?<![0-9])~|\bcirca|"
            r"\b(?:an )?average of) ?(?=[0-9])",
            "≈",
        ),
        ("±|+/-", r"^([^≈]+?) ?≈", r"≈\1"),
        ("first ", r"^first (?=(?:hour|day|week|month|year)$)", "1 "),
        ("single", r"^single[ -](?=(?:hour|day|week|month)$)", "1 "),
    )
)

_THINGS: Final = (
    "cycle|course|session|injection|round|infusion|dose|treatment|fraction|visit"
)
_MOST: Final = (
    r"up to|(?:an? )?max(?:imum|\.)?(?: of)?|at most|(?:not|no) (?:more|longer) than|"
    r"less than|≤|<|through(?= day)"
)
_LEAST: Final = (
    r"at least|(?:an? )?min(?:imum|\.)?(?: of)?|more than|no less than|not less than|"
    r"longer than|greater than or equal to|≥|>"
)
_BOUND: Final = rf"(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))"
_LEADING = pattern(
    r"^(?:(?:for|over|during|lasting|of|the|next|first|following|additional|another|"
    r"further|total(?: of)?|an?(?= (?:[0-9≈]|total|single))|every) )+"
)
_WORDS: Final = (
    r"(?:(?:[ -]|^)(?:consecutive|consecutively|following|more|additional|further|"
    r"extra|preoperative|treatment|ovulatory|closely spaced|chemotherapy|in a row|long|"
    r"period|duration|total|in total|of treatment|of therapy|only|intervention|"
    r"each|per session|per day|daily|a day|per infusion|per treatment)|/ ?day)*"
)
_SPAN = pattern(
    rf"(?:{_BOUND} ?)?≈?(?:between )?(?P<low>{{N}})"
    r"(?:[ -]?(?P<low_unit>{U}))?(?:(?:{R}| and )≈?(?P<high>{N}))?"
    rf"(?:{_WORDS}) ?-?(?P<unit>{{U}}){_WORDS}(?P<behind> or (?:more|longer))?$"
)
_COMPOUND = pattern(
    r"≈?(?P<a>{N}) ?(?P<a_unit>{U})(?:,? and |,? )(?P<b>{N}) ?(?P<b_unit>{U})$"
)
_CYCLES = pattern(
    rf"(?:{_BOUND} ?)?(?P<n>{{N}}|single|an?)(?:{{R}}(?P<m>{{N}}))?{_WORDS}"
    rf"(?: (?P<each>{{N}}[ -]?{{U}}))?{_WORDS} (?:{_THINGS})s?$"
)
_DAYS = pattern(
    r"(?:from |between )?(?:study )?(?P<name>days?|weeks?) (?P<first>-?[0-9]+)"
    r"(?: ?- ?|,? (?:to|through|till|until|and) (?:the )?)(?:study )?"
    r"(?:days? |weeks? )?(?P<last>-?[0-9]+)$"
)
_BEGIN_END = pattern(
    r"(?:starting|beginning) (?:on|at) (day [0-9]+) and "
    r"(?:ending|stopping) (?:on|at) (day [0-9]+)$"
)
_UNTIL = pattern(
    r"(?:from (?P<start>.+?) "
    r"|(?:starting|beginning) .+? and (?:continuing|continued) )?"
    r"(?:until|till|to(?= )) ?(?P<until>.+)$"
)
_ABSENCE = pattern(r"in (?:the )?absence of (?P<until>.+)$")
_OR_UNTIL = pattern(r"(?P<span>.+?),? (?:or )?(?:until|till) (?P<until>.+)$")
_AROUND = pattern(
    r"from ([0-9.]+) ?({U}) before (?:to|until|till) ([0-9.]+) ?({U}) after"
    r"(?: [^0-9]*)?$"
)
_MARK = pattern(
    r"(?:up to |through )(?:study )?(?P<name>day|week|month|year) (?P<n>[0-9]+)$"
)
_ANCHORED = pattern(
    r"(?P<span>(?:{N}) ?(?:{U})) (?:after|following|post) (?:[^\W\d_]|the ).*$"
)

_CLOCK = pattern(r"[0-9.]+ ?{U} (?:before|after)$")
_FOR_CYCLES = pattern(
    r"(?P<span>{N} ?{U}) (?:for|in|of) (?:cycles?|courses?) [0-9]+"
    r"(?: ?(?:-|to|and) ?[0-9]+)?$"
)
_AGES = pattern(r"from {N}[ -]*(?:{U} )?(?:to|until|till|-) ?{N} ?{U} of age$")

# A list of two spans is no range.
_TWO: Final = re.compile(r"[0-9]+ and [0-9]", re.IGNORECASE)


def read_duration(text: str) -> Reading:
    """Read how long something lasts.

    text (str): Text of a DURATION entity.
    RETURNS (Reading): `low` and `high` (ISO 8601 as counted; a side without bound is
        left out), `cycles` where those are counted, `until` (an event), `approximate`,
        `flag`.
    """
    return read_value("DURATION", _read, text)


def _read(text: str) -> dict[str, Any]:
    text = fold_text(text).strip(" .,;:")
    if match := _ABSENCE.match(text):
        return {"until": _event(match["until"]), "flag": "as long as it is absent"}
    folded = _rewrite(fold_time(text))
    if match := _BEGIN_END.match(folded):
        folded = f"{match[1]} to {match[2]}"
    if match := _AROUND.match(folded):
        return _around(match)
    if match := _DAYS.match(folded):
        return _days(match)
    if match := _MARK.match(folded):
        return _bounds(None, iso_of(match["n"], match["name"]))
    if _AGES.match(text):
        raise Unreadable("an age")
    if match := _UNTIL.match(text):
        return {"until": _event(match["until"])}
    if match := _OR_UNTIL.match(text):
        span = _span(_rewrite(fold_time(match["span"])))
        return {**span, "until": _event(match["until"])}
    if match := _ANCHORED.match(folded) or _FOR_CYCLES.match(folded):
        folded = match["span"]
    return _span(folded)


def _span(text: str) -> dict[str, Any]:
    text = _LEADING.sub("", text)
    if match := _COMPOUND.match(text):
        return _compound(match)
    if match := _CYCLES.match(text):
        return _cycles(match)
    match = _SPAN.match(text)
    if match is None or (_TWO.search(text) and "between" not in text.casefold()):
        raise Unreadable("says no span of time")
    unit = unit_of(match["unit"])
    low_unit = unit_of(match["low_unit"]) if match["low_unit"] else unit
    low = iso(number_of(match["low"]), low_unit)
    high = iso(number_of(match["high"]), unit) if match["high"] else low
    if seconds(low) > seconds(high):
        raise Unreadable("the shorter span stands behind the longer")
    most, least = match["most"], match["least"] or match["behind"]
    keys = _bounds(None if most else low, None if least else high)
    return {**keys, "approximate": True} if "≈" in text else keys


def _bounds(low: str | None, high: str | None) -> dict[str, Any]:
    return {"low": low, "high": high}


def _compound(match: re.Match[str]) -> dict[str, Any]:
    """`23 hours and 30 minutes`; the second unit must be the smaller."""
    order = ("a", "mo", "wk", "d", "h", "min", "s")
    units = unit_of(match["a_unit"]), unit_of(match["b_unit"])
    if order.index(units[0]) >= order.index(units[1]) or "wk" in units:
        raise Unreadable("several spans of time")
    parts = [
        iso(number_of(match[name]), unit)
        for name, unit in zip("ab", units, strict=True)
    ]
    date, time = parts[0], parts[1].removeprefix("P")
    if "T" in date:
        time = time.removeprefix("T")
    return _bounds(date + time, date + time)


def _cycles(match: re.Match[str]) -> dict[str, Any]:
    if match["m"]:
        raise Unreadable("a range of a number of cycles")
    word = match["n"].casefold()
    number = 1 if word in ("single", "a", "an") else number_of(word)
    keys: dict[str, Any] = {"cycles": number}
    if match["most"] or match["least"]:
        keys["flag"] = "at most" if match["most"] else "at least"
    return keys


def _days(match: re.Match[str]) -> dict[str, Any]:
    """From day 2 to day 5 are four days: both ends count."""
    first, last = int(match["first"]), int(match["last"])
    if not 0 <= first < last or (match["name"][0] in "wW" and first == 0):
        raise Unreadable("a span of days whose length is not sure")
    span = iso(last - first + 1, unit_of(match["name"]))
    return _bounds(span, span)


def _around(match: re.Match[str]) -> dict[str, Any]:
    """From 12 h before until 24 h after are 36 hours."""
    unit = unit_of(match[2])
    if unit != unit_of(match[4]):
        raise Unreadable("a span of time in two units")
    span = iso(number_of(match[1]) + number_of(match[3]), unit)
    return _bounds(span, span)


def _event(text: str) -> str:
    text = text.strip(" .,;:")
    if not re.search(r"[^\W\d_]{2}", text) or _CLOCK.match(text):
        raise Unreadable("an end that is no event")
    return text
