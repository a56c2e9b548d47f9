"""The encoder: spaCy's in all but the library that multiplies."""

import pickle

import numpy
import pytest
from en_trial_registry.encode import build_window_encoder, group_docs
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from thinc.api import fix_random_seed
from thinc.types import Floats2d

WIDTH = 16


@pytest.fixture
def tokens() -> list[Floats2d]:
    """Two documents of five tokens and one."""
    rng = numpy.random.default_rng(0)
    return [rng.normal(size=(n, WIDTH)).astype("f") for n in (5, 1)]


def test_loads_weights_of_the_stock_encoder(tokens: list[Floats2d]) -> None:
    fix_random_seed(0)
    stock = MaxoutWindowEncoder(WIDTH, 1, 3, 2)
    stock.initialize(X=tokens)
    own = build_window_encoder(WIDTH, 1, 3, 2)
    own.from_bytes(stock.to_bytes())
    for ours, theirs in zip(own.predict(tokens), stock.predict(tokens), strict=True):
        numpy.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-5)


def test_gradients_are_those_of_the_stock_encoder(tokens: list[Floats2d]) -> None:
    results = []
    for build in (MaxoutWindowEncoder, build_window_encoder):
        fix_random_seed(0)
        encoder = build(WIDTH, 1, 3, 2)
        encoder.initialize(X=tokens)
        found, backprop = encoder.begin_update(tokens)
        results.append(backprop([numpy.ones_like(rows) for rows in found]))
    for ours, theirs in zip(*results, strict=True):
        numpy.testing.assert_allclose(ours, theirs, rtol=1e-3, atol=1e-4)


def test_copies_keep_the_product(tokens: list[Floats2d]) -> None:
    encoder = build_window_encoder(WIDTH, 1, 3, 2)
    encoder.initialize(X=tokens)
    expected = encoder.predict(tokens)
    for again in (encoder.copy(), pickle.loads(pickle.dumps(encoder))):
        for ours, theirs in zip(again.predict(tokens), expected, strict=True):
            assert numpy.array_equal(ours, theirs)


def test_groups_keep_the_order_and_stay_small() -> None:
    docs = [numpy.zeros((n, 2), "f") for n in (3, 0, 2, 9, 1, 1)]
    groups = [[len(doc) for doc in group] for group in group_docs(docs, 5)]
    assert groups == [[3, 0, 2], [9], [1, 1]]
    assert list(group_docs([])) == []


def test_groups_do_not_see_each_other(tokens: list[Floats2d]) -> None:
    encoder = build_window_encoder(WIDTH, 1, 3, 2)
    encoder.initialize(X=tokens)
    many = encoder.predict([*tokens] * 2000)
    assert len(many) == 4000
    alone = encoder.predict(tokens)
    numpy.testing.assert_allclose(many[-2], alone[0], rtol=1e-4, atol=1e-5)
    assert encoder.predict([]) == []
