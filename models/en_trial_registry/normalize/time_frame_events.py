"""Times of several events: a period between two, events that stand beside times."""

import re
from collections.abc import Sequence
from typing import Any

from .iso import ZERO, pattern
from .time_frame_combine import combine
from .time_frame_names import show_names
from .time_frame_parts import read_piece
from .time_frame_periods import FROM_START, TO
from .time_frame_pieces import Piece, Time, fold_event, read_event
from .time_frame_points import read_time
from .value import Unreadable

_EVENT = pattern(
    r"(?!(?:(?:at|on|the) )*(?:end|start|beginning|completion)$)"
    r".*\b(?:(?:time|day|date|moment) of|end|start|beginning|"
    r"completion|discharged?|admission|arrival|"
    r"departure|birth|delivery|surgery|operation|removal|insertion|implantation|"
    r"visits?|"
    r"exit|transfer|infusion|injection|dos(?:e|ing)|treatment|therapy|chemotherapy|"
    r"radiotherapy|randomi[sz]ation|registration|inclusion|enrol+ment|intubation|"
    r"extubation|"
    r"induction|intervention|sessions?|awakening|transplantation|relapse|progression|"
    r"death|withdrawal|termination|discontinuation|crossover|challenge|follow-up|"
    r"entry|intake|procedure|biopsy|vaccination|recovery|anesthesia|call|consent|first|"
    r"administration|initiation|hospitali[sz]ation|post-?test|EOT|EOS|conclusion|"
    r"intra-?operative(?:ly)?)\b"
)
_BEGINNING = pattern(
    r"(?:(?:at|on|upon) )?(?:the )?(?:(?:time|day|moment) of )?(?:the )?"
    r"(?:birth|(?:\w+ )?admission|arrival|departure|intake|entry|consent|inclusion|"
    r"surgery|operation|delivery|challenge|diagnosis|dispensing|"
    r"(?:start|beginning) of [^0-9]+|"
    r"operation day)(?: (?:to|at|of|in) (?:the )?[a-z ]+)?$"
    r"|(?:immediately|directly|right) (?:after|following) [^0-9]+$"
)
_SCREENING = pattern(r"(?:at )?(?:the )?screening(?: visit)?$")
_LEADING = pattern(r"^(?:(?:measured|assessed|at|on|upon|in|the|and) )+")
_PLACED = pattern(r"(?:at|on|upon|in|during|before|after|following|prior|each|every) ")
_NO_START = pattern(
    r"^(?:at|for|on|in|or|until|by) | for any | (?:up|out|or|and)$|^(?:out|post|pre)$"
)
_NO_NAME = pattern(
    r"\b(?:two|three|four|five|six|seven|both|its|their|his|her|ie|i\.e|"
    r"e\.g)\b|/|^last$|^(?:from|since) |"
    r" in (?:minutes|hours|days|weeks)|^(?!at)[a-z ]+ at (?:the )?time of"
)

_FROM = pattern(r"(?:from|between|during|starting) ")


def combine_events(parts: Sequence[str]) -> dict[str, Any]:
    """Read parts that name several events and combine what they say.

    parts (Sequence[str]): Parts between commas or `and`.
    RETURNS (Dict[str, Any]): Keys of the value, with `start_anchor` and `events`.
    RAISES (Unreadable): If a part is not understood or they do not go together.
    """
    pieces = _with_length([_read(part) for part in parts])
    timed = [piece for piece in pieces if _is_timed(piece)]
    if not timed:
        raise Unreadable("several events without a time")
    counted = {fold_event(piece.anchor) for piece in timed if piece.anchor}
    kept: list[Piece] = []
    events: list[str] = []
    for at, (part, piece) in enumerate(zip(parts, pieces, strict=False)):
        if _is_timed(piece) or not piece.anchor:
            kept.append(piece)
        elif fold_event(piece.anchor) in counted or piece.weak:
            kept.append(piece if piece.points else Piece((ZERO,), anchor=piece.anchor))
        elif _SCREENING.match(part):
            kept.append(Piece((ZERO,)))
        elif not at and not counted and _BEGINNING.match(part):
            kept.append(Piece((ZERO,), anchor=piece.anchor))
        elif at and _ends_list(pieces[at - 1]) and not _PLACED.match(part):
            raise Unreadable("an event that may belong to the one before it")
        elif _NO_NAME.search(part) or not (piece.points or _EVENT.match(part)):
            raise Unreadable("an event and times that are not counted from it")
        else:
            events.append(show_names(_LEADING.sub("", part)))
    keys = combine(kept)
    starts = [piece.start_anchor for piece in kept if piece.start_anchor]
    if starts and (len(kept) > 1 and any(p.points or p.every for p in kept[:1])):
        raise Unreadable("a period between several events and other times")
    return {**keys, "start_anchor": next(iter(starts), None), "events": events or None}


def _read(part: str) -> Piece:
    try:
        return read_piece(part)
    except Unreadable:
        piece = _between(part)
        if piece is None:
            raise
        return piece


def _between(text: str) -> Piece | None:
    """Read a period whose start and end are counted from two events."""
    for match in TO.finditer(text):
        begin = _begin(text[: match.start()])
        if begin is None or match[0] == "-":
            continue
        last, start_anchor = text[match.end() :], begin.anchor or "baseline"
        end = read_time(last)
        if end is not None and end.unit and end.anchor and not end.iso.startswith("-"):
            if _NO_NAME.search(end.anchor):
                return None
            if _is_same(start_anchor, end.anchor):
                return Piece(start=begin.iso, end=end.iso, anchor=start_anchor)
            return Piece(
                start=begin.iso,
                end=end.iso,
                anchor=end.anchor,
                start_anchor=start_anchor,
            )
        if begin.unit and _EVENT.match(last) and not re.search("[0-9]", last):
            return Piece(
                start=begin.iso,
                open=True,
                anchor=read_event(last),
                start_anchor=begin.anchor,
            )
    return None


def _is_same(first: str, last: str) -> bool:
    """`Registration` may be `registration into the trial`."""
    short, long = fold_event(first), fold_event(last)
    return long == short or long.startswith(
        tuple(f"{short} {word} " for word in ("in", "into", "to", "at"))
    )


def _begin(text: str) -> Time | None:
    said, text = _FROM.match(text), FROM_START.sub("", text)
    if (time := read_time(text)) is not None:
        known = time.unit or not time.anchor
        return time if known and not time.iso.startswith("-") else None
    if re.search("[0-9]", text) or _NO_START.search(text):
        return None
    if re.match("baseline", text, re.IGNORECASE):
        return Time(ZERO)
    named = said or _EVENT.match(text) or _SCREENING.match(text)
    if not named or " from " in text:
        return None
    return Time(ZERO, anchor=read_event(text))


def _with_length(pieces: list[Piece]) -> list[Piece]:
    """`First dose to 2 weeks after last dose, up to 9 weeks`: so long in all."""
    if len(pieces) != 2 or pieces[1].anchor:
        return pieces
    first, last = pieces
    if not first.start_anchor:
        late = first.open and first.start not in (None, ZERO) and last.start == ZERO
        return [first._replace(end=last.end, open=False)] if late else pieces
    length = last.end if last.start == ZERO else (*last.points, None)[0]
    if length is None or (first.start != ZERO and not first.open):
        return pieces
    anchor = None if first.start_anchor == "baseline" else first.start_anchor
    return [Piece(start=first.start, end=length, anchor=anchor)]


def _is_timed(piece: Piece) -> bool:
    """Say whether a part states a time, or that counting begins."""
    at_event = piece.points == (ZERO,) and piece.anchor is not None
    stated = piece.points or piece.number is not None or piece.start or piece.every
    return bool(stated and not at_event)


def _ends_list(piece: Piece) -> bool:
    return piece.anchor is not None and not piece.weak
