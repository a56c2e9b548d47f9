"""What the clauses of frequency share: named parts of patterns, checks of numbers."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from .iso import number_of, pattern, unit_of
from .timing_table import HOW_OFTEN, THINGS, Keys
from .value import Unreadable

Find = Callable[[re.Match[str]], Keys | None]
"""Makes keys of a match; None if the match says something else after all."""

Clause = tuple[re.Pattern[str], Find]


def alternatives(words: Iterable[str]) -> str:
    """Write the pattern of any of some words.

    words (Iterable[str]): The words.
    RETURNS (str): The pattern, longest words first.
    """
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def clauses(*rows: tuple[str, Find]) -> tuple[Clause, ...]:
    """Compile clauses, which are tried in their order.

    *rows (Tuple[str, Find]): A template for `pattern` and what reads its match.
    RETURNS (Tuple[Clause, ...]): The clauses.
    """
    return tuple((pattern(template), find) for template, find in rows)


END: Final = r"(?![^\W_])"
THING: Final = rf"(?:{THINGS})(?:e?s|\(s\))?"
PER: Final = (
    r"(?: ?/ ?| (?:per(?: the)?|an?|each|every|in|in an?|in the|within(?: an?)?|by) "
    r"|(?<=x) ?every )"
)
TIMES: Final = r"(?:(?P<most>≤ ?)|(?P<least>≥ ?))?[≈(]?(?P<n>{N})\)?(?:{R}(?P<m>{N}))?"
"""How many times, maybe a range or a bound."""

PERIOD: Final = r"(?:(?P<k>{N})(?:{R}(?P<k2>{N}))?[ -]?)?(?P<u>{U})"
REGIMEN: Final = r"(?: (?:dosing|regimen|schedule)(?![^\W_]))?"
OFTEN: Final = alternatives(HOW_OFTEN)
CYCLE: Final = r"(?:treatment |therapy |chemotherapy )?(?:cycles?|courses?)"
ADJECTIVES: Final = (
    r"(?: (?:consecutive|additional|separate|individual|group|live|treatment|repeated|"
    r"experimental|oral|increasing|incremental|up-dosing|practice|lavage|divided|÷|"
    r"intravenous|iv|subcutaneous|sc|intramuscular|im|equal|identical))*"
)
"""Words before the counted thing that change nothing."""


def period(number: str | None, unit: str) -> Keys:
    """Write the period in which something is done.

    number (Optional[str]): How many units; one if None.
    unit (str): A spelling of a unit of time.
    RETURNS (Keys): `period` and `period_unit`.
    RAISES (Unreadable): If the period has no length.
    """
    length = number_of(number or "1")
    if not length:
        raise Unreadable("a period of no length")
    return {"period": length, "period_unit": unit_of(unit)}


def more(low: float, high: float) -> float:
    """Check the upper bound of a range.

    low (float): Lower bound.
    high (float): Upper bound.
    RETURNS (float): The upper bound.
    RAISES (Unreadable): If it isn't the greater.
    """
    if high <= low:
        raise Unreadable("a range whose upper bound is not the greater")
    return high


def whole(numeral: str) -> int:
    """Read a number of times.

    numeral (str): In digits.
    RETURNS (int): At least one.
    RAISES (Unreadable): If it is no number of times.
    """
    number = number_of(numeral)
    if not isinstance(number, int) or not 0 < number < 10_000:
        raise Unreadable("a number of times that is none")
    return number


def approximate(match: re.Match[str], keys: Keys) -> Keys:
    """Add `approximate`, and the flag `at least`, where the text says so.

    match (re.Match): Match of a clause.
    keys (Keys): Its keys; changed.
    RETURNS (Keys): The same keys.
    """
    if "≈" in match[0]:
        keys["approximate"] = True
    if "≥" in match[0]:
        keys["flag"] = "at least"
    return keys


def constant(keys: dict[str, Any]) -> Find:
    """Read a clause that always says the same.

    keys (Dict[str, Any]): What it says.
    RETURNS (Find): Gives a copy of it.
    """
    return lambda match: dict(keys)
