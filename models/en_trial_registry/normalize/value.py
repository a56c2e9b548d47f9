"""What a reader returns: a value, or none and why."""

from collections.abc import Callable
from typing import Any, NamedTuple

Value = dict[str, Any]
"""A value in plain JSON types; `kind` names the label of its entity."""


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


def read_as(kind: str, **keys: Any) -> Reading:
    """Return a value, without the keys that don't apply.

    kind (str): Label of the entity.
    **keys (Any): Keys of the value; those that are None are left out.
    RETURNS (Reading): The value.
    """
    given = {key: value for key, value in keys.items() if value is not None}
    return Reading({"kind": kind, **given}, None)


def unreadable(reason: str) -> Reading:
    """Return no value.

    reason (str): Why there is none, in words.
    RETURNS (Reading): The reason.
    """
    return Reading(None, reason)
