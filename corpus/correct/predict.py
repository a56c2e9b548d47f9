"""Predictions of a pipeline as annotated records, for annotators to correct."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import spacy
from en_trial_registry.schema import RELATIONS
from spacy.language import Language
from spacy.tokens import Doc

from corpus.annotation import AnnotatedRecord, CorpusError, Entity, Link


def load_model(model: str | Path) -> Language:
    """Load a pipeline.

    model (str | Path): Folder or name of an installed package.
    RETURNS (Language): The pipeline.
    RAISES (CorpusError): If there is none.
    """
    try:
        return spacy.load(model)
    except (OSError, ValueError) as error:
        raise CorpusError(
            str(model),
            f"can't be loaded as a pipeline ({str(error).strip()[:200]})",
            "Train it by `spacy project run train`, or install its wheel",
        ) from None


def model_version(nlp: Language) -> str:
    """Name a pipeline with its version.

    nlp (Language): The pipeline.
    RETURNS (str): For example `en_trial_registry 0.1.0`.
    """
    meta = nlp.meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def predict_records(
    nlp: Language, records: Sequence[AnnotatedRecord]
) -> Iterator[AnnotatedRecord]:
    """Replace the annotation of records by predictions.

    nlp (Language): The pipeline.
    records (Sequence[AnnotatedRecord]): Records; only their text is used.
    YIELDS (AnnotatedRecord): The same records with predicted annotation.
    """
    docs = nlp.pipe(record.text for record in records)
    for doc, record in zip(docs, records, strict=True):
        entities = tuple(
            Entity(f"e{n}", ent.start_char, ent.end_char, ent.label_)
            for n, ent in enumerate(doc.ents, 1)
        )
        links = tuple(_links(doc, entities))
        yield replace(record, entities=entities, relations=links)


def _links(doc: Doc, entities: Iterable[Entity]) -> Iterator[Link]:
    """Yield the relations that the pipeline predicts, if it predicts any."""
    if not Doc.has_extension("relations"):
        return
    ids = {(entity.start, entity.end): entity for entity in entities}
    for row in doc._.relations or ():
        head = ids.get((row["head_start"], row["head_end"]))
        child = ids.get((row["child_start"], row["child_end"]))
        if head is None or child is None:
            raise CorpusError(
                f"relation {row['label']} at {row['head_start']}",
                "joins something that is no entity of the text",
                "Correct the pipeline's component for relations",
            )
        if (head.label, child.label) == tuple(RELATIONS[row["label"]]):
            yield Link(row["label"], head.id, child.id)
