"""Reads when something is measured: `week 12`, `up to 2 years`, `1, 3 and 6 months`."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from .iso import ZERO, fold_time, iso, number_of, pattern, seconds, unit_of
from .time_frame_amounts import write_amounts
from .time_frame_clauses import leave_out_clauses
from .time_frame_cycles import write_cycles
from .time_frame_ends import end_plainly
from .time_frame_labels import leave_out_labels
from .time_frame_parts import read_piece
from .time_frame_pieces import NO_BEGINNING, Piece, is_dated
from .time_frame_relations import explain
from .time_frame_spelling import correct, hide_names, show_names
from .time_frame_wordings import write_plainly
from .time_frame_words import brackets, simplify
from .value import Reading, Unreadable, read_value

_SPLIT = pattern(
    r" ?[,;] ?(?:(?:and|then|&) )*| (?:(?:and|then|&|plus) )+| / "
    r"|(?<=[a-z0-9])/(?=[0-9])"
)
_LIST_OF_EVENTS = pattern(r"\b(?:until|till) (?:[^0-9,]|(?<=[^0-9]),)*,[^0-9]*$")
_NO_TIME = re.compile(r"^[^0-9]*$")
_VAGUE = pattern(
    r"\b(?:time ?points?|periodic\w*|various|intervals?|scheduled|cycles?|"
    r"daily|weekly|monthly|quarterly|"
    r"biannual\w*|semi-?annual\w*|regular|times?(?! of)|past|days?|weeks?|months?|"
    r"years?|hours?|minutes?|nights?|mornings?|baseline|screening|two|three|four|third|"
    r"twice|assess\w*|change[sd]?|compar\w*|before|hourly|yearly|patients?|will|was|"
    r"were|is|are)\b"
    r"|[,;:=+/()\[\]]| (?:to|till|until|through) "
    r"|\b(?:and|or) (?:during|after|following|at|on|until|upon)\b"
)
_LEADING = pattern(
    r"^(?:(?:at|on|by|in|of|during|throughout|through|until|till|up to|after|following|"
    r"post|upon|for|the|a|an|within|over|once|time of|duration of|"
    r"change (?:at|from)) )+"
)
_MAX_WORDS: Final = 8
# What is counted besides time: `cycle 1, 2 and 4` are no days.
_COUNTED = pattern(
    r"\b(?:cycles?|courses?|visits?|sessions?|doses?|injections?|infusions?|periods?|"
    r"phases?|parts?|steps?|cohorts?|units?|groups?|arms?) ?#?[0-9]+"
    r"(?:,| ?&| and| or) ?[0-9]"
)
_LISTED = re.compile(r"[0-9](?:,| ?&| and| or) ?[0-9]")
# No time that is counted from a start of a trial: an age, a date, a cycle, a past.
_NEVER = pattern(
    r"\b(?:of age|years old|age|gestation|menstrual|(?:19|20)[0-9]{2}|c[0-9]+d[0-9]+|"
    r"cycles? [0-9]+,? day|past|last (?:[0-9]|week|month)|preceding|previous)\b"
    r"|^[^0-9]*(?:cycle|course)s?[^0-9]*$"
)
_DIGIT = re.compile("[0-9]")
_VERBAL = pattern(
    "screening|assess|measur|collect|record|taken|observ|monitor|perform|determin|"
    "obtain|evaluat|follow|annual|quarter|"
    "half|twice|interval|visit| year| week| month|baseline|from|point"
)
_PLUS = pattern(r"[a-z] plus {N}[ -]?{U}")
_EXACT: Final = {"mo": ("mo", 1), "a": ("mo", 12), "d": ("d", 1), "wk": ("d", 7)}


def read_time_frame(text: str) -> Reading:
    """Read when, or over which period, something is measured.

    text (str): Text of a TIME_FRAME entity.
    RETURNS (Reading): `points` (ISO 8601 from the start of counting), `start` and `end`
        of a period, `anchor` (the event that is counted from or runs to), `every`
        (ISO 8601, a list where it changes), `approximate`.
    """
    return read_value("TIME_FRAME", _read, text)


def _read(text: str) -> dict[str, Any]:
    folded = fold_time(text, counted=True)
    if not folded:
        raise Unreadable("no text")
    reason = ""
    for wording in _wordings(folded):
        try:
            return _shown(_read_folded(wording))
        except Unreadable as error:
            reason = str(error)
    raise Unreadable(reason)


def _shown(keys: dict[str, Any]) -> dict[str, Any]:
    anchor = keys.get("anchor")
    if anchor is None or anchor.isascii():
        return keys
    return {**keys, "anchor": show_names(anchor)}


def _wordings(folded: str) -> Iterator[str]:
    """The text as it stands, then in ever plainer words; each only if it differs."""
    yield folded
    plainer = _write_plainly(folded)
    if plainer != folded:
        yield plainer
    if _NEVER.search(folded) or not (_DIGIT.search(folded) or _VERBAL.search(folded)):
        return
    bare = end_plainly(
        explain(leave_out_clauses(write_amounts(correct(hide_names(folded)))))
    )
    if (
        bare != folded
        and (bare := _write_plainly(fold_time(bare, counted=True))) != plainer
    ):
        yield bare


def _write_plainly(text: str) -> str:
    plainer = write_plainly(leave_out_labels(write_cycles(text)))
    return text if plainer == text else fold_time(plainer, counted=True)


def _read_folded(folded: str) -> dict[str, Any]:
    if _PLUS.search(folded):
        raise Unreadable("an event and a time counted from it")
    if _LISTED.search(folded) and _COUNTED.search(folded):
        raise Unreadable("a list of cycles or visits, not of times")
    simple, approximate = simplify(brackets(folded))
    try:
        keys = _combine([read_piece(part) for part in _parts(simple)])
    except Unreadable:
        if not _NO_TIME.match(simple):
            raise
        return {"anchor": _plain_anchor(simple)}
    if approximate:
        keys["approximate"] = True
    return keys


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
    if _VAGUE.search(text) or not 0 < len(anchor.split()) <= _MAX_WORDS:
        raise Unreadable("says neither a time nor one event")
    if not re.search(r"[^\W\d_]{3}", anchor) or NO_BEGINNING.match(anchor):
        raise Unreadable("says neither a time nor one event")
    return anchor


def _combine(pieces: Sequence[Piece]) -> dict[str, Any]:
    if len(pieces) == 1 and pieces[0].points:
        return {"points": list(pieces[0].points), "anchor": pieces[0].anchor}
    pieces = _with_units(pieces)
    points = [time for piece in pieces for time in piece.points]
    periods = [piece for piece in pieces if piece.start or piece.end or piece.open]
    steps = [piece for piece in pieces if piece.every]
    keys: dict[str, Any] = {"anchor": _anchor(pieces, points)}
    if len(points) == 1 and _is_limit(pieces, periods):
        keys |= {"start": ZERO, "end": points.pop()}
    elif periods:
        keys |= _period(periods)
    if steps:
        keys |= _every(steps, keys)
    if keys.get("start") == ZERO and points == [ZERO]:
        points = []
    if points and keys.keys() & {"start", "end"} and not steps:
        # What begins where counting begins may run to each of the points.
        if not keys["end"] or keys["start"] in (None, ZERO):
            raise Unreadable("a period and points of time")
        if keys["anchor"]:
            _check_shared(pieces, periods[0])
    bare = any(piece.bare for piece in pieces)
    if bare and (set(points) - {ZERO} or not (points or keys.get("end"))):
        raise Unreadable("an event and times that are not counted from it")
    if keys["anchor"] and len(pieces) > 1 and is_dated(keys["anchor"]):
        _check_dated(pieces, points)
    keys["points"] = list(dict.fromkeys(points)) or None
    if not any(keys.values()):
        raise Unreadable("says no time")
    _check_order(keys.get("start"), keys.get("end"))
    return keys


def _check_shared(pieces: Sequence[Piece], period: Piece) -> None:
    """An event at the end of a list is what all of it counts from."""
    named = period.leads and not period.anchor
    if not pieces[-1].anchor or named:
        raise Unreadable("a period and points of time")


def _check_dated(pieces: Sequence[Piece], points: Sequence[str]) -> None:
    """Hours may count from an infusion on day 14, but not the days beside it."""
    if not pieces[-1].anchor or any(not time.startswith("PT") for time in points):
        raise Unreadable("times of several days")


def _check_order(start: str | None, end: str | None) -> None:
    if start and end and seconds(start) > seconds(end):
        raise Unreadable("a period that ends before it starts")


def _with_units(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Give bare numbers the unit that stands before or behind the list."""
    if all(piece.number is None for piece in pieces):
        return pieces
    done: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece.number is None:
            done.append(piece)
            continue
        before = next((p for p in reversed(pieces[:at]) if p.unit), None)
        behind = next((p for p in pieces[at:] if p.unit), None)
        leads = before is not None and before.leads and not before.anchor
        owner = before if leads else behind
        if owner is None or (owner is behind and owner.leads):
            raise Unreadable("a number without a unit of time")
        point = iso(piece.number, owner.unit or "d")
        done.append(Piece(points=(point,), anchor=piece.anchor))
    return done


def _anchor(pieces: Sequence[Piece], points: Sequence[str]) -> str | None:
    """The one event; `before X` gives way to events that times are counted from."""
    named = [piece for piece in pieces if piece.anchor]
    if not named:
        return None
    strong = [piece for piece in named if not piece.weak]
    anchors = {
        " ".join(re.findall(r"\w+", (piece.anchor or "").casefold())): piece.anchor
        for piece in strong or named
    }
    if len(anchors) > 1:
        raise Unreadable("times counted from several events")
    alone = any(
        piece.anchor and piece == Piece(anchor=piece.anchor) for piece in pieces
    )
    if alone and set(points) - {ZERO}:
        raise Unreadable("an event and times that are not counted from it")
    return next(iter(anchors.values()), None)


def _is_limit(pieces: Sequence[Piece], periods: Sequence[Piece]) -> bool:
    """`Until discharge, 30 days`: the time says how long the period is."""
    return len(periods) == 1 and periods[0].open and pieces[-1].points != ()


def _period(periods: Sequence[Piece]) -> dict[str, Any]:
    ends = {piece.end for piece in periods if piece.end}
    starts = {piece.start for piece in periods if piece.start}
    if len(ends) > 1 or len(starts) > 1 or sum(not p.open for p in periods) > 1:
        raise Unreadable("several periods")
    return {"start": next(iter(starts), None), "end": next(iter(ends), None)}


def _every(steps: Sequence[Piece], keys: dict[str, Any]) -> dict[str, Any]:
    every = [piece.every for piece in steps]
    spans = [piece.lasts for piece in steps]
    found: dict[str, Any] = {"every": every[0] if len(every) == 1 else every}
    if len(steps) > 1 and steps[-1].up_to:
        raise Unreadable("an interval of which it is not sure how long it is kept")
    if steps[-1].until:
        if keys.get("end") not in (None, steps[-1].until):
            raise Unreadable("several periods")
        return {**found, "start": ZERO, "end": steps[-1].until}
    if all(spans) and not keys.get("end"):
        return {**found, "start": ZERO, "end": _sum([s for s in spans if s])}
    return found


def _sum(spans: Sequence[tuple[str, str]]) -> str:
    """Add up how long each interval is kept; days stand beside months."""
    units = [unit_of(unit) for _, unit in spans]
    if len(set(units)) == 1:
        return iso(sum(number_of(number) for number, _ in spans), units[0])
    totals = {"mo": 0.0, "d": 0.0}
    for (number, _), unit in zip(spans, units, strict=True):
        if unit not in _EXACT:
            raise Unreadable("spans of time that do not add up")
        base, size = _EXACT[unit]
        totals[base] += number_of(number) * size
    months, days = totals["mo"], iso(totals["d"], "d")
    unit, count = ("a", months / 12) if months % 12 == 0 else ("mo", months)
    if not months:
        return days
    return iso(count, unit) + (days.removeprefix("P") if totals["d"] else "")
