"""Names with digits in times of measurement: `AZD1234`, `session 4`, `5 mg`."""

import re
from typing import Final

from .iso import NUMBER, UNIT

_DIGITS: Final = str.maketrans("0123456789", "𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫")
_NO_DIGITS: Final = str.maketrans("𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫", "0123456789")
# In place of words between which a text would be divided.
_AND: Final = "\ue000"
_COMMA: Final = "\ue001"
OR: Final = "\ue002"
"""What stands for `or` in the name of an event."""
_TIMES: Final = (
    "DAY|WEEK|WK|MONTH|MO|YEAR|YR|HOUR|HR|MIN|POD|VISIT|CYCLE|COURSE|PART|DOSE|UP|TO|"
    "AND|AT|OR|ON|BY|IN|OF|UNTIL|TILL|AFTER|FROM|FOR|BASE|JAN|FEB|MAR|APR|MAY|JUN|JUL|"
    "AUG|SEP|SEPT|OCT|NOV|DEC"
)
# Case matters: `AZD1234`, `COVID-19` and `HbA1c` are names, `day1` is none.
_NAME = re.compile(
    rf"(?<![^\W_])(?!(?:{_TIMES})(?:S|LINE)?-?[0-9])[A-Z][A-Za-z]*[A-Z][A-Za-z]*-?"
    r"(?:[A-Za-z]+-)?[0-9]+[A-Za-z0-9]*"
)


_LISTED_EVENT = re.compile(
    r"\b(?:(?:after|before|following|prior to) (?:the |each )?|post-?|pre-?|"
    r"day [0-9]+ of )"
    r"(?:(?:(?!including|and )[a-z-]+ ){1,4}?(?:on|of|at|in) (?:the )?(?:study )?"
    r"(?P<days>(?:days?|weeks?|nights?|periods?|visits?) (?:-?[0-9]+|[A-D])"
    r"(?:, ?(?:[0-9]+|[A-D]))*"
    r"(?:,? and (?:days? |weeks? )?|, ?|-)(?:[0-9]+|[A-D]))"
    r"|(?P<other>(?:aligners?|doses?|sessions?|vaccinations?|(?<=[0-9] of )cycles|"
    r"(?<=[0-9] of )courses) [0-9]+"
    r"(?:(?:, ?(?:and )?| and )[0-9]+)+))$",
    re.IGNORECASE,
)
_NUMBERED_EVENT = re.compile(
    r"\b(?:end|start|beginning|completion|after|before|during|from) (?:of )?(?:the )?"
    r"(?P<other>(?:cycle|course|session|dose|period|phase|stage|module|visit|part|"
    r"round|scan|injection|infusion|vaccination|season) [0-9]+)"
    r"(?![0-9.]|(?:,|-| and| or| to|/) ?[0-9])",
    re.IGNORECASE,
)


def _hide_list(match: re.Match[str]) -> str:
    listed = match.groupdict().get("days") or match["other"]
    hidden = listed.translate(_DIGITS).replace(" and ", _AND).replace(", ", _COMMA)
    return match[0].removesuffix(listed) + hidden


_RANKED = re.compile(
    rf"\b[0-9]+(?:st|nd|rd|th) (?=(?:(?!{UNIT})[a-z]+ )?(?:session|season|visit|dose|"
    r"injection|infusion|vaccination|treatment|period|round|operation)s?\b)",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    rf"[≥≤<>]=? ?{NUMBER}(?:[x*/^-]*[0-9]+)*(?![0-9.]|[ -]?{UNIT})|{NUMBER} ?%"
)
_DAY: Final = r"days? [0-9]+(?: ?\((?:period|visit|part) [0-9]+\))?"
_PERIOD = re.compile(r"\([^()]*\)")
_DOSE = re.compile(
    rf"(?<![0-9.-]){NUMBER} ?(?:mg|mcg|[µμu]g|g|ml|Gy|IU|mmHg)(?![^\W_])"
    r"|(?<![^\W_])C?O2(?![^\W_])"
)


_DAYS_FIRST = re.compile(
    rf"^(?:on )?(?P<days>{_DAY}(?:(?:, ?(?:and )?| and )(?:{_DAY}|[0-9]+))*): ?"
    r"(?P<times>(?:pre|[0-9]).*(?:post|after)-?[ -]?(?:the )?(?:dos(?:e|ing)|infusion|"
    r"injection))$",
    re.IGNORECASE,
)


def _days_last(match: re.Match[str]) -> str:
    """`Days 1 and 8: pre-dose, 2 h post-dose` are times of the doses on these days."""
    days = re.findall("[0-9]+", _PERIOD.sub("", match["days"]))
    listed = " and ".join((", ".join(days[:-1]), days[-1])).removeprefix(" and ")
    return f"{match['times']} on day{'s' * (len(days) > 1)} {listed}"


def hide_names(text: str) -> str:
    """Write the digits of names so that they are taken for no time.

    text (str): From `fold_time`.
    RETURNS (str): The text; the same one if no name has a digit.
    """
    if ":" in text:
        text = _DAYS_FIRST.sub(_days_last, text)
    if any(sign in text for sign in "≥≤<>%"):
        text = _MEASURED.sub(lambda match: match[0].translate(_DIGITS), text)
    text = _DOSE.sub(lambda match: match[0].translate(_DIGITS), text)
    text = _NUMBERED_EVENT.sub(_hide_list, _LISTED_EVENT.sub(_hide_list, text))
    text = _RANKED.sub(lambda match: match[0].translate(_DIGITS), text)
    return _NAME.sub(lambda match: match[0].translate(_DIGITS), text)


def join_events(text: str) -> str:
    """Hide the `and` between two events that a period lasts for.

    text (str): From `fold_time`.
    RETURNS (str): The text; the same one if no period is of two events.
    """
    return _BOTH.sub(rf"\1{_AND}\2", text)


_BOTH = re.compile(
    r"^((?:during|throughout|over|for the duration of) (?!.*\b(?:before|after)\b)"
    r"[^0-9,()]+?) and (?!(?:at|on|until|for|during|then|every|up) )([^0-9,()]+)"
    rf"(?=,? \(?(?:an? |up to |approx|about |average )[^,]*[0-9] ?{UNIT}\)?$)",
    re.IGNORECASE,
)


def show_names(text: str) -> str:
    """Undo `hide_names`.

    text (str): A text.
    RETURNS (str): Names with plain digits.
    """
    text = text.translate(_NO_DIGITS)
    return text.replace(_AND, " and ").replace(_COMMA, ", ").replace(OR, " or ")
