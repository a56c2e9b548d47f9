"""Registry pages that were saved as text, told apart by their own headings.

To add a layout, write a file with `matches` and `read` and list it in LAYOUTS.
"""

from collections.abc import Callable
from typing import NamedTuple

from ...records import Record, RecordError
from ...rendering import HEADER
from . import guided, halves, tables, timeline
from .page import Page


class Layout(NamedTuple):
    """A page layout.

    matches (Callable[[Page], bool]): Whether a page has this layout.
    read (Callable[[Page], Record]): Reads its fields; raises RecordError.
    """

    matches: Callable[[Page], bool]
    read: Callable[[Page], Record]


LAYOUTS: list[Layout] = [
    Layout(module.matches, module.read) for module in (halves, guided, tables, timeline)
]


def read_page(text: str, *, stem: str) -> Record | None:
    """Read a page in one of the known layouts.

    text (str): The page as text.
    stem (str): The name of its file without ending: its id if it shows no NCT id.
    RETURNS (Record | None): The record; None if the text has no known layout.
    RAISES (RecordError): If a part of the page can't be read.
    """
    page = Page.from_text(text, stem=stem)
    for layout in LAYOUTS:
        if layout.matches(page):
            return _not_empty(layout.read(page))
    return None


def _not_empty(record: Record) -> Record:
    if {section.label for section in record.sections} <= {HEADER}:
        raise RecordError(
            "looks like a registry page, but none of its sections can be read",
            record=record.id,
            remedy="save the whole page as text again",
        )
    return record
