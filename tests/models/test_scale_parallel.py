"""Processes, threads and batches change nothing in what the pipeline finds."""

import multiprocessing
import os
import threading

import pytest
from en_trial_registry.batches import BATCH_CHARS, by_length, read_docs
from en_trial_registry.extract import extract_batch, extract_record
from en_trial_registry.records import Record, RecordError
from extract_toy import make_pipeline
from hypothesis import given
from hypothesis import strategies as st
from scale_toy import make_records, make_whole_pipeline
from spacy.language import Language

posix = pytest.mark.skipif(os.name != "posix", reason="needs fork")
EMPTY = ["", " ", "\n\n", "NCT90000021"]


@pytest.fixture(scope="module")
def nlp():
    return make_whole_pipeline()


@pytest.fixture(scope="module")
def texts():
    return EMPTY + [record["text"] for record in make_records(40)]


def found(doc):
    """All that the components set, in plain types."""
    return (
        doc.text,
        [
            (e.start_char, e.end_char, e.label_, e._.value, e._.value_reason)
            for e in doc.ents
        ],
        [dict(link) for link in doc._.relations or ()],
        [(s.start_char, s.end_char, s.label_) for s in doc.spans["sections"]],
        doc._.regimens,
        doc._.lab_thresholds,
        doc._.outcomes,
    )


@pytest.fixture(scope="module")
def expected(nlp, texts):
    result = [found(doc) for doc in nlp.pipe(texts)]
    assert sum(len(entities) for _, entities, *_ in result) > 100
    assert sum(len(links) for _, _, links, *_ in result) > 100
    assert any(value for _, entities, *_ in result for *_, value, _ in entities)
    return result


@posix
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes(method, nlp, texts, expected, monkeypatch):
    context = multiprocessing.get_context(method)
    monkeypatch.setattr("spacy.language.mp", context)
    docs = nlp.pipe(texts, n_process=2, batch_size=5)
    assert [found(doc) for doc in docs] == expected


def test_threads(nlp, texts, expected):
    results = {}

    def work(name):
        results[name] = [found(nlp(text)) for text in texts]

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    single = [found(nlp(text)) for text in texts]
    assert [results[i] for i in range(4)] == [single] * 4


@pytest.mark.parametrize("batch_size", [1, 3, 1000])
def test_batches_by_length(batch_size, nlp, texts, expected):
    docs = read_docs(texts, nlp, batch_size=batch_size)
    assert [found(doc)[:2] for doc in docs] == [row[:2] for row in expected]


@given(st.lists(st.integers(0, 2 * BATCH_CHARS)), st.integers(1, 9))
def test_every_text_is_in_one_batch_that_is_not_too_large(lengths, batch_size):
    batches = list(by_length(lengths, batch_size=batch_size))
    assert sorted(i for batch in batches for i in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) <= batch_size
        assert len(batch) == 1 or sum(lengths[i] for i in batch) <= BATCH_CHARS


@Language.component("refuses_tea")
def refuse_tea(doc):
    if "tea" in doc.text:
        raise ArithmeticError("no tea")
    return doc


def test_a_record_that_the_pipeline_fails_on_stops_no_other():
    nlp = make_pipeline()
    nlp.add_pipe("refuses_tea")
    texts = ["Nausea", "Nausea after tea", "1 g"]
    records = [Record(text, plain_text=text) for text in texts]
    first, error, last = extract_batch(records, nlp)
    assert [first.entities[0].text, last.entities[0].text] == ["Nausea", "1 g"]
    assert isinstance(error, RecordError)
    assert error.record == "Nausea after tea"
    assert "ArithmeticError: no tea" in str(error)
    with pytest.raises(RecordError, match="no tea"):
        extract_record(records[1], nlp)
