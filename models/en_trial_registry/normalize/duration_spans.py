"""Reads lengths that are counted: `12 weeks`, `at least 2 h`, `6 cycles of FOLFOX`."""

import re
from typing import Any, Final

from .iso import iso, iso_of, number_of, pattern, seconds, unit_of
from .rewrite import rewriter
from .value import Unreadable

spell: Final = rewriter(
    (
        ("±|+/-", r" ?\((?:±|\+ ?/ ?-) ?[0-9]+(?: ?\w+)?\)", " ≈"),
        ("±|+/-", r"(?<=[0-9]) ?(?:±|\+ ?/ ?-) ?[0-9]+", " ≈"),
        (",", r"(?<![0-9,.])([0-9]),([0-9])(?![0-9,])", r"\1.\2"),
        (
            "1/2|1⁄2",
            r"(?<![0-9.,/])([0-9]{1,2})(?: and |[ -])1[/⁄]2(?![0-9/])",
            r"\1.5",
        ),
        ("1/2", r"^1/2(?: an?)?(?=[ -]?(?:hours?|hrs?|years?)$)", "0.5"),
        ("half", r"(?<![0-9.,/])([0-9]{1,2}) and (?:a |1 )?half(?= )", r"\1.5"),
        ("- or ", r"(?<=[0-9])-(?= or [0-9])", ""),
        (
            "about|approx|around|~|circa|average|≈",
            r"(?:\babout|\bapproximately|\bapprox\.?|\baround|(?<![0-9])~|\bcirca|"
            r"\b(?:an )?average of) ?(?=[0-9])",
            "≈",
        ),
        ("±|+/-", r"^([^≈]+?) ?≈", r"≈\1"),
        ("first ", r"^(?:the )?first (?=(?:course|cycle|session)\b)", "1 "),
        (
            "first ",
            r"^(?:the )?first (?=(?:hour|day|week|month|year)(?:$| (?:of|after|post)))",
            "first 1 ",
        ),
        ("single", r"^single[ -](?=(?:hour|day|week|month)$)", "1 "),
        ("nights", r"(?<=[0-9])((?: consecutive)?[ -])nights$", r"\1days"),
        (
            "nd |rd |th |st ",
            r"\b(?:the )?([0-9]+)(?:st|nd|rd|th)(?: day)?"
            r"(?: ?- ?| (?:to|until|through) )(?:the )?([0-9]+)(?:st|nd|rd|th) day$",
            r"day \1 to day \2",
        ),
    )
)
"""Writes amounts and the signs around them in one way; `≈` for all of `about`."""

_ROUNDS: Final = "cycle|course|session|round|treatment|visit"
_THINGS: Final = (
    f"{_ROUNDS}|injection|infusion|dose|fraction|procedure|application|administration"
)
_MOST: Final = (
    r"up ?to(?: an?)?(?: (?:max(?:imum|\.)?|total|additional)(?: of)?)?|"
    r"(?:an? )?max(?:imum|\.)?(?: of)?|at most|(?:not|no) (?:more|longer) than|"
    r"less than|under|within|≤|<|through(?= day)"
)
_LEAST: Final = (
    r"at least|(?:an? )?min(?:imum|\.)?(?: of)?|more than|no less than|not less than|"
    r"longer than|greater than or equal to|≥|>"
)
_BOUND: Final = rf"(?:(?P<most>{_MOST})|(?P<least>{_LEAST}))"
_BEHIND: Final = (
    r"(?:(?P<over>,? or (?:more|longer|greater)| minimum| at (?:least|minimum))|"
    r"(?P<under>,? or (?:less|fewer|shorter)| maximum| at (?:most|maximum)))?"
)
_LEADING = pattern(
    r"^(?:(?:for|over|during|throughout|lasting|of|the|next|first|last|final|initial|"
    r"following|remaining|subsequent|additional|another|further|entire|whole|"
    r"(?:(?:total|treatment|study) )*(?:period|duration|course) of|total(?: of)?|"
    r"an?(?= (?:[0-9≈]|total|single|treatment|study|period|duration|course of|"
    r"(?:hour|week|month|year)$))|every) )+"
)
_WORDS: Final = (
    r"(?:(?:[ -]|^)(?:consecutive|consecutively|following|more|additional|further|"
    r"extra|preoperative|treatment|ovulatory|closely spaced|chemotherapy|in a row|long|"
    r"subsequent|successive|continuous|full|complete|initial|"
    r"period|duration|total|in total|of treatment|of therapy|only|intervention|"
    r"each|per session|per day|daily|a day|per infusion|per treatment)|/ ?day)*"
)
# What lasts so long: `21-day course`.
_LASTING: Final = (
    r"(?:[ -](?:course|infusion|study|trial|phase|program(?:me)?|regimen|therapy))?"
)
_SPAN = pattern(
    rf"(?:{_BOUND} ?)?≈?(?:between )?(?P<low>{{N}})"
    r"(?:[ -]?(?P<low_unit>{U})|, ?(?P<middle>{N})(?=,? or ),?)?"
    r"(?:(?:{R}| and )≈?(?P<high>{N}))?"
    rf"(?:{_WORDS}) ?-?(?P<unit>{{U}}){_WORDS}{_LASTING}{_BEHIND}$"
)
# Most durations; tried first, since the other patterns take their time.
_PLAIN_SPAN = pattern(r"(?P<low>{N})(?:{R}(?P<high>{N}))?[ -]?(?P<unit>{U})$")
_TWO_BOUNDS = pattern(
    rf"(?:{_LEAST}) ?≈?(?P<low>{{N}})(?: ?(?P<low_unit>{{U}}))?,? "
    rf"(?:(?:to|and|but|with|nor) )?(?:{_MOST}|(?<=nor )(?:more|longer) than) ?"
    r"≈?(?P<high>{N}) ?(?P<unit>{U})$"
)
_COMPOUND = pattern(
    r"≈?(?P<a>{N}) ?(?P<a_unit>{U})(?:,? and |,? )(?P<b>{N}) ?(?P<b_unit>{U})$"
)
# A word before a counted thing; `3 weekly` may be every 3 weeks.
_KIND_OF: Final = r"(?: (?!{U}|\w*ly\b|per\b|each\b|every\b)[^\W\d_][^\W\d_-]{3,})"
_CYCLES = pattern(
    rf"(?:{_BOUND} ?)?≈?(?P<n>{{N}}|single|an?)(?:{{R}}(?P<m>{{N}}))?"
    rf"(?P<more> or more)?(?: x)?{_WORDS}(?: (?P<each>{{N}}[ -]?{{U}}))?{_WORDS}"
    rf"(?: (?:{_THINGS})s?|{_KIND_OF}{{1,2}} (?:{_ROUNDS})s)"
    r"(?: of (?!each|every|an?\b)[^\W\d_][\w-]*(?: [^\W\d_][\w-]*)?)?"
    rf"(?: only| total| in total)?{_BEHIND}$"
)
# What stands behind a length and doesn't change it.
_SINCE: Final = r"(?:from|starting|beginning|commencing)(?: on| from| at| with)?"
_PLAIN: Final = r"(?!.* (?:and|or|then|to) )[^\W\d_][^\d]*"
_BEHIND_SPAN = pattern(
    r"(?:(?P<span>{N} ?{U}) (?:(?:after|following|post)(?:-| (?=[^\W\d_]|the )).*"
    r"|(?:for|in|of) (?:cycles?|courses?) [0-9]+(?: ?(?:-|to|and) ?[0-9]+)?"
    rf"|{_SINCE} (?:study )?(?:day|week|cycle) [0-9]+|leading up to {_PLAIN})"
    rf"|(?P<row>{{N}} consecutive {{U}}) (?:prior to|before|after|following) {_PLAIN}"
    r"|(?:first|last|initial|final) (?P<part>{N} ?{U}) "
    rf"(?:of (?:each|every) [0-9]+[ -]day (?:cycle|course)"
    rf"|(?:of|in|during|after|following|post)[ -]{_PLAIN}))$"
)
_ONE: Final = frozenset(("hour", "week", "month", "year"))
# A list of two spans is no range.
_TWO: Final = re.compile(r"[0-9]+ and [0-9]", re.IGNORECASE)
_CONDITION: Final = re.compile(r"(?:as|so) long as |while ", re.IGNORECASE)


def read_span(text: str) -> dict[str, Any]:
    """Read a length that is counted.

    text (str): A text from `fold_time` and `spell`.
    RETURNS (Dict[str, Any]): `low` and `high`, `approximate`; or `cycles`, `flag`.
    RAISES (Unreadable): If it says no length.
    """
    if match := _PLAIN_SPAN.match(text):
        return _ordered(match)
    if match := _BEHIND_SPAN.match(text):
        text = match["span"] or match["row"] or match["part"]
    text = _LEADING.sub("", text)
    if match := _COMPOUND.match(text):
        return _compound(match)
    if match := _CYCLES.match(text):
        return _cycles(match)
    if text.casefold() in _ONE:
        text = f"1 {text}"
    if match := _TWO_BOUNDS.match(text):
        keys = _ordered(match)
    elif match := _SPAN.match(text):
        keys = _bounded(match)
    else:
        condition = "lasts while a condition holds, without a named end"
        raise Unreadable(
            condition if _CONDITION.match(text) else "says no span of time"
        )
    return {**keys, "approximate": True} if "≈" in text else keys


def bounds(low: str | None, high: str | None) -> dict[str, Any]:
    """Make the keys of a span.

    low (Optional[str]): ISO 8601; None if there is no least.
    high (Optional[str]): ISO 8601; None if there is no most.
    RETURNS (Dict[str, Any]): Both.
    """
    return {"low": low, "high": high}


def _bounded(match: re.Match[str]) -> dict[str, Any]:
    if _TWO.search(match[0]) and "between" not in match[0].casefold():
        raise Unreadable("several spans of time")
    keys = _ordered(match)
    if match["most"] or match["under"]:
        keys["low"] = None
    if match["least"] or match["over"]:
        keys["high"] = None
    return keys


def _ordered(match: re.Match[str]) -> dict[str, Any]:
    """Both bounds of a range, which may be in two units; three alternatives are one."""
    unit = match["unit"]
    low = iso_of(match["low"], match.groupdict().get("low_unit") or unit)
    if not match["high"]:
        return bounds(low, low)
    high = iso_of(match["high"], unit)
    middle = match.groupdict().get("middle")
    parts = [low, *([iso_of(middle, unit)] if middle else []), high]
    lengths = [seconds(part) for part in parts]
    if lengths != sorted(lengths):
        raise Unreadable("the shorter span stands behind the longer")
    return bounds(low, high)


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
    return bounds(date + time, date + time)


def _cycles(match: re.Match[str]) -> dict[str, Any]:
    word = match["n"].casefold()
    number = 1 if word in ("single", "a", "an") else number_of(word)
    flags = ["at least"] if match["least"] or match["more"] or match["over"] else []
    flags += ["at most"] if match["most"] or match["under"] else []
    if match["m"]:
        least, number = number, number_of(match["m"])
        if flags or not 0 < least < number:
            raise Unreadable("a range of a number of cycles without order")
        flags = [f"at most; at least {least}"]
    if len(flags) > 1:
        raise Unreadable("two bounds of a number of cycles")
    return {"cycles": number, **({"flag": flags[0]} if flags else {})}
