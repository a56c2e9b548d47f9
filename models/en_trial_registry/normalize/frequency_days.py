"""Clauses that say on which days and when: `days 1-5`, `Mondays`, `before meals`."""

import re
from typing import Final

from .frequency_parts import (
    CYCLE,
    END,
    Clause,
    Find,
    alternatives,
    clauses,
    constant,
    whole,
)
from .iso import number_of, unit_of
from .number_lists import list_pattern, read_list
from .timing_table import AS_NEEDED, DAYS_OF_WEEK, EVENTS, MEALS, Keys, every
from .value import Unreadable


def _day_list(key: str) -> Find:
    return lambda match: {key: read_list(match["list"])}


def _cycle(match: re.Match[str]) -> Keys | None:
    size = {"d": 1, "wk": 7}.get(unit_of(match["u"]))
    days = number_of(match["k"])
    return {"cycle_days": days * size} if size and days >= 1 else None


def _event(match: re.Match[str]) -> Keys | None:
    return {"event": match["event"]}


def _on_off(match: re.Match[str]) -> Keys | None:
    """`2 weeks on, 1 week off` is given in the first two weeks of each three."""
    on, off = whole(match["on"]), whole(match["off"])
    if unit_of(match["u"]) == unit_of(match["u2"]) == "wk":
        return {"weeks": list(range(1, on + 1)), "cycle_days": 7 * (on + off)}
    sizes = [{"d": 1, "wk": 7}.get(unit_of(match[name])) for name in ("u", "u2")]
    if sizes[0] is None or sizes[1] is None:
        return None
    on, off = on * sizes[0], off * sizes[1]
    return {"days": list(range(1, on + 1)), "cycle_days": on + off}


_WORKDAYS: Final = list(DAYS_OF_WEEK[:5])
_SHORT_WEEK: Final = {
    **dict.fromkeys(("m-w-f", "m,w,f"), ["mon", "wed", "fri"]),
    **dict.fromkeys(("weekends", "on weekends"), ["sat", "sun"]),
    **dict.fromkeys(("m-f", "weekdays", "every weekday", "on weekdays"), _WORKDAYS),
}


def _days_of_week(match: re.Match[str]) -> Keys | None:
    """`Mondays and Thursdays`; `Monday to Friday` is written out."""
    if short := _SHORT_WEEK.get(match[0].casefold()):
        return {"day_of_week": short, "_days_per": every(1, "wk", len(short))}
    names = [name.casefold() for name in re.findall(r"[^\W\d_]{3,}", match[0])]
    told = dict.fromkeys(name[:3] for name in names)
    days = [DAYS_OF_WEEK.index(name) for name in told if name in DAYS_OF_WEEK]
    if match["to2"]:
        days = list(range(days[0], days[-1] + 1))
    if not days:
        raise Unreadable("a span of days of the week that runs backwards")
    return {
        "day_of_week": [DAYS_OF_WEEK[day] for day in days],
        "_days_per": every(1, "wk", len(days)),
    }


def _other_week(match: re.Match[str]) -> Keys | None:
    """`every other Monday` is once in two weeks."""
    return {"day_of_week": [match["name"][:3].casefold()], **every(2, "wk")}


def _clock(match: re.Match[str]) -> Keys | None:
    hour, half = int(match["hour"]), (match["half"] or "").casefold()
    if hour > 24 or (half and hour > 12) or not (half or match["minute"]):
        return None
    hour = hour % 12 + 12 * (half == "pm") if half else hour % 24
    return {"time_of_day": [f"{hour:02}:{match['minute'] or '00'}"]}


def _when(match: re.Match[str]) -> Keys | None:
    return {"when": [EVENTS[match["part"].casefold()]]}


_MEAL_NAMES: Final = alternatives({key.split(" ", 1)[1] for key in MEALS})
_A_MEAL = re.compile(_MEAL_NAMES, re.IGNORECASE)
_SIDES: Final = {"prior to": "before"}


def _meal(match: re.Match[str]) -> Keys | None:
    side = _SIDES.get(match["side"].casefold(), match["side"])
    meals = _A_MEAL.findall(match["meals"])
    codes = [MEALS.get(f"{side} {meal}".casefold()) for meal in meals]
    return {"when": codes} if None not in codes else None


_DAY: Final = r"(?:study |cycle |treatment |dosing )?(?:days?|d) ?#? ?"
_WEEK: Final = r"(?:study )?(?:weeks?|wks?|w)[ -]? ?"
_NAME: Final = (
    r"(?:(?:mon|tues?|wednes|thurs|fri|satur|sun)days?"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)\b)"
)
_NAMES: Final = (
    rf"(?:every |on |from )?{_NAME}"
    rf"(?:(?: ?(?P<to2>-|to|through|thru) ?|,? and |[,/] ?){_NAME})*{END}"
)
_CYCLE_LENGTH: Final = (
    r"(?:(?:of|in|on) )?(?:an? |each |every |the )?(?P<k>{N})[ -]?(?P<u>{U})"
    rf"[ -]?{CYCLE}{END}"
)
_CYCLE_EVENT: Final = (
    r"(?:the |all )?(?:first |second |third |odd |even |subsequent |following )?"
    rf"{CYCLE}(?: {list_pattern('')})?"
)
_CLOCK: Final = (
    r"(?:at )?(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-5][0-9]))?"
    rf"(?: ?(?P<half>am|pm)| ?(?:h|hrs?|hours))?{END}"
)
_PART_OF_DAY: Final = (
    r"(?:(?:in|at|each|every|on|1 time|1 time in|before|prior to)(?: the)? )?"
    r"(?:mid-|early |late )?"
    rf"(?P<part>{alternatives(EVENTS)}){END}"
)
_MEAL: Final = (
    r"(?P<side>before|prior to|after|with|during) (?:the |an? |each |every |all )?"
    r"(?:(?:main|light|standard|regular|(?:high|low)-fat) )*"
    rf"(?P<meals>(?:{_MEAL_NAMES})(?:(?:, and|,| and|,? &) (?:{_MEAL_NAMES}))*){END}"
    r"(?! and (?!(?:before|after|with|during|at|in|on|1)\b))"
)

DAYS: Final[tuple[Clause, ...]] = clauses(
    (_CYCLE_LENGTH, _cycle),
    (rf"of (?:each|every|the) week{END}", constant({"cycle_days": 7})),
    (rf"of (?:each|every|the|all) (?P<event>cycle|course|period){END}", _event),
    (
        rf"of (?:the )?(?:treatment|therapy|study|administration){END}"
        r"(?! (?:periods?|phases?|weeks?|months?|arms?|blocks?)\b)"
        rf"|(?:in|on|within) the same day{END}",
        constant({}),
    ),
    (r"onoff (?P<on>{N}) (?P<u>{U}) (?P<off>{N}) (?P<u2>{U})", _on_off),
    (
        r"(?P<event>(?:cycle|course) [0-9]+)(?=,? ?(?:on )?(?:days?|d) ?[0-9])",
        _event,
    ),
    (rf"of (?P<event>{_CYCLE_EVENT}){END}(?: only)?", _event),
    (
        rf"≈?{_DAY}(?P<list>{list_pattern(_DAY)}){END}(?: days?| only)?",
        _day_list("days"),
    ),
    (rf"≈?{_WEEK}(?P<list>{list_pattern(_WEEK)}){END}", _day_list("weeks")),
    (rf"every other (?P<name>{_NAME}){END}", _other_week),
    (
        rf"(?:m-w-f|m,w,f|m-f|(?:every |on )?weekdays?|(?:on )?weekends){END}|{_NAMES}",
        _days_of_week,
    ),
    (_CLOCK, _clock),
    (_PART_OF_DAY, _when),
    (_MEAL, _meal),
    (rf"(?:{alternatives(AS_NEEDED)}){END}", constant({"as_needed": True})),
)
"""Clauses in the order in which they are tried."""
