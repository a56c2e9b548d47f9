"""Words of frequency in the short form that its clauses read."""

from typing import Final

from .frequency_wordings import WORDINGS
from .iso import UNIT
from .numbers import ORDINALS
from .rewrite import rewriter

_ORDINALS: Final = tuple(ORDINALS)[:9]
_NTH: Final = r"(?:st|nd|rd|th)"
_NUMBERED: Final = "|".join(
    ("1st", "2nd", "3rd", *(f"{digit}th" for digit in range(10)), *_ORDINALS)
)
_BETWEEN: Final = r"(?:(?: ?[,&-] ?| and | to )+(?:the )?)"
_OF_A_DAY: Final = r"(?: post-?op(?:erative)?)? (?:day|week)s?\b"

simplify = rewriter(
    (
        (".", r"\b([a-z])\. ?([a-z])\.?(?: ?([a-z])\b\.?)?(?![a-z])", r"\1\2\3"),
        (
            "day s|week s|month s|time s|dose s|session s|hour s|(s)",
            r"\b(day|week|month|hour|time|dose|session)(?: s\b|\(s\))(?!')",
            r"\1s",
        ),
        ("once|twice|thrice|twicely", r"\bonce\b", "1 time"),
        ("twice|thrice", r"\btwice(?:ly)?\b", "2 times"),
        ("thrice", r"\bthrice\b", "3 times"),
        *WORDINGS,
        ("other|alternat", r"\bevery other (?=day|week|month)", "qq 2 "),
        (
            "alternat",
            r"\b(?:(?:every|each) )?alternat(?:e|ing|ive)[ -]days?\b",
            "qq 2 days",
        ),
        # `every 2 weeks or every 4 weeks` is from two to four, as `every 2 or 4 weeks`.
        (
            "every",
            rf"\bevery ([0-9]+)( {UNIT})? or (?:1 time )?(?:every )?(?=[0-9]+ {UNIT})",
            r"every \1 or ",
        ),
        ("first", r"\b(?:on )?(?:the )?first ([2-9]|[12][0-9]) days\b", r"days 1-\1"),
        ("hrly", r"\bhrly\b", "hourly"),
        ("or more", r"^([0-9]+) or more (?=times|days)", r"≥ \1 "),
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
            _NUMBERED,
            r"\bevery ([2-9]|1[0-9])(?:nd|rd|th) (?=day|week|month)",
            r"qq \1 ",
        ),
        *(
            (
                word,
                rf"\b{word}(?=(?:{_BETWEEN}(?:{'|'.join(_ORDINALS)}|[0-9]+{_NTH}))*"
                rf"{_OF_A_DAY})",
                f"{n}th",
            )
            for n, word in enumerate(_ORDINALS, 1)
        ),
        (
            "between|from",
            rf"\b(?:between|from) (?:the )?([0-9]+){_NTH} (?:and|to) (?:the )?"
            rf"([0-9]+){_NTH} (day|week)s?\b",
            r"\3 \1-\2",
        ),
        (
            _NUMBERED,
            rf"\b([0-9]+){_NTH}(?={_BETWEEN}(?:[0-9]+{_NTH}?{_BETWEEN})*[0-9]+{_NTH}"
            rf"{_OF_A_DAY})",
            r"\1",
        ),
        (
            _NUMBERED,
            rf"\b(?:the )?((?:[0-9]+{_BETWEEN})*[0-9]+){_NTH} (day|week)s?\b",
            r"\2 \1",
        ),
        (
            "about|approx|around",
            r"\b(?:about|approximately|approx\.?|around) every (?=[0-9])",
            "every ≈",
        ),
        (
            "about|approx|around|~",
            r"(?:\babout|\bapproximately|\bapprox\.?|\baround|~) ?(?=[0-9]|day |week )",
            "≈",
        ),
        (
            "max|up to|most|than|until",
            r"\b(?:(?:to )?a )?(?:max(?:imum)?\.?(?: of)?|up to(?: a maximum of)?|"
            r"at most|(?:not|no) (?:more|later|greater) than|until) "
            r"(?=[0-9]|[bqt]id\b|every)",
            "≤ ",
        ),
        (
            "max|up to|most|than|until",
            rf"^≤ (?=[0-9.]+ ?-?{UNIT} (?:before|prior to|after|following|post) )",
            "within ",
        ),
        ("least", r"\bat least (?=(?:daily|weekly|monthly|every day)$)", "≥ 1 time "),
        ("least|minim", r"\b(?:at least|(?:a )?minimum(?: of)?) (?=[0-9])", "≥ "),
        ("±|+/-", r" ?\((?:±|\+ ?/ ?-) ?[0-9]+(?: ?\w+)?\)", ""),
        ("±|+/-", r"(?<=[0-9]) ?(?:±|\+ ?/ ?-) ?[0-9]+", ""),
        (
            "between",
            rf"\bbetween (?:the )?((?:days? )?[0-9.+-]+(?: ?{UNIT})?) and (?=[0-9+-])",
            r"\1 to ",
        ),
        ("- to", r"(?<=[0-9])- to (?=[0-9])", " to "),
        ("-per-|-a-", r"-(per|a)-", r" \1 "),
        ("calendar", r"\bcalendar (?=day)", ""),
        ("continuous", r"\bcontinuously (?=(?:on )?days? )", ""),
        ("awake", r",? (?:while|when) awake$", ""),
        ("divided|split", r"\b(?:divided|split)\b", "÷"),
        ("in a row", r" (?:in a row|consecutively)\b", " "),
        (
            "same",
            r"\b(?:at )?(?:about |around |approximately )?(?:the )?same (?:hour|time)s?"
            r"(?: of (?:the )?day)?"
            r"(?=$| every| each)",
            " ",
        ),
        ("interval|apart|separ", r"\binterval of ≈?(?=[0-9])", "intervals of "),
        ("each time", r"\beach time\b", " "),
    )
)
