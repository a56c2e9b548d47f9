"""JSON objects whose members are read with a check of their type."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..records import RecordError

_NAMES = {
    "dict": "an object",
    "list": "a list",
    "str": "text",
    "bool": "true or false",
    "int": "a number",
    "float": "a number",
    "NoneType": "null",
}


@dataclass(frozen=True)
class Node:
    """A JSON object and its path in the record; absent and null count as empty.

    value (object): The value, normally a dict.
    path (str): Where it stands, e.g. "protocolSection.designModule".
    RAISES (RecordError): If the value is not an object; the methods raise it if a
        member has the wrong type.
    """

    value: object
    path: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.value, dict):
            raise _wrong_type(self.path, self.value, "an object")

    def child(self, key: str) -> "Node":
        """The object under a key; an empty one if there is none."""
        value = self._get(key)
        return Node({} if value is None else value, self._path(key))

    def children(self, key: str) -> Iterator["Node"]:
        """The objects in the list under a key."""
        for i, value in enumerate(self._list(key)):
            yield Node(value, f"{self._path(key)}[{i}]")

    def text(self, key: str) -> str:
        """The text under a key."""
        value = self._get(key)
        return "" if value is None else _as_text(value, self._path(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts in the list under a key."""
        return tuple(
            _as_text(value, f"{self._path(key)}[{i}]")
            for i, value in enumerate(self._list(key))
        )

    def required_text(self, key: str, *, remedy: str) -> str:
        """The text under a key, which may not be empty."""
        text = self.text(key)
        if not text.strip():
            raise RecordError("is missing", field=self._path(key), remedy=remedy)
        return text

    def _get(self, key: str) -> object:
        assert isinstance(self.value, dict)
        return self.value.get(key)

    def _list(self, key: str) -> list[object]:
        value = self._get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise _wrong_type(self._path(key), value, "a list")
        return value

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def _as_text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise _wrong_type(path, value, "text")
    return value


def _wrong_type(path: str, value: object, wanted: str) -> RecordError:
    found = _NAMES.get(type(value).__name__, type(value).__name__)
    return RecordError(
        f"is {found}, not {wanted}", field=path, remedy=f"write it as {wanted}"
    )
