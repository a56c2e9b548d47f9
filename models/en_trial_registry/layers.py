"""Two small Thinc layers that the embedding is composed of."""

from collections.abc import Callable, Sequence
from typing import Any

from spacy.tokens import Doc
from thinc.api import Model
from thinc.types import Floats2d, Ragged

from en_trial_registry.blas import use_numpy_blas


def sum_ragged(layers: Sequence[Model[list[Doc], Ragged]]) -> Model[list[Doc], Ragged]:
    """Add up the outputs of layers that read the same documents.

    layers (Sequence[Model[list[Doc], Ragged]]): Layers of one output width.
    RETURNS (Model[list[Doc], Ragged]): Their sum, token by token.
    """
    return Model("sum_ragged", _sum_forward, init=_init_all, layers=list(layers))


def _sum_forward(
    model: Model[list[Doc], Ragged], docs: list[Doc], is_train: bool
) -> tuple[Ragged, Callable[[Ragged], list[Doc]]]:
    if not any(docs):
        # Some of Thinc's layers cannot do without tokens.
        nothing: Any = model.ops.alloc2f(0, model.layers[0].get_dim("nO"))
        return Ragged(nothing, model.ops.asarray1i([0] * len(docs))), lambda d: []
    use_numpy_blas(model)
    outputs, backprops = zip(
        *(layer(docs, is_train) for layer in model.layers), strict=True
    )
    total: Any = outputs[0].dataXd
    for output in outputs[1:]:
        total = total + output.dataXd

    def backprop(d_total: Ragged) -> list[Doc]:
        for bp in backprops:
            bp(d_total)
        return []

    return Ragged(total, outputs[0].lengths), backprop


def _init_all(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:
    for layer in model.layers:
        layer.initialize(X=X)


def pool_pieces(pieces: int) -> Model[Floats2d, Floats2d]:
    """Take the largest of every group of values: a maxout unit without its weights.

    pieces (int): Values per group.
    RETURNS (Model[Floats2d, Floats2d]): Maps a width to that width / `pieces`.
    """
    return Model("pool_pieces", _pool_forward, attrs={"pieces": pieces})


def _pool_forward(
    model: Model[Floats2d, Floats2d], X: Floats2d, is_train: bool
) -> tuple[Floats2d, Callable[[Floats2d], Floats2d]]:
    pieces = model.attrs["pieces"]
    shape = (X.shape[0], X.shape[1] // pieces, pieces)
    pooled, which = model.ops.maxout(model.ops.reshape3f(X, *shape))

    def backprop(d_pooled: Floats2d) -> Floats2d:
        d_X: Any = model.ops.backprop_maxout(d_pooled, which, pieces)
        return d_X.reshape(X.shape)  # type: ignore[no-any-return]

    return pooled, backprop
