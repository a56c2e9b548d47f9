"""Training variants of a record: cut into its fields, with other intervention names.

Users paste a single arm or a criteria block, and trials test drugs that no training
record names. Both are shown to the model while it trains.
"""

import random
from collections.abc import Callable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

from en_trial_registry.names import find_names
from en_trial_registry.pieces import find_pieces
from en_trial_registry.structure import read_segments


def make_record_variants(
    cut_level: float, rename_level: float
) -> Callable[[Language, Example], Iterator[Example]]:
    """Make an augmenter that yields each record once, sometimes changed.

    cut_level (float): Share of records that are yielded as their fields, one by one.
    rename_level (float): Share of records whose own intervention names are exchanged
        for those of other records, everywhere in the record alike.
    RETURNS (Callable[[Language, Example], Iterator[Example]]): The augmenter.
    """
    names = _NamePool()

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        doc = example.reference
        spans = find_names(doc, read_segments(doc.text))
        names.add(doc, spans)
        changed = doc
        if random.random() < rename_level and names.names:
            changed = rename(doc, spans, names.draw)
        if random.random() < cut_level:
            pieces = cut(changed)
        elif changed is doc:
            yield example
            return
        else:
            pieces = [changed]
        for piece in pieces:
            yield Example(nlp.make_doc(piece.text), piece)

    return augment


class _NamePool:
    """Intervention names seen so far: token texts of one name each, no duplicates."""

    def __init__(self, limit: int = 20_000) -> None:
        self.names: dict[tuple[str, ...], None] = {}
        self.limit = limit
        self._drawn: list[tuple[str, ...]] = []

    def add(self, doc: Doc, spans: list[Span]) -> None:
        if len(self.names) < self.limit:
            found = dict.fromkeys(tuple(t.text for t in s) for s in spans if len(s) < 6)
            self._drawn += [name for name in found if name not in self.names]
            self.names |= found

    def draw(self, length: int) -> tuple[str, ...]:
        for _ in range(8):
            name = random.choice(self._drawn)
            if abs(len(name) - length) <= 1:
                return name
        return name


def cut(doc: Doc) -> list[Doc]:
    """Cut a record into its fields, with the entities that lie in them.

    doc (Doc): A whole record with entities.
    RETURNS (list[Doc]): One document per field with text; the document itself if it has
        no sections. A field that would begin or end inside a token is left whole.
    """
    spans = [
        doc.char_span(piece.start, piece.end, alignment_mode="expand")
        for piece in find_pieces(doc.text)
    ]
    return [span.as_doc() for span in spans if span is not None] or [doc]


def rename(doc: Doc, spans: list[Span], draw: Callable[[int], tuple[str, ...]]) -> Doc:
    """Exchange a record's own intervention names, each for one other name throughout.

    doc (Doc): A record with entities.
    spans (list[Span]): Where its own names stand; those that are not exactly one
        INTERVENTION stay as they are.
    draw (Callable[[int], tuple[str, ...]]): Gives a name of about so many tokens.
    RETURNS (Doc): A new document with the entities at their new places.
    """
    entities = {(e.start, e.end) for e in doc.ents if e.label_ == "INTERVENTION"}
    chosen: dict[str, tuple[str, ...]] = {}
    edits: dict[int, tuple[int, tuple[str, ...]]] = {}
    for span in spans:
        if (span.start, span.end) in entities:
            name = chosen.setdefault(span.text.lower(), draw(len(span)))
            edits[span.start] = (span.end, name)
    return _replace(doc, edits)


def _replace(doc: Doc, edits: dict[int, tuple[int, tuple[str, ...]]]) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    moved: list[int] = []
    i = 0
    while i < len(doc):
        end, new = edits.get(i, (i + 1, (doc[i].text,)))
        moved += [len(words)] * (end - i)
        words += new
        spaces += [True] * (len(new) - 1) + [bool(doc[end - 1].whitespace_)]
        i = end
    moved.append(len(words))
    ents: list[Any] = [(e.label_, moved[e.start], moved[e.end]) for e in doc.ents]
    changed = Doc(doc.vocab, words=words, spaces=spaces)
    changed.ents = [Span(changed, start, end, label) for label, start, end in ents]
    return changed
