"""Short forms with their definitions, and names of one thing."""

import warnings

import pytest
import spacy
from en_trial_registry.abbreviations import find_abbreviations, is_short_form
from en_trial_registry.structure import read_segments
from en_trial_registry.synonyms import find_synonyms
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin

from corpus.layout import Layout
from corpus.load import load_authored, of_split


def pairs(text):
    return {short: long for short, long, *_ in find_abbreviations(text)}


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("with red green blue (RGB) at night", "RGB", "red green blue"),
        ("limit of normal use [LNU]", "LNU", "limit of normal use"),
        ("RGB (red green blue) at night", "RGB", "red green blue"),
        ("RGB [red green blue]", "RGB", "red green blue"),
        ("cord blood-derived cells (CB-DC)", "CB-DC", "cord blood-derived cells"),
        ("global dust score (GDS; 0 to 4)", "GDS", "global dust score"),
        ("zorbitol acid (ZA, Zorbix)", "ZA", "zorbitol acid"),
        ("Dust Virus 2 (DV-2)", "DV-2", "Dust Virus 2"),
        ("interferon dust (IFN)", "IFN", "interferon dust"),
    ],
)  # fmt: skip
def test_definitions(text, short, long):
    assert pairs(text) == {short: long}
    (found,) = find_abbreviations(text)
    assert text[found.short_start : found.short_end] == short
    assert text[found.long_start : found.long_end] == long


@pytest.mark.parametrize(
    "text",
    [
        "given twice (daily)",
        "ALT < 3 x ULN (< 5 x ULN if metastases)",
        "one of two [Time Frame: 4 weeks]",
        "the days after (Days)",
        "weight (kg)",
        "a dose (25 mg)",
        "never defined (QXZ)",
        "(ABC)",
        "first line\n(FL)",
        "()[]",
    ],
)
def test_no_definitions(text):
    assert pairs(text) == {}


@pytest.mark.parametrize("word", ["UC-MSC", "5-FU", "mRNA", "IL-2", "G1", "mTOR"])
def test_short_forms(word):
    assert is_short_form(word)


@pytest.mark.parametrize("word", ["days", "Days", "25", "a", "2005-2010", "I.", "V"])
def test_other_words(word):
    assert not is_short_form(word)


@given(st.text(alphabet="abAB12 ()[];-\n") | st.text())
def test_any_text(text):
    for found in find_abbreviations(text):
        assert text[found.short_start : found.short_end] == found.short
        assert text[found.long_start : found.long_end] == found.long.strip()
        assert "\n" not in found.long


def test_time_grows_with_the_text():
    assert pairs("(" * 20_000 + "[" * 20_000) == {}
    assert len(pairs("red green blue (RGB) " * 2_000)) == 1


@pytest.fixture(scope="module")
def scispacy_finds():
    """What scispaCy finds in the authored records of train, an independent reading."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import scispacy.abbreviation  # noqa: F401  registers the factory

        nlp = spacy.blank("en")
        nlp.add_pipe("abbreviation_detector", config={"make_serializable": True})
        records = of_split(load_authored(layout=Layout()), "train")
        texts = [record.text for record in records]
        return [
            (text, {a["short_text"]: a["long_text"] for a in doc._.abbreviations})
            for text, doc in zip(texts, nlp.pipe(texts), strict=True)
        ]


def test_agrees_with_scispacy(scispacy_finds):
    """Nearly all that is no long form with the short form in it (`ULN if dusty`)."""
    both = same = theirs = 0
    for text, expected in scispacy_finds:
        found = pairs(text)
        usual = {
            short: long
            for short, long in expected.items()
            if is_short_form(short) and short.lower() not in long.lower()
        }
        theirs += len(usual)
        both += len(found.keys() & usual.keys())
        same += sum(found.get(k, "").lower() == v.lower() for k, v in usual.items())
    assert both >= 0.95 * theirs > 100
    assert same >= 0.97 * both


RECORD = """NCT90000001
Red green blue (RGB) for hiccups

Interventions
[Drug] Zorbitol
Other names: Zorbix; Dustol; Placebo
[Drug] Sugar pill
Other names: Placebo; Zorbitol
"""


def test_synonyms():
    found = find_synonyms(RECORD, read_segments(RECORD))
    assert found["rgb"] == found["rgbs"] == found["red green blue"]
    assert found["zorbix"] == found["dustol"] == found["zorbitol"]
    # Registered for two interventions: the name of neither.
    assert "placebo" not in found and "sugar pill" not in found


def test_chains():
    text = "red green blue (RGB)\n\nInterventions\n[Drug] RGB\nOther names: Dust\n"
    found = find_synonyms(text, read_segments(text))
    assert found["dust"] == found["rgb"] == found["red green blue"]


def test_doc_extension():
    doc = spacy.blank("en")("red green blue (RGB)")
    (found,) = doc._.short_forms
    assert (found["short"], found["long"], found["long_end"]) == (
        "RGB",
        "red green blue",
        14,
    )
    (stored,) = DocBin(docs=[doc], store_user_data=True).get_docs(doc.vocab)
    assert stored._.short_forms == [found]
