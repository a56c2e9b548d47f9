from typing import Any

import pytest
from en_trial_registry.normalize.duration import read_duration
from hypothesis import given
from time_checks import check_reading, check_speed, length, respace, texts

WORDS = (
    *("total", "in total", "of treatment", "long", "period", "consecutive", "a day"),
    *("in a row", "per day", "absence of", "in the absence of", "progression", "from"),
    *("throughout", "duration of", "remainder of the", "study", "entire", "discharge"),
    *("1/2", "x", "or more", "maximum", "3rd", "8th day", "of each", "minimum of"),
    *("single", "session", "rounds", "not more than", "maximum of", "half an hour"),
)

SPANS = [
    ("9 weeks", "P9W", "P9W"),
    ("9weeks", "P9W", "P9W"),
    ("for 9 weeks", "P9W", "P9W"),
    ("Nine Weeks", "P9W", "P9W"),
    ("9-week", "P9W", "P9W"),
    ("a total of 9 weeks", "P9W", "P9W"),
    ("nine (9) weeks", "P9W", "P9W"),
    ("thirty-five days", "P35D", "P35D"),
    ("9 consecutive days", "P9D", "P9D"),
    ("4 more months", "P4M", "P4M"),
    ("1,5 years", "P1.5Y", "P1.5Y"),
    ("half an hour", "PT0.5H", "PT0.5H"),
    ("1 ½ hours", "PT1.5H", "PT1.5H"),
    ("one and a half years", "P1.5Y", "P1.5Y"),
    ("2 hours and 15 minutes", "PT2H15M", "PT2H15M"),
    ("1 year and 6 months", "P1Y6M", "P1Y6M"),
    ("1 day 12 hours", "P1DT12H", "P1DT12H"),
    ("first month", "P1M", "P1M"),
    ("25 minutes a day", "PT25M", "PT25M"),
    ("4-6 weeks", "P4W", "P6W"),
    ("four to six weeks", "P4W", "P6W"),
    ("between 4 and 6 weeks", "P4W", "P6W"),
    ("45 min to 2 h", "PT45M", "PT2H"),
    ("4- or 6-week", "P4W", "P6W"),
    ("4~6 weeks", "P4W", "P6W"),
    ("from day 3 to day 8", "P6D", "P6D"),
    ("days 3-8", "P6D", "P6D"),
    ("starting on day 3 and ending on day 8", "P6D", "P6D"),
    ("from 6 h before until 18 h after", "PT24H", "PT24H"),
    ("5 months after the last dose", "P5M", "P5M"),
    ("4 days for cycles 1-3", "P4D", "P4D"),
    ("5 1/2 weeks", "P5.5W", "P5.5W"),
    ("9-1/2 months", "P9.5M", "P9.5M"),
    ("1 to 1 1/2 hours", "PT1H", "PT1.5H"),
    ("1/2 hour", "PT0.5H", "PT0.5H"),
    ("two and a half hours", "PT2.5H", "PT2.5H"),
    ("3, 6 or 9 weeks", "P3W", "P9W"),
    ("3, 6, or 9 weeks", "P3W", "P9W"),
    ("at least 4 and at most 9 weeks", "P4W", "P9W"),
    ("minimum of 4 days to a maximum of 9 days", "P4D", "P9D"),
    ("not less than 1 day, nor more than 2 days", "P1D", "P2D"),
    ("9 subsequent weeks", "P9W", "P9W"),
    ("9 nights", "P9D", "P9D"),
    ("9-day course", "P9D", "P9D"),
    ("9-week study", "P9W", "P9W"),
    ("a period of 9 weeks", "P9W", "P9W"),
    ("total treatment duration of 9 weeks", "P9W", "P9W"),
    ("throughout 9 weeks", "P9W", "P9W"),
    ("last 9 days", "P9D", "P9D"),
    ("another month", "P1M", "P1M"),
    ("month", "P1M", "P1M"),
    ("first hour of treatment", "PT1H", "PT1H"),
    ("first 9 months of life", "P9M", "P9M"),
    ("first 9 days post-surgery", "P9D", "P9D"),
    ("first 9 days of each 21-day cycle", "P9D", "P9D"),
    ("9 days from day 1", "P9D", "P9D"),
    ("9 days starting on day 3", "P9D", "P9D"),
    ("9 days leading up to surgery", "P9D", "P9D"),
    ("9 consecutive days before surgery", "P9D", "P9D"),
    ("3rd - 8th day", "P6D", "P6D"),
    ("from the 3rd to the 8th day", "P6D", "P6D"),
    ("from day 3 to 8 after surgery", "P6D", "P6D"),
    ("from day 3 to day 8 of each cycle", "P6D", "P6D"),
    ("from day +3 to day +8", "P6D", "P6D"),
    ("from week 3 up to week 8", "P6W", "P6W"),
]

BOUNDS = [
    ("up to 18 weeks", None, "P18W"),
    ("at most 18 weeks", None, "P18W"),
    ("a maximum of 18 weeks", None, "P18W"),
    ("no longer than 18 weeks", None, "P18W"),
    ("≤ 18 weeks", None, "P18W"),
    ("at least 18 weeks", "P18W", None),
    ("more than 18 weeks", "P18W", None),
    ("18 weeks or longer", "P18W", None),
    ("minimum of 18 weeks", "P18W", None),
    ("upto a max of 18 weeks", None, "P18W"),
    ("up to an additional 18 weeks", None, "P18W"),
    ("within 18 weeks", None, "P18W"),
    ("under 18 weeks", None, "P18W"),
    ("18 weeks or less", None, "P18W"),
    ("18 weeks maximum", None, "P18W"),
    ("up to day 18", None, "P18D"),
]

EVENTS = [
    ("until wound closure", "wound closure"),
    ("from day 4 until wound closure", "wound closure"),
    ("beginning on day 4 and continuing until wound closure", "wound closure"),
    ("in the absence of relapse", "relapse"),
    ("until two cultures are negative", "two cultures are negative"),
    ("untill wound closure", "wound closure"),
    ("day 3 until wound closure", "wound closure"),
    ("day 3 of the cycle until ovulation", "ovulation"),
    ("up to discharge", "discharge"),
    ("upto wound closure or discharge", "wound closure or discharge"),
    ("through hospital discharge", "hospital discharge"),
    ("up to 9 weeks after surgery", "9 weeks after surgery"),
]

PERIODS = [
    ("duration of the study", "study"),
    ("for the duration of their hospital stay", "hospital stay"),
    ("entire duration of therapy", "therapy"),
    ("remainder of the study", "study"),
    ("remainder of study duration", "study"),
    ("rest of the 9 month trial", "9 month trial"),
    ("throughout the study", "study"),
    ("throughout pregnancy", "pregnancy"),
    ("entire ICU stay", "ICU stay"),
    ("during hospitalization", "hospitalization"),
    ("during the course of radiotherapy", "radiotherapy"),
    ("hospitalization", "hospitalization"),
    ("study period", "study period"),
    ("pregnancy", "pregnancy"),
]


def value(text: str) -> dict[str, Any]:
    reading = read_duration(text)
    assert reading.value is not None, reading.reason
    return reading.value


@pytest.mark.parametrize(("text", "low", "high"), SPANS)
def test_spans(text: str, low: str, high: str) -> None:
    read = value(text)
    assert (read["low"], read["high"]) == (low, high)
    assert not read.keys() & {"until", "cycles"}


@pytest.mark.parametrize(("text", "low", "high"), BOUNDS)
def test_bounds_that_do_not_apply_are_left_out(
    text: str, low: str | None, high: str | None
) -> None:
    read = value(text)
    assert (read.get("low"), read.get("high")) == (low, high)
    assert len(read) == 2


@pytest.mark.parametrize(("text", "event"), EVENTS)
def test_what_ends_it(text: str, event: str) -> None:
    read = value(text)
    assert read["until"] == event
    assert not read.keys() & {"low", "high", "cycles"}


@pytest.mark.parametrize(("text", "name"), PERIODS)
def test_a_period_that_is_named_ends_with_it(text: str, name: str) -> None:
    read = value(text)
    assert read["until"] == f"end of {name}"
    assert read["flag"]
    assert not read.keys() & {"low", "high", "cycles"}


def test_a_span_or_an_event() -> None:
    read = value("8 weeks or until relapse")
    assert (read["low"], read["high"], read["until"]) == ("P8W", "P8W", "relapse")
    read = value("up to 8 weeks or until relapse")
    assert (read.get("low"), read["high"], read["until"]) == (None, "P8W", "relapse")
    read = value("8 weeks or hospital discharge")
    assert (read["low"], read["until"]) == ("P8W", "hospital discharge")
    read = value("up to day 8 or until relapse")
    assert (read.get("low"), read["high"], read["until"]) == (None, "P8D", "relapse")


@pytest.mark.parametrize(
    ("text", "cycles", "flag"),
    [
        ("7 cycles", 7, None),
        ("seven treatment cycles", 7, None),
        ("3 additional courses", 3, None),
        ("three 28-day cycles", 3, None),
        ("9 sessions", 9, None),
        ("a single course", 1, None),
        ("up to 9 infusions", 9, "at most"),
        ("at least 2 rounds", 2, "at least"),
        ("2 or more cycles", 2, "at least"),
        ("6 cycles maximum", 6, "at most"),
        ("2 - 4 cycles", 4, "at most; at least 2"),
        ("2 to 4 cycles", 4, "at most; at least 2"),
        ("3 full cycles", 3, None),
        ("3 x 8-week courses", 3, None),
        ("first course only", 1, None),
        ("six cycles of adjuvant chemotherapy", 6, None),
        ("12 supervised training sessions", 12, None),
    ],
)
def test_what_is_counted_in_cycles(text: str, cycles: int, flag: str | None) -> None:
    read = value(text)
    assert read["cycles"] == cycles
    assert read.get("flag") == flag
    assert not read.keys() & {"low", "high"}


@pytest.mark.parametrize("text", ["about 5 weeks", "~5 weeks", "5 (± 1) weeks"])
def test_about(text: str) -> None:
    read = value(text)
    assert (read["low"], read["approximate"]) == ("P5W", True)
    assert "approximate" not in value("5 weeks")


@pytest.mark.parametrize(
    "text",
    [
        *("", "weeks", "several weeks", "12", "lifelong", "during surgery", "§ days"),
        *("4 to 2 cycles", "up to 2-4 cycles", "4 cycles of each", "3 weekly cycles"),
        *(
            "500 milligram doses",
            "3 patients per session",
            "21 day cycle",
            "6 and 9 weeks",
            "9 to 6 weeks",
            "2 h to 30 min",
        ),
        *("from 3 to 9 months of age", "between 3 and 9 months of age", "until"),
        *("20 minutes before the end of surgery", "day 8 to day 3", "9" * 400 + " d"),
        *("3/4 weeks", "5/7 days", "9, 6 or 12 weeks", "2, 4 and 6 weeks", "half day"),
        *("2, 4, 6 or 8 weeks", "one night", "day", "during the procedure", "period"),
        *("course of chemotherapy", "whole blood", "throughout the day", "first phase"),
        *("as long as it helps", "while on oxygen", "during each cycle", "the study"),
        *("8 weeks before the season", "8 weeks or placebo", "1 year or 14 doses"),
        *("from 4 to 9 days before surgery through discharge", "through days 5-10"),
        *(
            "until one of the following",
            "from 9 days to 90 days",
            "from 0 to 90 min and 120 to 150 min",
            "up to several visits of 2 hours",
        ),
        *("6 weeks to 7 months postpartum", "first 3 days and then weekly"),
        *("3 hours and 2 days", "1 week and 3 days", "from day 2 of the cycle"),
    ],
)
def test_what_is_no_span_is_declined(text: str) -> None:
    reading = read_duration(text)
    assert reading.value is None
    assert reading.reason


@given(texts(*WORDS))
def test_any_text(text: str) -> None:
    read = check_reading(read_duration, "DURATION", text)
    if read is None:
        return
    spans = [length(read[key]) for key in ("low", "high") if key in read]
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    "text", [row[0] for row in (*SPANS, *BOUNDS, *EVENTS, *PERIODS)]
)
@pytest.mark.parametrize("wide", ["  ", " \t", "\n", "\u00a0"])
def test_white_space_changes_nothing(text: str, wide: str) -> None:
    assert read_duration(respace(text, wide)) == read_duration(text)


@given(texts(*WORDS))
def test_white_space_changes_nothing_in_any_text(text: str) -> None:
    assert read_duration(respace(text, "  ")) == read_duration(text)


def test_no_repetition_takes_long() -> None:
    check_speed(read_duration, WORDS)
