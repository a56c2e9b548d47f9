"""The component `normalizer` in a pipeline."""

import pytest
import spacy
from en_trial_registry.normalize import READERS
from spacy.tokens import Doc, DocBin, Span

TEXT = "Zorbitol 25 mg twice daily by mouth for 2 weeks, or a pinch of dust"
PARTS = {
    "Zorbitol": "INTERVENTION",
    "25 mg": "DOSE",
    "twice daily": "FREQUENCY",
    "by mouth": "ROUTE",
    "2 weeks": "DURATION",
    "a pinch of dust": "DOSE",
}


@pytest.fixture
def nlp():
    nlp = spacy.blank("en")
    rules = nlp.add_pipe("entity_ruler")
    rules.add_patterns([{"label": PARTS[text], "pattern": text} for text in PARTS])
    nlp.add_pipe("normalizer")
    return nlp


def values(doc: Doc) -> dict[str, object]:
    return {span.text: (span._.value, span._.value_reason) for span in doc.ents}


def test_values(nlp):
    found = values(nlp(TEXT))
    assert found["25 mg"] == (
        {"kind": "DOSE", "low": 25, "high": 25, "unit": "mg"},
        None,
    )
    assert found["twice daily"][0]["frequency"] == 2
    assert found["by mouth"][0]["name"] == "oral"
    assert found["2 weeks"][0]["low"] == "P2W"
    assert found["Zorbitol"] == (None, None)
    value, reason = found["a pinch of dust"]
    assert value is None and reason


def test_values_are_stored(nlp):
    doc = nlp(TEXT)
    expected = values(doc)
    assert values(Doc(nlp.vocab).from_bytes(doc.to_bytes())) == expected
    docbin = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (stored,) = DocBin().from_bytes(docbin).get_docs(nlp.vocab)
    assert values(stored) == expected


def test_processes_and_copies_agree(nlp, tmp_path):
    expected = [values(doc) for doc in nlp.pipe([TEXT, "", "25 mg"])]
    two = nlp.pipe([TEXT, "", "25 mg"], n_process=2)
    assert [values(doc) for doc in two] == expected
    nlp.to_disk(tmp_path)
    copy = spacy.load(tmp_path)
    assert [values(doc) for doc in copy.pipe([TEXT, "", "25 mg"])] == expected


def test_all_kinds_with_values_have_a_reader():
    from en_trial_registry.schema import ENTITY_LABELS

    assert set(ENTITY_LABELS) - set(READERS) == {"INTERVENTION", "LAB_TEST", "OUTCOME"}


def test_span_extension_is_there_without_the_component():
    assert Span.has_extension("value")
