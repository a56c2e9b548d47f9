"""The encoder: spaCy's in all but the library that multiplies."""

import pickle

import numpy
import pytest
from en_trial_registry.encode import TOKENS_AT_ONCE, build_window_encoder
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


@pytest.mark.parametrize("window_size", [1, 2])
@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_rows_of_many_blocks_are_those_of_the_stock_encoder(
    window_size: int, pieces: int
) -> None:
    rng = numpy.random.default_rng(1)
    lengths = (TOKENS_AT_ONCE - 3, 0, 7, 2 * TOKENS_AT_ONCE + 1, 1)
    docs = [rng.normal(size=(n, WIDTH)).astype("f") for n in lengths]
    stock = MaxoutWindowEncoder(WIDTH, window_size, pieces, 3)
    stock.initialize(X=docs)
    own = build_window_encoder(WIDTH, window_size, pieces, 3)
    own.from_bytes(stock.to_bytes())
    given = [rows.copy() for rows in docs]
    for ours, theirs in zip(own.predict(docs), stock.predict(docs), strict=True):
        numpy.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-5)
    assert all(map(numpy.array_equal, docs, given))


def test_it_predicts_with_the_weights_that_it_has_now(tokens: list[Floats2d]) -> None:
    encoder = build_window_encoder(WIDTH, 1, 3, 2)
    encoder.initialize(X=tokens)
    before = encoder.predict(tokens)
    for node in encoder.walk():
        if node.name == "maxout":
            node.get_param("W")[:, 0] *= -1.0
    learning, _ = encoder.begin_update(tokens)
    after = encoder.predict(tokens)
    numpy.testing.assert_allclose(after[0], learning[0], rtol=1e-4, atol=1e-5)
    assert not numpy.allclose(after[0], before[0], atol=1e-3)


def test_documents_do_not_see_each_other(tokens: list[Floats2d]) -> None:
    encoder = build_window_encoder(WIDTH, 1, 3, 2)
    encoder.initialize(X=tokens)
    many = encoder.predict([*tokens] * 2000)
    assert len(many) == 4000
    alone = encoder.predict(tokens)
    numpy.testing.assert_allclose(many[-2], alone[0], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_no_tokens(count: int) -> None:
    encoder = build_window_encoder(WIDTH, 1, 3, 2)
    encoder.initialize(X=[numpy.zeros((1, WIDTH), "f")])
    found = encoder.predict([numpy.zeros((0, WIDTH), "f")] * count)
    assert [rows.shape for rows in found] == [(0, WIDTH)] * count
