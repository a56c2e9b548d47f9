"""Times of several events, ages, lists of days of an event, and other late wordings."""

from typing import Any

WORDS = (
    *("months of age", "corrected age", "gestation", "C2D1", "cycle 2 day 1", "PMA"),
    *("last", "past", "the last one", "its end", "onwards", "twice weekly", "thereof"),
    *("08:00", "each morning of", "every Monday", "T0", "postpartum", "the next day"),
    *("on days 1 and 9", "during and up to", "right after", "end of cycle 2", "first"),
    *("admission", "arrival", "end of treatment", "day before and", "plus", "whole"),
)

# Text, keys of the value.
MIXED: list[tuple[str, dict[str, Any]]] = [
    ("daily diary, weeks 2 to 9",) + ({"start": "P2W", "end": "P9W", "every": "P1D"},),
    ("weekly in the e-diary", {"every": "P1W"}),
    ("every 2 h by a nurse", {"every": "PT2H"}),
    ("monthly postcards over 9 months",)
    + ({"start": "PT0S", "end": "P9M", "every": "P1M"},),
    ("yearly until age 9",)
    + ({"start": "PT0S", "end": "P9Y", "anchor": "birth", "every": "P1Y"},),
    ("twice daily till 90 h after biopsy",)
    + ({"start": "PT0S", "end": "PT90H", "anchor": "biopsy", "every": "PT12H"},),
    ("every day from the 2nd day after biopsy",)
    + ({"start": "P2D", "anchor": "biopsy", "every": "P1D"},),
    ("day 1, day 9 or on discharge, whichever is first",)
    + ({"points": ["P1D", "P9D"], "events": ["discharge"]},),
    ("before dose 1 and 9 days after dose 3",)
    + ({"points": ["P9D"], "anchor": "dose 3", "events": ["before dose 1"]},),
    ("from pre-dose to 9 days after the last dose",)
    + (
        {
            "start": "PT0S",
            "start_anchor": "baseline",
            "end": "P9D",
            "anchor": "last dose",
        },
    ),
    ("discharge and at 9 weeks", {"points": ["P9W"], "events": ["discharge"]}),
    ("baseline, end of treatment, 2 and 9 months",)
    + ({"points": ["PT0S", "P2M", "P9M"], "events": ["end of treatment"]},),
    ("before biopsy and 9 h after surgery",)
    + ({"points": ["PT9H"], "anchor": "surgery", "events": ["before biopsy"]},),
    ("before the first dose and on days 2 to 9",)
    + ({"start": "P2D", "end": "P9D", "events": ["before the first dose"]},),
    ("screening, week 9 and discharge",)
    + ({"points": ["PT0S", "P9W"], "events": ["discharge"]},),
    ("admission, week 9 and start of cycle 2",)
    + (
        {
            "points": ["PT0S", "P9W"],
            "anchor": "admission",
            "events": ["start of cycle 2"],
        },
    ),
    ("arrival and at 9 h", {"points": ["PT0S", "PT9H"], "anchor": "arrival"}),
    ("birth and 9 months of age", {"points": ["PT0S", "P9M"], "anchor": "birth"}),
    ("first dose to 9 days after last dose",)
    + (
        {
            "start": "PT0S",
            "start_anchor": "first dose",
            "end": "P9D",
            "anchor": "last dose",
        },
    ),
    ("day 1 until 9 days after the last dose",)
    + (
        {
            "start": "P1D",
            "start_anchor": "baseline",
            "end": "P9D",
            "anchor": "last dose",
        },
    ),
    ("from first patch to 9 days after the last one",)
    + (
        {
            "start": "PT0S",
            "start_anchor": "first patch",
            "end": "P9D",
            "anchor": "last one",
        },
    ),
    ("from start of therapy until 9 days after its completion",)
    + (
        {
            "start": "PT0S",
            "start_anchor": "start of therapy",
            "end": "P9D",
            "anchor": "completion of therapy",
        },
    ),
    ("first dose to 9 days after last dose, up to 5 years",)
    + ({"start": "PT0S", "end": "P5Y", "anchor": "first dose"},),
    ("day 0 to death, up to 9 years",)
    + ({"start": "PT0S", "end": "P9Y", "anchor": "death"},),
    ("at the time of biopsy and after 9 days",)
    + ({"points": ["P9D"], "events": ["time of biopsy"]},),
    ("every 9 minutes in the ward", {"every": "PT9M", "anchor": "ward"}),
    ("every day from day 2 to discharge",)
    + ({"every": "P1D", "start": "P2D", "anchor": "discharge"},),
    ("twice weekly", {"every": "P3.5D"}),
    ("four times a day", {"every": "PT6H"}),
    ("three times per day", {"every": "PT8H"}),
    ("every Monday for 9 weeks", {"every": "P1W", "start": "PT0S", "end": "P9W"}),
    ("each morning of the 9 weeks", {"every": "P1D", "start": "PT0S", "end": "P9W"}),
    ("every 9 minutes from admission to discharge",)
    + ({"every": "PT9M", "start": "PT0S", "anchor": "admission"},),
]

POINTS = [
    ("days +2 and +9", ["P2D", "P9D"]),
    ("week 9 vs. screening", ["P9W", "PT0S"]),
    ("9th minute", ["PT9M"]),
    ("08:00 on days 2 and 9", ["P2D", "P9D"]),
    ("days 2 and 9, 8 a.m.", ["P2D", "P9D"]),
    ("mornings of day 2 and day 9", ["P2D", "P9D"]),
    ("9 hours later, by phone", ["PT9H"]),
    ("2 hours later and on the next day", ["PT2H", "P1D"]),
    ("2 hs; 9 hs", ["PT2H", "PT9H"]),
    ("immediately and at 9 days", ["PT0S", "P9D"]),
    ("T0, T1 (2 weeks) and T2 (9 weeks)", ["PT0S", "P2W", "P9W"]),
    ("9 months, continuous", ["P9M"]),
    ("nine-month contact", ["P9M"]),
    ("9 minutes, while sitting", ["PT9M"]),
    ("pretest, 9 weeks", ["PT0S", "P9W"]),
    ("time zero (T0) and 9 weeks", ["PT0S", "P9W"]),
    ("time = 0, 2 and 9 h", ["PT0S", "PT2H", "PT9H"]),
    ("five minutes before and nine minutes after", ["-PT5M", "PT9M"]),
    ("2 weeks + 9 days", ["P23D"]),
    ("at 2- and 9- month", ["P2M", "P9M"]),
    ("week 9, Monday or Friday", ["P9W"]),
    ("every round (0, 2, 9 months)", ["PT0S", "P2M", "P9M"]),
    ("at each time point (day 2, day 9)", ["P2D", "P9D"]),
    ("baseline to 2 h and 9 h", ["PT0S", "PT2H", "PT9H"]),
    ("9 months. Patients answer questions", ["P9M"]),
]

ANCHORED = [
    ("9 months of age", ["P9M"], "birth"),
    ("age 9", ["P9Y"], "birth"),
    ("2 and 9 years old", ["P2Y", "P9Y"], "birth"),
    ("9 hours of life", ["PT9H"], "birth"),
    ("9 weeks of gestation", ["P9W"], "gestation"),
    ("35 weeks postmenstrual age", ["P35W"], "gestation"),
    ("9 months corrected", ["P9M"], "corrected age"),
    ("C2D9", ["P9D"], "cycle 2"),
    ("baseline and cycle 2 day 9", ["PT0S", "P9D"], "cycle 2"),
    ("2 and 9 h after dosing on days 1 and 5", ["PT2H", "PT9H"])
    + ("dosing on days 1 and 5",),
    ("2 h, 9 h after doses 1 and 5", ["PT2H", "PT9H"], "doses 1 and 5"),
    ("30, 20 and 5 min before dosing", ["-PT30M", "-PT20M", "-PT5M"], "dosing"),
    ("30 and 5 min before and 9 min after dosing", ["-PT30M", "-PT5M", "PT9M"])
    + ("dosing",),
    ("a week before and 9 days after surgery", ["-P1W", "P9D"], "surgery"),
    ("9 weeks preceding relapse", ["-P9W"], "relapse"),
    ("right after and 9 min after surgery", ["PT0S", "PT9M"], "surgery"),
    ("postpartum 1st week, 9th week", ["P1W", "P9W"], "delivery"),
    ("9 hours from the first dose of each period", ["PT9H"])
    + ("first dose of each period",),
    ("9 days after the 3-week course", ["P9D"], "course"),
    ("morning after surgery", ["P1D"], "surgery"),
    ("day before and one week after biopsy", ["-P1D", "P1W"], "biopsy"),
    ("day 1 of cycles 2, 4 and 6", ["P1D"], "cycles 2, 4 and 6"),
    ("9 h after the test at weeks -4, 5 and 9", ["PT9H"])
    + ("test at weeks -4, 5 and 9",),
    ("at follow-up 9 weeks after surgery", ["P9W"], "surgery"),
]

PERIODS = [
    ("last 9 days", "-P9D", "PT0S", None),
    ("in the past week", "-P1W", "PT0S", None),
    ("last month", "-P1M", "PT0S", None),
    ("last week of treatment", "-P1W", "PT0S", "end of treatment"),
    ("past 9 months", "-P9M", "PT0S", None),
    ("last 9 weeks of treatment", "-P9W", "PT0S", "end of treatment"),
    ("within the 9 weeks preceding surgery", "-P9W", "PT0S", "surgery"),
    ("from week 9 onwards", "P9W", None, None),
    ("until 9 years of age", "PT0S", "P9Y", "birth"),
    ("until the age of 9 months", "PT0S", "P9M", "birth"),
    ("between 9 and 12 years of age", "P9Y", "P12Y", "birth"),
    ("until 2 weeks and 3 days", "PT0S", "P17D", None),
    ("until discharge or day 9", "PT0S", "P9D", "discharge"),
    ("day 9 or discharge", "PT0S", "P9D", "discharge"),
    ("from surgery to postoperative day 9 or discharge", "PT0S", "P9D", "surgery"),
    ("during and up to 9 h after infusion", "PT0S", "PT9H", "infusion"),
    ("during or within 9 h after infusion", "PT0S", "PT9H", "infusion"),
    ("during infusion and the following 9 h", "PT0S", "PT9H", "infusion"),
    ("infusion and the 9 hours that follow", "PT0S", "PT9H", "infusion"),
    ("throughout the 9-week programme", "PT0S", "P9W", "programme"),
    ("evening 2 to evening 9", "P2D", "P9D", None),
    ("9 minutes at the longest", "PT0S", "PT9M", None),
    ("up to 9 weeks per lens", "PT0S", "P9W", None),
    ("before dosing and at 7 points up to 9 hours", "PT0S", "PT9H", "dosing"),
    ("from birth, up to 9 months", "PT0S", "P9M", "birth"),
    ("until discharge, usually day 9", "PT0S", "P9D", "discharge"),
    ("until discharge, 2-9 weeks", "PT0S", "P9W", "discharge"),
    ("baseline to end of therapy (2-9 weeks)", "PT0S", "P9W", "end of therapy"),
    ("admission to discharge or day 9", "PT0S", "P9D", "admission"),
    ("before day 9", "PT0S", "P9D", None),
    ("from baseline to before the 9th day", "PT0S", "P9D", None),
    ("before 9 weeks of gestation", "PT0S", "P9W", "gestation"),
    ("whole study, 9 days", "PT0S", "P9D", "study"),
    ("battery life, 9 h", "PT0S", "PT9H", "battery life"),
    ("out to 9 hours post dose", "PT0S", "PT9H", "dose"),
    ("last 2 weeks of the 9-week treatment period", "-P2W", "PT0S")
    + ("end of treatment period",),
    ("within 9 days (days 0-8) after vaccination", "PT0S", "P9D", "vaccination"),
    ("days 2-9 after dose 2 (dose 2 was on day 30-40)", "P2D", "P9D", "dose 2"),
    ("from surgery to death. Analysis occurs after 9 deaths", "PT0S", None, "surgery"),
    ("hours, from surgery to discharge", "PT0S", None, "surgery"),
]

EVENTS = [
    *(("end of module 2", "end of module 2"), ("from surgery", "surgery")),
    *(("school year", "school year"), ("at delivery time", "delivery time")),
    ("third trimester of pregnancy", "third trimester of pregnancy"),
]

DECLINED = [
    *(
        "stay in days (average 9 days)",
        "infusion, about 9 min",
        "day 9, by the door",
        "day 9, eight samples",
        "week 9 or later",
    ),
    *("days 9 and 36 weeks of gestation", "at the beginning and at the end of week 9"),
    *("9 days after surgery and chemotherapy, injection", "from baseline"),
    *("day 3 of stay to 2 days after transfer", "two nights before dosing and week 9"),
    *("9 min after biopsy and 9 min after surgery", "same day", "next year"),
    "baseline. Every week a visit",
    *("weekly for 2 weeks and every 2 weeks from week 9", "ward stay (2-9 weeks)"),
    *("weekly until 9 kg of weight", "daily for 9 hours on two occasions"),
    *("week 9 to detect resolution", "incidence until 9 days after surgery"),
    *("end of period 1, 2 and 3", "7 / 9 days after vaccine / placebo injection"),
]
