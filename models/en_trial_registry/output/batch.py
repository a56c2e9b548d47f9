"""Whole inputs through the pipeline into files, with a tally of good and bad."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ..records import RecordError
from . import Write
from .chunks import Chunk, Result, Work
from .workers import Workers, run_all


class NothingExtractedError(ValueError):
    """No record could be read, so that there is nothing to write."""


@dataclass
class Tally:
    """What went through.

    records (int): Records that were read and written.
    entities (int): Their entities.
    failed (int): Files and records that could not be read.
    errors (list[RecordError]): What was wrong with them.
    max_errors (int | None): Keep no more errors than these.
    resumed (int): Records that an earlier run had written.
    bytes_read (int): Bytes of the input that were taken.
    """

    records: int = 0
    entities: int = 0
    failed: int = 0
    errors: list[RecordError] = field(default_factory=list)
    max_errors: int | None = None
    resumed: int = 0
    bytes_read: int = 0

    def add(self, result: Result) -> None:
        """Count a result.

        result (Result): What was made of a chunk.
        """
        self.records += result.records
        self.entities += result.entities
        self.failed += len(result.errors)
        self.errors += result.errors
        if self.max_errors is not None:
            del self.errors[self.max_errors :]

    def read(self, count: int) -> None:
        """Count bytes of the input.

        count (int): Bytes that were read.
        """
        self.bytes_read += count


def extract_files(
    chunks: Iterable[Chunk],
    work: Work,
    workers: Workers,
    writes: Sequence[Write],
    tally: Tally,
    *,
    on_result: Callable[[Tally], None],
) -> None:
    """Extract into open files. Bad files and records do not stop the others.

    chunks (Iterable[Chunk]): The input.
    work (Work): What to do with it.
    workers (Workers): Who does it.
    writes (Sequence[Write]): One per render of the work.
    tally (Tally): Counts, and collects the errors.
    on_result (Callable[[Tally], None]): Called after every chunk.
    RAISES (NothingExtractedError): If there was no good record.
    """
    for result in run_all(chunks, work, workers):
        for write, piece in zip(writes, result.pieces, strict=True):
            write(piece)
        tally.add(result)
        on_result(tally)
    if not tally.records:
        raise NothingExtractedError("No record could be read")
