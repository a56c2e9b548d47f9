"""The command line: `python -m en_trial_registry`."""

import json
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import Annotated, Final, NoReturn, TextIO

import spacy
import typer
from rich.console import Console
from rich.text import Text
from spacy.language import Language

from en_trial_registry import __version__, load
from en_trial_registry.extract import BATCH_SIZE
from en_trial_registry.output import Write
from en_trial_registry.output.batch import (
    NothingExtractedError,
    Tally,
    end_workers,
    extract_files,
)
from en_trial_registry.output.html import open_html
from en_trial_registry.output.info import describe, print_info
from en_trial_registry.output.json_lines import json_lines, open_json_lines
from en_trial_registry.output.progress import counting
from en_trial_registry.output.rows import (
    TEXT_WRITERS,
    TableFormat,
    TableName,
    open_table,
)
from en_trial_registry.output.table import counted, tables

FAILED: Final = 1
USAGE: Final = 2
# What a shell reports for a program that Ctrl-C ended, or whose output nobody read.
INTERRUPTED: Final = 130
BROKEN_PIPE: Final = 141

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Structured facts from clinical-trial registry records.",
)

# fmt: off
Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders, zip archives and gzip files with records: API v2 JSON, JSON lines, legacy XML, registry pages as text, any text.")]  # noqa: E501
Output = Annotated[Path | None, typer.Option("--output", "-o", dir_okay=False, help="JSON lines file to write.")]  # noqa: E501
Html = Annotated[Path | None, typer.Option("--html", dir_okay=False, help="HTML page to write.")]  # noqa: E501
Show = Annotated[bool, typer.Option("--show", help="Show tables where standard output is no terminal too.")]  # noqa: E501
Table = Annotated[TableName | None, typer.Option("--table", help="Write this table, a line per row, instead of whole records.")]  # noqa: E501
Format = Annotated[TableFormat, typer.Option("--format", help="Format of --table; parquet needs -o.")]  # noqa: E501
Model = Annotated[str | None, typer.Option("--model", "-m", help="Folder or name of a pipeline instead of the installed one.")]  # noqa: E501
BatchSize = Annotated[int, typer.Option("--batch-size", min=1, help="Records per batch.")]  # noqa: E501
NProcess = Annotated[int, typer.Option("--n-process", min=1, help="Number of processes.")]  # noqa: E501
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
# fmt: on


@app.command("extract")
def extract_cli(
    paths: Paths,
    output: Output = None,
    html: Html = None,
    table: Table = None,
    form: Format = TableFormat.csv,
    show: Show = False,
    model: Model = None,
    batch_size: BatchSize = BATCH_SIZE,
    n_process: NProcess = 1,
) -> None:
    """Find treatments, laboratory limits and outcomes in records.

    Writes JSON lines to the file of -o or to standard output, and shows tables where
    that is a terminal. Files and records that can't be read are listed at the end.
    """
    check_outputs(paths, output, html)
    if form is TableFormat.parquet and not (table and output):
        _fail("--format parquet needs --table and a file, -o.", code=USAGE)
    nlp = load_pipeline(model)
    tally = Tally()
    with _ends_cleanly(), suppress(NothingExtractedError), ExitStack() as stack:
        shows_tables = output is None and (
            show or (table is None and sys.stdout.isatty())
        )
        main = (
            tables(_stdout())
            if shows_tables
            else _open_rows(stack, output, table, form)
            if table
            else _open_records(stack, output)
        )
        writers = [main, *([stack.enter_context(open_html(html))] if html else [])]
        shown = sys.stderr.isatty() and not shows_tables
        extract_files(
            paths,
            nlp,
            writers,
            tally,
            batch_size=batch_size,
            n_process=n_process,
            on_record=stack.enter_context(counting(_stderr(), shown=shown)),
        )
    _report(tally, [path for path in (output, html) if path])


@app.command("info")
def info_cli(model: Model = None, as_json: AsJson = False) -> None:
    """Print version, labels, scores, data sources, licence and limits."""
    info = describe(load_pipeline(model), package_version=__version__)
    with _ends_cleanly():
        if as_json:
            _utf8_stdout().write(json.dumps(info, indent=2, ensure_ascii=False) + "\n")
        else:
            print_info(info, _stdout())


def load_pipeline(model: str | None) -> Language:
    """Load a pipeline, or end with a message that says what to do.

    model (str | None): Folder or name; None for the one installed with this package.
    RETURNS (Language): The pipeline.
    """
    try:
        return spacy.load(model) if model else load()
    except (OSError, ValueError, KeyError, ImportError) as error:
        named = f"pipeline '{model}'" if model else "installed pipeline"
        _fail(
            f"Can't load the {named}: {str(error).strip()}\n"
            "Name one with --model: the folder of a trained pipeline, such as "
            "training/output/ner/model-best, or an installed package.",
            code=USAGE,
        )


def check_outputs(
    paths: Sequence[Path], output: Path | None, html: Path | None
) -> None:
    """End with a message if an output can't be written or is an input as well.

    paths (Sequence[Path]): The inputs.
    output (Path | None): JSON lines.
    html (Path | None): HTML page.
    """
    targets = [path.resolve() for path in (output, html) if path]
    if len(set(targets)) < len(targets):
        _fail("-o and --html name the same file; name two.", code=USAGE)
    inputs = {path.resolve() for path in paths}
    for target in targets:
        if not target.parent.is_dir():
            _fail(f"There is no folder {target.parent}; make it first.", code=USAGE)
        if target.exists() and not inputs.isdisjoint([target, *target.parents]):
            _fail(
                f"{target} is among the input and would be read as a record; "
                "write to another folder or move it away.",
                code=USAGE,
            )


def _open_records(stack: ExitStack, output: Path | None) -> Write:
    if output:
        return stack.enter_context(open_json_lines(output))
    return json_lines(_utf8_stdout())


def _open_rows(
    stack: ExitStack, output: Path | None, table: TableName, form: TableFormat
) -> Write:
    if output:
        return stack.enter_context(open_table(output, table, form))
    return TEXT_WRITERS[form](_utf8_stdout(), table.value.replace("-", "_"))


def _report(tally: Tally, written: Sequence[Path]) -> None:
    """Say what was written and list what was not read; end with 1 if anything."""
    stderr = _stderr()
    if not tally.records:
        kept = "; nothing was written" if written else ""
        stderr.print(f"No record could be read{kept}.", style="bold")
    elif written:
        files = " and ".join(map(str, written))
        counts = f"{tally.records:,} record{'s' * (tally.records != 1)}"
        found = counted(tally.entities)
        stderr.print(Text(f"{counts}, {found}, written to {files}."), soft_wrap=True)
    if tally.errors:
        count = len(tally.errors)
        what = "file or record" if count == 1 else "files or records"
        stderr.print(f"{count:,} {what} could not be read:", style="bold")
    for error in tally.errors:
        stderr.print(Text(f"- {error}"), soft_wrap=True)
    if tally.errors or not tally.records:
        raise typer.Exit(FAILED)


@contextmanager
def _ends_cleanly() -> Iterator[None]:
    """End without a traceback on Ctrl-C, a pipe that closes, or a full disk."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more at its end; that must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(BROKEN_PIPE) from None
    except KeyboardInterrupt:
        _fail("Stopped before the end; no file was written.", code=INTERRUPTED)
    except OSError as error:
        _fail(f"Can't write the output: {error}", code=FAILED)


def _fail(message: str, *, code: int) -> NoReturn:
    _stderr().print(Text(message), soft_wrap=True)
    raise typer.Exit(code)


def _stderr() -> Console:
    return Console(stderr=True, highlight=False)


def _stdout() -> Console:
    """Standard output for people: what its encoding lacks is shown as `?`."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return Console(highlight=False)


def _utf8_stdout() -> TextIO:
    """Standard output for programs, unless a notebook or test put another there."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    return sys.stdout


def main() -> None:
    """Run the command line, and end even if worker processes still have work.

    Early ends leave records in the queues to the workers. Python would wait at its
    exit until they are taken, which is never.
    """
    signal.signal(signal.SIGINT, _interrupt)
    code = 0
    try:
        app(prog_name="python -m en_trial_registry")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else FAILED
    except Exception:
        traceback.print_exc()
        code = FAILED
    if code:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Stop on Ctrl-C. Workers get the signal as well and leave it to the parent."""
    if multiprocessing.parent_process() is None:
        end_workers()
        raise KeyboardInterrupt


if __name__ == "__main__":
    main()
