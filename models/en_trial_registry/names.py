"""Marks the words of a record that stand among its own intervention names.

Names come from the record's Interventions list (names and other names) and its arm
labels; they are compared as sequences of the pipeline's own tokens, so that `i-gel`,
`F18-florbetapir` and the parts of `A plus B (C)` are found wherever they stand.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

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

_JOINTS: Final = frozenset(
    ("plus", "+", "and", "or", "with", "/", ",", ";", "&", "versus", "vs", "vs.", "(",
     ")", "[", "]", ":", "followed", "by", "in", "combination", "without", "then", "-")
)  # fmt: skip
# Words that say how or that something is given, not what: no name by themselves.
_WEAK_WORDS: Final = frozenset(
    """
    a an and as at by for from in of on or the to with without via per plus versus vs
    not no only use time times once twice i ii iii b c d e
    arm group cohort control experimental active other single standard combination
    combined phase part stage study product care intervention treatment therapy drug
    dose low high daily day days week weeks month months hour hours
    mg ml kg mcg ug g iu tablet tablets capsule capsules injection infusion solution
    cream gel oral intravenous iv based
    """.split()
)


def _word(text: str) -> str:
    """Compare without case, but keep short acronyms apart from words (`IS`, `is`)."""
    return text if len(text) <= 4 and text.isupper() else text.lower()


def _is_name(words: tuple[str, ...]) -> bool:
    strong = [w for w in words if w.lower() not in _WEAK_WORDS]
    return any(len(w) > 1 and re.search(r"[^\W\d]", w) for w in strong)


def _parts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    part: list[str] = []
    for word in (*words, ";"):
        if word.lower() not in _JOINTS:
            part.append(word)
        elif part:
            yield tuple(part)
            part = []


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
    starts = [token.idx for token in doc]
    names: dict[tuple[str, ...], str] = {}
    for start, end, kind in _name_stretches(doc.text, segments):
        inside = slice(bisect_left(starts, start), bisect_left(starts, end))
        name = _strip_signs(tuple(words[inside]))
        found = [(name, kind)]
        if kind == "NAME":
            found += [(part, "PART") for part in _parts(name)]
        for words_, kind_ in found:
            if _is_name(words_) and _RANK[kind_] < _RANK[names.get(words_, "")]:
                names[words_] = kind_
    return names


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
    words = [_word(token.text) for token in doc]
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
    words = [_word(token.text) for token in doc]
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
        if len(word) > 2 and word.isalpha() and word.lower() not in _WEAK_WORDS
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
