"""Times of measurement in the short form that their grammar reads."""

import re
from typing import Final

from .iso import NUMBER, UNIT
from .rewrite import Rule, rewriter

_APPROXIMATE = re.compile(
    r"(?:\b(?:about|approximately|approx\.?|around|circa|ca\.?|roughly|estimated)|~) ?"
    r"(?:at )?(?=[0-9]|up to|week|day|month|wk|an average)",
    re.IGNORECASE,
)
_DONE: Final = "collected|assessed|measured|evaluated|obtained|biopsy|swabs"
_WHICHEVER: Final = (
    r",? ?\(?\bwhich ?ever (?:\w+ )?(?:comes |is |occurs )?"
    r"(?:first|earlier|earliest|sooner|last|later)\)?"
)
_AVERAGE: Final = (
    r"(?:,? ?\b(?:for )?(?:an? |and )?(?:expected )?(?:mean|average)(?: time)?(?: of)?"
    r"|,? ?\bon average,?|,? ?\bexpected(?: to be)?"
    r"|,? ?(?:to |for |of )?(?:a )?\bmax(?:imum|\.)?(?: of)?"
    r"|,? ?\bassessed (?:for )?(?:up to )?|,? ?\bcensored at)"
    rf" ?(?=(?:{NUMBER}|days? [0-9]))"
)
_VERSUS: Final = r"(?:compared (?:to|with)|versus|vs\.?)"
_NAMED: Final = r"(?:days?|weeks?|months?|years?)"
_SCREENED: Final = r"(?:screening|enrol+ment|day ?[01]|week ?0)"
_SCREENED: Final = r"(?:screening|enrol+ment|day ?[01]|week ?0)"
_MEASURED: Final = (
    r"^(?:will be )?(?:assessed|assessments?|measured|evaluated|followed|collected|"
    r"obtained|monitored|observed|recorded)(?: (?:at|on|over|for|is|in))? "
    r"(?=[0-9]|day|week|month|up to|every|baseline|after|before|daily|from)"
)
_NTH: Final = "second third fourth fifth sixth".split()
_FOLLOWED: Final = r"(?:followed(?: up)?|observed|monitored|assessed)"
_AMOUNT: Final = rf"{NUMBER} ?{UNIT}"
_CALLED: Final = (
    r"(?!.*\b(?:before|after|pre|post|prior|following|until|to|time|each|every)\b)"
)
_rules: Final[tuple[Rule, ...]] = (
    (
        "participants|patients|subjects",
        r"^(?:[^0-9:]{1,60}: )?(?:participants|patients|subjects) "
        rf"(?:will be|were|are) {_FOLLOWED} (?=for |until |during |up to )",
        "",
    ),
    (":", rf"^{_CALLED}[a-z][^0-9:,;]{{0,40}}: (?=[^:;]+$)", ""),
    ("a ", r"^an? (?=[0-9]+[ -])", ""),
    (
        "period of|total of",
        r"\b(?:over|during|for|in|within) (?:a|the) (?:total |period )+of "
        r"(?=[0-9])",
        "over ",
    ),
    ("'", r"(?<=s)' ", " "),
    ("-", r"(?<=[0-9])-(?=,| and| or)", ""),
    ("or less", rf"^({_AMOUNT}) or less\b", r"within \1"),
    *(
        (word, rf"\bevery {word} (?=day|week|month|year)", f"every {n} ")
        for n, word in enumerate(_NTH, 2)
    ),
    ("every", r"\bevery ([2-9])(?:nd|rd|th) (?=day|week|month|year)", r"every \1 "),
    (
        "cycle",
        r"^((?:on )?days? [0-9 ,and]+) (?:of|in) (?:each|every) "
        r"(?:subsequent )?([0-9]+)[ -](day|week) cycles?$",
        r"\1, every \2 \3",
    ),
    ("/", rf"\b{_SCREENED} ?/ ?baseline\b|\bbaseline ?/ ?{_SCREENED}\b", "baseline"),
    ("/", rf"\b{_SCREENED} ?/ ?{_SCREENED}\b", "baseline"),
    (
        "visit|diar|follow",
        r"(?:^|(?<=; )|(?<=, ))(?:(?:study|clinic|clinical|final|scheduled) )*"
        r"(?:visits?|diary|diaries|follow[ -]?ups?)(?: visits?)? (?:at|on|in) "
        rf"(?=[0-9]|{_NAMED} [0-9]|baseline)",
        "",
    ),
    ("immediate ", r"\bimmediate (?=post)", "immediately "),
    ("pre", r"\bpre-? ?(?:and|&) (?=[0-9.]+ ?\w+ post)", "before and "),
    (
        "before|prior",
        rf"^(?:within|from) (?:the )?({_AMOUNT}) (?:before|prior(?: to)?) "
        rf"(?:and|to|until) (?=(?:within )?{_AMOUNT} (?:after|following) )",
        r"\1 before to ",
    ),
    (
        "before and|prior",
        rf"\b({_AMOUNT}) (?:before|prior(?: to)?) and "
        rf"(?={_AMOUNT} (?:after|following|post) (.+)$)",
        r"\1 before \2 and ",
    ),
    (
        "postop|post-op",
        r"^post-?operative (first [0-9.]+ ?\w+)$",
        r"\1 after operation",
    ),
    ("once", r"^once,? (?=(?:at|after) |[^ae])", ""),
    (":|=", r"\b[tv][0-9] ?[:=] ?", ""),
    ("to up to", r"\bto up to\b", "up to"),
    ("any time", r"^(?:at )?any ?time (?=during|within|up to|until)", ""),
    (
        "continuo",
        r"^continuo?u?s(?:ly)?,? (?=for|until|during|over|from|[0-9])",
        "",
    ),
    (
        "morning|evening|night|day",
        r"^(?:every|each) (?:morning|evening|night|day)"
        r"(?=,|$| (?:for|from|until|during)\b)",
        "daily",
    ),
    ("then", r"\b(?:and )?then (?=[a-z0-9])", "then "),
    ("±|+/-", r" ?\((?:±|\+ ?/ ?-) ?[0-9]+(?: ?\w+)?\)", ""),
    ("±|+/-", r"(?<=[0-9]) ?(?:±|\+ ?/ ?-) ?[0-9]+", ""),
    ("+", r" ?\(\+ ?[0-9]+ ?\w+\)", ""),
    ("=", r" ?= ?study duration$", ""),
    ("from then on|after that", r",? (?:from then on|after that)\b", " thereafter"),
    ("upto|up ", r"\bup(?:to\b| (?=[0-9]))", "up to "),
    ("up to ", r"\bup to (?:an? )?(?=max|average|mean)", ""),
    (
        "until|till",
        r"^((?:from|between) [^0-9,]+), (?=(?:until|till) )",
        r"\1 ",
    ),
    (
        "until|through|till",
        r"^((?:until|through|till) [^0-9,]+?) up to (?=[0-9])",
        r"\1, up to ",
    ),
    (
        "collected|assess|measured|evaluated|obtained|biopsy|swabs",
        rf"^[^0-9,;]{{0,40}}\b(?:{_DONE}) at (?=[0-9]|week|day|month|D[0-9])",
        "",
    ),
    ("change", r"^(?:mean )?changes? from baseline .* at (?=[0-9]+ \w+$)", ""),
    ("which", _WHICHEVER, ""),
    ("inmediat|immediat", r"\b(?:inmediately|immediatly)\b", "immediately"),
    ("-", r"(?<=[0-9])-(?=(?:day|week|month|year|hour|minute)s?\b)", " "),
    ("between", r"\bbetween (?:the )?([^,;]+?) and (?:the )?", r"\1 to "),
    ("average|mean of|expected|max|assessed|censored", _AVERAGE, ", up to "),
    ("on average", rf"({NUMBER} ?{UNIT}) on average", r"up to \1"),
    ("up to", r"(?:, )?\bup to,? up to ", ", up to "),
    (
        "assess|measur|evaluat|follow|collect|obtain|monitor|observ|record",
        _MEASURED,
        "",
    ),
    ("change", r"^(?:mean )?changes? (?=from baseline|from week|from day)", ""),
    (
        "from baseline|from day 0|from week 0|from 0 ",
        r"^(?:changes? )?from (?:baseline|day 0|week 0|0 weeks?|0 days?) "
        r"(?:at|after) (?=[0-9]|week|day|month)",
        "",
    ),
    ("for", r"^for (?=[0-9])", "over "),
    (
        "last observation|locf",
        r"(?:,| or)? (?:last observation(?: carried forward)?|\(?locf\)?)$",
        "",
    ),
    (
        "compare|versus|vs",
        rf" {_VERSUS} (?=pre|base|enrol|inclusion|randomi"
        rf"|{_NAMED} [0-9]+(?:$|,)|[0-9]+ {_NAMED}(?:$|,))"
        rf"|(?<=^baseline) {_VERSUS} (?=[0-9]|day|week|month|year)",
        ", ",
    ),
)
rewrite = rewriter(_rules)
"""Shortens expressions of several words."""


def simplify(text: str) -> tuple[str, bool]:
    """Shorten expressions of several words.

    text (str): From `brackets`.
    RETURNS (Tuple[str, bool]): The text, and whether its times are approximate.
    """
    simple = _APPROXIMATE.sub("", text)
    return rewrite(simple).strip(" .,;:"), simple != text
