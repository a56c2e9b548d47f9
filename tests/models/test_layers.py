"""Gradients are compared with finite differences of a weighted sum of the output."""

from collections.abc import Callable
from typing import Any

import numpy
import pytest
from en_trial_registry.layers import pool_pieces, sum_ragged
from en_trial_registry.vectors import build_cached_vectors
from numpy.testing import assert_allclose
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vectors import Vectors
from spacy.vocab import Vocab
from thinc.api import Model
from thinc.types import Ragged

STEP = 1e-2


@pytest.fixture
def docs(registry_nlp: Language) -> list[Doc]:
    vocab = Vocab()
    words = ["tea", "milk", "chalk"]
    data = numpy.random.default_rng(0).normal(size=(3, 4)).astype("f")
    vocab.vectors = Vectors(strings=vocab.strings, data=data, keys=words)
    return [Doc(vocab, words=["tea", "milk", "tea"]), Doc(vocab, words=["chalk"])]


def numeric_gradient(function: Callable[[Any], float], X: Any) -> Any:
    gradient = numpy.zeros_like(X)
    for place in numpy.ndindex(*X.shape):
        above, below = X.copy(), X.copy()
        above[place] += STEP
        below[place] -= STEP
        gradient[place] = (function(above) - function(below)) / (2 * STEP)
    return gradient


def test_pool_takes_the_largest_of_each_group() -> None:
    X = numpy.array([[1, 5, 2, -3, -1, -2], [0, 0, 7, 4, 6, 5]], dtype="f")
    pooled = pool_pieces(3).predict(X)
    assert pooled.tolist() == [[5, -1], [7, 6]]


def test_pool_sends_the_gradient_to_the_largest() -> None:
    X = numpy.array([[1, 5, 2, -3, -1, -2]], dtype="f")
    _, backprop = pool_pieces(3)(X, is_train=True)
    d_X = backprop(numpy.array([[10, 20]], dtype="f"))
    assert d_X.tolist() == [[0, 10, 0, 0, 20, 0]]


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_pool_backprop_is_the_gradient(pieces: int) -> None:
    random = numpy.random.default_rng(pieces)
    X = random.normal(size=(5, 6)).astype("f")
    weights = random.normal(size=(5, 6 // pieces)).astype("f")
    layer = pool_pieces(pieces)
    _, backprop = layer(X, is_train=True)
    expected = numeric_gradient(lambda X: float((layer.predict(X) * weights).sum()), X)
    assert_allclose(backprop(weights), expected, atol=1e-3)


def two_layers(docs: list[Doc]) -> Model[list[Doc], Ragged]:
    total = sum_ragged([build_cached_vectors(5), build_cached_vectors(5)])
    total.initialize(X=docs)
    return total


def test_sum_adds_up_token_by_token(docs: list[Doc]) -> None:
    total = two_layers(docs)
    one, other = (layer.predict(docs) for layer in total.layers)
    output = total.predict(docs)
    assert_allclose(output.data, one.data + other.data, rtol=1e-4)
    assert output.lengths.tolist() == [3, 1]
    assert not numpy.allclose(one.data, other.data)


def test_sum_backprop_is_the_gradient_of_each_layer(docs: list[Doc]) -> None:
    total = two_layers(docs)
    weights = numpy.random.default_rng(1).normal(size=(4, 5)).astype("f")
    output, backprop = total(docs, is_train=True)
    backprop(Ragged(weights, output.lengths))
    for layer in total.layers:

        def loss(W: Any, layer: Model[list[Doc], Ragged] = layer) -> float:
            kept = layer.get_param("W")
            layer.set_param("W", W)
            result = float((total.predict(docs).data * weights).sum())
            layer.set_param("W", kept)
            return result

        expected = numeric_gradient(loss, layer.get_param("W").copy())
        assert_allclose(layer.get_grad("W"), expected, atol=1e-3)


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("is_train", [False, True])
def test_sum_of_no_tokens(docs: list[Doc], count: int, is_train: bool) -> None:
    empty = [Doc(docs[0].vocab) for _ in range(count)]
    output, backprop = two_layers(docs)(empty, is_train)
    assert output.dataXd.shape == (0, 5)
    assert output.lengths.tolist() == [0] * count
    assert backprop(output) == []
