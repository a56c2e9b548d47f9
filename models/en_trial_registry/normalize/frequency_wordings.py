"""Rarer wordings of frequency, written in the usual one; tried before the others."""

from typing import Final

from .frequency_parts import ADJECTIVES, THING, alternatives
from .rewrite import Rule
from .timing_table import RARER_ADJECTIVES, RARER_THINGS

_HOURS: Final = r"(?:h|hr|hrs|hours?|min|minutes?)\b"
_DAILY: Final = r"(?:daily|(?:per|a|each|every) day)"
_START: Final = (
    r"(?:study )?(?:baseline|entry)|(?:the )?(?:start|beginning) of (?:the )?(?:study|"
    r"treatment|therapy)|inclusion|enroll?ment|randomi[sz]ation|admission"
)
_RATE: Final = r"(?:every|1 time|daily|weekly|monthly|yearly|annually|quarterly|q)\b"
_SIDED: Final = r"(?:.* )?(?:before|after|prior to|following) .+?"
_ADVERBS: Final = ("daily", "weekly", "monthly", "quarterly", "fortnightly", "yearly")
_ADVERB: Final = alternatives(_ADVERBS)
_PURPOSE: Final = (
    r"(?: for (?!≈|[0-9])[^\W\d_]+(?: (?!(?:and|or|every|daily|weekly)\b)"
    r"[^\W\d_]+){0,2})?"
)


def _after(text: str) -> str:
    """List a text with each digit behind it, as strings of which one must occur."""
    return "|".join(f"{text}{digit}" for digit in range(1, 10))


_COUNTED: Final[tuple[Rule, ...]] = (
    (
        RARER_THINGS,
        rf"(?<![^ ])([0-9]+{ADJECTIVES}(?: (?:{RARER_ADJECTIVES}))*) "
        rf"(?:{RARER_THINGS})(?:e?s)?\b",
        r"\1 times",
    ),
    (
        RARER_ADJECTIVES,
        rf"(?<![^ -])([0-9]+{ADJECTIVES})(?: (?:{RARER_ADJECTIVES}))+"
        rf"(?={ADJECTIVES} {THING}\b)",
        r"\1",
    ),
    ("consecutive", r"^(?:each of )?([0-9]+) consecutive days$", r"\1 times"),
)

_TIMES: Final[tuple[Rule, ...]] = (
    (
        "once or|once to|twice or|time or|times or|times to",
        r"\b([0-9]+)(?: times?)? (?:or|to) ([0-9]+ times)\b",
        r"\1 to \2",
    ),
    ("/daily|/weekly|/monthly", r"\b(times?)/(?=daily|weekly|monthly)", r"\1 "),
    ("-off|one off", r"\b1[ -]off$", "1 time"),
    ("once|one", r"\b1 time[ -](?=(?:quarterly|fortnightly|in every)\b)", ""),
    ("once", rf"\b1 time[ -](?=(?:{_ADVERB}) {THING}\b)", ""),
    (
        "one-time|one time|1-time|1 time",
        r"\b1[ -]time,? (?=(?:single |oral |iv )?(?:dose|administration|injection|"
        r"infusion|bolus|application|treatment)s?\b)",
        "1 ",
    ),
    ("stat", r"\bstat dose\b", "stat"),
    ("just|only", r"\b(?:just|only) (?=1 time\b)", ""),
    ("only", r"\b(1 time|stat|single dose) only$", r"\1"),
    ("total", r"^total(?:ly)? (?:of )?(?=[0-9])", ""),
    (_after("times "), r"(?<=[a-z]) times (?=[0-9]+$)", " x "),
    ("x", r"(?<=[a-z]) x ?(?=[0-9]+ ?(?:days?|weeks?|months?)\b)", " for "),
    ("repeat", r"^repeat(?:ed|s|ing)? (?=after|every|daily|weekly|monthly)", ""),
    ("times day|times week", r"\btimes (?=(?:day|week)$)", "times a "),
    ("x day|xday|x week|xweek|xd|x d", r"(?<=[0-9]) ?x ?(?=(?:day|week|d)$)", "x / "),
    ("x day|x week", r"(?<=[0-9]) ?x (?=(?:day|week) on\b)", "x / "),
    ("during|throughout", r"\b(?:during|throughout) (?:the|a|each) day$", "per day"),
    ("q.", r"\bq\. ?(?=[0-9]|day|week|month)", "q "),
    ("q ", r"\bq (?=daily|weekly|monthly)", ""),
    ("fortnight", r"\b(?:a|per|each|every) fortnight\b", "every 2 weeks"),
    ("quarter", r"\b(?:a|per|each|every) quarter\b", "every 3 months"),
    ("every-", r"\bevery-(?=other|[0-9])", "every "),
    ("other-", r"\bevery other-", "every other "),
    (
        "biweekly|bi-weekly",
        r"^bi-?weekly,? \(?(?=every (?:2|other) week|2 times (?:a|per) week|q2w)",
        "",
    ),
    (
        "biweekly|bi-weekly",
        r"^(every (?:2 weeks|other week)|2 times (?:a|per) week) \(bi-?weekly\)?$",
        r"\1",
    ),
)

_DIVIDED: Final[tuple[Rule, ...]] = (
    ("divided", r"\bdivided (?=[bt]id\b|qid\b|every )", ""),
    (
        "divided",
        rf"\b([bt]id|qid|[2-9] times {_DAILY}|(?:every|q) ?[0-9]+ ?{_HOURS}),? "
        r"(?:in|as) (?:equally )?divided doses$",
        r"\1",
    ),
    (
        "doses",
        rf"^(?:1 time )?{_DAILY},? (?:(?:in|as|into) )?(?:divided (?:in|into|as) )?"
        r"([2-9]) (?:divided |equal |equally )*doses$",
        r"\1 times daily",
    ),
)

_TWICE_SAID: Final[tuple[Rule, ...]] = (
    (
        "daily every|daily each|daily daily|id every|id each|id daily|id) daily|"
        "daily) every|daily) each|"
        "day daily|day every|day each|day) daily|day) every|day, daily",
        r"\b(daily|[bt]id|qid|(?:per|an?|each|every) day)\)?,? "
        r"(?:(?:every|each|per|a) day|daily)(?=$| on | for )",
        r"\1",
    ),
    (
        "daily every|daily, every|daily q",
        rf"^daily,? (?=(?:every|q) ?[0-9]+ ?{_HOURS})",
        "",
    ),
    (
        "h daily|rs daily|minutes daily|, daily",
        rf"^((?:every|q) ?[0-9]+ ?{_HOURS}),? daily$",
        r"\1",
    ),
    (
        "then|thereafter|subsequently",
        r"^(?:and )?(?:then|thereafter|subsequently),? ",
        "",
    ),
    (
        "thereafter|afterward",
        rf"^({_RATE}(?:(?! and | then |,|;).)*),? (?:thereafter|afterwards?)$",
        r"\1",
    ),
    (
        "baseline|entry|start|beginning|inclusion|nrol|randomi|admission",
        rf"^({_START}),? and (?:again |repeated |then )?({_RATE}.*?)"
        r"(?: (?:after(?: that)?|thereafter))?$",
        r"\2 at \1",
    ),
)

_AS_NEEDED: Final[tuple[Rule, ...]] = (
    ("demand", r"\bon ?- ?demand\b", "on demand"),
    ("and when", r"\bas and (?=when )", ""),
    (
        "need|requir|necess|indicated",
        r"\b(?:as|if|when|whenever|where) (?:it is |is )?(?:clinically |medically )?"
        rf"(?:needed|required|necessary|indicated)(?:{_PURPOSE}(?=$|[,;)])|(?![^\W_]))",
        "as needed",
    ),
    ("prn", rf"\bprn{_PURPOSE}$", "prn"),
)

_DAYS: Final[tuple[Rule, ...]] = (
    (
        " off|-off",
        r"\b([0-9]+)[ -]([a-z]+)[ -]on[ ,/-]*(?:and |then |followed by )?"
        r"([0-9]+)[ -]([a-z]+)[ -]off\b",
        r"onoff \1 \2 \3 \4",
    ),
    (
        "consecutive|separate|different|alternat",
        r"\b(?:non-?consecutive|separate|different|alternate) "
        r"(?=days? ?(?:/|a|per|each))",
        "",
    ),
    (
        "consecutive|separate|different|alternat",
        r"(?<=week) (?:in|on) (?:non-?consecutive|separate|different|alternate|"
        r"alternating) days$",
        "",
    ),
    ("including", r",? including (?:the )?week-?ends?$", ""),
    ("working|business", r"(?<![0-9] )\b(?:working|business) days\b", "weekdays"),
    (
        "of",
        r"(?<=days )([0-9][0-9, and&-]*) (?:out )?of (?:an? |every |each )?([0-9]{2})"
        r"(?:[ -]days?)?$",
        r"\1 of each \2 day cycle",
    ),
    # `day 1-3-5` is three days: a span has two ends.
    (
        "-",
        r"\b((?:days?|weeks?|d|w) ?#?[0-9]{1,3})-([0-9]{1,3})-([0-9]{1,3})(?![0-9-])",
        r"\1, \2, \3",
    ),
    (
        "during|in",
        r"\b(?:during|in) (?=(?:study )?(?:weeks?|days?) [0-9])",
        "on ",
    ),
    (
        "from",
        r"\bfrom (?=(?:days?|weeks?) [+-]?[0-9]+ ?(?:-|to|through|thru) ?"
        r"(?:day |week )?[+-]?[0-9])",
        "",
    ),
    (
        "start|begin|commenc",
        r",? (?:starting|beginning|commencing)(?: (?:on|at|from|in))? "
        r"(?:day|week|cycle) [+-]?[0-9]+$",
        "",
    ),
    (
        "start|begin|commenc",
        r"\b(?:starting|beginning|commencing) (?=[0-9]|(?:the )?day (?:before|after))",
        "",
    ),
    ('"', r'"([0-9]+)"', r"\1"),
    (_after("c"), r"\bc([0-9]{1,2})d(?=[0-9])", r"cycle \1 day "),
)

# What stands behind an event is no part of its name.
_BEHIND_AN_EVENT: Final[tuple[Rule, ...]] = (
    (
        "on demand|as needed|prn",
        rf"^({_SIDED}),? (on demand|as needed|prn)$",
        r"\2, \1",
    ),
    (
        "on day|on week",
        rf"^({_SIDED}),? on ((?:days?|weeks?) [0-9+-][0-9, and&to-]*)$",
        r"\2 (\1",
    ),
)

_MOMENTS: Final[tuple[Rule, ...]] = (
    ("am|a.m", r"\b(in(?: the)?|each|every|early) am\b", r"\1 morning"),
    ("pm|p.m", r"\b(in(?: the)?|each|every) pm\b", r"\1 evening"),
    ("early in|late in", r"\b(?:early|late) (?=in the )", ""),
    ("m. and|m and", r"^am and pm$", "morning and evening"),
    ("pre", r"\bpre-(?=meals?\b|breakfast|lunch|dinner)", "before "),
    ("prandial", r"\bpre-?prandial(?:ly)?$", "before meals"),
    ("prandial", r"\bpost-?prandial(?:ly)?$", "after meals"),
    ("meal", r"\bat (?:meals|meal-? ?times?)\b", "with meals"),
    ("pod", r"\bpod ?#?([0-9][0-9, and&-]*)$", r"day \1 after operation"),
    (
        "post",
        r"\bpost-?op(?:erative)? (days? [0-9][0-9, and&-]*)$",
        r"\1 after operation",
    ),
    ("post", r"\bpost-?op(?:erative)? days?$", "day after operation"),
    ("pre", r"\bpre-?op(?:erative(?:ly)?)?$", "before operation"),
    ("post", r"\bpost-?op(?:erative(?:ly)?)?$", "after operation"),
    ("intra", r"\bintra-?operative(?:ly)?$", "during operation"),
    ("partum", r"\bpost-?partum$", "after delivery"),
)

WORDINGS: Final[tuple[Rule, ...]] = (
    *_COUNTED,
    *_TIMES,
    *_DIVIDED,
    *_TWICE_SAID,
    *_AS_NEEDED,
    *_DAYS,
    *_MOMENTS,
    *_BEHIND_AN_EVENT,
)
"""Rules in the order in which they are applied; `once` is `1 time` already."""
