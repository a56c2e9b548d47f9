"""Speed as JSON and Markdown."""

import statistics
from collections.abc import Sequence
from typing import Any

from .speed import BASELINE, SpeedReport


def speed_json(report: SpeedReport) -> dict[str, Any]:
    """Write a report as plain JSON types.

    report (SpeedReport): A report.
    RETURNS (Dict[str, Any]): Rates, ratio and the times of every round.
    """
    return {
        "task": "speed",
        "pipeline": {"name": report.pipeline, "version": report.version},
        "components": list(report.components),
        "baseline": BASELINE,
        "definition": "words (runs of characters between white space) by seconds of "
        "nlp.pipe, one process; medians over rounds in turns, with least and most",
        "texts": report.texts,
        "words": report.words,
        "rounds": len(report.seconds),
        "words_per_second": _spread(report.rates, 0),
        "baseline_words_per_second": _spread(report.baseline_rates, 0),
        "ratio": _spread(report.ratios, 3),
        "seconds": [round(second, 4) for second in report.seconds],
        "baseline_seconds": [round(second, 4) for second in report.baseline_seconds],
    }


def speed_markdown(report: SpeedReport) -> str:
    """Write a report as a table.

    report (SpeedReport): A report.
    RETURNS (str): Markdown.
    """
    rows = (
        (f"{report.pipeline} {report.version}", report.rates, ",.0f"),
        ("baseline", report.baseline_rates, ",.0f"),
        ("ratio", report.ratios, ".2f"),
    )
    lines = [
        f"# Speed on {report.texts:,} texts, {report.words:,} words",
        "",
        f"Words a second of nlp.pipe in one process; {len(report.seconds)} rounds in "
        f"turns. Baseline: {BASELINE}. Components: {', '.join(report.components)}.",
        "",
        "|  | median | least | most |",
        "| --- | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {name} | {statistics.median(values):{form}} | {min(values):{form}} "
        f"| {max(values):{form}} |"
        for name, values, form in rows
    ]
    return "\n".join(lines) + "\n"


def _spread(values: Sequence[float], digits: int) -> dict[str, float]:
    spread = {
        "median": statistics.median(values),
        "least": min(values),
        "most": max(values),
    }
    return {name: round(value, digits) for name, value in spread.items()}
