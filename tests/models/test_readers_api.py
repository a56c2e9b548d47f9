import gzip
import json
from pathlib import Path

import pytest
from en_trial_registry.readers import read_bytes, read_records
from en_trial_registry.records import Arm, Intervention, Outcome, Record, RecordError

STUDY = Path(__file__).parents[1] / "data" / "readers" / "study.json"


def study(nct_id="NCT90000020", **fields):
    identification = {"nctId": nct_id, "briefTitle": "A title", **fields}
    return {"protocolSection": {"identificationModule": identification}}


def ids(data, file="studies"):
    return [record.id for record in read_bytes(data, file=file)]


def read_all(data, file="studies"):
    errors: list[RecordError] = []
    records = list(read_bytes(data, file=file, on_error=errors.append))
    return [record.id for record in records], errors


def dump(value, **options):
    return json.dumps(value, **options).encode()


TWO = [study("NCT90000021"), study("NCT90000022")]


def test_every_field_is_taken():
    (record,) = read_records([STUDY])
    assert record == Record(
        id="NCT90000006",
        brief_title="Ginger Wafers on Ferries",
        official_title="An Invented Trial of Ginger Wafers",
        conditions=("Seasickness", "Nausea"),
        brief_summary="Passengers eat a wafer.",
        detailed_description="Wafers are eaten before the ferry leaves.\n\n"
        "Nobody knows which wafer it is.",
        arms=(Arm("Ginger", "EXPERIMENTAL", "Ginger 1 g once."), Arm("Plain")),
        interventions=(
            Intervention(
                "Ginger wafer",
                "DIETARY_SUPPLEMENT",
                "A wafer with 1 g of ginger.",
                ("Zingiber", "GW-1"),
            ),
            Intervention("Plain wafer"),
        ),
        primary_outcomes=(Outcome("Nausea", "2 hours", "On a scale from 0 to 10."),),
        secondary_outcomes=(Outcome("Wafers left"),),
        criteria="Inclusion Criteria:\n\n* Potassium \\> 3.5 mmol/L\n* Takes the ferry",
        source="api-v2",
    )
    assert "Waves" not in record.text
    assert "* Potassium > 3.5 mmol/L\n* Takes the ferry\n" in record.text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(dump(TWO), id="list"),
        pytest.param(dump(TWO, indent=1), id="list in lines"),
        pytest.param(dump({"studies": TWO, "nextPageToken": "x"}), id="page"),
        pytest.param(dump({"totalCount": 2, "studies": TWO}, indent=2), id="long page"),
        pytest.param(b"\n".join(map(dump, TWO)), id="lines"),
        pytest.param(b"\r\n\n".join(map(dump, TWO)) + b"\n\n", id="lines with gaps"),
        pytest.param(b"\n \n" + b"\n".join(map(dump, TWO)), id="gap in front"),
        pytest.param(b"[\n%s,\n%s\n]" % tuple(map(dump, TWO)), id="a study a line"),
        pytest.param(
            b'{"studies": [\n%s,\n%s\n]}' % tuple(map(dump, TWO)), id="page in lines"
        ),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda d: b"\xef\xbb\xbf" + d])
def test_forms_of_json(data, pack):
    assert ids(pack(data)) == ["NCT90000021", "NCT90000022"]


def test_one_study():
    assert ids(dump(study())) == ["NCT90000020"]
    assert ids(dump(study(), indent=4)) == ["NCT90000020"]
    page = b'{"studies": [\n%s\n]}' % dump(study())
    assert ids(page) == ["NCT90000020"]


def test_an_empty_answer_has_no_records():
    assert ids(b'{"studies": []}') == []
    assert ids(b"[]") == []


def test_lines_are_read_one_by_one():
    data = b"\n".join([*map(dump, TWO), b"broken"])
    records = read_bytes(data, file="studies")
    assert next(records).id == "NCT90000021"
    assert next(records).id == "NCT90000022"
    with pytest.raises(RecordError, match="on line 3"):
        next(records)


def test_annotated_records_are_plain_text():
    text = "NCT90000023\n\nBrief summary\nAspirin \\> 5 mg.\n"
    line = dump({"id": "NCT90000023", "text": text, "entities": [], "relations": []})
    (record,) = read_bytes(line, file="x")
    assert (record.id, record.source, record.text) == ("NCT90000023", "jsonl", text)
    assert [section.label for section in record.sections] == ["Header", "Brief summary"]


def test_null_counts_as_absent():
    value = study(officialTitle=None)
    value["protocolSection"]["armsInterventionsModule"] = {"armGroups": None}
    (record,) = read_bytes(dump(value), file="x")
    assert record.arms == ()
    assert record.official_title == ""


def change(path, value):
    """A study with one more field, by its path."""
    result = study()
    *parents, last = path.split(".")
    node = result["protocolSection"]
    for key in parents:
        node = node.setdefault(key, {})
    node[last] = value
    return result


@pytest.mark.parametrize(
    ("path", "value", "field", "problem"),
    [
        ("identificationModule.briefTitle", ["a"], "briefTitle", "a list, not text"),
        ("identificationModule.officialTitle", 7, "officialTitle", "a number, not"),
        ("identificationModule", "x", "identificationModule", "text, not an object"),
        ("conditionsModule.conditions", "flu", "conditions", "text, not a list"),
        ("conditionsModule.conditions", ["flu", 3], "conditions[1]", "a number"),
        ("armsInterventionsModule.armGroups", {"label": "a"}, "armGroups", "an object"),
        ("armsInterventionsModule.armGroups", ["a"], "armGroups[0]", "text, not an"),
        (
            "armsInterventionsModule.interventions",
            [{"name": "a"}, {"name": "b", "otherNames": [True]}],
            "interventions[1].otherNames[0]",
            "true or false, not text",
        ),
        (
            "outcomesModule.secondaryOutcomes",
            [{"measure": {}}],
            "outcomesModule.secondaryOutcomes[0].measure",
            "an object, not text",
        ),
        ("eligibilityModule.eligibilityCriteria", 0, "eligibilityCriteria", "a number"),
    ],
)
def test_a_wrong_type_names_record_and_field(path, value, field, problem):
    good = study("NCT90000024")
    data = b"\n".join([dump(change(path, value)), dump(good)])
    records, (error,) = read_all(data, "studies.jsonl")
    assert records == ["NCT90000024"]
    assert error.file == "studies.jsonl"
    assert error.record == ("on line 1" if field.startswith("ident") else "NCT90000020")
    assert error.field.startswith("protocolSection.")
    assert error.field.endswith(field)
    assert problem in error.problem
    assert error.remedy


@pytest.mark.parametrize("nct_id", ["", " ", None])
def test_a_study_without_id_is_named_by_its_place(nct_id):
    records, (error,) = read_all(dump({"studies": [study(), study(nct_id)]}), "page")
    assert records == ["NCT90000020"]
    assert error.record == "on line 1, studies[1]"
    assert error.field == "protocolSection.identificationModule.nctId"
    assert "is missing" in str(error)


@pytest.mark.parametrize(
    ("value", "field"),
    [({"id": "a"}, "text"), ({"text": "a"}, "id"), ({"id": 5, "text": "a"}, "id")],
)
def test_an_annotated_record_needs_id_and_text(value, field):
    _, (error,) = read_all(dump(value))
    assert error.field == field
    assert error.record == "on line 1"


@pytest.mark.parametrize("value", [{}, {"a": 1}, ["a"], [[]], {"studies": {}}])
def test_other_json_is_refused(value):
    records, (error,) = read_all(dump(value))
    assert records == []
    assert "no study" in error.problem or error.field == "studies"


def test_broken_lines_are_listed_and_the_others_read():
    lines = [b'{"protocolSection": {', *map(dump, TWO), b"7", b"\xff", dump(study())]
    records, errors = read_all(b"\n".join(lines), "studies.jsonl")
    assert records == ["NCT90000021", "NCT90000022", "NCT90000020"]
    assert [error.record for error in errors] == [
        "on line 1",
        "on line 4",
        "on line 5",
    ]
    assert "cut off" in errors[0].problem
    offset = sum(len(line) + 1 for line in lines[:4])
    assert f"byte 0xFF at byte offset {offset} " in errors[2].problem


def test_offsets_count_a_byte_order_mark():
    for data in (b"{}\n\xff", b'{\n"id": "\xff'):
        _, errors = read_all(b"\xef\xbb\xbf" + data)
        place = 3 + data.index(b"\xff")
        assert f"byte 0xFF at byte offset {place} " in errors[-1].problem


def test_a_truncated_document_gives_its_whole_studies():
    data = dump({"studies": [*TWO, study()]}, indent=1)
    records, (error,) = read_all(data[:-40], "page.json")
    assert records == ["NCT90000021", "NCT90000022"]
    assert "is cut off" in str(error)
    assert "page.json" in str(error)
    assert "line 2" in str(error)


@pytest.mark.parametrize("data", [b"{", b'{"protocolSection": {"ident', b"[{"])
def test_a_truncated_study_is_an_error(data):
    records, (error,) = read_all(data)
    assert records == []
    assert "is cut off" in error.problem


def test_deep_nesting_is_an_error():
    records, (error,) = read_all(b'{"studies": ' + b"[" * 200_000)
    assert records == []
    assert "nested too deeply" in error.problem


def test_a_huge_number_is_an_error():
    _, (error,) = read_all(b'{"studies": %s}' % (b"9" * 10_000))
    assert "not valid JSON" in error.problem


def test_half_a_character_is_an_error():
    value = study(briefTitle="half \ud83d")
    _, (error,) = read_all(dump(value))
    assert (error.record, error.field) == ("NCT90000020", "brief_title")
    assert "half a character" in error.problem


def test_without_on_error_the_first_error_is_raised():
    with pytest.raises(RecordError, match=r"x.json, record \[0\].*nctId: is missing"):
        list(read_bytes(dump([study("")]), file="x.json"))
