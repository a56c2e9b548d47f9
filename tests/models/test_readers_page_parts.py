"""How a page is divided, whatever its layout."""

from en_trial_registry.readers.pages.page import (
    block,
    paragraphs,
    sections,
    split_conditions,
)


def test_sections_follow_the_longest_series_of_headings():
    lines = ["t", "C", "x", "A", "1", "B", "A", "2", "C", "3", "B"]
    assert sections(lines, ("A", "B", "C")) == {
        "": ["t", "C", "x"],
        "A": ["1"],
        "B": ["A", "2"],
        "C": ["3", "B"],
    }
    assert sections(["a"], ("A",)) == {"": ["a"]}


def test_many_false_headings_take_no_long_time():
    lines = ["A", "B"] * 100_000
    assert list(sections(lines, ("A", "B"))) == ["", "A", "B"]


def test_paragraphs_and_blocks():
    lines = ["", "a", "b", "", "", "c", ""]
    assert paragraphs(lines) == [["a", "b"], ["c"]]
    assert paragraphs(["", ""]) == []
    assert block(lines) == "a\n\nb\n\nc"


def test_conditions_in_one_line():
    assert split_conditions("Flu, Cough") == ("Flu", "Cough")
    assert split_conditions("Diabetes, Type 2, Flu") == ("Diabetes, Type 2", "Flu")
    assert split_conditions("") == ()
