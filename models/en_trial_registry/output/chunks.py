"""Input cut into chunks, and what the pipeline makes of one.

A chunk is worked on as a whole, by itself, wherever there is a free process. So the
results are the same, to the byte, with any number of processes and machines.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

from spacy.language import Language

from ..extract import BATCH_SIZE, Extraction, extract_batch
from ..readers import Item
from ..records import Record, RecordError
from . import Render
from .heap import give_back
from .words import tidy

CHUNK_CHARS: Final = 100_000
"""The most characters of a chunk; a longer record is a chunk by itself."""


class Chunk(NamedTuple):
    """Some records that follow one another in the input.

    part (int): Number of the part of the output that they belong to.
    items (list[Item]): Records, and errors where one could not be read.
    """

    part: int
    items: list[Item]


@dataclass(frozen=True)
class Work:
    """What is to be done with every chunk.

    renders (tuple[Render, ...]): What is to be made of the extractions.
    batch_size (int): The most records of a chunk, and of a batch in the pipeline.
    min_score (float | None): Drop entities that the pipeline is less sure of.
    """

    renders: tuple[Render, ...]
    batch_size: int = BATCH_SIZE
    min_score: float | None = None


@dataclass
class Result:
    """What was made of a chunk.

    part (int): As in the chunk.
    pieces (list[bytes]): One by each render.
    records (int): Records that were read.
    entities (int): Their entities.
    errors (list[RecordError]): The other records and files, in their order.
    """

    part: int
    pieces: list[bytes]
    records: int = 0
    entities: int = 0
    errors: list[RecordError] = field(default_factory=list)


def cut(
    items: Iterable[Item], *, batch_size: int, part_size: int | None = None
) -> Iterator[Chunk]:
    """Cut the input into chunks. It depends on nothing but the input.

    items (Iterable[Item]): Records and errors.
    batch_size (int): The most items of a chunk.
    part_size (int | None): Items of a part; None for a single part.
    YIELDS (Chunk): The chunks; none belongs to two parts.
    """
    stream = iter(items)
    part = 0
    while True:
        is_empty = True
        for found in _cut_part(islice(stream, part_size), batch_size):
            is_empty = False
            yield Chunk(part, found)
        if is_empty:
            return
        part += 1


def _cut_part(items: Iterable[Item], batch_size: int) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    chars = 0
    for item in items:
        length = len(item.text) if isinstance(item, Record) else 0
        if chunk and (len(chunk) == batch_size or chars + length > CHUNK_CHARS):
            yield chunk
            chunk, chars = [], 0
        chunk.append(item)
        chars += length
    if chunk:
        yield chunk


def run(chunk: Chunk, work: Work, nlp: Language) -> Result:
    """Extract from a chunk and render what was found.

    chunk (Chunk): The chunk.
    work (Work): What to do with it.
    nlp (Language): The pipeline; what it learns of new words is forgotten afterwards.
    RETURNS (Result): The result.
    RAISES (NoScoresError): If there is a `min_score` and the pipeline gives no scores.
    """
    with nlp.memory_zone():
        result = _run(chunk, work, nlp)
    tidy(nlp.vocab)
    give_back()
    return result


def _run(chunk: Chunk, work: Work, nlp: Language) -> Result:
    found = _extract(chunk, work, nlp)
    good = [item for item in found if isinstance(item, Extraction)]
    try:
        pieces = [render(good) for render in work.renders]
    except Exception:
        found = [_checked(item, work) for item in found]
        good = [item for item in found if isinstance(item, Extraction)]
        pieces = [render(good) for render in work.renders]
    return Result(
        chunk.part,
        pieces,
        records=len(good),
        entities=sum(len(extraction.entities) for extraction in good),
        errors=[item for item in found if isinstance(item, RecordError)],
    )


def _extract(chunk: Chunk, work: Work, nlp: Language) -> list[Extraction | RecordError]:
    """Find what is in the records; errors keep their places among them."""
    records = [item for item in chunk.items if isinstance(item, Record)]
    found = iter(
        extract_batch(
            records, nlp, batch_size=work.batch_size, min_score=work.min_score
        )
    )
    return [next(found) if isinstance(item, Record) else item for item in chunk.items]


def _checked(found: Extraction | RecordError, work: Work) -> Extraction | RecordError:
    """Find the record that can't be written, so that the others can."""
    if isinstance(found, RecordError):
        return found
    try:
        for render in work.renders:
            render([found])
    except Exception as error:
        return RecordError(
            f"can't be written ({type(error).__name__}: {error})",
            record=found.record.id,
            remedy="report it with the record",
        )
    return found
