"""What holds for every record, whatever format it came in."""

import re

from ..records import Record, RecordError

_INLINE = "a|abbr|b|em|font|i|p|s|small|span|strike|strong|sub|sup|tt|u"
_BLOCK = (
    "blockquote|body|button|center|code|dd|div|dl|dt|form|h[1-6]|head|hr|html|iframe"
    "|img|input|label|li|link|meta|nav|ol|option|pre|script|section|select|style"
    "|table|tbody|td|textarea|tfoot|th|thead|title|tr|ul"
)
# Signs such as "<35 g/L", "a < b > c" and "<b>" alone, a variable, are no HTML.
_HTML = re.compile(
    rf"<!doctype\s+html|</(?:{_INLINE}|{_BLOCK}|br)\s*>"
    rf"|<(?:{_INLINE}|{_BLOCK})\s+[a-z-]+\s*=[^<>]+>"
    rf"|<(?:br|em|font|p|span|strong|sub|sup|{_BLOCK})\s*/?>",
    re.IGNORECASE,
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def check_record(record: Record, *, file: str) -> Record:
    """Refuse a record whose id or text can't be used.

    record (Record): The record as it was read.
    file (str): The file, for messages.
    RETURNS (Record): The same record.
    RAISES (RecordError): If the id or the text is empty, or if HTML or half a
        character is left in a field.
    """
    if not record.id.strip():
        remedy = "give every record an id"
        raise RecordError("is empty", file=file, field="id", remedy=remedy)
    if not record.text.strip():
        remedy = "supply the text of the record or leave it out"
        raise RecordError("holds no text", file=file, record=record.id, remedy=remedy)
    _check_text(record, "id", record.id, file=file)
    for path, start, end in record.fields:
        _check_text(record, path, record.text[start:end], file=file)
    return record


def _check_text(record: Record, path: str, text: str, *, file: str) -> None:
    if found := _HTML.search(text):
        problem = f"holds the HTML tag {found.group()[:40]!r}"
        remedy = "take the text without markup"
    elif found := _SURROGATE.search(text):
        problem = f"holds half a character (\\u{ord(found.group()):04x})"
        remedy = "replace it by the whole character"
    else:
        return
    raise RecordError(problem, file=file, record=record.id, field=path, remedy=remedy)
