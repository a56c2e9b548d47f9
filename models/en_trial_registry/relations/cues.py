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
    """What must occur in a text: any of three.

    words (frozenset[str]): One of these as a whole word.
    signs (tuple[str, ...]): One of these anywhere.
    pattern (re.Pattern[str] | None): A match of this, looked for only where one of the
        `parts` occurs.
    parts (tuple[str, ...]): Strings, one of which every match of `pattern` holds.
    """

    words: frozenset[str] = frozenset()
    signs: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    parts: tuple[str, ...] = ()

    def occurs(self, lower: str, words: set[str]) -> bool:
        """Look for it.

        lower (str): A text in lower case.
        words (set[str]): Its words.
        RETURNS (bool): Whether it occurs.
        """
        if not self.words.isdisjoint(words):
            return True
        if any(sign in lower for sign in self.signs):
            return True
        if self.pattern is None or not any(part in lower for part in self.parts):
            return False
        return self.pattern.search(lower) is not None


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrase(pattern: str, *parts: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    return re.compile(pattern), parts


_CUES: Final = (
    _Cue(signs=(",",)),
    _Cue(signs=(";",)),
    _Cue(signs=(":",)),
    _Cue(frozenset(), (), *_phrase(r"[.]\s", ".")),
    _Cue(_words("and"), ("&",)),
    _Cue(_words("or")),
    _Cue(_words("plus"), ("+", "/")),
    _Cue(_words("with")),
    _Cue(_words("then after before"), (), *_phrase(r"\bfollowed by\b", "followed by")),
    _Cue(_words("of")),
    _Cue(_words("versus vs compared")),
    _Cue(_words("is are was were be been will")),
    _Cue(
        _words("given"),
        (),
        *_phrase(
            r"\b(?:receiv|administ|tak|treat|inject|infus|dos)\w*\b",
            *"receiv administ tak treat inject infus dos".split(),
        ),
    ),
    _Cue(_words("at on for over in by via to")),
    _Cue(_words("if unless"), (), *_phrase(r"\bfor patients\b", "for patients")),
    _Cue(
        _words("combined together"),
        (),
        *_phrase(
            r"\b(?:in combination|concurrent\w*)\b", "in combination", "concurrent"
        ),
    ),
    _Cue(signs=("[time frame:",)),
    _Cue(_words("group groups arm arms cohort cohorts")),
    _Cue(_words("each both respectively all")),
    _Cue(_words("other followed placebo control")),
)
N_CUES: Final = len(_CUES)


def find_cues(text: str) -> list[float]:
    """Tell which cues occur in a text.

    text (str): Any text.
    RETURNS (list[float]): `N_CUES` values, 1.0 where the cue occurs, else 0.0.
    """
    lower = (text if text.isascii() else text.translate(_LIKE_ASCII)).lower()
    words = set(_WORD.findall(lower))
    return [1.0 if cue.occurs(lower, words) else 0.0 for cue in _CUES]
