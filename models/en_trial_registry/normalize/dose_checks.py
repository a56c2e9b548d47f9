"""Amounts of which two readings are as likely, so that none is given."""

import re
from typing import Final

from .quantity import Terms
from .units import NO_UNIT
from .value import Unreadable

# `10.000 IU` may be ten thousand; `2 250 mg tablets` may be two of 250 mg.
_THOUSANDS = re.compile(
    r"(?<![0-9.,])[1-9][0-9]{0,2}\.(?:000(?![0-9]|\.[0-9])"
    r"|[0-9]{3} ?(?:i?u|ui|units?|cells?)\b)(?! ?x)",
    re.IGNORECASE,
)
# `1000,000` and the groups of two of Indian numbers: `1,00,000`.
_GROUPS = re.compile("[0-9]{4},[0-9]{3}(?![0-9])|(?<=[0-9]),0[0-9],[0-9]{3}")
_SPACED = re.compile(r"(?<![0-9.,])[1-9] [0-9]{3}(?! ?[0-9])")
# `108 cells/kg`, `106/kg` may be 10^8, 10^6; nobody gives so few.
_LOST_CARET = re.compile("10(?:[5-9]|1[0-5])")
_MANY: Final = (
    *("/kg", "{cells}", "{vg}", "{vp}", "[CFU]", "[PFU]", "{TCID50}", "{CCID50}"),
)
_MICRO = re.compile(r"[0-9]\s*[µμ](?![^\W\d_])")
_DIOPTERS = re.compile("[0-9] ?D$")


def decline_micro(text: str) -> None:
    """Refuse `3 µ`, which `fold_text` would make `3 u`.

    text (str): Text of an entity as it stands.
    RAISES (Unreadable): If it says micro without a unit.
    """
    if not text.isascii() and _MICRO.search(text):
        raise Unreadable("micro without a unit")


def decline_unclear(text: str, terms: Terms, *, things: bool) -> None:
    """Refuse numbers and units of which two readings are as likely.

    text (str): The text, folded and rewritten.
    terms (Terms): Its terms.
    things (bool): Whether a counted thing stands behind them.
    RAISES (Unreadable): If there are such.
    """
    if "." in text and _THOUSANDS.search(text):
        raise Unreadable("digits that may or may not be one number")
    if things and _SPACED.search(text):
        raise Unreadable("digits that may or may not be one number")
    if "," in text and _GROUPS.search(text):
        raise Unreadable("digits in unusual groups")
    if len(terms.terms) > 2 and "range" in terms.between and " to " in text:
        raise Unreadable("a list of ranges")
    if _DIOPTERS.search(text):
        raise Unreadable("D may be days or diopters")
    for term in terms.terms:
        unit, number = term.unit or NO_UNIT, term.number
        if unit.kind == "limit":
            raise Unreadable("a multiple of a limit of normal is no dose")
        if unit.code.startswith(_MANY) and not number.exponent:
            if _LOST_CARET.fullmatch(number.digits):
                raise Unreadable("a plain number, or a power that lost its caret")
