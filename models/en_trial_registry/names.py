"""Marks the words of a record that stand among its own intervention names.

Names come from the record's Interventions list (names and other names) and its arm
labels; they are compared as sequences of the pipeline's own tokens, so that `i-gel`,
`F18-florbetapir` and the parts of `A plus B (C)` are found wherever they stand.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import numpy
from spacy.attrs import IDX, ORTH
from spacy.tokens import Doc, Span

from en_trial_registry.structure import Segment

NAME_MARKS: Final = (
    "",
    "B-NAME", "I-NAME", "L-NAME", "U-NAME",
    "B-PART", "I-PART", "L-PART", "U-PART",
    "B-ARM", "I-ARM", "L-ARM", "U-ARM",
    "WORD",
)  # fmt: skip
MARK_INDEX: Final = {mark: i for i, mark in enumerate(NAME_MARKS)}
_RANK: Final = {"NAME": 0, "PART": 1, "ARM": 2, "": 3}


def _word(text: str) -> str:
    """Compare without case and plural, but keep acronyms from words (`IS`, `is`)."""
    if len(text) <= 5 and text.isupper():
        return text
    if len(text) <= 6 and text[:-1].isupper() and text[-1:] == "s":
        return text[:-1]
    lower = text.lower()
    plural = len(lower) > 4 and lower.endswith("s") and not lower.endswith("ss")
    return lower[:-1] if plural else lower


def _words(doc: Doc) -> list[str]:
    """Fold each form of a document once: it repeats its words."""
    forms, places = numpy.unique(doc.to_array([ORTH]), return_inverse=True)
    folded = [_word(doc.vocab.strings[form]) for form in forms.tolist()]
    return [folded[place] for place in places.tolist()]


_JOINTS: Final = frozenset(
    map(
        _word,
        "plus + and or with / , ; & versus vs vs. ( ) [ ] : - followed by in "
        "combination without then".split(),
    )
)
# Words that say how or that something is given, not what: no name by themselves.
_WEAK_WORDS: Final = frozenset(
    map(
        _word,
        """
        a an and as at by for from in of on or the to with without via per plus versus
        vs not no only use time once twice i ii iii b c d e
        arm group cohort control experimental active other single standard combination
        combined phase part stage study product care intervention treatment therapy
        drug dose low high daily day days week weeks month hour
        mg ml kg mcg ug g iu tablet capsule injection infusion solution cream gel oral
        intravenous iv based
        """.split(),
    )
)


def _is_weak(word: str) -> bool:
    return (
        word in _WEAK_WORDS
        or word.lower() in _WEAK_WORDS
        or not re.search(r"[^\W\d]", word)
    )


def _is_name(words: tuple[str, ...], kind: str) -> bool:
    if kind == "NAME" and sum(len(word) for word in words if word.isalpha()) > 3:
        return len(words) > 1 or not _is_weak(words[0])
    return any(len(word) > 1 and not _is_weak(word) for word in words)


def _parts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    part: list[str] = []
    for word in (*words, ";"):
        if word not in _JOINTS:
            part.append(word)
        elif part:
            yield tuple(part)
            part = []


def _trim(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out strength, route and form at the edges: `oral X 10 mg tablets`."""
    start, end = 0, len(words)
    while start < end and _is_weak(words[start]):
        start += 1
    while end > start and _is_weak(words[end - 1]):
        end -= 1
    return words[start:end]


def _initials(words: tuple[str, ...]) -> tuple[str, ...]:
    letters = [w[0] for w in words if w[0].isalpha() and w not in _JOINTS]
    return ("".join(letters).upper(),)


def _variants(
    name: tuple[str, ...], kind: str
) -> Iterator[tuple[tuple[str, ...], str]]:
    yield name, kind
    part_kind = "PART" if kind == "NAME" else kind
    for part in _parts(name):
        yield part, part_kind
        yield _trim(part), part_kind
    if kind == "NAME":
        yield _trim(name), part_kind
        if 3 <= len(name) <= 6 and len(_initials(name)[0]) >= 3:
            yield _initials(name), part_kind


def _alias_texts(start: int, text: str) -> Iterator[tuple[int, int]]:
    at = start + text.index(":") + 1
    for alias in text[text.index(":") + 1 :].split(";"):
        yield at, at + len(alias)
        at += len(alias) + 1


def _name_stretches(
    doc_text: str, segments: Iterable[Segment]
) -> Iterator[tuple[int, int, str]]:
    for start, end, kind in segments:
        if kind == "intervention_name":
            yield start, end, "NAME"
        elif kind == "other_names":
            for alias_start, alias_end in _alias_texts(start, doc_text[start:end]):
                yield alias_start, alias_end, "NAME"
        elif kind == "arm_label":
            yield start, end, "ARM"


def _collect_names(
    doc: Doc, words: list[str], segments: Iterable[Segment]
) -> dict[tuple[str, ...], str]:
    starts = doc.to_array([IDX])
    names: dict[tuple[str, ...], str] = {}
    for start, end, kind in _name_stretches(doc.text, segments):
        inside = slice(*numpy.searchsorted(starts, (start, end)))
        for name, kind_ in _variants(_strip_signs(tuple(words[inside])), kind):
            if _is_name(name, kind_) and _RANK[kind_] < _RANK[names.get(name, "")]:
                names[name] = kind_
    for span in _find(doc, words, names):
        short = _bracketed(words, span.end)
        if short and short not in names:
            names[short] = "PART"
    return names


def _bracketed(words: list[str], at: int) -> tuple[str, ...]:
    """Read the acronym that a name is given in brackets behind it: `NAME (UC-MSC)`."""
    if words[at : at + 1] == ["("] and ")" in words[at + 2 : at + 6]:
        short = tuple(words[at + 1 : words.index(")", at + 2)])
        if sum(letter.isupper() for letter in "".join(short)) >= 2:
            return short
    return ()


def _strip_signs(words: tuple[str, ...]) -> tuple[str, ...]:
    while words and not re.search(r"\w", words[0]):
        words = words[1:]
    while words and not re.search(r"\w", words[-1]) and words[-1] != ")":
        words = words[:-1]
    return words


def find_names(doc: Doc, segments: Iterable[Segment]) -> list[Span]:
    """Find where a record's own intervention names stand.

    doc (Doc): The tokens.
    segments (Iterable[Segment]): The segments of the document's text.
    RETURNS (list[Span]): Labelled `NAME` (a whole name), `PART` (of a joint name such
        as `A plus B`) or `ARM` (an arm label), in order, without overlap; the longest
        match wins, then this order of labels.
    """
    words = _words(doc)
    return _find(doc, words, _collect_names(doc, words, segments))


def _find(doc: Doc, words: list[str], names: dict[tuple[str, ...], str]) -> list[Span]:
    table = _by_first_word(names)
    spans: list[Span] = []
    i = 0
    while i < len(words):
        for name in table.get(words[i], ()):
            if tuple(words[i : i + len(name)]) == name:
                spans.append(Span(doc, i, i + len(name), names[name]))
                i += len(name)
                break
        else:
            i += 1
    return spans


def mark_names(doc: Doc, segments: Iterable[Segment]) -> list[int]:
    """Mark each token that belongs to one of the record's own intervention names.

    doc (Doc): The tokens.
    segments (Iterable[Segment]): The segments of the document's text.
    RETURNS (list[int]): For each token its index in `NAME_MARKS`.
    """
    words = _words(doc)
    names = _collect_names(doc, words, segments)
    marks = [0] * len(words)
    if names:
        for span in _find(doc, words, names):
            _mark(marks, span.start, len(span), span.label_)
        _mark_words(marks, words, names)
    return marks


def _mark(marks: list[int], start: int, length: int, kind: str) -> None:
    if length == 1:
        marks[start] = MARK_INDEX[f"U-{kind}"]
        return
    for i in range(start + 1, start + length - 1):
        marks[i] = MARK_INDEX[f"I-{kind}"]
    marks[start] = MARK_INDEX[f"B-{kind}"]
    marks[start + length - 1] = MARK_INDEX[f"L-{kind}"]


def _mark_words(
    marks: list[int], words: list[str], names: dict[tuple[str, ...], str]
) -> None:
    """Mark lone words of a name, such as `stem` of `mesenchymal stem cells`."""
    alone = {
        word
        for name, kind in names.items()
        if kind != "ARM"
        for word in name
        if len(word) > 2 and word.isalpha() and not _is_weak(word)
    }
    for i, word in enumerate(words):
        if not marks[i] and word in alone:
            marks[i] = MARK_INDEX["WORD"]


def _by_first_word(
    names: dict[tuple[str, ...], str],
) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(names, key=len, reverse=True):
        table.setdefault(name[0], []).append(name)
    return table
