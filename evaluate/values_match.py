"""When two values of a kind mean the same: see corpus/values/README.md."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

Value = Mapping[str, Any]

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "DOSE": ("low", "high", "unit"),
    "FREQUENCY": (
        *("frequency", "frequency_max", "period", "period_max", "period_unit"),
        *("count", "when", "days", "weeks", "cycle_days", "as_needed"),
        *("offset", "event"),
    ),
    "ROUTE": ("name",),
    "DURATION": ("low", "high", "until", "cycles"),
    "LAB_THRESHOLD": (
        *("low", "low_inclusive", "high", "high_inclusive"),
        *("unit", "reference", "qualitative"),
    ),
    "TIME_FRAME": ("points", "start", "end", "anchor", "every"),
}
OPTIONAL: Final = ("flag", "approximate", "code", "display", "snomed", "values")

SECONDS: Final = {"W": 604800, "D": 86400, "H": 3600, "M": 60, "S": 1}
PERIOD_UNITS: Final = {
    "s": "PT{}S",
    "min": "PT{}M",
    "h": "PT{}H",
    "d": "P{}D",
    "wk": "P{}W",
    "mo": "P{}M",
    "a": "P{}Y",
}
ATOMS: Final = {
    "{drop}": "[drp]",
    "{unit}": "U",
    "{u}": "U",
    "[iU]": "[IU]",
    "mm3": "uL",
    "cm3": "mL",
    "dm3": "L",
    "{msc}": "{cell}",
    "{tab}": "{tablet}",
    "{pulsation}": "{pulse}",
}
ROUTES: Final = {
    **dict.fromkeys(("inhaled", "nebulized", "nebulised"), "inhalation"),
    **dict.fromkeys(("nebulization", "nebulisation"), "inhalation"),
    **dict.fromkeys(("respiratory", "respiratory tract"), "inhalation"),
    **dict.fromkeys(("ocular", "eye"), "ophthalmic"),
    "intranasal": "nasal",
}
ARTICLES: Final = frozenset(("a", "an", "the"))
PREPOSITIONS: Final = frozenset(
    "after at before by during each every following for from in of on per post prior "
    "since till to until upon within".split()
)

_ISO = re.compile(
    r"(?P<sign>[+-]?)P(?=[\dT])(?:(?P<years>[\d.]+)Y)?(?:(?P<months>[\d.]+)M)?"
    r"(?:(?P<W>[\d.]+)W)?(?:(?P<D>[\d.]+)D)?"
    r"(?:T(?=\d)(?:(?P<H>[\d.]+)H)?(?:(?P<M>[\d.]+)M)?(?:(?P<S>[\d.]+)S)?)?"
)
_TOKEN = re.compile(r"[/.()]|(?:\{[^}]*\}|\[[^\]]*\]|[^/.(){}\[\]])+")
_ABSENCE = re.compile(r"^in (the )?absence of ")


def matches(label: str, gold: Value | None, given: Value | None) -> bool:
    """Say whether a reader's value means the same as the right one.

    label (str): Kind of entity.
    gold (Optional[Value]): The right value; None if there is none.
    given (Optional[Value]): The reader's value; None if it declines.
    RETURNS (bool): Whether they agree in every key that is compared.
    """
    if gold is None or given is None:
        return gold is given
    extra = [key for key in OPTIONAL if key in gold]
    return canonical(label, gold) == canonical(label, given) and all(
        gold[key] == given.get(key) for key in extra
    )


def canonical(label: str, value: Value) -> dict[str, Any]:
    """Write a value in the one form that all values of its meaning share.

    label (str): Kind of entity.
    value (Value): A value with the fixed keys of the kind.
    RETURNS (Dict[str, Any]): Comparable with `==`; text that can't be read as its key
        asks for stays as it is, so that it equals only itself.
    """
    kept = {
        key: value[key]
        for key in KEYS[label]
        if key in value and not _says_nothing(key, value[key])
    }
    return CANONICAL[label](kept)


def parse_iso(text: str) -> tuple[Fraction, Fraction] | None:
    """Read an ISO 8601 duration, with a sign and decimals allowed.

    text (str): For example `P21D`, `-PT30M`.
    RETURNS (Optional[Tuple[Fraction, Fraction]]): Months and seconds; None if it is no
        duration.
    """
    match = _ISO.fullmatch(text)
    if match is None or text.endswith(("P", "T")):
        return None
    try:
        parts = {key: Fraction(part or 0) for key, part in _numbers(match)}
    except ValueError:
        return None
    sign = -1 if match["sign"] == "-" else 1
    seconds = sum((parts[unit] * size for unit, size in SECONDS.items()), Fraction())
    return sign * (12 * parts["years"] + parts["months"]), sign * seconds


def canonical_unit(unit: str) -> frozenset[tuple[str, int]]:
    """Write a UCUM expression as its factors.

    unit (str): For example `mg/kg/d`, `mg/(kg.d)`.
    RETURNS (FrozenSet[Tuple[str, int]]): Atoms with exponents, without order.
    """
    factors: Counter[str] = Counter()
    sign, outer = 1, [1]
    for token in _TOKEN.findall(unit):
        if token == "/":
            sign = -outer[-1]
        elif token == ".":
            sign = outer[-1]
        elif token == "(":
            outer.append(sign)
        elif token == ")":
            outer = outer[:-1] or [1]
        else:
            factors[_atom(token)] += sign
            sign = outer[-1]
    return frozenset((atom, n) for atom, n in factors.items() if n and atom != "1")


def fold(text: str) -> str:
    """Fold the words of an event.

    text (str): For example `After the surgery`.
    RETURNS (str): Lower case, words alone, without articles and leading prepositions:
        `surgery`.
    """
    words = " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))
    kept = [w for w in _ABSENCE.sub("", words).split() if w not in ARTICLES]
    while len(kept) > 1 and kept[0] in PREPOSITIONS:
        kept = kept[1:]
    return " ".join(kept)


def _says_nothing(key: str, part: Any) -> bool:
    """An empty key; an exclusive bound and the number 0 do say something."""
    absent = part is None or part == "" or part == []
    return absent or (part is False and not key.endswith("_inclusive"))


def _numbers(match: re.Match[str]) -> Iterable[tuple[str, str | None]]:
    return ((k, v) for k, v in match.groupdict().items() if k != "sign")


def _atom(token: str) -> str:
    bare = re.sub(r"\{[^}]*\}", "", token)
    if bare:
        bare = re.sub(r"^([munpfdck]?)l$", r"\1L", bare)
        return ATOMS.get(bare, bare)
    words = re.findall(r"[a-z0-9.]+", token.casefold())
    if not words:
        return "1"
    if any(character.isdigit() for character in token):
        return "{" + "_".join(words) + "}"
    head = re.sub(r"(?<!s)s$", "", words[-1])
    return ATOMS.get("{" + head + "}", "{" + head + "}")


def _iso(text: Any) -> Any:
    return (parse_iso(text) or text) if isinstance(text, str) else text


def _number(value: Any) -> Any:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:.9g}" if number else value


def _set(values: Any, form: Callable[[Any], Any]) -> Any:
    listed = values if isinstance(values, list) else [values]
    return frozenset(form(value) for value in listed)


def _apply(
    value: dict[str, Any], forms: Mapping[str, Callable[[Any], Any]]
) -> dict[str, Any]:
    return {
        key: forms[key](part) if key in forms else _number(part)
        for key, part in value.items()
    }


def _unit_form(unit: Any) -> Any:
    return canonical_unit(unit) if isinstance(unit, str) else unit


def _dose(value: dict[str, Any]) -> dict[str, Any]:
    form = _apply(value, {"unit": _unit_form})
    return {key: part for key, part in form.items() if part != frozenset()}


def _threshold(value: dict[str, Any]) -> dict[str, Any]:
    form = _apply(value, {"unit": _unit_form, "qualitative": fold})
    return {
        key: part
        for key, part in form.items()
        if part != frozenset() and key.removesuffix("_inclusive") in form
    }


def _route(value: dict[str, Any]) -> dict[str, Any]:
    name = fold(str(value.get("name", "")).removeprefix("other:"))
    name = name.removesuffix(" route")
    return {"name": ROUTES.get(name, name)}


def _duration(value: dict[str, Any]) -> dict[str, Any]:
    return _apply(value, {"low": _iso, "high": _iso, "until": fold})


def _time_frame(value: dict[str, Any]) -> dict[str, Any]:
    lists = dict.fromkeys(("points", "every"), lambda part: _set(part, _iso))
    forms = {"start": _iso, "end": _iso, "anchor": fold, **lists}
    form = _apply(value, forms)
    if "end" not in form and form.get("start") == (0, 0):
        del form["start"]
    return form


def _frequency(value: dict[str, Any]) -> dict[str, Any]:
    lists = dict.fromkeys(("when", "days", "weeks"), lambda part: _set(part, _number))
    forms = {"event": fold, "offset": _offset, **lists}
    value = dict(value)
    unit = value.pop("period_unit", None)
    for key in ("period", "period_max"):
        if key in value and unit in PERIOD_UNITS:
            value[key] = PERIOD_UNITS[unit].format(value[key])
            forms[key] = _iso
    if "period" in value and "frequency_max" not in value:
        value.setdefault("frequency", 1)
    for key in ("frequency", "period"):
        if value.get(f"{key}_max") == value.get(key):
            value.pop(f"{key}_max", None)
    return _without_implied(_apply(value, forms))


def _without_implied(form: dict[str, Any]) -> dict[str, Any]:
    """Leave out once a day, and once for each `when`, which the other keys imply."""
    implied = {"1"} if "days" in form else set()
    implied |= {"1", str(len(form["when"]))} if "when" in form else set()
    plain = not {"frequency_max", "period_max"} & form.keys()
    daily = form.get("period") == parse_iso("P1D")
    if plain and daily and form.get("frequency") in implied:
        del form["frequency"], form["period"]
    return form


def _offset(text: Any) -> Any:
    parts = [parse_iso(part) for part in str(text).split("/")]
    return frozenset(parts) if None not in parts else fold(str(text))


CANONICAL: Final[dict[str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "DOSE": _dose,
    "FREQUENCY": _frequency,
    "ROUTE": _route,
    "DURATION": _duration,
    "LAB_THRESHOLD": _threshold,
    "TIME_FRAME": _time_frame,
}
