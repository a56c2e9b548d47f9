"""What in a time of measurement only explains: labels of visits, how it is measured."""

from typing import Final

from .iso import NUMBER
from .numbers import NUMBER_WORDS
from .rewrite import Rule, rewriter
from .time_frame_terms import AMOUNT, LISTED, NAMED, PERIOD

_NO_TIME: Final = (
    r"(?![^:]*\b(?:before|after|pre|post|prior|following|until|to|times?|each|every|daily|"
    r"weekly|monthly)\b)"
)
_DATE: Final = r"(?:[0-9]{0,2}[ -]?[a-z]{3,9}[ -]?)?(?:19|20)[0-9]{2}"
_COURSE: Final = r"(?:cycle|course|period|phase|session|part)"

_brackets: Final[tuple[Rule, ...]] = (
    (
        "(",
        r"\b(?:[TV]|(?:visit|time ?point|assessment) ?#?)[0-9]+ ?\(([^()]*)\)",
        r"\1",
    ),
    ("(t|(v|(visit", r" ?\((?:T|V|visit )[0-9]+\)", ""),
    (
        "=",
        r" ?\((?:[^()=0-9]* ?= ?(?:day|week|month|d|t) ?[01]|(?:day|week|month|d|t) "
        r"?[01] ?"
        r"= ?[^()=0-9]*)\)",
        "",
    ),
    (
        "(cycle|(period|(part|(phase|(visit",
        r"(?<=[a-z0-9]) ?\((?:cycle|period|part|phase|visit) [0-9]+\)$",
        "",
    ),
    ("plus or minus", r" ?\(plus or minus [^()]+\)", ""),
    ("(c", r"(?<=[a-z]) ?\((?:cycle ?1,? ?day ?1|C1D1)\)", ""),
    (
        "cycle|course",
        rf"\b(?:{NUMBER}|{'|'.join(NUMBER_WORDS)}) (?:treatment |study )?(?:cycle|"
        r"course)s?,? ?[(\[]((?:(?:about|"
        rf"approximately|up to) )?{AMOUNT})[)\]]",
        r"\1",
    ),
    ("20|19", rf" ?\((?:from )?{_DATE}(?: ?(?:-|to) ?{_DATE})?\)", ""),
    (
        "estimated|expected|anticipated|planned",
        r"\((?:estimated|expected|anticipated|planned) (?:to be|at|as) ",
        "(approximately ",
    ),
    (
        "visit|point|follow|assessment|round|examination|session|measurement",
        r"^[^0-9()]*\b(?:visit|time ?point|follow[ -]?up|assessment|round|examination|"
        rf"session|measurement)s? ?\(((?:at |on )?(?:{NAMED} {LISTED}|{LISTED} {NAMED}|"
        rf"(?:(?:{NAMED} [0-9]+|{AMOUNT})(?:, ?| and |(?=\)))){{2,}}"
        rf"|(?:{AMOUNT}(?:, ?(?:and )?| and ))+{AMOUNT} (?:after|post|"
        r"from)[ -][^0-9()]+"
        r"))\)$",
        r"\1",
    ),
    (
        "from baseline)|after baseline)",
        r"\band (?:at|on|after|before) [^0-9(),;]+ "
        rf"\(({AMOUNT} (?:from|after) baseline)\)",
        r"and \1",
    ),
    (
        "(within",
        rf"^[^0-9()]+\((within {AMOUNT} (?:after|following|from|of) [^0-9()]+)\)$",
        r"\1",
    ),
    (
        "cycle|course",
        rf"^((?:up to |about )?{AMOUNT}) ?\([^()]*\b(?:cycle|course)s?\b[^()]*\)$",
        r"\1",
    ),
    (
        "cycle|course|period|phase",
        rf"^(?:during )?(?:the )?({_COURSE} 1) ?\(({AMOUNT})\)$",
        r"up to \2 of \1",
    ),
    (
        "cycle|course|period|phase|session|part",
        rf"^(?:at |after |on )?(?:the )?((?:(?:end|start) of )?{_COURSE} [0-9]+) ?"
        rf"\(({AMOUNT}|{NAMED} [0-9]+)\)$",
        r"\2 of \1",
    ),
)

_labels: Final[tuple[Rule, ...]] = (
    ("after it", r"^during ([^0-9,]+?) (?:and|or) after it$", r"during and after \1"),
    ("twice|times", r"^(?:twice|(?:two|three|four|five|[0-9]) times)[:,] ?", ""),
    ("any time|anytime", r"^(?:at )?any ?time (?=after |following )", ""),
    ("point", rf"({AMOUNT}|{NAMED} [0-9]+),? (?:by )?time ?points?$", r"\1"),
    (
        "as nec|as need|as clin|as req",
        r",? (?:and|or) as (?:necessary|needed|clinically indicated|required)"
        r"(?: (?:later|thereafter)[^0-9]*)?$",
        "",
    ),
    (
        "later",
        r"\blater,? at (?:the )?(?:last|final|end|next|second|follow-up)(?: study)? "
        r"visit$",
        "later",
    ),
    (
        "end of",
        rf"({AMOUNT}|{NAMED} [0-9]+),? at (?:the )?end of (?:the )?(?:study|treatment|"
        r"trial|therapy|intervention|follow-up)(?: period)?$",
        r"\1",
    ),
    (
        "follow",
        r"(?:(?<= and )|(?<=, )|^)(?:at )?(?:each|every|all|the) follow[ -]?ups?"
        rf"(?: visits?)?,? \(?(?:i\.?e\.?|namely|that is),? (?=(?:at )?(?:{NAMED} "
        r")?[0-9])",
        "",
    ),
    (
        "participants|patients|subjects",
        r"^(?:[^0-9:]{1,60}: )?(?:participants|patients|subjects) (?:will be|were|are) "
        rf"(?:followed(?: up)?|observed|monitored|assessed) (?={PERIOD} )",
        "",
    ),
    (":", r"^(?:at )?(?:each|every) visits? ?: ?", ""),
    (":", rf"^{_NO_TIME}[a-z][^0-9:,;]{{0,40}}: (?=[^:;]+$)", ""),
    (
        "assess|evaluat|measure",
        r"^(?:assess|evaluat|measur)(?:ed|ments?|ions?)(?: was| will be| is| were)? "
        r"(?=(?:at|on|after|before|during|until|every) )",
        "",
    ),
    (
        "visit|diar|follow|call",
        r"(?:^|(?<=[;,] )|(?<= and ))(?:after )?(?:an? |the )?"
        r"(?:(?:study|clinic|clinical|final|scheduled|phone|extra|additional|last) )*"
        r"(?:visits?|diary|diaries|follow[ -]?ups?|calls?)(?: visits?)? "
        rf"(?:at|on|in|of) (?=[0-9]|{NAMED}[ -]?[0-9]|[dmw][0-9]|baseline)",
        "",
    ),
)

_without_brackets, _without_labels = rewriter(_brackets), rewriter(_labels)


def leave_out_labels(text: str) -> str:
    """Leave out what changes no time, and brackets whose time says when it is.

    text (str): From `fold_time`.
    RETURNS (str): The text; the same one if it has nothing of the kind.
    """
    if "(" in text or "[" in text:
        text = _without_brackets(text)
    return _without_labels(text)
