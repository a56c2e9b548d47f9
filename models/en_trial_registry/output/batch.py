"""Whole files through the pipeline into writers, with a tally of good and bad."""

import multiprocessing
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language

from ..extract import BATCH_SIZE, extract_records
from ..readers import read_records
from ..records import RecordError
from . import Write


class NothingExtractedError(ValueError):
    """No record could be read, so that there is nothing to write."""


@dataclass
class Tally:
    """What went through.

    records (int): Records that were read and written.
    entities (int): Their entities.
    errors (list[RecordError]): What was wrong with the other files and records.
    """

    records: int = 0
    entities: int = 0
    errors: list[RecordError] = field(default_factory=list)


def extract_files(
    paths: Iterable[Path],
    nlp: Language,
    writers: Sequence[Write],
    tally: Tally,
    *,
    batch_size: int = BATCH_SIZE,
    n_process: int = 1,
    on_record: Callable[[Tally], None] | None = None,
) -> None:
    """Extract from files into writers. Bad files and records do not stop the others.

    paths (Iterable[Path]): Files, folders and archives.
    nlp (Language): The pipeline.
    writers (Sequence[Write]): Each is given every extraction.
    tally (Tally): Counts, and collects the errors.
    batch_size (int): Records that go through the pipeline at once.
    n_process (int): Number of processes.
    on_record (Callable[[Tally], None] | None): Called after every record.
    RAISES (NothingExtractedError): If there was no good record.
    """
    records = read_records(paths, on_error=tally.errors.append)
    extractions = extract_records(
        records,
        nlp,
        batch_size=batch_size,
        n_process=n_process,
        on_error=tally.errors.append,
    )
    with closing(extractions), _workers_ended_on_error():
        for extraction in extractions:
            for write in writers:
                write(extraction)
            tally.records += 1
            tally.entities += len(extraction.entities)
            if on_record:
                on_record(tally)
    if not tally.records:
        raise NothingExtractedError("No record could be read")


def end_workers() -> None:
    """End the worker processes at once.

    To be called when extraction ends early: a worker that is sending a batch which
    nobody receives would be waited for without end.
    """
    warnings.filterwarnings("ignore", r"\[W127\]")
    for worker in multiprocessing.active_children():
        worker.terminate()


@contextmanager
def _workers_ended_on_error() -> Iterator[None]:
    try:
        yield
    except BaseException:
        end_workers()
        raise
