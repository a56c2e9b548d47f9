import json
from typing import Any

import event_wordings as late
import freer_wordings as freer
import gloss_wordings as gloss
import pytest
import rarer_wordings as rarer
from en_trial_registry.normalize.iso import iso, seconds
from en_trial_registry.normalize.time_frame import read_time_frame
from hypothesis import given
from hypothesis import strategies as st
from time_checks import check_reading, check_speed, length, respace, texts

WORDS = (
    *("baseline", "screening", "randomization", "through", "study completion", "POD"),
    *("an average of", "approximately", "assessed up to", "whichever comes first"),
    *("thereafter", "annually", "monthly", "twice", "during", "throughout", "minimum"),
    *("between", "from", "prior to", "discharge", "death", "follow-up", "period", "T0"),
    *("T1:", "third", "10th", "end of", "start of", "start of the", "immediately"),
    *("change from baseline", "versus", "compared to", "study", "D1", "M6", "W12"),
)

POINTS = [
    *rarer.POINTS,
    *freer.POINTS,
    *late.POINTS,
    *gloss.POINTS,
    ("baseline", ["PT0S"]),
    ("At enrollment", ["PT0S"]),
    ("Day 0", ["PT0S"]),
    ("day 9", ["P9D"]),
    ("D9", ["P9D"]),
    ("9th day", ["P9D"]),
    ("week 9", ["P9W"]),
    ("Week #9", ["P9W"]),
    ("at 9 weeks", ["P9W"]),
    ("after 9 weeks", ["P9W"]),
    ("9-week", ["P9W"]),
    ("nine months", ["P9M"]),
    ("third month", ["P3M"]),
    ("M9", ["P9M"]),
    ("1.5 years", ["P1.5Y"]),
    ("90 min", ["PT90M"]),
    ("1, 3 and 9 months", ["P1M", "P3M", "P9M"]),
    ("months 1, 3 & 9", ["P1M", "P3M", "P9M"]),
    ("week 2; week 9", ["P2W", "P9W"]),
    ("D1, D5, D9", ["P1D", "P5D", "P9D"]),
    ("0, 6, 18 h", ["PT0S", "PT6H", "PT18H"]),
    ("2 weeks / 9 weeks", ["P2W", "P9W"]),
    ("Baseline, 2 days, 9 weeks and 1 year", ["PT0S", "P2D", "P9W", "P1Y"]),
    ("baseline versus 9 weeks", ["PT0S", "P9W"]),
    ("week 9 compared to baseline", ["P9W", "PT0S"]),
    ("T0: baseline, T1: week 9", ["PT0S", "P9W"]),
    ("day 9 (± 2 days)", ["P9D"]),
    ("change from baseline at 9 weeks", ["P9W"]),
]

ANCHORED = [
    *rarer.ANCHORED,
    *freer.ANCHORED,
    *late.ANCHORED,
    *gloss.ANCHORED,
    ("9 h after surgery", ["PT9H"], "surgery"),
    ("9 h post surgery", ["PT9H"], "surgery"),
    ("9 h post-surgery", ["PT9H"], "surgery"),
    ("2 and 9 h after the surgery", ["PT2H", "PT9H"], "surgery"),
    ("day 9 of course 4", ["P9D"], "course 4"),
    ("2 days before surgery", ["-P2D"], "surgery"),
    ("before surgery", ["PT0S"], "surgery"),
    ("before and 9 days after surgery", ["PT0S", "P9D"], "surgery"),
    ("pre-dose, 1 and 9 h post-dose", ["PT0S", "PT1H", "PT9H"], "dose"),
    ("POD 4", ["P4D"], "operation"),
    ("4 months postpartum", ["P4M"], "delivery"),
    ("the night before surgery", ["-P1D"], "surgery"),
    ("day 2 after biopsy, then 3 and 9 weeks", ["P2D", "P3W", "P9W"], "biopsy"),
]

PERIODS = [
    *rarer.PERIODS,
    *freer.PERIODS,
    *late.PERIODS,
    *gloss.PERIODS,
    ("up to 9 months", "PT0S", "P9M", None),
    ("Up to approximately 9 months", "PT0S", "P9M", None),
    ("within 9 days", "PT0S", "P9D", None),
    ("through day 9", "PT0S", "P9D", None),
    ("during the first 9 days", "PT0S", "P9D", None),
    ("over 9 weeks", "PT0S", "P9W", None),
    ("at any time during the 9 weeks", "PT0S", "P9W", None),
    ("from day 2 to day 9", "P2D", "P9D", None),
    ("day 2 through 9", "P2D", "P9D", None),
    ("days 2-9", "P2D", "P9D", None),
    ("between weeks 2 and 9", "P2W", "P9W", None),
    ("2 to 9 weeks", "P2W", "P9W", None),
    ("2 days to 9 weeks", "P2D", "P9W", None),
    ("day -9 to day -2", "-P9D", "-P2D", None),
    ("baseline to week 9", "PT0S", "P9W", None),
    ("from baseline to up to 9 weeks", "PT0S", "P9W", None),
    ("from randomization through day 9", "PT0S", "P9D", None),
    ("within 9 days after surgery", "PT0S", "P9D", "surgery"),
    ("2 to 9 days after surgery", "P2D", "P9D", "surgery"),
    ("0-2 days before surgery", "-P2D", "PT0S", "surgery"),
    ("between 9 and 2 days before surgery", "-P9D", "-P2D", "surgery"),
    ("at least 9 weeks after surgery", "P9W", None, "surgery"),
    ("until discharge", "PT0S", None, "discharge"),
    ("through discharge, an average of 9 days", "PT0S", "P9D", "discharge"),
    ("up to discharge, approximately 9 days", "PT0S", "P9D", "discharge"),
    ("until discharge or 9 days", "PT0S", "P9D", "discharge"),
    ("ward stay, up to 9 days", "PT0S", "P9D", "ward stay"),
    ("up to 9 days or until discharge", "PT0S", "P9D", "discharge"),
    (
        "from first dose until relapse or death, whichever comes first, "
        "assessed up to 9 years",
        *("PT0S", "P9Y", "first dose"),
    ),
]

INTERVALS: list[tuple[str, dict[str, Any]]] = [
    *rarer.INTERVALS,
    *freer.INTERVALS,
    *freer.MIXED,
    *late.MIXED,
    *gloss.MIXED,
    ("every 9 weeks", {"every": "P9W"}),
    ("q9w", {"every": "P9W"}),
    ("daily", {"every": "P1D"}),
    ("alternate days", {"every": "P2D"}),
    ("twice a year", {"every": "P6M"}),
    ("every 14-day cycle", {"every": "P14D"}),
    ("weekly for 9 weeks", {"every": "P1W", "start": "PT0S", "end": "P9W"}),
    ("weekly throughout the 9 weeks", {"every": "P1W", "start": "PT0S", "end": "P9W"}),
    ("every week until week 9", {"every": "P1W", "start": "PT0S", "end": "P9W"}),
    ("daily from day 2 to day 9", {"every": "P1D", "start": "P2D", "end": "P9D"}),
    ("each morning, days 2-9", {"every": "P1D", "start": "P2D", "end": "P9D"}),
    ("every 5 weeks until death", {"every": "P5W", "anchor": "death"}),
    ("baseline and then monthly", {"points": ["PT0S"], "every": "P1M"}),
    (
        "every 2 months for 1 year, then every 4 months",
        {"every": ["P2M", "P4M"]},
    ),
    (
        "every 2 months for 1 year and then every 4 months for 3 years",
        {"every": ["P2M", "P4M"], "start": "PT0S", "end": "P4Y"},
    ),
    (
        "weekly for 2 weeks, then monthly until month 9",
        {"every": ["P1W", "P1M"], "start": "PT0S", "end": "P9M"},
    ),
]

EVENTS = [
    *rarer.EVENTS,
    *freer.EVENTS,
    *late.EVENTS,
    *gloss.EVENTS,
    ("at discharge", "discharge"),
    ("during the hospital stay", "hospital stay"),
    ("end of study", "end of study"),
    ("throughout the trial", "trial"),
    ("immediately after biopsy", "biopsy"),
    ("each visit", "each visit"),
]

DECLINED = [
    *rarer.DECLINED,
    *freer.DECLINED,
    *late.DECLINED,
    *gloss.DECLINED,
    *(
        "",
        "§",
        "periodically",
        "T0, T1, T2",
        "visit 2",
        "cycles 1, 2 and 4",
        "C1D1, C2D1",
    ),
    *("days of cycles 2, 4 and 6", "predose at cycle 1, 2 and 30 days after dosing"),
    *("April 2031", "2031-2033", "hours"),
    "day 9 to day 2",
    "9 weeks to 2 days",
    *("2 days after biopsy and 9 days after surgery",),
    *("admission and during surgery", "return to work"),
    *("every 2 months for 1 year and then every 4 months for up to 9 years", "7 after"),
    *("up to day 2 and up to day 9", "every 2 to 4 weeks", "first and last visit"),
    *("every two cycles until death, on average 9 months", "9" * 399, "x" * 401),
    "two nights prior to dosing and at week 9",
]

ALL = [row[0] for table in (POINTS, ANCHORED, PERIODS, INTERVALS) for row in table]

TEXTS = st.one_of(
    texts(*WORDS),
    *(texts(*table.WORDS) for table in (rarer, freer, late, gloss)),
)


def value(text: str) -> dict[str, Any]:
    reading = read_time_frame(text)
    assert reading.value is not None, reading.reason
    return {
        key: part
        for key, part in reading.value.items()
        if key not in ("kind", "approximate")
    }


@pytest.mark.parametrize(("text", "points"), POINTS)
def test_points(text: str, points: list[str]) -> None:
    assert value(text) == {"points": points}


@pytest.mark.parametrize(("text", "points", "anchor"), ANCHORED)
def test_points_that_count_from_an_event(
    text: str, points: list[str], anchor: str
) -> None:
    assert value(text) == {"points": points, "anchor": anchor}


@pytest.mark.parametrize(("text", "start", "end", "anchor"), PERIODS)
def test_periods(text: str, start: str, end: str | None, anchor: str | None) -> None:
    keys = {"start": start, "end": end, "anchor": anchor}
    assert value(text) == {key: part for key, part in keys.items() if part}


@pytest.mark.parametrize(("text", "expected"), INTERVALS)
def test_intervals(text: str, expected: dict[str, Any]) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(("text", "event"), EVENTS)
def test_events_without_a_time(text: str, event: str) -> None:
    read = value(text)
    assert read.pop("anchor") == event
    assert read in ({}, {"start": "PT0S"})


@pytest.mark.parametrize(("text", "event"), rarer.EVENTS)
def test_rarer_events_begin_no_period(text: str, event: str) -> None:
    assert value(text) == {"anchor": event}


@pytest.mark.parametrize("text", ["about 9 weeks", "~9 weeks", "approximately week 9"])
def test_about(text: str) -> None:
    read = read_time_frame(text).value
    assert read == {"kind": "TIME_FRAME", "points": ["P9W"], "approximate": True}


@pytest.mark.parametrize("text", DECLINED)
def test_what_states_no_time_or_several_is_declined(text: str) -> None:
    reading = read_time_frame(text)
    assert reading.value is None
    assert reading.reason


def spans_of(read: dict[str, Any]) -> list[str]:
    every = read.get("every", [])
    return [
        *read.get("points", []),
        *(read[key] for key in ("start", "end") if key in read),
        *([every] if isinstance(every, str) else every),
    ]


@given(TEXTS)
def test_any_text(text: str) -> None:
    read = check_reading(read_time_frame, "TIME_FRAME", text)
    if read is None:
        return
    lengths = {span: length(span) for span in spans_of(read)}
    assert read.get("points") != []
    if "start" in read and "end" in read:
        assert lengths[read["start"]] <= lengths[read["end"]]
    assert read.get("anchor", "x").strip()


@pytest.mark.parametrize("text", [*ALL, *(row[0] for row in EVENTS), *DECLINED])
def test_white_space_changes_nothing(text: str) -> None:
    for wide in ("  ", " \t", "\n", "\u00a0"):
        assert read_time_frame(respace(text, wide)) == read_time_frame(text)


@given(TEXTS)
def test_white_space_changes_nothing_in_any_text(text: str) -> None:
    assert read_time_frame(respace(text, "  ")) == read_time_frame(text)


def test_readings_share_nothing_with_those_that_are_kept() -> None:
    for text in (
        "2 and 9 weeks",
        "discharge, 9 weeks",
        "weekly for 2 weeks, then daily",
    ):
        first = read_time_frame(text).value
        assert first is not None
        expected = json.dumps(first)
        for part in first.values():
            if isinstance(part, list):
                part.append("P99Y")
        first["kind"] = "changed"
        assert json.dumps(read_time_frame(text).value) == expected


def test_long_texts_are_read_but_not_kept() -> None:
    text = "week 9" + " " * 500
    assert read_time_frame(text) == read_time_frame("week 9")


def test_no_repetition_takes_long() -> None:
    check_speed(
        read_time_frame, (*WORDS, *rarer.WORDS, *freer.WORDS, *late.WORDS, *gloss.WORDS)
    )


@given(st.integers(-9999, 9999), st.sampled_from(["s", "min", "h", "d", "wk"]))
def test_seconds_agree_with_isodate(number: int, unit: str) -> None:
    span = iso(number, unit)
    assert seconds(span) == length(span).total_seconds()


def test_twelve_months_are_a_year() -> None:
    assert seconds("P12M") == seconds("P1Y")
    assert seconds("-P1Y6M") == -18 * seconds("P1M")


@pytest.mark.parametrize("span", ["", "3 weeks", "PT3W", "P3"])
def test_what_is_no_span_has_no_seconds(span: str) -> None:
    with pytest.raises(ValueError, match="no ISO 8601 span"):
        seconds(span)
