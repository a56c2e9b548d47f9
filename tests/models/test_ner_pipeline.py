"""A small pipeline, from its config to its predictions, that learns three records."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import pytest
import spacy
from en_trial_registry.embed import build_record_embed
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed, load_model_from_config
from spacy.vectors import Vectors
from toy_models import toy_ner, toy_tok2vec

Marks = list[tuple[str, str]]
Annotate = Callable[[str, Marks], Doc]

WIDTH = 24
SWITCHES = {
    name: False
    for name, parameter in inspect.signature(build_record_embed).parameters.items()
    if parameter.annotation is bool
}
EMPTY = ["", " ", "\n", " \n\n "]


def make_config(static_vectors: bool) -> dict[str, Any]:
    embed = SWITCHES | {
        "@architectures": "en_trial_registry.RecordEmbed.v1",
        "width": WIDTH,
        "attrs": ["LOWER", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [200, 100, 100, 100],
        "maxout_pieces": 2,
        "record_structure": True,
        "include_static_vectors": static_vectors,
    }
    return {
        "nlp": {
            "lang": "en",
            "pipeline": ["tok2vec", "ner", "record_sections"],
            "tokenizer": {"@tokenizers": "en_trial_registry.Tokenizer.v1"},
        },
        "components": {
            "tok2vec": {"factory": "tok2vec", "model": toy_tok2vec(embed)},
            "ner": {"factory": "ner", "model": toy_ner(WIDTH)},
            "record_sections": {"factory": "record_sections"},
        },
    }


def make_nlp(static_vectors: bool) -> Language:
    nlp = load_model_from_config(make_config(static_vectors), auto_fill=True)
    if static_vectors:
        data = numpy.random.default_rng(0).normal(size=(100, 8)).astype("f")
        nlp.vocab.vectors = Vectors(
            strings=nlp.vocab.strings, data=data, mode="floret", minn=2, maxn=4
        )
    return nlp


def make_examples(nlp: Language, docs: list[Doc]) -> list[Example]:
    return [Example(nlp.make_doc(doc.text), doc) for doc in docs]


def train(nlp: Language, docs: list[Doc], epochs: int) -> list[float]:
    fix_random_seed(0)
    examples = make_examples(nlp, docs)
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = 0.005
    history = []
    for _ in range(epochs):
        losses: dict[str, float] = {}
        for example in make_examples(nlp, docs):
            nlp.update([example], sgd=optimizer, losses=losses)
        history.append(losses["ner"])
    return history


def entities(doc: Doc) -> list[tuple[int, int, str]]:
    return [(e.start_char, e.end_char, e.label_) for e in doc.ents]


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "vectors"])
def trained(
    request: pytest.FixtureRequest, toy_docs: list[Doc]
) -> tuple[Language, list[float]]:
    nlp = make_nlp(request.param)
    return nlp, train(nlp, toy_docs, 50)


@pytest.fixture(scope="module")
def nlp(trained: tuple[Language, list[float]]) -> Language:
    return trained[0]


@pytest.fixture(scope="module")
def texts(toy_docs: list[Doc]) -> list[str]:
    whole = [doc.text for doc in toy_docs]
    return [
        *whole,
        *EMPTY,
        "Grelafen 20 mg twice daily",
        *(text[12:80] for text in whole),
    ]


def test_it_learns_three_records(
    trained: tuple[Language, list[float]], toy_docs: list[Doc]
) -> None:
    nlp, losses = trained
    assert losses[-1] < 0.05 * losses[0]
    for doc in toy_docs:
        assert entities(nlp(doc.text)) == entities(doc) != []
    assert nlp.evaluate(make_examples(nlp, toy_docs))["ents_f"] == 1.0


def test_every_weight_moves(toy_docs: list[Doc]) -> None:
    nlp = make_nlp(static_vectors=True)
    train(nlp, toy_docs, 0)
    model = nlp.get_pipe("tok2vec").model.get_ref("embed")
    before = [
        (n, p, n.get_param(p).copy()) for n in model.walk() for p in n.param_names
    ]
    assert len(before) > 8
    optimizer = nlp.resume_training()
    optimizer.L2 = 0.0  # Decay moves weights that no gradient reaches.
    for _ in range(4):
        nlp.update(make_examples(nlp, toy_docs), sgd=optimizer)
    assert [
        f"{node.name}.{name}"
        for node, name, kept in before
        if numpy.array_equal(node.get_param(name), kept)
    ] == []


def test_disk_keeps_predictions(
    nlp: Language, texts: list[str], tmp_path: Path
) -> None:
    nlp.to_disk(tmp_path)
    assert_same_entities(nlp, spacy.load(tmp_path), texts)


def test_bytes_keep_predictions(nlp: Language, texts: list[str]) -> None:
    loaded = load_model_from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert_same_entities(nlp, loaded, texts)


def assert_same_entities(one: Language, other: Language, texts: list[str]) -> None:
    expected = [entities(one(text)) for text in texts]
    assert any(expected)
    assert [entities(other(text)) for text in texts] == expected


@pytest.mark.parametrize("batch_size", [1, 4, 100])
def test_pipe_predicts_as_a_call_does(
    nlp: Language, texts: list[str], batch_size: int
) -> None:
    piped = [entities(doc) for doc in nlp.pipe(texts, batch_size=batch_size)]
    assert piped == [entities(nlp(text)) for text in texts]


def test_two_processes_predict_as_one_does(nlp: Language, texts: list[str]) -> None:
    one, two = (
        [
            (doc.text, entities(doc))
            for doc in nlp.pipe(texts, n_process=n, batch_size=2)
        ]
        for n in (1, 2)
    )
    assert two == one


@pytest.mark.parametrize("text", EMPTY)
def test_text_without_words_has_no_entities(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert entities(doc) == []
    assert [entities(doc) for doc in nlp.pipe([text, text])] == [[], []]


def test_no_documents(nlp: Language) -> None:
    assert list(nlp.pipe([])) == []


def test_an_empty_document_among_others_is_learnt_from(
    nlp: Language, toy_docs: list[Doc], annotate: Annotate
) -> None:
    copy = load_model_from_config(nlp.config).from_bytes(nlp.to_bytes())
    examples = make_examples(copy, [annotate("", []), toy_docs[0], annotate(" ", [])])
    losses: dict[str, float] = {}
    copy.update(examples, sgd=copy.resume_training(), losses=losses)
    assert numpy.isfinite(losses["ner"])


def test_missing_vectors_are_an_error(toy_docs: list[Doc]) -> None:
    nlp = load_model_from_config(make_config(static_vectors=True), auto_fill=True)
    with pytest.raises(ValueError, match=r"no word vectors.*include_static_vectors"):
        nlp.initialize(lambda: make_examples(nlp, toy_docs))


def test_unknown_attributes_are_an_error() -> None:
    config = make_config(static_vectors=False)
    config["components"]["tok2vec"]["model"]["embed"]["attrs"][0] = "NORM"
    with pytest.raises(ValueError, match="RecordEmbed cannot embed NORM"):
        load_model_from_config(config, auto_fill=True)
