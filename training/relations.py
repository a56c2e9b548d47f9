"""Add what follows the entities to a trained NER pipeline."""

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

import spacy
from en_trial_registry.entity_scores import EntityScores
from en_trial_registry.relations.component import TrialRelations
from en_trial_registry.relations.links import links_of
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from training.confidence import (
    best_min_score,
    fit_calibration,
    scored_entities,
    scored_links,
)

SCORES: Final = "entity_scores"
COMPONENT: Final = "trial_relations"
NORMALIZER: Final = "normalizer"


def add_relations(nlp: Language, train: Path, dev: Sequence[Path]) -> Language:
    """Teach a pipeline to link entities.

    nlp (Language): Pipeline that finds entities.
    train (Path): DocBin with gold entities and `doc._.relations`, to learn from.
    dev (Sequence[Path]): The same, to choose thresholds and calibrate scores on.
    RETURNS (Language): The same pipeline with `trial_relations` and `normalizer`.
    """
    component = nlp.add_pipe(COMPONENT, last=True)
    assert isinstance(component, TrialRelations)
    examples = [Example(doc, doc) for doc in read_docs(nlp, train)]
    component.initialize(lambda: examples, nlp=nlp)
    docs = read_all(nlp, dev)
    component.choose_thresholds(docs)
    scored = list(scored_links(nlp, docs))
    component.calibration = calibration = fit_calibration(scored)
    gold = sum(len(links_of(doc)) for doc in docs)
    component.min_score = best_min_score(
        ((calibration(chance), right) for chance, right in scored), gold
    )
    nlp.add_pipe(NORMALIZER, last=True)
    return nlp


def add_scores(nlp: Language, dev: Sequence[Path]) -> Language:
    """Let a pipeline say how likely each entity is right.

    nlp (Language): Pipeline that finds entities.
    dev (Sequence[Path]): DocBins with gold entities, to calibrate on.
    RETURNS (Language): The same pipeline with `entity_scores`.
    """
    calibration = fit_calibration(scored_entities(nlp, read_all(nlp, dev)))
    component = nlp.add_pipe(SCORES, after="ner")
    assert isinstance(component, EntityScores)
    component.calibration = calibration
    return nlp


def read_docs(nlp: Language, path: Path) -> Iterator[Doc]:
    """Read annotated documents.

    nlp (Language): Gives the vocabulary.
    path (Path): A DocBin.
    YIELDS (Doc): The documents.
    """
    yield from DocBin().from_disk(path).get_docs(nlp.vocab)


def read_all(nlp: Language, paths: Iterable[Path]) -> list[Doc]:
    """Read annotated documents of several files, each text once.

    nlp (Language): Gives the vocabulary.
    paths (Iterable[Path]): DocBins.
    RETURNS (list[Doc]): The documents.
    """
    docs = (doc for path in paths for doc in read_docs(nlp, path))
    return list({doc.text: doc for doc in docs}.values())


def build_pipeline(
    ner: Path, *, train: Path, dev: Sequence[Path], output: Path
) -> Iterable[str]:
    """Write the whole pipeline.

    ner (Path): Folder of the trained NER pipeline.
    train (Path): DocBin to learn from.
    dev (Sequence[Path]): DocBins to choose thresholds and calibrate scores on.
    output (Path): Folder to write.
    RETURNS (Iterable[str]): Names of its components.
    """
    nlp = add_relations(add_scores(spacy.load(ner), dev), train, dev)
    nlp.meta |= {"name": "trial_registry", "version": version("en_trial_registry")}
    nlp.to_disk(output)
    return nlp.pipe_names
