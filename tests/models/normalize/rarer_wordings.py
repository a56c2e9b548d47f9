"""Rarer wordings of times of measurement, and what they mean."""

from typing import Any

WORDS = (
    *("cycle", "each cycle is 21 days", "visit 2", "diary", "twice daily", "x 3"),
    *("consecutive", "th", "st and", "estimated to be", "season", "postoperative"),
)

POINTS = [
    ("9 months ± 14 days", ["P9M"]),
    ("week 9 or early termination", ["P9W"]),
    ("morning of day 9", ["P9D"]),
    ("one, three and nine months", ["P1M", "P3M", "P9M"]),
    ("after the first, third and ninth month", ["P1M", "P3M", "P9M"]),
    ("1st, 3rd and 9th month", ["P1M", "P3M", "P9M"]),
    ("week 9 +/- 1 week", ["P9W"]),
    ("1, 3- and 9-month follow-up", ["P1M", "P3M", "P9M"]),
    ("5th and 9th day", ["P5D", "P9D"]),
    ("nights 2 and 9", ["P2D", "P9D"]),
    ("nine consecutive days", ["P9D"]),
    ("9-month consultation", ["P9M"]),
    ("week 9 compared to week 2", ["P9W", "P2W"]),
    ("screening/baseline, weeks 2 and 9", ["PT0S", "P2W", "P9W"]),
    ("screening, week 2 and week 9", ["PT0S", "P2W", "P9W"]),
    ("baseline sample", ["PT0S"]),
    ("visit 2 (week 3), visit 4 (week 9)", ["P3W", "P9W"]),
    ("each clinic visit (weeks 2, 5 and 9)", ["P2W", "P5W", "P9W"]),
    ("visits at months 3 and 9", ["P3M", "P9M"]),
    ("9 weeks (3 cycles)", ["P9W"]),
    ("baseline and after challenge (9 weeks from baseline)", ["PT0S", "P9W"]),
    ("end of cycle 4 (each cycle is 21 days)", ["P84D"]),
    ("cycle 2 day 8 (21-day cycle)", ["P29D"]),
    ("9 weeks (plus or minus 2 days)", ["P9W"]),
]

ANCHORED = [
    ("9 min before and after dosing", ["-PT9M", "PT9M"], "dosing"),
    ("prior to and 9 weeks after surgery", ["PT0S", "P9W"], "surgery"),
    ("2 and 9 postoperative hours", ["PT2H", "PT9H"], "operation"),
    ("pre- and 9 min post-injection", ["PT0S", "PT9M"], "injection"),
    ("9 weeks in culture", ["P9W"], "culture"),
    ("before and 9 min after dosing on day 5", ["PT0S", "PT9M"], "dosing on day 5"),
    ("2 and 9 h after the day 5 dose", ["PT2H", "PT9H"], "day 5 dose"),
    ("before, during, and after biopsy", ["PT0S"], "biopsy"),
    ("surgery, about week 9", ["P9W"], "surgery"),
    ("9-week period of induction", ["P9W"], "induction"),
    ("POD 2, 5 and 9", ["P2D", "P5D", "P9D"], "operation"),
    ("first postoperative week", ["P1W"], "operation"),
    ("cycle 1 days 2 and 9", ["P2D", "P9D"], "cycle 1"),
    ("after course 2 (9 weeks)", ["P9W"], "course 2"),
    ("baseline (T0) and at the end of treatment (T1)", ["PT0S"], "end of treatment"),
]

PERIODS = [
    ("the entire 9 weeks", "PT0S", "P9W", None),
    ("9 months or until relapse", "PT0S", "P9M", "relapse"),
    ("each visit up to week 9", "PT0S", "P9W", "each visit"),
    ("pre-dose to 9 h post-dose", "PT0S", "PT9H", "dose"),
    ("up to a maximum of 9 years", "PT0S", "P9Y", None),
    ("9 days or less", "PT0S", "P9D", None),
    ("from the first to the ninth day", "P1D", "P9D", None),
    ("at surgery (weeks 2-9)", "P2W", "P9W", "surgery"),
    ("up to cycle 3 (each cycle is 21 days)", "PT0S", "P63D", None),
    ("cycle 1 (21 days)", "PT0S", "P21D", "cycle 1"),
    ("regular intervals up to 9 months", "PT0S", "P9M", None),
    ("0-9 min during intubation", "PT0S", "PT9M", "intubation"),
    ("9 months, through study completion", "PT0S", "P9M", "study completion"),
    ("pollen season, about 9 weeks", "PT0S", "P9W", "pollen season"),
    ("recurrence (within 9 months after surgery)", "PT0S", "P9M", "surgery"),
    ("within 9 days before surgery", "-P9D", "PT0S", "surgery"),
    ("from 9 min before to 2 h after dosing", "-PT9M", "PT2H", "dosing"),
    ("within 9 h before and 2 h after dosing", "-PT9H", "PT2H", "dosing"),
    ("from the end of surgery to 9 days after surgery", "PT0S", "P9D", "surgery"),
    ("baseline to 9 days after enrollment", "PT0S", "P9D", "enrollment"),
    ("until relapse, or death, up to 9 years", "PT0S", "P9Y", "relapse or death"),
    (
        "hospital stay: subjects are observed for the duration of hospital stay, "
        "an expected average of 9 days",
        *("PT0S", "P9D", "hospital stay"),
    ),
]

INTERVALS: list[tuple[str, dict[str, Any]]] = [
    ("every third day", {"every": "P3D"}),
    ("9-weekly", {"every": "P9W"}),
    ("twice daily", {"every": "PT12H"}),
    ("monthly x 9", {"every": "P1M", "start": "PT0S", "end": "P9M"}),
    (
        "daily for 9 days after each dose",
        {"every": "P1D", "start": "PT0S", "end": "P9D", "anchor": "each dose"},
    ),
    (
        "week 1, then monthly until month 9",
        {"points": ["P1W"], "every": "P1M", "start": "PT0S", "end": "P9M"},
    ),
    (
        "daily for 9 days and then on days 14 and 28",
        {"points": ["P14D", "P28D"], "every": "P1D", "start": "PT0S", "end": "P9D"},
    ),
    (
        "weekly for 9 weeks and then monthly for 2 years",
        {"every": ["P1W", "P1M"], "start": "PT0S", "end": "P2Y63D"},
    ),
]

EVENTS = [
    ("assessed at end of study", "end of study"),
    ("once, at delivery", "delivery"),
    ("for as long as the hospital stay", "hospital stay"),
    ("after biopsy (V6)", "biopsy"),
]

DECLINED = [
    "first and second biopsy",
    *("9 h after dosing on day 2, day 5", "day 2, 9 h after dosing on day 5"),
    *("at least 9 weeks in the past year", "9 weeks in a row", "within day -9"),
    *("cycles 1-4 and 6 (each cycle is 21 days)", "cycle 1 to 9 weeks after surgery"),
    *("daily to 9 days before the last dose of each course, 2 min", "every 2 cycles"),
]
