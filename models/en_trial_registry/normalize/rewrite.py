"""Writes expressions of several words in the short form that the grammars read."""

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Final

Rule = tuple[str, str, str]
"""Strings of which one must occur (divided by `|`, lower case), pattern, replacement.

Looking for the strings first is much quicker than trying every pattern."""


# Any digit may be any other: texts repeat their words, but for the numbers.
_DIGITS: Final = str.maketrans("123456789", "000000000")
_MOST_WORDS: Final = 4096


class _Calls(dict[str, int]):
    """Which rules a word may call for, as bits; forgotten when there are too many.

    needles (Iterable[list[str]]): Of each rule, the strings of which one must occur.
    """

    def __init__(self, needles: Iterable[list[str]]) -> None:
        super().__init__()
        self.longest = [
            [max(part.split(), key=len).translate(_DIGITS) for part in own]
            for own in needles
        ]

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        calls = sum(
            1 << at
            for at, parts in enumerate(self.longest)
            if any(part in word for part in parts)
        )
        self[word] = calls
        return calls


_ALL: Final[list[_Calls]] = []


def forget_words() -> None:
    """Forget which rules words call for, to free their memory."""
    for calls in _ALL:
        calls.clear()


def rewriter(rules: Iterable[Rule]) -> Callable[[str], str]:
    """Make a function that applies rules in their order, without regard to case.

    rules (Iterable[Rule]): Rules.
    RETURNS (Callable[[str], str]): Rewrites a text from `fold_text`.
    """
    split = [(needles.split("|"), pattern, to) for needles, pattern, to in rules]
    called = _Calls(needles for needles, _, _ in split)
    _ALL.append(called)

    # Most rules are rare: a pattern is compiled when a text first calls for it.
    @cache
    def substitution(at: int) -> Callable[[str], str]:
        _, found, to = split[at]
        sub = re.compile(found, re.IGNORECASE).sub
        # `sub` prepares a template with groups even where nothing is found.
        return partial(sub, (lambda match: match.expand(to)) if "\\" in to else to)

    def rewrite(text: str) -> str:
        lower, before, calls = text.casefold(), text, 0
        for word in lower.translate(_DIGITS).split():
            calls |= called[word]
        while calls:
            at = (calls & -calls).bit_length() - 1
            calls &= calls - 1
            for needle in split[at][0]:
                if needle in lower:
                    text = substitution(at)(text)
                    break
        return text if text is before else " ".join(text.split())

    return rewrite


UNITS: Final[tuple[Rule, ...]] = (
    ("hg", r"(?<![a-z])mm ?hg\b", "mmHg"),
    (
        "h2o|h20|h 2|water",
        r"(?<![a-z])(?:cm|centimet(?:er|re)s?) ?(?:of )?(?:h ?2 ?[o0]|water)\b",
        "cmHHO",
    ),
    (
        "sq",
        r"\b(?:sq(?:uare)?\.? ?(?:met(?:er|re)s?|m)|met(?:er|re)s? squared?|m sq)\b",
        "m2",
    ),
    ("sq", r"\b(?:sq\.? ?cm|square centimet(?:er|re)s?)\b", "cm2"),
    (
        "cu. |cu |cu.m|cubic",
        r"\b(?:cu\.? ?mm|cubic millimet(?:er|re)s?|cubic mm|mm cu)\b",
        "mm3",
    ),
    (
        "73",
        r"1(?:[.,]73 ?m(?:\^?2|(?:eters?)? squared)?|73 ?m\^?2)(?![a-z0-9])",
        "bsaunit",
    ),
    ("deg", r"\bdeg(?:rees?)?\.? ?(?:c|cel[sc]ius|centigrade)\b", "°C"),
    ("deg", r"\bdeg(?:rees?)?\.? ?(?:f|fahrenheit)\b", "°F"),
    ("intern|intl|int", r"\b(?:international|intl|int\.?) units?\b", "IU"),
    ("i.u|i. u", r"\bi\. ?u\.?(?=[ /]|$)", "IU"),
    ("u.i|u. i", r"\bu\. ?i\.?(?=[ /]|$)", "IU"),
    ("kilo", r"\bkilo[ -](?:hz|hertz)\b", "kHz"),
    ("unit", r"\bk(?:ilo[ -]?)?units?\b", "kU"),
    ("milli|micro", r"\b(milli|micro)[ -](?=amp|gram|lit|units?\b)", r"\1"),
    ("usp|u.s.p", r"\b(?:usp|u\.s\.p\.) units?\b", "USP"),
    ("forming", r"\bcolony[ -]forming units?\b", "CFU"),
    ("forming", r"\bplaque[ -]forming units?\b", "PFU"),
    (
        "equivalent|rbe",
        r"\b(?:cobalt )?(?:gray|gy) equivalents?\b|\bgy ?\(rbe\)|\bgy rbe\b",
        "GyRBE",
    ),
    ("lf unit", r"\blf units?\b", "Lf"),
    ("%", r"(?<=\d) ?% ?\(?(?:w/v|v/v|w/w|wt/vol|vol/vol)\)?", "%"),
    ("vol", r"\bvol\.? ?-?%", "%"),
    ("%|percent", r"(?<![a-z])mgs? ?(?:%|percent\b)", "mgpercent"),
    (
        "%|percent",
        r"(?<![a-z])g(?:ra)?m?s? ?(?:%(?=$| )|percent\b)",
        "gpercent",
    ),
    ("cid", r"\b([tc]cid) ?50\b", r"\1fifty"),
    # What a bracket says again or explains changes no amount.
    ("(", r"\b(?:one|two|three|four|five|six|ten) ?\(([0-9]+)\)", r"\1"),
    ("(", r"^(.*(?:[a-z%]|m\^?[23])) ?\([^()]*\)$", r"\1"),
    ("power", r"\bhigh[ -]power(?:ed)? fields?\b", "HPF"),
    ("molar", r"\bmicro ?molar(?: ?/ ?l)?\b", "umol/L"),
    ("gel", r"\bsoft[ -]gels?\b", "softgel"),
)
"""Units of several words or unusual signs."""
