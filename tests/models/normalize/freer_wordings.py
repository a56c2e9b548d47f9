"""Times of measurement in clauses, lists, glosses and misspelt words."""

from typing import Any

WORDS = (
    *(
        "will be assessed",
        "measured",
        "score",
        "change in",
        "difference between",
        "upto",
    ),
    *(
        "or discharge",
        "whichever is first",
        "week 3/week 9",
        "end of treatment (week 9)",
    ),
    *(
        "3 months 6 months",
        "immediately",
        "at most",
        "estimated",
        "AB-12",
        "baseline (",
    ),
    *("every night", "quarterly", "if still", "only", "visit 3", "follow-up", "postop"),
)

POINTS = [
    ('"month 9"', ["P9M"]),
    ("Time Frame: day 2, 5 and 9", ["P2D", "P5D", "P9D"]),
    ("9 months]", ["P9M"]),
    ("(day 9)", ["P9D"]),
    ("9 mounths", ["P9M"]),
    ("9 yers", ["P9Y"]),
    ("2 and9 days", ["P2D", "P9D"]),
    ("base-line and day 9", ["PT0S", "P9D"]),
    ("day +9", ["P9D"]),
    ("T0 + 9 weeks", ["P9W"]),
    ("baseline + 9 weeks", ["P9W"]),
    ("week 2 and/or 9", ["P2W", "P9W"]),
    ("baseline, week 2/week 9", ["PT0S", "P2W", "P9W"]),
    ("baseline week 2 week 9", ["PT0S", "P2W", "P9W"]),
    ("3 months 6 months 9 months", ["P3M", "P6M", "P9M"]),
    ("2 years 3 months", ["P27M"]),
    ("the 2nd week, 9th week", ["P2W", "P9W"]),
    ("baseline to weeks 2, 5 and 9", ["PT0S", "P2W", "P5W", "P9W"]),
    ("baseline to week 2 and week 9", ["PT0S", "P2W", "P9W"]),
    ("baseline to day 2, baseline to day 9", ["PT0S", "P2D", "P9D"]),
    ("day 1 to day 2, 5, or 9", ["P1D", "P2D", "P5D", "P9D"]),
    ("from baseline, day 2 and day 9", ["PT0S", "P2D", "P9D"]),
    ("screening", ["PT0S"]),
    ("screening (day -9 to 0), day 9", ["PT0S", "P9D"]),
    ("day of inclusion, 2 and 9 days", ["PT0S", "P2D", "P9D"]),
    ("disease onset (baseline) and week 9", ["PT0S", "P9W"]),
    ("entry, week 9", ["PT0S", "P9W"]),
    ("day 2, by day 5, and by day 9", ["P2D", "P5D", "P9D"]),
    ("T2 at 9 months", ["P9M"]),
    ("the pain is measured at 2 and 9 weeks", ["P2W", "P9W"]),
    ("will be done at 9 months", ["P9M"]),
    ("measured at baseline, and week 9", ["PT0S", "P9W"]),
    ("walking speed at week 9", ["P9W"]),
    ("9-day mortality", ["P9D"]),
    ("change in walking speed from baseline on days 2 and 9", ["P2D", "P9D"]),
    ("difference between baseline and 9 weeks", ["PT0S", "P9W"]),
    (
        "baseline (week 0), midpoint (week 2), final visit (week 9)",
        ["PT0S", "P2W", "P9W"],
    ),
    ("baseline, posttest (about 9 weeks after baseline)", ["PT0S", "P9W"]),
    ("post-test (9 weeks from baseline)", ["P9W"]),
    ("9-week observation period", ["P9W"]),
    ("period of 9 weeks", ["P9W"]),
    ("9 days per participant", ["P9D"]),
    ("short-term = 2 weeks; long-term = 9 weeks", ["P2W", "P9W"]),
    ("weeks 2 and 9 or discontinuation", ["P2W", "P9W"]),
    ("week 9/end of study", ["P9W"]),
    ("day 2 and, if still ill, day 9", ["P2D", "P9D"]),
    ("baseline and week 9, first part only", ["PT0S", "P9W"]),
    ("an additional 9 months", ["P9M"]),
    ("visit 3 after 9 weeks", ["P9W"]),
    ("completed study day 9", ["P9D"]),
    ("9 weeks, depending on the arm", ["P9W"]),
]

ANCHORED = [
    ("following randomization 9 days", ["P9D"], "randomization"),
    ("9 days, post-transplant", ["P9D"], "transplant"),
    ("before treatment and 9 weeks after start of treatment",)
    + (["PT0S", "P9W"], "start of treatment"),
    ("immediately, 2 and 9 h after dosing", ["PT0S", "PT2H", "PT9H"], "dosing"),
    ("discharge; 2 and 9 months after", ["PT0S", "P2M", "P9M"], "discharge"),
    ("post-surgery, 9 weeks after end of surgery", ["P9W"], "end of surgery"),
    ("at discharge, approximately 9 days", ["P9D"], "discharge"),
    ("after 9 weeks drug therapy", ["P9W"], "drug therapy"),
    ("9 days after AB-12 infusion", ["P9D"], "AB-12 infusion"),
    ("3 months preop, 9 months postop", ["-P3M", "P9M"], "operation"),
    ("endpoint (after 9 weeks of therapy)", ["P9W"], "therapy"),
    ("day 9 visit from surgery", ["P9D"], "surgery"),
    ("pain at postoperative 9th day", ["P9D"], "operation"),
]

PERIODS = [
    ("from admission to the hospital until death", "PT0S", None)
    + ("admission to the hospital",),
    ("all will be observed until death", "PT0S", None, "death"),
    ("upto9 months", "PT0S", "P9M", None),
    ("up to and including day 9", "PT0S", "P9D", None),
    ("up to 1 year and 9 months", "PT0S", "P21M", None),
    ("day -9-day -2", "-P9D", "-P2D", None),
    ("weeks 2 -9", "P2W", "P9W", None),
    ("within a year", "PT0S", "P1Y", None),
    ("no more than 9 weeks", "PT0S", "P9W", None),
    ("9 weeks at most", "PT0S", "P9W", None),
    ("< 9 h after surgery", "PT0S", "PT9H", "surgery"),
    ("greater than 9 days after surgery", "P9D", None, "surgery"),
    ("5 visits within 9 months", "PT0S", "P9M", None),
    ("over 2 to 9 weeks", "P2W", "P9W", None),
    ("measured over the 9 months following surgery", "PT0S", "P9M", "surgery"),
    ("change in weight from baseline to week 9", "PT0S", "P9W", None),
    ("pre-dose to 9 h", "PT0S", "PT9H", "dose"),
    ("baseline to 9 days after surgery", "PT0S", "P9D", "surgery"),
    ("baseline to day 9 after surgery", "PT0S", "P9D", "surgery"),
    ("baseline to 9 weeks of treatment", "PT0S", "P9W", "treatment"),
    ("from baseline (2 weeks before surgery) to 9 weeks after surgery",)
    + ("-P2W", "P9W", "surgery"),
    ("from inclusion (day 0) to day 9", "PT0S", "P9D", None),
    ("9 days or discharge", "PT0S", "P9D", "discharge"),
    ("9 days after surgery or until discharge", "PT0S", "P9D", "surgery"),
    ("day 2 to day 9 or discharge, whichever is first", "P2D", "P9D", "discharge"),
    ("admission up to day 9 or discharge", "PT0S", "P9D", "admission"),
    ("from surgery to discharge or 9 days", "PT0S", "P9D", "surgery"),
    ("until discharge up to 9 days", "PT0S", "P9D", "discharge"),
    ("throughout the trial for up to 9 months", "PT0S", "P9M", "trial"),
    ("through study completion within 9 weeks", "PT0S", "P9W", "study completion"),
    ("through study completion (9 days after enrollment)",)
    + ("PT0S", "P9D", "study completion"),
    ("through study completion, an estimated 9 months",)
    + ("PT0S", "P9M", "study completion"),
    ("until discharge, at most 9 days", "PT0S", "P9D", "discharge"),
    ("from surgery until discharge, censored at 9 days", "PT0S", "P9D", "surgery"),
    ("from surgery until relapse, new tumor, or death (expected up to 9 years)",)
    + ("PT0S", "P9Y", "surgery"),
    ("throughout the trial (day 0 to day 9)", "PT0S", "P9D", "trial"),
    ("endpoint (up to week 9)", "PT0S", "P9W", "endpoint"),
    ("follow-up (up to 9 weeks after surgery)", "PT0S", "P9W", "surgery"),
    ("during induction (9 weeks)", "PT0S", "P9W", "induction"),
    ("planned visits (up to 9 weeks)", "PT0S", "P9W", "planned visits"),
    ("up to cycle 3 (63 days) with 21 days per cycle", "PT0S", "P63D", None),
    ("at the time of surgery until 9 days post-surgery", "PT0S", "P9D", "surgery"),
    (
        "from date of surgery and until discharge, up to 9 days",
        "PT0S",
        "P9D",
        "surgery",
    ),
    ("time until relapse up to 9 years", "PT0S", "P9Y", "relapse"),
    ("after surgery (2-9 days after surgery)", "P2D", "P9D", "surgery"),
    ("day 2 to at least week 9", "P2D", "P9W", None),
]

INTERVALS: list[tuple[str, dict[str, Any]]] = [
    ("once every 9 weeks", {"every": "P9W"}),
    ("quarterly", {"every": "P3M"}),
    ("twice yearly", {"every": "P6M"}),
    ("at weekly intervals", {"every": "P1W"}),
    ("with 9-day intervals", {"every": "P9D"}),
    ("each 9-monthly visit", {"every": "P9M"}),
    ("monthly 9 months", {"every": "P1M", "start": "PT0S", "end": "P9M"}),
    ("once a week for 9 weeks", {"every": "P1W", "start": "PT0S", "end": "P9W"}),
    ("every night over 9 weeks", {"every": "P1D", "start": "PT0S", "end": "P9W"}),
    ("daily during stay up to day 9", {"every": "P1D", "start": "PT0S", "end": "P9D"}),
    ("weekly for 9 weeks of drug treatment",)
    + ({"every": "P1W", "start": "PT0S", "end": "P9W"},),
    ("from randomization every 9 weeks", {"every": "P9W"}),
    ("every 9 min in the first hour",)
    + ({"every": "PT9M", "start": "PT0S", "end": "PT1H"},),
]

MIXED: list[tuple[str, dict[str, Any]]] = [
    ("baseline, 2-5 weeks, 9 weeks",)
    + ({"points": ["PT0S", "P9W"], "start": "P2W", "end": "P5W"},),
    ("weeks 2-4; month 9", {"points": ["P9M"], "start": "P2W", "end": "P4W"}),
    ("days 1-3, 5 and 9", {"points": ["P5D", "P9D"], "start": "P1D", "end": "P3D"}),
    ("2, 3-5 and 9 weeks after surgery",)
    + (
        {
            "points": ["P2W", "P9W"],
            "start": "P3W",
            "end": "P5W",
            "anchor": "surgery",
        },
    ),
]

EVENTS = [
    ("assessed following surgery", "surgery"),
    ("the score will be taken at completion of the trial", "completion of the trial"),
]

DECLINED = [
    *(
        "surgery, days 2-5, day 9",
        "weeks 2-5, 9 min before dosing",
        "day 9, after lunch",
    ),
    *(
        "week 9 in 2031",
        "change in weight",
    ),
    *("baseline, up to 2 weeks, 9 weeks", "JAN2031"),
]
