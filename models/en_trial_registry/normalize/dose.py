"""Reads amounts given: `75 mg/m2`, `2 tablets`, `0.5-1.0×10⁶ cells/kg`, `60 Gy`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final

from .comparators import ABOUT, sign_words
from .dose_checks import decline_micro, decline_unclear
from .dose_words import SPELLINGS, WORDINGS
from .numbers import fold_text
from .quantity import (
    BEHIND,
    Term,
    common_unit,
    flags_of,
    read_terms,
    share_prefix,
)
from .rewrite import UNITS, rewriter
from .scan import Token, scan
from .unit_table import COUNTS, Atom, find_atom
from .units import BODY_WORDS, NO_UNIT, STOP_WORDS, Unit
from .value import Reading, Unreadable, read_value

_rewrite = rewriter((*SPELLINGS, *UNITS, *WORDINGS))
_BETWEEN = re.compile(
    r"^(?:(between|from|ranging from|range of|in the range of) )", re.IGNORECASE
)
_SIGN_BEHIND = re.compile("^([^<>≤≥⊒⊑]*%(?: of)? [^<>≤≥⊒⊑0-9]*) ([⊒⊑])$")
_SETS: Final = ("{set}", "{round}")
_MEASURES: Final = frozenset(("mass", "volume", "area"))
_UNIT_OF_BLOOD: Final = Atom("{unit}", 0, "container")
_STOP = re.compile(r"(?<=[A-Za-z0-9%)])(?<!\.[A-Za-z])[.,;]$")
_LARGE_G = re.compile(r"[0-9] ?G(?= |$)")
_LEADING = re.compile(
    r"^(?:an? |the )?(?:(?:initial|starting|target|loading|maintenance|single|fixed) )?"
    r"(?:(?:dose|volume|amount|total|rate|strength) (?:of )?)+",
    re.IGNORECASE,
)
_TRAILING: Final = frozenset(
    "each body weight bw w v dose of total predicted ideal kg's as needed".split()
)


@dataclass
class Amount:
    """What the terms of a dose say together.

    low (Optional[float]): Lower bound.
    high (Optional[float]): Upper bound.
    unit (Unit): Unit of both.
    more (Dict[str, Any]): Keys beyond the fixed.
    flags (List[str]): How ambiguous parts were read.
    """

    low: int | float | None
    high: int | float | None
    unit: Unit
    more: dict[str, Any] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)

    def keys(self) -> dict[str, Any]:
        """RETURNS (Dict[str, Any]): Keys of the value."""
        return {
            "low": self.low,
            "high": self.high,
            "unit": self.unit.code,
            **self.more,
            "flag": "; ".join(dict.fromkeys(self.flags)) or None,
        }


def read_dose(text: str) -> Reading:
    """Read an amount given.

    text (str): Text of a DOSE entity.
    RETURNS (Reading): `low`, `high`, `unit` (UCUM); `values` of a list, `each` of
        counted things that hold an amount, `of` what a percentage is taken of,
        `approximate`, `flag`.
    """
    return read_value("DOSE", _read, text)


def _read(text: str) -> dict[str, Any]:
    decline_micro(text)
    text = _rewrite(fold_text(text))
    if text[-1:] in ".,;":
        text = _STOP.sub("", text)
    text = sign_words(_LEADING.sub("", text))
    text = " ".join(text.split())
    if "%" in text:
        text = _SIGN_BEHIND.sub(_sign_in_front, text)
    between = _BETWEEN.match(text)
    tokens = scan(text[between.end() :] if between else text)
    terms = read_terms(tokens, names=True)
    if between and terms.between == ["list"]:
        terms = terms._replace(between=["range"])
    decline_unclear(text, terms, things=_things(terms.rest) is not None)
    amount = _combine(terms.terms, terms.between, terms.rest)
    if _LARGE_G.search(text):
        amount.flags.append("G read as gram")
    if any(term.about for term in terms.terms) or ABOUT in text[:1]:
        amount.more["approximate"] = True
    if amount.low is not None and amount.high is not None and amount.low > amount.high:
        raise Unreadable("the lower number stands behind the higher")
    return amount.keys()


def _sign_in_front(match: re.Match[str]) -> str:
    return f"{BEHIND[match[2]]} {match[1]}"


def _combine(
    terms: Sequence[Term], between: Sequence[str], rest: Sequence[Token]
) -> Amount:
    if between and between[0] in ("times", "of", ""):
        return _product(terms, between, rest)
    kinds = set(between)
    if "" in kinds or "times" in kinds or "of" in kinds:
        raise Unreadable("several amounts that do not form one")
    if len(terms) == 1:
        amount = _single(terms[0])
    else:
        amount = _joined(share_prefix(terms), kinds)
    amount.flags += flags_of(terms)
    _read_rest(amount, rest)
    return amount


def _single(term: Term) -> Amount:
    unit, value = term.unit or NO_UNIT, term.value
    low = None if term.sign in ("<", "≤") else value
    high = None if term.sign in (">", "≥") else value
    amount = Amount(low, high, unit)
    if unit.substance:
        amount.more["of"] = unit.substance
    return amount


def _joined(terms: Sequence[Term], kinds: set[str]) -> Amount:
    rising = all(term.value < after.value for term, after in pairwise(terms))
    if "slash" in kinds and (len(terms) == 2 or len(kinds) > 1 or not rising):
        raise Unreadable("amounts of several components, or a ratio: a value holds one")
    if "range" in kinds and len(terms) > 2 and (len(kinds) > 1 or not rising):
        raise Unreadable("a list of ranges")
    if any(term.sign for term in terms):
        return _two_sided(terms)
    return _several(terms, kinds)


def _several(terms: Sequence[Term], kinds: set[str]) -> Amount:
    unit = common_unit(terms)
    values = [term.value for term in terms]
    if kinds == {"range"} and len(terms) == 2:
        amount = Amount(values[0], values[-1], unit)
    else:
        amount = Amount(min(values), max(values), unit, {"values": values})
    if unit.substance:
        amount.more["of"] = unit.substance
    return amount


def _two_sided(terms: Sequence[Term]) -> Amount:
    first, last = terms[0], terms[-1]
    if (
        len(terms) != 2
        or (first.sign or "≥") not in ">≥"
        or (last.sign or "") not in "<≤"
    ):
        raise Unreadable("limits that do not form one range")
    if not last.sign:
        raise Unreadable("a limit beside a number")
    return Amount(first.value, last.value, common_unit(terms))


def _product(
    terms: Sequence[Term], between: Sequence[str], rest: Sequence[Token]
) -> Amount:
    """Read a number of things that hold an amount each: `two 200 mg tablets`."""
    head, joint = terms[0], between[0]
    things = _things(rest)
    inner = _combine(terms[1:], between[1:], [] if things else rest)
    if len(terms) > 3:
        raise Unreadable("several amounts that do not form one")
    if head.unit is None and things and inner.unit.kind not in ("count", "container"):
        head = head._replace(unit=things)
    if joint == "times" and inner.unit.code == "{repetition}" and head.unit is None:
        head = head._replace(unit=Unit("{set}", kind="count"))
    if head.unit is not None:
        alone = joint == "times" and inner.unit.kind == "none"
        if alone and head.unit.code not in _SETS:
            raise Unreadable("a number of times without what is counted")
        return _counted(head, inner)
    if inner.unit.code in _SETS:
        raise Unreadable("a number of sets without what they consist of")
    if inner.unit.kind == "length":
        raise Unreadable("an area, or a number of lengths")
    if joint != "times" or inner.unit.kind in ("none", "count", "other", "time"):
        raise Unreadable("a number of times without what is counted")
    return _total(head, inner)


def _things(rest: Sequence[Token]) -> Unit | None:
    """Find the counted thing behind an amount: `tablets` in `200 mg soft tablets`."""
    words = [token.lower for token in rest]
    if not words or len(words) > 3 or not all(token.is_word for token in rest):
        return None
    atom = _UNIT_OF_BLOOD if words[-1] in ("unit", "units") else COUNTS.get(words[-1])
    return Unit(atom.code, kind=atom.kind) if atom else None


def _counted(head: Term, inner: Amount) -> Amount:
    """Join a count and the amount that each of the counted things holds."""
    unit = head.unit or NO_UNIT
    if inner.low is None or inner.high is None or inner.more:
        raise Unreadable("a number of things that hold no plain amount")
    each = {"low": inner.low, "high": inner.high, "unit": inner.unit.code}
    if inner.unit.code in _SETS and unit.kind == "count":
        if inner.low != inner.high or head.sign:
            raise Unreadable("a range of sets")
        each = {"low": head.value, "high": head.value, "unit": unit.code}
        return Amount(inner.low, inner.high, inner.unit, {"each": each}, inner.flags)
    if unit.kind not in ("count", "container", "arbitrary"):
        raise Unreadable("several amounts that do not form one")
    return replace(_single(head), more={"each": each}, flags=inner.flags)


def _total(head: Term, inner: Amount) -> Amount:
    if inner.low is None or inner.high is None or inner.more:
        raise Unreadable("a number of times an amount that is no plain one")
    count = _single(head)
    low = None if count.low is None else _times(count.low, inner.low)
    high = None if count.high is None else _times(count.high, inner.high)
    flag = f"{head.value} x an amount read as their total"
    each = {"low": inner.low, "high": inner.high, "unit": inner.unit.code}
    return Amount(low, high, inner.unit, {"each": each}, [*inner.flags, flag])


def _times(count: float, amount: float) -> int | float:
    value = float(f"{count * amount:.12g}")
    return int(value) if value.is_integer() else value


def _read_rest(amount: Amount, rest: Sequence[Token]) -> None:
    """Accept words behind that change nothing; keep what a share is taken of."""
    words = [token.lower for token in rest]
    if not words or (words[0] != "of" and set(words) <= _TRAILING | BODY_WORDS):
        return
    named = words[1:] if words[0] == "of" else words
    share = words[0] == "of" or amount.unit.kind in ("mass", "other", "arbitrary")
    if not share or not _is_name(rest, named):
        raise Unreadable(f"'{' '.join(words)}' behind the amount is not understood")
    of = " ".join(token.text for token in rest[-len(named) :])
    amount.more.setdefault("of", of.replace("ORM", "one-repetition maximum"))


def _is_name(rest: Sequence[Token], named: Sequence[str]) -> bool:
    """Whether words name what an amount is of: `protein`, `of the daily energy`."""
    if any(token.number and not token.is_word for token in rest[:-1]):
        return False
    plain = all(token.is_word or token.number or token.text in "-'." for token in rest)
    if not named or not plain or len(named) > (3 if len(named) == len(rest) else 6):
        return False
    known = {"the", "of"}
    if len(named) < len(rest) and named[-1] != "daily":
        known.add("daily")
    # `10 mg kg` lacks a slash.
    kinds = {atom.kind for word in named if len(word) > 1 and (atom := find_atom(word))}
    return not (STOP_WORDS & set(named) - known or kinds & _MEASURES)
