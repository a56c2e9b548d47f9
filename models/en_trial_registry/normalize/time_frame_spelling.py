"""Typing errors and missing signs in times of measurement."""

import re
from typing import Final

from .iso import NUMBER, UNIT
from .rewrite import Rule, rewriter
from .time_frame_terms import AMOUNT, LIST, LISTED, NAMED

_HOURS = re.compile(
    r"(?P<list>[0-9], ?(?:and )?)?(?<![0-9.-])(?P<n>[0-9]+)[ -]?(?:hours?|hrs?|h) "
    r"?(?P<and>and )?(?P<m>[1-5]?[0-9])[ -]?"
    r"(?:minutes?|mins?)(?![^\W_])(?! (?:and|or) [0-9]+ ?min)",
    re.IGNORECASE,
)


def join_hours(text: str) -> str:
    """Write hours and the minutes behind them as minutes.

    text (str): From `fold_time`.
    RETURNS (str): For example `90 min` for `1 h 30 min`; `24 hours and 30 minutes` are
        two times.
    """
    return _HOURS.sub(_minutes, text)


def _minutes(match: re.Match[str]) -> str:
    hours = int(match["n"])
    minutes = 60 * hours + int(match["m"])
    if (match["and"] and not hours % 24) or (match["list"] and minutes % 3):
        return match[0]
    # Numbers in front of it are hours too.
    return f"{match['list']}{minutes / 60:g} h" if match["list"] else f"{minutes} min"


_TWO_UNITS = re.compile(
    r"(?P<limit>^|(?:up to|until|through|within|over|of|maximum|least|approximately|"
    r"average) )"
    r"(?P<n>[0-9]+)[ -](?P<unit>years?|weeks?) (?P<both>(?:and|\+) )?"
    r"(?P<m>[0-9]+)[ -]?(?P<small>months?|days?)(?![^\W_])(?!,| [0-9])",
    re.IGNORECASE,
)
_FACTORS: Final = {"y": (12, "mo"), "w": (7, "d")}
_BIG_UNIT = re.compile(r"[0-9][ -][yw][a-z]* (?:(?:and|\+) )?[0-9]", re.IGNORECASE)


def _add(match: re.Match[str]) -> str:
    if match["both"] == "and " and not match["limit"]:
        return match[0]
    factor, unit = _FACTORS[match["unit"][0].casefold()]
    if not match["small"].casefold().startswith(unit):
        return match[0]
    total = factor * int(match["n"]) + int(match["m"])
    return f"{match['limit']}{total} {match['small']}"


_spelling: Final[tuple[Rule, ...]] = (
    ("(", r"^\(([^()]*)\)$", r"\1"),
    ('"', r'(?:^|(?<=, )|(?<=and ))"([^"]*)"(?=,|$)', r"\1"),
    ('"', r'^"|"$', ""),
    ("time", r"^[\[(]? ?time ?-?frame ?[:=-]? ?", ""),
    (
        "part|phase|cohort|group|arm|stage|period",
        r"^(?:part|phase|cohort|group|arm|stage) (?:[0-9]|[a-d]|i+v?)(?::|,| -) ?"
        r"(?!.*\b(?:part|phase|cohort|group|arm|stage)\b)",
        "",
    ),
    ("(t|(v", r"\([TV][0-9]+[,;:] ?(?=[^()]+\))", "("),
    ("]", r"^([^\[]*)\]$", r"\1"),
    ("[", r"^\[([^\]]*)\]?$", r"\1"),
    (")", r"^([^()]*)\)$", r"\1"),
    ("up", r"\bup ?t[op]p? ?(?=[0-9])|\bupto\b|\bup to and including\b", "up to "),
    (
        "time|t=|t =",
        r"\b(?:in |at )?(?:time (?:0|zero)|(?:time|t) ?= ?0)(?: \(T0\))?(?![0-9])",
        "baseline",
    ),
    (
        "and|to|or|at|after|until|till|for|first|approximately|within|about",
        r"\b(and|to|or|at|after|until|till|for|first|approximately|within|about)"
        r"(?=[0-9])",
        r"\1 ",
    ),
    ("and", r"(?<=[0-9])and (?=[0-9])", " and "),
    (
        "mounth|mouth|moths|mothe|monts|monhts|momths",
        r"(?<=[0-9])([ -]?)(?:mou?nths?|mouths?|moths|mothes?|monts|monhts|momths)\b",
        r"\1months",
    ),
    (
        "yers|yeas|yeare|yesr",
        r"(?<=[0-9])([ -]?)(?:yers|yeasrs|yeares?|yesrs)\b",
        r"\1years",
    ),
    ("dyas|daya|sdays|das", r"(?<=[0-9])([ -]?)(?:dyas|daya|sdays|dasy?)\b", r"\1days"),
    ("wtihin|wihtin|withing", r"\b(?:wtihin|wihtin|withing)\b", "within"),
    ("betw", r"\bbet+w+en\b|\bbetwween\b", "between"),
    ("untill", r"\buntill\b", "until"),
    ("afer|aftern", r"\b(?:afer|aftern|afther)\b", "after"),
    (
        "base",
        r"\bbase[ -]line\b|\bbaselline\b|\bbasline\b|\bbaseline-(?= )",
        "baseline",
    ),
    ("enrol", r"\benrol+e?ments?\b", "enrollment"),
    ("follow", r"\bfoll+ow[ -]?ups?\b", "follow-up"),
    (".", r"(?<=[0-9])\. (?=month|week|day|year|hour|min)", " "),
    ("+", rf"\b(?:[jhdt]0|day 0|baseline|time 0) ?\+ ?(?={AMOUNT})", ""),
    ("±", r",? ?(?=±)", " "),
    (" -", rf"\b({NAMED} [0-9]+|^[0-9]+) -(?=[0-9])", r"\1-"),
    (
        "-d|-w|-m|- d",
        r"\b(day|week|month) (-?[0-9]+) ?- ?(?=(?:day|week|month) -?[0-9])",
        r"\1 \2 to ",
    ),
    (
        "the ",
        r"(?:^|(?<=, )|(?<=and ))the (?=[0-9]+(?:st|nd|rd|th) |(?:days|weeks|months) "
        r"[0-9]"
        r"+ ?(?:,| and ))",
        "",
    ),
    (
        "pre",
        rf"\b({AMOUNT}) pre-?(?:op\b|operat\w+)",
        r"\1 before operation",
    ),
    (
        "pre",
        rf"\b({AMOUNT}) pre[ -]?(dos(?:e|ing)|infusion|injection|surgery|implant\w*|"
        r"transplant\w*|treatment|vaccination|procedure|intervention)\b",
        r"\1 before \2",
    ),
    (
        "pregnancy|gestational",
        rf"\b(?:pregnancy|gestational) weeks? ({LISTED}|[0-9]+(?: ?(?:-|to) ?[0-9]+)?)"
        r"(?=$|,)",
        r"weeks \1 of gestation",
    ),
    (
        "-",
        r"\b([0-9]+ ?- ?[0-9]+)(?=(?:, and|,| and) [0-9, and-]*?[0-9] (days?|weeks?|"
        r"months?|years?|hours?)\b)",
        r"\1 \2",
    ),
    ("hs", r"(?<=[0-9]) ?hs\b", " hours"),
    ("y s|k s|h s|r s|y.s|k.s|h.s|r.s", r"\b(day|week|month|year|hour)[ .]s\b", r"\1s"),
    (
        ":|days,|weeks,|months,|hours,",
        rf"\b(days?|weeks?|months?|hours?),? ?[:,] ?(?=-?[0-9]+(?:$|{LIST}))",
        r"\1 ",
    ),
    ("nad", r"(?<=[0-9]) nad (?=[0-9])", " and "),
    ("evey|everry|ever ", r"\b(?:evey|everry|ever(?= [0-9]))(?= )", "every"),
    ("aprox|approximatly", r"\b(?:apro?x\w*|approximatly)\b", "approximately"),
    (
        "st-|nd-|rd-|th-",
        r"(?<=[0-9](?:st|nd|rd|th))-(?=(?:day|week|month|year)s?\b)",
        " ",
    ),
    (
        "half",
        r"\b([0-9]+) (hour|day|week|month|year)s? and (?:a |one )?half\b",
        r"\1.5 \2s",
    ),
    (" fu|-fu|f/u", r"[ -](?:f/u|fup?)\b", " follow-up"),
    ("half", r"\b(?:an? )?half[ -]?hours?\b", "30 minutes"),
    ("post op", r"\bpost op(?=erati|[ -])", "post-op"),
    ("tx", r"\btx\b", "treatment"),
    ("preceed", r"\bpreceed", "preced"),
    (
        "intervention ",
        rf"^(?!.*\bpost)(?:(.*[,;] )?)(?:experimental )?intervention (?={NAMED} [0-9])",
        r"\1",
    ),
    ("newborn", rf"\bnewborn (?={AMOUNT} of life)", ""),
    (
        ", ",
        rf"\b((?:[0-9]+, ?)+[0-9]+) (?=[0-9]+(?:,| and|[ -]{UNIT}))",
        r"\1, ",
    ),
    ("day o", r"\bday o\b", "day 0"),
    (
        "before|after|prior",
        r"\ban? (?=(?:week|day|month|year|hour|minute) (?:before|after|prior))|"
        r"^(?:the )?(?=(?:week|day|month) before(?:,| and) )",
        "1 ",
    ),
    (
        ":|.m",
        r"\b(?:at )?(?:(?:[01]?[0-9]|2[0-4])[:.][0-5][0-9](?: ?[ap]\.?m\b\.?| h\b)?|"
        r"[0-9]+ ?[ap]\.?m\b\.?)"
        r",? (?:(?:on|of|in) )?(?:the )?(?=(?:day|night|morning|evening|week)s?\b)",
        "",
    ),
    (
        ":|.m|am|pm",
        r",? (?:at )?(?:(?:[01]?[0-9]|2[0-4])[:.][0-5][0-9](?: ?[ap]\.?m\b\.?)?|"
        r"[0-9]+ ?[ap]\.?m\b\.?)$",
        "",
    ),
    (
        "morning|noon|evening|night",
        r"\b(?:in |on )?(?:the |each )?(?:mornings?|(?:after)?noon|evenings?|nights?) "
        r"of (?:the )?"
        r"(?=(?:post-?operative |study )?days? [0-9])",
        "",
    ),
    (
        "next|following",
        r"(?:^|(?<=, )|(?<=and ))(?:on |in )?(?:the )?(?:next|following) (?:day|"
        r"morning)"
        r"(?=,|$| and)",
        "1 day",
    ),
    ("+", r"(?<=[ ,])\+(?=[0-9])", ""),
    (
        "phone|mail|call",
        r",? (?:by|via) (?:tele)?(?:phone|e-?mail|post)(?: calls?)?$",
        "",
    ),
    ("recist", r"\bRECIST ?(?:v|version)?\.? ?[0-9.]+", "RECIST"),
    ("and/or", r"\band/or\b", "and"),
    ("/", rf"(?<=[0-9])/(?={NAMED} ?[0-9])", ", "),
    (
        " day| week| month",
        r"\b((?:baseline|day|week|month)(?: ?-?[0-9]+)?) "
        r"(?=(?:day|week|month)s?[ -]?[0-9])",
        r"\1, ",
    ),
    (
        "baseline ",
        rf"^(baseline) (?={NUMBER}[ -](?:day|week|month|year|hour))",
        r"\1, ",
    ),
    (
        " days | weeks | months | day | week | month ",
        r"(?<=[0-9] )(months?|days?|weeks?) (?=[0-9]+ (?:months?|days?|weeks?|years?)"
        r"\b)",
        r"\1, ",
    ),
)

_correct = rewriter(_spelling)


def correct(text: str) -> str:
    """Write what is misspelt as it was meant, and a time in two units in one.

    text (str): From `fold_time`.
    RETURNS (str): The text.
    """
    text = _correct(text)
    return _TWO_UNITS.sub(_add, text) if _BIG_UNIT.search(text) else text
