"""Clauses that say that something is measured, or what, beside when."""

from typing import Final

from .iso import UNIT
from .rewrite import Rule, rewriter
from .time_frame_terms import AMOUNT, NAMED

_DONE: Final = (
    r"(?:re-?)?(?:assess|measur|evaluat|collect|obtain|monitor|record|determin|perform|"
    r"observ|follow|report|test|studi|document|analy[sz]|administer|complet|tak|draw|"
    r"calculat|examin|"
    r"repeat|conduct|look|survey|compar|estimat|analys|contact|se)(?:ed|en)"
    r"(?: at(?= each)| up(?! to)| out)?|drawn|done|assesed"
)
_DOING: Final = rf"{_DONE}|measur(?:ing|ements?)|assess(?:ing|ments?)|observations?"
_WHEN_WORD: Final = (
    r"at|on|in|over|for|up to|within|during|after|following|until|till|through|"
    r"throughout|from|between|before|prior to|every|each|once|daily|weekly|monthly|"
    r"annually|yearly|baseline|approximately|about"
)
_WHEN: Final = (
    rf"(?:(?:{_WHEN_WORD}) (?=.*(?:[0-9]|baseline|screening))|{NAMED}[ -]?[0-9]|[0-9]"
    r"|(?:at|on|upon) (?:the )?(?:end|completion|discharge|time|enrol|admission|start)"
    r"|(?:after|following|before|during|prior to|until|daily|weekly|monthly|annually|"
    r"yearly)\b|baseline)"
)
_HOW: Final = r"(?:,? (?:[a-z]+ly|once|again|twice|by [a-z]+(?: [a-z]+)?))*?"
_OTHER_TIME: Final = (
    r"(?:before|after|following|from|until|till|during|pre|post|baseline|prior|every|"
    r"each|first|last|end|if|once|who|age)"
)
# Words that name an event or a time, so that what follows may count from them.
_EVENT: Final = (
    r"(?:before|after|following|from|until|till|to|through|throughout|during|post\w*|"
    r"pre\w*|baseline|end\w*|start\w*|first|last|next|previous|past|each|every|and|or|"
    r"discharge|surgery|treatment|therapy|visits?|follow\w*|complet\w*|admission|"
    r"enrol\w*|"
    r"randomi\w*|screening|days?|weeks?|months?|years?|hours?|minutes?|up|within|at|on|"
    r"in|"
    r"for|over|by|period|phase|cycles?|courses?|time|delivery|birth|born|ages?|aged|"
    r"dos\w*|"
    r"infusion|injection|vaccin\w*|diagnosis|procedure|operation|study|trial|change\w*|"
    r"stay|hospital\w*|intervention|not|no|than|least|most|minimum|maximum|about|"
    r"approx\w*"
    r"|average|mean|median|between|pregnan\w*|gestation\w*|session|part|the|an?|total|"
    r"inclusion|transplant\w*|induction|once|twice|daily|weekly|monthly|annually|"
    r"extension|"
    r"death|progression|relapse|estimated|expected|another|further|additional|lasting)"
)
_POINT: Final = (
    rf"(?:(?:day|week|month|year)s?[ -]?[0-9]|(?:[0-9]+ ?(?:-|to) ?)?{AMOUNT}|"
    r"[0-9]+(?:,| and| &) ?[0-9]|"
    r"[0-9]+(?:st|nd|rd|th) )"
)
_CHANGE: Final = (
    r"^(?:the |an? )?(?:(?:mean|percent(?:age)?|absolute|relative|rate of) )*"
    r"(?:changes?|differences?|improvements?|reductions?|comparisons?)\b"
)

_changes: Final[tuple[Rule, ...]] = (
    ("change", rf"{_CHANGE} (?:from|between) pre (?:to|and) ", "baseline to "),
    (
        "change",
        rf"{_CHANGE} (?=(?:from|between) (?:screening|pre-?test|pre-?treatment|before|"
        r"enrol+ment|inclusion)\b)",
        "",
    ),
    ("between baseline and", rf"{_CHANGE} between baseline and ", "baseline and "),
    (
        "baseline",
        rf"{_CHANGE}[^0-9;]*?\bbaseline\b[^0-9;]*? (?:up )?(?:to|through|until) "
        rf"(?:the )?(?:end of (?:the )?)?(?={_POINT}|[0-9]+(?:st|nd|rd|th) )",
        "baseline to ",
    ),
    (
        "baseline",
        rf"{_CHANGE}(?![^0-9]*\b(?:to|until|through)\b)(?:[^0-9;()]|\([^0-9()]*\))*?"
        r"\bbaseline\b[^0-9;()]*? "
        rf"(?:(?=after )|(?:at|on|in|over|by) (?:the )?)(?={_POINT}|after {_POINT})",
        "",
    ),
    ("between|from", rf"{_CHANGE} (?=(?:between|from) {_POINT})", ""),
    (
        "baseline",
        rf"{_CHANGE} from baseline [^0-9,;()]*?(?=\b(?:immediately |right |just )"
        r"(?:after|following|before) )",
        "",
    ),
    (
        "between",
        rf"{_CHANGE} between [^,;]+ at (?=[0-9]+(?: {UNIT})? and {AMOUNT}\b)",
        "",
    ),
    (
        "change|differ|improve|reduc",
        rf"{_CHANGE} (?:in|of) (?!.*\b(?:from|between|to|compared)\b)[^0-9;(),]* "
        rf"(?:at|on|after|over) (?={_POINT})",
        "",
    ),
)

_measured: Final[tuple[Rule, ...]] = (
    (
        "as the|as time|as interval|as period|as duration|as length",
        r"^[^0-9;]*? as (?:the )?(?:time|interval|period|duration|length)"
        r"(?: of time| interval| in [a-z]+| ?\([a-z]+\))* (?=(?:from|between) )",
        "",
    ),
    (
        "ed |en |done|drawn",
        rf"^(?![^0-9]*?\b{_OTHER_TIME}\b[^0-9]*? (?:{_DONE}) )"
        rf"[^0-9:;()]*?\b(?:{_DONE})"
        rf"{_HOW} (?={_WHEN})",
        "",
    ),
    (
        "ed|en|ing|ment|done|drawn|observation",
        rf"^(?:(?:will be|to be|is|are|was|were) )?(?:{_DOING}){_HOW} "
        rf"(?=(?!for [a-z]){_WHEN})",
        "",
    ),
    (
        "at|on|within|up to|every",
        rf"^(?:(?!{_EVENT}\b)[a-z][a-z𝟢-𝟫'/+-]* ){{1,8}}(?:at|on|(?=within|up to|every "
        r"[0-9]|after "
        rf"{AMOUNT}$)) ?(?:the )?"
        rf"(?=(?:within |up to |after |every |post-?operative )?{_POINT})",
        "",
    ),
    (
        "while |via |using ",
        rf"((?:{AMOUNT}|{NAMED} [0-9]+)[^0-9]*),? (?:while|via|using) [^0-9,;]*$",
        r"\1",
    ),
    (
        "mortality|survival",
        rf"^({AMOUNT}|{NAMED} [0-9]+) (?:overall |all-cause )?(?:mortality|survival)$",
        r"\1",
    ),
)

leave_out_clauses = rewriter((*_changes, *_measured))
"""Leaves out what is measured, and that it is."""
