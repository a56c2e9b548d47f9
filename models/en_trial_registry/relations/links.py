"""Links between entities of a document, and where they are kept: `doc._.relations`."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from spacy.tokens import Doc

from en_trial_registry.relations.layout import Layout, Mention

KEY: Final = "relations"

if not Doc.has_extension(KEY):
    Doc.set_extension(KEY, default=None)


class Link(NamedTuple):
    """A link, without its score. Offsets are characters of the text.

    label (str): Name of the relation.
    head_start (int): First character of the head.
    head_end (int): Character after its last.
    child_start (int): First character of the child.
    child_end (int): Character after its last.
    """

    label: str
    head_start: int
    head_end: int
    child_start: int
    child_end: int


def links_of(doc: Doc) -> set[Link]:
    """Read the links of a document.

    doc (Doc): A document, predicted or annotated.
    RETURNS (set[Link]): Its links; none if it was not looked at.
    """
    return {
        Link(*(relation[field] for field in Link._fields))
        for relation in doc._.relations or ()
    }


def layout_of(doc: Doc) -> Layout:
    """Find the places of a document's entities.

    doc (Doc): A document with entities.
    RETURNS (Layout): The places.
    """
    mentions = [Mention(e.start_char, e.end_char, e.label_) for e in doc.ents]
    return Layout(doc.text, mentions)


def relation_rows(
    layout: Layout, links: Iterable[tuple[str, int, int, float]]
) -> list[dict[str, Any]]:
    """Write links in the form of `doc._.relations`.

    layout (Layout): The document.
    links (Iterable[tuple[str, int, int, float]]): Relation, head, child (indices of
        mentions) and score.
    RETURNS (list[dict[str, Any]]): Plain JSON types.
    """
    mentions = layout.mentions
    return [
        {
            "label": label,
            "head_start": mentions[head].start,
            "head_end": mentions[head].end,
            "child_start": mentions[child].start,
            "child_end": mentions[child].end,
            "score": round(score, 4),
        }
        for label, head, child, score in links
    ]
