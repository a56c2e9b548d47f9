import pytest
from en_trial_registry.normalize import comparators
from en_trial_registry.normalize.comparators import sign_words
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("at least 5 mg", "≥ 5 mg"),
        ("No more than 5 mg", "≤ 5 mg"),
        ("greater than or equal to 5", "≥ 5"),
        ("greater than 5", "> 5"),
        ("5 mg or more", "5 mg ⊒"),
        ("5 mg or less", "5 mg ⊑"),
        ("approximately 5 mg", "≈ 5 mg"),
        ("=< 5", "≤ 5"),
        ("equal to or > 5", "≥ 5"),
        ("lower or equal than 5", "≤ 5"),
        ("greater than or = to 5", "≥ 5"),
        ("no more 5", "≤ 5"),
        ("less then 5", "< 5"),
        ("greater than to 5", "> to 5"),
        ("5 mmol/L", "5 mmol/L"),
    ],
)
def test_words_of_comparison_become_signs(text: str, signs: str) -> None:
    assert sign_words(text) == signs


@given(st.from_regex(comparators._COMPARATOR))
def test_no_phrase_is_passed_over(text: str) -> None:
    """The quick look for parts of phrases must find all that the phrases match."""
    written = comparators._COMPARATOR.sub(comparators._sign, text)
    assert sign_words(text).split() == written.split()
