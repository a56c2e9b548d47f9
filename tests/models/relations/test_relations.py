"""The relation component: candidates, features, learning, storing, scoring."""

import pickle

import numpy
import pytest
import spacy
from en_trial_registry.relations.candidates import BOUNDS, DEFAULT_BOUNDS, find_pairs
from en_trial_registry.relations.features import N_FEATURES, pair_features
from en_trial_registry.relations.forest import FITTING, Forest, fit_forest
from en_trial_registry.relations.layout import Layout, Mention
from en_trial_registry.relations.links import layout_of, links_of
from en_trial_registry.relations.scorer import score_relations
from en_trial_registry.schema import RELATIONS
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from toy_relations import TEXTS, blank, gold_docs, trained


@pytest.fixture(scope="module")
def nlp():
    return trained()


def texts():
    return [doc.text for doc in gold_docs(blank())]


def test_candidates_are_the_pairs_that_the_schema_allows():
    (doc,) = gold_docs(blank(), TEXTS[:1])
    assert [tuple(pair) for pair in find_pairs(layout_of(doc))] == [
        ("HAS_DOSE", 0, 1),
        ("HAS_DOSE", 2, 1),
        ("HAS_DOSE", 0, 3),
        ("HAS_DOSE", 2, 3),
        ("HAS_FREQUENCY", 0, 4),
        ("HAS_FREQUENCY", 2, 4),
    ]


def test_candidates_grow_linearly():
    line = "drug 1 mg\n"

    def count(n):
        starts = [i * len(line) for i in range(n)]
        mentions = [
            mention
            for at in starts
            for mention in (
                Mention(at, at + 4, "INTERVENTION"),
                Mention(at + 5, at + 9, "DOSE"),
            )
        ]
        return len(find_pairs(Layout(line * n, mentions)))

    assert count(400) - count(200) == count(300) - count(100)
    most = DEFAULT_BOUNDS.heads_before + DEFAULT_BOUNDS.heads_after
    assert count(400) <= 400 * most


def test_bounds_name_relations_of_the_schema():
    assert set(BOUNDS) <= set(RELATIONS)


def test_features_have_their_shape():
    for doc in gold_docs(blank()):
        layout = layout_of(doc)
        pairs = find_pairs(layout)
        features = pair_features(layout, pairs)
        assert features.shape == (len(pairs), N_FEATURES)
        assert numpy.isfinite(features).all()
    assert pair_features(Layout("", []), []).shape == (0, N_FEATURES)


def test_the_forest_agrees_with_scikit_learn():
    from sklearn.ensemble import HistGradientBoostingClassifier

    rng = numpy.random.default_rng(0)
    features = rng.normal(size=(500, 6)).astype("f")
    gold = features[:, 0] * features[:, 1] > 0
    forest = fit_forest(features, gold, trees=20, seed=0)
    model = HistGradientBoostingClassifier(max_iter=20, random_state=0, **FITTING)
    model.fit(features, gold)
    expected = model.predict_proba(features)[:, 1]
    numpy.testing.assert_allclose(forest.predict(features), expected, atol=1e-9)
    again = Forest.from_msg(forest.to_msg())
    assert (again.predict(features) == forest.predict(features)).all()


def test_a_wrong_label_does_not_make_the_forest_certain():
    rng = numpy.random.default_rng(0)
    features = rng.normal(size=(4000, 3)).astype("f")
    gold = features[:, 0] > 0
    gold[rng.choice(4000, size=20, replace=False)] ^= True
    chances = fit_forest(features, gold, trees=250, seed=0).predict(features)
    # Without the penalty up to 22, and thousands with more features.
    assert numpy.abs(numpy.log(chances / (1 - chances))).max() < 15


def test_it_learns_toy_texts(nlp):
    for doc, gold in zip(nlp.pipe(texts()), gold_docs(blank()), strict=True):
        assert links_of(doc) == links_of(gold)


@pytest.mark.parametrize("text", ["", " \n ", "Nothing here.", "Zorbitol alone"])
def test_texts_without_candidates(nlp, text):
    assert nlp(text)._.relations == []


def test_it_refuses_to_predict_untrained():
    nlp = blank()
    nlp.add_pipe("trial_relations")
    with pytest.raises(ValueError, match="has not learned anything yet"):
        nlp("ALT < 3")


def test_it_refuses_to_learn_from_nothing():
    component = blank().add_pipe("trial_relations")
    with pytest.raises(ValueError, match="Give annotated relations"):
        component.initialize(lambda: [])


def test_it_refuses_unknown_thresholds():
    with pytest.raises(ValueError, match="HAS_COLOUR"):
        blank().add_pipe("trial_relations", config={"thresholds": {"HAS_COLOUR": 0.5}})


def test_a_threshold_above_one_links_nothing(nlp):
    component = nlp.get_pipe("trial_relations")
    before = dict(component.thresholds)
    component.thresholds["HAS_DOSE"] = 1.1
    try:
        labels = {link["label"] for link in nlp(texts()[0])._.relations}
    finally:
        component.thresholds = before
    assert labels == {"HAS_FREQUENCY"}


def test_thresholds_are_chosen_nearest_to_one_half_among_equals(nlp):
    component = nlp.get_pipe("trial_relations")
    component.choose_thresholds(gold_docs(blank()))
    assert set(component.thresholds) == set(RELATIONS)
    assert component.thresholds["HAS_DOSE"] == 0.5  # toy texts separate cleanly


@pytest.mark.parametrize(("of_entities", "links"), [(0.9, 4), (0.5, 0), (None, 4)])
def test_links_to_doubtful_entities_are_left_out(nlp, of_entities, links):
    data = nlp.get_pipe("trial_relations").to_bytes()
    component = blank().add_pipe("trial_relations").from_bytes(data)
    component.min_score = 0.3  # of the product of three: 0.5 x 0.5 is less
    (doc,) = gold_docs(blank(), TEXTS[:1])
    for span in doc.ents:
        span._.score = of_entities
    assert len(component(doc)._.relations) == links


def test_it_survives_storing(nlp, tmp_path):
    expected = [doc._.relations for doc in nlp.pipe(texts())]
    nlp.to_disk(tmp_path / "model")
    stored = spacy.load(tmp_path / "model")
    assert [doc._.relations for doc in stored.pipe(texts())] == expected
    component = nlp.get_pipe("trial_relations")
    copy = blank().add_pipe("trial_relations", config={"min_score": 0.9})
    copy.from_bytes(component.to_bytes())
    assert copy.min_score == component.min_score == 0.0
    found = [copy(doc)._.relations for doc in gold_docs(blank())]
    assert found == expected


def test_documents_survive_storing(nlp):
    doc = nlp(texts()[0])
    docbin = DocBin(store_user_data=True, docs=[doc])
    (from_bin,) = DocBin().from_bytes(docbin.to_bytes()).get_docs(nlp.vocab)
    from_bytes = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    for again in (from_bin, from_bytes, pickle.loads(pickle.dumps(doc))):
        assert links_of(again) == links_of(doc)
        assert again._.regimens == doc._.regimens


@pytest.mark.parametrize("n_process", [1, 2])
def test_pipe_agrees_with_single_documents(nlp, n_process):
    found = [list(doc._.relations) for doc in nlp.pipe(texts(), n_process=n_process)]
    assert found == [nlp(text)._.relations for text in texts()]


def test_a_link_that_was_no_candidate_is_a_miss():
    (gold,) = gold_docs(blank(), TEXTS[:1])
    (found,) = gold_docs(blank(), TEXTS[:1])
    found._.relations = found._.relations[:1]
    scores = score_relations([Example(found, gold)])
    assert scores["rel_micro_p"] == 1.0
    assert scores["rel_micro_r"] == pytest.approx(1 / 4)
    assert scores["rels_per_type"]["HAS_FREQUENCY"]["r"] == 0.0


def test_nlp_evaluate_scores_links(nlp):
    golds = gold_docs(nlp)
    scores = nlp.evaluate([Example(nlp.make_doc(d.text), d) for d in golds])
    assert scores["rel_micro_f"] == 1.0


LABELS = st.sampled_from(["INTERVENTION", "DOSE", "LAB_TEST", "LAB_THRESHOLD"])


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=80), st.lists(LABELS, max_size=12), st.data())
def test_any_flat_spans_of_any_text_have_finite_features(text, labels, data):
    n = 2 * len(labels)
    cuts = st.lists(st.integers(0, len(text)), min_size=n, max_size=n)
    ends = sorted(data.draw(cuts))
    mentions = [
        Mention(start, end, label)
        for start, end, label in zip(ends[::2], ends[1::2], labels, strict=True)
        if start < end
    ]
    layout = Layout(text, mentions)
    assert numpy.isfinite(pair_features(layout, find_pairs(layout))).all()
