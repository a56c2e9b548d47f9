"""How times of measurement end, and what ends them sooner."""

from typing import Final

from .iso import UNIT
from .rewrite import Rule, rewriter
from .time_frame_intervals import INTERVALS
from .time_frame_terms import AMOUNT, BASE, NAMED, TO

_TIME: Final = rf"(?:{NAMED} )?[0-9]+(?:st|nd|rd|th)?(?:[ -]?{NAMED})?"
_RANGE: Final = rf"(?:{NAMED} |{AMOUNT} ?|baseline )(?:-?[0-9]+ ?)?(?:-|{TO}) ?{_TIME}"
_BRIEF: Final = (
    r"\b(?:injections?|infusion|dos(?:e|ing)|administration|surgery|operation|"
    r"vaccin\w+|immuni[sz]ation|implant\w*|transfusion|transplant\w*|procedure|"
    r"randomi[sz]ation|enrol+ment|inclusion|initiation|beginning|intubation|biopsy|"
    r"use)$"
)
_LASTS: Final = (
    r"\b(?:last|final|end|ending|complet\w+|discontinu\w+|stop\w*|cessation|withdrawal|"
    r"second|third|each|every|all|any|both|or|and)\b"
)
_SAME: Final = r"(?:treatment|therapy|intervention|follow-up|(?:the )?study)"
_MANY_WORDS: Final = (
    r"(?:, )?\(?(?:(?:which|what)ever [a-z ]+,? )?\(?(?:(?:assessed|followed|estimated|"
    r"anticipated|expected|maximum|censored|up|to|be|as|at|of|for|an?|average|median|"
    r"mean|"
    r"approximately|approx\.?|about|follow-up) )+"
)

_MEMBER: Final = rf"(?:{NAMED} )?[0-9]+(?:st|nd|rd|th)?(?:[ -]?{UNIT})?"

_ends: Final[tuple[Rule, ...]] = (
    (
        "end |end of|completion|conclusion|post",
        rf"^(?:from )?({BASE}|[^0-9,;]*?(?:start|beginning|first dose)[^0-9,;]*?) "
        rf"{TO} (?:the )?((?:end|completion|"
        r"conclusion) of [^0-9,;]+?|(?:study|treatment|trial) (?:end|completion)|"
        r"post-?(?:treatment|intervention|test)),? "
        r"at (?:the )?"
        rf"({AMOUNT}|{NAMED} [0-9]+)$",
        r"from \1 until \2, up to \3",
    ),
    (
        "up at|up of",
        rf"\bto (?:the )?follow[ -]?up (?:at|of) (?={AMOUNT}|{NAMED} [0-9])",
        "to ",
    ),
    (
        "or until",
        r"^((?:during|throughout) [^0-9,]+?),? or until [^0-9,]+(?=,|$)",
        r"\1",
    ),
    (
        "every|each|twice|ly ",
        r"^((?:every|each|twice|[a-z]+ly)\b.*? (?:until|till) )(?:([^0-9,]+?)(?:,"
        r"[^0-9]*)?,? or "
        rf"(?:for |until |up to )?({NAMED} [0-9]+|{AMOUNT})|({NAMED} [0-9]+|{AMOUNT}),?"
        r" or (?:until |at )?(?:the )?([^0-9,]+))$",
        r"\1\2\5, up to \3\4",
    ),
    (
        "from ",
        rf"^(from [^0-9,()]+?) {TO} (?:the )?(?:date of |time of )?(?:(?:first|"
        r"documented|"
        r"disease) )*(?:death|progression|relapse|recurrence)(?:,[^0-9]*)? or "
        r"[^0-9,]*$",
        r"\1 until event",
    ),
    (
        "from ",
        rf"^(from [^0-9,]+?)(?: (?:at|on) day [01])? ({TO} [^0-9,]+?) at "
        rf"({NAMED} [0-9]+|{AMOUNT})$",
        r"\1 \2, up to \3",
    ),
    ("date of", rf"\b(?:the )?date of (?={AMOUNT} (?:after|post))", ""),
    (
        " or ",
        rf"^((?:at |on |study )*(?:baseline|{_MEMBER})(?:(?:,|,? and) {_MEMBER})*),? "
        r"or "
        rf"(?:at |on )?({_MEMBER})(?= (?:after|from|post|of)\b| \(|$)",
        r"\1 and \2",
    ),
    (
        " or ",
        r"^((?:until|till|to|up to) [^0-9,]+), ([^0-9,]+),? or (?:up to |for |until )?"
        rf"(?=(?:{AMOUNT}|{NAMED} [0-9]+)$)",
        r"\1 or \2, up to ",
    ),
    (
        " or ",
        rf"^up to (?:the )?({AMOUNT}), (?:the )?([^0-9,]+), or ([^0-9,]+)$",
        r"until \2 or \3, up to \1",
    ),
    (
        " or ",
        r"^(?:(?:for |during )?(?:the )?(?:duration|length) of|during|throughout|"
        r"until) "
        rf"[^0-9,]+?,? or (?=(?:up to|within) {AMOUNT} (?:from|after|post)\b)",
        "",
    ),
    (
        "altogether|total",
        r"(?:,|-| -) ?(?:altogether|(?:in )?total|total of|for a total of) "
        rf"(?={AMOUNT}$)",
        ", up to ",
    ),
    (
        " or ",
        r",? or (?:until )?(?:the )?(?:start of |initiation of )?(?:a |the )?(?:new|"
        r"other|subsequent) (?:(?<=until new )|(?<=until other )|(?=[^0-9,]*(?:therapy|"
        r"treatment)$))[^0-9,]+$",
        "",
    ),
    (
        "and up|and until|and through|and within|and for",
        r"^(?:during|throughout) (?:the )?([^0-9,]+?) and (?:up to|until|through|"
        r"within|for) "
        rf"(?:the )?({AMOUNT} (?:after|post|following)[ -][^0-9]+)$",
        r"from \1 to \2",
    ),
    (
        "discharge|death",
        r"^(?:at |on |until |before |up to )?(?:the )?((?:hospital |icu )"
        r"?(?:discharge|death)(?: from [^0-9,]+?)?),? or "
        rf"(?:at |on |until |up to )?((?:study )?(?:{NAMED} [0-9]+|{AMOUNT}))$",
        r"\2 or \1",
    ),
    (
        ". ",
        r"(?<=[a-z)]{2})\. (?:analysis occurs .*|(?!.*\b(?:baseline|daily|every|each|"
        r"then|hours?|days?|weeks?|months?|years?|before|after|until)\b)[a-z][^0-9]*)$",
        "",
    ),
    (
        "or ",
        rf"^(.*[0-9], ?(?:{NAMED} )?[0-9]+(?: ?{NAMED})?),? ?or (?:on |at )?(?:the )?"
        r"((?:hospital )?discharge)(?:, which ?ever.*)?$",
        r"\1, \2",
    ),
    (
        "pre",
        rf"^(?:from )?pre-?(?:dos(?:e|ing)|infusion) (?:up )?to (?={AMOUNT} (?:post|"
        r"after))",
        "baseline to ",
    ),
    (
        "study",
        rf"^((?:through|until|{BASE} (?:through|to|up to)) (?:the )?study "
        r"(?:completion|"
        r"complication|end|duration)),?(?: (?:up to|through|at|within|in|to|i\.e\.,?|"
        r"usually|"
        rf"on))? (?={NAMED} [0-9]+$|{AMOUNT}$)",
        r"\1, up to ",
    ),
    (
        "from|between|time",
        r"^(?:time )?((?:from|(between)) (?!baseline|pre|before|start\b|beginning)"
        r"(?:the "
        r")?"
        r"[^0-9,()]+?) (?:up )?(?:to|until|till|through|(?(2)and|to)) "
        r"(?!(?<=admission to )(?:the )?(?:icu|hospital|ward|intensive))(?![^0-9]* or "
        r"(?:up|at) )"
        rf"(?:(?!\. )[^0-9])*?{_MANY_WORDS}({AMOUNT}|{NAMED} [0-9]+)\)?$",
        r"\1 until event, up to \3",
    ),
    (
        " or ",
        rf"^(?:from )?([a-z][^0-9,]+?) {TO} (?:post-?operative )?({AMOUNT}|{NAMED} "
        r"[0-9]+),? or (?:until |"
        r"at )?"
        r"(?:the )?([a-z][^0-9,]+)$",
        r"from \1 until \3, up to \2",
    ),
    (
        "baseline (",
        rf"^(?:from )?baseline \(({AMOUNT} before [^0-9()]+)\) {TO} ",
        r"from \1 to ",
    ),
    (
        ", post|, after|, following|, from",
        rf"^({AMOUNT}),? (?=(?:post|after|following|from)[ -])|"
        rf"^({NAMED}[ -]?[0-9]+),? (?=post-|from )",
        r"\1\2 ",
    ),
    (
        "baseline|day 0|screening",
        rf"^(?:from )?(?:baseline|screening|day 0) {TO} (?=({AMOUNT})"
        rf" ?-?(?:after|post|following)[ -](?:the |a )?(?![^0-9]*{_LASTS})"
        rf"[^0-9,;]*{_BRIEF})",
        "from 0 to ",
    ),
    (
        "baseline|screening",
        rf"^(?:from )?(?:baseline|screening) {TO} ({AMOUNT} of {_SAME})$",
        r"from 0 to \1",
    ),
    (
        "baseline|screening|day 0",
        rf"^(?:from )?(?:the )?(?:baseline|screening|day 0) {TO} (?=({NAMED}) [0-9]+"
        rf" (?:of {_SAME}$|(?:after|post|following) (?![^0-9]*{_LASTS})"
        rf"[^0-9,;]*{_BRIEF}))",
        r"\1 0 to ",
    ),
    (
        "date|time",
        rf"^(?:time )?(from (?:the )?(?:date|time) of [^0-9,()]+?) {TO} (?:the )"
        r"?(?:date|time|"
        r"first|documented|earliest|death|disease|progress|relapse|recurr)[^0-9]*$",
        r"\1 until event",
    ),
    (
        " or ",
        rf"^(?:up to |within )?({AMOUNT} (?:after|post|following|from|of)[ -][^0-9,]+?)"
        r",? or (?:(?:until|during) [^0-9,]+|(?:at )?(?:the )?(?:(?:end of )?(?:the )?"
        r"study(?: close| completion| end)?|death|discharge|progression))$",
        r"within \1",
    ),
    (
        " or ",
        rf"^(?:from |between )?({_RANGE}),? or (?:until |at )?(?:the )?([a-z][^0-9,]+)"
        r"$",
        r"\2, \1",
    ),
    (
        " or ",
        rf"^(?:at |on )?((?:until |up to )?(?:{AMOUNT}|{NAMED} [0-9]+)),? or (?:until "
        r"|at |on )?"
        r"(?:the )?(?:(?:time|date|day) of )?"
        r"((?!greater|earlier|later|more|less|longer|as|if|when)[a-z][^0-9,]+)$",
        r"up to \1 or \2",
    ),
    (
        " or ",
        r"^(?:from )?(?!up |until|till|through|to |every|each|daily|weekly)"
        r"([^0-9,]+? (?:until|to|till|through) [^0-9,]+?)(?:,[^0-9]*?)?,? or "
        rf"(?:up to )?(?=(?:{AMOUNT}|{NAMED} [0-9]+)$)",
        r"from \1, up to ",
    ),
    (
        "up to",
        r"^((?:(?:until|through(?:out)?|till|during)|from [^0-9,]+ (?:until|to|till|"
        r"through)|[a-z]+"
        r"(?: [a-z]+)? (?:until|through)) [^0-9,]+?) (?:lasting )?(?=up to [0-9])",
        r"\1, ",
    ),
    (
        "through|until|up to",
        rf"^((?:through|until|up to|till) [^0-9()]+?) ?\(({AMOUNT}) (?:after|following|"
        r"from)"
        rf" (?:the )?{BASE}\)$",
        r"\1, up to \2",
    ),
    (
        "through|until",
        rf"^((?:through|until|till) [^0-9()]+, [^0-9]*{AMOUNT}) (?:after|following|"
        r"from)"
        rf" (?:the )?{BASE}$",
        r"\1",
    ),
    (
        "through|until|till|during|over",
        r"^(?:from|during|through(?:out)?|over|until|till) (?:(?! and )[^0-9(),])+"
        r"(?:, | ?\()(?:(?:up to|an average of|on average|approximately|about) )*"
        rf"({AMOUNT} (?:after|post|following)[ -][^0-9(),]+)\)?$",
        r"up to \1",
    ),
)

end_plainly = rewriter((*INTERVALS, *_ends))
"""Writes ends, alternatives and intervals in the form that the grammar reads."""
