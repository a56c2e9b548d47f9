"""Add what follows the entities to a trained NER pipeline."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import spacy
from en_trial_registry.relations.component import TrialRelations
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

COMPONENT: Final = "trial_relations"
NORMALIZER: Final = "normalizer"


def add_relations(nlp: Language, train: Path, dev: Path) -> Language:
    """Teach a pipeline to link entities.

    nlp (Language): Pipeline that finds entities.
    train (Path): DocBin with gold entities and `doc._.relations`, to learn from.
    dev (Path): The same, to choose thresholds on.
    RETURNS (Language): The same pipeline with `trial_relations` and `normalizer`.
    """
    component = nlp.add_pipe(COMPONENT, after="ner")
    assert isinstance(component, TrialRelations)
    examples = [Example(doc, doc) for doc in read_docs(nlp, train)]
    component.initialize(lambda: examples, nlp=nlp)
    component.choose_thresholds(read_docs(nlp, dev))
    nlp.add_pipe(NORMALIZER, last=True)
    return nlp


def read_docs(nlp: Language, path: Path) -> Iterator[Doc]:
    """Read annotated documents.

    nlp (Language): Gives the vocabulary.
    path (Path): A DocBin.
    YIELDS (Doc): The documents.
    """
    yield from DocBin().from_disk(path).get_docs(nlp.vocab)


def build_pipeline(ner: Path, *, train: Path, dev: Path, output: Path) -> Iterable[str]:
    """Write the whole pipeline.

    ner (Path): Folder of the trained NER pipeline.
    train (Path): DocBin to learn from.
    dev (Path): DocBin to choose thresholds on.
    output (Path): Folder to write.
    RETURNS (Iterable[str]): Names of its components.
    """
    nlp = add_relations(spacy.load(ner), train, dev)
    nlp.to_disk(output)
    return nlp.pipe_names
