"""Tables for people."""

from collections.abc import Iterable, Sequence

from .bootstrap import Interval
from .entities import EntityReport, SourceResult
from .scoring import LabelScore

ABSENT = "–"
HEADER = (
    "label",
    "precision",
    "recall",
    "F1",
    "overlap F1",
    "support",
    "predicted",
    "documents",
)


def entity_markdown(report: EntityReport) -> str:
    """Write one table for each text source.

    report (EntityReport): Scores of a pipeline.
    RETURNS (str): Markdown.
    """
    date = f", {report.date}" if report.date else ""
    head = [
        f"# {report.title}",
        "",
        f"Pipeline {report.pipeline} {report.version}{date}. Precision, recall and F1 "
        "are strict (exact span and label); in brackets the 95 % interval over "
        f"{report.resamples:,} resamples of the documents (seed {report.seed}). "
        "Overlap F1 takes any shared character of the same label as found. Support: "
        "gold spans; documents: those that hold the label. The sources are never "
        f"pooled; {ABSENT} means not defined.",
    ]
    for source in report.sources:
        head += ["", *_source_lines(source)]
    if report.problems:
        head += ["", "## Not evaluated", "", *(f"- {p}" for p in report.problems)]
    return "\n".join(head) + "\n"


def source_title(source: SourceResult) -> str:
    """Name a source with its size.

    source (SourceResult): Scores on one source.
    RETURNS (str): For example `registry-dev: 40 documents, 24,716 words`.
    """
    return (
        f"{source.name}: {source.documents:,} documents, {source.words:,} words"
        if source.documents != 1
        else f"{source.name}: 1 document, {source.words:,} words"
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Write a table whose first column is text and the others numbers.

    header (Sequence[str]): Names of the columns.
    rows (Iterable[Sequence[str]]): Cells.
    RETURNS (List[str]): Lines of Markdown.
    """
    rule = ["---", *["---:"] * (len(header) - 1)]
    return ["| " + " | ".join(cells) + " |" for cells in (header, rule, *rows)]


def number(value: float | None, interval: Interval | None = None) -> str:
    """Write a score with its interval.

    value (Optional[float]): A score between 0 and 1.
    interval (Optional[Interval]): Its interval, if known.
    RETURNS (str): For example `0.842 (0.811 to 0.872)`.
    """
    if value is None:
        return ABSENT
    if interval is None:
        return f"{value:.3f}"
    return f"{value:.3f} ({interval.low:.3f} to {interval.high:.3f})"


def _source_lines(source: SourceResult) -> list[str]:
    rows = [_row(score) for score in source.scores]
    return [f"## {source_title(source)}", "", *table(HEADER, rows)]


def _row(score: LabelScore) -> list[str]:
    counts, intervals = score.strict.counts, score.strict.intervals
    return [
        score.label,
        number(counts.precision, intervals.precision),
        number(counts.recall, intervals.recall),
        number(counts.f1, intervals.f1),
        number(score.overlap.counts.f1),
        f"{counts.support:,}",
        f"{counts.predicted:,}",
        f"{score.documents:,}",
    ]
