"""Reads when something is measured: `week 12`, `up to 2 years`, `1, 3 and 6 months`."""

import re
from collections.abc import Iterator
from typing import Any, Final

from .iso import fold_time, pattern
from .time_frame_amounts import write_amounts
from .time_frame_clauses import leave_out_clauses
from .time_frame_combine import combine_parts
from .time_frame_cycles import write_cycles
from .time_frame_ends import end_plainly
from .time_frame_events import combine_events
from .time_frame_labels import leave_out_labels
from .time_frame_names import hide_names, join_events, show_names
from .time_frame_parts import forget_parts
from .time_frame_pieces import NO_BEGINNING
from .time_frame_references import name_events
from .time_frame_relations import explain
from .time_frame_spelling import correct, join_hours
from .time_frame_wordings import write_plainly
from .time_frame_words import brackets, simplify
from .value import Kept, Reading, Unreadable, read_value

_SPLIT = pattern(
    r" ?[,;] ?(?:(?:and|then|&) )*| (?:(?:and|then|&|plus) )+| / "
    r"|(?<=[a-z0-9])/(?=[0-9])"
)
_LIST_OF_EVENTS = pattern(r"\b(?:until|till) (?:[^0-9,]|(?<=[^0-9]),)*,[^0-9]*$")
_NO_TIME = re.compile(r"^[^0-9]*$")
_VAGUE = pattern(
    r"\b(?:(?:time ?)?points?|^(?:intermittent|continuous)(?:ly)?$|periodic\w*|various|"
    r"intervals?|scheduled|"
    r"(?:one|per) cycle|^cycle$|cycles|"
    r"daily|weekly|monthly|quarterly|annual(?:ly)?|"
    r"biannual\w*|semi-?annual\w*|regular|times?(?! of)|past|days?|weeks?|months?|"
    r"years?|hours?|minutes?|nights?|mornings?|baseline|screening|two|three|four|third|"
    r"twice|assess\w*|change[sd]?|compar\w*|before|hourly|yearly|on-?going|patients?|"
    r"will|was|"
    r"were|is|are)\b"
    r"|[,;:=+/()\[\]]| (?:to|till|until|through) "
    r"|\b(?:and|or) (?:during|after|following|at|on|until|upon)\b"
)
# `Delivery time` names an event, `same time` does not.
_NAMED_DAY = pattern(
    r"\b(?!same|each|next|last|this|some|over|real|full|half|single|first|second|third|"
    r"whole|every|entire|another|previous|following|other|study|post)[a-z]{4,} (?:day|"
    r"time|year)$|^(?:on |at )?(?:the )?(?:first|last|final) day (?=of [a-z])|"
    r"^(?:during )?(?:the )?third (?=trimester)"
)
_LEADING = pattern(
    r"^(?:(?:measured|assessed|evaluated|collected|monitored|recorded|at|on|by|in|of|"
    r"during|throughout|through|until|till|up to|after|following|"
    r"post|upon|for|from|since|the|a|an|within|over|once|time of|duration of|"
    r"change (?:at|from)) )+"
)
_GLOSS = pattern("[^0-9,;]+, ?{N} ?{U}$")
_MAX_WORDS: Final = 8
# What is counted besides time: `cycle 1, 2 and 4` are no days.
_COUNTED = pattern(
    r"\b(?:cycles?|courses?|visits?|sessions?|doses?|injections?|infusions?|periods?|"
    r"phases?|parts?|steps?|cohorts?|units?|groups?|arms?) ?#?[0-9]+"
    r"(?:,| ?&| and| or) ?[0-9]+(?![0-9]| ?{U} (?:after|before) )"
)
_LISTED = re.compile(r"[0-9](?:,| ?&| and| or) ?[0-9]")
# No time that is counted from a start of a trial: an age, a date, a cycle, a past.
_NEVER = pattern(
    r"\b(?:of age|years old|age|gestation|menstrual|(?:19|20)[0-9]{2}|c[0-9]+d[0-9]+|"
    r"cycles? [0-9]+,? day|past|last (?:week|month|[0-9]+ [a-z]+ (?!of ))|preceding|"
    r"previous)\b"
    r"|^[^0-9]*(?:cycle|course)s[^0-9]*$"
)
_DIGIT = re.compile("[0-9]")
_VERBAL = pattern(
    "screening|assess|measur|collect|record|taken|observ|monitor|perform|determin|"
    "obtain|evaluat|follow|annual|quarter|completed|"
    "half|twice|interval|next|end of e|visit| year| week| month|baseline|from|point"
)
_PLUS = pattern(r"[a-z] plus {N}[ -]?{U}")


def read_time_frame(text: str) -> Reading:
    """Read when, or over which period, something is measured.

    text (str): Text of a TIME_FRAME entity.
    RETURNS (Reading): `points` (ISO 8601 from the start of counting), `start` and `end`
        of a period, `anchor` (the event that is counted from or runs to), `every`
        (ISO 8601, a list where it changes), `approximate`; `start_anchor` where the
        start is counted from another event than the end, `events` at which it is
        measured besides.
    """
    return _kept(text)


_kept = Kept(lambda text: read_value("TIME_FRAME", _read, text))


def forget_time_frames() -> None:
    """Forget the texts that were read."""
    _kept.forget()
    forget_parts()


def _read(text: str) -> dict[str, Any]:
    folded = fold_time(text, counted=True)
    if "min" in folded:
        folded = join_hours(folded)
    if not folded:
        raise Unreadable("no text")
    reason, tried = "", []
    for wording in _wordings(folded):
        try:
            simple = _simplified(wording)
            tried.append(simple)
            return _shown(_read_simple(*simple))
        except Unreadable as error:
            reason = str(error)
    for text, approximate in tried:
        try:
            keys = combine_events(_parts(text))
            # `Infusion, about 30 minutes`: so long, not then.
            if not (approximate and keys["events"] and _GLOSS.match(text)):
                return _shown(_marked(keys, approximate))
        except Unreadable:
            continue
    raise Unreadable(reason)


def _shown(keys: dict[str, Any]) -> dict[str, Any]:
    for key in ("anchor", "start_anchor"):
        if (event := keys.get(key)) and not event.isascii():
            keys = {**keys, key: show_names(event)}
    return keys


def _wordings(folded: str) -> Iterator[str]:
    """The text as it stands, then in ever plainer words; each only if it differs."""
    yield folded
    plainer = _write_plainly(folded)
    if plainer != folded:
        yield plainer
    if _NEVER.search(folded) or not (_DIGIT.search(folded) or _VERBAL.search(folded)):
        return
    bare = end_plainly(
        explain(
            name_events(
                leave_out_clauses(
                    write_amounts(join_events(correct(hide_names(folded))))
                )
            )
        )
    )
    if (
        bare != folded
        and (bare := _write_plainly(fold_time(bare, counted=True))) != plainer
    ):
        yield bare


def _write_plainly(text: str) -> str:
    plainer = write_plainly(leave_out_labels(write_cycles(text)))
    return text if plainer == text else fold_time(plainer, counted=True)


def _simplified(folded: str) -> tuple[str, bool]:
    if _LISTED.search(folded) and _COUNTED.search(folded):
        raise Unreadable("a list of cycles or visits, not of times")
    simple, approximate = simplify(brackets(folded))
    if _PLUS.search(simple):
        raise Unreadable("an event and a time counted from it")
    return simple, approximate


def _read_simple(simple: str, approximate: bool) -> dict[str, Any]:
    try:
        return _marked(combine_parts(_parts(simple)), approximate)
    except Unreadable:
        if not _NO_TIME.match(simple):
            raise
        return {"anchor": _plain_anchor(simple)}


def _marked(keys: dict[str, Any], approximate: bool) -> dict[str, Any]:
    return {**keys, "approximate": True} if approximate else keys


def _parts(text: str) -> list[str]:
    """Split where a new time may begin, but not a list of events that end a period."""
    tail = ""
    lower = text.casefold()
    if ("until" in lower or "till" in lower) and (
        match := _LIST_OF_EVENTS.search(text)
    ):
        if not re.search(r"\b(?:then|every|at)\b", match[0]):
            text, tail = text[: match.start()], match[0]
    parts = [part.strip() for part in _SPLIT.split(text)]
    if tail and parts[-1] and not text.rstrip().endswith((",", ";")):
        parts[-1] = f"{parts[-1]} {tail}"
    elif tail:
        parts.append(tail)
    return [part for part in parts if part]


def _plain_anchor(text: str) -> str:
    """A text that states no time, but an event: `during the study`."""
    anchor = _LEADING.sub("", text)
    if (
        _VAGUE.search(_NAMED_DAY.sub("", text))
        or not 0 < len(anchor.split()) <= _MAX_WORDS
    ):
        raise Unreadable("says neither a time nor one event")
    if not re.search(r"[^\W\d_]{3}", anchor) or NO_BEGINNING.match(anchor):
        raise Unreadable("says neither a time nor one event")
    return anchor
