"""Predictions of a pipeline on the raw text of gold documents."""

from collections.abc import Sequence
from pathlib import Path

import spacy
from en_trial_registry.schema import ENTITY_LABELS
from spacy.language import Language
from spacy.tokens import Doc
from tqdm import tqdm

from .documents import EvaluationError, GoldDocument
from .matching import Span


def load_pipeline(model: str | Path) -> Language:
    """Load a pipeline to evaluate.

    model (Union[str, Path]): Folder or name of an installed package.
    RETURNS (Language): The pipeline.
    RAISES (EvaluationError): If there is none, or it needs code that is not here.
    """
    try:
        return spacy.load(model)
    except (OSError, ValueError) as error:
        raise EvaluationError(
            f"Can't load the pipeline '{model}': {str(error).strip()} "
            "Train it with `spacy project run train` or install its wheel."
        ) from error


def pipeline_name(nlp: Language) -> str:
    """Name a pipeline as its package does.

    nlp (Language): A pipeline.
    RETURNS (str): For example `en_trial_registry`.
    """
    return f"{nlp.meta['lang']}_{nlp.meta['name']}"


def predict_entities(
    nlp: Language, documents: Sequence[GoldDocument], *, progress: bool = False
) -> list[frozenset[Span]]:
    """Predict entities from text alone.

    nlp (Language): The pipeline.
    documents (Sequence[GoldDocument]): Documents; only their text is used.
    progress (bool): Show a progress bar where standard error is a terminal.
    RETURNS (List[FrozenSet[Span]]): Predicted spans, in the order of the documents.
    RAISES (EvaluationError): If the pipeline changes a text or uses an unknown label.
    """
    docs = tqdm(
        nlp.pipe(document.text for document in documents),
        total=len(documents),
        unit="doc",
        disable=None if progress else True,
    )
    return [
        read_spans(doc, document) for doc, document in zip(docs, documents, strict=True)
    ]


def read_spans(doc: Doc, document: GoldDocument) -> frozenset[Span]:
    """Read the entities of a predicted document, with a check that they mean something.

    doc (Doc): What the pipeline made of the document's text.
    document (GoldDocument): The document.
    RETURNS (FrozenSet[Span]): The entities.
    RAISES (EvaluationError): If the pipeline changed the text or uses an unknown label.
    """
    if doc.text != document.text:
        raise EvaluationError(
            f"Document '{document.id}': the pipeline changed the text, so its offsets "
            "mean nothing in the gold text. Use a tokenizer that keeps all characters."
        )
    unknown = {ent.label_ for ent in doc.ents} - set(ENTITY_LABELS)
    if unknown:
        raise EvaluationError(
            f"Document '{document.id}': the pipeline predicts labels that are not in "
            f"the schema ({', '.join(sorted(unknown))}). Map them to it first."
        )
    return frozenset((ent.start_char, ent.end_char, ent.label_) for ent in doc.ents)
