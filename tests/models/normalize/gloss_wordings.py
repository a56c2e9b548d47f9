"""Times of measurement with glosses, lists of limits, labels and typing errors."""

from typing import Any

WORDS = (
    *("assessed up to", "or until", "whichever is sooner", "end of each", "(C1D1)"),
    *("cycles (", "which is", "defined as the time", "interval", "half hour", "≥ 5"),
    *("part A:", "pregnancy week", "or placebo injection", "realistic", "altogether"),
)

POINTS = [
    ("9 weeks from baseline on", ["P9W"]),
    ("follow up 9 months", ["P9M"]),
    ("the next day", ["P1D"]),
    ('"week 2", "week 5", and "week 9"', ["P2W", "P5W", "P9W"]),
    ("2, 5 7 and 9 weeks", ["P2W", "P5W", "P7W", "P9W"]),
    ("D2-D5-D9", ["P2D", "P5D", "P9D"]),
    ("week 2-5-7-9", ["P2W", "P5W", "P7W", "P9W"]),
    ("intervention week 9", ["P9W"]),
    ("at 9th month control", ["P9M"]),
    ("baseline compared to 9 week measurement", ["PT0S", "P9W"]),
    ("baseline prior to start of rinses and week 9", ["PT0S", "P9W"]),
    ("change of sputum level (ug/ml) from baseline at 9 weeks", ["P9W"]),
    ("through weeks 2 and 9", ["P2W", "P9W"]),
    ("up to month 2, 5 and 9", ["P2M", "P5M", "P9M"]),
    ("within 2 days and 9 days", ["P2D", "P9D"]),
    ("by days 2, 5 and 9", ["P2D", "P5D", "P9D"]),
    ("day: 2,5,9", ["P2D", "P5D", "P9D"]),
    ("on days, 2, 5 and 9", ["P2D", "P5D", "P9D"]),
    ("hours: 0, 9", ["PT0S", "PT9H"]),
    ("9 month s", ["P9M"]),
    ("baseline, week s 2, 5 and 9", ["PT0S", "P2W", "P5W", "P9W"]),
    ("3rd and 9th-day", ["P3D", "P9D"]),
    ("one month and a half", ["P1.5M"]),
    ("week 2 nad 9", ["P2W", "P9W"]),
    ("day o, day 9", ["PT0S", "P9D"]),
    ("visit 3 (90 +/- 5 days)", ["P90D"]),
    ("at 90 ± 5 days", ["P90D"]),
    ("weeks 2 and 9 ± 3 days", ["P2W", "P9W"]),
    ("week 2 ± 3 days and 9 ± 3 days", ["P2W", "P9W"]),
    ("day 1 of cycles 1, 2 and 5. Each cycle is 21 days", ["P1D", "P22D", "P85D"]),
    ("end of cycle 1 and 3 (cycle length = 21 days)", ["P21D", "P63D"]),
    ("cycle 2 day1,cycle 4 day 1 (1 cycle = 21 days)", ["P22D", "P64D"]),
    ("9 years (2031-2040)", ["P9Y"]),
    ("at each visit : day 2, day 9", ["P2D", "P9D"]),
    ("post-training at day 9", ["P9D"]),
    ("realistic timeframe of 9 days", ["P9D"]),
    ("median 9 years (from diagnosis)", ["P9Y"]),
    ("3 and 9 months f/u", ["P3M", "P9M"]),
    ("next day", ["P1D"]),
    ("after 3 courses (9 weeks)", ["P9W"]),
]

ANCHORED = [
    ("9 min after lights on", ["PT9M"], "lights on"),
    ("after surgery at 9 weeks", ["P9W"], "surgery"),
    ("days 2, 5, 9 of life", ["P2D", "P5D", "P9D"], "birth"),
    ("newborn 9 days of life", ["P9D"], "birth"),
    ("9 months that follow biopsy", ["P9M"], "biopsy"),
    ("after 2 and 9 months tx", ["P2M", "P9M"], "treatment"),
    ("C1D9 ± 3 days", ["P9D"], "cycle 1"),
    ("within 2 and 9 days of surgery", ["P2D", "P9D"], "surgery"),
    ("weeks 5 and 9 of gestation", ["P5W", "P9W"], "gestation"),
    ("pregnancy week 9", ["P9W"], "gestation"),
    ("at pregnancy weeks 2, 5 and 9", ["P2W", "P5W", "P9W"], "gestation"),
    ("postoperative day 9", ["P9D"], "operation"),
    ("post operative days 2 and 9", ["P2D", "P9D"], "operation"),
    ("9-year post-operative period", ["P9Y"], "operation"),
    ("after 3 cycles (9 weeks) of rinses", ["P9W"], "rinses"),
    ("end of dosing, which is day 9", ["P9D"], "end of dosing"),
    ("9 days after the last cycle of rinses", ["P9D"], "last cycle of rinses"),
    ("9 days pre-dose and 9 days post-dose", ["-P9D", "P9D"], "dose"),
    ("2 years of observation after biopsy", ["P2Y"], "biopsy"),
    ("9 h after rinse or placebo injection", ["PT9H"], "rinse or placebo injection"),
]

PERIODS = [
    ("out to 9 weeks", "PT0S", "P9W", None),
    ("start of rinses up through 9 weeks", "PT0S", "P9W", "start of rinses"),
    ("time of first rinse through end of rinses (up to 9 days)", "PT0S", "P9D")
    + ("first rinse",),
    ("time to relapse, up to 9 years", "PT0S", "P9Y", "relapse"),
    ("up to 9 days prior to surgery", "-P9D", "PT0S", "surgery"),
    ("within the 9 months preceeding surgery", "-P9M", "PT0S", "surgery"),
    ("until relapse or death - approximately 9 months", "PT0S", "P9M")
    + ("relapse or death",),
    ("at day 9 or discharge, whichever is first", "PT0S", "P9D", "discharge"),
    ("in the week after admission to the ward", "PT0S", "P1W")
    + ("admission to the ward",),
    ("anytime in the period of 9 years", "PT0S", "P9Y", None),
    ("days 2 to 9 of cycle 2 (cycle length=21 days)", "P23D", "P30D", None),
    ("cycles 1-3 (21 day treatment cycle)", "PT0S", "P63D", None),
    ("within 2 cycles (each cycle is 21 days in duration)", "PT0S", "P42D", None),
    ("approximately within 9 months", "PT0S", "P9M", None),
    ("until relapse (assessed up to 9 months)", "PT0S", "P9M", "relapse"),
    ("up to 9 cycles [8 months]", "PT0S", "P8M", None),
    ("up to one month and a half after surgery", "PT0S", "P1.5M", "surgery"),
    ("within a month from recruitment", "PT0S", "P1M", "recruitment"),
    ("within the first 9-day cycle", "PT0S", "P9D", None),
    ("at discharge or day 9 whichever is sooner", "PT0S", "P9D", "discharge"),
    ("during stay or until death, up to 9 days", "PT0S", "P9D", "stay"),
    ("ward stay- altogether 9 days", "PT0S", "P9D", "ward stay"),
    ("change from pre to 9 month follow-up", "PT0S", "P9M", None),
    ("baseline to follow-up at 9 years", "PT0S", "P9Y", None),
    ("from baseline to 9 week-FU", "PT0S", "P9W", None),
    ("enrollment to completion of phase A at 9 weeks", "PT0S", "P9W", "enrollment"),
    ("baseline to completion of phase A at 9 weeks", "PT0S", "P9W")
    + ("completion of phase A",),
    ("relapse is defined as the time from biopsy to relapse, up to 9 years", "PT0S")
    + ("P9Y", "biopsy"),
    ("the interval from biopsy to relapse, up to 9 years", "PT0S", "P9Y", "biopsy"),
    ("the day from admission to remission, up to 9 days", "PT0S", "P9D", "admission"),
    ("from study entry until relapse, up to 9 years", "PT0S", "P9Y", "relapse"),
    ("first patch (cycle 1 day 1) up to day 9", "PT0S", "P9D", "first patch"),
    ("part 2: day 1 up to day 9", "P1D", "P9D", None),
    ("part A, predose to 9 h", "PT0S", "PT9H", "dose"),
    ("at any time during the 9-week rinse phase", "PT0S", "P9W", "rinse phase"),
    ("first half hour in recovery", "PT0S", "PT30M", "recovery"),
    ("surgery until score ≥ 9, about 20 min", "PT0S", "PT20M", "surgery"),
    ("up to 9 h after rinse or placebo injection", "PT0S", "PT9H")
    + ("rinse or placebo injection",),
]

MIXED: list[tuple[str, dict[str, Any]]] = [
    ("evey 9 weeks", {"every": "P9W"}),
    ("baseline; end of each 9-day period", {"points": ["PT0S"], "every": "P9D"}),
    ("end of each week of rinses", {"every": "P1W", "anchor": "rinses"}),
    ("day 1 of all cycles (each cycle is 9 weeks)", {"every": "P9W"}),
    (
        "end of each cycle (i.e., each cycle is 9 days) for a maximum of 2 cycles",
        {"every": "P9D", "start": "PT0S", "end": "P18D"},
    ),
    (
        "sputum evaluation every 2 weeks, up to 9 months",
        {"every": "P2W", "start": "PT0S", "end": "P9M"},
    ),
    ("twice a day until day 9", {"every": "PT12H", "start": "PT0S", "end": "P9D"}),
    (
        "during infusion and for two hours after its end",
        {"start": "PT0S", "end": "PT2H", "anchor": "end of infusion"}
        | {"start_anchor": "infusion"},
    ),
    ("monthly for duration of rinses", {"every": "P1M", "anchor": "rinses"}),
    (
        "every second day until 9% are closed",
        {"every": "P2D", "anchor": "9% are closed"},
    ),
    (
        "every 2 months post surgery up to 9 months",
        {"every": "P2M", "anchor": "surgery", "start": "PT0S", "end": "P9M"},
    ),
    (
        "daily for the nine weeks of the study",
        {"every": "P1D", "start": "PT0S", "end": "P9W"},
    ),
    (
        "monthly during a 9 months follow-up period",
        {"every": "P1M", "start": "PT0S", "end": "P9M"},
    ),
    (
        "every 2 weeks throughout the study until relapse, average 9 months",
        {"every": "P2W", "anchor": "relapse", "start": "PT0S", "end": "P9M"},
    ),
    (
        "screening up to 9 days after the last rinse",
        {"start": "PT0S", "end": "P9D", "anchor": "last rinse"}
        | {"start_anchor": "screening"},
    ),
    (
        "from first patch (C1D1) until 9 days after last patch",
        {"start": "PT0S", "end": "P9D", "anchor": "last patch"}
        | {"start_anchor": "first patch"},
    ),
    (
        "during stay and until 9 days after discharge",
        {"start": "PT0S", "end": "P9D", "anchor": "discharge", "start_anchor": "stay"},
    ),
    (
        "biopsy to 9 days after the last rinse or until new rinses are started",
        {"start": "PT0S", "end": "P9D", "anchor": "last rinse"}
        | {"start_anchor": "biopsy"},
    ),
]

EVENTS = [
    ("measured throughout the study", "study"),
    ("collected at discharge", "discharge"),
    ("through out study", "study"),
    ("time of diagnosis to time of relapse", "diagnosis"),
]

DECLINED = [
    *("ongoing", "not provided", "to be determined later", "measured throughout"),
    *("pre & post", "post-training at 9 weeks", "baseline to post-training at 9 weeks"),
    *("up to 9 months and 2 weeks after the first visit", "9 days after 2 cycles of X"),
    *("every 9 months after the first year",),
    *(
        "part 1: day 2; part 2: day 9",
        "baseline and cycle 6 (each cycle is 9 days)",
        "within 2 days and at 9 days",
    ),
]
