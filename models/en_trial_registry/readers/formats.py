"""The source formats, in the order in which they are tried.

To add a format, write a file beside the others with a function that takes a Source
and yields records, and put a Format in front of the last one, which takes any text.
A new page layout goes into `pages/`, a new shape of JSON objects into `json_text.py`.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from . import json_text, legacy_xml, plain_text
from .source import Item, Source


class Format(NamedTuple):
    """A source format.

    name (str): For people.
    matches (Callable[[str], bool]): Whether a file is in this format, judged by the
        beginning of its text.
    read (Callable[[Source], Iterator[Item]]): Reads the records of one file. It
        yields a RecordError for a record that can't be read and goes on; it raises
        one if nothing further can be read.
    """

    name: str
    matches: Callable[[str], bool]
    read: Callable[[Source], Iterator[Item]]


FORMATS: list[Format] = [
    Format("JSON", json_text.matches, json_text.read),
    Format("legacy XML", legacy_xml.matches, legacy_xml.read),
    Format("text", plain_text.matches, plain_text.read),
]
