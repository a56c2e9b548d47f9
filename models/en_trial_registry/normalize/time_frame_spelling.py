"""Typing errors and missing signs in times of measurement."""

import re
from typing import Final

from .iso import NUMBER, UNIT
from .rewrite import Rule, rewriter
from .time_frame_terms import AMOUNT, LIST, LISTED, NAMED

_DIGITS: Final = str.maketrans("0123456789", "𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫")
_NO_DIGITS: Final = str.maketrans("𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫", "0123456789")
# In place of words between which a text would be divided.
_AND: Final = "\ue000"
_COMMA: Final = "\ue001"
OR: Final = "\ue002"
"""What stands for `or` in the name of an event."""
_TIMES: Final = (
    "DAY|WEEK|WK|MONTH|MO|YEAR|YR|HOUR|HR|MIN|POD|VISIT|CYCLE|COURSE|PART|DOSE|UP|TO|"
    "AND|AT|OR|ON|BY|IN|OF|UNTIL|TILL|AFTER|FROM|FOR|BASE|JAN|FEB|MAR|APR|MAY|JUN|JUL|"
    "AUG|SEP|SEPT|OCT|NOV|DEC"
)
# Case matters: `AZD1234`, `COVID-19` and `HbA1c` are names, `day1` is none.
_NAME = re.compile(
    rf"(?<![^\W_])(?!(?:{_TIMES})(?:S|LINE)?-?[0-9])[A-Z][A-Za-z]*[A-Z][A-Za-z]*-?"
    r"(?:[A-Za-z]+-)?[0-9]+[A-Za-z0-9]*"
)


_LISTED_EVENT = re.compile(
    r"\b(?:(?:after|before|following|prior to) (?:the |each )?|post-?|pre-?|"
    r"day [0-9]+ of )"
    r"(?:(?:(?!including|and )[a-z-]+ ){1,4}?(?:on|of|at|in) (?:the )?(?:study )?"
    r"(?P<days>(?:days?|weeks?|nights?|periods?|visits?) (?:-?[0-9]+|[A-D])"
    r"(?:, ?(?:[0-9]+|[A-D]))*"
    r"(?:,? and (?:days? |weeks? )?|, ?|-)(?:[0-9]+|[A-D]))"
    r"|(?P<other>(?:aligners?|doses?|sessions?|vaccinations?|(?<=[0-9] of )cycles|"
    r"(?<=[0-9] of )courses) [0-9]+"
    r"(?:(?:, ?(?:and )?| and )[0-9]+)+))$",
    re.IGNORECASE,
)
_NUMBERED_EVENT = re.compile(
    r"\b(?:end|start|beginning|completion|after|before|during|from) (?:of )?(?:the )?"
    r"(?P<other>(?:cycle|course|session|dose|period|phase|stage|module|visit|part|"
    r"round|scan|injection|infusion|vaccination|season) [0-9]+)"
    r"(?![0-9.]|(?:,|-| and| or| to|/) ?[0-9])",
    re.IGNORECASE,
)


def _hide_list(match: re.Match[str]) -> str:
    listed = match.groupdict().get("days") or match["other"]
    hidden = listed.translate(_DIGITS).replace(" and ", _AND).replace(", ", _COMMA)
    return match[0].removesuffix(listed) + hidden


_RANKED = re.compile(
    rf"\b[0-9]+(?:st|nd|rd|th) (?=(?:(?!{UNIT})[a-z]+ )?(?:session|season|visit|dose|"
    r"injection|infusion|vaccination|treatment|period|round|operation)s?\b)",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    rf"[≥≤<>]=? ?{NUMBER}(?:[x*/^-]*[0-9]+)*(?![0-9.]|[ -]?{UNIT})|{NUMBER} ?%"
)


def hide_names(text: str) -> str:
    """Write the digits of names so that they are taken for no time.

    text (str): From `fold_time`.
    RETURNS (str): The text; the same one if no name has a digit.
    """
    if any(sign in text for sign in "≥≤<>%"):
        text = _MEASURED.sub(lambda match: match[0].translate(_DIGITS), text)
    text = _NUMBERED_EVENT.sub(_hide_list, _LISTED_EVENT.sub(_hide_list, text))
    text = _RANKED.sub(lambda match: match[0].translate(_DIGITS), text)
    return _NAME.sub(lambda match: match[0].translate(_DIGITS), text)


def show_names(text: str) -> str:
    """Undo `hide_names`.

    text (str): A text.
    RETURNS (str): Names with plain digits.
    """
    text = text.translate(_NO_DIGITS)
    return text.replace(_AND, " and ").replace(_COMMA, ", ").replace(OR, " or ")


_TWO_UNITS = re.compile(
    r"(?P<limit>^|(?:up to|until|through|within|over|of|maximum|least|approximately) )"
    r"(?P<n>[0-9]+)[ -](?P<unit>years?|weeks?|hours?|hrs?|h) (?P<both>(?:and|\+) )?"
    r"(?P<m>[0-9]+)[ -]?(?P<small>months?|days?|minutes?|mins?)(?![^\W_])(?!,| [0-9])",
    re.IGNORECASE,
)
_FACTORS: Final = {"y": (12, "mo"), "w": (7, "d"), "h": (60, "mi")}
_BIG_UNIT = re.compile(r"[0-9][ -](?:y|h|w)[a-z]* (?:(?:and|\+) )?[0-9]", re.IGNORECASE)


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
    ("dyas|daya|sdays|dasy", r"(?<=[0-9])([ -]?)(?:dyas|daya|sdays|dasy)\b", r"\1days"),
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
    ("the ", r"(?:^|(?<=, )|(?<=and ))the (?=[0-9]+(?:st|nd|rd|th) )", ""),
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
        rf"(?=$|,)",
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
    (" fu|-fu|f/u", r"[ -](?:f/u|fu)\b", " follow-up"),
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
