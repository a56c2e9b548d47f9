"""One of the three tables as CSV, JSON lines or Parquet: a line per row."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import Enum
from pathlib import Path
from typing import Any, Final, TextIO

from ..extract import Extraction
from ..tables import columns, flatten
from . import Write
from .files import replaced_file, replaced_path

ROW_GROUP: Final = 10_000


class TableName(str, Enum):
    """The tables, as the command line names them."""

    regimens = "regimens"
    lab_thresholds = "lab-thresholds"
    outcomes = "outcomes"


class TableFormat(str, Enum):
    """How a table is written."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


def record_rows(extraction: Extraction, table: str) -> Iterator[dict[str, Any]]:
    """Give the flat rows of a record.

    extraction (Extraction): What was found in it.
    table (str): A key of `tables.TABLES`.
    YIELDS (dict[str, Any]): `id` and the columns of the table.
    """
    for row in extraction.rows(table):
        yield {"id": extraction.record.id, **flatten(row, table)}


def write_csv(stream: TextIO, table: str) -> Write:
    """Write a table as CSV, the names of the columns first.

    stream (TextIO): Where to write.
    table (str): A key of `tables.TABLES`.
    RETURNS (Write): Writes the rows of one extraction.
    """
    writer = csv.DictWriter(stream, ["id", *columns(table)], lineterminator="\n")
    writer.writeheader()
    return lambda extraction: writer.writerows(record_rows(extraction, table))


def write_jsonl(stream: TextIO, table: str) -> Write:
    """Write a table as JSON lines.

    stream (TextIO): Where to write.
    table (str): A key of `tables.TABLES`.
    RETURNS (Write): Writes the rows of one extraction.
    """

    def write(extraction: Extraction) -> None:
        for row in record_rows(extraction, table):
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")

    return write


@contextmanager
def _open_text(
    path: Path, table: str, make: Callable[[TextIO, str], Write]
) -> Iterator[Write]:
    with replaced_file(path) as stream:
        yield make(stream, table)


@contextmanager
def _open_parquet(path: Path, table: str) -> Iterator[Write]:
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise OSError(
            "Parquet needs pyarrow: pip install 'en_trial_registry[tables]'"
        ) from error
    schema = pyarrow.schema([("id", pyarrow.string()), *_types(pyarrow, table)])
    rows: list[dict[str, Any]] = []
    with replaced_path(path) as partial, ParquetWriter(partial, schema) as file:

        def flush() -> None:
            file.write_table(pyarrow.Table.from_pylist(rows, schema))
            rows.clear()

        def write(extraction: Extraction) -> None:
            rows.extend(record_rows(extraction, table))
            if len(rows) >= ROW_GROUP:
                flush()

        yield write
        flush()


def _types(pyarrow: Any, table: str) -> Iterator[tuple[str, Any]]:
    for name in columns(table):
        if name == "mentions" or name.endswith(("_start", "_end")):
            yield name, pyarrow.int64()
        else:
            is_score = name.endswith("_score")
            yield name, pyarrow.float64() if is_score else pyarrow.string()


TEXT_WRITERS: Final = {TableFormat.csv: write_csv, TableFormat.jsonl: write_jsonl}


def open_table(
    path: Path, table: TableName, form: TableFormat
) -> AbstractContextManager[Write]:
    """Write a table to a file.

    path (Path): The file.
    table (TableName): Which table.
    form (TableFormat): How to write it.
    RETURNS (ContextManager[Write]): Gives what writes one extraction.
    RAISES (OSError): When it is entered, if Parquet is asked for without pyarrow.
    """
    name = table.value.replace("-", "_")
    if form is TableFormat.parquet:
        return _open_parquet(path, name)
    return _open_text(path, name, TEXT_WRITERS[form])
