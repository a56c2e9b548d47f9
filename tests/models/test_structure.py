import pytest
from en_trial_registry.records import Arm, Intervention, Outcome, Record
from en_trial_registry.structure import KIND_INDEX, SEGMENT_KINDS, read_segments
from hypothesis import given
from hypothesis import strategies as st

RECORD = Record(
    id="NCT90000031",
    brief_title="Tea for Thirst",
    official_title="A Trial of Tea",
    conditions=("Thirst", "Hunger"),
    brief_summary="One line.\n\nAnother.",
    detailed_description="Details.",
    arms=(Arm("Tea arm", "ACTIVE_COMPARATOR", "Two cups."), Arm("Nothing")),
    interventions=(
        Intervention("Tea", "Combination Product", "Hot.", ("Chai", "Char")),
        Intervention("Milk"),
    ),
    primary_outcomes=(Outcome("Thirst", "1 day", "By scale."), Outcome("Hunger")),
    secondary_outcomes=(Outcome("Sleep"), Outcome("Mood")),
    criteria="Adults.\nInclusion Criteria:\n- thirsty\nExclusion Criteria:\n- asleep",
)
EXPECTED = [
    ("id", "NCT90000031"),
    ("title", "Tea for Thirst"),
    ("official_title", "Official title: A Trial of Tea"),
    ("conditions", "Conditions: Thirst; Hunger"),
    ("heading", "Brief summary"),
    ("brief_summary", "One line.\nAnother."),
    ("heading", "Detailed description"),
    ("detailed_description", "Details."),
    ("heading", "Arms"),
    ("arm_type", "[ACTIVE_COMPARATOR]"),
    ("arm_label", "Tea arm"),
    ("arm_description", "Two cups."),
    ("arm_type", "[Arm]"),
    ("arm_label", "Nothing"),
    ("heading", "Interventions"),
    ("intervention_type", "[Combination Product]"),
    ("intervention_name", "Tea"),
    ("intervention_description", "Hot."),
    ("other_names", "Other names: Chai; Char"),
    ("intervention_type", "[Other]"),
    ("intervention_name", "Milk"),
    ("heading", "Primary outcomes"),
    ("outcome_title", "Thirst"),
    ("time_frame", "[Time Frame: 1 day]"),
    ("outcome_description", "By scale."),
    ("outcome_description", "Hunger"),
    ("heading", "Secondary outcomes"),
    ("outcome_title_without_time", "Sleep"),
    ("outcome_title_without_time", "Mood"),
    ("heading", "Eligibility criteria"),
    ("criteria", "Adults."),
    ("inclusion", "Inclusion Criteria:\n- thirsty"),
    ("exclusion", "Exclusion Criteria:\n- asleep"),
]
LINES = [
    *("NCT90000031", "Official title: Tea", "Conditions: Thirst", "Other names: Chai"),
    *("Brief summary", "Arms", "Interventions", "Primary outcomes"),
    *("Eligibility criteria", "[Drug] Tea", "[Other]", "Thirst [Time Frame: 1 day]"),
    *(
        "[Time Frame: ]",
        "Inclusion Criteria:",
        "Key exclusion criteria",
        "- x",
        " ",
        "",
    ),
]
documents = st.lists(st.sampled_from(LINES), max_size=12).map("\n".join) | st.text()


def segments(text: str) -> list[tuple[str, str]]:
    """Give kind and stripped text of each segment that has any."""
    found = ((s.kind, text[s.start : s.end].strip()) for s in read_segments(text))
    return [(kind, inside) for kind, inside in found if inside]


def test_every_line_of_a_record_has_its_kind() -> None:
    assert segments(RECORD.text) == EXPECTED


def test_the_table_holds_every_kind() -> None:
    assert {kind for kind, _ in EXPECTED} == set(SEGMENT_KINDS) - {"text"}
    assert KIND_INDEX["text"] == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n", []),
        ("Tea.\nMilk.", [("text", "Tea."), ("text", "Milk.")]),
        ("Thirst [Time Frame: 1 day]",
         [("outcome_title", "Thirst"), ("time_frame", "[Time Frame: 1 day]")]),
        ("Thirst [Time Frame: day 1 [of 2]]",
         [("outcome_title", "Thirst"), ("time_frame", "[Time Frame: day 1 [of 2]]")]),
        ("Inclusion Criteria: thirsty. Exclusion Criteria: asleep.",
         [("inclusion", "Inclusion Criteria: thirsty."),
          ("exclusion", "Exclusion Criteria: asleep.")]),
        ("Adults.\nEXCLUSION CRITERIA\nasleep\nInclusion: thirsty",
         [("text", "Adults."), ("exclusion", "EXCLUSION CRITERIA\nasleep"),
          ("inclusion", "Inclusion: thirsty")]),
        ("Key inclusion and other criteria: thirsty",
         [("text", "Key"), ("inclusion", "inclusion and other criteria: thirsty")]),
        ("Non-inclusion criteria: asleep",
         [("exclusion", "Non-inclusion criteria: asleep")]),
        ("Ineligible: asleep", [("exclusion", "Ineligible: asleep")]),
        ("Exclusion of noise. Criteria: none",
         [("text", "Exclusion of noise. Criteria: none")]),
    ],
)  # fmt: skip
def test_fragments_say_what_they_are(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert segments(text) == expected


def test_lines_of_another_section_are_body() -> None:
    text = "NCT90000031\n\nBrief summary\n[Drug] Tea\nOther names: Chai\n"
    assert segments(text) == [
        ("id", "NCT90000031"),
        ("heading", "Brief summary"),
        ("brief_summary", "[Drug] Tea\nOther names: Chai"),
    ]


def test_turns_of_the_criteria_end_with_their_section() -> None:
    text = "NCT90000031\n\nEligibility criteria\nInclusion: tea\n\nArms\n[Arm] Tea\n"
    assert segments(text)[-4:] == [
        ("inclusion", "Inclusion: tea"),
        ("heading", "Arms"),
        ("arm_type", "[Arm]"),
        ("arm_label", "Tea"),
    ]


@given(text=documents)
def test_segments_are_in_order_and_apart(text: str) -> None:
    at = 0
    for start, end, kind in read_segments(text):
        assert at <= start <= end <= len(text)
        assert kind in KIND_INDEX
        at = end


@given(text=documents.map(str.strip))
def test_no_word_is_without_kind(text: str) -> None:
    inside = {i for s in read_segments(text) for i in range(s.start, s.end)}
    assert [c for i, c in enumerate(text) if i not in inside and not c.isspace()] == []


def test_white_space_before_the_header() -> None:
    assert segments("\n\nNCT90000031\nTea\n") == [
        ("id", "NCT90000031"),
        ("title", "Tea"),
    ]


def test_line_ends_of_windows() -> None:
    assert segments(RECORD.text.replace("\n", "\r\n")) == [
        (kind, text.replace("\n", "\r\n")) for kind, text in EXPECTED
    ]
