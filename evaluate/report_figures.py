"""Figures of the report, drawn from its JSON."""

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .figure import FIXED, METADATA, STYLES

Json = Mapping[str, Any]
GREY: Final = "#777777"


def save_svg(draw: Callable[[], Figure], path: Path) -> Path:
    """Save a figure, the same bytes for the same numbers.

    draw (Callable[[], Figure]): Draws it.
    path (Path): File to write.
    RETURNS (Path): The file.
    """
    with matplotlib.rc_context(FIXED):
        draw().savefig(path, metadata=METADATA["svg"])
    return path


def confident_kinds(result: Json) -> list[str]:
    """List what the pipeline gives a confidence of.

    result (Mapping[str, Any]): JSON of `make_report`.
    RETURNS (List[str]): Entities and relations, those with a confidence.
    """
    return list(
        dict.fromkeys(
            kind
            for source in result["sources"].values()
            for kind, own in source["calibration"].items()
            if own
        )
    )


def draw_reliability(result: Json) -> Figure:
    """Draw confidence against the share of right answers, a panel per kind.

    result (Mapping[str, Any]): JSON of `make_report` with at least one confidence.
    RETURNS (Figure): The figure.
    """
    sources: Json = result["sources"]
    kinds = confident_kinds(result)
    figure = Figure(figsize=(4.2 * len(kinds), 5.2), layout="constrained")
    panels = figure.subplots(1, len(kinds), squeeze=False)[0]
    for axes, kind in zip(panels, kinds, strict=True):
        for index, (name, source) in enumerate(sources.items()):
            if source["calibration"][kind]:
                _draw_bins(axes, name, source["calibration"][kind], index)
        own = [source["calibration"][kind] for source in sources.values()]
        _finish_panel(axes, kind, lowest=_lowest([one for one in own if one]))
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
    return figure


def _draw_bins(axes: Axes, name: str, calibration: Json, index: int) -> None:
    colour, marker = STYLES[index % len(STYLES)]
    bins: Sequence[Json] = calibration["reliability"]
    places = [bin["confidence"] for bin in bins]
    for place, bin in zip(places, bins, strict=True):
        if bin["right_interval"]:
            axes.vlines(place, *bin["right_interval"], color=colour, linewidth=1)
    shares = [bin["right"] for bin in bins]
    axes.plot(places, shares, color=colour, marker=marker, markersize=5, label=name)


def _lowest(calibrations: Sequence[Json]) -> float:
    """Round the lowest end of what is drawn down to a tenth."""
    ends = [
        min(bin["confidence"], bin["right"], *(bin["right_interval"] or ()))
        for calibration in calibrations
        for bin in calibration["reliability"]
    ]
    lowest: float = min(ends)
    return min(math.floor(10 * lowest) / 10, 0.9)


def _finish_panel(axes: Axes, title: str, *, lowest: float) -> None:
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle="--", zorder=0)
    axes.set(xlim=(lowest, 1), ylim=(lowest, 1), aspect="equal")
    axes.set_title(title, wrap=True)
    axes.set(xlabel="mean confidence", ylabel="share that is right")
    axes.spines[["top", "right"]].set_visible(False)


def draw_curve(shares: Sequence[Json]) -> Figure:
    """Draw strict micro F1 against the number of training records.

    shares (Sequence[Mapping[str, Any]]): `shares` of the JSON of `curve`.
    RETURNS (Figure): A line per text source; bars: one standard deviation over seeds.
    """
    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.add_subplot()
    records = [share["records"] for share in shares]
    for index, name in enumerate(shares[0]["sources"]):
        colour, marker = STYLES[index % len(STYLES)]
        scores = [share["sources"][name]["entities"]["micro"] for share in shares]
        axes.errorbar(
            records,
            [score["mean"] for score in scores],
            yerr=[score["sd"] or 0 for score in scores],
            color=colour,
            marker=marker,
            capsize=3,
            label=name,
        )
    axes.set_xlabel("training records")
    axes.set_ylabel("strict micro F1 of entities")
    axes.set_xlim(left=0)
    axes.grid(color="#DDDDDD", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", ncols=3, frameon=False)
    return figure
