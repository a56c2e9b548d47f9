"""How many gold spans begin and end where the tokenizer's tokens do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from spacy.language import Language

from corpus.annotation import AnnotatedRecord
from corpus.docbin import MISALIGNED, Misfit, make_doc

# The share that training and development data together must exceed.
REQUIRED: Final = 0.999


@dataclass
class Alignment:
    """Spans of one source and split against the tokens.

    spans (int): Gold spans.
    misfits (list[Misfit]): Those that don't align.
    """

    spans: int = 0
    misfits: list[Misfit] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Spans that align, of all; 1 if there are none."""
        return 1.0 if not self.spans else 1.0 - len(self.misfits) / self.spans


def measure_alignment(
    nlp: Language, records: Iterable[AnnotatedRecord]
) -> dict[tuple[str, str], Alignment]:
    """Measure alignment by source and split.

    nlp (Language): Pipeline with the tokenizer to measure.
    records (Iterable[AnnotatedRecord]): The records.
    RETURNS (dict[tuple[str, str], Alignment]): By source and split.
    """
    table: dict[tuple[str, str], Alignment] = {}
    for record in records:
        row = table.setdefault((record.source, str(record.split)), Alignment())
        row.spans += len(record.entities)
        _, misfits = make_doc(nlp, record)
        row.misfits += [misfit for misfit in misfits if misfit.problem == MISALIGNED]
    return table


def training_share(table: dict[tuple[str, str], Alignment]) -> float:
    """Pool training and development data, as the requirement does.

    table (dict[tuple[str, str], Alignment]): From `measure_alignment`.
    RETURNS (float): Share of spans that align.
    """
    pooled = Alignment()
    for (_, split), row in table.items():
        if split != "test":
            pooled.spans += row.spans
            pooled.misfits += row.misfits
    return pooled.share
