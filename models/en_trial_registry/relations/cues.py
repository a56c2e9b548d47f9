"""Cues in the text between two entities: words, signs and phrases.

Each says the same as a regular expression that ignores case (tests compare them).
"""

import re
from typing import Any, Final, NamedTuple

import numpy

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
_PATTERNS: Final = [
    (cue.parts, re.compile(cue.pattern), i)
    for i, cue in enumerate(_CUES)
    if cue.pattern is not None
] + [
    (cue.signs, re.compile("|".join(map(re.escape, cue.signs))), i)
    for i, cue in enumerate(_CUES)
    if cue.signs
]


class CuePlaces:
    """Where cues stand in a text; found once, asked for every pair.

    text (str): Any text.
    """

    def __init__(self, text: str) -> None:
        lower = (text if text.isascii() else text.translate(_LIKE_ASCII)).lower()
        found: list[list[tuple[int, int]]] = [[] for _ in _CUES]
        for word in _WORD.finditer(lower):
            if (cue := _BY_WORD.get(word.group())) is not None:
                found[cue].append(word.span())
        for parts, pattern, cue in _PATTERNS:
            if any(part in lower for part in parts):
                found[cue] += (match.span() for match in pattern.finditer(lower))
        self._places = [numpy.array(sorted(spans)).reshape(-1, 2) for spans in found]

    def between(self, starts: Any, ends: Any) -> Any:
        """Tell which cues stand in stretches of the text.

        starts (Ints1d): First character of each stretch.
        ends (Ints1d): Character after its last.
        RETURNS (Array): Shape (stretches, `N_CUES`), True where the cue occurs.
        """
        found = numpy.zeros((len(starts), N_CUES), dtype=bool)
        for cue, places in enumerate(self._places):
            if len(places):
                before = numpy.searchsorted(places[:, 0], starts)
                until = numpy.searchsorted(places[:, 1], ends, side="right")
                found[:, cue] = until > before
        return found
