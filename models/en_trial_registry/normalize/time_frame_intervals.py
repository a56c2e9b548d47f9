"""How often times of measurement return, in words that the grammar reads."""

from typing import Final

from .rewrite import Rule
from .time_frame_terms import AMOUNT, BASE, NAMED, TO

INTERVALS: Final[tuple[Rule, ...]] = (
    (
        "end of ea|end of ev",
        r"\b(?:at )?(?:the )?end of (?:each|every) (?=(?:[0-9]+[ -])?(?:day|week|"
        r"month))",
        "every ",
    ),
    (
        "every|daily|weekly|monthly|annually",
        rf"^from {BASE},? (?=every|daily|weekly|monthly|annually)",
        "",
    ),
    ("each", r"\b(?:at )?each (?=(?:[0-9]+[ -]|half-)?(?:year|month|week|dai)ly)", ""),
    ("once", r"\bonce (?=every [0-9])", ""),
    ("x", r"\b1 ?x ?/ ?(?=(?:day|week|month|year)\b)", "every "),
    (
        "basis",
        rf"^({AMOUNT}) (?:on|at) an? ([a-z-]+ly|every [0-9]+ {NAMED}) basis$",
        r"\2 for \1",
    ),
    (
        "intervals",
        rf"^((?:[0-9]+-?(?:, ?(?:and )?| and ))+{AMOUNT}) intervals$",
        r"\1",
    ),
    (
        "intervals|increments",
        rf"^(?:(?:at|in|with) )?({AMOUNT}) (?:intervals|increments)"
        r"(?=$|,| (?:for|during|over|up to|until|through|after)\b)",
        r"every \1",
    ),
    (
        "intervals",
        rf"^(?:from )?((?:{BASE}|[a-z ]+?) {TO} [^,;]+?),? (?:at|in|with) ({AMOUNT}) "
        r"intervals$",
        r"from \1, every \2",
    ),
    (
        "up to",
        rf"^((?:every|each|[a-z]+ly)\b.*? up to (?:{NAMED} [0-9]+|{AMOUNT})),? or "
        r"(?:until )?[^0-9,]+$",
        r"\1",
    ),
    ("once", r"^once (?:an? |per )?week\b", "weekly"),
    (
        "ly ",
        r"^(daily|weekly|monthly|hourly) (?:(?:during|while) )?[a-z][^0-9,]*? "
        r"(?=(?:up to|until|to) (?:study )?(?:[0-9]|day |week ))",
        r"\1 ",
    ),
    (
        "every|ly ",
        rf"\b((?:every|daily|weekly|monthly) .*?(?:for|during|over) {AMOUNT}) (?:of|"
        r"during) (?:the )?(?:[a-z]+ )?"
        r"(?:treatment|therapy|intervention|study|trial)(?: \([^()0-9]*\))?$",
        r"\1",
    ),
    ("ly", rf"^((?:dai|week|month|year|annual)ly) (?={AMOUNT}$)", r"\1 for "),
    (
        "annual|yearly|half",
        r"\b(?:(?:half|semi|bi)[ -]?annual(?:ly)?|half[- ]yearly|twice yearly|"
        r"(?:every|each) half year)\b",
        "every 6 months",
    ),
    ("quarter", r"\b(?:quarterly|every quarter)\b", "every 3 months"),
    (
        "intervals",
        r"\b(?:at |in |with )?(hourly|daily|weekly|monthly) intervals\b",
        r"\1",
    ),
    (
        "interval",
        r"\b(?:at|with|in) (?:an )?([0-9]+)[- ]([a-z]+) intervals?\b",
        r"every \1 \2",
    ),
)
"""Rules for intervals."""
