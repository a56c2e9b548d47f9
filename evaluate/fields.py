"""What is lost when a field is read without its record."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from spacy.language import Language

from .bootstrap import (
    RESAMPLES,
    SEED,
    IntArray,
    Interval,
    f1_scores,
    percentile_interval,
    resample,
)
from .documents import EvaluationError, GoldDocument, Piece, read_documents, read_pieces
from .matching import Span, micro, strict_counts
from .predict import pipeline_name, predict_entities
from .scoring import Score, score_of

ALL: Final = "all pieces"
WITHOUT_OUTCOMES: Final = "all but outcome lists"
OUTCOME_LISTS: Final = "outcome lists"
DEFINITIONS: Final = {
    "whole": "the pipeline reads the record; gold and predicted spans inside a piece",
    "fields": "the pipeline reads each piece alone",
    "f1": "strict: first character, end and label agree; micro over the labels",
    "loss": "F1 on whole records minus F1 on fields, in points of 100",
    "interval": "95 % percentile interval over resampled records, paired",
}


@dataclass(frozen=True)
class KindResult:
    """Scores of the pieces of one kind.

    kind (str): Kind of field or a group of kinds.
    pieces (int): Number of pieces.
    whole (Score): Read in their records.
    fields (Score): Read alone.
    loss (Optional[float]): F1 of whole minus F1 of fields, in points.
    interval (Optional[Interval]): Interval of the loss.
    """

    kind: str
    pieces: int
    whole: Score
    fields: Score
    loss: float | None
    interval: Interval | None


@dataclass(frozen=True)
class FieldReport:
    """Loss of a pipeline on fields without their record.

    pipeline (str): Name of the pipeline.
    version (str): Its version.
    source (str): Name of the text source.
    records (int): Number of records that were cut.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of bootstrap draws.
    outside (int): Gold spans of the records that lie in no piece; not counted.
    crossing (int): Spans predicted in whole records that touch a piece without lying
        in it; not counted as wrong, but the gold span they miss is.
    kinds (Tuple[KindResult, ...]): Groups of kinds first, then each kind.
    """

    pipeline: str
    version: str
    source: str
    records: int
    seed: int
    resamples: int
    outside: int
    crossing: int
    kinds: tuple[KindResult, ...]


@dataclass(frozen=True)
class _Reading:
    """Strict micro counts of one piece: read in its record, read alone."""

    piece: Piece
    counts: tuple[tuple[int, int, int], tuple[int, int, int]]


def compare_fields(
    nlp: Language,
    whole: Path,
    fields: Path,
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
    progress: bool = False,
) -> FieldReport:
    """Compare predictions on whole records with those on their fields alone.

    nlp (Language): The pipeline.
    whole (Path): JSON lines of gold records.
    fields (Path): JSON lines of the same records cut into fields.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of bootstrap draws.
    progress (bool): Show progress bars.
    RETURNS (FieldReport): Scores per kind of field.
    RAISES (EvaluationError): If the fields are not pieces of the records.
    """
    records = {record.id: record for record in read_documents(whole)}
    pieces = read_pieces(fields)
    for piece in pieces:
        _require_cut_from(piece, records, whole)
    used = [records[id] for id in sorted({piece.record for piece in pieces})]
    predicted = dict(
        zip(
            [record.id for record in used],
            predict_entities(nlp, used, progress=progress),
            strict=True,
        )
    )
    alone = predict_entities(nlp, [p.document for p in pieces], progress=progress)
    readings = [
        _read(piece, predicted[piece.record], spans)
        for piece, spans in zip(pieces, alone, strict=True)
    ]
    return FieldReport(
        pipeline=pipeline_name(nlp),
        version=nlp.meta["version"],
        source=whole.stem,
        records=len(used),
        seed=seed,
        resamples=resamples,
        outside=_count_outside({r.id: r.entities for r in used}, pieces),
        crossing=_count_crossing(predicted, pieces),
        kinds=_score_kinds(readings, seed=seed, resamples=resamples),
    )


def spans_within(spans: Iterable[Span], piece: Piece) -> frozenset[Span]:
    """Move spans of a record into one of its pieces.

    spans (Iterable[Span]): Spans of the record.
    piece (Piece): The piece.
    RETURNS (FrozenSet[Span]): Those that lie in the piece, by its own offsets.
    """
    return frozenset(
        (start - piece.start, end - piece.start, label)
        for start, end, label in spans
        if piece.start <= start and end <= piece.end
    )


def _require_cut_from(
    piece: Piece, records: dict[str, GoldDocument], whole: Path
) -> None:
    id = piece.document.id
    record = records.get(piece.record)
    if record is None:
        raise EvaluationError(
            f"'{id}': its record '{piece.record}' is not in {whole}; cut that file."
        )
    if record.text[piece.start : piece.end] != piece.document.text or piece.start < 0:
        raise EvaluationError(
            f"'{id}': its text does not stand at character {piece.start} of record "
            f"'{piece.record}' in {whole}; cut the file anew."
        )
    if spans_within(record.entities, piece) != piece.document.entities:
        raise EvaluationError(
            f"'{id}': its gold spans differ from those of record '{piece.record}' in "
            f"{whole}; cut the file anew."
        )


def _read(piece: Piece, in_record: frozenset[Span], alone: frozenset[Span]) -> _Reading:
    gold = piece.document.entities
    whole = micro(strict_counts(gold, spans_within(in_record, piece)))
    field = micro(strict_counts(gold, alone))
    return _Reading(
        piece, ((whole.tp, whole.fp, whole.fn), (field.tp, field.fp, field.fn))
    )


def _count_outside(spans: dict[str, frozenset[Span]], pieces: Sequence[Piece]) -> int:
    by_record = _by_record(pieces)
    return sum(
        not any(piece.start <= start and end <= piece.end for piece in by_record[id])
        for id, found in spans.items()
        for start, end, _ in found
    )


def _count_crossing(spans: dict[str, frozenset[Span]], pieces: Sequence[Piece]) -> int:
    by_record = _by_record(pieces)
    return sum(
        any(start < piece.end and piece.start < end for piece in by_record[id])
        and not any(p.start <= start and end <= p.end for p in by_record[id])
        for id, found in spans.items()
        for start, end, _ in found
    )


def _by_record(pieces: Sequence[Piece]) -> dict[str, list[Piece]]:
    grouped = defaultdict(list)
    for piece in pieces:
        grouped[piece.record].append(piece)
    return dict(grouped)


def _score_kinds(
    readings: Sequence[_Reading], *, seed: int, resamples: int
) -> tuple[KindResult, ...]:
    groups: dict[str, list[_Reading]] = {
        WITHOUT_OUTCOMES: [r for r in readings if not _is_outcome(r.piece.kind)],
        OUTCOME_LISTS: [r for r in readings if _is_outcome(r.piece.kind)],
        ALL: list(readings),
    }
    for kind in sorted({reading.piece.kind for reading in readings}):
        groups[kind] = [r for r in readings if r.piece.kind == kind]
    return tuple(
        _score_kind(kind, group, seed=seed, resamples=resamples)
        for kind, group in groups.items()
        if group
    )


def _is_outcome(kind: str) -> bool:
    return "outcome" in kind


def _score_kind(
    kind: str, readings: Sequence[_Reading], *, seed: int, resamples: int
) -> KindResult:
    counts = _counts_per_record(readings)
    draws = resample(counts, seed=seed, resamples=resamples)
    whole, fields = (score_of(counts[:, i], draws[:, i]) for i in (0, 1))
    losses = 100 * (f1_scores(draws[:, 0]) - f1_scores(draws[:, 1]))
    ours, theirs = whole.counts.f1, fields.counts.f1
    return KindResult(
        kind=kind,
        pieces=len(readings),
        whole=whole,
        fields=fields,
        loss=None if ours is None or theirs is None else 100 * (ours - theirs),
        interval=percentile_interval(losses),
    )


def _counts_per_record(readings: Sequence[_Reading]) -> IntArray:
    """Sum over the pieces of each record: shape (records, whole and fields, 3)."""
    sums: dict[str, IntArray] = {}
    for reading in readings:
        counts = np.array(reading.counts, dtype=np.int64)
        record = reading.piece.record
        sums[record] = sums[record] + counts if record in sums else counts
    return np.stack([sums[record] for record in sorted(sums)])
