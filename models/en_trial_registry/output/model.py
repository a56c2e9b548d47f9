"""Which pipeline is meant, so that it can be loaded once in every process."""

import hashlib
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language

import en_trial_registry

from .files import read_blocks


class Model(NamedTuple):
    """A pipeline by name and content.

    name (str | None): Folder or package; None for the one installed with this package.
    sha256 (str): Hash of its files.
    """

    name: str | None
    sha256: str


class OtherModelError(ValueError):
    """A worker has another pipeline under the same name."""


_LOADED: dict[Model, Language] = {}


def identify(name: str | None, nlp: Language) -> Model:
    """Hash the files of a pipeline.

    name (str | None): The name that it was loaded by.
    nlp (Language): The pipeline.
    RETURNS (Model): Name and hash.
    """
    return Model(name, _hash_folder(Path(nlp.path)) if nlp.path else "")


def load_model(name: str | None) -> Language:
    """Load a pipeline.

    name (str | None): Folder or package; None for the one installed with this package.
    RETURNS (Language): The pipeline.
    RAISES (OSError): If there is none.
    """
    return spacy.load(name) if name else en_trial_registry.load()


def keep(model: Model, nlp: Language) -> None:
    """Keep a pipeline for `loaded`.

    model (Model): Its name and hash.
    nlp (Language): The pipeline.
    """
    _LOADED[model] = nlp


def loaded(model: Model) -> Language:
    """Load a pipeline unless this process has it already.

    model (Model): Its name and hash.
    RETURNS (Language): The pipeline.
    RAISES (OtherModelError): If its files are not the same as where it was named.
    """
    if model not in _LOADED:
        nlp = load_model(model.name)
        if identify(model.name, nlp) != model:
            raise OtherModelError(
                f"The worker has another pipeline '{model.name or 'installed'}' than "
                "the machine that sends the work; install the same on both."
            )
        keep(model, nlp)
    return _LOADED[model]


def _hash_folder(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        for block in read_blocks(path):
            digest.update(block)
    return digest.hexdigest()
