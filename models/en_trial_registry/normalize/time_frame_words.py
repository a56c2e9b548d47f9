"""Times of measurement in the short form that their grammar reads."""

import re
from typing import Final

from .iso import NUMBER, UNIT
from .rewrite import rewriter
from .time_frame_terms import BASE, LIST, NAMED, TO
from .value import Unreadable

_without_approximate = rewriter(
    (
        (
            "about|appr|around|circa|ca.|roughly|estimated|~",
            r"(?:\b(?:about|approximately|approx\.?|around|circa|ca\.?|roughly|"
            r"estimated)|~) ?(?:at )?(?=[0-9]|up to|week|day|month|wk|an average|"
            r"within)",
            "",
        ),
    )
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
    r"|,? ?\bassessed (?:for )?(?:up to )?|,? ?\b(?:censored|truncated) at)"
    rf" ?(?=(?:{NUMBER}|days? [0-9]))"
)
_VERSUS: Final = r"(?:compar(?:ed|ing) (?:to|with)(?: the)?|versus|vs\.?)"
_MEASURED: Final = (
    r"^(?:will be )?(?:assessed|assessments?|completed(?= at b)|measured|evaluated|"
    r"followed|collected|"
    r"obtained|monitored|observed|recorded)(?: (?:at|on|over|for|is|in))? "
    r"(?=[0-9]|day|week|month|up to|every|baseline|after|before|daily|from)"
)
_TIME: Final = rf"(?:{NAMED} )?[0-9]+(?:st|nd|rd|th)?(?:[ -]?{UNIT})?"
_TIMES: Final = (
    rf"(?:{_TIME}(?:{LIST}|,? or )(?:to )?)+{_TIME}"
    r"(?:$| of (?:the )?(?:treatment|therapy|intervention|study|trial)$)"
)
_rewrite = rewriter(
    (
        ("once", r"^once(?:,? (?=[^ae])| - )", ""),
        (":|=", r"\b[tv][0-9] ?[:=] ?", ""),
        ("to up to", r"\bto up to\b", "up to"),
        ("any time", r"^(?:at )?any ?time (?=during|within|up to|until)", ""),
        (
            "every m|every e|every n|every d|each m|each e|each n|each d",
            r"^(?:every|each) (?:morning|evening|night|day)"
            r"(?=,|$| (?:for|from|until|during|over|throughout|through|to|on)\b)",
            "daily",
        ),
        ("then", r"\b(?:and )?then (?=[a-z0-9])", "then "),
        (
            "thereafter",
            r"\b(?:and )?thereafter,? "
            r"(?=every |[a-z0-9]+[ -]monthly|monthly|yearly|annual)",
            "then ",
        ),
        ("+", r" ?\(\+ ?[0-9]+ ?\w+\)", ""),
        ("from then on|after that", r",? (?:from then on|after that)\b", " thereafter"),
        ("upto", r"\bupto\b", "up to"),
        (
            "first",
            r"\b(within|during|over|throughout) (?:the )?first "
            r"(?=(?:hour|day|week|month|year)\b)",
            r"\1 1 ",
        ),
        ("through out", r"\bthrough out\b", "throughout"),
        (
            "collected|assess|measured|evaluated|obtained|biopsy|swabs",
            rf"^[^0-9,;]{{0,40}}\b(?:{_DONE}) at (?=[0-9]|week|day|month|D[0-9])",
            "",
        ),
        (
            "change",
            rf"^(?:mean )?changes? from baseline (?:(?![0-9] ?{UNIT}).)* at (?=[0-9]+ "
            r"\w+$)",
            "",
        ),
        ("which", _WHICHEVER, ""),
        ("dialy|dayly", r"\b(?:dialy|dayly)\b", "daily"),
        ("inmediat|immediat", r"\b(?:inmediately|immediatly)\b", "immediately"),
        ("-", r"(?<=[0-9])-(?=(?:day|week|month|year|hour|minute)s?\b)", " "),
        ("between", r"\bbetween (?:the )?([^,;]+?) and (?:the )?", r"\1 to "),
        (
            "average|mean of|expected|max|assessed|censored|truncated",
            _AVERAGE,
            ", up to ",
        ),
        ("on average", rf"({NUMBER} ?{UNIT}) on average", r"up to \1"),
        (
            "up to|average|expected|max|assessed|first ",
            rf"\b(up to|first) {NUMBER}(?: ?- ?| to | or )(?={NUMBER} ?{UNIT})",
            r"\1 ",
        ),
        (
            "assess|measur|evaluat|follow|collect|obtain|monitor|observ|record|completed",
            _MEASURED,
            "",
        ),
        ("change", r"^(?:mean )?changes? (?=from baseline|from week|from day)", ""),
        ("from baseline", r"^from baseline (?:at|after) (?=[0-9]|week|day|month)", ""),
        ("for", r"^for (?=[0-9])", "over "),
        (
            " to |through|until",
            rf"^(?:from )?((?:{BASE}|day [01]|week [01])(?: visit)?) {TO} (?:the )?"
            rf"(?={_TIMES})",
            r"\1, ",
        ),
        (
            "last observation|locf",
            r",? (?:last observation(?: carried forward)?|\(?locf\)?)$",
            "",
        ),
        (
            "compare|versus|vs",
            rf" {_VERSUS} (?=(?:pre|base|day 0|week 0))"
            rf"|(?<=^baseline) {_VERSUS} (?=[0-9]|day|week|month|year)",
            ", ",
        ),
    )
)
_TOLERANCE = re.compile(
    rf"(?<=[0-9a-z]) ?(?:±|\+ ?/ ?-) ?{NUMBER}(?P<unit>[ -]?{UNIT})?", re.IGNORECASE
)
_UNIT_LEADS = re.compile(
    rf"(?<![a-z])(?:{NAMED}|[dwm]|cycle|course|dose|visit) ?#?-?[0-9]+(?:{LIST}[0-9]+)"
    r"*$|[^0-9]$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r" ?[(\[]([^()\[\]]*)[)\]]")
_IE = re.compile(r"^i\.?e\.?,? (?:for )?(?=[au0-9])", re.IGNORECASE)
_LIMIT_INSIDE = re.compile(
    r"^(?:assessed |followed )?(?:up to|about|"
    r"approx(?:imately|\.)?|estimated|"
    r"(?:an? )?average of|median(?: of)?|expected|maximum|"
    r"max\.?|~|≈|ca\.?|for|censored at|truncated at)[ a-z]*? ?"
    rf"(?:(?:{NUMBER} ?(?:-|to) ?)?{NUMBER} ?{UNIT}|day {NUMBER}$)",
    re.IGNORECASE,
)
_HAS_TIME = re.compile(
    r"[0-9]|baseline|before|\bpre|screening|enrol|inclusion|randomi", re.IGNORECASE
)


_SIMPLE_TIME = re.compile(
    rf"(?:{NUMBER}[ -]?{UNIT}|(?:day|week|month|year|wk) ?{NUMBER})$", re.IGNORECASE
)
_RUNS_TO = re.compile(r"\b(?:from|through|until|till|up to|to)\b", re.IGNORECASE)
_TO_EVENT = re.compile(r" (?:to|through|until|till) [^0-9,;()]+$", re.IGNORECASE)
_TIMED = re.compile(r"[0-9]|^(?!.* (?:to|through|until) ).*baseline", re.IGNORECASE)
_LEADING = re.compile(r"^(?:(?:at|on|the) )+", re.IGNORECASE)


def _event_at(event: str, time: str, rest: str) -> str:
    """Say what `end of study (week 9)` says in words."""
    if rest.strip(" .") or re.search(r"[,;]| and ", event):
        raise Unreadable("a time in brackets")
    if _RUNS_TO.search(event):
        return f"{event}, up to {time}"
    return f"{time} of {_LEADING.sub('', event)}"


_OWN_TIME = re.compile(r"cycle|[0-9] ?- ?[0-9]|=|\b(?:and|or)\b", re.IGNORECASE)
_LABELLED = re.compile(r"\b[TV][0-9] ?\(([^()]*)\)")


def _without_tolerance(text: str) -> str:
    """`90 ± 5 days` leaves its unit; after `weeks 2 and 9` it is of the tolerance."""
    done, start = "", 0
    for match in _TOLERANCE.finditer(text):
        done += text[start : match.start()]
        if not _UNIT_LEADS.search(done):
            done += match["unit"] or ""
        start = match.end()
    return done + text[start:]


def brackets(text: str) -> str:
    """Leave out brackets that explain; keep those that say how long.

    text (str): From `fold_time`.
    RETURNS (str): Text without brackets.
    RAISES (Unreadable): If a bracket holds a time of its own.
    """
    if "(" not in text and "[" not in text:
        return text
    if "±" in text or "+" in text:
        text = _rewrite(_without_tolerance(text))
    text = _LABELLED.sub(r"\1", text)
    while match := _BRACKET.search(text):
        before, inside = text[: match.start()], _IE.sub("", match[1].strip())
        last = re.split(r"[,;]| and ", before)[-1]
        if _LIMIT_INSIDE.match(inside):
            kept = f", {inside}" if not re.search(r"[0-9]", last) else ""
        elif _SIMPLE_TIME.match(inside) and not _TIMED.search(before):
            return _event_at(before, inside, text[match.end() :])
        elif re.search(r"[0-9]", inside) and (
            not _HAS_TIME.search(last) or _OWN_TIME.search(inside)
        ):
            raise Unreadable("a time in brackets")
        else:
            ends = _SIMPLE_TIME.match(inside) and _TO_EVENT.search(before)
            kept = f", up to {inside}" if ends and match.end() == len(text) else ""
        text = before + kept + text[match.end() :]
    return text


def simplify(text: str) -> tuple[str, bool]:
    """Shorten expressions of several words.

    text (str): From `brackets`.
    RETURNS (Tuple[str, bool]): The text, and whether its times are approximate.
    """
    if "±" in text or "+" in text:
        text = _without_tolerance(text)
    simple = _without_approximate(text)
    return _rewrite(simple).strip(" .,;:"), simple != text
