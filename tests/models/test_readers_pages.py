"""Each page layout, on pages written for these tests."""

from pathlib import Path

import pytest
from en_trial_registry.readers import read_bytes, read_records
from en_trial_registry.records import Arm, Intervention, Outcome, RecordError

DATA = Path(__file__).parents[1] / "data" / "readers"
LAYOUTS = ("page_halves", "page_guided", "page_timeline", "page_tables")


def page(name):
    (record,) = read_records([DATA / f"{name}.txt"])
    assert record.source == "page"
    return record


def changed(name, *changes):
    """Read a page after replacing text in it."""
    text = (DATA / f"{name}.txt").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (record,) = read_bytes(text.encode(), file="changed.txt")
    return record


def lines_of(record, label):
    (section,) = [s for s in record.sections if s.label == label]
    return record.text[section.start : section.end].split("\n")[1:]


def test_halves():
    record = page("page_halves")
    assert record.id == "NCT90000001"
    assert record.brief_title == "Velanorib With Warm Baths for Winter Knee Stiffness"
    assert record.official_title == (
        "An Invented Trial of Velanorib Tablets With Warm Baths"
    )
    assert record.conditions == ("Knee Stiffness", "Diabetes Mellitus, Type 2")
    assert record.arms == (
        Arm(
            "Velanorib and baths",
            "Experimental",
            "Velanorib 20 mg twice a day and a bath each evening.",
        ),
        Arm("Baths alone", "Placebo Comparator", "A bath each evening and no tablet."),
    )
    assert record.interventions == (
        Intervention("Velanorib", "Drug", "Tablets of 20 mg.", ("VLN-7", "Velanor")),
        Intervention("Warm bath", "Other"),
    )
    assert record.primary_outcomes == (
        Outcome("Stiffness of the knee", "6 weeks", "Degrees of bending."),
    )
    assert record.secondary_outcomes == (
        Outcome("Steps climbed", "3 and 6 weeks"),
        Outcome("Sleep", "6 weeks after the last bath"),
    )
    assert lines_of(record, "Detailed description") == [
        "Participants bathe for 20 minutes. They take tablets for 6 weeks.",
        "Oversight",
        "is given by a nurse.",
    ]
    assert lines_of(record, "Eligibility criteria") == [
        "Inclusion Criteria:",
        "1. Stiff in one knee or both",
        "2. Albumin > 30 g/L",
        "Exclusion Criteria:",
        "1. A knee of metal",
    ]


def test_halves_take_the_fuller_criteria():
    record = changed(
        "page_halves",
        ("  1. A knee of metal\n", ""),
        ("  2. Albumin > 30 g/L\n", ""),
    )
    assert lines_of(record, "Eligibility criteria") == [
        "Inclusion Criteria: Stiff in one knee or both Albumin > 30 g/L "
        "Exclusion Criteria: A knee of metal"
    ]


def test_overview_without_its_form():
    text = (DATA / "page_halves.txt").read_text(encoding="utf-8")
    overview = text.split("\nsearch\n")[0]
    (record,) = read_bytes(overview.encode(), file="folder/over view.txt")
    assert record.id == "over view"
    assert record.brief_title == "Velanorib With Warm Baths for Winter Knee Stiffness"
    assert record.conditions == ("Knee Stiffness", "Diabetes Mellitus, Type 2")
    assert [arm.type for arm in record.arms] == ["Experimental", "Placebo Comparator"]
    assert record.arms[1].description == "A bath each evening and no tablet."
    assert [o.measure for o in record.secondary_outcomes] == ["Steps climbed", "Sleep"]
    gap = overview.replace("A bath each evening and no tablet.\n", "")
    with pytest.raises(RecordError, match="1 entries for 2 arms"):
        list(read_bytes(gap.encode(), file="x.txt"))


def test_guided():
    record = page("page_guided")
    assert record.id == "NCT90000002"
    assert record.brief_title == "Humming for Hiccups"
    assert record.conditions == ("Hiccups", "Singultus, Persistent")
    assert record.brief_summary == "Hiccups come and go. Humming may end them."
    assert lines_of(record, "Detailed description") == [
        "The first part is hum.",
        "Interventions",
        "The second part is to hold the breath for 10 seconds.",
    ]
    assert record.arms == (
        Arm(
            "Low hum",
            "EXPERIMENTAL",
            "Humming low for 5 minutes.\n\nThree times a day.",
        ),
        Arm("Silence", "NO_INTERVENTION"),
        Arm("Galazepam", "ACTIVE_COMPARATOR", "Galazepam 2 mg at bedtime, no humming."),
    )
    assert record.interventions == (
        Intervention(
            "Humming",
            "BEHAVIORAL",
            "Humming at a steady pitch.\n\nWith a tuning fork.",
        ),
        Intervention("Galazepam", "DRUG", "Galazepam 2 mg at bedtime."),
    )
    assert lines_of(record, "Eligibility criteria") == [
        "Inclusion Criteria",
        "* hiccups for more than 2 days",
        "* creatinine <2 mg/dL",
        "Exclusion Criteria",
        "* opera singers",
    ]


def test_guided_with_an_empty_section():
    record = changed("page_guided", ("Hiccups come and go. Humming may end them.", ""))
    assert record.brief_summary == ""
    assert "Brief summary" not in record.text


def test_timeline():
    record = page("page_timeline")
    assert record.id == "page_timeline"
    assert record.brief_title == "Blue Lamps and Curtains"
    assert record.official_title == (
        "An Invented Comparison of Blue Lamps and Curtains in Night Workers"
    )
    assert lines_of(record, "Brief summary") == [
        "Night workers sleep badly. Lamps may help.",
        "Curtains are cheaper.",
    ]
    assert record.interventions == (
        Intervention(
            "Blue lamp", "Device", "A lamp of 10000 lux for 30 minutes each morning."
        ),
        Intervention(
            "Melarenin",
            "Drug",
            "Melarenin 3 mg before sleep.\n\nOther names are not shown on this page.",
        ),
        Intervention("Placebo Comparator", "Drug", "A tablet without melarenin."),
    )
    assert record.arms == (
        Arm("Lamp group", "Experimental", "Lamp and Melarenin for 4 weeks."),
        Arm("Curtains", "No Intervention"),
    )
    assert lines_of(record, "Eligibility criteria") == [
        "Inclusion Criteria:",
        "Works at night",
        "Ferritin of at least 15 µg/L",
        "Exclusion Criteria:",
        "Sees no blue",
    ]


def test_timeline_with_one_title():
    record = changed("page_timeline", ("Blue Lamps and Curtains\n  •", "  •"))
    assert record.brief_title.startswith("An Invented Comparison")
    assert record.official_title == ""
    assert record.brief_summary.startswith("Night workers")


def test_tables():
    record = page("page_tables")
    assert record.id == "NCT90000004"
    assert record.brief_title == "Zorbital Spray Against Sneezing in Bakers"
    assert record.conditions == ("Sneezing", "Flour Allergy")
    assert record.detailed_description == ""
    assert record.interventions == (
        Intervention("Zorbital", "Drug"),
        Intervention("Zorbital nasal spray", "Drug"),
        Intervention("saline", "Other"),
    )
    assert record.arms == (
        Arm(
            "Zorbital group",
            description="Zorbital nasal spray 2 puffs at day 0, 7 and 14.\n\n"
            "The first puff is given (Zorbital) by a nurse.",
        ),
        Arm(
            "Salt and Zorbital later", description="Saline for 2 weeks, then Zorbital."
        ),
        Arm("Saline group"),
    )
    assert record.primary_outcomes == (
        Outcome(
            "Sneezes per hour, by Sneeze Scale 2.0",
            "12 weeks",
            "Counted with Sneeze Scale 2.0 at week12 and at the end.",
        ),
        Outcome(
            "Peak FEV1",
            "24 hours after the first puff",
            "FEV1 and SpO2, day 3/day 4.",
        ),
    )
    assert record.secondary_outcomes == (
        Outcome("Days off work", "Up to 6 months"),
        Outcome("Loaves baked", "1, 2 and 5 weeks", "Loaves of one kilogram."),
    )
    assert lines_of(record, "Eligibility criteria") == [
        "Inclusion Criteria",
        "1. Bakes bread",
        "2. IgE >100 kU/L",
        "Exclusion Criteria",
        "1. Bakes cakes only",
    ]


def test_tables_whose_columns_are_parted():
    record = changed(
        "page_tables",
        ("GroupInterventionDescription", "Group\tIntervention\tDescription"),
        ("Saline groupsaline-", "Saline group\tsaline\tSalt water."),
        ("Loaves baked1, 2", "Loaves baked\t1, 2"),
    )
    assert record.arms[2] == Arm("Saline group", description="Salt water.")
    assert record.secondary_outcomes[1].time_frame == "1, 2 and 5 weeks"


def test_tables_without_criteria_headings():
    record = changed("page_tables", ("Inclusion Criteria\n", ""), ("Exclusion ", ""))
    assert lines_of(record, "Eligibility criteria") == [
        "1. Bakes bread",
        "2. IgE >100 kU/L",
        "Criteria",
        "1. Bakes cakes only",
    ]


@pytest.mark.parametrize("name", LAYOUTS)
def test_noise_is_left_out(name):
    text = page(name).text
    for noise in ("Nobody Real", "RECRUITING", "Invented Bakery", "2031", "menu"):
        assert noise not in text
    assert "NCT90000099" not in text


@pytest.mark.parametrize("name", LAYOUTS)
def test_pages_are_told_apart_without_their_file_name(name):
    data = (DATA / f"{name}.txt").read_bytes().replace(b"\n", b"\r\n")
    (record,) = read_bytes(data.replace(b" ", b"\xc2\xa0"), file=f"{name}.json")
    assert record.text == page(name).text


@pytest.mark.parametrize("name", LAYOUTS)
def test_html_in_a_page_names_the_field(name):
    with pytest.raises(RecordError) as caught:
        changed(name, ("Inclusion Criteria", "<p>Inclusion Criteria</p>"))
    assert caught.value.field == "criteria"
    assert caught.value.file == "changed.txt"


def test_a_page_without_content_is_refused():
    text = "A title\n\nStudy Started\nPrimary Completion\nLast Update\n"
    with pytest.raises(RecordError, match="none of its sections"):
        list(read_bytes(text.encode(), file="x.txt"))
