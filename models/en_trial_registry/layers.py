"""Thinc layers that compute once per form and add up per token.

A record repeats its words, so what depends on few things is computed once for each of
their values, and looked up token by token.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, Final, NamedTuple

import numpy
from spacy.tokens import Doc
from thinc.api import Model
from thinc.types import Floats2d, Ints1d, Ints2d

from en_trial_registry.blas import use_numpy_blas

# Tokens that are added up together, so that memory does not grow with the document.
TOKENS_AT_ONCE: Final = 2048


class Forms(NamedTuple):
    """Vectors of forms, and which form each token has.

    vectors (Floats2d): One row per form.
    tokens (Ints1d): Row of each token, all documents one after another.
    """

    vectors: Floats2d
    tokens: Ints1d


FormLayer = Model[list[Doc], Forms]


def per_form(
    extract: Model[list[Doc], list[Ints2d]], embed: Model[Ints2d, Floats2d]
) -> FormLayer:
    """Embed tokens that are alike in the first column of their features once.

    extract (Model[list[Doc], list[Ints2d]]): Features per token; the first column
        tells the others.
    embed (Model[Ints2d, Floats2d]): From features to vectors.
    RETURNS (Model[list[Doc], Forms]): Its backprop takes the gradient of the vectors.
    """
    return Model(
        "per_form", _per_form_forward, init=_init_form, layers=[extract, embed]
    )


def _per_form_forward(
    model: FormLayer, docs: list[Doc], is_train: bool
) -> tuple[Forms, Callable[[Floats2d], list[Doc]]]:
    extract, embed = model.layers
    features = numpy.concatenate(extract.predict(docs))
    _, first, tokens = numpy.unique(
        features[:, 0], return_index=True, return_inverse=True
    )
    vectors, backprop = embed(features[first], is_train)

    def backprop_forms(d_vectors: Floats2d) -> list[Doc]:
        backprop(d_vectors)
        return []

    return Forms(vectors, tokens), backprop_forms


def _init_form(model: FormLayer, X: Any = None, Y: Any = None) -> None:
    for layer in model.layers:
        layer.initialize()


def sum_forms(
    layers: Sequence[FormLayer], finish: Model[Floats2d, Floats2d], width: int
) -> Model[list[Doc], list[Floats2d]]:
    """Add up what layers say of each token, and finish the sums.

    layers (Sequence[Model[list[Doc], Forms]]): Layers of one output width.
    finish (Model[Floats2d, Floats2d]): Applied to each token's sum.
    width (int): Width of its output.
    RETURNS (Model[list[Doc], list[Floats2d]]): One row of `width` per token.
    """
    return Model(
        "sum_forms",
        _sum_forward,
        init=_init_sum,
        layers=[*layers, finish],
        attrs={"width": width},
    )


def _sum_forward(
    model: Model[list[Doc], list[Floats2d]], docs: list[Doc], is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]:
    *layers, finish = model.layers
    if not any(docs):
        # Some of Thinc's layers cannot do without tokens.
        nothing: Any = model.ops.alloc2f(0, model.attrs["width"])
        return [nothing] * len(docs), lambda d: []
    use_numpy_blas(model)
    forms, backprops = zip(*(layer(docs, is_train) for layer in layers), strict=True)
    if not is_train:
        return _by_doc(_finished(model, forms), docs), lambda d: []
    output, backprop_finish = finish(_total(forms, slice(None)), True)

    def backprop(d_output: Any) -> list[Doc]:
        d_total = backprop_finish(numpy.concatenate(d_output))
        for (vectors, tokens), backprop_layer in zip(forms, backprops, strict=True):
            d_vectors = model.ops.alloc2f(*vectors.shape)
            model.ops.scatter_add(d_vectors, model.ops.asarray_i(tokens), d_total)
            backprop_layer(d_vectors)
        return []

    return _by_doc(output, docs), backprop


def _by_doc(rows: Any, docs: list[Doc]) -> list[Floats2d]:
    ends = list(accumulate(len(doc) for doc in docs))
    return [rows[end - len(doc) : end] for doc, end in zip(docs, ends, strict=True)]


def _finished(model: Model[Any, Any], forms: Sequence[Forms]) -> Any:
    n_tokens = len(forms[0].tokens)
    output: Any = model.ops.alloc2f(n_tokens, model.attrs["width"])
    for start in range(0, n_tokens, TOKENS_AT_ONCE):
        here = slice(start, start + TOKENS_AT_ONCE)
        output[here] = model.layers[-1].predict(_total(forms, here))
    return output


def _total(forms: Sequence[Forms], here: slice) -> Any:
    total: Any = forms[0].vectors[forms[0].tokens[here]]
    for vectors, tokens in forms[1:]:
        total += vectors[tokens[here]]
    return total


def _init_sum(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:
    *layers, finish = model.layers
    for layer in layers:
        layer.initialize(X=X)
    finish.initialize()


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
