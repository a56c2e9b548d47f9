"""Annotated records as typed values: text, entities by offset, links between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

SOURCES: Final = ("authored", "registry", "pages")
SPLITS: Final = ("train", "dev", "test")


class CorpusError(ValueError):
    """Data of the corpus that can't be used, with the place and the remedy.

    place (str): File, line and record, as far as they are known.
    problem (str): What is wrong there.
    remedy (str): What to do about it.
    """

    def __init__(self, place: str, problem: str, remedy: str) -> None:
        super().__init__(f"{place}: {problem}. {remedy}.")
        self.place = place
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True)
class Entity:
    """A labelled stretch of text.

    id (str): Name within the record, `e1`.
    start (int): First character.
    end (int): Character after the last.
    label (str): One of `schema.ENTITY_LABELS`.
    """

    id: str
    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Link:
    """A relation between two entities of a record.

    label (str): One of `schema.RELATIONS`.
    head (str): Id of the entity that it starts from.
    child (str): Id of the entity that it points to.
    """

    label: str
    head: str
    child: str


@dataclass(frozen=True)
class AnnotatedRecord:
    """A record with its text and its gold annotation.

    id (str): Registry number, or the number of an authored record.
    text (str): The rendered record; offsets count its characters.
    entities (tuple[Entity, ...]): In text order.
    relations (tuple[Link, ...]): Links between them.
    source (str): One of `SOURCES`: where the text comes from.
    split (str | None): One of `SPLITS`, or None where not assigned.
    """

    id: str
    text: str
    entities: tuple[Entity, ...] = ()
    relations: tuple[Link, ...] = ()
    source: str = "authored"
    split: str | None = None

    def covered(self, entity: Entity) -> str:
        """Read the text of an entity.

        entity (Entity): One of the record's entities.
        RETURNS (str): The characters that it covers.
        """
        return self.text[entity.start : entity.end]


def links_within(links: Iterable[Link], entities: Iterable[Entity]) -> tuple[Link, ...]:
    """Keep the links that have both ends.

    links (Iterable[Link]): Links of a record.
    entities (Iterable[Entity]): The entities that are left of it.
    RETURNS (tuple[Link, ...]): Links whose head and child are both left.
    """
    ids = {entity.id for entity in entities}
    return tuple(link for link in links if link.head in ids and link.child in ids)
