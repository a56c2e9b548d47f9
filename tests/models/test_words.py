"""Words that went through a vocabulary leave nothing behind."""

import pytest
from en_trial_registry import normalize
from en_trial_registry.normalize import time_frame
from en_trial_registry.output import words
from en_trial_registry.output.chunks import Work, cut, run
from en_trial_registry.records import Record
from scale_toy import make_records, make_whole_pipeline
from spacy.attrs import NORM


@pytest.fixture(scope="module")
def nlp():
    return make_whole_pipeline()


def extract(nlp):
    found = []
    records = [Record(r["id"], plain_text=r["text"]) for r in make_records(12)]

    def render(extractions):
        found.extend((one.record.id, one.entities) for one in extractions)
        return b""

    for chunk in cut(records, batch_size=3):
        run(chunk, Work((render,)), nlp)
    return found


def test_tables_are_built_anew_and_nothing_else_changes(nlp, monkeypatch):
    expected = extract(nlp)
    assert any(entities for _, entities in expected)
    strings, vectors = set(nlp.vocab.strings), nlp.vocab.vectors.data
    grown = len(nlp.vocab)
    monkeypatch.setattr(words, "_LIMIT", 0)
    assert extract(nlp) == expected
    assert len(nlp.vocab) == 0 < grown
    assert set(nlp.vocab.strings) == strings
    assert nlp.vocab.vectors.data is vectors


def test_values_are_forgotten_with_the_words(nlp, monkeypatch):
    monkeypatch.setattr(words, "_LIMIT", 0)
    before = normalize.read_time_frame("week 12")
    assert len(time_frame._kept)
    nlp("new words")
    words.tidy(nlp.vocab)
    assert not len(time_frame._kept)
    assert normalize.read_time_frame("week 12") == before


def test_the_table_of_norms_is_asked_once(nlp, monkeypatch):
    monkeypatch.setattr(words, "_LIMIT", 0)
    nlp.vocab.lookups.add_table("lexeme_norm", {"colour": "color"})
    norm = nlp.vocab.lex_attr_getters[NORM]
    nlp("colour")
    words.tidy(nlp.vocab)
    assert len(nlp.vocab) == 0
    assert nlp.vocab.lex_attr_getters[NORM] is norm
    nlp.vocab.lookups.remove_table("lexeme_norm")


def test_small_vocabularies_are_left_alone(nlp):
    nlp("unheard of")
    count = len(nlp.vocab)
    words.tidy(nlp.vocab)
    assert len(nlp.vocab) == count > 0
