from typing import Any

import pytest
from en_trial_registry.normalize.duration import read_duration
from hypothesis import given
from time_checks import check_reading, check_speed, length, respace, texts

WORDS = (
    *("total", "in total", "of treatment", "long", "period", "consecutive", "a day"),
    *("in a row", "per day", "absence of", "in the absence of", "progression", "from"),
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
]

EVENTS = [
    ("until wound closure", "wound closure"),
    ("from day 4 until wound closure", "wound closure"),
    ("beginning on day 4 and continuing until wound closure", "wound closure"),
    ("in the absence of relapse", "relapse"),
    ("until two cultures are negative", "two cultures are negative"),
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


def test_a_span_or_an_event() -> None:
    read = value("8 weeks or until relapse")
    assert (read["low"], read["high"], read["until"]) == ("P8W", "P8W", "relapse")
    read = value("up to 8 weeks or until relapse")
    assert (read.get("low"), read["high"], read["until"]) == (None, "P8W", "relapse")


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
        *("2 to 4 cycles", "6 and 9 weeks", "9 to 6 weeks", "2 h to 30 min"),
        *("from 3 to 9 months of age", "between 3 and 9 months of age", "until"),
        *("20 minutes before the end of surgery", "day 8 to day 3", "9" * 400 + " d"),
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


@pytest.mark.parametrize("text", [row[0] for row in (*SPANS, *BOUNDS, *EVENTS)])
@pytest.mark.parametrize("wide", ["  ", " \t", "\n", "\u00a0"])
def test_white_space_changes_nothing(text: str, wide: str) -> None:
    assert read_duration(respace(text, wide)) == read_duration(text)


@given(texts(*WORDS))
def test_white_space_changes_nothing_in_any_text(text: str) -> None:
    assert read_duration(respace(text, "  ")) == read_duration(text)


def test_no_repetition_takes_long() -> None:
    check_speed(read_duration, WORDS)
