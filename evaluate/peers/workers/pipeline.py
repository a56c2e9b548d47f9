"""A spaCy pipeline in an environment of its own, e.g. one with PyTorch."""

from collections.abc import Sequence
from typing import Any

import spacy

from evaluate.peers.workers.exchange import Find, serve


def prepare(settings: dict[str, Any]) -> Find:
    """Load a pipeline.

    settings (Dict[str, Any]): `model`: its folder.
    RETURNS (Find): Gives its entities.
    """
    nlp = spacy.load(settings["model"])

    def find(texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        return [
            [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
            for doc in nlp.pipe(texts)
        ]

    return find


if __name__ == "__main__":
    serve(prepare, ("spacy", "spacy-curated-transformers", "torch"))
