"""Events that a time of measurement names by another: `the last one`, `its end`."""

from typing import Final

from .iso import NUMBER, UNIT
from .rewrite import Rule, rewriter
from .time_frame_names import OR
from .time_frame_terms import AMOUNT, NAMED, TO

_references: Final[tuple[Rule, ...]] = (
    (
        " its ",
        rf"^((?:from |during )?(?:the )?(?:start of (?:the )?)?([^0-9,]+?) (?:{TO}|and)"
        r".* after) its "
        r"(end|completion|discontinuation|cessation|removal)\b",
        r"\1 \3 of \2",
    ),
    (
        "after complet",
        rf"\bafter complet(?:ion of|ing)(?: the)? (?={AMOUNT} of )",
        "after ",
    ),
    (
        "after it",
        r"^((?:during|before) (?:the )?([^0-9,]+?),? (?:and|or)\b.*\bafter) it (?:is|"
        r"was|"
        r"has been) (?:completed|finished|over|stopped)$",
        r"\1 the end of \2",
    ),
    (
        "signed",
        r"\b(?:the )?(?:(?:time|date)(?: of)? )?(?:the )?(?:ICF|informed consent(?: "
        r"form)?)"
        r" (?:is|was|has been) signed\b",
        "informed consent",
    ),
    (
        "pre",
        rf"^(?:from )?(pre-?([a-z]+)) {TO} (?=(?:{NAMED} )[0-9]+(?:, ?(?:and )?| and )"
        r"[^;]*\bpost-?\2$)",
        r"\1, ",
    ),
    (
        "during",
        r"^during,? (?:and|or) (?:up to |within |for |until )?(?:the )?(?:first )?"
        rf"(?=(?:{AMOUNT}) (?:after|following|post|of)\b)",
        "from 0 to ",
    ),
    ("t0", rf"\b(?:in )?T0(?=(?:,| and) )(?=.*{AMOUNT})", "baseline"),
    (
        "before",
        rf"^({AMOUNT}) before(?:,| and) ({AMOUNT}) after(?:wards?)?$",
        r"-\1, \2",
    ),
    ("immediate", r"^immediate(?:ly)?(,| and) (?=(?:at |after )?[0-9])", r"0 days\1 "),
    (
        " or ",
        r"\b((?:after|before|following|post)[ -])(?:the )?([^0-9,;]+?) or (?!until|at "
        r"|to |up |within|when)"
        r"((?:[^0-9,;]+ )?(?:administration|infusion|injection|vaccination|"
        r"transplant\w*|surgery|dosing|treatment|placebo))$",
        rf"\1\2{OR}\3",
    ),
    ("partum", r"^post-?partum ([0-9].*)$", r"\1 after delivery"),
    ("since", rf"^since (?=.* {TO} )", "from "),
    (
        "plus|+",
        rf"\b({TO} )(?:the )?([^0-9,()]+?) ?(?:plus |\+ ?)({AMOUNT})(?=$| \(|,)",
        r"\1\3 after \2",
    ),
    (
        "the last",
        rf"\b(first (?:[a-z-]+ )*?([a-z-]+) {TO} .*[0-9].* after the last)(?=,| \(|$)",
        r"\1 \2",
    ),
    (
        "each|every",
        rf"^(?:at |after |on )?((?:each|every) (?!{NAMED})(?:[a-z]+ ){{1,3}}?)(?:for|"
        rf"during|over|throughout|until|in)(?: the)? (?:first )?(?={AMOUNT}$|{NAMED} "
        r"[0-9]+$)",
        r"\1, up to ",
    ),
    (
        "during|throughout|over",
        r"^(?:(?:at )?any ?time )?((?:during|throughout|over) (?:the |each )?)"
        rf"({AMOUNT}) "
        r"((?!.*\b(?:after|post|following|since|from|that|before|prior|until|in|on|or|"
        r"and)\b)(?!of )[a-z][^0-9,]*)$",
        r"\1\3, up to \2",
    ),
    (
        "course|treatment|period|session|program|phase|therapy|study|trial|intervention",
        rf"\b((?:after|before|following|of|in) (?:the |each |an? ))(?:{AMOUNT}) "
        r"(?=(?:course|treatment|period|session|program|phase|therapy|study|trial|"
        r"intervention))",
        r"\1",
    ),
    (
        "during|throughout|and",
        r"^(?:during |throughout )?(?:the )?([^0-9,]+?) and (?:in |for |during |up to "
        r"|within )?(?:the )?"
        rf"(?:(?:following|next|subsequent) ({AMOUNT})(?: after| thereafter| "
        r"afterwards?)?|"
        rf"({NUMBER}) following ({UNIT})|({AMOUNT}) (?:that follow|following|"
        r"thereafter|afterwards?|after|beyond))$",
        r"up to \2\3 \4\5 after \1",
    ),
    (
        "before|prior",
        rf"\b({AMOUNT}) (?:before|prior)(?=(?:,| and|, and) )(?=.*\b(?:after|post) "
        r"(?:the )?([a-z][^0-9,;]*(?: day [0-9]+)?)$)",
        r"\1 before \2",
    ),
    (
        "after",
        r"(?:^|(?<=, )|(?<=and ))(?:right|immediately|just|directly|shortly|once) "
        r"after(?=,| and)(?=.*[0-9] ?[a-z]+ (?:after|post))",
        "0 minutes",
    ),
)

name_events = rewriter(_references)
"""Writes out events that are named by others, or left out."""
