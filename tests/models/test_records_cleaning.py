"""Every rule of the cleaning, one by one."""

import pytest
from en_trial_registry.rendering import many, one

RULES = {
    "empty": ("", ""),
    "white space alone": (" \n\t\u00a0 \r\n", ""),
    "line ends": ("a\r\nb\rc", "a b c"),
    "no-break space and tab": ("a\u00a0b\tc", "a b c"),
    "runs of spaces": ("a   b", "a b"),
    "lines are stripped and joined": ("  a  \n  b  ", "a b"),
    "empty lines part": ("a\n\n\n\nb", "a\nb"),
    "a blank line is empty": ("a\n \t\nb", "a\nb"),
    "escapes": (r"a \< b \[c\]", "a < b [c]"),
    "no escapes": (r"\d \. \( \\ \n", r"\d \. \( \\ \n"),
    "all escapes": (r"\<\>\[\]\*\_\~\#\+\&\=\^\|\-", "<>[]*_~#+&=^|-"),
    "one backslash goes": (r"\\<", r"\<"),
    "escaped bullet": ("a\n\\- b", "a\n- b"),
    "bullets": ("a\n- b\n* c\n• d", "a\n- b\n* c\n• d"),
    "no white space, no bullet": ("a\n-b\n*c\n1.d", "a -b *c 1.d"),
    "numbers": ("a\n1. b\n12) c\n99. d", "a\n1. b\n12) c\n99. d"),
    "other numbers": ("a\n100. b\n1.5 c\n(1) d", "a 100. b 1.5 c (1) d"),
    "letters": ("x\na. b\nB) c", "x\na. b\nB) c"),
    "other letters": ("x\nab. c\nI am", "x ab. c I am"),
    "roman numbers": ("x\nii. a\nxiv) b", "x\nii. a\nxiv) b"),
    "roman capitals": ("x\nIV. a", "x IV. a"),
    "bullet without text": ("x\n-\ny", "x - y"),
    "wrapped item": ("- a\n  b\n  c", "- a b c"),
    "after criteria": ("Inclusion Criteria:\na\nb", "Inclusion Criteria:\na b"),
    "after criterion": ("Exclusion CRITERION\na", "Exclusion CRITERION\na"),
    "criteria inside": ("criteria: a\nb", "criteria: a b"),
    "space before the colon": ("Criteria :\na", "Criteria : a"),
    "other white space": ("a\u2003b\u000bc", "a\u2003b\u000bc"),
}


@pytest.mark.parametrize(("raw", "clean"), RULES.values(), ids=RULES.keys())
def test_many(raw, clean):
    assert many(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\n\nb\n- c", "a b - c"),
        ("a\u2003b\u000bc", "a b c"),
        (" \n ", ""),
        ("5\u00a0mg\r\nonce", "5 mg once"),
    ],
)
def test_one(raw, clean):
    assert one(raw) == clean
