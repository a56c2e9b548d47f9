"""Words for the limits of normal, and limits that are told in words alone."""

import re
from typing import Final

_WHOSE: Final = (
    r"(?:(?:the|of|an|its|their|our|institution(?:al|'s|s)?|laborator(?:y|ies)(?:'s)?|"
    r"lab|local|site|cent(?:er|re)|normal|respective) )*"
)
_RUN: Final = (
    r"(?: (?:limits?|levels?|values?|normal(?:ity|s)?|references?|ranges?|threshold|"
    r"bounds?|end|of|the|institution(?:al|'s)?|laborator(?:y|ies)|lab|local|in|our|"
    r"expected|measuring|for age|for sex|for gender|for the age))*"
)
_EDGE: Final = (
    r"(?= (?:limit|normal|reference|level|value|bound|end|threshold|institut))"
)
_TIMES: Final = (
    r"(?: ?-? ?(?:(?<![a-z])x|\*|times?\b|folds?\b) ?"
    r"(?:(?:of|over|above|as|higher than|greater than) )?)"
)
_UPPER = re.compile(
    rf"(?:{_TIMES}|(?<![a-z])){_WHOSE}(?:upper{_EDGE}{_RUN}|(?:I?ULN|UNL|ULT|LSN|ULNR)\b"
    r"(?: for (?:age|sex|gender))?)",
    re.IGNORECASE,
)
_LOWER = re.compile(
    rf"(?:{_TIMES}|(?<![a-z])(?<!as a )){_WHOSE}(?:lower{_EDGE}{_RUN}|(?:LLN|LNL)\b"
    r"(?: for (?:age|sex|gender))?)",
    re.IGNORECASE,
)
_NORMAL = re.compile(
    rf"(?i:{_TIMES}{_WHOSE}(?:normal|norms?)\b{_RUN}(?: (?:maximum|mean))?)"
    r"|(?<=[0-9]) ?(?:x ?)?N(?=$| |\))|(?<=[0-9]) norms?\b",
)
_SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?% (?:of )?(?=ULN|LLN)")
_DIGIT = re.compile("[0-9]")
_MAY_BE_LIMIT = re.compile(r"[ul]ln|upper|lower|unl|ult|lsn|lnl", re.IGNORECASE)
_NORMAL_FLAG: Final = "normal read as the upper limit of normal"

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
    if _MAY_BE_LIMIT.search(text):
        text = _LOWER.sub(" LLN ", _UPPER.sub(" ULN ", text))
    if "N" in text or "norm" in text.casefold():
        text, count = _NORMAL.subn(" ULN ", text)
        if count:
            flags.append(_NORMAL_FLAG)
    if "LN" not in text:
        return text
    return _SHARE.sub(_share, " ".join(text.split()))


def _share(match: re.Match[str]) -> str:
    return f"{float(match[1]) / 100:g} "
