"""Intervals by resampling documents."""

import numpy as np
import pytest

from evaluate.bootstrap import (
    Interval,
    f1_scores,
    percentile_interval,
    resample,
    score_intervals,
)


def test_resamples_are_sums_of_whole_documents() -> None:
    counts = np.array([[1, 10], [100, 1000]])
    draws = resample(counts, resamples=200)
    assert draws.shape == (200, 2)
    assert {tuple(draw) for draw in draws.tolist()} == {
        (2, 20),
        (101, 1010),
        (200, 2000),
    }


def test_resamples_agree_with_a_plain_loop() -> None:
    counts = np.arange(24).reshape(4, 2, 3)
    weights = np.random.default_rng(7).multinomial(4, [0.25] * 4, size=5)
    expected = [sum(w * c for w, c in zip(row, counts, strict=True)) for row in weights]
    assert np.array_equal(resample(counts, seed=7, resamples=5), np.array(expected))


def test_seed_decides_the_draws() -> None:
    counts = np.arange(30).reshape(10, 3)
    assert np.array_equal(resample(counts, seed=1), resample(counts, seed=1))
    assert not np.array_equal(resample(counts, seed=1), resample(counts, seed=2))


def test_no_document_is_an_error() -> None:
    with pytest.raises(ValueError, match="no document to resample"):
        resample(np.zeros((0, 3), dtype=np.int64))


def test_equal_documents_have_an_interval_without_width() -> None:
    intervals = score_intervals(resample(np.array([[3, 1, 1]] * 8)))
    assert intervals.precision == pytest.approx((0.75, 0.75))
    assert intervals.f1 == pytest.approx((0.75, 0.75))


def test_interval_of_a_proportion_is_near_the_normal_one() -> None:
    counts = np.array([[1, 0, 0]] * 70 + [[0, 0, 1]] * 30)
    recall = score_intervals(resample(counts, resamples=4000)).recall
    half = 1.96 * (0.7 * 0.3 / 100) ** 0.5
    assert recall == pytest.approx((0.7 - half, 0.7 + half), abs=0.015)


def test_label_without_support_has_no_interval() -> None:
    intervals = score_intervals(resample(np.zeros((5, 3), dtype=np.int64)))
    assert intervals == (None, None, None)


def test_label_never_predicted_has_recall_but_no_precision() -> None:
    intervals = score_intervals(resample(np.array([[0, 0, 2]] * 5)))
    assert intervals == (None, Interval(0, 0), Interval(0, 0))


def test_undefined_draws_are_left_aside() -> None:
    values = np.array([np.nan, 0.5, np.nan, 0.5])
    assert percentile_interval(values) == (0.5, 0.5)


def test_percentiles_by_hand() -> None:
    interval = percentile_interval(np.arange(101) / 100, confidence=0.9)
    assert interval == pytest.approx((0.05, 0.95))


def test_f1_by_hand() -> None:
    scores = f1_scores(np.array([[1, 3, 4], [0, 0, 0]]))
    assert scores[0] == pytest.approx(2 / 9)
    assert np.isnan(scores[1])
