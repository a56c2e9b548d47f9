"""The comparison of whole records with fields, as JSON and Markdown."""

from typing import Any, Final

from .bootstrap import CONFIDENCE, Interval
from .fields import DEFINITIONS, FieldReport, KindResult
from .markdown import ABSENT, number, table
from .scoring import interval_json, rounded, score_json

HEADER: Final = (
    "kind of piece",
    "number",
    "support",
    "F1 whole",
    "F1 alone",
    "loss",
)


def fields_json(report: FieldReport) -> dict[str, Any]:
    """Write a report as plain JSON types.

    report (FieldReport): A report.
    RETURNS (Dict[str, Any]): The same, with the definitions of what was counted.
    """
    return {
        "task": "compare-fields",
        "pipeline": {"name": report.pipeline, "version": report.version},
        "bootstrap": {
            "seed": report.seed,
            "resamples": report.resamples,
            "confidence": CONFIDENCE,
        },
        "definitions": DEFINITIONS,
        "source": report.source,
        "records": report.records,
        "gold_outside_pieces": report.outside,
        "predicted_across_edges": report.crossing,
        "kinds": {kind.kind: _kind_json(kind) for kind in report.kinds},
    }


def fields_markdown(report: FieldReport) -> str:
    """Write a table with a row for each kind of piece.

    report (FieldReport): A report.
    RETURNS (str): Markdown.
    """
    lines = [
        f"# Fields without their record: {report.source}, {report.records:,} records",
        "",
        f"Pipeline {report.pipeline} {report.version}. Strict micro F1 on the pieces, "
        "read in their record and read alone; loss in points of F1. In brackets the "
        f"95 % interval over {report.resamples:,} resamples of the records, paired "
        f"(seed {report.seed}). {report.outside:,} gold spans lie in no piece and are "
        f"not counted; {report.crossing:,} predicted spans cross the edge of a piece "
        "and are not counted as predictions.",
        "",
        *table(HEADER, [_row(kind) for kind in report.kinds]),
    ]
    return "\n".join(lines) + "\n"


def _kind_json(kind: KindResult) -> dict[str, Any]:
    return {
        "pieces": kind.pieces,
        "support": kind.whole.counts.support,
        "whole": score_json(kind.whole),
        "fields": score_json(kind.fields),
        "loss": rounded(kind.loss),
        "loss_interval": interval_json(kind.interval),
    }


def _row(kind: KindResult) -> list[str]:
    return [
        kind.kind,
        f"{kind.pieces:,}",
        f"{kind.whole.counts.support:,}",
        number(kind.whole.counts.f1, kind.whole.intervals.f1),
        number(kind.fields.counts.f1, kind.fields.intervals.f1),
        _points(kind.loss, kind.interval),
    ]


def _points(loss: float | None, interval: Interval | None) -> str:
    if loss is None:
        return ABSENT
    if interval is None:
        return f"{loss:.1f}"
    return f"{loss:.1f} ({interval.low:.1f} to {interval.high:.1f})"
