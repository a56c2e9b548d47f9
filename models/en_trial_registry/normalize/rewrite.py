"""Writes expressions of several words in the short form that the grammars read."""

import re
from collections.abc import Callable
from typing import Final

Rule = tuple[re.Pattern[str], str]


def rules(table: dict[str, str], flags: re.RegexFlag = re.IGNORECASE) -> list[Rule]:
    """Compile rules of rewriting.

    table (Dict[str, str]): Replacement by pattern.
    flags (re.RegexFlag): Flags of the patterns.
    RETURNS (List[Rule]): In the order of the table.
    """
    return [(re.compile(pattern, flags), to) for pattern, to in table.items()]


def rewriter(table: dict[str, str]) -> Callable[[str], str]:
    """Make a function that applies rules in their order.

    table (Dict[str, str]): Replacement by pattern.
    RETURNS (Callable[[str], str]): It skips all rules where none of them matches.
    """
    compiled = rules(table)
    any_of = re.compile("|".join(f"(?:{_unnamed(p)})" for p in table), re.IGNORECASE)

    def rewrite(text: str) -> str:
        if any_of.search(text) is None:
            return text
        for pattern, to in compiled:
            text = pattern.sub(to, text)
        return " ".join(text.split())

    return rewrite


def _unnamed(pattern: str) -> str:
    if re.search(r"\\[1-9]|\(\?P=", pattern):
        raise ValueError(f"{pattern} refers to its own groups; write it without.")
    return pattern


UNITS: Final = {
    r"\bmm ?hg\b": "mmHg",
    r"\b(?:cm|centimet(?:er|re)s?) ?(?:of )?(?:h ?2 ?o|water)\b": "cmHHO",
    r"\b(?:sq\.? ?m|square met(?:er|re)s?|m sq)\b(?!m)": "m2",
    r"\b(?:sq\.? ?cm|square centimet(?:er|re)s?)\b": "cm2",
    r"\b(?:cu\.? ?mm|cubic millimet(?:er|re)s?|cubic mm|mm cu)\b": "mm3",
    r"1[.,]73 ?m(?:\^?2|eters? squared)?(?![a-z0-9])": "bsaunit",
    r"\bdeg(?:rees?)?\.? ?(?:c|celsius)\b": "°C",
    r"\b(?:international|intl|int\.?) units?\b|\bi\.? ?u\.(?= |/|$)|\bi\. ?u\b": "IU",
    r"\bu\.? ?i\.(?= |/|$)": "IU",
    r"\b(?:kilo)[ -](units?|hz|hertz)\b": r"k\1",
    r"\bkunits?\b": "kU",
    r"\bmilli[ -](?=amp|gram|lit|units?\b)": "milli",
    r"\b(?:usp|u\.s\.p\.) units?\b": "USP",
    r"\bcolony[ -]forming units?\b": "CFU",
    r"\bplaque[ -]forming units?\b": "PFU",
    r"\b(?:cobalt )?(?:gray|gy) equivalents?\b|\bgy ?\(rbe\)|\bgy rbe\b": "GyRBE",
    r"\b(?:e?lf) units?\b": "Lf",
    r"(?<=\d)% ?(?:\(?(?:w/v|v/v|w/w|wt/vol|vol/vol)\)?)": "%",
    r"\bvol\.? ?%|\bvol\.?-%": "%",
    r"\bmg ?%": "mgpercent",
    r"(?<![a-z])gm? ?%(?=$| )": "gpercent",
    r"\bmicro ?molar(?: ?/ ?l)?\b": "umol/L",
    r"\bsoft[ -]gels?\b": "softgel",
    r"\bhigh[ -]power(?:ed)? fields?\b": "HPF",
}
"""Units of several words or unusual signs."""
