"""How times of measurement stand to each other: lists, ends, alternatives, glosses."""

from typing import Final

from .iso import UNIT
from .rewrite import Rule, rewriter
from .time_frame_terms import AMOUNT, BASE, NAMED, TO

_MARK: Final = rf"(?:{NAMED}|visit|[dwmtv]|time)"
_ABOUT: Final = r"(?:(?:at|about|around|approximately|approx\.?) |~ ?)?"
_FROM_BASE: Final = r"(?: (?:after|from|post)[ -]?baseline| post-baseline)?"
_LISTED: Final = (
    rf"(?:{NAMED} [0-9]+(?:(?:, (?:and )?| and | & )(?:{NAMED} )?[0-9]+)+"
    rf"|(?:[0-9]+(?:[ -]?{UNIT})?(?:, ?(?:and )?| and | & ))+{AMOUNT})"
)
_LABEL: Final = (
    r"(?![^()]*\b(?:to|through|until|till|after|before|from|within|up|between|during|"
    r"baseline|each|every|over|following)\b)[a-z][^0-9(),;]{1,40}?"
)

_starts: Final[tuple[Rule, ...]] = (
    (
        "ever ",
        r",? ?[-(]?\b(?:which|what) ?ever (?:is |comes |came |occurs |occurred |was |"
        r"one )*"
        r"(?:the )?(?:first|earlier|earliest|sooner|later|last|longer|shorter)\)?",
        "",
    ),
    ("by |in ", rf"(?:(?<=, )|(?<=and ))(?:by|in) (?={NAMED} [0-9])", ""),
    (
        "up to|within|through|thru|until|till|by |in ",
        r"^(?:up to|within|through|thru|until|till|by|in) (?:the )?"
        r"(?!.*\b(?:(?:year|month)s? and [0-9]+ (?:week|day)|years? and [0-9]+ month))"
        rf"(?={_LISTED}(?:$|"
        r" ?(?:after|following|post|of|from)[ -][^0-9,;]+$))",
        "",
    ),
    (
        "baseline prior|baseline before",
        r"\bbaseline (?:prior to|before) [^0-9,;()]+?(?=,| and (?:at )?[0-9a-z]+ "
        r"?[0-9]|$)",
        "baseline",
    ),
    (
        "time to ",
        r"^time to (?:the )?([^0-9,;]+), ?(?=(?:assessed )?up to )",
        r"until \1, ",
    ),
    (
        "baseline to",
        r"(?<=[0-9])(, (?:and )?| and )baseline to (?=(?:day|week|month) [0-9])",
        r"\1",
    ),
    (
        "after|later",
        r"^(?:on |at )?(?:the )?(?:(?:day|time) of )?(?:the )?([a-z][^0-9,;]*?)(?:,|;|"
        r",? and)"
        rf" (?:and )?([0-9][0-9, and]*?[ -]?{UNIT}) (?:after|later)(?: it)?$",
        r"0 days, \2 after \1",
    ),
    ("screening", r"^(?:only )?(?:at )?screening(?: visit| period)?$", "baseline"),
    (
        "date|day|time",
        rf"(?:^|\b(?:at|on) )(?:the )?(?:date|day|time) of (?:the )?({BASE})"
        r"(?=,| and| \(|$)",
        r"\1",
    ),
    ("screening", r"\bscreening(?: period)?(?: \([^()]*\))?(?=,)", "baseline"),
    (
        "baseline)",
        r"^(?:at )?[^0-9(),;]+ \((?:study )?baseline\)(?=,| and )",
        "baseline",
    ),
    (
        "t0|t1|t2|t3|t4|v1|v2|v3|v4",
        r"(?:^|(?<=, )|(?<=; ))[tv][0-9]+ (?:at |after )?(?=[0-9])",
        "",
    ),
    (
        "before",
        r"^(?:immediately |just |once )?before (?:the )?([^0-9,;]+?)(?=(?:,| and) "
        r".*(?:after|"
        r"following|post) (?:the )?(?:start|commencement|initiation|beginning) of "
        r"(?:the )?"
        r"\1$)",
        "baseline",
    ),
    (
        "post",
        rf"^post[ -]?[a-z]+, (?={_ABOUT}{AMOUNT} (?:after|post|following) [^,;]+$)",
        "",
    ),
    (
        "entry|initial|randomi|enrol|inclusion",
        r"^(?:at |on )?(?:the )?(?:study entry|entry|initial (?:visit|assessment|"
        r"examination)|(?:randomi[sz]ation|enrol+ment|inclusion) (?:day|visit))"
        r"(?=,| and )",
        "baseline",
    ),
    (
        "between",
        r"^between (?:the )?([^0-9()]+?) ?\((?:day |d)[01]\) and ",
        r"from \1 to ",
    ),
    ("(", rf"\b([^0-9()]+?) ?\({_MARK} ?-?[01]\) ?(?={TO} )", r"\1 "),
    ("from baseline", r"^from (?=baseline(?:,| and ))", ""),
    (
        "between",
        r"^(?:changes? )?between (?:the )?(?=[^,;]+, (?![^,;]*\bto\b)[^;]* and )",
        "",
    ),
    (
        "time|interval",
        r"^(?:the )?(?:any )?(?:time|interval)(?: ?points?| interval| span|s)? "
        r"(?=until|"
        r"till|from|between|up to|"
        r"during|within)",
        "",
    ),
    ("at ", rf"^at (?=(?:the )?time of [^0-9,]+ {TO} )", "from "),
    ("and", r"^(from [^0-9,]+?),? and (?=(?:until|up to|till) )", r"\1 "),
    (
        "following|after|post",
        rf"^(?:following|after|post) (?:the )?([^0-9,;]+?),? ({AMOUNT})$",
        r"\2 after \1",
    ),
)

_brackets: Final[tuple[Rule, ...]] = (
    (
        "(day",
        rf"^(?:for |during )?({AMOUNT} (?:after|following|post)[ -][^0-9()]+) \(days? "
        r"[01] ?- ?[0-9]+\)$",
        r"within \1",
    ),
    (
        "(day|(dose",
        r" ?\((?:days? [0-9]+ ?- ?[0-9]+\)(?= (?:after|following|period [a-z]))|"
        r"dose [0-9]+ was [^()]*\)$)",
        "",
    ),
    (
        "(",
        r"^((?:during|through|until|[^0-9()]+ (?:to|until|through)) [^0-9()]+) \("
        rf"(?:(?:mean|duration|of|approximately) )*([0-9]+ ?(?:-|to) ?{AMOUNT})\)$",
        r"\1, \2",
    ),
    (
        "(",
        r"^(?:during |throughout |over |through |at |on )?(?:the )?((?!.*\b(?:to|from|"
        r"until|"
        r"up|after|base\w*|cycle|visit)\b.*\()[^0-9(),;]+?) ?"
        rf"\((?:from )?({NAMED} -?[0-9]+ ?(?:-|to|through|until) ?(?:{NAMED} )?[0-9]+)"
        r" ?\)$",
        r"\2 of \1",
    ),
    (
        "(up to|(to|(through|(until",
        r"^(?!.*\b(?:and|baseline)\b)(?:(?:duration|all) of )?(?:the )?([^0-9(),;]+?) ?"
        rf"\((?:up to|to|through|until) ((?:{NAMED} [0-9]+)|{AMOUNT})\)$",
        r"\1, up to \2",
    ),
    (
        "(after|(around",
        r"^(?!post|after)[^0-9(),;]+ \((?:after|around) (?:approximately |about )?"
        rf"({AMOUNT}(?: of (?:treatment|therapy))?)\)$|"
        rf"^[^0-9(),;]+ \(after (?:approximately )?({AMOUNT} of (?:treatment|therapy))"
        r"\)$",
        r"\1\2",
    ),
    (
        "(up to",
        rf"^(?!.* and )[^0-9()]+\((up to {AMOUNT} (?:after|following|post)[ -][^0-9()"
        r"]+)\)$",
        r"\1",
    ),
    (
        "during|throughout|over",
        rf"^((?:during|throughout|over) (?:the )?[^0-9(),;]+) \(({AMOUNT})\)$",
        r"\1, up to \2",
    ),
    (
        "per cycle|/cycle",
        rf"\bcycle [0-9]+ \(({AMOUNT})\) with {AMOUNT} per cycle$",
        r"\1",
    ),
    (
        "(",
        r"^(?:at |on )?(?!through|until|up to|till)[^0-9(),;]+ \((?:at |approximately )"
        r"?"
        r"((?:[0-9]+ ?- ?)?"
        rf"{AMOUNT} (?:after|from|post|following) (?:the )?{BASE})\)$",
        r"\1",
    ),
    (
        "(",
        r"^(?:post|after)[ -][^(),;]*\((?:approximately |about )?((?:[0-9]+ ?(?:-|to) "
        rf"?)?{AMOUNT} "
        r"(?:post|after) [^()]+)\)$",
        r"\1",
    ),
    (
        "(",
        rf"(?:(?<=, )|(?<=and )|(?<=; )|(?<=versus ))(?:at )?(?:the )?{_LABEL} ?"
        rf"\({_ABOUT}((?:{NAMED} [0-9]+)|{AMOUNT}){_FROM_BASE}\)(?=,|;| and|$)",
        r"\1",
    ),
    (
        "(",
        rf"^(?:at )?(?:the )?{_LABEL} ?\(((?:{NAMED} [0-9]+)|{AMOUNT})\)(?=(?:,|;| "
        r"and) )",
        r"\1",
    ),
)

_labels: Final[tuple[Rule, ...]] = (
    (
        "visit|follow|test|assessment|measure|evaluation|interview",
        r"^(?:at )?(?:(?:follow-up|assessment|measurement|evaluation|test(?:ing)?|"
        r"interview)s?,?|"
        rf"visit [0-9]+ ?[/:,-]?) (?=(?:after |at |on |up to )?(?:{AMOUNT}|{NAMED} "
        rf"?[0-9]|[0-9]+ (?:to|and) {AMOUNT}))",
        "",
    ),
    (
        "point",
        rf"^(?:at )?(?:[a-z-]+ )?time ?points? ?\(({TO} [^()]+)\)$",
        r"\1",
    ),
    (
        "/",
        rf"^(.*(?:[0-9]|{NAMED})) ?/ ?(?:end|eot|eos|early|final|termination|"
        r"discontinuation)[^0-9]*$",
        r"\1",
    ),
    (
        "termination|withdrawal|discontinuation",
        r"(?<=[0-9a-z]),? or (?:at )?(?:the )?(?:(?:early|premature|study) )*"
        r"(?:termination|withdrawal|discontinuation)(?: visit)?$",
        "",
    ),
)

_without_labels, _without_brackets = (
    rewriter((*_labels, *_starts)),
    rewriter(_brackets),
)


def explain(text: str) -> str:
    """Leave out what names a time again or says where counting begins.

    text (str): From `fold_time`.
    RETURNS (str): The text; the same one if it has nothing of the kind.
    """
    text = _without_labels(text)
    return _without_brackets(text) if "(" in text else text
