import random
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
import spacy
from en_trial_registry.augment import cut, make_record_variants, rename
from en_trial_registry.names import find_names
from en_trial_registry.structure import read_segments
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed

Marks = list[tuple[str, str]]
Annotate = Callable[[str, Marks], Doc]
Augment = Callable[[Language, Example], Iterator[Example]]

TEXT = (
    "NCT90000071\nGrelafen-treated hiccups\n\nArms\n[Arm] Drug\n"
    "GRELAFEN 20 mg (by mouth)\n\nInterventions\n[Drug] Grelafen\n\n"
    "Primary outcomes\nGrelafen level [Time Frame: 1 day]\n"
)
MARKS = [
    ("Grelafen", "INTERVENTION"),
    ("GRELAFEN", "INTERVENTION"),
    ("20 mg", "DOSE"),
    ("by mouth", "ROUTE"),
    ("Grelafen", "INTERVENTION"),
    ("Grelafen level", "OUTCOME"),
    ("1 day", "TIME_FRAME"),
]


@pytest.fixture
def doc(annotate: Annotate) -> Doc:
    return annotate(TEXT, MARKS)


def entities(*docs: Doc) -> Marks:
    return [(entity.text, entity.label_) for doc in docs for entity in doc.ents]


def examples_of(nlp: Language, docs: list[Doc]) -> list[Example]:
    return [Example(nlp.make_doc(doc.text), doc) for doc in docs]


def augmented(nlp: Language, docs: list[Doc], augment: Augment) -> list[Example]:
    return [v for example in examples_of(nlp, docs) for v in augment(nlp, example)]


def renamed(doc: Doc, draw: Callable[[int], tuple[str, ...]]) -> Doc:
    return rename(doc, find_names(doc, read_segments(doc.text)), draw)


def test_the_name_resolves() -> None:
    make = spacy.registry.augmenters.get("en_trial_registry.RecordVariants.v1")
    assert callable(make(cut_level=0.0, rename_level=0.0))


def test_cut_gives_fields_with_their_entities(doc: Doc) -> None:
    assert [(piece.text, entities(piece)) for piece in cut(doc)] == [
        ("Grelafen-treated hiccups", [("Grelafen", "INTERVENTION")]),
        (
            "GRELAFEN 20 mg (by mouth)",
            [("GRELAFEN", "INTERVENTION"), ("20 mg", "DOSE"), ("by mouth", "ROUTE")],
        ),
        (
            "Grelafen level [Time Frame: 1 day]",
            [("Grelafen level", "OUTCOME"), ("1 day", "TIME_FRAME")],
        ),
    ]


def test_text_without_sections_is_not_cut(annotate: Annotate) -> None:
    doc = annotate("Grelafen 20 mg", [("20 mg", "DOSE")])
    assert cut(doc) == [doc]


def test_a_field_that_ends_inside_a_token_is_left_whole(registry_nlp: Language) -> None:
    words = ["Brief summary", "\n", "Tea", "\nand \n", "Arms"]
    doc = Doc(registry_nlp.vocab, words=words, spaces=[False] * 5)
    assert [piece.text for piece in cut(doc)] == ["Tea\nand \nArms"]


def test_rename_changes_a_name_throughout(doc: Doc) -> None:
    changed = renamed(doc, lambda length: ("Blue", "tea"))
    assert changed.text == TEXT.replace("GRELAFEN", "Blue tea").replace(
        "Grelafen-", "Blue tea-"
    ).replace("] Grelafen", "] Blue tea")
    assert entities(changed) == [
        (text if label != "INTERVENTION" else "Blue tea", label)
        for text, label in MARKS
    ]


def test_rename_leaves_the_document_as_it_was(doc: Doc) -> None:
    renamed(doc, lambda length: ("Blue", "tea"))
    assert (doc.text, entities(doc)) == (TEXT, MARKS)


def test_each_name_has_one_other(annotate: Annotate) -> None:
    text = (
        "Interventions\n[Drug] Chalk\n[Drug] Warm tea\n\nArms\n[Arm] A\nchalk, warm tea"
    )
    names = ["Chalk", "Warm tea", "chalk", "warm tea"]
    doc = annotate(text, [(name, "INTERVENTION") for name in names])
    lengths: list[int] = []

    def draw(length: int) -> tuple[str, ...]:
        lengths.append(length)
        return (f"new{len(lengths)}",)

    one, two, *again = (text for text, _ in entities(renamed(doc, draw)))
    assert again == [one, two]
    assert one != two
    assert lengths[:2] == [1, 2]


def test_what_is_not_exactly_an_intervention_stays(annotate: Annotate) -> None:
    text = "Interventions\n[Drug] Chalk\n\nArms\n[Arm] A\nchalk dust, chalk, chalk"
    doc = annotate(text, [("chalk dust", "INTERVENTION"), ("chalk", "OUTCOME")])
    changed = renamed(doc, lambda length: ("tea",))
    assert (changed.text, entities(changed)) == (text, entities(doc))


def test_words_of_entities_move_with_the_text(annotate: Annotate) -> None:
    text = "Interventions\n[Drug] Big blue chalk\n5 mg big blue chalk 2 g"
    marks = [
        ("Big blue chalk", "INTERVENTION"),
        ("5 mg", "DOSE"),
        ("big blue chalk", "INTERVENTION"),
        ("2 g", "DOSE"),
    ]
    changed = renamed(annotate(text, marks), lambda length: ("tea",))
    assert changed.text == "Interventions\n[Drug] tea\n5 mg tea 2 g"
    assert entities(changed) == [
        ("tea", "INTERVENTION"),
        ("5 mg", "DOSE"),
        ("tea", "INTERVENTION"),
        ("2 g", "DOSE"),
    ]


def test_level_zero_changes_nothing(
    registry_nlp: Language, toy_docs: list[Doc]
) -> None:
    augment = make_record_variants(cut_level=0.0, rename_level=0.0)
    for example in examples_of(registry_nlp, toy_docs):
        assert list(augment(registry_nlp, example)) == [example]


def test_level_one_cuts_every_record(
    registry_nlp: Language, toy_docs: list[Doc]
) -> None:
    augment = make_record_variants(cut_level=1.0, rename_level=0.0)
    variants = augmented(registry_nlp, toy_docs, augment)
    expected = [piece.text for doc in toy_docs for piece in cut(doc)]
    assert [variant.reference.text for variant in variants] == expected
    assert len(variants) > len(toy_docs)


@pytest.mark.parametrize("cut_level", [0.0, 1.0])
def test_level_one_renames_every_record(
    registry_nlp: Language, toy_docs: list[Doc], cut_level: float
) -> None:
    fix_random_seed(1)
    whole = make_record_variants(cut_level=cut_level, rename_level=0.0)
    before = augmented(registry_nlp, toy_docs, whole)
    augment = make_record_variants(cut_level=cut_level, rename_level=1.0)
    after = augmented(registry_nlp, toy_docs * 2, augment)[-len(before) :]
    assert [variant.text for variant in before] != [variant.text for variant in after]
    assert labels(before) == labels(after)


def labels(variants: list[Example]) -> list[Counter[str]]:
    return [Counter(e.label_ for e in variant.reference.ents) for variant in variants]


@pytest.mark.parametrize("cut_level", [0.0, 1.0])
@pytest.mark.parametrize("rename_level", [0.0, 1.0])
def test_entities_align_with_the_tokenizer(
    registry_nlp: Language, toy_docs: list[Doc], cut_level: float, rename_level: float
) -> None:
    random.seed(0)
    augment = make_record_variants(cut_level, rename_level)
    for variant in augmented(registry_nlp, toy_docs * 3, augment):
        assert variant.predicted.text == variant.reference.text
        assert not variant.predicted.ents
        tags = variant.get_aligned_ner()
        assert None not in tags
        assert sum(tag[:2] in ("B-", "U-") for tag in tags) == len(
            variant.reference.ents
        )


def test_a_seed_gives_the_same_variants(
    registry_nlp: Language, toy_docs: list[Doc]
) -> None:
    def texts(seed: int) -> list[str]:
        fix_random_seed(seed)
        augment = make_record_variants(cut_level=0.5, rename_level=0.5)
        variants = augmented(registry_nlp, toy_docs * 4, augment)
        return [variant.reference.text for variant in variants]

    assert texts(3) == texts(3)
    assert len({tuple(texts(seed)) for seed in range(4)}) > 1


def test_long_names_alone_are_kept(registry_nlp: Language, annotate: Annotate) -> None:
    """Names of six words and more are not given to other records."""
    name = "Very slow warm blue chalk dust bath"
    text = f"Interventions\n[Drug] {name}\n"
    doc = annotate(text, [(name, "INTERVENTION")])
    augment = make_record_variants(cut_level=0.0, rename_level=1.0)
    (variant,) = augmented(registry_nlp, [doc], augment)
    assert variant.reference.text == text


@pytest.mark.parametrize("text", ["", " ", "Tea.", "Interventions\n[Drug]\n"])
def test_records_without_names_stay(
    registry_nlp: Language, annotate: Annotate, text: str
) -> None:
    augment = make_record_variants(cut_level=1.0, rename_level=1.0)
    variants = augmented(registry_nlp, [annotate(text, [])], augment)
    assert [variant.reference.text for variant in variants] == [text]
