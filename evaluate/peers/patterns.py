"""Regular expressions for amounts, times and limits as registries write them.

Written by reading training records only.
"""

import re
from typing import Final

_NUMBER: Final = (
    r"(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:\s?[x×*]\s?10\s?\^?\(?[eE]?\d{1,2}\)?)?"
)
_WORD_NUMBER: Final = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a|an|half)"
)
_AMOUNT: Final = rf"{_NUMBER}(?:\s?(?:-|–|to|or|and|±|/)\s?{_NUMBER})*"
_MASS: Final = (
    r"(?:mg|milligrams?|g|gm|grams?|kg|mcg|micrograms?|µg|μg|ug|ng|pg|ml|mL|cc|l|L|"
    r"litres?|liters?|µl|μl|ul|IU|UI|U|units?|MU|MIU|million\s(?:units|cells|IU)|mmol|"
    r"µmol|μmol|nmol|mEq|meq|Gy|cGy|mCi|MBq|GBq|Hz|mA|J|W|%|cells|CFU|PFU|copies|ppm|"
    r"AUC|L/min)"
)
_PER: Final = (
    r"(?:\s?/\s?(?:kg|m2|m²|m\^2|m\(2\)|ml|mL|l|L|dl|dL|day|d|h|hr|hour|min|minute|"
    r"dose|vial|week|cm2|24\s?h|actuation|puff|tablet|capsule)(?![a-zA-Z]))*"
)
_COUNTED: Final = (
    r"(?:tablets?|tabs?|capsules?|caps|pills?|puffs?|drops?|sachets?|ampoules?|vials?|"
    r"sprays?|teaspoons?|tablespoons?|cups?|patch(?:es)?|suppositor(?:y|ies)|"
    r"repetitions|sets)"
)
_AT_MOST: Final = r"(?:(?:up to|at least|approximately|about|≥|>=|≤|<=|~)\s?)?"
DOSE: Final = re.compile(
    rf"(?<![\w.]){_AT_MOST}(?:"
    rf"{_AMOUNT}[\s-]?{_MASS}(?![a-zA-Z]){_PER}(?:\s?body\s?weight)?"
    rf"|(?:{_AMOUNT}|{_WORD_NUMBER})\s{_COUNTED}(?![a-zA-Z]))"
)

_UNIT: Final = (
    r"(?:seconds?|sec|s|minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|wk|months?|"
    r"mos?|years?|yrs?|y)(?![a-zA-Z])"
)
_TIMES: Final = (
    r"(?:once|twice|thrice|(?:one|two|three|four|five|six|\d+)\s?(?:times|x))"
)
_COUNT: Final = r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|ten|twelve)"
_DAYS: Final = r"-?\d+(?:\s?(?:,|-|–|to|and|or|&|, and)\s?-?\d+)*"
FREQUENCY: Final = re.compile(
    rf"(?<![\w-])(?:"
    rf"{_TIMES}[\s-](?:daily|weekly|monthly|a|per|every|each)(?:\s(?:day|week|month|"
    rf"night|year))?"
    rf"|every\s(?:other\s)?(?:{_COUNT}(?:\s?(?:-|to|or)\s?{_COUNT})?\s?)?(?:{_UNIT}|"
    rf"morning|evening|night)"
    rf"|q\.?\s?\d+\s?(?:h|hr|hrs|d|w|wk|wks|weeks|m)(?![a-z])"
    rf"|(?:b\.?i\.?d|t\.?i\.?d|q\.?i\.?d|q\.?d|q\.?o\.?d|qhs|o\.?d|b\.?d)\b\.?"
    rf"|(?:once|daily|weekly|biweekly|monthly|nightly|hourly)"
    rf"|days?\s{_DAYS}(?:\s(?:of\s)?(?:every|each)\s[\w-]+(?:\s(?:days?|weeks?|cycle))?"
    rf"(?:\scycle)?)?"
    rf"|weeks?\s{_DAYS}"
    rf"|single[\s-](?:dose|infusion|injection)"
    rf"|{_COUNT}\s(?:doses|fractions|sessions|infusions|injections|times)"
    rf"(?:\s(?:per|a)\s(?:day|week))?"
    rf"|{_COUNT}\s(?:days|times|sessions)\s(?:a|per)\sweek"
    rf"|per\s(?:day|week)|a\sday|each\s(?:day|morning|evening)|alternate\sdays"
    rf"|at\sbedtime|before\s(?:meals|bedtime|breakfast)|as\sneeded|on\sdemand"
    rf"|(?:in\sthe\s)(?:morning|evening)"
    rf")(?![\w])",
    re.IGNORECASE,
)

_SPAN_OF_TIME: Final = (
    rf"(?:\d+(?:\.\d+)?|{_COUNT})(?:\s?(?:-|–|to|or)\s?{_COUNT})?[\s-]?(?:consecutive\s)?"
    rf"(?:{_UNIT}|cycles?\b|courses?\b|sessions\b)"
)
DURATION: Final = re.compile(
    rf"(?:\b(?:for|over|during|lasting|x)\s(?:a\s(?:total|maximum|period)\sof\s|"
    rf"(?:the\s)?(?:first|next|a)\s|about\s|approximately\s)?"
    rf"(?P<after>(?:up to\s|at least\s)?{_SPAN_OF_TIME}))"
    rf"|(?P<until>\b(?:until|in the absence of)\s(?:disease\s)?progression"
    rf"(?:\sor\s(?:unacceptable\s)?toxicity)?"
    rf"|\bin the absence of\sdisease progression or unacceptable toxicity)"
    rf"|(?P<long>\b\d+[\s-](?:week|month|year|day|minute|min|hour))(?=[\s-](?:treatment|"
    rf"course|infusion|session|period|program|programme|intervention))",
    re.IGNORECASE,
)

_ULN: Final = (
    r"(?:ULN|LLN|(?:the\s)?(?:institutional\s)?(?:upper|lower)\s(?:normal\s)?limits?"
    r"(?:\sof\s(?:the\s)?normal(?:\srange)?)?(?:\s\((?:ULN|LLN)\))?|normal)"
)
_LAB_UNIT: Final = (
    r"(?:(?:%|g|gm|mg|mcg|µg|μg|ug|ng|pg|kU|IU|mIU|µIU|U|mEq|meq|mmol|µmol|μmol|umol|"
    r"nmol|pmol|mL|ml|cells|copies|mm\s?Hg|K|ppb)(?![a-zA-Z])|"
    r"(?=/\s?(?:mm|[uµμ]l|[Ll]\b|cu)))"
    r"(?:\s?(?:/|per)\s?(?:mm\^3|mm\(3\)|mm3|mm³|cu\s?mm|1\.73\s?m(?:\^2|2|²)?|"
    r"(?:100\s?)?[mdµμu]?[lL](?![a-zA-Z])|min|minute|kg|g|mg|mol|h|hpf)(?![a-zA-Z]))*"
)
_LIMIT_UNIT: Final = rf"(?:\s?(?:x|×|X|\*|times)?\s?(?:the\s)?{_ULN}|\s?{_LAB_UNIT})?"
LIMIT: Final = re.compile(
    rf"(?:(?:[<>≤≥]\s?/?\s?=?|=\s?[<>]?|(?:is\s)?(?:no(?:t)?\s)?(?:greater|more|less|"
    rf"lower|higher)\sthan(?:\sor\sequal\sto)?|at\sleast|above|below|over|under|up\sto|"
    rf"exceeding)\s?{_NUMBER}(?:\s?(?:-|–|to)\s?{_NUMBER})?{_LIMIT_UNIT}"
    rf"|between\s{_NUMBER}{_LIMIT_UNIT}\sand\s{_NUMBER}{_LIMIT_UNIT}"
    rf"|{_NUMBER}\s?(?:-|–|to)\s?{_NUMBER}{_LIMIT_UNIT}"
    rf"|{_NUMBER}\s?{_LAB_UNIT}(?:\sor\s(?:more|less|higher|lower|greater|above))?"
    rf"|within\s(?:the\s)?normal\s(?:limits|range)|normal(?=[\s.,;)]|$)"
    rf"|(?:greater|less|higher|lower)\sthan\s{_ULN}|(?:above|below|>|<)\s?{_ULN}"
    rf"|undetectable)",
    re.IGNORECASE,
)
# What may stand between the name of a test and its limit.
LIMIT_GAP: Final = re.compile(
    r"(?:\s|:|of|is|are|was|levels?|counts?|values?|must|be|a|an|the|should|serum|,|-|–|"
    r"concentrations?|\([^()\n]{1,25}\)|and|or|/|=(?=\s?[<>])|with)*",
    re.IGNORECASE,
)

TIME_WORD: Final = re.compile(
    r"\d|day|week|month|year|hour|minute|baseline|visit|discharge|surgery|operati|"
    r"deliver|treatment|follow|birth|study|procedure|cycle|admission|immediately",
    re.IGNORECASE,
)
TIME_AT_EDGE: Final = re.compile(
    rf"\s(?:at|after|within|by|in|during|over|up\sto|through)\s(?P<time>(?:(?:week|month|"
    rf"day|year)s?\s\d+|{_SPAN_OF_TIME}))\s*$",
    re.IGNORECASE,
)
_SCHEDULE: Final = (
    rf"(?:(?:every|for|until|at|up\sto)\s)?{_SPAN_OF_TIME}(?:(?:,?\s(?:and\s)?(?:then\s)?|"
    rf",\s)(?:(?:every|for|until|up\sto)\s{_SPAN_OF_TIME}|annually|yearly|weekly))*"
)
FOLLOW_UP: Final = re.compile(
    rf"\bfollow(?:ed)?(?:[\s-]?up)?\b[^.\n]{{0,40}}?\s(?:(?:for|at|after|of)\s)?"
    rf"(?P<time>(?:every\s)?{_SCHEDULE})"
    rf"|(?P<before>{_SPAN_OF_TIME})(?=\s(?:of\s)?follow[\s-]?up)",
    re.IGNORECASE,
)
# For engines that take whole matches only: look-behinds of one width.
AFTER_FOR: Final = rf"(?<=\bfor )(?:up to\s|at least\s)?{_SPAN_OF_TIME}"
AFTER_OVER: Final = rf"(?<=\bover ){_SPAN_OF_TIME}"
