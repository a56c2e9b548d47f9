"""Reads limits of laboratory tests: `≥ 1.5 x 10^9/L`, `<2 x ULN`, `5 mg/dL or less`."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

from .comparators import sign_words
from .limits import NORMAL_FLAG, qualitative, write_limits
from .numbers import fold_text
from .quantity import Term, Terms, common_unit, flags_of, read_terms
from .rewrite import UNITS, rewriter
from .scan import Token, scan
from .unit_table import LIMITS
from .units import Unit
from .value import Reading, Unreadable, read_value

_OF_NORMAL: Final = r"(?= (?:the |of )*(?:normal|upper|uln)\b)"
_UNIT: Final = (
    r"[a-z%]{0,8} ?/ ?[a-z]{1,4}3?|x ?10[0-9^*]+ ?/ ?[a-z]{1,4}3?|[ul]ln|%|mm ?hg|"
    r"sec(?:onds)?"
)

_rewrite = rewriter(
    (
        # A unit in brackets behind its number, not one that is said again.
        ("(", rf"(?<=[0-9]) ?\( ?({_UNIT}) ?\)(?=$| )", r" \1"),
        ("(per", r" ?\((per [^()]*)\)$", r" \1"),
        ("(+", r"(?<=[0-9]) ?\(\+\)", "+"),
        ("(3", r"(?<![a-z])mm ?\(3\)", "mm3"),
        ("inclusive", r",? \(?(?:both )?inclusive(?:ly)?\)?$", ""),
        *UNITS,
        ("(|[", r" ?(?<![/0-9x])[\[(][^\])(\[0-9]*[\])]", ""),
        ("twice|two", r"\b(?:twice|two ?-?fold)\b", "2 times"),
        ("thrice|three", r"\b(?:thrice|three ?-?fold)\b", "3 times"),
        ("double|triple", rf"\bdouble{_OF_NORMAL}", "2 times"),
        ("double|triple", rf"\btriple{_OF_NORMAL}", "3 times"),
        (
            "still|of|is|be|elevated",
            r"^(?:still|of|is|(?:must|should|to) be|elevated) (?=\S)",
            "",
        ),
        (
            "value|level|count|concentration",
            r"^(?:an? |the )?(?:value|level|count|concentration)s? (?:of )?",
            "",
        ),
        ("equal", r"^(?:equal to|equals?) (?!(?:to )?or )", "= "),
        (":", r"\b1 ?: ?([0-9]+)\b", r"\1 titer"),
        ("1/", r"(?<![0-9.,])1/([0-9]{2,})$", r"\1 titer"),
        ("giga|gpt", r"(?<=[0-9]) ?(?:giga|gpt) ?(?=/ ?l\b)", " x 10^9"),
        ("x1|x 1", r"(?<=[0-9]) ?x ?1,?000(?= ?/)", " x 10^3"),
        (".10", r"(?<=[0-9])\.(?=10\^)", " x "),
        ("lakh|lac", r"(?<=[0-9]) ?(?:lakhs?|lacs?)\b", " x 10^5"),
        ("cd", r"\bcd ?[0-9]+ ?\+? (?:t[ -])?(?=cells?\b|lymphocytes?\b)", ""),
        ("bethesda", r"\bbethesda units?\b", "bethesda"),
        ("-h|- h", r"(?<=/)( ?24) ?- ?(?=h)", r"\1 "),
        ("class|grade", r"\b(?:ige )?(class|grade) ([0-9]+)\b", r"\2 \1"),
        ("+", r"(?<=[0-9]) ?\+(?![0-9])", " plusses"),
        ("+", r"(?<![0-9a-z]) ?\+ ?([1-4])(?=$| )", r" \1 plusses"),
    )
)
_BETWEEN = re.compile(
    r"^(?:ranging )?(between|from|range(?: of|:)?|in the range of|within) ",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"^within (?=(?:[0-9.]+ )?[UL]LN$)", re.IGNORECASE)
_TO_LESS = re.compile(" ?- ?(?=[<≤])")
_TWICE = re.compile(r"([<>≤≥]) (?=\1)")
_ONCE = re.compile(r"(?:^|(?<=[<>≤≥] ))(?=[UL]LN\b)")
_GROUPS = re.compile(
    r"(?<![0-9.,])(?:([0-9]{1,3}), (000)|([0-9]{1,2}),([0-9]{2}),([0-9]{3}))(?![0-9.,])"
)
_DOTTED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:\.000)+(?= ?(?:/|per |cells?\b))")
_NINE = re.compile(r"(?<![0-9.,x] )(?<![0-9.,^x])10(9|12)(?= ?/ ?l\b)", re.IGNORECASE)
_NINE_FLAG: Final = "109/L read as 10^9/L: 109 in a litre would be none"
_DOTTED_FLAG: Final = "a point before three zeros read as a separator of thousands"
_GIGA = re.compile(r"(?<=[0-9]) ?G ?/ ?([lL])\b")
_GIGA_FLAG: Final = "G/l read as 10^9/L"
_NOT_A_LIMIT = re.compile(
    r"(?P<share>baseline|of control)|(?P<rank>percentile)"
    r"|(?P<change>reduction|increas|decreas|\brises?\b|\bfall(?:s|en)?\b|prolong)"
    r"|(?P<outside>\boutside\b|\bout of\b)"
)
_REASONS: Final = {
    "share": "a multiple or share of an earlier value",
    "rank": "a percentile",
    "change": "a change, not a limit",
    "outside": "outside a range, which has no two bounds",
}
# Nothing in blood is told per length: a power, or the rest of the unit, is lost.
_CUT_OFF: Final = ("/m", "/cm", "/mm", "/um")
# Words behind the unit that name what is measured, or in whom.
_TRAILING: Final = frozenset(
    "feu ddu is hb hgb hemoglobin haemoglobin creatinine stool protein cells cell for "
    "age women woman men man males females male female in each ratio blood plasma "
    "serum urine cr inr ige proteinuria dipstick on by the fibrinogen equivalent "
    "units".split()
)


def read_threshold(text: str) -> Reading:
    """Read the limit of a laboratory test.

    text (str): Text of a LAB_THRESHOLD entity.
    RETURNS (Reading): `low`, `low_inclusive`, `high`, `high_inclusive`, `unit` (UCUM),
        `reference` (ULN or LLN, of which low and high are multiples) or `qualitative`;
        `of` what a percentage is taken of, `approximate`, `flag`.
    """
    return read_value("LAB_THRESHOLD", _read, text)


def _read(text: str) -> dict[str, Any]:
    text = fold_text(text).rstrip(" .,;:")
    if words := qualitative(text):
        return {"qualitative": words}
    if (refused := _NOT_A_LIMIT.search(text.lower())) is not None:
        raise Unreadable(_REASONS[refused.lastgroup or ""])
    flags: list[str] = []
    text = _prepare(text, flags)
    between = _BETWEEN.match(text)
    terms = read_terms(scan(text[between.end() :] if between else text))
    keys = _bounds(_range(terms, between[1].lower()) if between else terms)
    if NORMAL_FLAG in flags and terms.terms[0].value < 1:
        raise Unreadable("a part of normal, which may be its lower limit")
    flags += flags_of(terms.terms)
    keys["approximate"] = any(term.about for term in terms.terms) or None
    keys["flag"] = "; ".join(dict.fromkeys(flags)) or None
    return keys


def _prepare(text: str, flags: list[str]) -> str:
    """Write words as signs and short forms; collect how ambiguous ones were read."""
    text = write_limits(_rewrite(text), flags)
    if "," in text:
        text = _GROUPS.sub(lambda match: "".join(filter(None, match.groups())), text)
    if "/" in text or "per " in text or "cell" in text:
        if _DOTTED.search(text):
            text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
            flags.append(_DOTTED_FLAG)
        if _NINE.search(text):
            text = _NINE.sub(r"10^\1", text)
            flags.append(_NINE_FLAG)
        if giga := _GIGA.search(text):
            if giga[1] == "L":
                raise Unreadable("G/L may be g/L or 10^9/L")
            text = _GIGA.sub(" x 10^9/L", text)
            flags.append(_GIGA_FLAG)
    if "LN" in text:
        text = _ONCE.sub("1 ", sign_words(_WITHIN.sub("≤ ", text)))
    else:
        text = sign_words(text)
    if "-" in text:
        text = _TO_LESS.sub(" to ", text)
    return _TWICE.sub("", text)


def _range(terms: Terms, word: str) -> Terms:
    """Check that `between`, `from` or `within` has two bounds behind it."""
    signs = [term.sign for term in terms.terms]
    if len(signs) != 2 or (None in signs and any(signs)):
        raise Unreadable("a range without two bounds")
    if any(signs):
        return terms
    first, second = terms.terms
    alike = first.number.power == second.number.power and first.unit == second.unit
    if word == "between" and alike and first.value > second.value:
        first, second = second, first
    return Terms([first, second], ["range"], terms.rest)


def _bounds(terms: Terms) -> dict[str, Any]:
    unit = common_unit(terms.terms)
    _check_unit(unit)
    keys = _one_bound(terms.terms[0]) if len(terms.terms) == 1 else _two_bounds(terms)
    low, high = keys.get("low"), keys.get("high")
    if low is not None and high is not None and low > high:
        raise Unreadable("the bounds form no range")
    if unit.code in LIMITS:
        keys["reference"] = unit.code
    elif unit.kind != "none":
        keys["unit"] = unit.code
    keys["of"] = _read_rest(terms.rest, unit)
    return keys


def _check_unit(unit: Unit) -> None:
    """Decline units that can't be what a test is told in, or may be two things."""
    if unit.exponent and unit.kind == "arbitrary":
        raise Unreadable("M may be milli or million")
    if unit.divisor != 1 and unit.code.endswith("/m2"):
        raise Unreadable("a body surface other than 1.73 m2")
    if doubt := _doubt(unit.code):
        raise Unreadable(doubt)


@lru_cache(1024)
def _doubt(code: str) -> str | None:
    """Say why a unit is not what was meant."""
    above, *below = code.split("/")
    if code.endswith(_CUT_OFF):
        return f"the unit {code} is cut off"
    if code.endswith("/m3") and (not above or above[0] == "{"):
        return "a count per cubic metre: mm3 may be meant"
    if code == "uL":
        return "uL may be a volume or stand for /uL"
    if above == "m" and below:
        return "M may be a metre or million"
    return "a ratio of two rates" if above in below[1:] else None


def _one_bound(term: Term) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    if term.sign in (None, ">", "≥"):
        keys |= {"low": term.value, "low_inclusive": term.sign != ">"}
    if term.sign in (None, "<", "≤"):
        keys |= {"high": term.value, "high_inclusive": term.sign != "<"}
    return keys


def _two_bounds(terms: Terms) -> dict[str, Any]:
    if len(terms.terms) != 2:
        raise Unreadable("more than two numbers")
    first, second = terms.terms
    between = terms.between[0]
    if first.sign is None and between == "range" and second.sign != ">":
        first = first._replace(sign="≥")
        if second.sign is None:
            second = second._replace(sign="≤")
    elif first.sign is None and second.sign is None:
        raise Unreadable("two numbers that form no range")
    elif (
        between not in ("", "list", "range")
        or first.sign is None
        or second.sign is None
    ):
        raise Unreadable("two limits that form no range")
    if first.sign in ("<", "≤"):
        first, second = second, first
    if first.sign not in (">", "≥") or second.sign not in ("<", "≤"):
        raise Unreadable("two limits on the same side")
    return {**_one_bound(first), **_one_bound(second)}


def _read_rest(rest: Sequence[Token], unit: Unit) -> str | None:
    """Accept words that say of what or in whom; a share is of something."""
    words = [token.lower for token in rest]
    if not words or _TRAILING.issuperset(words):
        return None
    plain = all(token.is_word for token in rest) and len(words) <= 6
    start = words[0] == "of" and len(words) > 1
    if plain and unit.code == "%" and (start or words[0] == "predicted"):
        return " ".join(token.text for token in rest[start:])
    raise Unreadable(f"'{' '.join(words)}' behind the limit is not understood")
