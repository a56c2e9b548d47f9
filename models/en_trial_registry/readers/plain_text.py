"""Text files: registry pages, our own rendering, and any other text."""

from collections.abc import Iterator

from ..records import Record
from ..rendering import ID_LINE, find_sections
from .pages import read_page
from .source import Item, Source


def matches(head: str) -> bool:
    """Take whatever no other format takes.

    head (str): The beginning of the file.
    RETURNS (bool): True.
    """
    return True


def read(source: Source) -> Iterator[Item]:
    """Read a page into its fields, any other text as it is.

    source (Source): The file.
    YIELDS (Item): One record.
    RAISES (RecordError): If it can't be read as UTF-8 text.
    """
    text = source.text()
    id_line = ID_LINE.match(text)
    is_rendered = id_line is not None and len(find_sections(text)) > 1
    record = None if is_rendered else read_page(text, stem=source.stem)
    if record is None:
        record_id = id_line.group(1) if id_line else source.stem
        record = Record(record_id, source="text", plain_text=text)
    yield record
