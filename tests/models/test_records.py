import pickle

import pytest
from en_trial_registry.records import (
    Arm,
    FieldSpan,
    Intervention,
    Outcome,
    Record,
    RecordError,
    SectionSpan,
)
from en_trial_registry.rendering import HEADINGS, find_sections, many, one
from hypothesis import given
from hypothesis import strategies as st

RECORD = Record(
    id="NCT90000010",
    brief_title="Plum \\> Pear",
    official_title="A Trial\nof Plums",
    conditions=("Hunger", "Thirst"),
    brief_summary="One.\n\nTwo.",
    arms=(Arm("Plum", "EXPERIMENTAL", "2 plums"), Arm("", "OTHER"), Arm("Pear")),
    interventions=(
        Intervention("Plum", "DRUG", other_names=("Prune", "Gage")),
        Intervention("Pear", description="1 pear"),
    ),
    primary_outcomes=(Outcome("Hunger", "1 hour", "By scale."), Outcome("Thirst")),
    criteria="Inclusion Criteria:\n- hungry",
)
TEXT = """\
NCT90000010
Plum > Pear
Official title: A Trial of Plums
Conditions: Hunger; Thirst

Brief summary
One.
Two.

Arms
[EXPERIMENTAL] Plum
2 plums
[OTHER]
[Arm] Pear

Interventions
[DRUG] Plum
Other names: Prune; Gage
[Other] Pear
1 pear

Primary outcomes
Hunger [Time Frame: 1 hour]
By scale.
Thirst

Eligibility criteria
Inclusion Criteria:
- hungry
"""

# Blanks, line ends, escapes and bullets are what the cleaning rules turn on.
texts = st.text(alphabet="ab1.)*-•\\<> \t\r\n\u00a0é", max_size=30) | st.text(
    max_size=12
)
several_texts = st.lists(texts, max_size=3).map(tuple)
outcomes = st.lists(st.builds(Outcome, texts, texts, texts), max_size=2).map(tuple)
interventions = st.builds(Intervention, texts, texts, texts, several_texts)
records = st.builds(
    Record,
    id=st.text(alphabet="NCT019", min_size=1, max_size=8),
    brief_title=texts,
    official_title=texts,
    conditions=several_texts,
    brief_summary=texts,
    detailed_description=texts,
    arms=st.lists(st.builds(Arm, texts, texts, texts), max_size=2).map(tuple),
    interventions=st.lists(interventions, max_size=2).map(tuple),
    primary_outcomes=outcomes,
    secondary_outcomes=outcomes,
    criteria=texts,
)


def test_text_has_the_fixed_layout():
    assert RECORD.text == TEXT


def test_record_of_an_id_alone():
    record = Record("NCT90000011")
    assert record.text == "NCT90000011\n"
    assert record.fields == (FieldSpan("id", 0, 11),)
    assert record.sections == (SectionSpan("Header", 0, 11),)


def test_empty_values_in_a_list_keep_their_place():
    record = Record("X", conditions=("a", " ", "b"))
    assert record.text == "X\nConditions: a; ; b\n"
    assert record.field_span("conditions[2]") == FieldSpan("conditions[2]", 19, 20)
    assert Record("X", conditions=("", " ")).text == "X\n"


def test_outcome_without_measure():
    record = Record("X", primary_outcomes=(Outcome("", "1 day"), Outcome("")))
    assert record.text == "X\n\nPrimary outcomes\n[Time Frame: 1 day]\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("id", "NCT90000010"),
        ("brief_title", "Plum > Pear"),
        ("official_title", "A Trial of Plums"),
        ("conditions[1]", "Thirst"),
        ("brief_summary", "One.\nTwo."),
        ("arms[0].type", "EXPERIMENTAL"),
        ("arms[0].description", "2 plums"),
        ("arms[2].label", "Pear"),
        ("interventions[0].other_names[1]", "Gage"),
        ("interventions[1].description", "1 pear"),
        ("primary_outcomes[0].time_frame", "1 hour"),
        ("primary_outcomes[1].measure", "Thirst"),
        ("criteria", "Inclusion Criteria:\n- hungry"),
    ],
)
def test_fields_are_found_by_path(path, text):
    span = RECORD.field_span(path)
    assert RECORD.text[span.start : span.end] == text


def test_unknown_field_names_the_known_ones():
    with pytest.raises(KeyError, match=r"arms\[9\].*brief_title.*criteria"):
        RECORD.field_span("arms[9].label")


def test_field_at():
    start = TEXT.index("Hunger;")
    assert RECORD.field_at(start - 1) is None  # the blank after "Conditions:"
    assert RECORD.field_at(start) == FieldSpan("conditions[0]", start, start + 6)
    assert RECORD.field_at(start + 6) is None  # the semicolon
    assert RECORD.field_at(-1) is None
    assert RECORD.field_at(len(TEXT)) is None


def test_sections_begin_at_their_headings():
    text = {s.label: RECORD.text[s.start : s.end] for s in RECORD.sections}
    assert list(text) == [
        "Header",
        "Brief summary",
        "Arms",
        "Interventions",
        "Primary outcomes",
        "Eligibility criteria",
    ]
    assert text["Brief summary"] == "Brief summary\nOne.\nTwo."
    assert text["Header"].endswith("Hunger; Thirst")
    assert text["Eligibility criteria"].endswith("- hungry")


@given(records)
def test_field_spans_lie_in_order_and_invert(record):
    end = 0
    for span in record.fields:
        assert end <= span.start < span.end
        end = span.end
        assert record.field_span(span.path) == span
        for offset in (span.start, (span.start + span.end) // 2, span.end - 1):
            assert record.field_at(offset) == span
    covered = {i for span in record.fields for i in range(span.start, span.end)}
    for offset in set(range(len(record.text))) - covered:
        assert record.field_at(offset) is None


@given(records)
def test_field_spans_hold_the_cleaned_fields(record):
    found = {s.path: record.text[s.start : s.end] for s in record.fields}
    expected = {
        "brief_title": one(record.brief_title),
        "brief_summary": many(record.brief_summary),
        "criteria": many(record.criteria),
    }
    for i, name in enumerate(record.conditions):
        expected[f"conditions[{i}]"] = one(name)
    for i, arm in enumerate(record.arms):
        expected[f"arms[{i}].label"] = one(arm.label)
        expected[f"arms[{i}].description"] = many(arm.description)
    for i, outcome in enumerate(record.secondary_outcomes):
        expected[f"secondary_outcomes[{i}].time_frame"] = one(outcome.time_frame)
    assert {path: found.get(path, "") for path in expected} == expected


@given(records)
def test_text_is_clean(record):
    assert record.text.endswith("\n")
    for line in record.text[:-1].split("\n"):
        assert line == line.strip()
    assert "\n\n\n" not in record.text


@given(records)
def test_sections_are_found_in_the_text_alone(record):
    found = find_sections(record.text)
    # Without a heading, only an NCT id tells a record from any other text.
    assert found == (record.sections if len(record.sections) > 1 else found)
    assert all(s.label in ("Header", *HEADINGS) for s in found)


def test_sections_of_plain_text():
    assert find_sections("Arms and legs.\n\nArms are long.\n") == ()
    text = "\n NCT90000012\r\n\r\nArms\r\n[Drug] a\r\n"
    labels = [(s.label, text[s.start : s.end]) for s in find_sections(text)]
    assert labels == [("Header", "NCT90000012"), ("Arms", "Arms\r\n[Drug] a")]


def test_plain_text_stays_as_it_is():
    text = " Any\ttext \\> here.\r\n\r\n\r\nEnd"
    record = Record("x", plain_text=text)
    assert record.text == text
    assert record.fields == (FieldSpan("text", 0, len(text)),)
    assert record.sections == ()


def test_records_are_values():
    same = pickle.loads(pickle.dumps(RECORD))
    assert same == RECORD
    assert hash(same) == hash(RECORD)
    assert same.text == RECORD.text
    with pytest.raises(AttributeError):
        RECORD.id = "other"


def test_error_is_one_sentence():
    error = RecordError("is a list", file="a.json", field="title", remedy="write text")
    assert str(error) == "a.json, field title: is a list; write text."
    located = error.located(file="b.json", record="NCT90000010")
    assert str(located) == (
        "a.json, record NCT90000010, field title: is a list; write text."
    )
    assert str(RecordError("is empty")) == "is empty."


def test_error_can_be_pickled():
    error = RecordError("is bad", file="f", record="r", field="x", remedy="do")
    same = pickle.loads(pickle.dumps(error))
    assert isinstance(same, RecordError)
    assert (str(same), same.field, same.remedy) == (str(error), "x", "do")
