"""What `extract` was asked for, and whether that is possible."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from ..extract import BATCH_SIZE
from ..tables import TABLES
from . import Output
from .fhir import FHIR
from .json_lines import JSON_LINES
from .parts import PART_SIZE, Kind
from .rows import ENTITIES, OutputFormat, TableName, table_output

_PARTS_WITH_TABLES: Final = (ENTITIES, *TABLES)


class UsageError(ValueError):
    """Options that can't be combined, or name what can't be used."""


@dataclass(frozen=True)
class Options:
    """The options of `extract`, by the names of the command line.

    form (OutputFormat | None): `--format`.
    """

    paths: tuple[Path, ...]
    output: Path | None = None
    html: Path | None = None
    table: TableName | None = None
    form: OutputFormat | None = None
    show: bool = False
    parts: Path | None = None
    part_size: int = PART_SIZE
    resume: bool = False
    model: str | None = None
    min_score: float | None = None
    batch_size: int = BATCH_SIZE
    n_process: int = 1
    dask: str | None = None

    @property
    def part_format(self) -> OutputFormat:
        """RETURNS (OutputFormat): The format of parts."""
        return self.form or OutputFormat.parquet

    def check(self) -> None:
        """Find out whether it is possible.

        RAISES (UsageError): If not; says why and what to do.
        """
        if self.parts:
            self._check_parts()
        else:
            self._check_files()
        if self.dask and self.dask != "local" and self.n_process > 1:
            raise UsageError(
                f"The cluster at {self.dask} has its own processes; leave --n-process "
                "out, or use --dask local."
            )

    def main_output(self) -> Output:
        """RETURNS (Output): What goes to -o or standard output."""
        if self.form is OutputFormat.fhir:
            return FHIR
        if self.table:
            return table_output(self.table.key, self.form or OutputFormat.csv)
        return JSON_LINES

    def part_kinds(self) -> dict[str, Kind]:
        """RETURNS (dict[str, Kind]): The files of a part, by their folders."""
        form = self.part_format
        if self.table:
            tables: tuple[str, ...] = (self.table.key,)
        elif form is OutputFormat.jsonl:
            return {"records": Kind(JSON_LINES, form.value)}
        else:
            tables = _PARTS_WITH_TABLES
        return {name: Kind(table_output(name, form), form.value) for name in tables}

    def basis(self) -> dict[str, Any]:
        """RETURNS (dict[str, Any]): The options that the bytes of parts depend on."""
        names = ("part_size", "batch_size", "min_score")
        chosen = {name: asdict(self)[name] for name in names}
        return {**chosen, "format": self.part_format.value, "table": self.table}

    def _check_files(self) -> None:
        if self.resume:
            raise UsageError("--resume goes on with --parts; name their folder.")
        if self.form is OutputFormat.parquet and not (self.table and self.output):
            raise UsageError(
                "--format parquet needs --table and a file, -o; or a folder, --parts."
            )
        if self.form is OutputFormat.csv and not self.table:
            raise UsageError("--format csv needs --table, or a folder, --parts.")
        if self.form is OutputFormat.fhir and self.table:
            raise UsageError("--format fhir holds the regimens; leave --table out.")
        targets = [path.resolve() for path in (self.output, self.html) if path]
        if len(set(targets)) < len(targets):
            raise UsageError("-o and --html name the same file; name two.")
        for target in targets:
            self._check_target(target)

    def _check_target(self, target: Path) -> None:
        if not target.parent.is_dir():
            raise UsageError(f"There is no folder {target.parent}; make it first.")
        inputs = {path.resolve() for path in self.paths}
        if target.exists() and not inputs.isdisjoint([target, *target.parents]):
            raise UsageError(
                f"{target} is among the input and would be read as a record; "
                "write to another folder or move it away."
            )

    def _check_parts(self) -> None:
        assert self.parts
        if self.output or self.html or self.show:
            raise UsageError(
                "--parts writes to its folder; leave -o, --html and --show out."
            )
        if self.form is OutputFormat.fhir:
            raise UsageError("--format fhir is one file; name it with -o.")
        target = self.parts.resolve()
        if not target.parent.is_dir():
            raise UsageError(f"There is no folder {target.parent}; make it first.")
        if target.exists() and not target.is_dir():
            raise UsageError(f"{target} is a file; --parts names a folder.")
        inputs = {path.resolve() for path in self.paths}
        if not inputs.isdisjoint([target, *target.parents]):
            raise UsageError(
                f"{target} is inside the input and would be read; name another folder."
            )
