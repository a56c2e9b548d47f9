"""Words of frequency in the short form that its clauses read."""

from typing import Final

from .iso import UNIT
from .numbers import ORDINALS
from .rewrite import rewriter

_ORDINALS: Final = tuple(ORDINALS)[:9]

simplify = rewriter(
    (
        (".", r"\b([a-z])\. ?([a-z])\.?(?: ?([a-z])\b\.?)?(?![a-z])", r"\1\2\3"),
        ("once|twice|thrice|twicely", r"\bonce\b", "1 time"),
        ("twice|thrice", r"\btwice(?:ly)?\b", "2 times"),
        ("thrice", r"\bthrice\b", "3 times"),
        ("other|alternat", r"\bevery other (?=day|week|month)", "qq 2 "),
        ("alternat", r"\balternate (?=days (?:a|per|each) week)", ""),
        ("alternat", r"(?<=week) (?:in|on) alternat(?:e|ing) days$", ""),
        ("alternat", r"\b(?:every )?alternat(?:e|ing) days?\b", "qq 2 days"),
        # `every 2 weeks or every 4 weeks` is from two to four, as `every 2 or 4 weeks`.
        (
            "every",
            rf"\bevery ([0-9]+)( {UNIT})? or (?:1 time )?(?:every )?(?=[0-9]+ {UNIT})",
            r"every \1 or ",
        ),
        ("first", r"\b(?:on )?(?:the )?first ([2-9]|[12][0-9]) days\b", r"days 1-\1"),
        ("divided", r"\bdivided (?=[bt]id\b|qid\b)", ""),
        ("hrly", r"\bhrly\b", "hourly"),
        ("m. and|m and", r"^am and pm$", "morning and evening"),
        ("every day|each day", r"\b(daily|[bt]id)\)? (?:every|each) day$", r"\1"),
        ("or more", r"^([0-9]+) or more (?=times|days)", r"≥ \1 "),
        ("perative", r"^pre-?operative(?:ly)?$", "before operation"),
        ("perative", r"^post-?operative(?:ly)?$", "after operation"),
        # The interval behind days is the length of the cycle that they are counted in.
        (
            "q|every",
            r"(?<=days )([0-9][0-9, and&-]*),? (?:every|q) ?([0-9]+) ?"
            r"(days?|d|weeks?|w)$",
            r"\1 of each \2 \3 cycle",
        ),
        *(
            (word, rf"\bevery {word} (?=day|week|month)", f"qq {n} ")
            for n, word in enumerate(_ORDINALS[1:4], 2)
        ),
        (
            "th|nd|rd",
            r"\bevery ([2-9]|1[0-9])(?:nd|rd|th) (?=day|week|month)",
            r"qq \1 ",
        ),
        *(
            (word, rf"\b(?:the )?{word} (day|week)\b", rf"\1 {n}")
            for n, word in enumerate(_ORDINALS, 1)
        ),
        (
            "th|st|rd|nd",
            r"\b([0-9]+)(?:st|nd|rd|th) and ([0-9]+)(?:st|nd|rd|th) (day|week)s?\b",
            r"\3 \1-\2",
        ),
        ("th|st|rd|nd", r"\b([0-9]+)(?:st|nd|rd|th) (day|week)\b", r"\2 \1"),
        (
            "about|approx|around",
            r"\b(?:about|approximately|approx\.?|around) every (?=[0-9])",
            "every ≈",
        ),
        (
            "about|approx|around|~",
            r"(?:\babout|\bapproximately|\bapprox\.?|\baround|~) ?(?=[0-9]|day )",
            "≈",
        ),
        (
            "max|up to|most|more than|until",
            r"\b(?:(?:to )?a )?(?:max(?:imum)?\.?(?: of)?|up to(?: a maximum of)?|"
            r"at most|(?:not|no) more than|until) (?=[0-9]|[bqt]id\b|every)",
            "≤ ",
        ),
        ("least|minim", r"\b(?:at least|minimum of|a minimum of) (?=[0-9])", "≥ "),
        ("±|+/-", r" ?\((?:±|\+ ?/ ?-) ?[0-9]+(?: ?\w+)?\)", ""),
        ("±|+/-", r"(?<=[0-9]) ?(?:±|\+ ?/ ?-) ?[0-9]+", ""),
        (
            "between",
            rf"\bbetween (?:the )?((?:days? )?[0-9.+-]+(?: ?{UNIT})?) and (?=[0-9+-])",
            r"\1 to ",
        ),
        ("-per-|-a-", r"-(per|a)-", r" \1 "),
        ("calendar", r"\bcalendar (?=day)", ""),
        ("continuous", r"\bcontinuously (?=(?:on )?days? )", ""),
        ("awake", r",? (?:while|when) awake$", ""),
        ("divided|split", r"\b(?:divided|split)\b", "÷"),
        ("in a row", r" (?:in a row|consecutively)\b", " "),
        (
            "same",
            r"\b(?:at )?(?:the )?same (?:hour|time)s?(?: of (?:the )?day)?"
            r"(?=$| every| each)",
            " ",
        ),
        ("interval|apart|separ", r"\binterval of ≈?(?=[0-9])", "intervals of "),
        ("each time", r"\beach time\b", " "),
    )
)
