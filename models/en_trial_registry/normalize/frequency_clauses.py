"""Clauses of frequency: each pattern with what it says as keys of a FHIR Timing."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from .iso import number_of, pattern, unit_of
from .number_lists import list_pattern, read_list
from .timing_table import (
    ABBREVIATIONS,
    ADVERBS,
    AS_NEEDED,
    DAYS_OF_WEEK,
    EVENTS,
    HOW_OFTEN,
    MEALS,
    THINGS,
    Keys,
    every,
)
from .value import Unreadable

Find = Callable[[re.Match[str]], Keys | None]
Clause = tuple[re.Pattern[str], Find]
_END: Final = r"(?![^\W_])"
_FEW: Final = 4


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _period(number: str | None, unit: str) -> Keys:
    return {"period": number_of(number or "1"), "period_unit": unit_of(unit)}


def _whole(numeral: str) -> int:
    number = number_of(numeral)
    if not isinstance(number, int) or not 0 < number < 10_000:
        raise Unreadable("a number of times that is none")
    return number


def _table(table: dict[str, Keys]) -> Find:
    return lambda match: table[match[0].casefold()]


def _adverb(match: re.Match[str]) -> Keys | None:
    return ADVERBS[match["word"].casefold()]


def _when(match: re.Match[str]) -> Keys | None:
    return {"when": [EVENTS[match["part"].casefold()]]}


def _meal(match: re.Match[str]) -> Keys | None:
    code = MEALS.get(f"{match['side']} {match['meal']}".casefold())
    return {"when": [code]} if code else None


def _times_per(match: re.Match[str]) -> Keys | None:
    """`3 times a week`, `1-2 doses per day`, `5 days a week`, `≤ 4 times per day`."""
    times, most = _whole(match["n"]), match["m"]
    keys: Keys = {"frequency": times, **_period(match["k"], match["u"])}
    if match["k2"]:
        keys["period_max"] = number_of(match["k2"])
    if match["day"]:
        return None if most or match["most"] else {"_days_per": keys}
    if match["most"]:
        keys["frequency_max"] = keys.pop("frequency")
    elif most:
        keys["frequency_max"] = _whole(most)
    return _approximate(match, keys)


def _days_of(match: re.Match[str]) -> Keys | None:
    """`5 days out of 7`, `14 of every 35 days`."""
    keys = _period(match["k"], match["u"] or "days")
    if keys["period_unit"] != "d" or match["k2"]:
        return None
    return {"_days_per": {"frequency": _whole(match["n"]), **keys}}


def _at_most(match: re.Match[str]) -> Keys | None:
    keys = dict(ABBREVIATIONS[match["often"].casefold()])
    if "frequency" not in keys:
        return None
    return {"frequency_max": keys.pop("frequency"), **keys}


def _approximate(match: re.Match[str], keys: Keys) -> Keys:
    if "≈" in match[0]:
        keys["approximate"] = True
    return keys


def _times_often(match: re.Match[str]) -> Keys | None:
    keys = every(1, HOW_OFTEN[match["often"].casefold()], _whole(match["n"]))
    if match["most"]:
        keys["frequency_max"] = keys.pop("frequency")
    elif match["m"]:
        keys["frequency_max"] = _whole(match["m"])
    return keys


def _often_things(match: re.Match[str]) -> Keys | None:
    """`6 weekly calls`, but not `3 daily doses`, which may be three a day."""
    count, unit = _whole(match["n"]), HOW_OFTEN[match["often"].casefold()]
    if match["m"] or (unit in "d" and count <= _FEW):
        raise Unreadable("a number of doses in all, or on each day")
    return {"count": count, **every(1, unit)}


def _every(match: re.Match[str]) -> Keys | None:
    """`every 12 hours`, `q3w`, `8-hourly`, `intervals of 4 weeks`, `24 h apart`."""
    keys: Keys = {"frequency": 1, **_period(match["k"], match["u"])}
    if match["k2"]:
        keys["period_max"] = number_of(match["k2"])
    else:
        _note_interval(keys)
    return _approximate(match, keys)


def _every_often(match: re.Match[str]) -> Keys | None:
    """`8-hourly`, `3 monthly intervals`; `12 weekly` may be a number of times."""
    often = (match["u"] or match["u2"] or match["u3"]).casefold()
    keys = every(number_of(match["k"]), HOW_OFTEN[often])
    if match["k2"]:
        keys["period_max"] = number_of(match["k2"])
    return keys


def _note_interval(keys: Keys) -> None:
    size = {"d": 1, "wk": 7}.get(keys["period_unit"])
    if size:
        keys["_interval"] = keys["period"] * size


def _day_list(key: str) -> Find:
    return lambda match: {key: read_list(match["list"])}


def _cycle(match: re.Match[str]) -> Keys | None:
    size = {"d": 1, "wk": 7}.get(unit_of(match["u"]))
    return {"cycle_days": number_of(match["k"]) * size} if size else None


_WORKDAYS: Final = list(DAYS_OF_WEEK[:5])
_SHORT_WEEK: Final = {
    "m-w-f": ["mon", "wed", "fri"],
    **dict.fromkeys(("m-f", "weekdays", "every weekday", "on weekdays"), _WORKDAYS),
}


def _days_of_week(match: re.Match[str]) -> Keys | None:
    """`Mondays and Thursdays`; `Monday to Friday` is written out."""
    if short := _SHORT_WEEK.get(match[0].casefold()):
        return {"day_of_week": short, "_days_per": every(1, "wk", len(short))}
    names = [name.casefold() for name in re.findall(r"[^\W\d_]{3,}", match[0])]
    days = [DAYS_OF_WEEK.index(name[:3]) for name in names if name[:3] in DAYS_OF_WEEK]
    if match["to2"]:
        days = list(range(days[0], days[-1] + 1))
    if not days:
        raise Unreadable("a span of days of the week that runs backwards")
    return {
        "day_of_week": [DAYS_OF_WEEK[day] for day in days],
        "_days_per": every(1, "wk", len(days)),
    }


def _clock(match: re.Match[str]) -> Keys | None:
    hour, half = int(match["hour"]), (match["half"] or "").casefold()
    if hour > 24 or (half and hour > 12):
        return None
    hour = hour % 12 + 12 * (half == "pm") if half else hour % 24
    return {"time_of_day": [f"{hour:02}:{match['minute'] or '00'}"]}


def _count(match: re.Match[str]) -> Keys | None:
    if match["bound"] or match["m"]:
        raise Unreadable("a bound or a range of a number of doses")
    return {"count": _whole(match["n"])}


def _event(match: re.Match[str]) -> Keys | None:
    return {"event": match["event"]}


def _constant(keys: dict[str, Any]) -> Find:
    return lambda match: dict(keys)


_PLURAL: Final = r"(?:e?s|\(s\))?"
_THING: Final = rf"(?:{THINGS}){_PLURAL}"
_PER: Final = (
    r"(?: ?/ ?| (?:per|an?|each|every|in|in an?|in the|within|by) |(?<=x) ?every )"
)
_N: Final = r"(?P<most>≤ ?)?[≈(]?(?P<n>{N})\)?(?:{R}(?P<m>{N}))?"
_K: Final = r"(?:(?P<k>{N})(?:{R}(?P<k2>{N}))?[ -]?)?(?P<u>{U})"
_OFTEN: Final = _alternatives(HOW_OFTEN)
_DAY: Final = r"(?:study )?(?:days?|d) ?#? ?"
_WEEK: Final = r"(?:study )?(?:weeks?|wks?|w)[ -]? ?"
_NAME: Final = (
    r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:days?)?\b|(?:[mwf])\b(?=-)"
)
_DAYNAME: Final = (
    r"(?:mon|tues?|wednes|thurs|fri|satur|sun)days?|(?:mon|tue|wed|thu|fri|sat|sun)\b"
)
_CYCLE_WORD: Final = r"(?:treatment |therapy |chemotherapy )?(?:cycles?|courses?)"
_WORDS: Final = r"(?: (?:consecutive|additional|separate|individual|group|live|treatment|repeated|experimental|oral|increasing|incremental|up-dosing|practice|lavage))*"

CLAUSES: Final[tuple[Clause, ...]] = tuple(
    (pattern(template), find)
    for template, find in (
        (rf"(?:{_alternatives(ABBREVIATIONS)}){_END}", _table(ABBREVIATIONS)),
        (rf"≤ (?P<often>{_alternatives(ABBREVIATIONS)}){_END}", _at_most),
        (
            rf"(?P<n>{{N}})(?P<day> days?)?(?: out)? of (?:every )?{_K}{_END}",
            _days_of,
        ),
        (
            rf"(?P<n>{{N}})(?P<day> days) out of (?P<k>{{N}})(?P<k2>)(?P<u>){_END}",
            _days_of,
        ),
        (rf"an? (?P<k>)(?P<k2>)(?P<u>{{U}})$", _every),
        (
            rf"{_N} ?-?(?:{_WORDS} ?(?:{_THING}|(?P<day>days?)))?{_PER}{_K}",
            _times_per,
        ),
        (
            rf"x ?(?P<most>)(?P<n>{{N}})(?P<m>)(?P<day>)(?: ?r)? ?{_PER}{_K}",
            _times_per,
        ),
        (
            rf"{_N}(?: ?-?{_WORDS} ?{_THING} ?-?| ?x ?)(?P<often>{_OFTEN}){_END}",
            _times_often,
        ),
        (
            rf"{_N}{_WORDS} (?P<often>{_OFTEN}){_WORDS} {_THING}{_END}",
            _often_things,
        ),
        (
            rf"≈?(?P<k>{{N}})(?:{{R}}(?P<k2>{{N}}))?(?:[ -](?P<u>hourly)|"
            rf"-(?P<u2>weekly|monthly|yearly)|"
            rf"[ -](?P<u3>weekly|monthly|yearly) intervals?)(?: intervals?)?{_END}",
            _every_often,
        ),
        (
            rf"(?:1 time |1 )?(?:every|each|per|qq|q|/) ?≈?{_K}"
            rf"(?:[ -]{_CYCLE_WORD}| intervals?)?{_END}",
            _every,
        ),
        (rf"(?:with |at )?(?:an )?intervals? of {_K}{_END}", _every),
        (rf"(?:with |at )?(?:an? )?≈?{_K}[ -]intervals?{_END}", _every),
        (rf"(?:spaced |separated by |given )?≈?{_K} apart{_END}", _every),
        (rf"(?P<word>{_alternatives(ADVERBS)})(?: intervals?| basis)?{_END}", _adverb),
        (
            rf"(?:(?:of|in|on) )?(?:an? |each |every |the )?(?P<k>{{N}})[ -]?(?P<u>{{U}})"
            rf"(?:s)?[ -]?{_CYCLE_WORD}{_END}",
            _cycle,
        ),
        (rf"of (?:each|every|the) week{_END}", _constant({"cycle_days": 7})),
        (
            rf"of (?:each|every|the|all) (?P<event>cycle|course|period){_END}",
            _event,
        ),
        (
            rf"of (?:the )?(?:treatment|therapy|study|administration){_END}",
            _constant({}),
        ),
        (
            rf"of (?P<event>(?:the )?(?:first |second |third )?{_CYCLE_WORD}"
            rf"(?: {list_pattern('')})?){_END}",
            _event,
        ),
        (
            rf"≈?{_DAY}(?P<list>{list_pattern(_DAY)}){_END}(?: days?| only)?",
            _day_list("days"),
        ),
        (rf"{_WEEK}(?P<list>{list_pattern(_WEEK)}){_END}", _day_list("weeks")),
        (
            rf"(?:m-w-f|m-f|(?:every |on )?weekdays?){_END}|"
            rf"(?:every |on )?(?:{_DAYNAME})(?:(?: ?(?P<to2>-|to|through) ?|, ?| and )"
            rf"(?:{_DAYNAME}))*{_END}",
            _days_of_week,
        ),
        (
            r"(?:at )?(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-5][0-9]))? ?"
            rf"(?P<half>am|pm){_END}",
            _clock,
        ),
        (
            r"(?:(?:in|at|each|every|on|1 time|1 time in|before)(?: the)? )?(?:mid-)?"
            rf"(?P<part>{_alternatives(EVENTS)}){_END}",
            _when,
        ),
        (
            r"(?P<side>before|after|with|during) (?:the |an? |each |every |all )?"
            rf"(?P<meal>{_alternatives({key.split(' ', 1)[1] for key in MEALS})}){_END}",
            _meal,
        ),
        (rf"(?:{_alternatives(AS_NEEDED)}){_END}", _constant({"as_needed": True})),
        (
            rf"[≈(]?(?P<n>{{N}})\)? ?(?:times?){_END}",
            lambda m: {"_times": _whole(m["n"])},
        ),
        (
            rf"(?:x ?)?(?P<bound>[≤≥] ?)?[≈(]?(?:a )?(?:total of )?(?P<n>{{N}})\)?(?:{{R}}(?P<m>{{N}}))?"
            rf"{_WORDS} ?-?{_THING}{_END}",
            _count,
        ),
        (rf"(?:x|№) ?(?P<n>{{N}})(?P<bound>)(?P<m>){_END}", _count),
        (
            rf"(?:1 )?single(?:[ -](?:(?:rising|ascending|oral|experimental)[ -])?{_THING}){_END}",
            _constant({"count": 1}),
        ),
        (rf"(?:1 )?single(?:-ascending)?{_END}", _constant({"count": 1})),
        (r"(?P<bound>)(?P<n>{N})(?P<m>)$", _count),
    )
)
