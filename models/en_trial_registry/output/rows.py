"""Tables as CSV, JSON lines or Parquet: a line per row."""

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import partial
from typing import Any, BinaryIO, Final

from ..extract import Entity, Extraction
from ..tables import columns, flatten
from . import Output, Write
from .files import framed

ENTITIES: Final = "entities"
"""The table of all entities, beside those of `tables.TABLES`."""

_ENTITY_COLUMNS: Final = tuple(Entity.__dataclass_fields__)
_ROW_GROUP: Final = 10_000


class TableName(str, Enum):
    """The tables, as the command line names them."""

    regimens = "regimens"
    lab_thresholds = "lab-thresholds"
    outcomes = "outcomes"
    entities = "entities"

    @property
    def key(self) -> str:
        """RETURNS (str): The name in code and in folders."""
        return self.value.replace("-", "_")


class OutputFormat(str, Enum):
    """How facts are written."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"
    fhir = "fhir"


def column_names(table: str) -> list[str]:
    """Name the columns of a table.

    table (str): A key of `tables.TABLES`, or `entities`.
    RETURNS (list[str]): The names in order, `id` first.
    """
    return ["id", *(_ENTITY_COLUMNS if table == ENTITIES else columns(table))]


def record_rows(extraction: Extraction, table: str) -> Iterator[dict[str, Any]]:
    """Give the flat rows of a record.

    extraction (Extraction): What was found in it.
    table (str): A key of `tables.TABLES`, or `entities`.
    YIELDS (dict[str, Any]): The values by the names of the columns.
    """
    record_id = extraction.record.id
    if table == ENTITIES:
        for entity in extraction.entities:
            value = entity.value and json.dumps(entity.value, ensure_ascii=False)
            yield {"id": record_id, **vars(entity), "value": value}
        return
    for row in extraction.rows(table):
        yield {"id": record_id, **flatten(row, table)}


def _all_rows(
    extractions: Sequence[Extraction], table: str
) -> Iterator[dict[str, Any]]:
    for extraction in extractions:
        yield from record_rows(extraction, table)


def render_csv(extractions: Sequence[Extraction], *, table: str) -> bytes:
    """Write rows as CSV, without the names of the columns.

    extractions (Sequence[Extraction]): What was found.
    table (str): A key of `tables.TABLES`, or `entities`.
    RETURNS (bytes): The lines.
    """
    lines = _Lines()
    # With this line end csv quotes carriage returns too, which readers need.
    writer = csv.DictWriter(lines, column_names(table), lineterminator="\r\n")
    writer.writerows(_all_rows(extractions, table))
    return "".join(line.removesuffix("\r\n") + "\n" for line in lines).encode("utf-8")


class _Lines(list[str]):
    """A file as csv needs it; each row is one call."""

    def write(self, line: str) -> None:
        self.append(line)


def render_jsonl(extractions: Sequence[Extraction], *, table: str) -> bytes:
    """Write rows as JSON lines.

    extractions (Sequence[Extraction]): What was found.
    table (str): A key of `tables.TABLES`, or `entities`.
    RETURNS (bytes): The lines.
    """
    rows = _all_rows(extractions, table)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return "".join(lines).encode("utf-8")


def render_arrow(extractions: Sequence[Extraction], *, table: str) -> bytes:
    """Write rows as an Arrow stream, from which `open_parquet` makes Parquet.

    extractions (Sequence[Extraction]): What was found.
    table (str): A key of `tables.TABLES`, or `entities`.
    RETURNS (bytes): The stream.
    """
    import pyarrow

    schema = arrow_schema(table)
    rows = pyarrow.Table.from_pylist([*_all_rows(extractions, table)], schema)
    stream = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(stream, schema) as writer:
        writer.write_table(rows)
    return bytes(stream.getvalue())


@contextmanager
def open_parquet(stream: BinaryIO, *, table: str) -> Iterator[Write]:
    """Write a table as Parquet.

    stream (BinaryIO): Open for writing.
    table (str): A key of `tables.TABLES`, or `entities`.
    YIELDS (Write): Adds what `render_arrow` made.
    """
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    waiting: list[Any] = []
    with ParquetWriter(stream, arrow_schema(table)) as file:

        def flush() -> None:
            if waiting:
                file.write_table(pyarrow.concat_tables(waiting).combine_chunks())
                waiting.clear()

        def write(piece: bytes) -> None:
            waiting.append(pyarrow.ipc.open_stream(piece).read_all())
            if sum(rows.num_rows for rows in waiting) >= _ROW_GROUP:
                flush()

        yield write
        flush()


def arrow_schema(table: str) -> Any:
    """Give the types of a table's columns.

    table (str): A key of `tables.TABLES`, or `entities`.
    RETURNS (pyarrow.Schema): Integers, floats and texts.
    RAISES (OSError): If pyarrow is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        raise OSError(
            "Parquet needs pyarrow: pip install 'en_trial_registry[tables]'"
        ) from error
    kinds = {"int": pyarrow.int64(), "float": pyarrow.float64()}
    names = column_names(table)
    return pyarrow.schema(
        [(name, kinds.get(_kind(name), pyarrow.string())) for name in names]
    )


def _kind(column: str) -> str:
    if column == "mentions" or column.rpartition("_")[2] in ("start", "end"):
        return "int"
    return "float" if column.rpartition("_")[2] == "score" else "str"


def table_output(table: str, form: OutputFormat) -> Output:
    """Choose how to write a table.

    table (str): A key of `tables.TABLES`, or `entities`.
    form (OutputFormat): csv, jsonl or parquet.
    RETURNS (Output): The table in this format.
    RAISES (OSError): If Parquet is asked for without pyarrow.
    """
    if form is OutputFormat.parquet:
        arrow_schema(table)
        return Output(
            partial(render_arrow, table=table), partial(open_parquet, table=table)
        )
    if form is OutputFormat.jsonl:
        return Output(partial(render_jsonl, table=table), framed())
    head = (",".join(column_names(table)) + "\n").encode()
    return Output(partial(render_csv, table=table), framed(head=head))
