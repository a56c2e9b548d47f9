import dataclasses
import json

import pytest
from en_trial_registry.extract import Entity, extract_record, extract_records
from en_trial_registry.readers import read_records
from en_trial_registry.records import Record, RecordError
from extract_toy import EXPECTED, PLAIN, STUDY, make_pipeline
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

NLP = make_pipeline()


@pytest.fixture
def study():
    (record,) = read_records([STUDY])
    return record


def plain(record_id="note", text=PLAIN):
    return Record(record_id, plain_text=text, source="text")


def test_entities_have_their_place_section_and_field(study):
    found = extract_record(study, NLP).entities
    assert [dataclasses.astuple(entity) for entity in found] == EXPECTED


def test_sections_are_those_of_the_record_and_of_the_doc(study):
    extraction = extract_record(study, NLP)
    marked = extraction.doc.spans["sections"]
    assert [(s.label, s.start, s.end) for s in extraction.sections] == [
        (span.label_, span.start_char, span.end_char) for span in marked
    ]
    assert extraction.sections[3] == ("Arms", 256, 311)


def test_plain_text_has_neither_section_nor_field():
    assert extract_record(plain(), NLP).entities == (
        Entity(13, 17, "INTERVENTION", "GW-1"),
        Entity(19, 22, "DOSE", "1 g"),
    )


def test_plain_text_with_headings_has_sections_and_no_fields():
    text = "Primary outcomes\nNausea [Time Frame: 2 hours]\n"
    found = extract_record(plain(text=text), NLP).entities
    assert [(e.text, e.section, e.field) for e in found] == [
        ("Nausea", "Primary outcomes", None),
        ("2 hours", "Primary outcomes", None),
    ]


def test_fixed_text_belongs_to_no_field(study):
    nlp = make_pipeline(ROUTE=("Conditions", "Arms"))
    found = extract_record(study, nlp).entities
    routes = [(e.start, e.section, e.field) for e in found if e.label == "ROUTE"]
    assert routes == [(88, "Header", None), (256, "Arms", None)]


def test_an_entity_across_sections_lies_in_none():
    record = Record("NCT90000030", brief_title="Nausea", brief_summary="No text.")
    nlp = make_pipeline()
    nlp.add_pipe("entity_ruler", name="across", config={"overwrite_ents": True})
    pattern = [{"LOWER": "nausea"}, {"IS_SPACE": True}, {"LOWER": "brief"}]
    nlp.get_pipe("across").add_patterns([{"label": "OUTCOME", "pattern": pattern}])
    (entity,) = extract_record(record, nlp).entities
    assert entity.text == "Nausea\n\nBrief"
    assert entity.section is None
    assert entity.field == "brief_title"


def test_json_has_plain_types_and_keeps_the_text(study):
    value = extract_record(study, NLP).to_json()
    assert json.loads(json.dumps(value)) == value
    assert list(value) == [
        "id", "source", "text", "sections", "entities", "relations",
        "regimens", "lab_thresholds", "outcomes",
    ]  # fmt: skip
    assert (value["id"], value["source"]) == ("NCT90000006", "api-v2")
    assert value["text"] == study.text
    assert value["sections"][0] == {"label": "Header", "start": 0, "end": 119}
    keys = tuple(Entity.__dataclass_fields__)
    assert value["entities"] == [dict(zip(keys, row, strict=True)) for row in EXPECTED]


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_offsets_agree_with_any_text(noise):
    text = f"{noise} Nausea {noise} 1 g {noise}"
    value = json.loads(json.dumps(extract_record(plain(text=text), NLP).to_json()))
    assert value["text"] == text
    for entity in value["entities"]:
        assert text[entity["start"] : entity["end"]] == entity["text"]


@pytest.mark.parametrize("batch_size", [1, 2, 10])
def test_records_keep_their_order(batch_size, study):
    records = [plain("a"), study, plain("b")]
    found = list(extract_records(iter(records), NLP, batch_size=batch_size))
    assert [extraction.record for extraction in found] == records
    assert [len(extraction.entities) for extraction in found] == [2, 10, 2]


def test_no_records_give_nothing():
    assert list(extract_records([], NLP)) == []


def test_extractions_compare_by_what_was_found(study):
    extraction = extract_record(study, NLP)
    assert extraction == extract_record(study, NLP)
    assert extraction != extract_record(study, make_pipeline(ROUTE=("ferry",)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        extraction.entities = ()


def make_short_pipeline():
    nlp = make_pipeline()
    nlp.max_length = 100
    return nlp


def make_changing_pipeline():
    nlp = make_pipeline()
    tokenizer = nlp.tokenizer

    def lose_last_word(text):
        doc = tokenizer(text)
        return (
            doc[:-1].as_doc() if "ferry" in text else Doc(nlp.vocab, doc.text.split())
        )

    nlp.tokenizer = lose_last_word
    return nlp


@pytest.mark.parametrize(
    ("nlp", "problem"),
    [
        (make_short_pipeline(), "626 characters; the pipeline takes at most 100"),
        (make_changing_pipeline(), "is changed by the pipeline"),
    ],
)
def test_a_record_that_the_pipeline_can_not_take_is_an_error(nlp, problem, study):
    with pytest.raises(RecordError, match=f"record NCT90000006.*{problem}"):
        extract_record(study, nlp)


def test_other_records_go_on_after_one_that_is_too_long(study):
    errors: list[RecordError] = []
    records = [plain("a"), study, plain("b")]
    nlp = make_short_pipeline()
    found = list(extract_records(records, nlp, on_error=errors.append))
    assert [extraction.record.id for extraction in found] == ["a", "b"]
    assert [(error.record, error.field) for error in errors] == [
        ("NCT90000006", "text")
    ]
    assert "split the record" in errors[0].remedy
