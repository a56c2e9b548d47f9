"""`extract`: from its options to complete files."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Final, cast

from rich.console import Console
from spacy.language import Language

from ..readers import read_items
from ..readers.source import Item
from . import Output
from .basis import describe_input, describe_versions, input_size
from .batch import NothingExtractedError, Tally, extract_files
from .chunks import Work, cut
from .cluster import cluster
from .files import replaced_file
from .html import html_page
from .model import identify
from .options import Options
from .parts import Parts, open_parts
from .progress import counting
from .rows import OutputFormat
from .table import tables
from .workers import Workers, processes, run_all, this_process

LISTED_FAILURES: Final = 20
"""Errors that are shown of those in the file of a folder of parts."""


def extract_to_files(options: Options, nlp: Language, tally: Tally) -> None:
    """Extract into the files of -o and --html, or to standard output.

    options (Options): What was asked for.
    nlp (Language): The pipeline.
    tally (Tally): Counts, and collects the errors.
    """
    outputs = _outputs(options)
    work = Work(
        tuple(output.render for output, _ in outputs),
        options.batch_size,
        options.min_score,
    )
    shows_tables = not options.output and _shows_tables(options)
    with suppress(NothingExtractedError), ExitStack() as stack:
        workers = stack.enter_context(_workers(options, nlp))
        writes = [
            stack.enter_context(output.open(stack.enter_context(_stream(path))))
            for output, path in outputs
        ]
        on_result = stack.enter_context(_counting(options, shown=not shows_tables))
        chunks = cut(_items(options, tally), batch_size=options.batch_size)
        extract_files(chunks, work, workers, writes, tally, on_result=on_result)


def extract_to_parts(options: Options, nlp: Language, tally: Tally) -> None:
    """Extract into a folder of parts.

    options (Options): What was asked for.
    nlp (Language): The pipeline.
    tally (Tally): Counts, and collects the first errors.
    RAISES (ResumeError): If the folder can't be used.
    """
    assert options.parts
    tally.max_errors = LISTED_FAILURES
    kinds = options.part_kinds()
    work = Work(
        tuple(kind.output.render for kind in kinds.values()),
        options.batch_size,
        options.min_score,
    )
    basis = {
        "paths": [str(path) for path in options.paths],
        "input": describe_input(options.paths),
        "model": identify(options.model, nlp)._asdict(),
        "options": options.basis(),
        "versions": _versions(options),
    }
    with (
        open_parts(options.parts, kinds, basis, resume=options.resume) as parts,
        _workers(options, nlp) as workers,
    ):
        parts.count(tally)
        if not parts.manifest.is_complete:
            _write_parts(options, work, workers, parts, tally)


def _write_parts(
    options: Options, work: Work, workers: Workers, parts: Parts, tally: Tally
) -> None:
    chunks = cut(
        _items(options, tally),
        batch_size=options.batch_size,
        part_size=options.part_size,
    )
    missing = (chunk for chunk in chunks if chunk.part >= parts.done)
    with _counting(options, shown=True) as on_result:
        for result in run_all(missing, work, workers):
            parts.add(result)
            tally.add(result)
            on_result(tally)
    parts.finish(tally)


def _outputs(options: Options) -> list[tuple[Output, Path | None]]:
    if _shows_tables(options):
        main = tables(stdout_console())
    else:
        main = options.main_output()
    outputs: list[tuple[Output, Path | None]] = [(main, options.output)]
    return outputs + ([(html_page(), options.html)] if options.html else [])


def _shows_tables(options: Options) -> bool:
    if options.output or options.form:
        return False
    return options.show or (not options.table and sys.stdout.isatty())


def _stream(path: Path | None) -> AbstractContextManager[BinaryIO]:
    return replaced_file(path) if path else _stdout_bytes()


@contextmanager
def _stdout_bytes() -> Iterator[BinaryIO]:
    """Standard output, unless a notebook or test put a text stream there."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    yield buffer or cast(BinaryIO, _TextBytes())


class _TextBytes:
    """Takes UTF-8 for a standard output that takes text only."""

    def write(self, data: bytes) -> int:
        return sys.stdout.write(data.decode("utf-8"))

    def flush(self) -> None:
        sys.stdout.flush()


def stdout_console() -> Console:
    """Open standard output for people: what its encoding lacks is shown as `?`.

    RETURNS (Console): The console.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return Console(highlight=False)


@contextmanager
def _workers(options: Options, nlp: Language) -> Iterator[Workers]:
    if not options.dask and options.n_process == 1:
        yield this_process(nlp)
        return
    model = identify(options.model, nlp)
    with (
        cluster(options.dask, model, n_process=options.n_process)
        if options.dask
        else processes(options.n_process, model, nlp)
    ) as workers:
        yield workers


def _counting(
    options: Options, *, shown: bool
) -> AbstractContextManager[Callable[[Tally], None]]:
    shown = shown and sys.stderr.isatty()
    size = input_size(options.paths) if shown else None
    console = Console(stderr=True, highlight=False)
    return counting(console, shown=shown, size=size)


def _items(options: Options, tally: Tally) -> Iterator[Item]:
    return read_items(options.paths, on_read=tally.read)


def _versions(options: Options) -> dict[str, str]:
    needs_arrow = options.part_format is OutputFormat.parquet
    others: Sequence[str] = ("pyarrow",) if needs_arrow else ()
    return describe_versions("en_trial_registry", "spacy", *others)
