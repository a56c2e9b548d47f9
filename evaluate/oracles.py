"""What the entities that a pipeline finds allow: links of a linker without errors.

Two answers, since a linker may or may not be asked to leave wrong entities alone.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Final

from .documents import GoldDocument
from .matching import LinkSpan, Span, share_characters

Oracle = Callable[[GoldDocument, Set[Span]], frozenset[LinkSpan]]


def reachable_links(document: GoldDocument, found: Set[Span]) -> frozenset[LinkSpan]:
    """Choose the gold links whose ends were both found exactly.

    document (GoldDocument): The annotation.
    found (Set[Span]): Predicted entities.
    RETURNS (FrozenSet[LinkSpan]): The links; all are right.
    """
    ends = {(start, end) for start, end, _ in document.entities & found}
    return frozenset(link for link in document.links if ends.issuperset(link[:2]))


def links_as_found(document: GoldDocument, found: Set[Span]) -> frozenset[LinkSpan]:
    """Link found entities as the annotated ones are linked that they stand for.

    An entity stands for those of its label that it shares characters with. So a link is
    wrong where a boundary is; entities that stand for none are linked to none.

    document (GoldDocument): The annotation.
    found (Set[Span]): Predicted entities.
    RETURNS (FrozenSet[LinkSpan]): The links.
    """
    standing = {
        gold[:2]: [
            span[:2]
            for span in found
            if span[2] == gold[2] and share_characters(span, gold)
        ]
        for gold in document.entities
    }
    return frozenset(
        (head, child, label)
        for gold_head, gold_child, label in document.links
        for head in standing[gold_head]
        for child in standing[gold_child]
    )


ORACLES: Final[Mapping[str, Oracle]] = {
    "oracle on right entities": reachable_links,
    "oracle on entities as found": links_as_found,
}
"""By the name of the method that they are reported as."""


def oracle_links(
    documents: Sequence[GoldDocument], found: Sequence[Set[Span]]
) -> dict[str, list[frozenset[LinkSpan]]]:
    """Ask every oracle.

    documents (Sequence[GoldDocument]): The annotation.
    found (Sequence[Set[Span]]): Predicted entities of each.
    RETURNS (Dict[str, List[FrozenSet[LinkSpan]]]): Links of each document, by oracle.
    """
    pairs = list(zip(documents, found, strict=True))
    return {name: [oracle(*pair) for pair in pairs] for name, oracle in ORACLES.items()}


ORACLES_EXPLAINED: Final = (
    "Oracles link without errors what the pipeline finds: on right entities those "
    "alone that are exact, on entities as found all that share characters with an "
    "annotated one"
)
