"""Words around an amount of time that change nothing or say how sure it is."""

from typing import Final

from .numbers import NUMBER_WORDS
from .rewrite import Rule, rewriter
from .time_frame_terms import AMOUNT, NAMED

_COUNT: Final = rf"(?:[0-9]+|{'|'.join(NUMBER_WORDS)})"
_MOMENT: Final = (
    r"(?:discharge|delivery|birth|surgery|operation|transplant\w*|biopsy|removal|"
    r"extubation)"
)

_amounts: Final[tuple[Rule, ...]] = (
    (
        "item|point|question",
        r" ?\([^()0-9]*\b[0-9]+[ -]?(?:items?|points?|time ?points?|questions?)\b"
        r"[^()0-9]*\)",
        "",
    ),
    (
        "pre",
        rf"\b({NAMED} [0-9]+),? \(?pre-?(?:dos(?:e|ing)|vaccination|infusion)\)?"
        r"(?=$|,| and | to )"
        r"(?!.*\b(?:post|after|hours?|h|min\w*)\b)",
        r"\1",
    ),
    (
        "duration",
        r"^(?:the )?(?:total |whole )?(?:study |trial |treatment )?duration"
        r"(?: of (?:the )?(?:study|trial|treatment))?(?: (?:is|was|will be)|:)? "
        r"(?=(?:approximately |about |up to |at least |minimum |maximum )?[0-9])",
        "",
    ),
    (
        "stimat|xtimat",
        r",? (?:(?:an? )?e[sx]timat(?:ed|ion|e)|approximat(?:ed|ion|e))(?: to| of| at)?"
        r"(?: be)?(?: an)?(?: average)?(?: of)?(?: about| approximately)? (?=[0-9])",
        ", an average of ",
    ),
    (
        "approximate|estimat",
        r"\((?:estimated(?: as| to be| at)?|approximate)(?: approximately)? (?=[0-9])",
        "(approximately ",
    ),
    ("approximate ", r"\bapproximate (?=[0-9])", "approximately "),
    (
        "average",
        r",? ?\b(?:in|on|with|for|an)(?: an?)?(?: expected| estimated)? average(?: of"
        r"| up t[op])?(?: about| approximately)? (?=[0-9])",
        ", an average of ",
    ),
    (
        "(mean|(median|(average|(with",
        r"\((?:with )?(?:an? )?(?:mean|median|average)(?: duration| time)?(?: of)? "
        rf"(?:about |approximately )?(?={AMOUNT}\))",
        "(approximately ",
    ),
    (
        "mean|median|average|expected",
        r"^(?:the |an? )?(?:mean|median|average|expected)(?: (?:follow-up|duration|"
        r"time|"
        r"observation|period|average))*(?: is| was|:)?(?: of)? "
        rf"(?={AMOUNT}$)",
        "approximately ",
    ),
    (
        "follow|period|total|timeframe",
        r"^(?:with )?(?:an? |the )?(?:total )?(?:follow-up|study|observation|timeframe)"
        r"?"
        rf"(?: period| time| duration)?(?: of|:) (?={AMOUNT}$)",
        "",
    ),
    (
        "approx|average",
        rf"^({AMOUNT}),? \(?(?:approx\w*\.?|average|on average)\)?$",
        r"approximately \1",
    ),
    (
        "period|duration|course|frame",
        r"\b(?:an? |the )?(?:(?:study|treatment|follow-up|observation(?:al)?|"
        r"realistic|total|full|time) "
        r")*"
        rf"(?:period|duration|time ?frame) of (?={AMOUNT})",
        "",
    ),
    (
        "period|duration|phase|frame|window|interval|follow|study",
        rf"\b(?<!(?:ays|eks|ths|urs) of the )({AMOUNT}),?(?: (?:study|trial|treatment|"
        r"follow-up|observation|evaluation|"
        r"sampling|total|double[ -]blind|intervention|monitoring|data|collection|"
        r"measurement|protocol|assessment|open[ -]label|maximum|core|time|safety|risk|"
        r"run-in|lead-in|wash-?out|extension|active|dosing|exposure|training|diary))*"
        r" (?:period|duration|phase|time ?frame|window|study|time|follow-up|"
        r"program(?:me)?)\b"
        r"(?! of (?!(?:the )?(?:study|trial)))(?: (?:of|for) (?:the )?(?:study|trial))"
        r"?",
        r"\1",
    ),
    (
        "observation|monitoring|follow",
        rf"\b({AMOUNT}) of (?:observation|monitoring|follow-up) (?=(?:after|from|"
        r"following) )",
        r"\1 ",
    ),
    (
        "cycle|course",
        rf"\b(?:the )?first ({AMOUNT}) (?:treatment )?(?:cycle|course)\b",
        r"the first \1",
    ),
    (
        "throughout",
        r" throughout (?:the )?(?:study|trial|treatment)(?: period)?,? (?=until |up "
        r"to |for )",
        " ",
    ),
    (
        "post",
        rf"^post[ -](?!op)[a-z]+ (?:at |on )?(?={NAMED} [0-9]+$)",
        "",
    ),
    (
        "median|mean|average",
        rf"^(?:an? )?(?:median|mean|average) (?={AMOUNT} \()",
        "approximately ",
    ),
    (
        "per |for each|for every|for all|of each",
        r",? (?:per|(?:for|of) (?:each|every|all)) (?:individual |study )?"
        r"(?:participant|patient|subject|person|child|woman|lens|eye|volunteer|group)"
        r"s?$",
        "",
    ),
    (
        "i.e|e.g|which is|that is",
        r",? (?:i\.e\.?,?|e\.g\.?,?|which is|that is,?) (?:on |at |for )?"
        rf"(?:approximately |about )?((?:{NAMED} [0-9]+)|"
        rf"{AMOUNT})$",
        r" (\1)",
    ),
    (
        "- approx|- about|- up to|- an average|-approx",
        r" ?- ?(?=(?:approximately|about|up to|an average of) ?[0-9])",
        ", ",
    ),
    ("any", r"^(?:at )?any ?time in (?=[0-9])", "within "),
    (
        "in the ",
        r"\bin the (hour|day|week|month|year) (?=after |following )",
        r"within 1 \1 ",
    ),
    ("that follow", rf"\b({AMOUNT}) that follows? ", r"\1 after "),
    (
        "almost|nearly",
        r"\b(?:almost|nearly) (?=[0-9])",
        "approximately ",
    ),
    (
        "most|max|longest|latest",
        rf"^({AMOUNT}) (?:at (?:the )?(?:most|longest|latest)|max(?:imum)?\.?)$",
        r"up to \1",
    ),
    (
        "usual|typical",
        r"\b(?:usually|typically) (?=[0-9]|day|week)",
        "approximately ",
    ),
    (
        "approx|about|anticipated|average|around",
        r"^(?:(?:at|on) (?:the )?|(?=(?:end|completion|conclusion) of |(?:[a-z]+ )?"
        rf"{_MOMENT}(?:,| \()))([^0-9,;()]+?)(?:, | \()"
        r"(?:approximately|about|around|anticipated|"
        rf"an average of|on average)(?: after| at)? ({AMOUNT})\)?$",
        r"approximately \2 of \1",
    ),
    ("=", rf"\b[a-z][a-z-]* ?= ?(?={AMOUNT})| ?= ?(?:the )?study duration$", ""),
    (
        "evaluation|visit|measurement|assessment|sample|time|point",
        r"(?:^|\bat )[0-9]+ (?:[a-z]+ )?(?:points|evaluations|visits|measurements|"
        r"assessments|samples|"
        r"times) "
        r"(?=within|during|over |in |through|until|up to|to |between)",
        "",
    ),
    (
        "<|≤|less than",
        rf"^(?:<|≤|less than) ?(?={AMOUNT} ?(?:after|from|post|following|$))",
        "within ",
    ),
    ("follow-up", r"\bfollow-up (?=(?:day|week|month) [0-9])", ""),
    ("completed", r"^completed (?=study (?:day|week))", ""),
    ("visit", rf"\b({NAMED} [0-9]+) visit (?=from|after)", r"\1 "),
    (
        " day",
        r"(?<=[0-9]) (?:treatment|dosing|hospital|study|trial|test) (?=days?(?:$|,| "
        r"and ))",
        " ",
    ),
    (
        "after",
        rf"^(after {AMOUNT}) ((?:[a-z]+ )?(?:treatment|therapy|intervention))$",
        r"\1 of \2",
    ),
    ("within", r"\bwithin (?=[0-9]+ ?(?:to|-) ?[0-9]+ )", ""),
    ("window", rf"\b(within (?:an? )?{AMOUNT}) window (?=of )", r"\1 "),
    ("period up", r"\bfor an? period up to ", "for up to "),
    (
        "over|during|throughout|for",
        rf"^(?:over|during|throughout|for) (?:the )?(?={NAMED} [0-9]+ (?:to|-|through) "
        r"|"
        r"[0-9]+ to [0-9]+ )",
        "",
    ),
    (
        "at most|at the most|maximum|at the longest",
        r"(?:^|,? )(?:at (?:the )?(?:most|longest),?|with an? max(?:imum)? of) "
        r"(?=[0-9])",
        ", up to ",
    ),
    (
        "if |when|where",
        r",? and, (?:if|when|where) [^0-9,;]+, | if (?:still )?[a-z]+$",
        " and ",
    ),
    (" only", r"(?<=[0-9a-z]), [a-z][a-z -]* only$", ""),
    ("at least", r"\b(?:to|until|through) at least (?=[0-9]|day|week|month)", "to "),
    (
        "further|additional|next",
        r"^(?:an? )?(?:further|additional|next) (?=[0-9])",
        "",
    ),
    ("depending", r",? depending (?:on|upon) [^0-9]*$", ""),
    ("including", rf"^((?:approximately |about )?{AMOUNT}),? including .*$", r"\1"),
    (
        "nights|mornings|evenings",
        r"(?<=[0-9]) (?:consecutive )?(?:nights|mornings|evenings)\b",
        " days",
    ),
    (
        " days | nights ",
        rf"^{_COUNT} (?:consecutive )?(?:days|nights|[a-z]+days) (?:at|in|on) (?:the )?"
        rf"(?=(?:baseline|inclusion|{NAMED} -?[0-9]|[0-9]+(?:,| and) )(?!.*"
        r"(?:after|before|post|prior)\b))",
        "",
    ),
    ("mean of|average of", rf"^(?:mean|average) of (?=the (?:last )?{AMOUNT})", ""),
    (
        "a |an |one |the ",
        r"\b(within|up to|over|for|during) (?:an?|one|the) (?:full )?"
        r"(year|month|week|day|hour)\b",
        r"\1 1 \2",
    ),
    (
        " a | an ",
        r"\b(over|for|during|in|within|throughout|of) an? (?=[0-9])",
        r"\1 ",
    ),
    (
        "at least",
        r"\bat least,? (?=(?:once )?(?:every|each|daily|weekly|monthly|annually|"
        r"yearly)\b)",
        "",
    ),
    ("repeat", r"\brepeat(?:ed)? (?=daily|weekly|monthly|every)", ""),
    (
        "within",
        r"^([0-9][^,;]*?) within (?=(?:the )?(?:[a-z]+ )?(?:randomi[sz]ation|"
        r"enrol+ment|"
        r"inclusion|admission|discharge|surgery|treatment|birth|delivery)$)",
        r"within \1 of ",
    ),
    (
        "maximum",
        rf"\b(?:an? )?(?:average|mean|median) of (?:[0-9]+ ?(?:-|to) ?)?{AMOUNT},? "
        r"(?:and|with) "
        r"(?:an? "
        rf")?maximum (?:of )?(?={AMOUNT})",
        "maximum of ",
    ),
    ("not more|no more|no longer", r"^(?:not|no) (?:more|longer) than ", "up to "),
    (
        "greater|longer|less",
        r"^(?:for )?(?:greater|longer|(?:not|no) less) than ",
        "more than ",
    ),
    (
        "through up|up and|up through|up till|up until|out to",
        r"\b(?:through up to|up through|up until|up till|out to)\b|"
        r"\bup and including\b",
        "up to",
    ),
)

write_amounts = rewriter(_amounts)
"""Writes amounts of time in the short form that the grammar reads."""
