"""Words that compare or round, written as one sign each."""

import re
from typing import Final

AT_LEAST_BEHIND: Final = "⊒"
AT_MOST_BEHIND: Final = "⊑"
ABOUT: Final = "≈"
SIGNS: Final = "<>≤≥"

# `than` as it is often typed, and `or equal to` in all its forms.
_THAN: Final = "th[ae][nt]"
_OR: Final = " ?(?:or|and|/) ?"
_EQUAL: Final = f"(?:=|equals?)(?: {_THAN})?(?: to)?"
_MORE: Final = "greater|more|higher|larger|bigger|superior|above|over"
_LESS: Final = "less|lower|fewer|smaller|inferior|below|under"


def _or_equal(words: str) -> str:
    """Write phrases of a comparison that has `or equal` before or behind it."""
    than = f"(?:{words})(?: ?{_THAN}| to)?"
    behind = f"{than}{_OR}{_EQUAL};{than} equals?(?: to)?"
    return f"{behind};(?:=|equals?(?: to)?|at){_OR}{than}"


_PHRASES: Final = {
    "≥": f"""
        {_or_equal(f"{_MORE}|>|≥")};equal to or exceeding;at least;at the least;
        (?:no|not) (?:{_LESS})(?: {_THAN})?;a minimum of;minimum of;minimum dose of;
        minimum;min\\.;> ?=;= ?>;\\+/> ?=;starting from;≥ ?{_THAN}
    """,
    "≤": f"""
        {_or_equal(f"{_LESS}|<|≤")};(?:no|not|never) (?:{_MORE}|beyond)(?: {_THAN})?;
        not exceeding;not to exceed;does not exceed;must not exceed;not faster than;
        at most;at the most;up to;upto;a maximum of;maximum of;
        maximum (?:volume|dose|amount|rate|total) of;maximum;max\\.;max;< ?=;= ?<;
        ≤ ?{_THAN}
    """,
    ">": f"""
        (?:greater|more|higher|larger|bigger|superior) {_THAN};> ?{_THAN};superior to;
        above;over;exceeding;exceeds;exceed;in excess of;beyond;greater;higher
    """,
    "<": f"""
        (?:less|lower|fewer|smaller|inferior) {_THAN};< ?{_THAN};inferior to;below;
        under;beneath;less;lower
    """,
    ABOUT: """
        approximately;approximatively;approx\\.;approx;about;around;circa;ca\\.;roughly;
        nearly;on average;an average of;average of;a mean of;mean of;~
    """,
    AT_LEAST_BEHIND: """
        (?:or|and) (?:more|above|higher|greater|over|larger|upwards?)(?! th[ea]n);
        or >$;or ≥$;as a lower limit
    """,
    AT_MOST_BEHIND: """
        (?:or|and) (?:less|below|lower|fewer|under|smaller)(?! th[ea]n);or <$;or ≤$;
        as an upper limit
    """,
}


def _pattern(phrases: str) -> str:
    parts = [part.strip() for part in phrases.split(";")]
    return "|".join(sorted(filter(None, parts), key=len, reverse=True))


# Longest first over all signs: `no more than` before `more than`.
_ORDER: Final = (AT_LEAST_BEHIND, AT_MOST_BEHIND, "≥", "≤", ">", "<", ABOUT)
_SIGN_OF: Final = {f"s{at}": sign for at, sign in enumerate(_ORDER)}
_COMPARATOR = re.compile(
    r"(?<![A-Za-z])(?:"
    + "|".join(f"(?P<s{at}>{_pattern(_PHRASES[s])})" for at, s in enumerate(_ORDER))
    + r")(?![A-Za-z])",
    re.IGNORECASE | re.ASCII,
)


# Every phrase has one of these or one of the signs; looking for them in lower case is
# much quicker than trying the phrases.
_MAY_COMPARE = re.compile(
    "equal|least|most|minim|min\\.|max|start|exceed|excess|above|over|below|beyond|"
    "under|beneath|up ?to|superior|inferior|less|lower|more|high|great|large|bigger|"
    "fewer|small|upward|upper|faster|approx|about|around|circa|ca\\.|roughly|nearly|"
    "average|mean of|or [<>≤≥]|[<>≤≥] ?th"
)
_MAY_COMPARE_SIGNS: Final = ("=", "~")


def sign_words(text: str) -> str:
    """Write words of comparison as signs.

    text (str): From `fold_text`.
    RETURNS (str): `≥` for `at least`, `⊒` for `or more` behind a number, `≈` for
        `about`; the rest as it stands.
    """
    if not any(sign in text for sign in _MAY_COMPARE_SIGNS):
        if _MAY_COMPARE.search(text.lower()) is None:
            return text
    text = _COMPARATOR.sub(_sign, text)
    return " ".join(text.split())


def _sign(match: re.Match[str]) -> str:
    return f" {_SIGN_OF[match.lastgroup or '']} "
