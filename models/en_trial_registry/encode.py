"""The encoder of tokens in their context: spaCy's, computed in half of the time.

Most of a pipeline's time goes into the matrix products of its encoder. Thinc leaves
them to BLIS; OpenBLAS, which NumPy's wheels hold, is nearly three times as fast (98
against 35 GFLOP/s on one core of an AMD EPYC). And a few documents at a time stay in
the processor's cache.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final, cast

from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from thinc.api import Model, NumpyOps
from thinc.layers.with_array import forward as forward_array
from thinc.types import Floats2d
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

# Tokens that are encoded together, unless one document has more.
TOKENS_AT_ONCE: Final = 4096

Encoder = Model[list[Floats2d], list[Floats2d]]
Backprop = Callable[[list[Floats2d]], list[Floats2d]]


class NumpyBlasOps(NumpyOps):  # type: ignore[misc]
    """Multiplies matrices with NumPy, in one thread.

    spaCy uses several cores by processes; threads on top of them would take turns.
    """

    def __init__(self, device_type: str = "cpu", device_id: int = -1) -> None:
        super().__init__(device_type, device_id, use_blis=False)

    def gemm(self, *args: Any, **kwargs: Any) -> Any:
        """Multiply two matrices, as `NumpyOps.gemm`.

        RETURNS (Floats2d): The product.
        """
        with _blas().limit(limits=1):
            return super().gemm(*args, **kwargs)


_OPS: Final = NumpyBlasOps()


@cache
def _blas() -> Any:
    return ThreadpoolController().select(user_api="blas")


def use_numpy_blas(model: Model[Any, Any]) -> None:
    """Let every layer of a model on the CPU multiply with NumPy.

    model (Model[Any, Any]): The model; it is changed.
    """
    for node in model.walk():
        if type(node.ops) is NumpyOps:
            node.ops = _OPS


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
