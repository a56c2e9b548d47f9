"""Words of frequency as FHIR codes and numbers: abbreviations, meals, days, things."""

from typing import Any, Final

Keys = dict[str, Any]


def every(period: float, unit: str, frequency: int = 1) -> Keys:
    """Write how often something is done.

    period (float): Length of the period.
    unit (str): Unit of time: s, min, h, d, wk, mo, a.
    frequency (int): How many times in it.
    RETURNS (Keys): Keys of a FHIR Timing repeat.
    """
    return {"frequency": frequency, "period": period, "period_unit": unit}


_NEED: Final[Keys] = {"as_needed": True}

ABBREVIATIONS: Final[dict[str, Keys]] = {
    **dict.fromkeys(("qd", "od", "die", "sid", "qday", "q day"), every(1, "d")),
    **dict.fromkeys(("bid", "bd", "bds", "b d", "b id"), every(1, "d", 2)),
    **dict.fromkeys(("tid", "tds", "td", "t i d"), every(1, "d", 3)),
    **dict.fromkeys(("qid", "qds"), every(1, "d", 4)),
    **dict.fromkeys(("qod", "eod"), every(2, "d")),
    **dict.fromkeys(("qwk", "qw", "q week", "q wk", "qweek"), every(1, "wk")),
    **dict.fromkeys(("biw",), every(1, "wk", 2)),
    **dict.fromkeys(("tiw",), every(1, "wk", 3)),
    **dict.fromkeys(("qmo", "q month", "qm"), every(1, "mo")),
    **dict.fromkeys(("qh", "q hour"), every(1, "h")),
    **dict.fromkeys(("qhs", "hs"), {"when": ["HS"]}),
    **dict.fromkeys(("qn",), {"when": ["NIGHT"]}),
    **dict.fromkeys(("qam",), {"when": ["MORN"]}),
    **dict.fromkeys(("qpm",), {"when": ["EVE"]}),
    **dict.fromkeys(("ac",), {"when": ["AC"]}),
    **dict.fromkeys(("pc",), {"when": ["PC"]}),
    **dict.fromkeys(("prn", "sos"), _NEED),
    "stat": {"count": 1},
}
"""Abbreviations without points, in lower case."""

ADVERBS: Final[dict[str, Keys]] = {
    **dict.fromkeys(("hourly", "every hour"), every(1, "h")),
    **dict.fromkeys(("daily", "everyday", "each calendar day"), every(1, "d")),
    **dict.fromkeys(("weekly",), every(1, "wk")),
    **dict.fromkeys(("fortnightly",), every(2, "wk")),
    **dict.fromkeys(("monthly",), every(1, "mo")),
    **dict.fromkeys(("quarterly",), every(3, "mo")),
    **dict.fromkeys(("yearly", "annually", "annual"), every(1, "a")),
    **dict.fromkeys(
        ("semiannually", "semi-annually", "semi-annual", "half-yearly"), every(6, "mo")
    ),
    **dict.fromkeys(("nightly", "every night", "each night"), {"when": ["NIGHT"]}),
}
"""Words that say how often, in lower case."""

HOW_OFTEN: Final = {
    **{"hourly": "h", "daily": "d", "weekly": "wk", "monthly": "mo", "yearly": "a"},
    "annually": "a",
}
"""Adverbs by their period, as in `three times weekly`, `2-hourly`."""

AS_NEEDED: Final = ("as needed", "on demand")

_MEALS: Final = {
    **dict.fromkeys(("meal", "meals", "food", "food intake", "eating"), ""),
    **dict.fromkeys(("breakfast", "morning meal"), "M"),
    **dict.fromkeys(("lunch",), "D"),
    **dict.fromkeys(("dinner", "supper", "evening meal"), "V"),
}
_AROUND: Final = {"before": "AC", "after": "PC", "with": "C", "during": "C"}
_PARTS: Final = {
    "HS": "bedtime|bed time|bed|going to bed|sleep|sleeping|night rest|going to sleep",
    "WAKE": "waking|wake up|awakening|waking up",
    "MORN": "morning|mornings|mane",
    "AFT": "afternoon",
    "EVE": "evening|evenings",
    "NIGHT": "night|nights|nocte",
    "NOON": "noon|midday",
}
EVENTS: Final[dict[str, str]] = {
    word: code for code, words in _PARTS.items() for word in words.split("|")
}
"""Times of the day by FHIR EventTiming code."""


MEALS: Final = {
    f"{place} {meal}": code + suffix
    for place, code in _AROUND.items()
    for meal, suffix in _MEALS.items()
}
"""`before breakfast` and its like by FHIR EventTiming code."""

DAYS_OF_WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

THINGS: Final = (
    "dose|dosage|dosing|dosis|administration|application|injection|infusion|session|"
    "treatment|fraction|fx|cycle|course|procedure|visit|insertion|shot|immunization|"
    "immunisation|vaccination|transfusion|instillation|intake|tablet|capsule|puff|spray|"
    "drop|class|classe|module|call|meeting|exposure|lavage|occasion|time|implantation|"
    "inhalation|bolus|boluse|meal|portion|sample|puncture|irrigation|installment|"
    "sitting|step|lesson|workshop|visite|phone call|training|rinse|x"
)
"""What is counted, without the `s` of the plural."""

RARER_THINGS: Final = (
    "round|feeding|feed|serve|serving|sequence|attempt|contact|block|message|webinar|"
    "cup|glass"
)
"""What is counted now and then, so that it isn't looked for in every text."""

RARER_ADJECTIVES: Final = (
    "booster|more|maintenance|complete|full|loading|induction|priming|weight-based|"
    "in-person|face-to-face|structured|individualized|individualised|supervised|"
    "virtual|online|telephone|psychotherapy|therapy|therapeutic|physiotherapy|"
    "rehabilitation|walking|exercise|training|counseling|counselling|coaching|"
    "education|educational|teaching|motivational|massage|acupuncture|laser|"
    "radiotherapy|radiation|irradiation|dialysis|hemodialysis|haemodialysis|imaging|"
    "study|clinic|home|new|further|extra|similar|sexual|video|text"
)
"""Words before a counted thing that change nothing."""

GTS: Final = {
    (1, 1, "d"): "QD",
    (2, 1, "d"): "BID",
    (3, 1, "d"): "TID",
    (4, 1, "d"): "QID",
    (1, 2, "d"): "QOD",
    (1, 1, "h"): "Q1H",
    (1, 2, "h"): "Q2H",
    (1, 3, "h"): "Q3H",
    (1, 4, "h"): "Q4H",
    (1, 6, "h"): "Q6H",
    (1, 8, "h"): "Q8H",
    (1, 1, "wk"): "WK",
    (1, 1, "mo"): "MO",
}
"""HL7 v3 GTSAbbreviation codes by frequency, period and its unit."""
