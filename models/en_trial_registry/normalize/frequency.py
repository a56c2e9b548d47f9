"""Reads how often and on which days something is given: `b.i.d.`, `q3w`, `days 1-5`."""

import re
from typing import Final

from .frequency_clauses import CLAUSES
from .frequency_words import simplify
from .iso import fold_time
from .offset import is_unit_range, read_offset
from .timing_table import GTS, Keys, every
from .value import Kept, Reading, Unreadable, read_value

_GAP = re.compile(r"[\s,;:()&+-]*")
_JOINT = re.compile(r"(?:and|on|at|in|for|of|the|with) ", re.IGNORECASE)
_OF = re.compile(r"^of (?=[^\W\d_])", re.IGNORECASE)
_RATE: Final = frozenset({"frequency", "period", "period_unit"})
# Periods of a fixed length, and how far apart equal rates may be.
_HOURS: Final = {"min": 1 / 60, "h": 1, "d": 24, "wk": 168}
_EQUAL: Final = 1e-6
_DAYS_A_WEEK: Final = 7


def read_frequency(text: str) -> Reading:
    """Read how often something is given.

    text (str): Text of a FREQUENCY entity.
    RETURNS (Reading): Keys of a FHIR Timing repeat: `frequency`, `frequency_max`,
        `period`, `period_max`, `period_unit`, `count`, `when`, `as_needed`; `days`,
        `weeks`, `cycle_days`, `offset`, `event`; `day_of_week`, `time_of_day`;
        `code` (HL7 GTSAbbreviation), `approximate`, `flag`.
    """
    return _kept(text)


_kept = Kept(lambda text: read_value("FREQUENCY", _read, text))
forget_frequencies = _kept.forget
"""Forgets the texts that were read."""


def _read(text: str) -> Keys:
    folded = fold_time(text)
    if not folded:
        raise Unreadable("no text")
    if is_unit_range(folded):
        raise Unreadable("an amount of time without event or period")
    return _finish(_read_clauses(simplify(folded)))


def _read_clauses(text: str) -> Keys:
    """Read clause after clause; what no clause can read is the timing to an event."""
    keys: Keys = {}
    at = 0
    while (at := _end_of_gap(text, at)) < len(text):
        start = at
        end, found = _clause_at(text, at)
        while found is None and (joint := _JOINT.match(text, at)):
            at = joint.end()
            end, found = _clause_at(text, at)
        if found is None:
            return _with_event(keys, text[start:])
        _merge(keys, _beside(keys, found))
        at = end
    if keys.keys() <= {"_until"}:
        raise Unreadable("says no frequency")
    return keys


def _end_of_gap(text: str, at: int) -> int:
    match = _GAP.match(text, at)
    return match.end() if match else at


def _clause_at(text: str, at: int) -> tuple[int, Keys | None]:
    for clause, find in CLAUSES:
        match = clause.match(text, at)
        if match and match.end() > at and (found := find(match)) is not None:
            return match.end(), found
    return at, None


_AND = re.compile(r"^(?:and )+", re.IGNORECASE)


def _with_event(keys: Keys, rest: str) -> Keys:
    rest = _AND.sub("", rest)
    if keys.keys() & {"days", "weeks", "when"}:
        rest = _OF.sub("during ", rest)
    found = read_offset(rest.replace("≈", "").replace("≥ ", "at least "))
    if not found:
        raise Unreadable(f"'{rest}' is not understood")
    if found.get("offset") == "after" and keys.keys() & {"days", "weeks"}:
        # The days are counted from the event.
        del found["offset"]
    if "≈" in rest:
        keys["approximate"] = True
    _merge(keys, found)
    return keys


def _beside(keys: Keys, found: Keys) -> Keys:
    """Fit a second rate to the first: the same one, or days on which that is done."""
    if not keys.keys() >= _RATE <= found.keys() or "period_max" in found:
        return found
    first, second = _per_hour(keys), _per_hour(found)
    if first and second and abs(first - second) < _EQUAL * first:
        return {}
    if _is_weekly(keys) and _is_daily(found):
        return {**found, "_days_per": {key: keys.pop(key) for key in _RATE}}
    if _is_daily(keys) and _is_weekly(found):
        return {"_days_per": {key: found[key] for key in _RATE}}
    return found


def _is_daily(keys: Keys) -> bool:
    return (keys["period"], keys["period_unit"]) == (1, "d")


def _is_weekly(keys: Keys) -> bool:
    """Say whether it is done on several days of each week."""
    every_week = (keys["period"], keys["period_unit"]) == (1, "wk")
    return every_week and 1 < keys["frequency"] <= _DAYS_A_WEEK


def _per_hour(keys: Keys) -> float | None:
    """Give how often in an hour on average; None if the period has no fixed length."""
    hours = _HOURS.get(keys["period_unit"])
    return keys["frequency"] / keys["period"] / hours if hours else None


_ANY_NUMBER: Final = 10_000
_LISTS: Final = ("when", "days", "weeks", "day_of_week", "time_of_day")


def _merge(keys: Keys, found: Keys) -> None:
    for key, value in found.items():
        if key in _LISTS:
            known = keys.setdefault(key, [])
            known += [item for item in value if item not in known]
        elif keys.setdefault(key, value) != value:
            raise Unreadable("several frequencies that do not form one")


def _finish(keys: Keys) -> Keys:
    """Join what clauses say about each other: times, days of a week, cycles."""
    if per := keys.pop("_days_per", None):
        _join_days(keys, per)
    if keys.pop("_until", None) and keys.keys() & {"days", "weeks"}:
        raise Unreadable("a span of days whose end is not stated")
    interval = keys.pop("_interval", None)
    if times := keys.pop("_times", None):
        _join_times(keys, times)
    if keys.get("frequency_max", _ANY_NUMBER) <= keys.get("frequency", 0):
        raise Unreadable("several frequencies that do not form one")
    days = keys.get("days")
    if days and keys.get("period_unit") in ("mo", "a"):
        raise Unreadable("days of months or years")
    if days and interval and interval >= max(days) and keys.get("frequency") == 1:
        for key in ("frequency", "period", "period_unit"):
            keys.pop(key, None)
        _merge(keys, {"cycle_days": interval})
    if keys.get("cycle_days") and days and max(days) > keys["cycle_days"]:
        raise Unreadable("days beyond the end of the cycle")
    keys["code"] = _code(keys)
    return keys


def _join_days(keys: Keys, per: Keys) -> None:
    """`QD` and `5 days a week` are five times a week."""
    if all(keys.get(key) == value for key, value in per.items()):
        return
    times = keys.pop("frequency", 1)
    daily = (keys.pop("period", 1), keys.pop("period_unit", "d")) == (1, "d")
    if not daily or "frequency_max" in keys:
        raise Unreadable("several frequencies that do not form one")
    keys.update(per)
    keys["frequency"] = per["frequency"] * times


def _join_times(keys: Keys, times: int) -> None:
    """A number of times is the count, but `once in the morning` is each morning."""
    moments = len(keys.get("when") or keys.get("time_of_day") or ())
    if times == 1 and moments and "days" not in keys:
        if keys.get("frequency", 1) not in (1, moments):
            raise Unreadable("several frequencies that do not form one")
        return
    if times == 1 and len(keys.get("days") or keys.get("weeks") or ()) > 1:
        _merge(keys, {} if "days" in keys else every(1, "wk"))
        return
    if "day_of_week" in keys:
        raise Unreadable("a number of times on days of the week")
    _merge(keys, {"count": times})


_BASIC: Final = {"frequency", "period", "period_unit"}
_BESIDE: Final = {"as_needed", "count", "approximate"}


def _code(keys: Keys) -> str | None:
    if not _BASIC <= keys.keys() <= _BASIC | _BESIDE:
        return None
    return GTS.get((keys["frequency"], keys["period"], keys["period_unit"]))
