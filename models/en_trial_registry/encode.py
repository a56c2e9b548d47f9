"""The encoder of tokens in their context: spaCy's, computed in less than half the time.

Predicting takes a few tokens at a time through all steps of a layer, so that they stay
in the processor's cache, and NumPy multiplies (see `blas.py`).
"""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple, cast

import numpy
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from thinc.api import Model
from thinc.layers.with_array import forward as forward_array
from thinc.types import Floats2d

from en_trial_registry.blas import one_blas_thread, use_numpy_blas

# Tokens that go through a layer together.
TOKENS_AT_ONCE: Final = 512
# As in Thinc's layer norm.
EPSILON: Final = 1e-8

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
    encoder.attrs["window_size"] = window_size
    return encoder


def _forward(
    model: Encoder, docs: list[Floats2d], is_train: bool
) -> tuple[list[Floats2d], Backprop]:
    if is_train:
        # Here, not when it is built: copies and unpickled models have other operations.
        use_numpy_blas(model)
        return cast(tuple[list[Floats2d], Backprop], forward_array(model, docs, True))
    pad = model.attrs["pad"]
    rows: Any = model.ops.flatten(docs, pad=pad)
    with one_blas_thread():
        for layer in _layers(model):
            _apply(layer, rows, model.attrs["window_size"])
    lengths = model.ops.asarray1i([len(doc) for doc in docs])
    return model.ops.unflatten(rows, lengths, pad=pad), lambda d_docs: []


class _Layer(NamedTuple):
    """One layer, ordered so that whole rows are multiplied and compared.

    weights (Floats2d): Shape (window x width, pieces x width).
    bias (Floats1d): One per column of the weights.
    gain (Floats1d): Of the layer norm.
    shift (Floats1d): Of the layer norm.
    """

    weights: Any
    bias: Any
    gain: Any
    shift: Any


def _layers(model: Encoder) -> Iterator[_Layer]:
    # Read anew each time, which takes a thousandth of it: training changes them.
    for residual in model.layers[0].layers:
        nodes = {node.name: node for node in residual.walk()}
        maxout, norm = nodes["maxout"], nodes["layernorm"]
        weights: Any = maxout.get_param("W")
        bias: Any = maxout.get_param("b")
        columns = weights.transpose(2, 1, 0).reshape(weights.shape[2], -1)
        yield _Layer(
            numpy.ascontiguousarray(columns),
            bias.T.reshape(-1),
            norm.get_param("G"),
            norm.get_param("b"),
        )


def _apply(layer: _Layer, rows: Any, window_size: int) -> None:
    """Turn rows into rows + norm(maxout(window of rows)): a residual layer."""
    width = rows.shape[1]
    edge = numpy.zeros((window_size, width), dtype=rows.dtype)
    before = edge
    for start in range(0, len(rows), TOKENS_AT_ONCE):
        stop = min(start + TOKENS_AT_ONCE, len(rows))
        block = rows[start:stop]
        seen = numpy.concatenate([before, rows[start : stop + window_size], edge])
        before = seen[len(block) : len(block) + window_size]
        shifts = range(2 * window_size + 1)
        window = numpy.concatenate([seen[i : i + len(block)] for i in shifts], axis=1)
        pieces = window @ layer.weights
        pieces += layer.bias
        change = pieces[:, :width].copy()
        for first in range(width, pieces.shape[1], width):
            numpy.maximum(change, pieces[:, first : first + width], out=change)
        _normalize(change, layer)
        block += change


def _normalize(block: Any, layer: _Layer) -> None:
    block -= block.mean(axis=1, keepdims=True)
    variance = numpy.einsum("ij,ij->i", block, block) / block.shape[1] + EPSILON
    block *= (variance**-0.5)[:, None]
    block *= layer.gain
    block += layer.shift
