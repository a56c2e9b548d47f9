"""Annotated records: JSON objects with id and text; annotation is read elsewhere."""

from ..records import Record
from .node import Node


def matches(value: dict[str, object]) -> bool:
    """Tell an annotated record by its id or text.

    value (dict[str, object]): A JSON object.
    RETURNS (bool): Whether it is one.
    """
    return "text" in value or "id" in value


def to_record(value: dict[str, object]) -> Record:
    """Take the text as it is.

    value (dict[str, object]): The annotated record.
    RETURNS (Record): A plain text record.
    RAISES (RecordError): If id or text are missing or no text.
    """
    node = Node(value)
    remedy = 'an annotated record has "id" and "text"'
    record_id = node.required_text("id", remedy=remedy)
    text = node.required_text("text", remedy=remedy)
    return Record(record_id, source="jsonl", plain_text=text)
