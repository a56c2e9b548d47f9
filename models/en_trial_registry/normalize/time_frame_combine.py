"""What the parts of a time of measurement say together."""

from collections.abc import Sequence
from typing import Any, Final

from .iso import ZERO, iso, number_of, seconds, unit_of
from .time_frame_parts import read_piece
from .time_frame_pieces import Piece, fold_event, is_dated
from .value import Unreadable

_EXACT: Final = {"mo": ("mo", 1), "a": ("mo", 12), "d": ("d", 1), "wk": ("d", 7)}
# `Postoperative days 2 and 5`: the event stands in front of the unit.
_LEADING: Final = (None, "operation")
_COUNTED_IN: Final = {"gestation": "W", "corrected age": "M"}


def combine_parts(parts: Sequence[str]) -> dict[str, Any]:
    """Read parts and combine what they say.

    parts (Sequence[str]): Parts between commas or `and`.
    RETURNS (Dict[str, Any]): Keys of the value; those without a value are None.
    RAISES (Unreadable): If a part is not understood or they do not go together.
    """
    return combine([read_piece(part) for part in parts])


def combine(pieces: Sequence[Piece]) -> dict[str, Any]:
    """Combine what the parts of a text say.

    pieces (Sequence[Piece]): What each part says, in the order of the text.
    RETURNS (Dict[str, Any]): Keys of the value; those without a value are None.
    RAISES (Unreadable): If the parts do not go together.
    """
    if len(pieces) == 1 and pieces[0].points:
        return {"points": list(pieces[0].points), "anchor": pieces[0].anchor}
    pieces = _with_units(pieces)
    points = [time for piece in pieces for time in piece.points]
    periods = [piece for piece in pieces if piece.start or piece.end or piece.open]
    steps = [piece for piece in pieces if piece.every]
    keys: dict[str, Any] = {"anchor": _anchor(pieces, points)}
    if len(points) == 1 and _is_limit(pieces, periods):
        keys |= {"start": periods[0].start or ZERO, "end": points.pop()}
    elif _is_about(periods) and not points:
        keys |= {"start": periods[0].start or ZERO, "end": periods[1].end}
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
    if keys["anchor"] in _COUNTED_IN and len(pieces) > 1:
        _check_counted(points, _COUNTED_IN[keys["anchor"]])
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
    of_hours = all(time.startswith(("PT", "-PT")) for time in points)
    if not (pieces[-1].anchor and of_hours):
        raise Unreadable("times of several days")


def _check_counted(points: Sequence[str], unit: str) -> None:
    """`Day 10 and 36 weeks of gestation`: the day is no day of gestation."""
    if any(not time.endswith(unit) for time in points if time != ZERO):
        raise Unreadable("times counted from several events")


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
        leads = before is not None and before.leads and before.anchor in _LEADING
        owner = before if leads else behind
        if owner is None or (owner is behind and owner.leads):
            raise Unreadable("a number without a unit of time")
        back = owner is behind and bool(owner.points) and owner.points[0][0] == "-"
        point = iso(-piece.number if back else piece.number, owner.unit or "d")
        done.append(Piece(points=(point,), anchor=piece.anchor))
    return done


def _anchor(pieces: Sequence[Piece], points: Sequence[str]) -> str | None:
    """The one event; `before X` gives way to events that times are counted from."""
    named = [piece for piece in pieces if piece.anchor]
    if not named:
        return None
    strong = [piece for piece in named if not piece.weak]
    anchors = {fold_event(p.anchor): p.anchor for p in reversed(strong or named)}
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


def _is_about(periods: Sequence[Piece]) -> bool:
    """`Until discharge, 2-3 weeks`: the period takes so long at most."""
    if len(periods) != 2 or not periods[0].open or periods[0].end:
        return False
    return periods[1].unit is not None and not periods[1].leads | bool(
        periods[1].anchor
    )


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
    if any(step.start for step in steps[1:]) or any(step.end for step in steps[:-1]):
        raise Unreadable("an interval that begins later than the one before it")
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
