"""Strict F1 per label as a figure."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .entities import EntityReport, SourceResult
from .markdown import source_title

# Paul Tol's "bright" set, told apart by colour-blind readers; markers help in print.
STYLES: Final = (
    ("#4477AA", "o"),
    ("#EE6677", "s"),
    ("#228833", "^"),
    ("#AA3377", "D"),
    ("#CCBB44", "v"),
    ("#66CCEE", "P"),
)
FIXED: Final[Any] = {"svg.hashsalt": "en_trial_registry", "font.size": 10}
METADATA: Final[dict[str, dict[str, Any]]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
}


def save_figure(report: EntityReport, stem: Path) -> tuple[Path, ...]:
    """Draw strict F1 with its interval, one colour and marker per text source.

    report (EntityReport): Scores with at least one source.
    stem (Path): Path without ending.
    RETURNS (Tuple[Path, ...]): The SVG and the PNG file, the same for the same report.
    """
    paths = []
    with matplotlib.rc_context(FIXED):
        figure = draw(report)
        for kind, metadata in METADATA.items():
            path = stem.with_name(f"{stem.name}.{kind}")
            figure.savefig(path, metadata=metadata, dpi=150)
            paths.append(path)
    return tuple(paths)


def draw(report: EntityReport) -> Figure:
    """Draw the scores of a report.

    report (EntityReport): Scores with at least one source.
    RETURNS (Figure): The figure.
    """
    labels = [score.label for score in report.sources[0].scores]
    height = 1.8 + len(labels) * (0.2 + 0.18 * len(report.sources))
    figure = Figure(figsize=(8, height), layout="constrained")
    axes = figure.add_subplot()
    for index, source in enumerate(report.sources):
        shift = (index - (len(report.sources) - 1) / 2) * 0.8 / len(report.sources)
        _draw_source(axes, source, shift=shift, style=STYLES[index % len(STYLES)])
    _finish(axes, labels, left=_left_edge(report))
    figure.suptitle(f"{report.title}: {report.pipeline} {report.version}")
    figure.legend(loc="outside lower center", ncols=1, frameon=False)
    return figure


def _draw_source(
    axes: Axes, source: SourceResult, *, shift: float, style: tuple[str, str]
) -> None:
    colour, marker = style
    drawn = [
        (row + shift, score)
        for row, score in enumerate(source.scores)
        if score.strict.counts.f1 is not None
    ]
    for place, score in drawn:
        interval = score.strict.intervals.f1
        if interval is not None:
            axes.hlines(place, interval.low, interval.high, color=colour, linewidth=2)
    axes.plot(
        [score.strict.counts.f1 or 0.0 for _, score in drawn],
        [place for place, _ in drawn],
        linestyle="none",
        marker=marker,
        markersize=6,
        clip_on=False,
        color=colour,
        label=source_title(source),
    )


def _left_edge(report: EntityReport) -> float:
    """Round the lowest interval down to a tenth: dots need no zero, rows need room."""
    intervals = [
        score.strict.intervals.f1
        for source in report.sources
        for score in source.scores
        if score.strict.intervals.f1 is not None
    ]
    lowest = min((interval.low for interval in intervals), default=0.0)
    return min(math.floor(10 * lowest) / 10, 0.9)


def _finish(axes: Axes, labels: Sequence[str], *, left: float) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    for edge in range(1, len(labels)):
        axes.axhline(edge - 0.5, color="#DDDDDD", linewidth=0.6, zorder=0)
    axes.axhline(len(labels) - 1.5, color="#777777", linewidth=1, zorder=0)
    axes.set_xlim(left, 1)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel("strict F1, 95 % interval over documents")
    axes.spines[["top", "right"]].set_visible(False)
