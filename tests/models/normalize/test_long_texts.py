import pytest
from en_trial_registry.normalize import READERS
from time_checks import check_speed

AMOUNTS = (
    *("two", "hundred", "½", "2.5", "1,500", "000", "10^6", "x106", "mg", "/", "kg"),
    *(
        "of",
        "of each",
        "total",
        "up to",
        "less than",
        "ULN",
        "normal",
        "upper limit of",
    ),
    *("oral", "iv", "vein", "area under the curve", "%", "cells", "±", "<", "or more"),
)


@pytest.mark.parametrize("kind", ["DOSE", "LAB_THRESHOLD", "ROUTE"])
def test_no_repetition_takes_long(kind: str) -> None:
    check_speed(READERS[kind], AMOUNTS)


@pytest.mark.parametrize("kind", sorted(READERS))
def test_a_text_that_is_too_long_says_so(kind: str) -> None:
    value, reason = READERS[kind]("5 mg daily for 2 weeks " * 50)
    assert value is None
    assert reason == "longer than 400 characters"


@pytest.mark.parametrize("kind", sorted(READERS))
def test_wide_white_space_makes_no_text_too_long(kind: str) -> None:
    assert READERS[kind]("2" + " " * 500 + "weeks") == READERS[kind]("2 weeks")
