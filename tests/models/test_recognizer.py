"""The recogniser finds what spaCy's finds, whatever its weights."""

import pickle
import warnings

import numpy
import pytest
import spacy
from en_trial_registry.ner_states import StateScores
from en_trial_registry.recognizer import BatchedEntityRecognizer
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from toy_models import toy_ner
from toy_records import TOKENIZER

WIDTH = 96
LABELS = ("DOSE", "INTERVENTION", "ROUTE")


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
def batched() -> Language:
    return build("batched_ner")


def entities(doc: Doc) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.label_) for span in doc.ents]


def prefer(nlp: Language, name: str) -> None:
    """Add to the score of a transition everywhere."""
    ner = nlp.get_pipe("ner")
    bias = ner.model.get_ref("upper").get_param("b")
    column = [ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)].index(name)
    bias[column] += 1000.0


def test_it_is_spacys_recogniser(batched: Language) -> None:
    assert isinstance(batched.get_pipe("ner"), BatchedEntityRecognizer)
    assert batched.get_pipe_meta("ner").factory == "batched_ner"
    assert "ents_f" in batched.get_pipe_meta("ner").default_score_weights


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.lists(st.sampled_from("tea 20 mg \n \u2003 by the mouth ( )".split(" ")))
        .map(" ".join),
        max_size=6,
    )
)  # fmt: skip
def test_same_entities_as_spacy(stock, batched, texts: list[str]) -> None:
    expected = [entities(doc) for doc in stock.pipe(texts)]
    docs = list(batched.pipe(texts))
    assert [entities(doc) for doc in docs] == expected
    assert all(token.ent_iob_ in "BIO" for doc in docs for token in doc)


def test_random_weights_find_entities_of_many_lengths(batched: Language) -> None:
    rng = numpy.random.default_rng(1)
    words = [f"w{number}" for number in rng.integers(0, 300, size=400)]
    lengths = {end - start for start, end, _ in entities(batched(" ".join(words)))}
    assert {1, 2, 3} <= lengths


@pytest.mark.parametrize("moves", [("B-DOSE", "I-DOSE"), ("B-DOSE", "L-DOSE"), ("O",)])
def test_entities_as_long_as_the_document(moves) -> None:
    found = []
    for factory in ("ner", "batched_ner"):
        nlp = build(factory)
        for move in moves:
            prefer(nlp, move)
        docs = nlp.pipe(["tea " * 100, "one two", "one"])
        found.append([entities(doc) for doc in docs])
    assert found[0] == found[1]
    if moves[-1] == "I-DOSE":
        assert found[1][0] == [(0, 100, "DOSE")]


def test_preset_entities_and_sentences_are_kept(stock, batched) -> None:
    results = []
    for nlp in (stock, batched):
        docs = [nlp.make_doc("tea by mouth twice a day") for _ in range(3)]
        docs[0].ents = [Span(docs[0], 1, 3, "ROUTE")]
        docs[1][3].is_sent_start = True
        docs = [nlp.get_pipe("tok2vec")(doc) for doc in docs]
        for doc in docs:
            nlp.get_pipe("ner")(doc)
        assert (1, 3, "ROUTE") in entities(docs[0])
        results.append([entities(doc) for doc in docs])
    assert results[0] == results[1]


def test_other_features_go_spacys_way() -> None:
    found = []
    for factory in ("ner", "batched_ner"):
        nlp = build(factory, extra_state_tokens=True)
        found.append(entities(nlp("tea by mouth twice a day")))
    assert found[0] == found[1]
    with pytest.raises(ValueError, match="extra_state_tokens"):
        StateScores(nlp.get_pipe("ner"), [nlp("tea")])


def test_survives_storing_and_processes(batched: Language, tmp_path) -> None:
    texts = ["tea by mouth", "", "20 mg " * 40]
    expected = [entities(doc) for doc in batched.pipe(texts)]
    batched.to_disk(tmp_path)
    again = spacy.blank("en").from_config(batched.config).from_bytes(batched.to_bytes())
    pipelines = {
        "disk": spacy.load(tmp_path),
        "bytes": again,
        "pickle": pickle.loads(pickle.dumps(batched)),
    }
    for way, nlp in pipelines.items():
        assert [entities(doc) for doc in nlp.pipe(texts)] == expected, way
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork beside threads
        docs = list(batched.pipe(texts, n_process=2))
    assert [entities(doc) for doc in docs] == expected


def test_learns(toy_docs: list[Doc]) -> None:
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": TOKENIZER}})
    nlp.add_pipe("tok2vec")
    nlp.add_pipe("batched_ner", name="ner", config={"model": toy_ner(WIDTH)})
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in toy_docs]
    spacy.util.fix_random_seed(0)
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(150):
        nlp.update(examples, sgd=optimizer)
    again = [Example(nlp.make_doc(doc.text), doc) for doc in toy_docs]
    assert nlp.evaluate(again)["ents_f"] > 0.95
