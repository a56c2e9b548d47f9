"""Wordings of times of measurement that wider rules read."""

from typing import Any

import pytest
from en_trial_registry.normalize.time_frame import read_time_frame
from time_checks import check_wording

ZERO = "PT0S"
HOURS = ["-PT2H", "-PT1H", "PT9H"]
ARRIVAL = {"start": ZERO, "anchor": "arrival"}
RINSES = {"start": ZERO, "anchor": "rinses", "start_anchor": "start of rinses"}
LAST = {"start": ZERO, "anchor": "last patch", "start_anchor": "first patch"}

READ: list[tuple[str, dict[str, Any]]] = [
    ("at 9. minute", {"points": ["PT9M"]}),
    ("second and ninth weeks", {"points": ["P2W", "P9W"]}),
    ("2-5-9 months", {"points": ["P2M", "P5M", "P9M"]}),
    ("between baseline, week 2 and week 9", {"points": [ZERO, "P2W", "P9W"]}),
    ("4 dosing days", {"points": ["P4D"]}),
    ("noon of day 9", {"points": ["P9D"]}),
    ("diary of 9 days", {"points": ["P9D"]}),
    ("0, 9 weeks and a follow-up at 8 months", {"points": [ZERO, "P9W", "P8M"]}),
    ("9 weeks, including a run-in of 2 weeks", {"points": ["P9W"]}),
    ("9 days from arrival, e.g. day 9", {"points": ["P9D"], "anchor": "arrival"}),
    ("diagnosis, 2 weeks", {"points": [ZERO, "P2W"], "anchor": "diagnosis"}),
    ("before and after the 9th session", {"points": [ZERO], "anchor": "9th session"}),
    ("pretest, posttest, 9 weeks", {"points": [ZERO, "P9W"], "events": ["posttest"]}),
    ("19 months corrected gestational age", {"points": ["P19M"]}),
    ("39 weeks corrected gestational age", {"points": ["P39W"]}),
    ("for longer than 9 weeks", {"start": "P9W"}),
    ("not less than 9 weeks", {"start": "P9W"}),
    ("mean of the last 9 nights", {"start": "-P9D", "end": ZERO}),
    ("relapse (censored at day 9)", {"start": ZERO, "end": "P9D"}),
    ("ward stay, an average of 5-9 days", {"start": ZERO, "end": "P9D"}),
    ("pre-dose to 9 h after patch", {"start": ZERO, "end": "PT9H"}),
    ("from visit 2 to week 9", {"start": ZERO, "end": "P9W", "anchor": "visit 2"}),
    ("until relapse plus 9 days", {"start": ZERO, "end": "P9D", "anchor": "relapse"}),
    ("from first patch to last patch plus 9 days", {**LAST, "end": "P9D"}),
    ("from first patch to 9 days after the last", {**LAST, "end": "P9D"}),
    ("from start of rinses to 9 days after rinses", {**RINSES, "end": "P9D"}),
    ("day 2 until 9 days beyond relapse", {"start": "P2D", "end": "P9D"}),
    ("every patch for 9 weeks", {"start": ZERO, "end": "P9W", "anchor": "every patch"}),
    ("weekly until relapse or 9 months", {"every": "P1W", "end": "P9M"}),
    ("weekly until month 9 or relapse", {"every": "P1W", "end": "P9M"}),
    ("weekly for 6 to 9 months", {"every": "P1W", "end": "P9M"}),
    ("daily before surgery", {"every": "P1D", "anchor": "surgery"}),
    ("daily at first and every 9 days later on", {"every": ["P1D", "P9D"]}),
    ("every 2 weeks the first month, then monthly", {"every": ["P2W", "P1M"]}),
    ("every 2 months after surgery until relapse", {"every": "P2M"}),
    ("with each 3-week cycle", {"every": "P3W"}),
    ("weekly from day -9 to day 2 after surgery", {"start": "-P9D", "end": "P2D"}),
    ("weekly from day 2 to day 9, and at 3 months", {"points": ["P3M"]}),
    ("weekly until relapse, death or 9 years", {"every": "P1W", "end": "P9Y"}),
    ("from arrival until relapse, death or 9 days", {"start": ZERO, "end": "P9D"}),
    ("three nights at weeks 2 and 9", {"points": ["P2W", "P9W"]}),
    ("change from pretest to 9 weeks", {"start": ZERO, "end": "P9W"}),
    ("weeks 2 and 9, EOT", {"points": ["P2W", "P9W"], "events": ["EOT"]}),
    ("baseline - relapse (average of 9 days)", {"start": ZERO, "end": "P9D"}),
    ("2 and 1 h before and 9 h after the patch on day 3", {"points": HOURS}),
    ("pre-dose on days 1, 4, 9", {"anchor": "dose on days 1, 4, 9"}),
    ("9 h after dosing at visits 2-4", {"anchor": "dosing at visits 2-4"}),
    ("pre-dose on day 1 of cycles 2, 4", {"anchor": "dose on day 1 of cycles 2, 4"}),
    ("9 h after a dose on each study day", {"points": ["PT9H"]}),
    ("during and after the meal", {"anchor": "meal"}),
    ("day 2 of fever to day 9 of fever", {"start": "P2D", "end": "P9D"}),
    ("9 hours of life to day 2", {"start": "PT9H", "end": "P2D", "anchor": "birth"}),
    ("between before lunch and 9 h", {"start": ZERO, "end": "PT9H"}),
    ("first 6-9 hours", {"start": ZERO, "end": "PT9H"}),
    ("2 -9 days", {"start": "P2D", "end": "P9D"}),
    ("every morning on dialysis", {"every": "P1D", "anchor": "dialysis"}),
    ("monthly throughout the trial", {"every": "P1M", "anchor": "trial"}),
    ("weekly in the absence of relapse", {"every": "P1W"}),
    ("from day 2 pre-dose to 9 weeks", {"start": "P2D", "end": "P9W"}),
    ("baseline to post-treatment at week 9", {"start": ZERO, "end": "P9W"}),
    ("itch (on a 7-point scale) at day 9", {"points": ["P9D"]}),
    ("end of trial (May 2031)", {"anchor": "end of trial"}),
    ("until discharge, on average 9 days after arrival", {**ARRIVAL, "end": "P9D"}),
    ("through relapse (about 9 weeks after arrival)", {**ARRIVAL, "end": "P9W"}),
    ("within 9 h after AB12 or placebo", {"anchor": "AB12 or placebo"}),
    ("2 days pre-implant, pre-implant, 9 weeks post-implant", {"anchor": "implant"}),
    ("39 weeks postconceptional age", {"points": ["P39W"], "anchor": "gestation"}),
    ("throughout the trial up to 9 months", {"start": ZERO, "end": "P9M"}),
    ("day 2 of fever through relapse, up to 9 days", {"start": "P2D", "end": "P9D"}),
    ("prior and after lunch, average of 9 h", {"end": "PT9H", "anchor": "lunch"}),
    ("before surgery and 9 months post-op", {"points": [ZERO, "P9M"]}),
    ("day of surgery and POD 9", {"points": [ZERO, "P9D"], "anchor": "surgery"}),
    ("days, up to 9 months", {"start": ZERO, "end": "P9M"}),
    ("end of scan 9", {"anchor": "end of scan 9"}),
    ("since fever until relapse, maximum 9 days", {"start": ZERO, "end": "P9D"}),
    ("within the first week", {"start": ZERO, "end": "P1W"}),
    ("during the first year of life", {"end": "P1Y", "anchor": "birth"}),
    ("39 weeks gestation", {"points": ["P39W"], "anchor": "gestation"}),
    ("immediately after lunch, 9 h", {"points": [ZERO, "PT9H"], "anchor": "lunch"}),
    ("at most 9 weeks", {"start": ZERO, "end": "P9W"}),
    ("each half year", {"every": "P6M"}),
    ("2 weeks and thereafter 9 monthly", {"points": ["P2W"], "every": "P9M"}),
    ("arrival to relapse, truncated at 9 days", {"start": ZERO, "end": "P9D"}),
    ("2 days at inclusion and in week 9", {"points": [ZERO, "P9W"]}),
    ("before inclusion and in week 2 and 9", {"points": [ZERO, "P2W", "P9W"]}),
    ("end of trial, about 9 weeks", {"points": ["P9W"], "anchor": "end of trial"}),
    ("end of cycle 9", {"anchor": "end of cycle 9"}),
    ("each cycle", {"anchor": "each cycle"}),
]

DECLINED = [
    *("in the first days after surgery", "at follow up 2 and", "4 dosing visits"),
    *("cycle", "one cycle", "per cycle", "every second cycle", "cycles"),
    "daily from day 1 to day 9, then weekly until relapse",
    *("week 9 before dosing", "from the first to the last participant in 2031"),
    *(
        "during flu and before, about 9 weeks after arrival",
        "day 2 of each week up to 9 months",
    ),
    *("12-10-2030", "before the 9th session and during surgery"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_wider_wordings(text: str, expected: dict[str, Any]) -> None:
    check_wording(read_time_frame, text, expected)


@pytest.mark.parametrize("text", DECLINED)
def test_what_they_do_not_say_is_declined(text: str) -> None:
    assert read_time_frame(text).value is None
