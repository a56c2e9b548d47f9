"""Splitting of table rows whose columns a saved page has run together."""

import re
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

# One letter is a unit only when small: "RP2D", "TPN171H" and "DNA" are names.
_UNIT = (
    r"(?:h|d|y|(?i:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?"
    r"|mos?|years?|yrs?))"
)
_NUMBER = (
    r"(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twelve|Fifteen|Eighteen"
    r"|Twenty|Thirty|Forty|Sixty|Ninety)"
)
_WORD = (
    r"(?:About|After|An|Approximately|At|Average|Baseline|Before|Between|By|Cycles?|Days?"
    r"|Discharge|Throughout"
    r"|During|Each|End|Every|First|Follow|For|From|Hours?|In|Last|Months?|On|Once|Over|Post"
    r"|Pre|Prior|Since|Through|Time|To|Until|Up|Visits?|Weeks?|Within|Years?)"
)
_LOWER_WORD = (
    r"(?:across|after|annually|approximately|at|baseline|before|between|daily|days?"
    r"|during|each|end of|every|from|months?|monthly|ongoing|start of|through(?:out)?"
    r"|until|up to|weeks?|weekly|within|years?|yearly)"
)
# No common word ends in one of these, as "treat" and "thereafter" do in others.
_SAFE_LOWER_WORD = r"(?:baseline|during|every|from|until|(?<!gro)up to|within)"
_COUNT = r"(?:0|[1-9]\d*)(?:\.\d+)?(?:\s*\(\s*±\s*\d+\s*\))?"
_START = re.compile(
    # Numbers up to their unit, as in "1, 2 and 5 years" and "12-week".
    rf"{_COUNT}(?:(?:[\s,;/&±+–-]|and|or|to|through)+{_COUNT})*"
    rf"(?:[\s-]*{_UNIT}\b|(?:st|nd|rd|th)\b|\s+(?:calendar|consecutive|post|study)\b)"
    rf"|(?:{_WORD}|{_NUMBER})\b"
)
_LOWER_START = re.compile(rf"{_LOWER_WORD}\b")
_SAFE_LOWER_START = re.compile(rf"{_SAFE_LOWER_WORD}\b")
_CAPITAL = re.compile(r"[A-Z][a-z]{3}")
_WORD_END = re.compile(r"[a-z]{3}[.)\]%]?\Z")
_IS_TIME = re.compile(
    rf"(?:\b|\d){_UNIT}\b|(?:19|20)\d\d"
    r"|(?i:annual|baseline|completion|cycle|daily|date of|death|discharge|duration"
    r"|end of|follow-?up|hospital|immediate|monthly|ongoing|operati|period|phase"
    r"|procedure|randomi[sz]ation|screening|season|study|surgery|treatment|until|visit"
    r"|weekly|yearly)"
)
# A time comes soon, or the words belong to a sentence; words are shorter than this.
_NEAR = 60
_BARE_UNIT = re.compile(rf"(?<!\d)(?<!\d[\s-])\b{_UNIT}\Z")
# No cell of a table ends in one of these.
_OPENING: Final = "([{-–/<>≤≥=~'\"“‘,;:"
_PUNCTUATION: Final = ".,;:()[]{}\"'“”"


def words(lines: Iterable[str]) -> frozenset[str]:
    """The words of some lines, without punctuation at their ends.

    lines (Iterable[str]): The lines.
    RETURNS (frozenset[str]): The words.
    """
    found = " ".join(lines).split()
    return frozenset(word.strip(_PUNCTUATION) for word in found)


class Vocabulary(NamedTuple):
    """The words of a page, which tell where a cell of a glued row can end.

    known (frozenset[str]): The words of the page; glued ones do no harm.
    names (frozenset[str]): The words outside the tables, none of them glued.
    """

    known: frozenset[str]
    names: frozenset[str]


def split_time(row: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Split a row of measure and time frame that are written without a space between.

    Of several places, the one counts where the measure ends in the longest word that
    occurs elsewhere on the page ("CTCAE 4.031 year" has "4.03"); else the first that
    does not part digits.

    row (str): The row.
    vocabulary (Vocabulary): The words of the page.
    RETURNS (tuple[str, str] | None): Measure and time frame; None if the row does not
        end in a time expression.
    """
    if "\t" in row:
        measure, _, rest = row.partition("\t")
        return measure.strip(), rest.split("\t")[0].strip()
    places = [
        place for place in range(1, len(row)) if _starts_time(row, place, vocabulary)
    ]
    if not places:
        return None

    def rank(place: int) -> tuple[int, bool, int]:
        word = _last_word(row, place)
        length = len(word) if word in vocabulary.known else 0
        return length, not row[place - 1].isdigit(), -place

    place = max(places, key=rank)
    return row[:place], row[place:]


def _starts_time(row: str, place: int, vocabulary: Vocabulary) -> bool:
    return (
        _is_glued(row, place, vocabulary)
        and _is_start(row, place, vocabulary)
        and _IS_TIME.search(row[place : place + _NEAR]) is not None
    )


def _is_glued(row: str, place: int, vocabulary: Vocabulary) -> bool:
    before, after = row[place - 1], row[place]
    if before.isspace() or before in _OPENING:
        return False
    if before.isdigit() and after.isdigit():
        # Only a name such as "FEV1" or "4.03" can end within a run of digits.
        word = _last_word(row, place)
        return word in vocabulary.known and not word.isdigit()
    if before == "." and after.isdigit():
        return not row[place - 2].isdigit()
    return True


def _is_start(row: str, place: int, vocabulary: Vocabulary) -> bool:
    before = row[max(0, place - _NEAR) : place]
    if _START.match(row, place):
        # "at week12" is no measure "at week" with the time "12".
        return _BARE_UNIT.search(before) is None
    word = _last_word(row, place)
    if _CAPITAL.match(row, place) and _WORD_END.search(before):
        # Spelled like this outside the tables, it is a name with a capital inside.
        return word + _first_word(row[place : place + _NEAR]) not in vocabulary.names
    # A small letter may as well be inside a word: "re" and "at 2 h" in "treat 2 h".
    start = _LOWER_START if word in vocabulary.known else _SAFE_LOWER_START
    return start.match(row, place) is not None


def _first_word(text: str) -> str:
    return text.split()[0].strip(_PUNCTUATION)


def _last_word(row: str, place: int) -> str:
    return row[max(0, place - _NEAR) : place].split()[-1].strip(_PUNCTUATION)


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
