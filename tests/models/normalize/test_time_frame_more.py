"""Wordings of times of measurement that real records brought later."""

from typing import Any

import pytest
from en_trial_registry.normalize.time_frame import read_time_frame
from time_checks import check_wording

ZERO = "PT0S"
WITHIN = {"start": ZERO, "end": "P9D"}
DOSES = {"points": [ZERO, "PT2H", "PT9H"], "anchor": "dose on days 1, 4 and 9"}

READ: list[tuple[str, dict[str, Any]]] = [
    ("every 9 days up to 2 years or until relapse", {"every": "P9D", "end": "P2Y"}),
    ("every 9 weeks from arrival", {"every": "P9W", "anchor": "arrival"}),
    ("twice: at baseline and after 9 weeks", {"points": [ZERO, "P9W"]}),
    ("baseline (T0), mid-diet (T1, week 9)", {"points": [ZERO, "P9W"]}),
    ("2 year overall survival", {"points": ["P2Y"]}),
    ("within 9 days of arrival or during stay", {**WITHIN, "anchor": "arrival"}),
    ("after completion of 9 weeks of diet", {"points": ["P9W"], "anchor": "diet"}),
    ("9 days following each meal (days 1-9)", {**WITHIN, "anchor": "each meal"}),
    ("day 1 pre-vaccination and day 9", {"points": ["P1D", "P9D"]}),
    ("itch: 9 days after each meal", {"points": ["P9D"], "anchor": "each meal"}),
    ("from arrival at day 1 to exit at day 9", {**WITHIN, "anchor": "arrival"}),
    ("day 2 or day 9", {"points": ["P2D", "P9D"]}),
    ("baseline or week 9", {"points": [ZERO, "P9W"]}),
    ("2, 4 or 9 years of diet", {"points": ["P2Y", "P4Y", "P9Y"], "anchor": "diet"}),
    ("9 months of age or at death", {"points": ["P9M"], "events": ["death"]}),
    ("until relapse, death, or 9 days", {**WITHIN, "anchor": "relapse or death"}),
    ("up to 9 days, relapse, or death", {**WITHIN, "anchor": "relapse or death"}),
    ("9 days from arrival or until relapse", {**WITHIN, "anchor": "arrival"}),
    ("up to 9 days after arrival or death", {**WITHIN, "anchor": "arrival"}),
    ("9 days post arrival, or until off O2", {**WITHIN, "anchor": "arrival"}),
    ("duration of stay or up to 9 days from arrival", {**WITHIN, "anchor": "arrival"}),
    ("arrival until 9 days after arrival at ward", {**WITHIN, "start_anchor": None}),
    ("9 days within admission", {**WITHIN, "anchor": "admission"}),
    ("between arrival (day 0) and day 9", {**WITHIN, "anchor": "arrival"}),
    ("from arrival to death or relapse", {"start": ZERO, "anchor": "arrival"}),
    ("on or before day 9", WITHIN),
    ("duration at least 9 days", {"start": "P9D"}),
    ("during surgery, an average 2 hours 9 min", {"end": "PT129M"}),
    ("2h 9min and 2h 30min post dosing", {"points": ["PT129M", "PT150M"]}),
    ("4 min, 1, 2 hours and 15 min", {"points": ["PT4M", "PT1H", "PT2.25H"]}),
    ("24 hours and 9 minutes", {"points": ["PT24H", "PT9M"]}),
    ("2-, and 9-year intervals", {"points": ["P2Y", "P9Y"], "every": None}),
    ("9-month intervals", {"every": "P9M"}),
    ("9 month increments", {"every": "P9M"}),
    ("1 year on a three-monthly basis", {"every": "P3M", "end": "P1Y"}),
    ("1x/week for 9 weeks", {"every": "P1W", "end": "P9W"}),
    ("at least every 9 weeks", {"every": "P9W"}),
    ("observed at least annually", {"every": "P1Y"}),
    ("week 2, then monthly for the rest of life", {"points": ["P2W"], "every": "P1M"}),
    ("monthly thereafter or until relapse", {"every": "P1M"}),
    ("arrival to 9 years after surgery at 9 month intervals", {"every": "P9M"}),
    ("day 1 (period 1), day 4, day 9: pre-dose, 2, 9 h post-dose", DOSES),
    ("days 1, 4, 9: 0, 2 and 9 h after dose", DOSES),
    ("pre-dose to days 2 and 9 post-dose", {"points": [ZERO, "P2D", "P9D"]}),
    ("change from baseline pain right after lunch", {"anchor": "lunch"}),
    ("difference between A/B at 2 and 9 months", {"points": ["P2M", "P9M"]}),
    ("AB-12 test on day 9", {"points": ["P9D"]}),
    ("itch at 2-9 days after lunch", {"start": "P2D", "end": "P9D"}),
    ("before and after 5 mg patch", {"points": [ZERO], "anchor": "5 mg patch"}),
    (
        "change from baseline to 2 weeks and 9 weeks timepoint",
        {"points": [ZERO, "P2W", "P9W"]},
    ),
    ("week 9 at the end of treatment", {"points": ["P9W"]}),
    ("9 weeks later at last visit", {"points": ["P9W"]}),
    ("week 9 clinic visit", {"points": ["P9W"]}),
    ("day 9 and as needed", {"points": ["P9D"]}),
    ("day 0 and each follow-up, i.e. day 9", {"points": [ZERO, "P9D"]}),
    ("each visit (2 days, 4 days and 9 days after lunch)", {"anchor": "lunch"}),
    ("9 days after lunch (day of lunch = day 1)", {"points": ["P9D"]}),
    ("9 days after lunch (cycle 1)", {"points": ["P9D"], "anchor": "lunch"}),
    ("end of lunch (about 9 days)", {"points": ["P9D"], "anchor": "end of lunch"}),
    ("diet phase (about 9 days)", {**WITHIN, "anchor": "diet phase"}),
    ("from day 2 to end of diet (day 9)", {"start": "P2D", "end": "P9D"}),
    ("until relapse (ie, for up to 9 days)", {**WITHIN, "anchor": "relapse"}),
    ("average of 2 days and a maximum of 9 days", WITHIN),
    ("during diet and rest, up to 9 days", {**WITHIN, "anchor": "diet and rest"}),
    ("from the time the ICF is signed to day 9", {"anchor": "informed consent"}),
    ("during the diet or after it", {"anchor": "diet"}),
    ("any time after lunch", {"anchor": "lunch"}),
    ("last day of diet", {"anchor": "last day of diet"}),
    ("9 months adjusted age", {"points": ["P9M"], "anchor": "corrected age"}),
    ("postoperative 2nd and 9th hours", {"anchor": "operation"}),
    ("dialy up to day 9", {**WITHIN, "every": "P1D"}),
    ("completed at baseline, up to 9 days", {**WITHIN, "anchor": None}),
    ("during infusion and 9 h after it is finished", {"anchor": "end of infusion"}),
]

DECLINED = [
    "hospitalization or through 9 days after arrival",
    *("every 2-9 weeks", "weekly until 9 kg of weight", "visits 2, 4, and 9"),
    *("continuous", "intermittently", "at several points of it", "day 2: trough"),
    *("last day of each week", "2 cycles or 9 cycles", "before and after"),
    "change from baseline at 2 months and after lunch at 9 months",
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_later_wordings(text: str, expected: dict[str, Any]) -> None:
    check_wording(read_time_frame, text, expected)


@pytest.mark.parametrize("text", DECLINED)
def test_what_they_do_not_say_is_declined(text: str) -> None:
    assert read_time_frame(text).value is None
