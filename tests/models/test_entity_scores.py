"""Scores of entities: the recogniser's own probabilities, and their calibration."""

import pytest
import spacy
from en_trial_registry.calibration import IDENTITY, Calibration, log_odds
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example
from toy_models import toy_ner

from training.confidence import best_min_score, fit_calibration

TEXTS = ["Grelafen 20 mg by mouth", "tea twice daily", "", "  \n", "nothing given"]


@pytest.fixture(scope="module")
def nlp(toy_docs):
    """A recogniser that has seen three records a few times: never quite sure."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    nlp.add_pipe(
        "marginal_ner", name="ner", config={"model": toy_ner(96, hidden_width=16)}
    )
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in toy_docs]
    spacy.util.fix_random_seed(0)
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(60):
        nlp.update(examples, sgd=optimizer, drop=0.0)
    nlp.add_pipe("entity_scores")
    return nlp


@pytest.fixture(scope="module")
def texts(toy_docs):
    return [*TEXTS, *(doc.text for doc in toy_docs)]


def scores(doc: Doc) -> list[float | None]:
    return [span._.score for span in doc.ents]


def test_scores_are_set(nlp, texts):
    found = [score for doc in nlp.pipe(texts) for score in scores(doc)]
    assert found and all(0.5 < score <= 1 for score in found)
    assert len(set(found)) > 3


def test_calibration_is_stored(nlp, texts, tmp_path):
    component = nlp.get_pipe("entity_scores")
    before = [scores(doc) for doc in nlp.pipe(texts)]
    component.calibration = Calibration(0.5, -1.0)
    after = [scores(doc) for doc in nlp.pipe(texts)]
    assert after != before
    nlp.to_disk(tmp_path)
    assert [scores(doc) for doc in spacy.load(tmp_path).pipe(texts)] == after
    copy = spacy.blank("en").from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert [scores(doc) for doc in copy.pipe(texts)] == after
    assert [scores(doc) for doc in nlp.pipe(texts, n_process=2)] == after
    component.calibration = IDENTITY


def test_scores_are_stored(nlp, texts):
    docs = list(nlp.pipe(texts))
    stored = DocBin().from_bytes(DocBin(docs=docs, store_user_data=True).to_bytes())
    for one, other in zip(docs, stored.get_docs(nlp.vocab), strict=True):
        assert scores(one) == scores(other)


def test_entities_of_others_get_no_score(nlp):
    doc = nlp.make_doc("tea twice daily")
    doc.ents = [Span(doc, 0, 1, "DOSE")]
    assert scores(nlp.get_pipe("entity_scores")(doc)) == [None]


def test_without_recogniser():
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "DOSE", "pattern": "tea"}])
    nlp.add_pipe("entity_scores")
    assert scores(nlp("tea")) == [None]


@given(st.floats(0, 1), st.floats(0.1, 3), st.floats(-3, 3))
def test_calibrated_scores_stay_in_order(chance, slope, bias):
    calibration = Calibration(slope, bias)
    assert 0 <= calibration(chance * 0.9) <= calibration(chance) <= 1


def test_fit_finds_how_sure_to_be():
    """What is said to be 0.9 is right in 60 of 100, and 0.99 in 95 of 100."""
    scored = [
        (said, i < right) for said, right in ((0.9, 60), (0.99, 95)) for i in range(100)
    ]
    calibration = fit_calibration(scored)
    assert calibration(0.9) == pytest.approx(0.6, abs=0.04)
    assert calibration(0.99) == pytest.approx(0.95, abs=0.04)


def test_nothing_to_fit():
    assert fit_calibration([]) == fit_calibration([(0.5, True)]) == IDENTITY


@given(st.floats(0.001, 0.999))
def test_identity(chance):
    assert IDENTITY(chance) == pytest.approx(chance)
    assert Calibration(1.0, -0.5)(chance) < chance


def test_log_odds_are_finite():
    assert log_odds(0.5) == 0
    assert log_odds(0) == pytest.approx(-log_odds(1))


def test_the_lowest_score_with_the_best_f1_is_chosen():
    links = [(0.9, True), (0.62, True), (0.31, False), (0.1, False)]
    assert best_min_score(links, gold=2) == 0.35
    assert best_min_score(links[:2], gold=2) == 0.0
    assert best_min_score([], gold=3) == best_min_score(links, gold=0) == 0.0
