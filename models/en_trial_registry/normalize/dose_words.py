"""Wordings of amounts given, written in the short form that the grammar reads."""

import re
from typing import Final

from .rewrite import Rule
from .unit_table import COUNTS

_COUNT_WORDS: Final = "|".join(sorted(map(re.escape, COUNTS), key=len, reverse=True))

SPELLINGS: Final[tuple[Rule, ...]] = (
    ("^ |^{|**", r"\b([cm]?m) ?(?:\^|\*\*) ?\{?([23])\}?(?![0-9])", r"\1^\2"),
    ("m(|m (", r"(?<=/)( ?[cm]?m) ?\(([23])\)", r"\1^\2"),
    ("-1", r"\(-1\)", "-1"),
    ("-1", r"/ ?(kg|h|hr|min|d|day)\^?-1(?![0-9.,])", r"/\1"),
    ("bw|b.w", r"(/ ?kg|\bper kg)(?: ?[./]? ?\(?(?:b\.w\.?|bw)\)?)(?![a-z])", r"\1"),
    # What is meant is per kg and hour: nobody gives kg in the numerator below.
    (
        "kg.|kg·|kg*|kg-|m2.|m2·|m2*|m2-|^2.|^2·|^2*|^2-",
        r"(/ ?(?:kg|m\^?2))(?:[.·*]|-(?=[dhm]))(?=(?:min|h|hr|hour|d|day)\b(?!-))",
        r"\1/",
    ),
    ("°/", r"°/(?:00|oo)", "‰"),
    ("° ", r"° (?=[cf]\b)", "°"),
    # `30 C` may be a homeopathic potency; those are not written from 31 to 99.
    (
        " c",
        r"((?:(?<![0-9.,/])(?:3[1-9]|[4-9][0-9])|^-[0-9]+)(?:[.,][0-9]+)?) c$",
        r"\1 °C",
    ),
    ("atmos", r"\b(?:absolute )?atmospheres?(?: absolute)?\b", "atm"),
    ("fl", r"\b(?:fluid|fl\.?) ?(?:ounces?|oz)\b", "floz"),
    ("prism", r"\bprism[ -](?=diopt)", "prism"),
    ("parts per", r"\bparts per (m|b)illion\b", r"pp\1"),
    ("mega", r"\bmega[ -]?(?:iu|international units?)\b", "MIU"),
    ("mega", r"\bmega[ -]?units?\b", "MU"),
    ("unit dose", r"(/ ?|\bper )unit dose\b", r"\1dose"),
    ("reactiv", r"\bind(?:ex|ices) of reactivity\b", "IR"),
    ("finger", r"\bfinger[ -]?tip units?\b", "FTU"),
    (
        "xa",
        r"\banti[- ]?xa (?=(?:iu|ui|units?|u)\b)|(?<=iu) anti[- ]?xa\b"
        r"|(?<=units) anti[- ]?xa\b",
        "",
    ),
    ("shock", r"\bshock waves?\b", "shocks"),
    ("car", r"\bcar ?\+ ?t\b", "CAR-T"),
    ("/fr", r"(?<=gy)/fr\b", "/fraction"),
    ("[", r"(?<=[a-z2]) ?\[[a-z0-9/%^]+\]$", ""),
)
"""Spellings of units, to be applied before those of all readers."""

WORDINGS: Final[tuple[Rule, ...]] = (
    ("±|+/-", r" ?[\[(](?:±|\+/-)[^\])]*[\])]", ""),
    ("(|[", r" ?(?<![/0-9])[\[(][^\])(\[0-9]*[\])]", ""),
    (
        "auc|curve",
        r"^(?:target )?(?:auc|area under the (?:\w+[ -]){0,3}curve)(?: auc)? ?[=:]?"
        r"(?: ?of)? ?([0-9.]+(?: ?(?:-|to|or) ?[0-9.]+)?)(?: ?mg.*min.*)?$",
        r"\1 AUC",
    ),
    ("borg", r"^borg(?: scale)? (?:of )?([0-9]+(?: ?- ?[0-9]+)?)$", r"\1 Borg"),
    (
        "1/2|1/3|1/4|2/3|3/4",
        r"(?<![0-9.,/-])([1-9][0-9]?)(?: and | ?- ?| )(?=1/[2-4]|2/3|3/4)"
        r"([1-3])/([2-4])(?![0-9/.,])",
        r"\1 \2⁄\3",
    ),
    (
        "/2|/3|/4",
        rf"(?<![0-9.,/])([1-3])/([2-4])(?= (?:of|an?|{_COUNT_WORDS})\b)",
        r"\1⁄\2",
    ),
    (
        "/2|/3|/4",
        rf"^([1-3])/([2-4])(?= ?(?:-|to |or )[^/]* (?:{_COUNT_WORDS})$)",
        r"\1⁄\2",
    ),
    ("half", r"\b(?:one|1) and (?:an?|one)[ -]half\b", "1.5"),
    ("half", r"\b(?:two|2) and (?:an?|one)[ -]half\b", "2.5"),
    ("a |an |single", rf"^(?:an?|single)(?= (?:\w+ )?(?:{_COUNT_WORDS})\b)", "1"),
    ("single", r"\bsingle(?= (?:or|and) double dose)", "1"),
    ("double", r"\bdouble(?= doses?\b)", "2"),
    ("half", r"\b(?:(?:an?|one|1)[ -])?half an?\b", "half"),
    ("half", r"\b(?:an?|one|1)[ -]half\b", "half"),
    (
        "-third|-quarter|-fourth",
        r"\b(one|two|three)-(?=(?:third|quarter|fourth)s?\b)",
        r"\1 ",
    ),
    (
        "of a",
        r"(half|thirds?|quarters?|fourths?|[1-3]⁄[2-4]) of an?"
        rf"(?= (?:{_COUNT_WORDS})\b)",
        r"\1",
    ),
    ("sea", r" above sea level$", ""),
    ("cd", r"\bcd ?[0-9]+ ?\+?(?= )", ""),
    ("rm|rep", r"\b(?:1|one) ?-? ?(?:rm|rep(?:etition)?[ -]max(?:imum)?)\b", "ORM"),
    ("max", r"(?<=of )(?:the |their )?max(?:imum)?\b", "maximal"),
    ("max", r"(?<=%) ?max(?:imum)?\b", " of maximal"),
    ("max", r"\b(vo2|hr|heart rate) ?-?max(?:imum)?\b", r"\1 maximal"),
    ("max", r"^([^%]*[0-9][^%]*?),? (?:as )?(?:a )?(?:maximum|max\.?)$", r"≤ \1"),
    ("*", r"(?<=[a-z])\*(?=[/ ]|$)", ""),
    (
        "total|of each",
        r"\b(?:an? |in )?total of\b|\bin total\b|\bof each\b|\btotal(?= dose)",
        " ",
    ),
    (" each", r" (?:(?:in|into|to|per) )?each (?=(?:eye|nostril)s?$)", "/"),
    (" a ", r" an? (?=(?:day|week|month|hour|minute)$)", "/"),
    # Adjectives in front of the thing that is counted: `film-coated tablets`.
    ("-", rf"(?<=[a-z])-(?=[a-z]{{2,}} (?:{_COUNT_WORDS})\b)", " "),
    (" only", r"(?<=\S) only$", ""),
)
"""Wordings, to be applied after the spellings of units."""
