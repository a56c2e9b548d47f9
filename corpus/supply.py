"""Fill the store of texts from files that are at hand."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from en_trial_registry.readers import read_records
from en_trial_registry.records import Record, RecordError

from corpus.external import ExternalText, read_texts, write_texts
from corpus.layout import Layout
from corpus.stored import StoredRecord, read_stored
from corpus.words import hash_text


@dataclass
class SupplyReport:
    """What a supply found.

    taken (dict[str, int]): New or renewed texts by source.
    kept (int): Texts that were there and fit better, or are the same.
    passed_over (int): Records that no annotation asks for.
    missing (dict[str, list[str]]): Ids that still have no text, by source.
    errors (list[RecordError]): What could not be read.
    unasked (list[RecordError]): The same, of records that no annotation asks for.
    """

    taken: dict[str, int] = field(default_factory=dict)
    kept: int = 0
    passed_over: int = 0
    missing: dict[str, list[str]] = field(default_factory=dict)
    errors: list[RecordError] = field(default_factory=list)
    unasked: list[RecordError] = field(default_factory=list)


def supply(paths: Iterable[Path], *, layout: Layout) -> SupplyReport:
    """Take the texts that the annotation needs out of files.

    paths (Iterable[Path]): Files or folders in any format that the readers know.
    layout (Layout): Where the corpus lies.
    RETURNS (SupplyReport): What was taken and what is still missing.
    """
    report = SupplyReport()
    wanted = {
        source: {record.id: record for record in read_stored(layout.stored(source))}
        for source in ("registry", "pages")
    }
    texts = {source: read_texts(layout.external(source)) for source in wanted}
    errors: list[RecordError] = []
    for record in read_records(paths, on_error=errors.append):
        source = _source_of(record, wanted)
        if source is None:
            report.passed_over += 1
        elif _is_better(record, wanted[source][record.id], texts[source]):
            texts[source][record.id] = ExternalText(record.text, record.source)
            report.taken[source] = report.taken.get(source, 0) + 1
        else:
            report.kept += 1
    for source, records in wanted.items():
        if source in report.taken:
            write_texts(layout.external(source), texts[source])
        report.missing[source] = sorted(set(records) - set(texts[source]))
    for error in errors:
        (report.errors if _is_asked(error, wanted) else report.unasked).append(error)
    return report


def _is_asked(
    error: RecordError, wanted: Mapping[str, Mapping[str, StoredRecord]]
) -> bool:
    """A file, or a record without number, may be one that is asked for."""
    return not re.fullmatch(r"NCT\d{8}", error.record) or any(
        error.record in records for records in wanted.values()
    )


def _source_of(
    record: Record, wanted: Mapping[str, Mapping[str, StoredRecord]]
) -> str | None:
    """Tell saved pages from other records: both may have the same registry number."""
    if record.source in ("page", "text") and record.id in wanted["pages"]:
        return "pages"
    return "registry" if record.id in wanted["registry"] else None


def _is_better(
    record: Record, stored: StoredRecord, texts: Mapping[str, ExternalText]
) -> bool:
    """Prefer the text that was annotated, else the one that came last."""
    old = texts.get(record.id)
    return old is None or (
        hash_text(old.text) != stored.sha256 and old.text != record.text
    )
