"""Write the joined corpora for training and evaluation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from spacy.tokens import DocBin

from corpus.annotation import SPLITS, AnnotatedRecord, CorpusError
from corpus.cut import piece_rows
from corpus.docbin import Misfit, MisfitError, blank_pipeline, make_docbin
from corpus.join import JoinReport
from corpus.jsonl import annotated_row, write_jsonl, write_whole
from corpus.layout import Layout
from corpus.load import load_corpus, of_split


class OnMisaligned(str, Enum):
    """What to do about gold spans that don't fit the tokens."""

    error = "error"
    report = "report"


class Sources(str, Enum):
    """What to train on."""

    authored = "authored"
    both = "authored+registry"


@dataclass
class ConvertReport:
    """What a conversion wrote and left out.

    written (dict[str, int]): Records by file name.
    misfits (dict[str, list[Misfit]]): Spans that a DocBin doesn't hold, by file name.
    joins (dict[str, JoinReport]): What the join of each source reports.
    """

    written: dict[str, int] = field(default_factory=dict)
    misfits: dict[str, list[Misfit]] = field(default_factory=dict)
    joins: dict[str, JoinReport] = field(default_factory=dict)


def convert(
    *,
    layout: Layout,
    sources: Sources = Sources.both,
    on_misaligned: OnMisaligned = OnMisaligned.error,
) -> ConvertReport:
    """Write JSON lines per source and split, and DocBins for training.

    Sources whose text isn't at hand are left out, and counted in the report.

    layout (Layout): Where the corpus lies.
    sources (Sources): What `train.spacy` holds.
    on_misaligned (OnMisaligned): Whether gold that doesn't fit the tokens stops it.
    RETURNS (ConvertReport): What was written and what not.
    RAISES (CorpusError): If a record can't be read or has no split.
    RAISES (MisfitError): If gold doesn't fit the tokens.
    """
    corpora, joins = load_corpus(layout=layout)
    check_splits(corpora.values())
    report = ConvertReport(joins=joins)
    parts = {
        f"{source}-{split}": of_split(records, split)
        for source, records in corpora.items()
        for split in SPLITS
    }
    for name, records in parts.items():
        rows = [annotated_row(record) for record in records]
        _write_part(layout.output / f"{name}.jsonl", rows, report)
    _write_fields(layout, parts, report)
    _write_rows(layout.output / "join-report.jsonl", joins)
    docbins = choose_docbins(parts, sources=sources)
    packed = {name: _pack(name, records, report) for name, records in docbins.items()}
    misfits = {str(m): m for listed in report.misfits.values() for m in listed}
    if misfits and on_misaligned is OnMisaligned.error:
        raise MisfitError(list(misfits.values()))
    for name, docbin in packed.items():
        _write_docbin(layout.output / name, docbin, report)
    return report


def check_splits(corpora: Iterable[Sequence[AnnotatedRecord]]) -> None:
    """Refuse records that no split was chosen for.

    corpora (Iterable[Sequence[AnnotatedRecord]]): Records by source.
    RAISES (CorpusError): If a record has none.
    """
    without = [r.id for records in corpora for r in records if r.split is None]
    if without:
        raise CorpusError(
            "corpus",
            f"{len(without)} records have no split ({', '.join(without[:5])}, ...)",
            "Run `python -m corpus assign-splits`",
        )


def choose_docbins(
    parts: dict[str, list[AnnotatedRecord]], *, sources: Sources
) -> dict[str, list[AnnotatedRecord]]:
    """Choose what to train and to develop on.

    parts (dict[str, list[AnnotatedRecord]]): Records by `SOURCE-SPLIT`.
    sources (Sources): What to train on.
    RETURNS (dict[str, list[AnnotatedRecord]]): Records by DocBin; `dev.spacy` holds
        real records where there are any.
    """
    train = list(parts["authored-train"])
    if sources is Sources.both:
        train += parts["registry-train"]
    docbins = {
        "train.spacy": train,
        "dev.spacy": parts["registry-dev"] or parts["authored-dev"],
        "authored-dev.spacy": parts["authored-dev"],
        "registry-dev.spacy": parts["registry-dev"],
    }
    return docbins


def _write_fields(
    layout: Layout, parts: dict[str, list[AnnotatedRecord]], report: ConvertReport
) -> None:
    for name in ("authored-dev", "registry-dev"):
        rows = [row for record in parts[name] for row in piece_rows(record)]
        _write_part(layout.output / f"{name}-fields.jsonl", rows, report)


def _write_part(
    path: Path, rows: Sequence[dict[str, Any]], report: ConvertReport
) -> None:
    """Write a part; an empty one is deleted, so that no older text stays."""
    if rows:
        report.written[path.name] = write_jsonl(path, rows)
    else:
        path.unlink(missing_ok=True)


def _write_docbin(path: Path, docbin: DocBin, report: ConvertReport) -> None:
    if len(docbin):
        write_whole(path, docbin.to_bytes())
        report.written[path.name] = len(docbin)
    else:
        path.unlink(missing_ok=True)


def _write_rows(path: Path, joins: dict[str, JoinReport]) -> None:
    write_jsonl(
        path,
        (
            {"source": source, **vars(change)}
            for source, join in joins.items()
            for change in join.changes
        ),
    )


def _pack(
    name: str, records: Sequence[AnnotatedRecord], report: ConvertReport
) -> DocBin:
    docbin, misfits = make_docbin(blank_pipeline(), records)
    report.misfits[name] = misfits
    return docbin
