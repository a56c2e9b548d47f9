"""Parts of a FHIR R5 Dosage from values: timing, amounts, routes."""

import re
from collections.abc import Mapping
from typing import Any, Final

Value = Mapping[str, Any]
Json = dict[str, Any]

UCUM: Final = "http://unitsofmeasure.org"
SNOMED: Final = "http://snomed.info/sct"
GTS: Final = "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation"
TIMES: Final = ("s", "min", "h", "d", "wk", "mo", "a")

_ISO = re.compile(
    r"P(?:(?P<a>[0-9.]+)Y)?(?:(?P<mo>[0-9.]+)M)?(?:(?P<wk>[0-9.]+)W)?(?:(?P<d>[0-9.]+)D)?"
    r"(?:T(?:(?P<h>[0-9.]+)H)?(?:(?P<min>[0-9.]+)M)?(?:(?P<s>[0-9.]+)S)?)?"
)
_MINUTES: Final = {"min": 1, "h": 60, "d": 1440, "wk": 10080}
_SAME: Final[tuple[str, ...]] = (
    *("frequency", "frequencyMax", "period", "periodMax", "periodUnit"),
    *("count", "when", "dayOfWeek"),
)
# EventTiming codes by the words of an event, before and after it.
_EVENTS: Final = {
    **dict.fromkeys(("meal", "meals", "food", "eating", "food intake"), ("AC", "PC")),
    "breakfast": ("ACM", "PCM"),
    "lunch": ("ACD", "PCD"),
    **dict.fromkeys(("dinner", "supper"), ("ACV", "PCV")),
}
_HS: Final = frozenset(("bedtime", "sleep", "going to bed"))


def quantity(number: float, unit: str) -> Json:
    """Write a FHIR Quantity.

    number (float): The number.
    unit (str): UCUM code.
    RETURNS (Json): The Quantity.
    """
    return {"value": number, "unit": unit, "system": UCUM, "code": unit}


def bounds(low: float | None, high: float | None, unit: str) -> Json:
    """Write a FHIR Range.

    low (Optional[float]): Lower bound.
    high (Optional[float]): Upper bound.
    unit (str): UCUM code.
    RETURNS (Json): The Range, without the bounds that are None.
    """
    both = {"low": low, "high": high}
    return {key: quantity(n, unit) for key, n in both.items() if n is not None}


def span_of(text: str | None) -> tuple[float, str] | None:
    """Read an ISO 8601 duration as one number of one UCUM unit.

    text (Optional[str]): For example `P12W`, `PT1H30M`.
    RETURNS (Optional[Tuple[float, str]]): Number and unit; None if it is no such span.
    """
    match = _ISO.fullmatch(text or "")
    parts = {u: float(n) for u, n in match.groupdict().items() if n} if match else {}
    if len(parts) == 1:
        unit, number = next(iter(parts.items()))
        return _plain(number), unit
    if not parts or not parts.keys() <= _MINUTES.keys():
        return None
    return _plain(sum(n * _MINUTES[u] for u, n in parts.items())), "min"


def _plain(number: float) -> float:
    return int(number) if number.is_integer() else number


def timing(frequency: Json | None, duration: Json | None) -> Json | None:
    """Write a FHIR Timing; what has no element in FHIR stays in its text.

    frequency (Optional[Json]): Part of a regimen.
    duration (Optional[Json]): Part of a regimen.
    RETURNS (Optional[Json]): The Timing; None if there is neither part.
    """
    value = (frequency or {}).get("value") or {}
    repeat = _repeat(value) | _lasting((duration or {}).get("value") or {})
    said = frequency or duration
    code: Json = {"text": " ".join(said["text"].split())} if said else {}
    if value.get("code"):
        code = {"coding": [{"system": GTS, "code": value["code"]}], **code}
    found = {"repeat": repeat, "code": code}
    return {key: part for key, part in found.items() if part} or None


def _repeat(value: Value) -> Json:
    camel = {
        re.sub("_([a-z])", lambda match: match[1].upper(), key): part
        for key, part in value.items()
    }
    repeat = {key: camel[key] for key in _SAME if key in camel}
    if "frequency" not in repeat:
        # Up to four times a day is no frequency; see `maxDosePerPeriod`.
        for key in ("frequencyMax", "period", "periodMax", "periodUnit"):
            repeat.pop(key, None)
    if "when" not in repeat and "time_of_day" in value:
        repeat["timeOfDay"] = [f"{time}:00" for time in value["time_of_day"]]
    if value.get("days") and value.get("cycle_days"):
        repeat |= _cycle(value)
    return repeat | ({} if "when" in repeat else _around(value))


def _cycle(value: Value) -> Json:
    """Days 1, 8 and 15 of 28 are three times in 28 days."""
    daily = (value.get("period", 1), value.get("period_unit", "d")) == (1, "d")
    if not daily or "frequency_max" in value:
        return {}
    times = len(value["days"]) * value.get("frequency", 1)
    return {"frequency": times, "period": value["cycle_days"], "periodUnit": "d"}


def _around(value: Value) -> Json:
    """An event with an EventTiming code, and minutes to it."""
    event = re.sub("^(?:each|every|all) ", "", str(value.get("event", "")).casefold())
    offset = str(value.get("offset", ""))
    before = offset == "before" or offset.startswith("-")
    if event in _HS and before:
        code = "HS"
    elif event in _EVENTS and offset:
        code = _EVENTS[event][0 if before else 1]
    else:
        return {}
    span = span_of(offset.removeprefix("-"))
    minutes = span[0] * _MINUTES.get(span[1], 0) if span else 0
    whole = {"offset": int(minutes)} if minutes and minutes == int(minutes) else {}
    return {"when": [code], **whole}


def _lasting(value: Value) -> Json:
    """Minutes and hours are how long one administration lasts; days, the course."""
    low, high = span_of(value.get("low")), span_of(value.get("high"))
    unit = (low or high or (0, ""))[1]
    if not unit or (low and high and low[1] != high[1]):
        return {}
    if unit in ("s", "min", "h"):
        if low is None:
            return {}
        keys = {"duration": low[0], "durationUnit": unit}
        return keys | ({"durationMax": high[0]} if high and high != low else {})
    if low == high and low:
        return {"boundsDuration": quantity(*low)}
    return {"boundsRange": bounds(low and low[0], high and high[0], unit)}


def amount(value: Value) -> Json:
    """Write a DOSE as `doseAndRate`, and its upper limit where it has no lower.

    value (Value): Value of a DOSE.
    RETURNS (Json): Elements of a Dosage.
    """
    low, high, unit = value.get("low"), value.get("high"), value.get("unit", "1")
    above, _, below = unit.rpartition("/")
    rate = below in TIMES and bool(above)
    if low is None and high is not None:
        return {"doseAndRate": [_amount(low, high, unit, rate)], **_most(high, unit)}
    return {"doseAndRate": [_amount(low, high, unit, rate)]}


def _amount(low: float | None, high: float | None, unit: str, rate: bool) -> Json:
    if low is None or low != high:
        return {"rateRange" if rate else "doseRange": bounds(low, high, unit)}
    return (
        {"rateRatio": ratio(low, unit)}
        if rate
        else {"doseQuantity": quantity(low, unit)}
    )


def ratio(number: float, unit: str, period: float = 1) -> Json:
    """Write a FHIR Ratio of an amount and a time.

    number (float): The amount.
    unit (str): UCUM code; the unit of time stands behind its last slash.
    period (float): Number of units of time.
    RETURNS (Json): The Ratio.
    """
    above, _, below = unit.rpartition("/")
    return {
        "numerator": quantity(number, above),
        "denominator": quantity(period, below),
    }


def _most(high: float, unit: str) -> Json:
    if unit.rpartition("/")[2] in TIMES:
        return {"maxDosePerPeriod": [ratio(high, unit)]}
    return {"maxDosePerAdministration": quantity(high, unit)}


def most_per_period(dose: Value, frequency: Value) -> Json:
    """`20 mg` and `up to 4 times a day` are at most 80 mg a day.

    dose (Value): Value of a DOSE.
    frequency (Value): Value of a FREQUENCY.
    RETURNS (Json): `maxDosePerPeriod`, if both are such values.
    """
    times, period = frequency.get("frequency_max"), frequency.get("period")
    high, unit = dose.get("high"), dose.get("unit", "1")
    if high is None or not times or not period or "period_max" in frequency:
        return {}
    if "frequency" in frequency or unit.rpartition("/")[2] in TIMES:
        return {}
    per_time = f"{unit}/{frequency['period_unit']}"
    return {"maxDosePerPeriod": [ratio(high * times, per_time, period)]}


def route(part: Json) -> Json:
    """Write a ROUTE as a CodeableConcept.

    part (Json): Part of a regimen.
    RETURNS (Json): The concept, with a SNOMED CT coding where there is one.
    """
    value = part.get("value") or {}
    text = {"text": part["text"]}
    if not value.get("snomed"):
        return text
    coding = {
        "system": SNOMED,
        "code": value["snomed"],
        "display": value.get("display"),
    }
    return {"coding": [{k: v for k, v in coding.items() if v}], **text}
