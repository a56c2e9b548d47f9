import copy
import pickle
from typing import Any

import numpy
import pytest
from en_trial_registry.layers import FormLayer
from en_trial_registry.vectors import build_cached_vectors
from numpy.testing import assert_allclose
from spacy.ml.staticvectors import StaticVectors
from spacy.tokens import Doc
from spacy.vectors import Vectors
from spacy.vocab import Vocab
from thinc.types import Ragged

WORDS = ["tea", "milk", "tea", "chalk", "milk", "tea"]


def make_vocab(mode: str, seed: int = 0) -> Vocab:
    vocab = Vocab()
    data = numpy.random.default_rng(seed).normal(size=(30, 7)).astype("f")
    if mode == "floret":
        vocab.vectors = Vectors(
            strings=vocab.strings, data=data, mode="floret", minn=2, maxn=3
        )
    else:
        vocab.vectors = Vectors(
            strings=vocab.strings, data=data[:3], keys=["tea", "milk", "chalk"]
        )
    return vocab


def make_docs(vocab: Vocab) -> list[Doc]:
    return [Doc(vocab, words=WORDS[:4]), Doc(vocab), Doc(vocab, words=WORDS[4:])]


def make_layer(docs: list[Doc]) -> FormLayer:
    layer = build_cached_vectors(5)
    layer.initialize(X=docs)
    return layer


def mapped(layer: FormLayer, docs: list[Doc]) -> Any:
    """One row per token."""
    vectors, tokens = layer.predict(docs)
    return vectors[tokens]


def direct(layer: FormLayer, docs: list[Doc]) -> Any:
    texts = [token.text for doc in docs for token in doc]
    return docs[0].vocab.vectors.get_batch(texts) @ layer.get_param("W").T


@pytest.fixture(params=["floret", "default"])
def docs(request: pytest.FixtureRequest) -> list[Doc]:
    return make_docs(make_vocab(request.param))


def test_the_layer_maps_the_vectors_of_the_vocabulary(docs: list[Doc]) -> None:
    layer = make_layer(docs)
    for _ in ("built", "from the cache"):
        found = mapped(layer, docs)
        assert_allclose(found, direct(layer, docs), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("mode", ["floret", "default"])
def test_values_and_gradient_are_those_of_static_vectors(mode: str) -> None:
    vocab = make_vocab(mode)
    docs = [*make_docs(vocab), Doc(vocab, words=["unheard", "tea"])]
    ours, static = make_layer(docs), StaticVectors(nO=5)
    static.initialize(X=docs)
    static.set_param("W", ours.get_param("W"))
    gradient = numpy.random.default_rng(1).normal(size=(8, 5)).astype("f")
    if mode == "default":
        gradient[6] = 0.0  # StaticVectors learns from the vector of another word there.
    (vectors, tokens), backprop = ours(docs, is_train=True)
    of_forms = numpy.zeros_like(vectors)
    numpy.add.at(of_forms, tokens, gradient)
    assert backprop(of_forms) == []
    output, backprop = static(docs, is_train=True)
    backprop(Ragged(gradient.copy(), output.lengths))
    assert_allclose(vectors[tokens], output.data, rtol=1e-5, atol=1e-6)
    assert_allclose(ours.get_grad("W"), static.get_grad("W"), rtol=1e-4, atol=1e-5)


def test_an_unknown_word_has_no_vector() -> None:
    vocab = make_vocab("default")
    layer = make_layer(make_docs(vocab))
    unheard, tea = mapped(layer, [Doc(vocab, words=["unheard", "tea"])])
    assert not unheard.any()
    assert tea.any()


def test_an_unknown_word_teaches_nothing() -> None:
    vocab = make_vocab("default")
    layer = make_layer(make_docs(vocab))
    _, backprop = layer([Doc(vocab, words=["unheard"])], True)
    backprop(numpy.ones((1, 5), dtype="f"))
    assert not layer.get_grad("W").any()


def test_the_cache_keeps_its_limit(docs: list[Doc]) -> None:
    layer = make_layer(docs)
    expected = direct(layer, docs)
    cache = layer._func.cache
    cache.limit = 2
    at = 0
    for doc in docs:
        for word in range(len(doc)):
            found = mapped(layer, [doc[word : word + 1].as_doc()])
            assert_allclose(found, expected[at : at + 1], rtol=1e-5, atol=1e-6)
            assert 1 <= len(cache.rows) <= 2
            at += 1


def test_more_words_than_the_limit(docs: list[Doc]) -> None:
    layer = make_layer(docs)
    layer._func.cache.limit = 1
    assert_allclose(mapped(layer, docs), direct(layer, docs), rtol=1e-5, atol=1e-6)


def test_a_word_is_built_once() -> None:
    built: list[str] = []

    class Counting(Vectors):
        def get_batch(self, keys: list[str]) -> Any:
            built.extend(keys)
            return super().get_batch(keys)

    vocab = Vocab()
    data = numpy.ones((30, 7), dtype="f")
    vocab.vectors = Counting(strings=vocab.strings, data=data, mode="floret")
    docs = make_docs(vocab)
    layer = make_layer(docs)
    for batch in (docs[:1], docs, docs[2:]):
        layer.predict(batch)
    assert sorted(built) == ["chalk", "milk", "tea"]


def test_other_vectors_take_the_place_of_those_kept() -> None:
    vocab = make_vocab("floret")
    docs = make_docs(vocab)
    layer = make_layer(docs)
    before = mapped(layer, docs)
    vocab.vectors = make_vocab("floret", seed=1).vectors
    after = mapped(layer, docs)
    assert not numpy.allclose(before, after)
    assert_allclose(after, direct(layer, docs), rtol=1e-5, atol=1e-6)


def test_loaded_vectors_take_the_place_of_those_kept() -> None:
    vocab = make_vocab("floret")
    docs = make_docs(vocab)
    layer = make_layer(docs)
    layer.predict(docs)
    vocab.vectors.from_bytes(make_vocab("floret", seed=1).vectors.to_bytes())
    assert_allclose(mapped(layer, docs), direct(layer, docs), rtol=1e-5, atol=1e-6)


def test_the_cache_is_not_saved(docs: list[Doc]) -> None:
    layer = make_layer(docs)
    before = layer.to_bytes()
    layer.predict(docs)
    assert layer._func.cache.rows
    assert layer.to_bytes() == before
    for made in (pickle.loads(pickle.dumps(layer)), copy.deepcopy(layer)):
        assert not made._func.cache.rows
        assert_allclose(mapped(made, docs), mapped(layer, docs))


def test_bytes_restore_the_mapping(docs: list[Doc]) -> None:
    layer = make_layer(docs)
    loaded = build_cached_vectors(5).from_bytes(layer.to_bytes())
    assert_allclose(mapped(loaded, docs), mapped(layer, docs))


def test_missing_vectors_are_an_error() -> None:
    docs = [Doc(Vocab(), words=["tea"])]
    with pytest.raises(ValueError, match=r"no word vectors.*\[initialize\] vectors"):
        build_cached_vectors(5).initialize(X=docs)
