import math

import pytest
from en_trial_registry.normalize.numbers import fold_text, read_number, words_number
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", 7),
        ("1,500", 1500),
        ("1,000,000.5", 1000000.5),
        ("40 000", 40000),
        ("0,5", 0.5),
        ("2,25", 2.25),
        ("0,125", 0.125),
        (".5", 0.5),
        ("1·5", 1.5),
        ("1.5 x 10^9", 1500000000),
        ("1.5×10⁹", 1500000000),
        ("1x10E6", 1000000),
        ("5 x 10e9", 5000000000),
        ("1*10^8", 100000000),
        ("3 x 10(6)", 3000000),
        ("10⁹", 1000000000),
        ("10e8", 100000000),
        ("5x109", 5000000000),
        ("1.0×106", 1000000),
        ("1.5E6", 1500000),
        ("1.1 x 10^9", 1100000000),
        ("1.5 million", 1500000),
        ("30 thousand", 30000),
        ("75K", 75000),
        ("½", 0.5),
        ("1½", 1.5),
        ("2 ¼", 2.25),
        ("two", 2),
        ("Twenty-five", 25),
        ("one hundred", 100),
        ("two hundred and fifty", 250),
        ("three million", 3000000),
        ("half", 0.5),
    ],
)
def test_numbers_of_registries(text: str, expected: float) -> None:
    number = read_number(text)
    assert number == expected
    assert type(number) is type(expected)


@pytest.mark.parametrize(
    "text",
    ["", "x", "mg", "1-2", "2 x 100", "25,50,100", "two ten", "and", "³2", "1½½"],
)
def test_what_is_no_number(text: str) -> None:
    assert read_number(text) is None


def test_numbers_too_large_to_be_finite_are_none() -> None:
    assert read_number("9" * 400) is None
    assert read_number("1⁄0") is None


@given(st.text(max_size=30))
def test_never_raises(text: str) -> None:
    number = read_number(text)
    assert number is None or math.isfinite(number)


@given(st.integers(min_value=1000, max_value=10**12))
def test_grouped_digits(number: int) -> None:
    assert read_number(f"{number:,}") == number
    assert read_number(f"{number:,}".replace(",", " ")) == number


@given(st.integers(1, 999), st.integers(1, 15))
def test_powers_of_ten(factor: int, exponent: int) -> None:
    upper = str(exponent).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    assert read_number(f"{factor}×10{upper}") == factor * 10**exponent
    assert read_number(f"{factor} x 10^{exponent}") == factor * 10**exponent


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = fold_text(text.replace("&", ""))
    assert fold_text(folded) == folded


def test_signs_are_folded() -> None:
    assert fold_text(" 5 – 10\u00a0µg ×\t2 ") == "5 - 10 ug x 2"
    assert fold_text("75 mg/m²") == "75 mg/m^2"
    assert fold_text("&amp;gt; 2") == "> 2"
    assert fold_text(r"\>= 3") == ">= 3"


def test_number_words_in_a_wrong_order() -> None:
    assert words_number(["five", "twenty"]) is None
    assert words_number(["and", "five"]) is None
    assert words_number([]) is None
