"""Cues in the text between two entities: words, signs and phrases.

Each says the same as a regular expression that ignores case (tests compare them); to
look a word up in a set is many times as fast.
"""

import re
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\w+")
# What `re.IGNORECASE` takes as an ASCII letter, though `str.lower` makes it none.
_LIKE_ASCII: Final = {0x130: "i", 0x131: "i", 0x17F: "s"}


class _Cue(NamedTuple):
    """What must occur in a text: any of these.

    words (str): Whole words, with spaces between them; each is of one cue only.
    signs (tuple[str, ...]): Strings, anywhere.
    pattern (str | None): A regular expression, tried only where one of `parts` occurs.
    parts (tuple[str, ...]): Every match of `pattern` holds one of them.
    """

    words: str = ""
    signs: tuple[str, ...] = ()
    pattern: str | None = None
    parts: tuple[str, ...] = ()


_CUES: Final = (
    _Cue(signs=(",",)),
    _Cue(signs=(";",)),
    _Cue(signs=(":",)),
    _Cue(pattern=r"[.]\s", parts=(".",)),
    _Cue("and", ("&",)),
    _Cue("or"),
    _Cue("plus", ("+", "/")),
    _Cue("with"),
    _Cue("then after before", pattern=r"\bfollowed by\b", parts=("followed by",)),
    _Cue("of"),
    _Cue("versus vs compared"),
    _Cue("is are was were be been will"),
    _Cue(
        "given",
        pattern=r"\b(?:receiv|administ|tak|treat|inject|infus|dos)",
        parts=("receiv", "administ", "tak", "treat", "inject", "infus", "dos"),
    ),
    _Cue("at on for over in by via to"),
    _Cue("if unless", pattern=r"\bfor patients\b", parts=("for patients",)),
    _Cue(
        "combined together",
        pattern=r"\b(?:in combination\b|concurrent)",
        parts=("in combination", "concurrent"),
    ),
    _Cue(signs=("[time frame:",)),
    _Cue("group groups arm arms cohort cohorts"),
    _Cue("each both respectively all"),
    _Cue("other followed placebo control"),
)
N_CUES: Final = len(_CUES)
_BY_WORD: Final = {word: i for i, cue in enumerate(_CUES) for word in cue.words.split()}
_BY_SIGN: Final = [(sign, i) for i, cue in enumerate(_CUES) for sign in cue.signs]
_PATTERNS: Final = [
    (cue.parts, re.compile(cue.pattern), i)
    for i, cue in enumerate(_CUES)
    if cue.pattern is not None
]


def find_cues(text: str) -> list[float]:
    """Tell which cues occur in a text.

    text (str): Any text.
    RETURNS (list[float]): `N_CUES` values, 1.0 where the cue occurs, else 0.0.
    """
    lower = (text if text.isascii() else text.translate(_LIKE_ASCII)).lower()
    found = [0.0] * N_CUES
    for word in _BY_WORD.keys() & _WORD.findall(lower):
        found[_BY_WORD[word]] = 1.0
    for sign, i in _BY_SIGN:
        if sign in lower:
            found[i] = 1.0
    for parts, pattern, i in _PATTERNS:
        if not found[i] and any(part in lower for part in parts):
            found[i] = float(pattern.search(lower) is not None)
    return found
