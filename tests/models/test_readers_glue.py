"""Rows of tables whose columns were run together."""

import pytest
from en_trial_registry.readers.pages.glue import (
    Vocabulary,
    split_case,
    split_group,
    split_time,
    words,
)

KNOWN = Vocabulary(
    words(["The FEV1 value, (CTCAE 4.03): survival pain; PaO2/FiO2 ratio."]),
    words(["The EuroHealth index."]),
)


def test_words_lose_their_punctuation():
    assert {"FEV1", "CTCAE", "4.03", "pain", "PaO2/FiO2", "ratio"} <= KNOWN.known


@pytest.mark.parametrize(
    ("measure", "time_frame"),
    [
        ("Change in pain", "1 year"),
        ("Biopsy score", "1 year, 2 year and 5 years"),
        ("Bleeding", "1, 2 and 5 years"),
        ("Events by CTCAE 4.03", "1 year"),
        ("FEV1", "24 weeks"),
        ("PaO2/FiO2", "1 hour"),
        ("Mortality (all causes)", "30 days"),
        ("Change in HbA1c", "Baseline, Week 26"),
        ("Pain on the VAS", "Day 28"),
        ("Blood pressure at day 7", "Baseline and day 7"),
        ("Blood pressure at 7 days", "7 days"),
        ("Overall survival", "from randomisation until death, up to 5 years"),
        ("Safety", "Up to 12 months"),
        ("Adherence", "Through study completion, an average of 1 year"),
        ("Weight of the child.", "Six months"),
        ("Viral load", "0, 1, 3, and 6 months"),
        ("6-minute walk", "12 weeks"),
        ("Score of 50%", "3rd day after surgery"),
        ("Stay in hospital", "At discharge"),
        ("Steps", "12-week"),
        ("Time to walking", "48-72 hours after surgery"),
        ("Cough", "24h"),
        ("Cough", "28 Days"),
        ("Interleukins (IL-4, IL-10)", "0, 3 and 28 days"),
        ("Relapse", "Measured every month for 1 year"),
        ("Response (ORR)", "From date of the first dose until relapse"),
        ("Adverse events", "Ongoing"),
        ("Rash", "baseline, 1 month"),
        ("Rash", "up to 24 weeks"),
    ],
)
def test_time_is_split_off(measure, time_frame):
    assert split_time(measure + time_frame, KNOWN) == (measure, time_frame)


@pytest.mark.parametrize(
    "line",
    [
        "Pain at 12 weeks",
        "Pain at week12 and week24 after the start",
        "Days 1,2 and 3",
        "SpO2, PaO2/FiO2 at 24 hours",
        "CD4/CD8 ratio at week 12",
        "A scale of 0-10 points, day 1/day 2",
        "The dose of 2.5 days before",
        "Treat 2 hours later",
        "A treatment of 3 months",
        "Measured by EuroHealth for 2 weeks",
        "and every year thereafter for 5 years",
        "The group to be seen in week 4",
        "DNA and RP2D after 2 weeks",
        "mRNA and the PowerPoint",
        "",
        "x",
    ],
)
def test_other_lines_are_left_whole(line):
    assert split_time(line, KNOWN) is None


@pytest.mark.parametrize(
    ("group", "name", "description"),
    [
        ("Aspirin group", "Aspirin", "100 mg daily"),
        ("Aspirin", "Aspirin", "Aspirin 100 mg"),
        ("Low Aspirin", "Aspirin", "Takes Aspirin."),
        ("Group (1)", "Aspirin plus", "Aspirin plus saline"),
        ("B", "saline", ""),
    ],
)
def test_group_is_split(group, name, description):
    names = ["Aspirin", "saline", "Aspirin plus"]
    assert split_group(group + name + description, names) == (group, name, description)


@pytest.mark.parametrize(
    "line", ["Takes Aspirin daily.", "A tablet (Aspirin) daily", "non-Aspirin", "", "A"]
)
def test_other_rows_have_no_group(line):
    assert split_group(line, ["Aspirin", ""]) is None


def test_split_at_a_change_of_case():
    assert split_case("Control groupNo tablets") == ("Control group", "No tablets")
    assert split_case("Control group") == ("Control group", "")


def test_a_long_line_takes_no_long_time():
    assert split_time("pain x" * 100_000, KNOWN) is None
