"""Words that compare or round, written as one sign each."""

import re
from typing import Final

AT_LEAST_BEHIND: Final = "⊒"
AT_MOST_BEHIND: Final = "⊑"
ABOUT: Final = "≈"
SIGNS: Final = "<>≤≥"

_PHRASES: Final = {
    "≥": """
        greater than or equal to;greater or equal to;greater or equal than;
        greater than or equal;more than or equal to;more or equal to;higher or equal to;
        higher than or equal to;equal to or greater than;equal or greater than;
        equal to or more than;equal to or higher than;equal to or above;
        equal or higher than;equal or more than;equal to or exceeding;at least;
        at the least;no less than;not less than;no fewer than;not below;not under;
        no lower than;not lower than;not smaller than;a minimum of;minimum of;
        minimum dose of;minimum;min\\.;>/=;>\\s?/\\s?=;> or =;=>;>=;> =;
        at or above;≥ or =;= or >;\\+/> ?=;starting from
    """,
    "≤": """
        less than or equal to;less or equal to;less or equal than;less than or equal;
        lower than or equal to;lower or equal to;equal to or less than;
        equal or less than;equal to or lower than;equal to or below;smaller or equal to;
        equal or lower than;no more than;not more than;never more than;no greater than;
        not greater than;not above;not exceeding;not to exceed;does not exceed;
        must not exceed;not over;never beyond;not beyond;no higher than;not higher than;
        never above;not faster than;at most;at the most;up to;upto;a maximum of;
        maximum of;maximum (?:volume|dose|amount|rate|total) of;maximum;max\\.;max;
        </=;<\\s?/\\s?=;< or =;at or below;≤ or =;=<;<=;< =;= or <;no larger than;
        not larger than
    """,
    ">": """
        greater th[ea][nt];more then;more than;higher then;higher than;superior to;
        superior than;larger than;above;over;exceeding;exceeds;exceed;in excess of;
        beyond;bigger than;greater;higher
    """,
    "<": """
        less than;less then;lower then;lower than;fewer than;smaller than;inferior to;
        inferior than;below;under;beneath;less;lower
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
    "average|mean of|or [<>≤≥]"
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
