"""Splitting of table rows whose columns a saved page has run together."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

_UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|months?|mos?"
    r"|years?|yrs?|y)"
)
_NUMBER = (
    r"(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twelve|Fifteen|Eighteen"
    r"|Twenty|Thirty|Forty|Sixty|Ninety)"
)
_WORD = (
    r"(?:About|Admission|After|An?|Approximately|At|Average|Baseline|Before|Between|By"
    r"|Change|Completion|Cycles?|Days?|Discharge|Duration|During|Each|End|Entire|Every"
    r"|First|Follow|For|From|Hospital|Hours?|Immediate(?:ly)?|In|Intra-?operative(?:ly)?"
    r"|Last|Maximum|Minutes?|Months?|On|Once|Over|Peri-?operative(?:ly)?|Post"
    r"|Post-?operative(?:ly)?|Pre|Pre-?operative(?:ly)?|Prior|Screening|Since|Study"
    r"|Through(?:out)?|Time|To|Treatment|Until|Up|Visits?|Weeks?|Within|Years?)"
)
_LOWER_WORD = (
    r"(?:after|approximately|at|baseline|before|between|days?|during|every|from|months?"
    r"|through(?:out)?|until|up to|weeks?|within|years?)"
)
_COUNT = r"(?:0|[1-9]\d*)(?:\.\d+)?"
_START = re.compile(
    # Numbers up to their unit, as in "1, 2 and 5 years" and "12-week".
    rf"{_COUNT}(?:(?:[\s,;/&±+()–-]|and|or|to|through)+{_COUNT})*"
    rf"(?:[\s-]*{_UNIT}\b|(?:st|nd|rd|th)\b|\s+(?:calendar|consecutive|post|study)\b)"
    rf"|(?:{_WORD}|{_NUMBER})\b"
)
_LOWER_START = re.compile(rf"{_LOWER_WORD}\b")
_IS_TIME = re.compile(
    rf"(?:\b|\d){_UNIT}\b|baseline|completion|cycle|discharge|end of|follow-?up"
    r"|hospital|immediate|operati|procedure|randomi[sz]ation|screening|study|surgery"
    r"|treatment|visit",
    re.IGNORECASE,
)
_BARE_UNIT = re.compile(rf"(?<!\d)(?<!\d[\s-])\b{_UNIT}\Z", re.IGNORECASE)
# No cell of a table ends in one of these.
_OPENING: Final = "([{-–/'\"“‘,;:"
_PUNCTUATION: Final = ".,;:()[]{}\"'“”"


def words(lines: Sequence[str]) -> frozenset[str]:
    """The words of a page, which tell where a name in a glued row ends.

    lines (Sequence[str]): The lines of the page.
    RETURNS (frozenset[str]): Its words without punctuation at the ends.
    """
    return frozenset(
        word.strip(_PUNCTUATION) for line in lines for word in line.split()
    )


def split_time(row: str, known: Collection[str]) -> tuple[str, str] | None:
    """Split a row of measure and time frame that are written without a space between.

    Of several places, the one counts where the measure ends in the longest word that
    occurs elsewhere on the page ("CTCAE 4.031 year" has "4.03"); else the first that
    does not part digits.

    row (str): The row.
    known (Collection[str]): The words of the page.
    RETURNS (tuple[str, str] | None): Measure and time frame; None if the row does not
        end in a time expression.
    """
    if "\t" in row:
        measure, _, rest = row.partition("\t")
        return measure.strip(), rest.split("\t")[0].strip()
    places = list(_time_starts(row, known))
    if not places:
        return None

    def rank(place: int) -> tuple[int, bool, int]:
        word = _last_word(row[:place])
        return (len(word) * (word in known), not row[place - 1].isdigit(), -place)

    place = max(places, key=rank)
    return row[:place], row[place:]


def _time_starts(row: str, known: Collection[str]) -> Iterator[int]:
    for place in range(1, len(row)):
        is_known = _last_word(row[:place]) in known
        if _is_glued(row, place, is_known) and _is_start(row, place, is_known):
            if _IS_TIME.search(row[place:]):
                yield place


def _is_glued(row: str, place: int, is_known: bool) -> bool:
    before, after = row[place - 1], row[place]
    if before.isspace() or before in _OPENING:
        return False
    if before.isdigit() and after.isdigit():
        # Only a name such as "FEV1" or "4.03" can end within a run of digits.
        return is_known and not _last_word(row[:place]).isdigit()
    if before == "." and after.isdigit():
        return not row[place - 2].isdigit()
    # "at week12" is no measure "at week" with the time "12".
    return _BARE_UNIT.search(row[:place]) is None


def _is_start(row: str, place: int, is_known: bool) -> bool:
    if _START.match(row, place):
        return True
    # A small letter may as well be inside a word: "re" and "at 2 h" in "treat 2 h".
    return is_known and _LOWER_START.match(row, place) is not None


def _last_word(text: str) -> str:
    return text.split()[-1].strip(_PUNCTUATION)


def split_group(row: str, names: Collection[str]) -> tuple[str, str, str] | None:
    """Split a row of group, intervention and description without spaces between.

    The intervention is the first name of the page's list that touches what stands on
    both sides of it.

    row (str): The row.
    names (Collection[str]): The names of the interventions.
    RETURNS (tuple[str, str, str] | None): Group, intervention and description; None if
        no name stands in such a place.
    """
    if "\t" in row:
        group, name, *rest = (*row.split("\t"), "")
        return group.strip(), name.strip(), " ".join(rest).strip()
    by_length = sorted(filter(None, names), key=len, reverse=True)
    for start in range(1, len(row)):
        if row[start - 1].isspace() or row[start - 1] in _OPENING:
            continue
        for name in by_length:
            end = start + len(name)
            if row.startswith(name, start) and not row[end : end + 1].isspace():
                return row[:start], name, row[end:].strip()
    return None


def split_case(row: str) -> tuple[str, str]:
    """Split a row where a capital follows a small letter, digit or bracket.

    row (str): The row.
    RETURNS (tuple[str, str]): Both parts; the second is empty if there is no place.
    """
    found = re.search(r"(?<=[a-z\d)])(?=[A-Z][a-z])", row)
    return (row[: found.start()], row[found.start() :]) if found else (row, "")
