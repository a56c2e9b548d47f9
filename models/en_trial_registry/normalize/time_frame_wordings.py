"""Rarer wordings of times of measurement in those that the grammar reads.

They are tried only on a text that can't be read as it stands: a text that can keeps its
value, and common texts are read without looking for rare words.
"""

from typing import Final

from .iso import NUMBER
from .numbers import NUMBER_WORDS, ORDINALS
from .rewrite import Rule, rewriter
from .time_frame_terms import AMOUNT, LIST, NAMED, PERIOD

_NTH: Final = tuple(ORDINALS)
_NUMBERS: Final = tuple(NUMBER_WORDS)[1:11]
_ORDINAL: Final = rf"(?:{'|'.join(_NTH)}|[0-9]+(?:st|nd|rd|th))"
_NUMERAL: Final = rf"(?:{'|'.join(_NUMBERS)}|[0-9]+)"
_UNITS: Final = r"(?:hour|day|week|month|year)"
_BEFORE: Final = r"(?:before|prior to|prior|pre-?)"
_AFTER: Final = r"(?:after|following|post-?)"
_ENTRY: Final = r"(?:screening|enrol+ment|randomi[sz]ation|day ?[01]|week ?0)"
_VAGUE: Final = r"(?:various|regular|multiple|several|different|scheduled|specified)"
_STAYS: Final = r"(?:season|stay|hospitali[sz]ation|phase|period|admission|life|study)"

_COUNTED: Final = (
    rf"(?:{LIST}(?:{_NUMERAL}{LIST})*{_NUMERAL}[ -]{_UNITS}|[ -](?:week|month|"
    r"year)ly\b)"
)
_RANKED: Final = rf"{LIST}(?:the )?(?:{_ORDINAL}{LIST})*{_ORDINAL} {_UNITS}"

_starts: Final[tuple[Rule, ...]] = (
    (
        "/",
        rf"\b{_ENTRY} ?/ ?baseline\b|\bbaseline ?/ ?{_ENTRY}\b|\b{_ENTRY} ?/ ?{_ENTRY}",
        "baseline",
    ),
    ("screening", r"^(?:at )?(?:the )?screening(?: visit)?(?=[,;] | and )", "baseline"),
    (
        "compare|versus|vs",
        r" (?:compared (?:to|with)|versus|vs\.?) (?=pre|base|screen|enrol|inclusion|"
        r"randomi"
        rf"|{NAMED} [0-9]+(?:$|,)|[0-9]+ {NAMED}(?:$|,))",
        ", ",
    ),
    ("change", r"^changes? from (?:0 weeks?|0 days?|week 0|day 0) at (?=[0-9])", ""),
    (
        "pre",
        rf"\bpre-? ?(?:and|&) (?={AMOUNT} post|post)",
        "before and ",
    ),
    ("prior", r"\bprior (?:to )?and ", "before and "),
    (
        "s from|s, from|s through|s, through|s until|s, until|s after|s, after|s up|"
        "s, up",
        r"^(?:days|hours|weeks|minutes),? (?=(?:from|through|until|after|up to) )",
        "",
    ),
    *(
        (
            "-",
            rf"^((?:{NAMED} |[dwm])?[0-9]+)- ?([dwm]?[0-9]+)-([dwm]?[0-9]+){fourth}"
            rf"(?=$|(?:,? and|,) |[ -]{_UNITS}s?$)",
            to,
        )
        for fourth, to in (
            ("-([dwm]?[0-9]+)", r"\1, \2, \3, \4"),
            ("", r"\1, \2, \3"),
        )
    ),
    ("befor ", r"\bbefor ", "before "),
)

_amounts: Final[tuple[Rule, ...]] = (
    ("'", r"(?<=s)' ", " "),
    (
        "postop|post-op",
        r"\b(first|second|third|[0-9]+(?:st|nd|rd|th)) post-?operative "
        r"(day|week|month)",
        r"\1 \2 after operation",
    ),
    (
        "visit|consult|check|assess|exam|interview|survey|contact|call|control|measure",
        rf"\b({AMOUNT}|{NAMED} [0-9]+|[0-9]+(?:st|nd|rd|th) {_UNITS})[ -]"
        r"(?:(?:study|clinic|clinical|office|home|phone|outpatient) (?:follow-up )?)?"
        r"(?:consultation|check[ -]?up|visit|assessment|evaluation|"
        r"examination|interview|survey|appointment|contact|call|control|"
        r"measurement)s?\b",
        r"\1",
    ),
    ("-", r"(?<=[0-9])-(?=,| and| or| month| week| day)", ""),
    (
        "consecutive|calendar|full|complete|whole",
        r"\b(?:consecutive|calendar|full|complete|whole) (?=days|weeks|months)",
        "",
    ),
    *((word, rf"\b{word}(?={_COUNTED})", f"{n}") for n, word in enumerate(_NUMBERS, 1)),
    *((word, rf"\b{word}(?={_RANKED})", f"{n}") for n, word in enumerate(_NTH, 1)),
    (
        "operative",
        rf"\b({NUMBER}) post-?operative ({_UNITS}s?)$",
        r"\1 \2 after operation",
    ),
    ("up to ", r"\bup to (?:an? )?(?=max|average|mean)", ""),
    (
        "entire|whole",
        r"^(?:during |over |throughout )?(?:the )?(?:entire|whole) (?=[0-9])",
        "over ",
    ),
    (
        " or ",
        r",? or (?:at )?(?:the )?(?:(?:early|premature) (?:termination|withdrawal|"
        r"discontinuation)|last observation)(?: visit)?$",
        "",
    ),
    ("or less", rf"^({AMOUNT}) or less\b", r"within \1"),
    (
        "period",
        rf"\b({AMOUNT})[ -]periods? (?=of (?!{NUMBER})|after|following|from)",
        r"\1 ",
    ),
    ("night|evening|morning", r"\b(?:night|evening|morning)s? (?=[0-9])", "days "),
    ("preceding", rf"({AMOUNT}) preceding (?=[a-z])", r"\1 before "),
    ("up ", r"(?<!follow )\bup (?=[0-9])", "up to "),
)

_intervals: Final[tuple[Rule, ...]] = (
    *(
        (word, rf"\bevery {word} (?=day|week|month|year)", f"every {n} ")
        for n, word in enumerate(_NTH[1:6], 2)
    ),
    ("every", r"\bevery ([2-9])(?:nd|rd|th) (?=day|week|month|year)", r"every \1 "),
    ("ly", r"\b([0-9]+)[ -](hour|week|month|year)ly\b", r"every \1 \2s"),
    ("twice", r"\btwice (?:daily|(?:a|per) day)\b", "every 12 hours"),
    ("twice", r"\btwice (?:weekly|(?:a|per|each|every) week)\b", "every 3.5 days"),
    ("times", r"\b(?:three|3) times (?:daily|(?:a|per) day)\b", "every 8 hours"),
    ("times", r"\b(?:four|4) times (?:daily|(?:a|per) day)\b", "every 6 hours"),
    ("daily basis", r"\b(?:on a )?daily basis\b", "daily"),
    ("duration", r"(?<=ly )for (?:the )?(?:entire |whole )?duration of ", "during "),
    ("continuo", rf"^continuo?u?s(?:ly)?,? (?={PERIOD} |from |[0-9])", ""),
    ("continuo", rf"^continuous \w+ (?={PERIOD} )", ""),
    ("continuo", r",? continuous(?:ly)?$", ""),
    ("every", r"\bevery (?:mon|tues|wednes|thurs|fri|satur|sun)day(?! and)", "weekly"),
    (
        "each |every ",
        r"^(?:each|every) (?:morning|evening|day|night) (?:of|in) (?:the )?(?:first )?"
        r"(?=[0-9])",
        "daily for ",
    ),
    ("once", r"^once,? (?=(?:at|after) )", ""),
    (
        "ly |every ",
        rf"\b((?:dai|week|month|year)ly|every {AMOUNT}),? (?:(?:in (?:the |an? )?)?"
        r"(?:e-?diary|diar(?:y|ies)|questionn\w+)|postcards?|follow-up|visits?|"
        r"(?:by|via) [a-z ]+?)(?=$|,| (?:for|over|during|until) )",
        r"\1",
    ),
    ("week ", r"(?<=week [0-9]), [a-z]+day(?: or [a-z]+day)?$", ""),
    ("as long as", r"\bfor as long as (?:the )?(?:duration of )?", "during "),
    (
        "point|interval|periodic",
        rf"^(?:at )?(?:{_VAGUE} (?:time ?)?(?:points?|intervals?)|periodically),? "
        rf"(?={PERIOD} )",
        "",
    ),
    (
        "every",
        rf"\b(every (?:[0-9]+ )?(?:{NAMED}|hours?|min(?:ute)?s?)) from (?=[^0-9,]+ "
        r"(?:until|to|till) )",
        r"\1, from ",
    ),
    (
        "years ",
        r"\b(?:for|in|during) years? (?:[0-9]+ ?(?:to|through|-|and) ?)?([0-9]+)",
        r"until year \1",
    ),
    ("followed by", r",? followed by (?:an? |the )?(?:final )?visits? at ", " and "),
)

_ages: Final[tuple[Rule, ...]] = (
    (
        "age",
        r"\bages? (?:of )?(?=[0-9])(.*?)(?= to | until |,? and [a-z]|$)",
        r"\1 of age",
    ),
    (
        " or ",
        rf"^({AMOUNT} of age),? or (?=(?:at )?(?:the )?(?:time of )?(?:death|"
        r"discharge)$)",
        r"\1, ",
    ),
    ("old", r"\b(months?|years?|weeks?|days?) old\b", r"\1 of age"),
    ("gestation", r"(?<=weeks) gestation(?:al age)?\b", " of gestation"),
    ("age", r"^(.*[0-9]) of age$", r"\1 years of age"),
    (
        "pma|menstrual|conceptional|corrected gest",
        r"\b(?:of )?(?:PMA|post-?(?:menstrual|conceptional) age|"
        r"(?<=weeks )corrected gestational age)\b",
        "of gestation",
    ),
    (
        "corrected|adjusted",
        r"\b(?:of )?(?<![a-z] of )(?:(?:corrected|adjusted(?= age))(?: "
        r"gestational)?(?: age)?)(?![a-z ])",
        "of corrected age",
    ),
)

_sides: Final[tuple[Rule, ...]] = (
    (
        "before|prior|pre",
        rf"(?:^|\b(?:from|within|between) )(?:the )?({AMOUNT})[ -]{_BEFORE},? "
        rf"(?:and|to|until|through) (?:within )?(?={AMOUNT}[ -]?{_AFTER})",
        r"from \1 before to ",
    ),
    (
        "pre",
        r"^pre-?(?:dos(?:e|ing)|infusion|injection|op[a-z]*|treatment|intervention) "
        rf"(?:to|until|through|up to) (?={AMOUNT} ?(?:post|after))",
        "from 0 to ",
    ),
    (
        "before and|prior|pre",
        rf"^({AMOUNT}) {_BEFORE} and {_AFTER} (?:the )?([^0-9,;]+)$",
        r"\1 before \2 and \1 after \2",
    ),
    (
        "morning|evening",
        r"^(?:on |in )?(?:the )?(?:(?:next|following) )?(?:morning|evening) "
        r"(?=(?:after|before|following) )",
        "1 day ",
    ),
    (
        "before|prior to",
        r"^(?:from baseline to )?(?:(?:on |at )?or )?(?:before|prior to) (?:the "
        rf")?(?=(?:study )?{NAMED} "
        rf"[0-9]|[0-9]+th {NAMED}$|{AMOUNT}(?: of gestation|$))",
        "up to ",
    ),
    ("cycle", r"^cycle ([0-9]+),? (days? [0-9 ,and]+)$", r"\2 of cycle \1"),
    ("cycle", r"\bcycle ([0-9]+),? day ([0-9]+)\b", r"day \2 of cycle \1"),
    ("d1|d2|d3|d4|d5|d6|d7|d8|d9", r"\bC([0-9]+) ?D([0-9]+)\b", r"day \2 of cycle \1"),
    (
        "before, during",
        r"\bbefore, during,? and (?:immediately )?after ",
        "before and after ",
    ),
    (
        "during and|during or",
        r"^during (?:and|or) (?:immediately |up to )?after (?=[^0-9,;]+(?:$|, up to))",
        "during ",
    ),
    (
        "th day|th week|th month",
        rf"\b({_ORDINAL}) to (?:the )?({_ORDINAL}) (day|week|month)\b",
        r"\1 \3 to \2 \3",
    ),
    (
        "about|approx|~",
        r"^((?!base|screen|pre|until|till|through|up|from)(?:[a-z]+ ){0,2}[a-z]+), "
        r"?(?:about|approx[a-z]*\.?|~) ?"
        rf"({NAMED} ?{NUMBER})$",
        r"\2 of \1",
    ),
    ("later ", r" later (?=from|after)", " "),
    (
        ", through|, until|, up to",
        rf"^({AMOUNT}), (?:through|until|up to) (?:the )?([^0-9,]+)$",
        r"until \2, up to \1",
    ),
    (
        ", or ",
        r"\b((?:until|till|to) [^0-9,]+(?:, [^0-9,]+)?), or ([^0-9,]+)"
        r"(?=, (?:up to|assessed|about|approx|an average| ?\())",
        r"\1 or \2",
    ),
    (
        "about|approx|~|around|ca.",
        r"^(?:at|on) [^0-9,;]+, ?(?=(?:about|approx[a-z]*\.?|~|around|ca\.) ?[0-9.-]+ ?"
        r"[a-z]+[ -](?:after|following|post))",
        "",
    ),
    (
        "season|stay|hospital|phase|period|admission|life|study",
        rf"^(?:whole |entire )?((?:[a-z]+ ){{0,3}}{_STAYS}), ?"
        rf"(?:(?:about|approx[a-z]*\.?|~|around|ca\.) ?(?=[0-9])|(?={AMOUNT}$))",
        r"\1, up to ",
    ),
    (
        "(",
        rf"^(?:during |over |throughout )?(?:the )?((?:[a-z-]+ ){{0,3}}{_STAYS}) \("
        rf"(?:(?:lasting|about|approx[a-z]*\.?|~) ?)+({AMOUNT})\)$",
        r"\1, up to approximately \2",
    ),
    (", until|, till", r"^((?:from|between) [^0-9,]+), (?=(?:until|till) )", r"\1 "),
)

write_plainly = rewriter((*_starts, *_amounts, *_intervals, *_ages, *_sides))
"""Writes rarer wordings in those that the grammar reads."""
