"""Spans of time as ISO 8601, and the texts that they are read from."""

import re
from typing import Final

from .numbers import NUMBER_WORDS, fold_text, plain
from .rewrite import Rule, rewriter
from .value import Unreadable

_SPELLINGS: Final = {
    "s": "s sec secs second seconds",
    "min": "min min. mins minute minutes minuts mints",
    "h": "h h. hr hr. hrs hrs. hour hours hous",
    "d": "d days day d.",
    "wk": "w wk wk. wks week weeks wek",
    "mo": "m mo mo. mos mth mths mon month months monthes mnths",
    "a": "y yr yr. yrs yrs. year years",
}
UNITS: Final = {
    spelling: code
    for code, spellings in _SPELLINGS.items()
    for spelling in spellings.split()
}
"""Units of time by their spellings; the codes are UCUM's, as in FHIR Timing."""

_LONGEST_FIRST: Final = sorted(UNITS, key=len, reverse=True)
UNIT: Final = rf"(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})(?![^\W_])"
"""Pattern of a unit."""

NUMBER: Final = r"[0-9]+(?:\.[0-9]+)?"
RANGE: Final = r"(?: ?- ?| to | or |-to-| ?~ ?)"
"""Pattern between the bounds of a range."""

_LETTERS: Final = {
    **{"s": "PT{}S", "min": "PT{}M", "h": "PT{}H"},
    **{"d": "P{}D", "wk": "P{}W", "mo": "P{}M", "a": "P{}Y"},
}
_MAX_DIGITS: Final = 5
ZERO: Final = "PT0S"
"""No time at all: where counting begins."""

_COUNTED: Final = (
    rf"(?=[ -]+(?:{UNIT}|(?:to|or|and)[ -]+(?:{'|'.join(NUMBER_WORDS)}|[0-9])))"
)
_TENS: Final = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORD: Final = (
    rf"\b(?:(?P<tens>{_TENS})[ -](?P<ones>one|two|three|four|five|six|seven|eight|nine)"
    rf"|(?P<word>{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))}))\b"
)
# ASCII, so that case is folded as `casefold` does: `sıx` is no number.
_ANY_WORD = re.compile(_WORD, re.IGNORECASE | re.ASCII)
_COUNTED_WORD = re.compile(_WORD + _COUNTED, re.IGNORECASE | re.ASCII)
_NUMBERED = re.compile(
    rf"(?P<name>\b(?:day|week|month|year)s? ){_WORD}", re.IGNORECASE | re.ASCII
)
# Searched in lower case, which is ten times as quick as ignoring case.
_HAS_WORD = re.compile("|".join(NUMBER_WORDS))

_rules: Final[tuple[Rule, ...]] = (
    ("⁄", r"\b([0-9]+)[ -]?1⁄2", r"\1.5"),
    ("⁄", r"(?<![0-9 ])1⁄2|(?<![0-9]) 1⁄2", "0.5"),
    ("half", r"\b(?:an? )?half an? ?(?=hour|day|year)", "0.5 "),
    ("half", r"\b([0-9]+|one) and (?:an?|one)?[ -]?half\b", r"\1.5"),
    ("half", r"\bone\.5", "1.5"),
    ("(", rf"\b(?:{'|'.join(NUMBER_WORDS)}) ?\(([0-9]+)\)", r"\1"),
)
_rewrite = rewriter(_rules)


def iso(number: float, unit: str) -> str:
    """Write a span of time in ISO 8601, as it was counted.

    number (float): How many; may be negative.
    unit (str): A code of `UNITS`.
    RETURNS (str): For example `P12W`, `-PT30M`; `PT0S` for none.
    RAISES (Unreadable): If the number is too large to be one of a trial.
    """
    number = plain(float(number))
    if abs(number) >= 10**_MAX_DIGITS:
        raise Unreadable("a number too large for a span of time")
    if not number:
        return ZERO
    sign = "-" if number < 0 else ""
    return sign + _LETTERS[unit].format(f"{abs(number):.9g}")


def iso_of(number: str, unit: str) -> str:
    """Write a span of time that stands in a text.

    number (str): A numeral; may have a sign.
    unit (str): A spelling of a unit.
    RETURNS (str): ISO 8601.
    RAISES (Unreadable): If the number is too large.
    """
    return iso(number_of(number), unit_of(unit))


_SPAN = re.compile(
    r"(?P<sign>-?)P(?:(?P<a>[0-9.]+)Y)?(?:(?P<mo>[0-9.]+)M)?(?:(?P<wk>[0-9.]+)W)?"
    r"(?:(?P<d>[0-9.]+)D)?"
    r"(?:T(?:(?P<h>[0-9.]+)H)?(?:(?P<min>[0-9.]+)M)?(?:(?P<s>[0-9.]+)S)?)?"
)
_DAY: Final = 86_400
_SECONDS: Final = {
    **{"s": 1, "min": 60, "h": 3600, "d": _DAY, "wk": 7 * _DAY},
    # Average lengths, so that 12 months are a year.
    **{"mo": 365.25 / 12 * _DAY, "a": 365.25 * _DAY},
}


def seconds(span: str) -> float:
    """Measure a span of time, so that spans in several units can be ordered.

    span (str): From `iso`.
    RETURNS (float): Seconds; months and years have their average length.
    RAISES (ValueError): If it is no ISO 8601 span.
    """
    match = _SPAN.fullmatch(span)
    if match is None:
        raise ValueError(f"'{span}' is no ISO 8601 span of time, as P3W is")
    total = sum(float(match[unit] or 0) * size for unit, size in _SECONDS.items())
    return -total if match["sign"] else total


def number_of(numeral: str) -> int | float:
    """Read a numeral in digits with a decimal point.

    numeral (str): For example `2.5`.
    RETURNS (Union[int, float]): The number.
    RAISES (Unreadable): If it is too large.
    """
    if len(numeral) > 12:
        raise Unreadable("a number too large for a span of time")
    return plain(float(numeral))


def unit_of(spelling: str) -> str:
    """Look up a unit of time.

    spelling (str): Something that `UNIT` matches.
    RETURNS (str): Its code.
    RAISES (Unreadable): If it is none.
    """
    code = UNITS.get(spelling.casefold())
    if code is None:
        raise Unreadable(f"'{spelling}' is no unit of time")
    return code


def fold_time(text: str, *, counted: bool = False) -> str:
    """Write variants of signs, spaces and numbers in one way; case stays.

    text (str): Text of an entity.
    counted (bool): Whether only number words that count a unit become digits.
    RETURNS (str): For example `2 weeks` for `two  weeks`.
    """
    text = _rewrite(fold_text(text)).strip(" .,;:")
    if _HAS_WORD.search(text.lower()):
        if not counted:
            return _ANY_WORD.sub(_digits, text)
        text = _COUNTED_WORD.sub(_digits, text)
        text = _NUMBERED.sub(lambda match: match["name"] + _digits(match), text)
    return text


def _digits(match: re.Match[str]) -> str:
    if word := match["word"]:
        return str(NUMBER_WORDS[word.casefold()])
    return str(
        NUMBER_WORDS[match["tens"].casefold()] + NUMBER_WORDS[match["ones"].casefold()]
    )


def pattern(template: str) -> re.Pattern[str]:
    """Compile a pattern that names parts: `{N}` a number, `{U}` a unit, `{R}` a range.

    template (str): The pattern; case doesn't matter to it.
    RETURNS (re.Pattern): The compiled pattern.
    """
    for name, part in (("{N}", NUMBER), ("{U}", UNIT), ("{R}", RANGE)):
        template = template.replace(name, part)
    return re.compile(template, re.IGNORECASE)
