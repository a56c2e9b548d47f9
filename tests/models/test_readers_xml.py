from pathlib import Path

import pytest
from en_trial_registry.readers import read_bytes, read_records
from en_trial_registry.records import Arm, Intervention, Outcome, RecordError

LEGACY = Path(__file__).parents[1] / "data" / "readers" / "legacy.xml"
DATA = LEGACY.read_bytes()


def only_error(data):
    errors: list[RecordError] = []
    assert list(read_bytes(data, file="study.xml", on_error=errors.append)) == []
    (error,) = errors
    assert error.file == "study.xml"
    assert error.remedy
    return error


def test_every_field_is_taken():
    (record,) = read_records([LEGACY])
    assert record.id == "NCT90000005"
    assert record.source == "legacy-xml"
    assert record.brief_title == "Cool Socks for Hot Feet"
    assert record.official_title == "An Invented Study of Cool Socks & Fans"
    assert record.conditions == ("Hot Feet", "Insomnia")
    assert record.arms[1] == Arm("Nothing", "No Intervention")
    assert record.interventions == (
        Intervention(
            "Cool socks", "Device", "Socks of 8 degrees.", ("Ice socks", "CS-1")
        ),
    )
    assert record.primary_outcomes == (Outcome("Hours asleep", "4 weeks", "By diary."),)
    assert record.secondary_outcomes == (Outcome("Warmth of the feet"),)


def test_hard_wrapped_text_is_joined():
    (record,) = read_records([LEGACY])
    assert record.text == (
        "NCT90000005\n"
        "Cool Socks for Hot Feet\n"
        "Official title: An Invented Study of Cool Socks & Fans\n"
        "Conditions: Hot Feet; Insomnia\n"
        "\n"
        "Brief summary\n"
        "Hot feet keep people awake. This study looks at socks that are kept in a "
        "refrigerator.\n"
        "\n"
        "Detailed description\n"
        "Socks are worn for two hours each night.\n"
        "A second paragraph tells of the fans.\n"
        "\n"
        "Arms\n"
        "[Experimental] Socks\n"
        "Cool socks for 2 hours.\n"
        "[No Intervention] Nothing\n"
        "\n"
        "Interventions\n"
        "[Device] Cool socks\n"
        "Socks of 8 degrees.\n"
        "Other names: Ice socks; CS-1\n"
        "\n"
        "Primary outcomes\n"
        "Hours asleep [Time Frame: 4 weeks]\n"
        "By diary.\n"
        "\n"
        "Secondary outcomes\n"
        "Warmth of the feet\n"
        "\n"
        "Eligibility criteria\n"
        "Inclusion Criteria:\n"
        "- Hot feet on three nights of a week\n"
        "- Platelets > 100 x 10^9/L\n"
        "Exclusion Criteria:\n"
        "- No feet\n"
    )


@pytest.mark.parametrize(
    "data",
    [
        DATA.split(b"?>", 1)[1],
        b"\xef\xbb\xbf" + DATA,
        b"<!-- saved --> " + DATA.split(b"?>", 1)[1],
        b"<search_results>" + DATA.split(b"?>", 1)[1] + b"</search_results>",
    ],
)
def test_forms_of_xml(data):
    (record,) = read_bytes(data, file="x")
    assert record.id == "NCT90000005"
    assert record.source == "legacy-xml"


def test_entity_expansion_is_refused():
    bomb = b'<!DOCTYPE bomb [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    data = DATA.replace(b"<clinical_study", bomb + b"<clinical_study")
    data = data.replace(b"Insomnia", b"&b;")
    assert "not safe" in only_error(data).problem


def test_an_external_entity_is_refused(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
    data = DATA.replace(b"<clinical_study", entity + b"<clinical_study")
    data = data.replace(b"Insomnia", b"&e;")
    assert "not safe" in only_error(data).problem


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"),
    [
        (b"<nct_id>NCT90000005</nct_id>", b"", "id_info/nct_id", "is missing"),
        (b"Insomnia", b"<b>In</b>somnia", "condition", "holds the element <b>"),
        (b"Cool socks for", b"<p/>Cool", "arm_group[0]/description", "element <p>"),
        (
            b"</brief_title>",
            b"</brief_title><brief_title>b</brief_title>",
            "brief_title",
            "occurs 2 times",
        ),
        (b"By diary.", b"By &lt;i&gt;diary&lt;/i&gt;.", "primary_outcomes[0]", "HTML"),
    ],
)
def test_a_bad_field_is_named(old, new, field, problem):
    error = only_error(DATA.replace(old, new))
    assert error.field.startswith(field)
    assert problem in error.problem
    assert error.record in ("NCT90000005", "clinical_study")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (DATA[:-200], "not well-formed XML"),
        (DATA.replace(b"</condition>", b"", 1), "not well-formed XML"),
        (b"<?xml version='1.0'?><feed/>", "root <feed>"),
        (DATA.replace(b"Socks are", b"Socks \xe4re"), "is not UTF-8: byte 0xE4"),
    ],
)
def test_other_files_are_refused(data, problem):
    assert problem in only_error(data).problem


def test_a_bad_study_leaves_the_others():
    body = DATA.split(b"?>", 1)[1]
    bad = body.replace(b"NCT90000005", b" ")
    data = b"<search_results>" + bad + body + b"</search_results>"
    errors: list[RecordError] = []
    records = list(read_bytes(data, file="x", on_error=errors.append))
    assert [record.id for record in records] == ["NCT90000005"]
    assert [error.record for error in errors] == ["clinical_study[0]"]
