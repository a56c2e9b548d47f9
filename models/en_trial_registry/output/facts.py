"""Tables for a terminal: the regimens, laboratory limits and outcomes of a record."""

import re
from typing import Any, Final

from rich import box
from rich.table import Table
from rich.text import Text

from ..extract import Extraction
from ..tables import FACTS, PARTS

MAX_TEXT: Final = 160
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f]+")


def shorten(text: str, *, limit: int = MAX_TEXT) -> str:
    """Put a text on one line and take the middle out if it is long.

    text (str): The text; control characters become spaces.
    limit (int): The most characters of the result.
    RETURNS (str): The beginning and the end, with " … " between.
    """
    line = _CONTROL.sub(" ", text).strip()
    if len(line) <= limit:
        return line
    half = (limit - 3) // 2
    return f"{line[: limit - 3 - half].rstrip()} … {line[-half:].lstrip()}"


def fact_table(extraction: Extraction, table: str) -> Table | None:
    """Lay out one of the three tables of a record.

    extraction (Extraction): What was found in the record.
    table (str): A key of `tables.TABLES`.
    RETURNS (Table | None): None if it has no row.
    """
    rows = extraction.rows(table)
    if not rows:
        return None
    title = table.replace("_", " ").capitalize()
    view = Table(box=box.HORIZONTALS, title=title, title_justify="left", expand=True)
    for name in (*PARTS[table], *FACTS[table]):
        view.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        parts = [_cell(row[name]) for name in PARTS[table]]
        view.add_row(*parts, *(Text(shorten(row[f] or "")) for f in FACTS[table]))
    return view


def _cell(part: dict[str, Any] | None) -> Text:
    return Text(shorten(part["text"]) if part else "")
