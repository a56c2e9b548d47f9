"""Numbers with units in a row, and what stands between them."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from .comparators import ABOUT, AT_LEAST_BEHIND, AT_MOST_BEHIND, SIGNS
from .numbers import LOST_CARET, Number, plain
from .scan import END, Token
from .units import NO_UNIT, Unit, read_unit
from .value import Unreadable

BEHIND: Final = {AT_LEAST_BEHIND: "≥", AT_MOST_BEHIND: "≤"}
SEPARATORS: Final = {
    "-": "range",
    "~": "range",
    ABOUT: "range",
    "to": "range",
    ",": "list",
    ";": "list",
    "&": "list",
    "and": "list",
    "but": "list",
    "or": "or",
    "/": "slash",
    "x": "times",
    "*": "times",
    "of": "of",
}
"""What may stand between two numbers."""

_MAX_TERMS: Final = 30
_PREFIXED: Final = {
    prefix + base: (base, power)
    for prefix, power in zip(
        ("k", "", "m", "u", "n", "p"), range(3, -15, -3), strict=True
    )
    for base in ("g", "L", "mol", "Gy", "Hz", "Bq", "[IU]", "U", "A", "V", "W", "J")
} | {"cGy": ("Gy", -2), "dL": ("L", -1), "cL": ("L", -2)}
"""Units with their base and the power of ten between."""


class Term(NamedTuple):
    """A number with what stands at its sides.

    sign (Optional[str]): `<`, `≤`, `>` or `≥`.
    number (Number): The number.
    unit (Optional[Unit]): Its unit; None if none stands behind it.
    about (bool): Whether it is said to be approximate.
    """

    sign: str | None
    number: Number
    unit: Unit | None
    about: bool = False

    @property
    def value(self) -> int | float:
        """RETURNS (Union[int, float]): The number with the powers of its unit.
        RAISES (Unreadable): If it is too large.
        """
        unit = self.unit or NO_UNIT
        number = self.number
        if unit.exponent:
            number = number._replace(exponent=number.exponent + unit.exponent)
        value = number.value
        if unit.divisor != 1:
            value = plain(float(f"{value / unit.divisor:.6g}"))
        if not math.isfinite(value):
            raise Unreadable("a number is too large")
        return value


class Terms(NamedTuple):
    """Terms in a row.

    terms (List[Term]): At least one.
    between (List[str]): What stands between each two: values of `SEPARATORS`, or ``
        for nothing.
    rest (List[Token]): Tokens behind the last.
    """

    terms: list[Term]
    between: list[str]
    rest: list[Token]


def read_terms(tokens: Sequence[Token], *, names: bool = False) -> Terms:
    """Read the terms that a text begins with.

    tokens (Sequence[Token]): From `scan`.
    names (bool): Whether an unknown word may name a counted thing.
    RETURNS (Terms): The terms; units are spread to numbers that share them.
    RAISES (Unreadable): If there is no number at the beginning, or too many in all.
    """
    terms: list[Term] = []
    between: list[str] = []
    at = end = 0
    separator = ""
    while (found := _term(tokens, at, names)) is not None:
        term, end = found
        if terms:
            between.append(separator)
        terms.append(term)
        if len(terms) > _MAX_TERMS:
            raise Unreadable(f"more than {_MAX_TERMS} numbers")
        separator, at = _separator(tokens, end, term)
    if not terms:
        raise Unreadable("no number at the beginning")
    return Terms(_share(terms, between), between, list(tokens[end:]))


def _get(tokens: Sequence[Token], at: int) -> Token:
    return tokens[at] if at < len(tokens) else END


def _term(tokens: Sequence[Token], at: int, names: bool) -> tuple[Term, int] | None:
    sign, about = None, False
    while (text := _get(tokens, at).text) and text in f"{SIGNS}={ABOUT}":
        if text in SIGNS:
            if sign is not None:
                return None
            sign = text
        about |= text == ABOUT
        at += 1
    negative = _get(tokens, at).text == "-" and (at == 0 or sign is not None)
    number = _get(tokens, at + negative).number
    if number is None:
        return None
    if negative:
        number = number._replace(digits="-" + number.digits)
    at += 1 + negative
    if _get(tokens, at).text == "-" and not _get(tokens, at + 1).number:
        at += 1
    behind, at = _behind(tokens, at)
    unit = None
    if (found := read_unit(tokens, at, names=names)) and _may_divide(
        tokens, at, number
    ):
        unit, at = found
        if number.flag == LOST_CARET and unit.kind in ("mass", "volume"):
            raise Unreadable("a power of ten or a number of times an amount")
    late, at = _behind(tokens, at)
    if sign and (behind or late):
        return None
    return Term(sign or behind or late, number, unit, about), at


def _may_divide(tokens: Sequence[Token], at: int, number: Number) -> bool:
    """Whether `/40 mL` behind a number divides it; in `30/20 mg` it doesn't."""
    return not (tokens[at].text == "/" and _get(tokens, at + 1).number) or number.power


def _behind(tokens: Sequence[Token], at: int) -> tuple[str | None, int]:
    sign = BEHIND.get(_get(tokens, at).text)
    return sign, at + (sign is not None)


def _separator(tokens: Sequence[Token], at: int, last: Term) -> tuple[str, int]:
    found = ""
    while (token := _get(tokens, at)).lower in SEPARATORS:
        if token.text == ABOUT and found:
            break
        kind = SEPARATORS[token.lower]
        if found and {found, kind} - {"list", "or"}:
            break
        found = "or" if "or" in (found, kind) else kind
        at += 1
    if not found and token.text == "≤" and last.sign is None:
        return "range", at + 1
    return found, at


def _share(terms: list[Term], between: list[str]) -> list[Term]:
    """Give numbers without a unit, or a power of ten, those of the number behind."""
    shared = terms[-1:]
    for term, separator in zip(terms[-2::-1], between[::-1], strict=True):
        behind = shared[0]
        if separator in ("range", "list", "or", "slash"):
            term = _with_power(term, behind)
            if term.unit is None:
                term = term._replace(unit=behind.unit)
        shared.insert(0, term)
    return shared


def _with_power(term: Term, behind: Term) -> Term:
    number, other = term.number, behind.number
    alone = term.unit is None and not number.power and other.power
    if (
        not alone
        or other.bare
        or float(number.digits) > float(other.digits)
        or number.divisor > 1
    ):
        return term
    number = number._replace(exponent=other.exponent, power=True, flag=other.flag)
    return term._replace(number=number)


def share_prefix(terms: Sequence[Term]) -> list[Term]:
    """Write terms that differ in a metric prefix alone in the unit of the last.

    terms (Sequence[Term]): Terms of a range or list: `500 mg to 1 g`.
    RETURNS (List[Term]): The terms, those of other quantities as they were.
    """
    last = terms[-1].unit or NO_UNIT
    return [_in_unit(term, last.code) for term in terms]


def _in_unit(term: Term, code: str) -> Term:
    unit = term.unit
    if unit is None or unit.code == code:
        return term
    first, _, rest = unit.code.partition("/")
    second, _, other = code.partition("/")
    if rest != other or first not in _PREFIXED or second not in _PREFIXED:
        return term
    (base, power), (other_base, other_power) = _PREFIXED[first], _PREFIXED[second]
    if base != other_base:
        return term
    exponent = unit.exponent + power - other_power
    return term._replace(unit=unit._replace(code=code, exponent=exponent))


def common_unit(terms: Sequence[Term]) -> Unit:
    """Find the unit that terms share.

    terms (Sequence[Term]): Terms of a range or list.
    RETURNS (Unit): The last one's; `12 mg to 30 mg/d` shares `mg/d`.
    RAISES (Unreadable): If they differ.
    """
    units = [term.unit or NO_UNIT for term in terms]
    last = units[-1]
    for unit in units:
        if unit.code != last.code and not last.code.startswith(unit.code + "/"):
            raise Unreadable(f"the units {unit.code} and {last.code} differ")
    return last


def flags_of(terms: Sequence[Term]) -> list[str]:
    """Collect how ambiguous numbers were read.

    terms (Sequence[Term]): Terms.
    RETURNS (List[str]): Each remark once.
    """
    return list(dict.fromkeys(t.number.flag for t in terms if t.number.flag))
