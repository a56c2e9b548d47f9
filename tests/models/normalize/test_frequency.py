from typing import Any

import pytest
from en_trial_registry.normalize.frequency import read_frequency
from hypothesis import given
from time_checks import check_reading, check_speed, length, respace, texts

WORDS = (
    *("daily", "once", "twice", "times", "x", "q", "b.i.d.", "TID", "QD", "PRN", "hs"),
    *("weekly", "monthly", "8-hourly", "interval", "intervals of", "apart", "doses"),
    *("sessions", "morning", "at bedtime", "before meals", "with breakfast", "M-W-F"),
    *("Mondays", "Friday", "through", "as needed", "single", "7 a.m.", "12:30 pm"),
    *("every other", "alternate", "out of", "of each", "21-day cycle", "all", "max."),
    *("later", "prior to", "within 24 h of", "№", "#", "consecutive", "divided", "q3w"),
    *("on", "off", "in the AM", "for pain", "thereafter", "starting", "postoperative"),
    *("21:00", "2nd", "9th", "(3 weeks)", "separated by", "booster", "rounds", "until"),
)

RATES = [
    ("daily", (1, 1, "d")),
    ("every day", (1, 1, "d")),
    ("q.d.", (1, 1, "d")),
    ("OD", (1, 1, "d")),
    ("b.i.d.", (2, 1, "d")),
    ("BID", (2, 1, "d")),
    ("b.d.", (2, 1, "d")),
    ("twice a day", (2, 1, "d")),
    ("twice daily (BID)", (2, 1, "d")),
    ("two times per day", (2, 1, "d")),
    ("2 x / day", (2, 1, "d")),
    ("2/d", (2, 1, "d")),
    ("t.i.d.", (3, 1, "d")),
    ("thrice daily", (3, 1, "d")),
    ("qid", (4, 1, "d")),
    ("five times a day", (5, 1, "d")),
    ("three tablets daily", (3, 1, "d")),
    ("every other day", (1, 2, "d")),
    ("on alternate days", (1, 2, "d")),
    ("QOD", (1, 2, "d")),
    ("every third day", (1, 3, "d")),
    ("every 3rd day", (1, 3, "d")),
    ("every alternate day", (1, 2, "d")),
    ("twice daily every day", (2, 1, "d")),
    ("9 hrly", (1, 9, "h")),
    ("q9h", (1, 9, "h")),
    ("q 9 hrs", (1, 9, "h")),
    ("every nine hours", (1, 9, "h")),
    ("9-hourly", (1, 9, "h")),
    ("9 hours apart", (1, 9, "h")),
    ("at intervals of 9 hours", (1, 9, "h")),
    ("twice in 24 hours", (2, 24, "h")),
    ("every 45 minutes", (1, 45, "min")),
    ("once a week", (1, 1, "wk")),
    ("weekly", (1, 1, "wk")),
    ("QW", (1, 1, "wk")),
    ("q5w", (1, 5, "wk")),
    ("once every five weeks", (1, 5, "wk")),
    ("once per 5 week", (1, 5, "wk")),
    ("every other week", (1, 2, "wk")),
    ("fortnightly", (1, 2, "wk")),
    ("4 sessions per week", (4, 1, "wk")),
    ("4x/week", (4, 1, "wk")),
    ("four days a week", (4, 1, "wk")),
    ("4 days out of 7", (4, 7, "d")),
    ("BID 4 days a week", (8, 1, "wk")),
    ("once every 2 months", (1, 2, "mo")),
    ("quarterly", (1, 3, "mo")),
    ("once quarterly", (1, 3, "mo")),
    ("every quarter", (1, 3, "mo")),
    ("once every fortnight", (1, 2, "wk")),
    ("semi-annually", (1, 6, "mo")),
    ("annual", (1, 1, "a")),
    ("q monthly", (1, 1, "mo")),
    ("every-other-day", (1, 2, "d")),
    ("alternate-day", (1, 2, "d")),
    ("each alternative day", (1, 2, "d")),
    ("every 17 day s", (1, 17, "d")),
    ("every 21 days (3 weeks)", (1, 21, "d")),
    ("biweekly (every 2 weeks)", (1, 2, "wk")),
    ("once in every 5 weeks", (1, 5, "wk")),
    ("every 3 out of 5 weeks", (3, 5, "wk")),
    ("once/daily", (1, 1, "d")),
    ("4 times per day daily", (4, 1, "d")),
    ("4 times during the day", (4, 1, "d")),
    ("4xday", (4, 1, "d")),
    ("twice daily, 12 hours apart", (2, 1, "d")),
    ("three times a day at 8-hour intervals", (3, 1, "d")),
    ("weekly (every 7 days)", (1, 1, "wk")),
    ("daily every 9 hours", (1, 9, "h")),
    ("daily in 2 divided doses", (2, 1, "d")),
    ("twice daily in divided doses", (2, 1, "d")),
    ("divided every 9 hours", (1, 9, "h")),
    ("b.i.d. four times a week", (8, 1, "wk")),
    ("daily, 5 times a week", (5, 1, "wk")),
    ("4 sessions per week, 2 sessions per day", (8, 1, "wk")),
    ("4 d/wk", (4, 1, "wk")),
    ("four non-consecutive days per week", (4, 1, "wk")),
    ("4 times per week on nonconsecutive days", (4, 1, "wk")),
    ("four walking sessions per the week", (4, 1, "wk")),
    ("three servings a day", (3, 1, "d")),
    ("spaced out 17 days", (1, 17, "d")),
    ("separated by 5 weeks", (1, 5, "wk")),
    ("QD x 5 days", (1, 1, "d")),
    ("daily over 5 days", (1, 1, "d")),
    ("every 9 h until recovery", (1, 9, "h")),
    ("every 5 months thereafter", (1, 5, "mo")),
    ("every 5 weeks starting on day 1", (1, 5, "wk")),
    ("once daily fractions", (1, 1, "d")),
    ("BID dosing", (2, 1, "d")),
    ("daily including weekends", (1, 1, "d")),
    ("yearly", (1, 1, "a")),
]

KEYS: list[tuple[str, dict[str, Any]]] = [
    ("single dose", {"count": 1}),
    ("7 fractions", {"count": 7}),
    ("x 7", {"count": 7}),
    ("weekly x 7", {"frequency": 1, "period": 1, "period_unit": "wk", "count": 7}),
    (
        "q9h x 7 doses",
        {"frequency": 1, "period": 9, "period_unit": "h", "count": 7},
    ),
    ("1-2 times a day", {"frequency": 1, "frequency_max": 2, "period": 1}),
    ("up to 5 times daily", {"frequency_max": 5, "period": 1, "period_unit": "d"}),
    ("every 3 to 5 weeks", {"frequency": 1, "period": 3, "period_max": 5}),
    ("every 3 weeks or every 5 weeks", {"period": 3, "period_max": 5}),
    ("day 6", {"days": [6]}),
    ("D6", {"days": [6]}),
    ("days 2, 9 and 16", {"days": [2, 9, 16]}),
    ("days 2-4 and 9-11", {"days": [2, 3, 4, 9, 10, 11]}),
    ("days -4 to -2", {"days": [-4, -3, -2]}),
    ("cycle days 4 to 6", {"days": [4, 5, 6]}),
    ("first 3 days", {"days": [1, 2, 3]}),
    ("day 2 of each 14-day cycle", {"days": [2], "cycle_days": 14}),
    ("D2 Q2W", {"days": [2], "cycle_days": 14}),
    ("days 2 and 9 every 28 days", {"days": [2, 9], "cycle_days": 28}),
    ("day 2 of cycle 5", {"days": [2], "event": "cycle 5"}),
    ("day 2 of every course", {"days": [2], "event": "course"}),
    ("day 2 of even cycles only", {"days": [2], "event": "even cycles"}),
    ("weeks 0, 3, 9", {"weeks": [0, 3, 9]}),
    ("day 0, weeks 3 and 9", {"days": [0], "weeks": [3, 9]}),
    ("bid on days 2-4", {"frequency": 2, "days": [2, 3, 4]}),
    ("once on day 4", {"count": 1, "days": [4]}),
    ("at bedtime", {"when": ["HS"]}),
    ("qAM", {"when": ["MORN"]}),
    ("in the morning and evening", {"when": ["MORN", "EVE"]}),
    ("before meals", {"when": ["AC"]}),
    ("after each meal", {"when": ["PC"]}),
    ("with breakfast", {"when": ["CM"]}),
    ("before dinner", {"when": ["ACV"]}),
    ("PRN", {"as_needed": True}),
    ("every 9 h as needed", {"period": 9, "as_needed": True}),
    ("Tuesdays and Fridays", {"day_of_week": ["tue", "fri"], "frequency": 2}),
    ("Monday, Monday", {"day_of_week": ["mon"], "frequency": 1}),
    ("Monday to Wednesday", {"day_of_week": ["mon", "tue", "wed"], "frequency": 3}),
    ("daily at 7 p.m.", {"time_of_day": ["19:00"], "frequency": 1}),
    ("at 12:30 am", {"time_of_day": ["00:30"]}),
    ("2 h before biopsy", {"offset": "-PT2H", "event": "biopsy"}),
    ("20-40 min before biopsy", {"offset": "-PT40M/-PT20M", "event": "biopsy"}),
    ("5 days after biopsy", {"offset": "P5D", "event": "biopsy"}),
    ("within 5 days after biopsy", {"offset": "PT0S/P5D", "event": "biopsy"}),
    ("between 2 and 4 weeks after biopsy", {"offset": "P2W/P4W", "event": "biopsy"}),
    ("before each biopsy", {"offset": "before", "event": "each biopsy"}),
    ("day before the biopsy", {"offset": "-P1D", "event": "biopsy"}),
    ("at discharge", {"event": "discharge"}),
    ("about every 5 hours", {"period": 5, "approximate": True}),
    ("two divided doses", {"count": 2}),
    ("single intravenous infusion", {"count": 1}),
    ("9 hourly x 3", {"period": 9, "period_unit": "h", "count": 3}),
    ("twice daily for 9 days", {"frequency": 2, "period": 1, "period_unit": "d"}),
    (
        "daily on days 2-4 every 21 days",
        {"days": [2, 3, 4], "cycle_days": 21, "period": 1, "period_unit": "d"},
    ),
    ("Monday, Tuesday, and Friday", {"day_of_week": ["mon", "tue", "fri"]}),
    ("M,W,F", {"day_of_week": ["mon", "wed", "fri"], "frequency": 3}),
    ("every other Monday", {"day_of_week": ["mon"], "period": 2, "period_unit": "wk"}),
    ("once weekly on Mondays", {"day_of_week": ["mon"], "frequency": 1}),
    ("every cycle", {"event": "every cycle"}),
    ("preoperatively", {"offset": "before", "event": "operation"}),
    ("a.m. and p.m.", {"when": ["MORN", "EVE"]}),
    ("p.c.", {"when": ["PC"]}),
    ("once or twice a week", {"frequency": 1, "frequency_max": 2, "period": 1}),
    ("two maintenance doses", {"count": 2}),
    ("five structured psychotherapy sessions", {"count": 5}),
    ("4 more times", {"count": 4}),
    ("three rounds", {"count": 3}),
    ("4 consecutive days", {"count": 4}),
    ("2 injections in the same day", {"count": 2}),
    ("stat dose", {"count": 1}),
    ("one-off", {"count": 1}),
    ("a one-time dose", {"count": 1}),
    ("single bolus dose", {"count": 1}),
    ("total 14 sessions", {"count": 14}),
    ("five doses separated by at least 9 hours", {"count": 5, "flag": "at least"}),
    ("five times with a interval of 2 months", {"count": 5, "period": 2}),
    ("five once-weekly doses", {"count": 5, "period": 1, "period_unit": "wk"}),
    ("weekly times 7", {"count": 7, "period": 1, "period_unit": "wk"}),
    ("2nd and 9th days", {"days": [2, 9]}),
    ("10th, 20th, and 40th day of fasting", {"days": [10, 20, 40], "event": "fasting"}),
    ("first and third week", {"weeks": [1, 3]}),
    ("between the 3rd and 6th day", {"days": [3, 4, 5, 6]}),
    ("day 2-4-9", {"days": [2, 4, 9]}),
    ('day "2", day "9"', {"days": [2, 9]}),
    ("from days 2 to 4", {"days": [2, 3, 4]}),
    (
        "days 2-4 of the menstrual cycle",
        {"event": "menstrual cycle"} | {"days": [2, 3, 4]},
    ),
    (
        "days 2 and 3 of treatment period 5",
        {"days": [2, 3]} | {"event": "treatment period 5"},
    ),
    ("days 2-4 of 21", {"days": [2, 3, 4], "cycle_days": 21}),
    ("Cycle 2, Day 9", {"days": [9], "event": "Cycle 2"}),
    ("C2D9", {"days": [9], "event": "cycle 2"}),
    ("once daily during week 5", {"frequency": 1, "weeks": [5]}),
    ("day 2 at approximately week 7, week 9", {"days": [2], "weeks": [7, 9]}),
    ("2 weeks on, 1 week off", {"weeks": [1, 2], "cycle_days": 21}),
    ("4 days on/3 days off", {"days": [1, 2, 3, 4], "cycle_days": 7}),
    ("14 days on, 1 week off", {"days": list(range(1, 15)), "cycle_days": 21}),
    ("Monday thru Wednesday", {"day_of_week": ["mon", "tue", "wed"], "frequency": 3}),
    ("Mon/Fri", {"day_of_week": ["mon", "fri"], "frequency": 2}),
    ("working days", {"day_of_week": ["mon", "tue", "wed", "thu", "fri"]}),
    ("weekends", {"day_of_week": ["sat", "sun"], "frequency": 2}),
    ("in the AM", {"when": ["MORN"]}),
    ("in the PM on day 2", {"when": ["EVE"], "days": [2]}),
    ("early morning on daily basis", {"when": ["MORN"], "frequency": 1}),
    ("morning of biopsy", {"when": ["MORN"], "event": "biopsy"}),
    ("before bed", {"when": ["HS"]}),
    ("early in the morning", {"when": ["MORN"]}),
    ("twice a day, once at noon and once at bedtime", {"when": ["NOON", "HS"]}),
    ("postprandially", {"when": ["PC"]}),
    ("with a high-fat breakfast", {"when": ["CM"]}),
    ("before breakfast and dinner", {"when": ["ACM", "ACV"]}),
    ("at 09:30 and 21:00", {"time_of_day": ["09:30", "21:00"]}),
    ("as and when required", {"as_needed": True}),
    ("on- demand", {"as_needed": True}),
    ("if clinically indicated", {"as_needed": True}),
    ("every 9 h as needed for pain", {"period": 9, "as_needed": True}),
    (
        "within 4-6 hours of biopsy",
        {"offset": "PT4H/PT6H", "event": "biopsy"} | {"flag": "'of' read as after"},
    ),
    ("no later than 9 h after biopsy", {"offset": "PT0S/PT9H", "event": "biopsy"}),
    ("up to 9 h before biopsy", {"offset": "-PT9H/PT0S", "event": "biopsy"}),
    ("7 months postpartum", {"offset": "P7M", "event": "delivery"}),
    ("after 5 weeks of therapy", {"offset": "P5W", "event": "therapy"}),
    ("soon after biopsy", {"offset": "after", "event": "biopsy"}),
    (
        "2 h before exercise on demand",
        {"offset": "-PT2H", "event": "exercise", "as_needed": True},
    ),
    (
        "20 min after exercise on days 2 and 9",
        {"offset": "PT20M", "event": "exercise", "days": [2, 9]},
    ),
    ("during sleep at home", {"event": "sleep at home"}),
    ("single injection during each cycle", {"count": 1, "event": "each cycle"}),
    ("once on days 2 and 9", {"days": [2, 9]}),
    ("once in weeks 2 and 9", {"weeks": [2, 9], "frequency": 1, "period": 1}),
    ("post-biopsy", {"offset": "after", "event": "biopsy"}),
    ("POD 5", {"days": [5], "event": "operation"}),
    (
        "between the 4th and 6th day after biopsy",
        {"days": [4, 5, 6], "event": "biopsy"},
    ),
    ("postoperative day 5", {"days": [5], "event": "operation"}),
    ("third postoperative day", {"days": [3], "event": "operation"}),
    (
        "days 5, 7 post-discharge",
        {"days": [5, 7]} | {"event": "discharge"},
    ),
    ("intraoperatively", {"event": "operation"}),
    ("early postoperative period", {"event": "early postoperative period"}),
    ("hospital discharge", {"event": "hospital discharge"}),
    ("inclusion (T0)", {"event": "inclusion"}),
    ("every session", {"event": "every session"}),
    ("time of biopsy", {"event": "biopsy"}),
    ("start of symptoms", {"event": "start of symptoms"}),
    ("baseline and again every 5 months", {"event": "baseline", "period": 5}),
]

DECLINED = [
    *("", "§", "every", "continuous", "multiple", "same day", "7 days", "5 to 9 days"),
    *("months 3, 6 and 12", "at least 9 doses", "one or two doses", "2-3 daily doses"),
    *("every 3 weeks then every 6 weeks", "day 9 to 3", "day 30 of each 21-day cycle"),
    *("daily every 21 days", "every 0 days", "3 to 2 times a day", "every 5-4 weeks"),
    *("1 h before a meal and 2 h after surgery", "days before surgery", "from week 6"),
    *("every morning at 8", "four doses every 20 minutes", "day 1 every 2 months"),
    *("daily for 2 weeks out of 3", "weekly for 4 weeks then monthly", "for 9 days"),
    *("biweekly", "at least 4 days a week", "9 and 3 hours before biopsy"),
    *("at least 4", "once on day", "twice on day", "days 1-3 each month", "x 3 daily"),
    *("at diagnosis and after 6 months", "after day 7 of fasting or on discharge"),
    *("2 and 9 months after biopsy", "daily in divided doses", "minute 30", "6 weekly"),
    *("twice daily and once at night", "day 2 of fasting and day 5 of rest"),
    *(
        "until discharge",
        "day 2 until discharge",
        "from week 9 until the end of therapy",
    ),
    *("up to 6 weekly sessions", "at least 6 weekly sessions"),
    *("once daily every 9 hours", "twice daily every 9 hours", "single bedtime dosing"),
    *(
        "100 mg doses",
        "5-9 sessions",
        "5 or 7 days per week",
        "2 months on, 1 month off",
    ),
    *("every 4 h until stable, then every 8 h", "weekly until week 4 then monthly"),
    *("99999999 times a day", "every " + "9" * 400 + " days", "days 1-5000", "x 0"),
]

RATE = ("frequency", "period", "period_unit")
UNITS = {"s", "min", "h", "d", "wk", "mo", "a"}
MEALS = {side + meal for side in ("AC", "PC", "C") for meal in ("", "M", "D", "V")}
WHEN = {"HS", "WAKE", "MORN", "AFT", "EVE", "NIGHT", "NOON"} | MEALS
DAYS_OF_WEEK = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}


def value(text: str) -> dict[str, Any]:
    reading = read_frequency(text)
    assert reading.value is not None, reading.reason
    return reading.value


@pytest.mark.parametrize(("text", "rate"), RATES)
def test_how_often(text: str, rate: tuple[int, int, str]) -> None:
    read = value(text)
    assert tuple(read[key] for key in RATE) == rate
    assert read.keys() <= {"kind", "code", *RATE}


@pytest.mark.parametrize(("text", "expected"), KEYS)
def test_other_keys(text: str, expected: dict[str, Any]) -> None:
    read = value(text)
    assert {key: read.get(key) for key in expected} == expected
    beyond = read.keys() - expected.keys()
    assert beyond <= {"kind", "code", *RATE}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("every day", "QD"),
        ("two times per day", "BID"),
        ("every 6 hours", "Q6H"),
        ("on alternate days", "QOD"),
        ("bid as needed", "BID"),
        ("bid on day 2", None),
        ("every 7 hours", None),
    ],
)
def test_codes(text: str, code: str | None) -> None:
    assert value(text).get("code") == code


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("at least 2 h after the meal", "at least"),
        ("within 6 h of birth", "'of' read as after"),
        ("at least three times a week", "at least"),
        ("4 or more times a day", "at least"),
        ("at least daily", "at least"),
        ("at least 9 h apart", "at least"),
    ],
)
def test_flags(text: str, flag: str) -> None:
    assert value(text)["flag"] == flag


def test_what_was_read_can_be_changed() -> None:
    value("days 2-4")["days"].clear()
    assert value("days 2-4")["days"] == [2, 3, 4]


@pytest.mark.parametrize("text", DECLINED)
def test_what_is_no_frequency_or_more_than_one_is_declined(text: str) -> None:
    reading = read_frequency(text)
    assert reading.value is None
    assert reading.reason


def check_ranges(read: dict[str, Any]) -> None:
    """Check the invariants of FHIR's Timing.repeat that concern single keys."""
    assert ("period" in read) == ("period_unit" in read)
    assert read.get("period_unit", "d") in UNITS
    assert read.get("period", 1) > 0
    assert read.get("period_max", float("inf")) > read.get("period", 0)
    assert read.get("frequency_max", float("inf")) > read.get("frequency", 0)
    for key in ("frequency", "frequency_max", "count", "cycle_days"):
        assert read.get(key, 1) >= 1
    for key in ("frequency", "frequency_max", "count"):
        assert type(read.get(key, 1)) is int
    assert set(read.get("when", ())) <= WHEN
    assert set(read.get("day_of_week", ())) <= DAYS_OF_WEEK
    for key in ("days", "weeks", "when", "day_of_week", "time_of_day"):
        if key in read:
            assert read[key] and len(set(read[key])) == len(read[key])


@given(texts(*WORDS))
def test_any_text(text: str) -> None:
    read = check_reading(read_frequency, "FREQUENCY", text)
    if read is None:
        return
    check_ranges(read)
    offset = read.get("offset", "before")
    if offset not in ("before", "after"):
        spans = [length(span) for span in offset.split("/")]
        assert spans == sorted(spans)


@pytest.mark.parametrize(
    "text", [*(row[0] for row in RATES), *(row[0] for row in KEYS), *DECLINED]
)
def test_white_space_changes_nothing(text: str) -> None:
    for wide in ("  ", " \t", "\n", "\u00a0"):
        assert read_frequency(respace(text, wide)) == read_frequency(text)


@given(texts(*WORDS))
def test_white_space_changes_nothing_in_any_text(text: str) -> None:
    assert read_frequency(respace(text, "  ")) == read_frequency(text)


@pytest.mark.parametrize("text", [row[0] for row in RATES])
def test_case_changes_nothing(text: str) -> None:
    assert read_frequency(text.upper()) == read_frequency(text.lower())


def test_no_repetition_takes_long() -> None:
    check_speed(read_frequency, WORDS)
