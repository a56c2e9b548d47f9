"""Texts through a pipeline in batches of similar length."""

from collections.abc import Iterator, Sequence
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

# As many as stay in the processor's cache; more need memory and time.
BATCH_SIZE: Final = 16
"""The most texts that go through the pipeline at once."""

BATCH_CHARS: Final = 40_000
"""The most characters of a batch; a longer text is a batch by itself."""


def read_docs(
    texts: Sequence[str], nlp: Language, *, batch_size: int = BATCH_SIZE
) -> list[Doc | Exception]:
    """Run texts through a pipeline. A text that it fails on does not stop the others.

    texts (Sequence[str]): The texts.
    nlp (Language): The pipeline.
    batch_size (int): The most texts of a batch.
    RETURNS (list[Doc | Exception]): For each text its document, or what was raised.
    """
    docs: list[Doc | Exception] = [ValueError()] * len(texts)
    for batch in by_length([len(text) for text in texts], batch_size=batch_size):
        found = _read_batch([texts[i] for i in batch], nlp)
        for i, doc in zip(batch, found, strict=True):
            docs[i] = doc
    return docs


def by_length(lengths: Sequence[int], *, batch_size: int) -> Iterator[list[int]]:
    """Put texts of similar length together, so that a long one is no burden to others.

    lengths (Sequence[int]): Characters of each text.
    batch_size (int): The most texts of a batch.
    YIELDS (list[int]): Indices of the texts of one batch.
    """
    batch: list[int] = []
    chars = 0
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        if batch and (len(batch) == batch_size or chars + lengths[i] > BATCH_CHARS):
            yield batch
            batch, chars = [], 0
        batch.append(i)
        chars += lengths[i]
    if batch:
        yield batch


def _read_batch(texts: list[str], nlp: Language) -> list[Doc | Exception]:
    try:
        return list(nlp.pipe(texts, batch_size=len(texts)))
    except Exception as error:
        if len(texts) == 1:
            return [error]
        return [found for text in texts for found in _read_batch([text], nlp)]
