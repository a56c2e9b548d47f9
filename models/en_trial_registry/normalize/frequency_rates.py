"""Clauses that say how many times in how long: `3 times a week`, `q3w`, `b.i.d.`."""

import re
from typing import Final

from .frequency_parts import (
    ADJECTIVES,
    CYCLE,
    END,
    OFTEN,
    PER,
    PERIOD,
    REGIMEN,
    THING,
    TIMES,
    Clause,
    alternatives,
    approximate,
    clauses,
    constant,
    more,
    period,
    whole,
)
from .iso import number_of
from .timing_table import ABBREVIATIONS, ADVERBS, HOW_OFTEN, Keys, every
from .value import Unreadable

_FEW: Final = 4
_SHORT: Final = ("s", "min", "h")
_EVERY_ONE = re.compile(rf"{THING} every ", re.IGNORECASE)


def _abbreviation(match: re.Match[str]) -> Keys | None:
    return ABBREVIATIONS[match["short"].casefold()]


def _adverb(match: re.Match[str]) -> Keys | None:
    return ADVERBS[match["word"].casefold()]


def _times_per(match: re.Match[str]) -> Keys | None:
    """`3 times a week`, `1-2 doses per day`, `5 days a week`, `≤ 4 times per day`."""
    times, most = whole(match["n"]), match["m"]
    keys: Keys = {"frequency": times, **period(match["k"], match["u"])}
    if match["k2"]:
        keys["period_max"] = more(keys["period"], number_of(match["k2"]))
    if match["day"]:
        bound = most or match["most"] or "≥" in match[0]
        return None if bound else {"_days_per": keys}
    if times > 1 and keys["period_unit"] in _SHORT and _EVERY_ONE.search(match[0]):
        raise Unreadable("doses at an interval, or in each")
    if match["most"]:
        keys["frequency_max"] = keys.pop("frequency")
    elif most:
        keys["frequency_max"] = more(times, whole(most))
    return approximate(match, keys)


def _days_of(match: re.Match[str]) -> Keys | None:
    """`5 days out of 7`, `14 of every 35 days`."""
    keys = period(match["k"], match["u"] or "days")
    if keys["period_unit"] != "d" or match["k2"]:
        return None
    return {"_days_per": {"frequency": whole(match["n"]), **keys}}


def _weeks_of(match: re.Match[str]) -> Keys | None:
    """`every 3 out of 4 weeks`: in three of them."""
    return {"frequency": whole(match["n"]), **period(match["k"], match["u"])}


def _at_most(match: re.Match[str]) -> Keys | None:
    keys = dict(ABBREVIATIONS[match["often"].casefold()])
    if "frequency" not in keys:
        return None
    return {"frequency_max": keys.pop("frequency"), **keys}


def _times_often(match: re.Match[str]) -> Keys | None:
    keys = every(1, HOW_OFTEN[match["often"].casefold()], whole(match["n"]))
    if match["most"]:
        keys["frequency_max"] = keys.pop("frequency")
    elif match["m"]:
        keys["frequency_max"] = more(keys["frequency"], whole(match["m"]))
    return approximate(match, keys)


def _often_things(match: re.Match[str]) -> Keys | None:
    """`6 weekly calls`, but not `3 daily doses`, which may be three a day."""
    count, unit = whole(match["n"]), HOW_OFTEN[match["often"].casefold()]
    if match["m"] or match["most"] or match["least"] or (unit in "d" and count <= _FEW):
        raise Unreadable("a number of doses in all, or on each day")
    return {"count": count, **every(1, unit)}


def _every(match: re.Match[str]) -> Keys | None:
    """`every 12 hours`, `q3w`, `8-hourly`, `intervals of 4 weeks`, `24 h apart`."""
    keys: Keys = {"frequency": 1, **period(match["k"], match["u"])}
    if match["k2"]:
        keys["period_max"] = more(keys["period"], number_of(match["k2"]))
    else:
        _note_interval(keys)
    return approximate(match, keys)


def _every_often(match: re.Match[str]) -> Keys | None:
    """`8-hourly`, `3 monthly intervals`; `12 weekly` may be a number of times."""
    often = (match["u"] or match["u2"] or match["u3"]).casefold()
    keys = {**every(1, HOW_OFTEN[often]), **period(match["k"], often[:-2])}
    if match["k2"]:
        keys["period_max"] = more(keys["period"], number_of(match["k2"]))
    return keys


def _note_interval(keys: Keys) -> None:
    size = {"d": 1, "wk": 7}.get(keys["period_unit"])
    if size and keys["period"] * size > 1:
        keys["_interval"] = keys["period"] * size


_ABBREVIATIONS: Final = alternatives(ABBREVIATIONS)
_COUNTED_HOURLY: Final = (
    r"≈?(?P<k>{N})(?:{R}(?P<k2>{N}))?(?:[ -](?P<u>hourly)"
    r"|-(?P<u2>weekly|monthly|yearly)"
    rf"|[ -](?P<u3>weekly|monthly|yearly) intervals?)(?: intervals?)?{END}"
)
_EVERY: Final = (
    rf"(?:1 time |1 )?(?:every|each|per|qq|q|/) ?≈?{PERIOD}"
    rf"(?:[ -]{CYCLE}| intervals?)?{END}"
)

_APART: Final = (
    r"(?:(?P<apart>(?:spaced|separated)(?: out)?(?: by)? )|with |at |given )?(?:an? )?"
    rf"(?:≥ )?≈?{PERIOD}(?:[ -]intervals?| apart|(?(apart)|(?!))){END}"
)
# How long it goes on says nothing about how often.
_HOW_LONG: Final = (
    r"(?:for|over) (?:≤ ?|≥ ?)?≈?{N}[ -]?(?:consecutive )?{U}$"
    r"|on {N} consecutive days$"
)
_UNTIL: Final = rf"until (?!.*\b(?:then|every|{OFTEN})\b)[^\W\d_].*$"

RATES: Final[tuple[Clause, ...]] = clauses(
    (rf"(?P<short>{_ABBREVIATIONS}){END}{REGIMEN}", _abbreviation),
    (rf"≤ (?P<often>{_ABBREVIATIONS}){END}", _at_most),
    (r"every (?P<n>{N}) out of (?:every )?(?P<k>{N}) (?P<u>weeks)" + END, _weeks_of),
    (rf"(?P<n>{{N}})(?P<day> days?)?(?: out)? of (?:every )?{PERIOD}{END}", _days_of),
    (r"(?P<n>{N})(?P<day> days) out of (?P<k>{N})(?P<k2>)(?P<u>)" + END, _days_of),
    (r"an? (?P<k>)(?P<k2>)(?P<u>{U})$", _every),
    (
        rf"{TIMES} ?-?(?:{ADJECTIVES} ?(?:{THING}|(?P<day>days?|d)))?{PER}{PERIOD}"
        rf"(?:[ -]period)?{REGIMEN}",
        _times_per,
    ),
    (
        rf"x ?(?P<most>)(?P<n>{{N}})(?P<m>)(?P<day>)(?: ?r)? ?{PER}{PERIOD}",
        _times_per,
    ),
    (
        rf"{TIMES}(?: ?-?{ADJECTIVES} ?{THING} ?-?| ?x ?)(?P<often>{OFTEN}){END}"
        rf"(?: (?!x ?[0-9]){THING}{END}|{REGIMEN})",
        _times_often,
    ),
    (
        rf"{TIMES}{ADJECTIVES} (?P<often>{OFTEN}){ADJECTIVES} (?!x ?[0-9]){THING}{END}",
        _often_things,
    ),
    (_COUNTED_HOURLY, _every_often),
    (_EVERY, _every),
    (rf"(?:with |at )?(?:an? )?intervals? of {PERIOD}{END}", _every),
    (_APART, _every),
    (
        rf"(?:an? |1 )?(?:single )?(?P<word>{alternatives(ADVERBS)})"
        rf"(?: intervals?| basis)?{END}(?: (?!x ?[0-9]){THING}{END}|{REGIMEN})",
        _adverb,
    ),
    (rf"(?<=[^ ] \(){PERIOD}\)?$", _every),
    (_HOW_LONG, constant({})),
    (_UNTIL, constant({"_until": True})),
)
"""Clauses in the order in which they are tried."""
