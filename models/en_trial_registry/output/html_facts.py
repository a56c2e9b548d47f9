"""The three tables of a record as HTML; every part links to its place in the text."""

from html import escape
from typing import Any

from ..extract import Extraction
from ..tables import FACTS, PARTS, TABLES


def anchor(extraction: Extraction, start: int) -> str:
    """Name the place of an entity, so that tables can link to it.

    extraction (Extraction): The record.
    start (int): First character of the entity.
    RETURNS (str): An id, unique on the page as long as records are.
    """
    return f"{extraction.record.id}-{start}".replace(" ", "_")


def facts_html(extraction: Extraction) -> str:
    """Draw the tables that have rows.

    extraction (Extraction): What was found in the record.
    RETURNS (str): `table` elements; empty if there is no row.
    """
    return "\n".join(
        _table(extraction, name, rows)
        for name in TABLES
        if (rows := extraction.rows(name))
    )


def _table(extraction: Extraction, name: str, rows: list[dict[str, Any]]) -> str:
    names = (*PARTS[name], *FACTS[name])
    head = "".join(f"<th>{escape(column.replace('_', ' '))}</th>" for column in names)
    body = "\n".join(
        "<tr>" + "".join(_cell(extraction, row[column]) for column in names) + "</tr>"
        for row in rows
    )
    title = escape(name.replace("_", " ").capitalize())
    return (
        f'<table class="{name}">\n<caption>{title}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


def _cell(extraction: Extraction, content: Any) -> str:
    if not isinstance(content, dict):
        return f"<td>{escape(content or '')}</td>"
    target = escape(anchor(extraction, content["start"]))
    return f'<td><a href="#{target}">{escape(content["text"])}</a></td>'
