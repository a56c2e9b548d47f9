import pytest
from en_trial_registry.records import Arm, Intervention, Outcome, Record
from en_trial_registry.sections import SECTIONS_KEY
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import load_model_from_config

Sections = list[tuple[str, int, int]]

RECORD = Record(
    id="NCT90000061",
    brief_title="Tea for Thirst",
    brief_summary="Tea is hot.",
    detailed_description="It\u00a0cools.\n\nThen it is cold.",
    arms=(Arm("Tea", "EXPERIMENTAL"),),
    interventions=(Intervention("Tea", "DRUG"),),
    primary_outcomes=(Outcome("Thirst", "1 day"),),
    secondary_outcomes=(Outcome("Sleep"),),
    criteria="Inclusion Criteria:\n- thirsty",
)


@pytest.fixture(scope="module")
def nlp(registry_nlp: Language) -> Language:
    nlp = load_model_from_config(registry_nlp.config)
    nlp.add_pipe("record_sections")
    return nlp


def sections(doc: Doc) -> Sections:
    return [
        (span.label_, span.start_char, span.end_char)
        for span in doc.spans[SECTIONS_KEY]
    ]


def test_sections_are_those_of_the_record(nlp: Language) -> None:
    found = sections(nlp(RECORD.text))
    assert found == [tuple(section) for section in RECORD.sections]
    assert [label for label, _, _ in found] == [
        "Header",
        "Brief summary",
        "Detailed description",
        "Arms",
        "Interventions",
        "Primary outcomes",
        "Secondary outcomes",
        "Eligibility criteria",
    ]


def test_a_section_is_its_heading_and_its_lines(nlp: Language) -> None:
    doc = nlp(RECORD.text)
    spans = doc.spans[SECTIONS_KEY]
    assert spans[0].text == "NCT90000061\nTea for Thirst"
    assert spans[5].text == "Primary outcomes\nThirst [Time Frame: 1 day]"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Tea is hot.", "Arms of tea\n"])
def test_text_without_headings_has_no_sections(nlp: Language, text: str) -> None:
    assert sections(nlp(text)) == []


def test_a_section_that_ends_inside_a_token_grows(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=["Arms", "\nTea \n"], spaces=[False, False])
    nlp(doc)
    assert [span.text for span in doc.spans[SECTIONS_KEY]] == ["Arms\nTea \n"]


def test_a_second_run_changes_nothing(nlp: Language) -> None:
    doc = nlp(RECORD.text)
    first = sections(doc)
    assert sections(nlp(doc)) == first


def test_bytes_and_doc_bins_keep_sections(nlp: Language) -> None:
    doc = nlp(RECORD.text)
    from_bytes = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    stored = DocBin(docs=[doc, nlp("")]).to_bytes()
    from_bin, empty = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert sections(from_bytes) == sections(from_bin) == sections(doc) != []
    assert sections(empty) == []


@pytest.mark.parametrize("n_process", [1, 2])
def test_pipe_marks_as_a_call_does(nlp: Language, n_process: int) -> None:
    texts = [RECORD.text, "", "Tea."] * 2
    piped = nlp.pipe(texts, n_process=n_process, batch_size=2)
    assert [sections(doc) for doc in piped] == [sections(nlp(text)) for text in texts]


def test_a_pipeline_keeps_the_component(nlp: Language) -> None:
    loaded = load_model_from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert loaded.pipe_names == ["record_sections"]
    assert sections(loaded(RECORD.text)) == sections(nlp(RECORD.text))
