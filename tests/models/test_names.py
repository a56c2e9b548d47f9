import pytest
from en_trial_registry.names import MARK_INDEX, NAME_MARKS, find_names, mark_names
from en_trial_registry.structure import read_segments
from spacy.language import Language

Found = list[tuple[str, str]]


def record(names: list[str], body: str, *, arms: tuple[str, ...] = ()) -> str:
    lines = ["NCT90000041", "A title", ""]
    if arms:
        lines += ["Arms", *(f"[Arm] {arm}" for arm in arms), ""]
    if names:
        lines += ["Interventions", *names, ""]
    return "\n".join([*lines, "Eligibility criteria", body, ""])


def found(nlp: Language, text: str) -> Found:
    """Find names in the last section, the body."""
    doc = nlp(text)
    body = text.index("Eligibility criteria")
    spans = find_names(doc, read_segments(text))
    return [(s.text, s.label_) for s in spans if s.start_char > body]


@pytest.mark.parametrize(
    ("names", "body", "expected"),
    [
        # whole names, whatever their case and number
        (["[Drug] Grelafen"], "No grelafen.", [("grelafen", "NAME")]),
        (["[Drug] GRELAFEN"], "No Grelafen.", [("Grelafen", "NAME")]),
        (["[Drug] Chalk tablet"], "Two chalk tablets.", [("chalk tablets", "NAME")]),
        (["[Drug] Chalk tonics"], "A chalk tonic.", [("chalk tonic", "NAME")]),
        (["[Drug] Grelafen"], "No grelafenol.", []),
        # hyphens and digits
        (["[Device] i-grip"], "The i-grip holds.", [("i-grip", "NAME")]),
        (["[Drug] F18-chalkapir"], "F18-chalkapir scan", [("F18-chalkapir", "NAME")]),
        (["[Drug] HF2"], "HF2 or hf3", [("HF2", "NAME")]),
        (["[Drug] HF2"], "hf2", []),
        # other names, each of them
        (["[Drug] Grelafen", "Other names: GRF-1; Old chalk"],
         "GRF-1 and old chalk", [("GRF-1", "NAME"), ("old chalk", "NAME")]),
        # parts of joint names
        (["[Drug] Chalk plus Green tea (Matcha)"],
         "chalk, green tea, matcha",
         [("chalk", "PART"), ("green tea", "PART"), ("matcha", "PART")]),
        (["[Drug] Chalk/Gypsum"], "gypsum", [("gypsum", "PART")]),
        (["[Drug] Chalk followed by Gypsum"], "chalk", [("chalk", "PART")]),
        # without strength, route and form
        (["[Drug] Oral Grelafen 20 mg tablets"], "Grelafen", [("Grelafen", "PART")]),
        # acronyms by initials and in brackets
        (["[Procedure] Warm chalk bath"], "A WCB.", [("WCB", "PART")]),
        (["[Procedure] Warm chalk bath"], "A wcb.", []),
        (["[Procedure] Chalk bath"], "A CB.", []),
        (["[Drug] Grelafen"], "Grelafen (GRF) and GRF",
         [("Grelafen", "NAME"), ("GRF", "PART"), ("GRF", "PART")]),
        (["[Drug] Grelafen"], "Grelafen (GR-F3) and GR-F3",
         [("Grelafen", "NAME"), ("GR-F3", "PART"), ("GR-F3", "PART")]),
        (["[Drug] Grelafen"], "Grelafen (white) and white", [("Grelafen", "NAME")]),
        # weak words and numbers alone are no names
        (["[Drug] Placebo or Standard care"], "standard care", []),
        (["[Drug] Oral dose 20 mg"], "an oral dose and 20 mg", []),
        (["[Other] B"], "B", []),
        (["[Other] 12"], "12", []),
        # nothing to look for
        ([], "Grelafen", []),
        (["[Drug]"], "Drug", []),
    ],
)  # fmt: skip
def test_names_are_found(
    registry_nlp: Language, names: list[str], body: str, expected: Found
) -> None:
    assert found(registry_nlp, record(names, body)) == expected


def test_arm_labels_are_names_of_least_rank(registry_nlp: Language) -> None:
    text = record(
        ["[Drug] Chalk"], "gypsum, chalk and arm", arms=("Gypsum arm", "Chalk")
    )
    assert found(registry_nlp, text) == [("gypsum", "ARM"), ("chalk", "NAME")]


def test_the_longest_name_wins(registry_nlp: Language) -> None:
    text = record(
        ["[Drug] Green tea leaf", "[Drug] Tea leaf", "[Drug] Green tea"],
        "green tea leaf, green tea and tea leaf",
    )
    assert found(registry_nlp, text) == [
        ("green tea leaf", "NAME"),
        ("green tea", "NAME"),
        ("tea leaf", "NAME"),
    ]


def test_a_whole_name_ranks_before_a_part(registry_nlp: Language) -> None:
    text = record(["[Drug] Chalk plus Gypsum", "[Drug] Gypsum"], "chalk, gypsum")
    assert found(registry_nlp, text) == [("chalk", "PART"), ("gypsum", "NAME")]


@pytest.mark.parametrize("text", ["", "Grelafen", "\n\n"])
def test_text_without_a_list_has_no_marks(registry_nlp: Language, text: str) -> None:
    doc = registry_nlp(text)
    assert mark_names(doc, read_segments(text)) == [0] * len(doc)


def test_marks_tell_the_place_in_the_name(registry_nlp: Language) -> None:
    body = "warm green tea, milk plus chalk, milk, dry chalk arms, tea."
    text = record(
        ["[Drug] Warm green tea", "[Drug] Milk plus Chalk"],
        body,
        arms=("Dry chalk pieces", "Dry chalk"),
    )
    doc = registry_nlp(text)
    marks = mark_names(doc, read_segments(text))
    start = len(registry_nlp(text[: text.index(body)]))
    words = [
        (token.text, NAME_MARKS[mark])
        for token, mark in zip(doc[start:], marks[start:], strict=True)
    ]
    assert [word for word in words if word[1]] == [
        ("warm", "B-NAME"),
        ("green", "I-NAME"),
        ("tea", "L-NAME"),
        ("milk", "B-NAME"),
        ("plus", "I-NAME"),
        ("chalk", "L-NAME"),
        ("milk", "U-PART"),
        ("dry", "B-ARM"),
        ("chalk", "L-ARM"),
        ("tea", "WORD"),
    ]


def test_weak_and_short_words_are_not_marked_alone(registry_nlp: Language) -> None:
    text = record(["[Drug] Oral of dry XY chalk 12"], "oral of xy 12 dry")
    doc = registry_nlp(text)
    marks = mark_names(doc, read_segments(text))
    assert [NAME_MARKS[mark] for mark in marks[-7:]] == ["", "", "", "", "", "WORD", ""]


def test_marks_are_indexed() -> None:
    assert [MARK_INDEX[mark] for mark in NAME_MARKS] == list(range(len(NAME_MARKS)))
    assert NAME_MARKS[0] == ""


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        ("[Drug] Chalk versus Gypsum", "gypsum", [("gypsum", "PART")]),
        ("[Drug] Intravenous Grelafen", "Grelafen", [("Grelafen", "PART")]),
    ],
)
def test_words_that_end_in_s(
    registry_nlp: Language, name: str, body: str, expected: Found
) -> None:
    assert found(registry_nlp, record([name], body)) == expected


def test_a_name_of_weak_words_that_are_joined(registry_nlp: Language) -> None:
    text = record(["[Device] i-gel"], "The i-gel holds.")
    assert found(registry_nlp, text) == [("i-gel", "NAME")]
