"""The encoder of tokens in their context: spaCy's, computed in half of the time.

NumPy multiplies (see `blas.py`), and a few documents at a time stay in the processor's
cache.
"""

from collections.abc import Callable, Iterator
from typing import Final, cast

from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from thinc.api import Model
from thinc.layers.with_array import forward as forward_array
from thinc.types import Floats2d

from en_trial_registry.blas import use_numpy_blas

# Tokens that are encoded together, unless one document has more.
TOKENS_AT_ONCE: Final = 4096

Encoder = Model[list[Floats2d], list[Floats2d]]
Backprop = Callable[[list[Floats2d]], list[Floats2d]]


def build_window_encoder(
    width: int, window_size: int, maxout_pieces: int, depth: int
) -> Encoder:
    """Build the encoder: `spacy.MaxoutWindowEncoder.v2`, whose weights it can load.

    width (int): Width of input and output.
    window_size (int): Words that each layer sees to the left and to the right.
    maxout_pieces (int): Pieces of the maxout units.
    depth (int): Number of layers.
    RETURNS (Model[list[Floats2d], list[Floats2d]]): One row of `width` per token.
    """
    encoder = MaxoutWindowEncoder(width, window_size, maxout_pieces, depth)
    encoder.replace_callbacks(_forward, init=encoder.init)
    return encoder


def _forward(
    model: Encoder, docs: list[Floats2d], is_train: bool
) -> tuple[list[Floats2d], Backprop]:
    # Here, not when it is built: copies and unpickled models have other operations.
    use_numpy_blas(model)
    if is_train:
        return cast(tuple[list[Floats2d], Backprop], forward_array(model, docs, True))
    encoded: list[Floats2d] = []
    for group in group_docs(docs):
        encoded += forward_array(model, group, False)[0]
    return encoded, lambda d_docs: []


def group_docs(
    docs: list[Floats2d], tokens_at_once: int = TOKENS_AT_ONCE
) -> Iterator[list[Floats2d]]:
    """Cut a batch into groups, in order.

    docs (list[Floats2d]): One row per token each.
    tokens_at_once (int): Most tokens of a group of several documents.
    YIELDS (list[Floats2d]): A group.
    """
    group: list[Floats2d] = []
    tokens = 0
    for doc in docs:
        if group and tokens + len(doc) > tokens_at_once:
            yield group
            group, tokens = [], 0
        group.append(doc)
        tokens += len(doc)
    if group:
        yield group
