"""Short forms that a text defines: `umbilical cord mesenchymal stem cells (UC-MSC)`.

`doc._.short_forms` is computed from the text, as the tables are, so it needs no
component and survives storing. Importing this module registers it.

Letters are matched as in Schwartz and Hearst, A simple algorithm for identifying
abbreviation definitions in biomedical text (PSB 2003), which scispaCy's
AbbreviationDetector implements too. It is not used, since it would tie the wheel to
numpy < 2 and nmslib, and misses square brackets and `SF (long form)`.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from spacy.tokens import Doc

_BRACKETS: Final = re.compile(
    r"\((?P<round>[^()\[\]\n]{2,150})\)|\[(?P<square>[^()\[\]\n]{2,150})\]"
)
_SHORT: Final = re.compile(r"[^\W_][\w+/.-]{0,10}[\w+]")
_WORD: Final = re.compile(r"\S+")
_LAST_WORD: Final = re.compile(r"(?:(?<=[\s,;:(\[])|^)([^\s()\[\]]+)\s?$")
_MIN_LETTERS: Final = 0.5


class Abbreviation(NamedTuple):
    """A definition. Offsets are characters of the text.

    short (str): Short form.
    long (str): Long form.
    short_start (int): First character of the short form.
    short_end (int): Character after its last.
    long_start (int): First character of the long form.
    long_end (int): Character after its last.
    """

    short: str
    long: str
    short_start: int
    short_end: int
    long_start: int
    long_end: int


def find_abbreviations(text: str) -> list[Abbreviation]:
    """Find the short forms that a text defines in round or square brackets.

    text (str): Any text; definitions don't cross lines.
    RETURNS (list[Abbreviation]): In the order of their brackets, each short form once.
    """
    found: dict[str, Abbreviation] = {}
    for match in _BRACKETS.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        for definition in _definitions(text, line, match):
            found.setdefault(definition.short, definition)
    return list(found.values())


def _definitions(text: str, line: int, match: re.Match[str]) -> Iterator[Abbreviation]:
    """`long form (SF)`, else `SF (long form)`."""
    start, end = match.span(match.lastgroup or 0)
    for piece in re.finditer(r"[^;,=]+", text[start:end]):
        short = piece[0].strip()
        at = start + piece.start() + piece[0].index(short)
        if is_short_form(short):
            begin = _window(text, line, match.start(), short)
            if (long := _align(short, text, begin, match.start())) is not None:
                stop = len(text[: match.start()].rstrip())
                yield _make(text, (at, at + len(short)), (long, stop))
                return
    before = _LAST_WORD.search(text[line : match.start()])
    if before and is_short_form(before[1]) and len(text[start:end].split()) > 1:
        spot = line + before.start(1), line + before.end(1)
        if (long := _align(before[1], text, start, end)) == start:
            yield _make(text, spot, (start, end))


def _make(text: str, short: tuple[int, int], long: tuple[int, int]) -> Abbreviation:
    return Abbreviation(text[slice(*short)], text[slice(*long)], *short, *long)


def is_short_form(text: str) -> bool:
    """Tell whether a word looks like a short form.

    text (str): A word.
    RETURNS (bool): Whether it has 2 to 12 characters, half of them letters, and a
        capital that is not just its first letter or stands beside a digit.
    """
    if not _SHORT.fullmatch(text) or text.endswith("."):
        return False
    letters = sum(letter.isalpha() for letter in text)
    capitals = sum(letter.isupper() for letter in text)
    marked = capitals > 1 or (capitals == 1 and (not text[0].isupper() or letters < 3))
    return marked and letters / len(text) >= _MIN_LETTERS


def _window(text: str, line: int, end: int, short: str) -> int:
    """At most twice as many words as letters, or five more (Schwartz and Hearst)."""
    length = sum(letter.isalnum() for letter in short)
    starts = [word.start() for word in _WORD.finditer(text, line, end)]
    most = min(length + 5, length * 2)
    return starts[-most:][0] if starts else end


def _align(short: str, text: str, begin: int, end: int) -> int | None:
    """Find where a long form begins whose letters hold those of the short form."""
    at = end
    letters = [letter.lower() for letter in short if letter.isalnum()]
    for i in reversed(range(len(letters))):
        at -= 1
        while at >= begin and (
            text[at].lower() != letters[i]
            or (i == 0 and at > begin and text[at - 1].isalnum())
        ):
            at -= 1
        if at < begin:
            return None
    long = text[at:end].strip()
    plain = len(long) > len(short) and short.lower() not in long.lower().split()
    return at if plain else None


def short_forms(doc: Doc) -> list[dict[str, Any]]:
    """List the short forms that a document defines.

    doc (Doc): Any document.
    RETURNS (list[dict[str, Any]]): The fields of `Abbreviation`.
    """
    return [definition._asdict() for definition in find_abbreviations(doc.text)]


if not Doc.has_extension("short_forms"):
    Doc.set_extension("short_forms", getter=short_forms)
