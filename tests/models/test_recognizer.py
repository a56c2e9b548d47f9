"""The recogniser finds what is likely over all transitions that spaCy allows."""

import gc
import pickle
import warnings

import numpy
import pytest
import spacy
from en_trial_registry import marginals
from en_trial_registry.ner_states import StateScores
from en_trial_registry.recognizer import MarginalEntityRecognizer
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from toy_models import toy_ner
from toy_records import TOKENIZER

WIDTH = 96
LABELS = ("DOSE", "INTERVENTION", "ROUTE")
# spaCy's class that holds the vectors of all tokens.
HELD = "precompute_hiddens"


def build(factory: str, **changes) -> Language:
    """A recogniser with the same random weights under any factory."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    model = {**toy_ner(WIDTH, hidden_width=16), **changes}
    ner = nlp.add_pipe(factory, name="ner", config={"model": model})
    for label in LABELS:
        ner.add_label(label)
    spacy.util.fix_random_seed(0)
    nlp.initialize()
    rng = numpy.random.default_rng(0)
    upper = ner.model.get_ref("upper")
    for name in upper.param_names:
        upper.set_param(name, rng.normal(size=upper.get_param(name).shape).astype("f"))
    return nlp


@pytest.fixture(scope="module")
def stock() -> Language:
    return build("ner")


@pytest.fixture(scope="module")
def marginal() -> Language:
    return build("marginal_ner")


def entities(doc: Doc) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.label_) for span in doc.ents]


def prefer(nlp: Language, name: str) -> None:
    """Add to the score of a transition everywhere."""
    ner = nlp.get_pipe("ner")
    bias = ner.model.get_ref("upper").get_param("b")
    column = [ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)].index(name)
    bias[column] += 1000.0


def test_it_is_spacys_recogniser(marginal: Language) -> None:
    assert isinstance(marginal.get_pipe("ner"), MarginalEntityRecognizer)
    assert marginal.get_pipe_meta("ner").factory == "marginal_ner"
    assert "ents_f" in marginal.get_pipe_meta("ner").default_score_weights


def all_ways(ner, doc: Doc) -> dict[tuple[int, int, str], float]:
    """Marginal probabilities, by taking all transitions that spaCy allows."""
    step = ner.model.predict([doc])
    names = [ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)]
    found: dict[tuple[int, int, str], float] = {}

    def go_on(state, moves: list[str], chance: float) -> None:
        if state.is_final():
            for entity in read_moves(moves):
                found[entity] = found.get(entity, 0.0) + chance
            return
        row = step.predict([state])[0].astype("d")
        valid = [
            i for i, n in enumerate(names) if n != "U-" and ner.moves.is_valid(state, n)
        ]
        odds = numpy.exp(row[valid] - row[valid].max())
        for i, share in zip(valid, odds / odds.sum(), strict=True):
            after = state.copy()
            ner.moves.apply_transition(after, names[i])
            go_on(after, [*moves, names[i]], chance * float(share))

    (first,) = ner.moves.init_batch([doc])
    go_on(first, [], 1.0)
    return found


def read_moves(moves: list[str]) -> list[tuple[int, int, str]]:
    starts = (i for i, move in enumerate(moves) if move[0] in "BU")
    ends = (i + 1 for i, move in enumerate(moves) if move[0] in "LU")
    pairs = zip(starts, ends, strict=True)
    return [(start, end, moves[start][2:]) for start, end in pairs]


@pytest.mark.parametrize("text", ["tea", "tea 20", "20 mg by mouth", "tea \n by mg"])
def test_probabilities_are_sums_over_all_ways(marginal, text, monkeypatch) -> None:
    monkeypatch.setattr(marginals, "_UNLIKELY", 0.0)
    monkeypatch.setattr(marginals, "_LIKELY", 0.0)
    doc = marginal.get_pipe("tok2vec")(marginal.make_doc(text))
    ner = marginal.get_pipe("ner")
    (entities,) = ner.predict([doc])
    found = {tuple(one[:3]): one.probability for one in entities}
    expected = all_ways(ner, doc)
    assert found.keys() <= expected.keys()
    assert [found.get(entity, 0.0) for entity in expected] == pytest.approx(
        list(expected.values()), rel=1e-4, abs=1e-9
    )


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.lists(st.sampled_from("tea 20 mg \n \u2003 by the mouth ( )".split(" ")))
        .map(" ".join),
        max_size=6,
    )
)  # fmt: skip
def test_a_batch_finds_what_single_texts_do(marginal, texts: list[str]) -> None:
    docs = list(marginal.pipe(texts))
    assert [entities(doc) for doc in docs] == [entities(marginal(t)) for t in texts]
    assert all(token.ent_iob_ in "BIO" for doc in docs for token in doc)
    scores = [span._.score for doc in docs for span in doc.ents]
    assert all(0.5 < score <= 1.0 for score in scores)


def test_unlikely_ways_hardly_count(marginal, monkeypatch) -> None:
    rng = numpy.random.default_rng(1)
    text = " ".join(f"w{number}" for number in rng.integers(0, 300, size=400))
    few = {(s.start, s.end, s.label_): s._.score for s in marginal(text).ents}
    assert {1, 2} <= {end - start for start, end, _ in few}
    monkeypatch.setattr(marginals, "_UNLIKELY", 1e-6)
    every = {(s.start, s.end, s.label_): s._.score for s in marginal(text).ents}
    both = few.keys() & every.keys()
    assert len(both) > 0.9 * len(few.keys() | every.keys())
    assert [few[k] for k in both] == pytest.approx([every[k] for k in both], abs=0.1)


def test_all_ways_come_to_the_end(marginal) -> None:
    docs = [marginal.make_doc("tea 20 mg by mouth " * 30), marginal.make_doc("tea")]
    docs = list(marginal.get_pipe("tok2vec").pipe(docs))
    ner = marginal.get_pipe("ner")
    ways = marginals.Ways(ner, marginals.tokens_of(ner, docs), 0, 151)
    assert ways.length == 151
    leaving = numpy.array(ways.outside)
    for way in ways:
        leaving[way.start] += way.probability
        assert way.start < way.end <= ways.length
        assert not way.start < 150 < way.end
    assert leaving == pytest.approx(numpy.ones(ways.length))


def test_pieces_of_a_text_find_what_the_whole_does(marginal, monkeypatch) -> None:
    rng = numpy.random.default_rng(2)
    texts = [" ".join(f"w{number}" for number in rng.integers(0, 90, size=150))] * 3
    whole = list(marginal.pipe(texts))
    assert any(len(span) > 1 for span in whole[0].ents)
    monkeypatch.setattr(marginals, "_TOKENS_AT_ONCE", 7)
    for doc, other in zip(marginal.pipe(texts), whole, strict=True):
        assert entities(doc) == entities(other)
        scores = [span._.score for span in doc.ents]
        assert scores == pytest.approx([s._.score for s in other.ents], abs=1e-5)


@pytest.mark.parametrize("moves", [("B-DOSE", "I-DOSE"), ("B-DOSE", "L-DOSE"), ("O",)])
def test_entities_as_long_as_the_document(moves) -> None:
    found = []
    for factory in ("ner", "marginal_ner"):
        nlp = build(factory)
        for move in moves:
            prefer(nlp, move)
        docs = nlp.pipe(["tea " * 100, "one two", "one"])
        found.append([entities(doc) for doc in docs])
    assert found[0] == found[1]
    if moves[-1] == "I-DOSE":
        assert found[1][0] == [(0, 100, "DOSE")]


def test_an_entity_has_a_longest_length() -> None:
    nlp = build("marginal_ner")
    prefer(nlp, "B-DOSE")
    prefer(nlp, "I-DOSE")
    doc = nlp("tea " * (marginals._LONGEST + 50))
    assert all(len(span) <= marginals._LONGEST for span in doc.ents)


def test_preset_entities_and_sentences_are_kept(stock, marginal) -> None:
    results = []
    for nlp in (stock, marginal):
        docs = [nlp.make_doc("tea by mouth twice a day") for _ in range(3)]
        docs[0].ents = [Span(docs[0], 1, 3, "ROUTE")]
        docs[1][3].is_sent_start = True
        docs = [nlp.get_pipe("tok2vec")(doc) for doc in docs]
        for doc in docs:
            nlp.get_pipe("ner")(doc)
        assert (1, 3, "ROUTE") in entities(docs[0])
        assert all(span._.score is None for doc in docs[:2] for span in doc.ents)
        results.append([entities(doc) for doc in docs[:2]])
    assert results[0] == results[1]


def test_other_features_go_spacys_way() -> None:
    found = []
    for factory in ("ner", "marginal_ner"):
        nlp = build(factory, extra_state_tokens=True)
        found.append(entities(nlp("tea by mouth twice a day")))
    assert found[0] == found[1]
    with pytest.raises(ValueError, match="extra_state_tokens"):
        StateScores(nlp.get_pipe("ner"), numpy.zeros((1, WIDTH), dtype="f"))


def test_survives_storing_and_processes(marginal: Language, tmp_path) -> None:
    texts = ["tea by mouth", "", "20 mg " * 40]
    expected = [entities(doc) for doc in marginal.pipe(texts)]
    marginal.to_disk(tmp_path)
    again = (
        spacy.blank("en").from_config(marginal.config).from_bytes(marginal.to_bytes())
    )
    pipelines = {
        "disk": spacy.load(tmp_path),
        "bytes": again,
        "pickle": pickle.loads(pickle.dumps(marginal)),
    }
    for way, nlp in pipelines.items():
        assert [entities(doc) for doc in nlp.pipe(texts)] == expected, way
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork beside threads
        docs = list(marginal.pipe(texts, n_process=2))
    assert [entities(doc) for doc in docs] == expected


def test_vectors_of_tokens_are_freed_at_once(marginal) -> None:
    def kept() -> int:
        return [type(one).__name__ for one in gc.get_objects()].count(HELD)

    gc.collect()
    gc.disable()
    try:
        before = kept()
        marginal("20 mg by mouth")
        assert kept() == before
    finally:
        gc.enable()


def test_learns(toy_docs: list[Doc]) -> None:
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": TOKENIZER}})
    nlp.add_pipe("tok2vec")
    nlp.add_pipe("marginal_ner", name="ner", config={"model": toy_ner(WIDTH)})
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in toy_docs]
    spacy.util.fix_random_seed(0)
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(150):
        nlp.update(examples, sgd=optimizer)
    again = [Example(nlp.make_doc(doc.text), doc) for doc in toy_docs]
    assert nlp.evaluate(again)["ents_f"] > 0.95
