"""Words for the limits of normal, and limits that are told in words alone."""

import re
from typing import Final

_WHOM: Final = r"(?:age|sex|gender)"
_WHERE: Final = (
    r"(?:institution(?:al|'s|s)?|laborator(?:y|ies)(?:'s)?|labs?|local|sites?|hospital|"
    r"facility|central|cent(?:er|re)s?)"
)
_FITTED: Final = (
    rf"{_WHOM}(?:(?: ?- ?)?(?: and |/){_WHOM})?(?: ?- ?| )"
    r"(?:adjusted|appropriate|matched|related|specific)"
)
_WHOSE: Final = (
    rf"(?:(?:the|of|an|its|their|our|{_WHERE}|normal|respective|{_FITTED}) )*"
)
# In whom or where the limit holds, behind it.
_FOR: Final = (
    rf"(?: (?:for|of|in|at|by) (?:the |our |each )*(?:{_WHOM}(?:(?: and |/){_WHOM})?|"
    rf"(?:{_WHERE} ?)+)(?= |$|[,;)]))*"
)
_RUN: Final = (
    r"(?: (?:limits?|levels?|values?|normal(?:ity|s)?|references?|ranges?|threshold|"
    rf"bounds?|end|of|the|{_WHERE}|in|our|expected|measuring))*{_FOR}"
)
_EDGE: Final = (
    r"(?= (?:limit|normal|reference|level|value|bound|end|threshold|range|institut))"
)
_TIMES: Final = (
    r"(?: ?-? ?(?:(?<![a-z])x|\*|times?\b|folds?\b) ?"
    r"(?:(?:of|over|above|as|higher than|greater than|more than) )?)"
)
_UPPER = re.compile(
    rf"(?:{_TIMES}|(?<![a-z])){_WHOSE}"
    rf"(?:(?:upper{_EDGE}|maxim(?:um|al)(?: of)?(?= normal)){_RUN}|"
    rf"(?:I?ULNR?|UNL|ULT|LSN|ULRR|URL)s?\b{_FOR})",
    re.IGNORECASE,
)
_LOWER = re.compile(
    rf"(?:{_TIMES}|(?<![a-z])(?<!as a )){_WHOSE}(?:lower{_EDGE}{_RUN}|"
    rf"(?:LLNR?|LNL|LLRR|LRL)s?\b{_FOR})",
    re.IGNORECASE,
)
_NORMAL = re.compile(
    rf"(?i:{_TIMES}{_WHOSE}(?:normal|norms?)\b{_RUN}(?: (?:maximum|mean))?)"
    r"|(?<=[0-9]) ?(?:x ?)?N(?=$| |\))|(?<=[0-9]) norms?\b",
)
_TWICE_NAMED = re.compile("([UL]LN)(?: \\1)+")
_FACTOR_BEHIND = re.compile(
    r"(?<![0-9] )([UL]LN) ?(?:x|\*|times) ?([0-9]+(?:\.[0-9]+)?)(?![0-9.])",
    re.IGNORECASE,
)
_TIMES_FIRST = re.compile(
    r"(?<=[0-9]) ?(?:x|times|-? ?fold) ?"
    r"(?=(?:-|to\b|and\b|but\b)[ <>≤≥=]*[0-9.]+ [UL]LN)"
)
_SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?% (?:of )?(?=ULN|LLN)")
_DIGIT = re.compile("[0-9]")
_MAY_BE_LIMIT = re.compile("[ul]ln|upper|lower|unl|ult|lsn|lnl|[ul]lrr|[ul]rl|maxim")
NORMAL_FLAG: Final = "normal read as the upper limit of normal"
"""Where a multiple is said to be of `normal`."""

_SIGN_WORDS: Final = {">": "above ", "<": "below "}

# Limits in words alone: all words must be of these, one of them a key word.
_KEY_WORDS: Final = frozenset(
    "normal detectable undetectable detection detected quantification reference range "
    "ranges wnl elevated abnormal normals unquantifiable".split()
)
_WORDS: Final = _KEY_WORDS | frozenset(
    "within the limits limit of institutional institution's institution laboratory "
    "laboratory's lab local above below outside out or at in level levels lower upper "
    "threshold for age values value not be is still under over than less greater more "
    "non assay test sex gender an a and no by standard adult less".split()
)


def qualitative(text: str) -> str | None:
    """Read a limit that is told in words alone.

    text (str): From `fold_text`.
    RETURNS (Optional[str]): Its words in lower case; None if it has a number, or is
        one of the limits of normal, which are numbers (once ULN, once LLN).
    """
    if _DIGIT.search(text):
        return None
    if sign := _SIGN_WORDS.get(text[:1]):
        text = sign + text[1:]
    words = re.sub(r"[-(),]", " ", text.casefold()).split()
    if not _KEY_WORDS.intersection(words) or not _WORDS.issuperset(words):
        return None
    if "detect" not in text.casefold() and "quantif" not in text.casefold():
        if _UPPER.search(text) or _LOWER.search(text):
            return None
    return "within normal limits" if words == ["wnl"] else " ".join(words)


def write_limits(text: str, flags: list[str]) -> str:
    """Write the limits of normal as `ULN` and `LLN`, without `times` before them.

    text (str): From `fold_text`.
    flags (List[str]): Gets a remark where `normal` is read as its upper limit.
    RETURNS (str): `3 ULN` for `3 x the upper limit of normal`.
    """
    lower = text.lower()
    if _MAY_BE_LIMIT.search(lower):
        text = _LOWER.sub(" LLN ", _UPPER.sub(" ULN ", text))
    if "N" in text or "norm" in lower:
        text, count = _NORMAL.subn(" ULN ", text)
        if count:
            flags.append(NORMAL_FLAG)
    if "LN" not in text:
        return text
    text = _TWICE_NAMED.sub(r"\1", " ".join(text.split()))
    if "x" in text or "times" in text or "old" in text or "*" in text:
        text = _FACTOR_BEHIND.sub(r"\2 \1", _TIMES_FIRST.sub(" ", text))
    return _SHARE.sub(_share, text) if "%" in text else text


def _share(match: re.Match[str]) -> str:
    return f"{float(match[1]) / 100:g} "
