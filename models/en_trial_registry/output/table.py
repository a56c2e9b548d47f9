"""Tables for a terminal: the entities of a record, grouped by section."""

import io
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from ..extract import Entity, Extraction
from ..schema import ENTITY_LABELS, LABEL_COLORS
from ..tables import TABLES
from . import Output
from .facts import fact_table, shorten
from .files import framed

_OTHER_COLOR: Final = "#CCCCCC"
_NO_SECTION: Final = "Text"


def tables(console: Console) -> Output:
    """Show extractions on a terminal.

    console (Console): The terminal.
    RETURNS (Output): What it shows.
    """
    render = partial(
        render_tables,
        width=console.width,
        color_system=console.color_system,
        encoding=console.encoding,
    )
    return Output(render, framed())


def render_tables(
    extractions: Sequence[Extraction],
    *,
    width: int,
    color_system: str | None,
    encoding: str,
) -> bytes:
    """Lay out records for a terminal.

    extractions (Sequence[Extraction]): What was found in them.
    width (int): Signs in a line.
    color_system (str | None): How it shows colours; None if it shows none.
    encoding (str): Its encoding; signs that it lacks are shown as `?`.
    RETURNS (bytes): The lines.
    """
    console = Console(
        file=io.TextIOWrapper(io.BytesIO(), encoding=encoding),
        width=width,
        color_system=color_system,  # type: ignore[arg-type]
        force_terminal=color_system is not None,
        highlight=False,
        legacy_windows=False,
    )
    with console.capture() as shown:
        for extraction in extractions:
            console.print(record_view(extraction))
    return shown.get().encode(encoding, "replace")


def record_view(extraction: Extraction) -> RenderableType:
    """Lay out the entities of a record.

    extraction (Extraction): What was found in the record.
    RETURNS (RenderableType): A heading and a table, for rich to print.
    """
    facts = (fact_table(extraction, name) for name in TABLES)
    shown = [table for table in facts if table is not None]
    return Group(_heading(extraction), _table(extraction.entities), *shown, "")


def label_mark(label: str) -> Text:
    """Write a label on its colour; dark on light reads on every terminal.

    label (str): An entity label.
    RETURNS (Text): The label.
    """
    color = LABEL_COLORS.get(label, _OTHER_COLOR)
    return Text(f" {label} ", style=f"#111111 on {color}")


def counted(entities: int) -> str:
    """Write a number of entities.

    entities (int): How many.
    RETURNS (str): For example "1 entity".
    """
    return f"{entities:,} {'entity' if entities == 1 else 'entities'}"


def _heading(extraction: Extraction) -> Text:
    record, count = extraction.record, len(extraction.entities)
    facts = [record.source, f"{len(record.text):,} characters", counted(count)]
    heading = Text(shorten(record.id), style="bold")
    if title := shorten(record.brief_title):
        heading.append(f"  {title}", style="not bold")
    heading.append("\n" + " · ".join(filter(None, facts)), style="not bold dim")
    return heading


def _table(entities: tuple[Entity, ...]) -> RenderableType:
    if not entities:
        return Text("No entities found.", style="italic")
    table = Table(box=box.HORIZONTALS, expand=True, padding=(0, 1))
    label_width = max(map(len, ENTITY_LABELS)) + 2
    table.add_column("Section, field", no_wrap=True)
    table.add_column("Label", min_width=label_width, no_wrap=True)
    table.add_column("Text", ratio=1, overflow="fold")
    for section, members in groupby(entities, key=lambda entity: entity.section):
        table.add_row(Text(section or _NO_SECTION, style="bold"))
        for row in _rows(members):
            table.add_row(*row)
        table.add_section()
    return table


def _rows(entities: Iterator[Entity]) -> Iterator[tuple[Text, Text, Text]]:
    """Make a row per entity; a field is named where it begins."""
    before = None
    for entity in entities:
        name = "" if entity.field == before else _field_name(entity)
        before = entity.field
        text = Text(shorten(entity.text))
        yield Text(f"  {name}", style="dim"), label_mark(entity.label), text


def _field_name(entity: Entity) -> str:
    """Name the field within its section: `[0].measure` below `Primary outcomes`."""
    section = (entity.section or "").lower().replace(" ", "_")
    return (entity.field or "").removeprefix(section)
