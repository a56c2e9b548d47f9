"""Expected calibration error, counted by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluate.calibration import (
    bin_sums,
    calibrate,
    calibration_json,
    equal_mass_edges,
    expected_error,
    judge,
)

# Bins by halves: {0.2, 0.4} one of two right, {0.6, 0.8, 1.0} all right.
BY_HAND = [(0.2, False), (0.4, True), (0.6, True), (0.8, True), (1.0, True)]


def test_error_by_hand() -> None:
    """|0.6 - 1| + |2.4 - 3| = 0.4 + 0.6 over five predictions."""
    sums = bin_sums(BY_HAND, np.array([0.5]))
    assert sums.tolist() == [[2, pytest.approx(0.6), 1], [3, pytest.approx(2.4), 3]]
    assert float(expected_error(sums)) == pytest.approx(0.2)


def test_ten_predictions_fill_ten_bins() -> None:
    """Each bin holds one: the error is the mean of the single gaps."""
    judged = [(tenth / 10, True) for tenth in range(1, 11)]
    result = calibrate([judged])
    assert result is not None
    assert [bin.n for bin in result.bins] == [1] * 10
    assert result.ece == pytest.approx(0.45)
    assert [bin.confidence for bin in result.bins] == pytest.approx(
        [tenth / 10 for tenth in range(1, 11)]
    )


def test_equal_confidences_share_a_bin() -> None:
    judged = [(0.9, right) for right in [True] * 9 + [False]]
    result = calibrate([judged])
    assert result is not None
    (only,) = result.bins
    assert (only.n, only.right) == (10, 0.9)
    assert result.ece == pytest.approx(0)
    assert result.ece_equal_width == pytest.approx(0)


def test_overconfidence_is_an_error_of_its_size() -> None:
    documents = [[(0.9, True), (0.9, False)]] * 10
    result = calibrate(documents)
    assert result is not None
    assert result.ece == pytest.approx(0.4)
    assert result.interval == pytest.approx((0.4, 0.4)), "all documents are alike"


def test_the_interval_holds_the_error_of_unlike_documents() -> None:
    documents = [[(0.8, True)] * 4, [(0.8, False)] * 2, [(0.8, True)] * 3]
    result = calibrate(documents)
    assert result is not None and result.interval is not None
    assert result.ece == pytest.approx(0.8 - 7 / 9)
    assert 0 <= result.interval.low < result.interval.high <= 0.8 + 1e-9


def test_edges_halve_the_scores() -> None:
    assert equal_mass_edges(np.array([0.1, 0.4, 0.2, 0.3]), bins=2).tolist() == [0.3]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_the_error_is_a_share_and_bins_hold_everything(
    judged: list[tuple[float, bool]],
) -> None:
    result = calibrate([judged], resamples=3)
    assert result is not None
    assert 0 <= result.ece <= 1
    assert sum(bin.n for bin in result.bins) == result.n == len(judged)
    overall = abs(sum(s for s, _ in judged) - sum(r for _, r in judged)) / len(judged)
    assert result.ece >= overall - 1e-9, "bins never hide an error of the whole"


def test_what_has_no_confidence_is_left_aside() -> None:
    scored = {(0, 2, "DOSE"): 0.7, (3, 4, "DOSE"): None, (5, 6, "ROUTE"): 0.2}
    assert judge(scored, {(0, 2, "DOSE"), (3, 4, "DOSE")}) == [
        (0.7, True),
        (0.2, False),
    ]
    assert calibrate([[], []]) is None
    assert calibration_json(None) is None
