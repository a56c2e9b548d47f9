"""What a reader returns: a value, or none and why."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

Value = dict[str, Any]
"""A value in plain JSON types; `kind` names the label of its entity."""

_MAX_LENGTH: Final = 400


class Reading(NamedTuple):
    """What a reader makes of a text: a value or a reason, never both.

    value (Optional[Value]): The value.
    reason (Optional[str]): In words, why there is none.
    """

    value: Value | None
    reason: str | None


class Unreadable(ValueError):
    """Raised inside a reader where a text can't be read; the message is the reason."""


Reader = Callable[[str], Reading]
"""Reads the text of one entity; never raises."""


def read_value(
    kind: str, read: Callable[[str], Mapping[str, Any]], text: str
) -> Reading:
    """Read a value with a function that may give up.

    kind (str): Label of the entity.
    read (Callable[[str], Mapping[str, Any]]): Gives the keys of the value, of which
        those that are None are left out; raises `Unreadable`.
    text (str): Text of the entity.
    RETURNS (Reading): The value, or why there is none.
    """
    try:
        # Grammars may take time that grows faster than the text.
        if len(text) > _MAX_LENGTH and len(" ".join(text.split())) > _MAX_LENGTH:
            raise Unreadable(f"longer than {_MAX_LENGTH} characters")
        keys = {key: value for key, value in read(text).items() if value is not None}
        return Reading({"kind": kind, **keys}, None)
    except Unreadable as reason:
        return Reading(None, str(reason))
