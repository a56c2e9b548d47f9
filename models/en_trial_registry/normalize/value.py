"""What a reader returns: a value, or none and why."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

Value = dict[str, Any]
"""A value in plain JSON types; `kind` names the label of its entity."""

_MAX_LENGTH: Final = 400
# Longer texts don't come again; keeping them would only cost memory.
_MAX_KEPT: Final = 400


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


class Kept:
    """A reader that keeps what it read: registries repeat `daily` and `baseline`.

    read (Reader): Reads a text.
    """

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._kept = lru_cache(maxsize=4096)(read)

    def __call__(self, text: str) -> Reading:
        """Read a text, or give a copy of what was read before."""
        if len(text) > _MAX_KEPT:
            return self._read(text)
        value, reason = self._kept(text)
        if value is None:
            return Reading(None, reason)
        own = {k: [*part] if type(part) is list else part for k, part in value.items()}
        return Reading(own, None)

    def __len__(self) -> int:
        """RETURNS (int): How many texts are kept."""
        return self._kept.cache_info().currsize

    def forget(self) -> None:
        """Forget what was read."""
        self._kept.cache_clear()
