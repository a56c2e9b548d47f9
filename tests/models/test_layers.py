"""Gradients are compared with finite differences of a weighted sum of the output."""

from collections.abc import Callable
from typing import Any

import numpy
import pytest
from en_trial_registry import layers
from en_trial_registry.layers import FormLayer, per_form, pool_pieces, sum_forms
from en_trial_registry.vectors import build_cached_vectors
from numpy.testing import assert_allclose
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vectors import Vectors
from spacy.vocab import Vocab
from thinc.api import Model
from thinc.types import Floats2d

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


def two_layers(docs: list[Doc]) -> Model[list[Doc], list[Floats2d]]:
    both = [build_cached_vectors(6), build_cached_vectors(6)]
    total = sum_forms(both, pool_pieces(2), 3)
    total.initialize(X=docs)
    return total


def expected_sum(total: Model[list[Doc], list[Floats2d]], docs: list[Doc]) -> Any:
    *both, finish = total.layers
    forms = [layer.predict(docs) for layer in both]
    return finish.predict(sum(vectors[tokens] for vectors, tokens in forms))


@pytest.mark.parametrize("is_train", [False, True])
@pytest.mark.parametrize("tokens_at_once", [1, 3, 2048])
def test_sum_adds_up_token_by_token(
    docs: list[Doc],
    is_train: bool,
    tokens_at_once: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(layers, "TOKENS_AT_ONCE", tokens_at_once)
    total = two_layers(docs)
    output, _ = total(docs, is_train)
    assert [len(rows) for rows in output] == [3, 1]
    assert_allclose(numpy.concatenate(output), expected_sum(total, docs), rtol=1e-4)


def test_sum_backprop_is_the_gradient_of_each_layer(docs: list[Doc]) -> None:
    total = two_layers(docs)
    weights = numpy.random.default_rng(1).normal(size=(4, 3)).astype("f")
    _, backprop = total(docs, is_train=True)
    backprop([weights[:3], weights[3:]])
    for layer in total.layers[:2]:

        def loss(W: Any, layer: FormLayer = layer) -> float:
            kept = layer.get_param("W")
            layer.set_param("W", W)
            result = float((numpy.concatenate(total.predict(docs)) * weights).sum())
            layer.set_param("W", kept)
            return result

        expected = numeric_gradient(loss, layer.get_param("W").copy())
        assert_allclose(layer.get_grad("W"), expected, atol=1e-3)


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("is_train", [False, True])
def test_sum_of_no_tokens(docs: list[Doc], count: int, is_train: bool) -> None:
    empty = [Doc(docs[0].vocab) for _ in range(count)]
    output, backprop = two_layers(docs)(empty, is_train)
    assert [rows.shape for rows in output] == [(0, 3)] * count
    assert backprop(output) == []


def test_alike_tokens_are_embedded_once(docs: list[Doc]) -> None:
    def features(model: Any, docs: list[Doc], is_train: bool) -> Any:
        return [numpy.array([[len(word), 7] for word in doc]) for doc in docs], None

    seen: list[Any] = []

    def embed(model: Any, X: Any, is_train: bool) -> Any:
        seen.append(X)
        return X * 10.0, lambda d_X: seen.append(d_X)

    layer = per_form(Model("lengths", features), Model("tens", embed))
    forms, backprop = layer(docs, is_train=True)
    assert seen[0].tolist() == [[3, 7], [4, 7], [5, 7]]
    assert forms.vectors[forms.tokens][:, 0].tolist() == [30, 40, 30, 50]
    assert backprop(forms.vectors) == []
    assert seen[1] is forms.vectors
