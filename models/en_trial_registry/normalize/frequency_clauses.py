"""Clauses of frequency: each pattern with what it says as keys of a FHIR Timing."""

import re
from typing import Final

from .frequency_days import DAYS
from .frequency_parts import (
    ADJECTIVES,
    END,
    OFTEN,
    THING,
    Clause,
    clauses,
    constant,
    whole,
)
from .frequency_rates import RATES
from .timing_table import Keys
from .value import Unreadable


def _times(match: re.Match[str]) -> Keys | None:
    return {"_times": whole(match["n"])}


def _count(match: re.Match[str]) -> Keys | None:
    if match["bound"] or match["m"]:
        raise Unreadable("a bound or a range of a number of doses")
    return {"count": whole(match["n"])}


_COUNTED: Final = (
    r"(?:x ?)?(?P<bound>[≤≥] ?)?[≈(]?(?:a )?(?:total of )?"
    r"(?P<n>{N})\)?(?:{R}(?P<m>{N}))?"
    rf"{ADJECTIVES} ?-?{THING}{END}"
)
_SINGLE_THING: Final = (
    r"(?:an? |1 )?single[ -](?:(?!(?:and|or|to|per|daily|nightly|weekly|monthly|"
    r"bedtime|morning|evening|night|dose|during|of|in|on|at|for|with|after|before|"
    r"each|every|within|by|from|over|until)\b)[^\W\d_][\w-]* ){0,3}"
    rf"{THING}{END}"
)

_COUNTS: Final[tuple[Clause, ...]] = clauses(
    (r"[≈(]?(?P<n>{N})\)? ?times?" + END, _times),
    (_COUNTED, _count),
    (rf"(?:x|№) ?(?P<n>{{N}})(?P<bound>)(?P<m>){END}(?! (?:{OFTEN}))", _count),
    (_SINGLE_THING, constant({"count": 1})),
    (rf"(?:1 )?single(?:-ascending)?{END}", constant({"count": 1})),
    (r"^(?P<bound>)(?P<n>{N})(?P<m>)$", _count),
)

CLAUSES: Final[tuple[Clause, ...]] = (*RATES, *DAYS, *_COUNTS)
"""Clauses in the order in which they are tried."""
