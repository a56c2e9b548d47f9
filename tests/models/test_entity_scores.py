"""Scores of entities: the recogniser's own probabilities, and their calibration."""

import numpy
import pytest
import spacy
from en_trial_registry.calibration import IDENTITY, Calibration, log_odds
from en_trial_registry.entity_scores import EntityScores
from en_trial_registry.path_probability import path_probabilities
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
    nlp.add_pipe("ner", config={"model": toy_ner(96, hidden_width=16)})
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in toy_docs]
    spacy.util.fix_random_seed(0)
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer, drop=0.0)
    nlp.add_pipe("entity_scores")
    return nlp


@pytest.fixture(scope="module")
def texts(toy_docs):
    return [*TEXTS, *(doc.text for doc in toy_docs)]


def scores(doc: Doc) -> list[float | None]:
    return [span._.score for span in doc.ents]


def stepwise(nlp, doc):
    """The same probabilities, by asking the model at each step of its own parse."""
    ner = nlp.get_pipe("ner")
    # Entities that are there already would be taken over.
    bare = nlp.get_pipe("tok2vec")(nlp.make_doc(doc.text))
    step = ner.model.predict([bare])
    (state,) = ner.moves.init_batch([bare])
    names = [ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)]
    transitions = {}
    for token in doc:
        row = step.predict([state])[0].astype("d")
        valid = [
            i for i, n in enumerate(names) if n != "U-" and ner.moves.is_valid(state, n)
        ]
        # The best valid transition is what a greedy parse takes.
        best = max(valid, key=lambda i: row[i])
        odds = numpy.exp(row[valid] - row[best])
        transitions[token.i] = float(odds[valid.index(best)] / odds.sum())
        ner.moves.apply_transition(state, names[best])
    return [
        float(numpy.prod([transitions[i] for i in range(span.start, span.end)]))
        for span in doc.ents
    ]


def test_probabilities_are_those_of_the_parse(nlp, texts):
    seen = 0
    for doc in nlp.pipe(texts):
        (found,) = path_probabilities(nlp.get_pipe("ner"), [doc])
        assert found == pytest.approx(stepwise(nlp, doc), rel=1e-4)
        seen += len(doc.ents)
    assert seen > 5


def test_scores_are_set(nlp, texts):
    found = [score for doc in nlp.pipe(texts) for score in scores(doc)]
    assert found and all(0 < score <= 1 for score in found)
    assert len(set(found)) > 3


def test_calibration_is_stored(nlp, texts, tmp_path):
    component = nlp.get_pipe("entity_scores")
    before = [scores(doc) for doc in nlp.pipe(texts)]
    component.calibrate(0.5, {"DOSE": -1.0})
    after = [scores(doc) for doc in nlp.pipe(texts)]
    assert after != before
    nlp.to_disk(tmp_path)
    assert [scores(doc) for doc in spacy.load(tmp_path).pipe(texts)] == after
    copy = spacy.blank("en").from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert [scores(doc) for doc in copy.pipe(texts)] == after
    assert [scores(doc) for doc in nlp.pipe(texts, n_process=2)] == after
    component.calibrate(1.0, {})


def test_scores_are_stored(nlp, texts):
    docs = list(nlp.pipe(texts))
    stored = DocBin().from_bytes(DocBin(docs=docs, store_user_data=True).to_bytes())
    for one, other in zip(docs, stored.get_docs(nlp.vocab), strict=True):
        assert scores(one) == scores(other)


def test_what_was_not_recognised_has_no_score(nlp):
    doc = nlp("tea twice daily")
    doc.ents = [Span(doc, 0, 1, "UNHEARD_OF"), Span(doc, 1, 2, "DOSE")]
    ((unheard, dose),) = path_probabilities(nlp.get_pipe("ner"), [doc])
    assert unheard is None and 0 < dose < 1
    # No tok2vec saw this one.
    plain = nlp.make_doc("tea twice daily")
    plain.ents = [Span(plain, 0, 1, "DOSE")]
    assert scores(nlp.get_pipe("entity_scores")(plain)) == [None]


def test_without_recogniser():
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "DOSE", "pattern": "tea"}])
    nlp.add_pipe("entity_scores")
    assert scores(nlp("tea")) == [None]


@given(st.floats(0, 1), st.floats(0.1, 3), st.floats(-3, 3))
def test_calibrated_scores_stay_in_order(chance, slope, bias):
    component = EntityScores("entity_scores", None)
    component.calibrate(slope, {"DOSE": bias})
    low = component.calibrated(chance * 0.9, "DOSE")
    assert 0 <= low <= component.calibrated(chance, "DOSE") <= 1


def test_fit_finds_how_sure_to_be():
    """Of each label, what is said to be 0.9 is right in 60 and 90 of 100."""
    scored = [
        (label, 0.9, i < right)
        for label, right in (("DOSE", 60), ("ROUTE", 90))
        for i in range(100)
    ]
    component = EntityScores("entity_scores", None)
    component.calibrate(*fit_calibration(scored))
    assert component.calibrated(0.9, "DOSE") == pytest.approx(0.6, abs=0.04)
    assert component.calibrated(0.9, "ROUTE") == pytest.approx(0.9, abs=0.04)


def test_nothing_to_fit():
    assert fit_calibration([]) == (1.0, {})
    assert fit_calibration([("DOSE", 0.5, True)]) == (1.0, {})


@given(st.floats(0.001, 0.999))
def test_identity(chance):
    assert IDENTITY(chance) == pytest.approx(chance)
    assert Calibration(1.0, -0.5)(chance) < chance


def test_log_odds_are_finite():
    assert log_odds(0.5) == 0
    assert log_odds(0) == pytest.approx(-log_odds(1))


def test_the_lowest_score_with_the_best_f1_is_chosen():
    links = [("", 0.9, True), ("", 0.62, True), ("", 0.31, False), ("", 0.1, False)]
    assert best_min_score(links, gold=2) == 0.35
    assert best_min_score(links[:2], gold=2) == 0.0
    assert best_min_score([], gold=3) == best_min_score(links, gold=0) == 0.0
