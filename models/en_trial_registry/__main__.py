"""The command line: `python -m en_trial_registry`."""

import json
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
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
from en_trial_registry.output.batch import Tally
from en_trial_registry.output.command import (
    extract_to_files,
    extract_to_parts,
    stdout_console,
)
from en_trial_registry.output.info import describe, print_info
from en_trial_registry.output.manifest import ResumeError
from en_trial_registry.output.model import OtherModelError
from en_trial_registry.output.options import Options, UsageError
from en_trial_registry.output.parts import FAILED as FAILED_FILE
from en_trial_registry.output.parts import PART_SIZE
from en_trial_registry.output.rows import OutputFormat, TableName
from en_trial_registry.output.table import counted
from en_trial_registry.output.workers import WorkersError, end_workers
from en_trial_registry.scores import NoScoresError

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
Format = Annotated[OutputFormat | None, typer.Option("--format", help="csv (of --table), jsonl, parquet (of --table with -o, or --parts), or fhir: one Bundle of all regimens.")]  # noqa: E501
Parts = Annotated[Path | None, typer.Option("--parts", file_okay=False, help="Folder for many files, each written whole: entities and the three tables as Parquet or csv, or records as jsonl; and failed.jsonl with what could not be read.")]  # noqa: E501
PartSize = Annotated[int, typer.Option("--part-size", min=1, help="Records per file of --parts.")]  # noqa: E501
Resume = Annotated[bool, typer.Option("--resume", help="Go on with --parts after an interruption; the same files come out.")]  # noqa: E501
Model = Annotated[str | None, typer.Option("--model", "-m", help="Folder or name of a pipeline instead of the installed one.")]  # noqa: E501
MinScore = Annotated[float | None, typer.Option("--min-score", min=0, max=1, help="Drop entities that the pipeline is less sure of, with their links and rows.")]  # noqa: E501
BatchSize = Annotated[int, typer.Option("--batch-size", min=1, help="The most records that go through the pipeline at once.")]  # noqa: E501
NProcess = Annotated[int, typer.Option("--n-process", min=1, help="Number of processes.")]  # noqa: E501
Dask = Annotated[str | None, typer.Option("--dask", metavar="ADDRESS", help="Scheduler of a Dask cluster, such as tcp://10.0.0.1:8786; or local, for one of --n-process workers.")]  # noqa: E501
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
# fmt: on


@app.command("extract")
def extract_cli(
    paths: Paths,
    output: Output = None,
    html: Html = None,
    table: Table = None,
    form: Format = None,
    show: Show = False,
    parts: Parts = None,
    part_size: PartSize = PART_SIZE,
    resume: Resume = False,
    model: Model = None,
    min_score: MinScore = None,
    batch_size: BatchSize = BATCH_SIZE,
    n_process: NProcess = 1,
    dask: Dask = None,
) -> None:
    """Find treatments, laboratory limits and outcomes in records.

    Writes JSON lines to the file of -o or to standard output; on a terminal it shows
    tables. Files and records that can't be read are listed at the end.
    """
    options = Options(
        tuple(paths),
        output,
        html,
        table,
        form,
        show,
        parts,
        part_size,
        resume,
        model,
        min_score,
        batch_size,
        n_process,
        dask,
    )
    tally = Tally()
    with _ends_cleanly(parts):
        options.check()
        nlp = load_pipeline(model)
        (extract_to_parts if parts else extract_to_files)(options, nlp, tally)
    _report(tally, options)


@app.command("info")
def info_cli(model: Model = None, as_json: AsJson = False) -> None:
    """Print version, labels, scores, data sources, licence and limits."""
    info = describe(load_pipeline(model), package_version=__version__)
    with _ends_cleanly():
        if as_json:
            _utf8_stdout().write(json.dumps(info, indent=2, ensure_ascii=False) + "\n")
        else:
            print_info(info, stdout_console())


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


def _report(tally: Tally, options: Options) -> None:
    """Say what was written and list what was not read; end with 1 if anything."""
    stderr = _stderr()
    written = [path for path in (options.output, options.html, options.parts) if path]
    if not tally.records:
        kept = "; nothing was written" if written and not options.parts else ""
        stderr.print(f"No record could be read{kept}.", style="bold")
    elif written:
        files = " and ".join(map(str, written))
        counts = f"{tally.records:,} record{'s' * (tally.records != 1)}"
        if tally.resumed:
            counts += f" ({tally.resumed:,} by an earlier run)"
        found = counted(tally.entities)
        stderr.print(Text(f"{counts}, {found}, written to {files}."), soft_wrap=True)
    if tally.failed:
        what = "file or record" if tally.failed == 1 else "files or records"
        listed = f"; all are in {options.parts / FAILED_FILE}" if options.parts else ""
        stderr.print(
            Text(f"{tally.failed:,} {what} could not be read{listed}:", style="bold"),
            soft_wrap=True,
        )
    for error in tally.errors:
        stderr.print(Text(f"- {error}"), soft_wrap=True)
    if tally.failed or not tally.records:
        raise typer.Exit(FAILED)


@contextmanager
def _ends_cleanly(parts: Path | None = None) -> Iterator[None]:
    """End without a traceback on Ctrl-C, a pipe that closes, or a full disk."""
    kept = f"Finished parts are in {parts}; --resume goes on." if parts else ""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more at its end; that must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(BROKEN_PIPE) from None
    except KeyboardInterrupt:
        told = f". {kept}" if kept else "; no file was written."
        _fail(f"Stopped before the end{told}", code=INTERRUPTED)
    except OSError as error:
        _fail(f"Can't write the output: {error}", code=FAILED)
    except (UsageError, ResumeError, NoScoresError) as error:
        _fail(str(error), code=USAGE)
    except (WorkersError, OtherModelError) as error:
        _fail(f"{error} {kept}".strip(), code=FAILED)


def _fail(message: str, *, code: int) -> NoReturn:
    _stderr().print(Text(message), soft_wrap=True)
    raise typer.Exit(code)


def _stderr() -> Console:
    return Console(stderr=True, highlight=False)


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
