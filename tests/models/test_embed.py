import inspect
import itertools
from typing import Any

import numpy
import pytest
from en_trial_registry.embed import (
    FORM_ATTRS,
    N_VALUES,
    build_record_embed,
    record_features,
    with_key,
)
from en_trial_registry.names import NAME_MARKS
from en_trial_registry.occurrence import PARTS
from en_trial_registry.structure import SEGMENT_KINDS
from numpy.testing import assert_allclose
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vectors import Vectors
from thinc.api import Adam, Model, fix_random_seed
from thinc.types import Floats2d

Embed = Model[list[Doc], list[Floats2d]]

WIDTH = 6
# Read from the signature, so that a new switch is tested too.
SWITCHES = [
    name
    for name, parameter in inspect.signature(build_record_embed).parameters.items()
    if parameter.annotation is bool
]
TEXTS = [
    "NCT90000051\nTea for thirst\n\nInterventions\n[Drug] Tea\nHot tea 20 mg.\n",
    "",
    "Milk.",
    " ",
    "NCT90000052\nMilk\n\nEligibility criteria\nExclusion Criteria: tea, milk\n",
]


@pytest.fixture(scope="module")
def nlp(registry_nlp: Language) -> Language:
    data = numpy.random.default_rng(0).normal(size=(50, 4)).astype("f")
    vocab = registry_nlp.vocab
    vocab.vectors = Vectors(strings=vocab.strings, data=data, mode="floret")
    return registry_nlp


@pytest.fixture
def docs(nlp: Language) -> list[Doc]:
    return [nlp(text) for text in TEXTS]


def build(docs: list[Doc], **changes: Any) -> Embed:
    fix_random_seed(0)
    settings = dict.fromkeys(SWITCHES, False) | {
        "width": WIDTH,
        "attrs": ["LOWER", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [50, 40, 30, 20],
        "maxout_pieces": 2,
    }
    embed = build_record_embed(**(settings | changes))
    embed.initialize(X=docs)
    return embed


every_option = pytest.mark.parametrize(
    "options",
    [
        {},
        *({switch: True} for switch in SWITCHES),
        dict.fromkeys(SWITCHES, True),
        dict.fromkeys(SWITCHES, True) | {"maxout_pieces": 1},
        {"width": 4, "maxout_pieces": 3},
        {"attrs": ["ORTH"], "rows": [10]},
        {"attrs": list(FORM_ATTRS), "rows": [10] * len(FORM_ATTRS)},
    ],
    ids=str,
)


@every_option
def test_a_row_per_token(docs: list[Doc], options: dict[str, Any]) -> None:
    rows = build(docs, **options).predict(docs)
    width = options.get("width", WIDTH)
    assert [row.shape for row in rows] == [(len(doc), width) for doc in docs]
    assert all(numpy.isfinite(row).all() for row in rows)


@every_option
def test_a_document_does_not_see_its_batch(
    docs: list[Doc], options: dict[str, Any]
) -> None:
    embed = build(docs, **options)
    together = embed.predict(docs)
    for doc, rows in zip(docs, together, strict=True):
        assert_allclose(embed.predict([doc])[0], rows, rtol=1e-4, atol=1e-5)


@every_option
@pytest.mark.parametrize("count", [0, 1, 2])
def test_no_tokens(
    nlp: Language, docs: list[Doc], options: dict[str, Any], count: int
) -> None:
    rows = build(docs, **options).predict([nlp("")] * count)
    assert [row.shape for row in rows] == [(0, options.get("width", WIDTH))] * count


@every_option
def test_bytes_restore_the_layer(docs: list[Doc], options: dict[str, Any]) -> None:
    embed = build(docs, **options)
    other = build(docs, **options)
    for node in other.walk():
        for name in node.param_names:
            node.set_param(name, node.get_param(name) + 1.0)
    other.from_bytes(embed.to_bytes())
    for one, two in zip(embed.predict(docs), other.predict(docs), strict=True):
        assert_allclose(one, two)


@every_option
def test_it_learns_with_every_parameter(
    docs: list[Doc], options: dict[str, Any]
) -> None:
    embed = build(docs, **options)
    random = numpy.random.default_rng(0)
    targets = [random.normal(size=row.shape).astype("f") for row in embed.predict(docs)]
    optimizer, losses = Adam(0.02), []
    for step in range(25):
        rows, backprop = embed.begin_update(docs)
        d_rows = [row - target for row, target in zip(rows, targets, strict=True)]
        losses.append(sum(float((d_row**2).sum()) for d_row in d_rows))
        backprop(d_rows)
        if step == 1:  # A layer that begins at zero has its gradient by then.
            assert without_gradient(embed) == []
        embed.finish_update(optimizer)
    assert losses[-1] < 0.6 * losses[0]


def without_gradient(model: Model[Any, Any]) -> list[str]:
    return [
        f"{node.name}.{name}"
        for node in model.walk()
        for name in node.param_names
        if not (node.has_grad(name) and node.get_grad(name).any())
    ]


def test_every_option_has_its_parameters(docs: list[Doc]) -> None:
    def count(**options: Any) -> int:
        nodes = build(docs, **options).walk()
        return sum(node.get_param(n).size for node in nodes for n in node.param_names)

    lexical = (50 + 40 + 30 + 20) * WIDTH
    mixed = 2 * WIDTH
    linear_and_norm = (4 * WIDTH + 1) * mixed + 2 * WIDTH
    assert count() == lexical + linear_and_norm
    assert count(record_structure=True) - count() == sum(N_VALUES) * mixed
    assert count(include_static_vectors=True) - count() == 4 * mixed


def test_the_structure_of_the_record_tells_words_apart(docs: list[Doc]) -> None:
    plain = build(docs).predict(docs)[0]
    structured = build(docs, record_structure=True).predict(docs)[0]
    texts = [token.text for token in docs[0]]
    title, name = (i for i, text in enumerate(texts) if text == "Tea")
    assert_allclose(plain[title], plain[name])
    assert not numpy.allclose(structured[title], structured[name])


def test_words_alone_know_their_form(nlp: Language, docs: list[Doc]) -> None:
    embed = build(docs)
    lower, upper, other = embed.predict([nlp("tea Tea milk")])[0]
    assert not numpy.allclose(lower, upper)
    assert not numpy.allclose(lower, other)


@pytest.mark.parametrize(
    ("attrs", "rows", "problem"),
    [
        (["LOWER", "SHAPE"], [10], r"2 attrs \(LOWER, SHAPE\) and 1 rows \(\[10\]\)"),
        ([], [10], "0 attrs"),
        (["LOWER", "NORM"], [10, 10], "cannot embed NORM: .* must be of LOWER"),
        (["TAG", "DEP"], [10, 10], "cannot embed DEP, TAG"),
    ],
)
def test_wrong_settings_are_named(
    docs: list[Doc], attrs: list[str], rows: list[int], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        build(docs, attrs=attrs, rows=rows)


def test_missing_vectors_are_an_error() -> None:
    docs = [Doc(Language().vocab, words=["tea"])]
    with pytest.raises(ValueError, match="no word vectors"):
        build(docs, include_static_vectors=True)


def test_features_of_a_record(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    features = record_features(doc)
    title, interventions = (
        1 << list(PARTS).index(p) for p in ("title", "interventions")
    )
    assert [
        (token.text, SEGMENT_KINDS[kind], NAME_MARKS[mark], place)
        for token, (kind, mark, place) in zip(doc, features.tolist(), strict=True)
        if not token.is_space
    ] == [
        ("NCT90000051", "id", "", 0),
        ("Tea", "title", "U-NAME", title | interventions),
        ("for", "title", "", title),
        ("thirst", "title", "", title),
        ("Interventions", "heading", "", 0),
        ("[", "intervention_type", "", 0),
        ("Drug", "intervention_type", "", 0),
        ("]", "intervention_type", "", 0),
        ("Tea", "intervention_name", "U-NAME", title | interventions),
        ("Hot", "intervention_description", "", interventions),
        ("tea", "intervention_description", "U-NAME", title | interventions),
        ("20", "intervention_description", "", interventions),
        ("mg", "intervention_description", "", interventions),
        (".", "intervention_description", "", interventions),
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_features_fit_their_tables(nlp: Language, text: str) -> None:
    doc = nlp(text)
    features = record_features(doc)
    assert features.shape == (len(doc), len(N_VALUES))
    assert (features >= 0).all()
    assert (features < N_VALUES).all()


def test_the_key_tells_features_apart() -> None:
    columns = [range(count) for count in N_VALUES[:2]]
    rows = numpy.array([(*row, 5) for row in itertools.product(*columns)], dtype="i")
    keyed = with_key(numpy.concatenate([rows, rows]))
    assert len(set(keyed[:, 0].tolist())) == len(rows)
    assert (keyed[: len(rows)] == keyed[len(rows) :]).all()
    assert (keyed[: len(rows), 1:] == rows).all()
