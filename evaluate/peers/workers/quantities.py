"""quantulum3: numbers with units, labelled by the kind of unit."""

from collections.abc import Iterator
from typing import Any

from quantulum3 import parser  # type: ignore[import-not-found]

from evaluate.peers.workers.exchange import Find, serve


def prepare(settings: dict[str, Any]) -> Find:
    """Make what finds quantities.

    settings (Dict[str, Any]): Not used.
    RETURNS (Find): Gives quantities, labelled `mass`, `time`, `concentration`, ...;
        `failed` for a line that quantulum3 could not read.
    """
    return lambda texts: [list(_quantities(text)) for text in texts]


def _quantities(text: str) -> Iterator[tuple[int, int, str]]:
    """Read line by line: no quantity crosses one, and a bad one costs no other."""
    at = 0
    for line in text.split("\n"):
        try:
            for quantity in parser.parse(line):
                start, end = quantity.span
                yield at + start, at + end, quantity.unit.entity.name
        except Exception:
            yield at, at + max(1, len(line)), "failed"
        at += len(line) + 1


if __name__ == "__main__":
    serve(prepare, ("quantulum3",))
