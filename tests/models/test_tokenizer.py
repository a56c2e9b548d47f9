import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.util import load_model_from_config

# Tokens are parted by a bar where the text has no space between them.
CASES = [
    # numbers and units
    "20|mg", "2.5|mL", "1,000|IU", "40|cells", "3|tablets", "30|min", "8|weeks", "5|Gy",
    "1.5|g|/|day", "12|mg|/|kg|/|day", "10|%", "0.9|% NaCl", "37|°|C", "60|mg|/|m2",
    "250|mg|,", "250|mg|.", "250|mg|;", "(|250|mg|)", "7|µg|/|kg|/|min", "6|mg|/|m²",
    # comparators and signs
    "≥|18 years", "≤|5", "\\>|3 x ULN", "\\<|2", ">=|5", "<=|7",
    "sodium|>|135", "ALT|<|3|x|ULN", "~|5|mL", "±|2", "+|/|-", "n|=|12", "≈|4|h",
    # ranges
    "10|-|20 mg", "10|–|20|mg", "18|-|65|years", "6.5|%|-|9.5|%", "2|-|day stay",
    "5|—|10", "week|-|6", "-|20|°|C", "days 1|-|14",
    # slashes and ratios
    "AST|/|ALT", "mg|/|kg", "II|/|III", "1|:|1", "2|:|1 ratio",
    # powers and products
    "1.5|×|10|^|9|/|L", "2 x 10|^|6 cells", "3|x|10E6", "4|x|107", "10⁹|/|L", "x|2",
    # Latin abbreviations and schedules
    "b.i.d.", "q3w", "q3w|.", "Q12H", "20|mg b.i.d. p.o.", "i.v.|,",
    "(|i.v.|)", "e.g. tea", "vs.|placebo", "every 3 weeks (|q3w|)",
    # hyphens between letters are boundaries, in names with digits they are not
    "chalk|-|controlled", "i|-|gel", "UC|-|MSC", "T|-|cell", "PD-1", "anti|-|PD-1",
    "IL-6", "F18|-|florbetapir", "HF2", "CD19",
    # glued sentences, headings and marks
    "U.S.", "U.S. sites", "done|.|Then", "Criteria|:|Age", "tea|,|milk", "Grelafen|®",
    "•|tea", "“|tea|”", "[|Drug|] Tea",
]  # fmt: skip
FRAGMENTS = (
    "mg kg cells 5 10 2.5 1,000 % ° ≥ \\> < = x × ^ / - – — q3w i.v. b.i.d. ( ) [ ] : "
    "; , . PD-1 U.S. vs. µg ® é 日 ' A i".split()
)
SPACES = [" ", "  ", "\n", "\n\n", "\t", "\u00a0"]
strings = (
    st.lists(st.sampled_from([*FRAGMENTS, *SPACES]), max_size=9).map("".join)
    | st.text()
)


def tokens(nlp: Language, text: str) -> list[str]:
    return [token.text for token in nlp.make_doc(text)]


TEXTS = [case.replace("|", "") for case in CASES]


@pytest.mark.parametrize("case", CASES)
def test_registry_strings(registry_nlp: Language, case: str) -> None:
    expected = [token for part in case.split(" ") for token in part.split("|")]
    assert tokens(registry_nlp, case.replace("|", "")) == expected


@pytest.mark.parametrize("text", ["8)", "10am", "(=", "h."])
def test_exceptions_of_english_do_not_hide_a_boundary(
    registry_nlp: Language, text: str
) -> None:
    assert text in spacy.blank("en").tokenizer.rules
    assert text not in registry_nlp.tokenizer.rules


@given(text=strings)
def test_no_character_is_lost(registry_nlp: Language, text: str) -> None:
    doc = registry_nlp.make_doc(text)
    assert doc.text == text
    assert all(len(token) for token in doc)


def test_bytes_keep_the_rules(registry_nlp: Language) -> None:
    loaded = load_model_from_config(registry_nlp.config)
    loaded.from_bytes(registry_nlp.to_bytes())
    assert_same_tokens(registry_nlp, loaded)


def test_bytes_alone_carry_the_rules(registry_nlp: Language) -> None:
    plain = spacy.blank("en")
    assert tokens(plain, "i.v.") != ["i.v."]
    plain.tokenizer.from_bytes(registry_nlp.tokenizer.to_bytes())
    assert_same_tokens(registry_nlp, plain)


def test_disk_keeps_the_rules(registry_nlp: Language, tmp_path: Path) -> None:
    registry_nlp.to_disk(tmp_path)
    assert_same_tokens(registry_nlp, spacy.load(tmp_path))


def test_pickling_keeps_the_rules(registry_nlp: Language) -> None:
    pickled = pickle.loads(pickle.dumps(registry_nlp.tokenizer))
    for text in TEXTS:
        assert [t.text for t in pickled(text)] == tokens(registry_nlp, text)


def assert_same_tokens(one: Language, other: Language) -> None:
    for text in TEXTS:
        assert tokens(one, text) == tokens(other, text)


def test_the_name_resolves_without_an_import() -> None:
    code = (
        "import spacy, sys\n"
        "assert 'en_trial_registry' not in sys.modules\n"
        "tokenizer = {'@tokenizers': 'en_trial_registry.Tokenizer.v1'}\n"
        "nlp = spacy.blank('en', config={'nlp': {'tokenizer': tokenizer}})\n"
        "print(*nlp('20mg/day'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["20", "mg", "/", "day"]
