"""The benchmark as JSON and Markdown."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from evaluate.benchmark.measure import ASKED, CNN, OWN, Benchmark
from evaluate.benchmark.stages import Spread, spread, stage_rates
from evaluate.growth import growth_json, growth_markdown
from evaluate.markdown import number, table
from evaluate.scoring import score_json

DEFINITIONS: Final = {
    "words": "runs of characters between white space",
    "turns": "all pipelines read the same texts round by round, every other round in "
    "reverse order; one process, one thread each",
    "spread": "median (least to most) over rounds; of six rounds or more, least and "
    "most enclose the true median with more than 95 % confidence",
    OWN: "entities, relations, values and the three tables",
    CNN: "spacy.blank('en') with an untrained ner of spaCy's default CNN config",
    "ratio": "words a second of the full pipeline divided by the other's, per round",
}


def benchmark_json(result: Benchmark) -> dict[str, Any]:
    """Write a benchmark as plain JSON types.

    result (Benchmark): The figures.
    RETURNS (Dict[str, Any]): The same.
    """
    return {
        "task": "benchmark",
        "pipeline": result.pipeline,
        "documents": result.documents,
        "words": result.words,
        "definitions": DEFINITIONS,
        "words_per_second": {
            run.name: _spread_json(_rates(result, run.seconds), 0)
            for run in result.timed
        },
        "ratios": {
            name: {**_spread_json(ratio, 3), "asked": ASKED[name]}
            for name, ratio in _ratios(result)
        },
        "strict_micro": {name: score_json(score) for name, score in result.f1.items()},
        "stages": {
            name: {**_spread_json(rates, 0), "share": round(share, 4)}
            for name, rates, share in stage_rates(result.stages, result.words)
        },
        "length": growth_json(result.lengths),
        "documents_read": {
            str(count): _spread_json(rates, 0) for count, rates in result.counts.items()
        },
        "footprint": result.footprints,
        "bytes": result.sizes,
    }


def benchmark_markdown(result: Benchmark) -> str:
    """Write a benchmark as tables.

    result (Benchmark): The figures.
    RETURNS (str): Markdown.
    """
    lines = [
        f"# Benchmark of {result.pipeline}",
        "",
        f"{result.documents:,} documents, {result.words:,} words; "
        f"{len(result.stages)} rounds.",
        "",
        *(f"- **{name}**: {text}" for name, text in DEFINITIONS.items()),
        "",
        *_pipeline_lines(result),
        "",
        "## Stages",
        "",
        *table(
            ("stage", "words/s", "share of time"),
            [
                [name, _text(rates, ",.0f"), f"{share:.1%}"]
                for name, rates, share in stage_rates(result.stages, result.words)
            ],
        ),
        "",
        "## Number of documents",
        "",
        *table(
            ("documents", "words/s"),
            [[f"{n:,}", _text(rates, ",.0f")] for n, rates in result.counts.items()],
        ),
        "",
        *_footprint_lines(result),
    ]
    growth = growth_markdown(result.lengths).replace("# Growth", "## Growth", 1)
    return "\n".join([*lines, "", growth])


def ratio_lines(result: Benchmark) -> list[str]:
    """Say for each ratio whether it reaches what the project asks.

    result (Benchmark): The figures.
    RETURNS (List[str]): One sentence for each.
    """
    return [
        f"{OWN} / {name}: {_text(ratio, '.2f')}, asked {ASKED[name]:g}: "
        + ("reached" if ratio.median >= ASKED[name] else "missed")
        for name, ratio in _ratios(result)
    ]


def _pipeline_lines(result: Benchmark) -> list[str]:
    ratios = dict(_ratios(result))
    rows = []
    for run in result.timed:
        score = result.f1.get(run.name)
        rows.append(
            [
                run.name,
                _text(_rates(result, run.seconds), ",.0f"),
                _text(ratios[run.name], ".2f") if run.name in ratios else "",
                f"{ASKED[run.name]:g}" if run.name in ratios else "",
                number(score.counts.f1, score.intervals.f1) if score else "untrained",
            ]
        )
    header = ("pipeline", "words/s", "full / this", "asked", "strict micro F1")
    return ["## Pipelines in turns", "", *table(header, rows)]


def _footprint_lines(result: Benchmark) -> list[str]:
    rows = []
    for name, found in result.footprints.items():
        peaks = found["peak_mebibytes"].items()
        rows.append(
            [
                name,
                f"{found['import_seconds']:.1f}",
                f"{found['load_seconds']:.1f}",
                "; ".join(f"{when}: {peak:,.0f}" for when, peak in peaks),
            ]
        )
    return [
        "## Load time, memory, size",
        "",
        *table(
            (
                "pipeline",
                "import spaCy, s",
                "load, s",
                "peak MiB, loaded and after so many texts",
            ),
            rows,
        ),
        "",
        *table(
            ("on disk", "MB"),
            [[name, f"{size / 1e6:.1f}"] for name, size in result.sizes.items()],
        ),
    ]


def _ratios(result: Benchmark) -> Iterator[tuple[str, Spread]]:
    for run in result.timed:
        if run.name != OWN:
            yield run.name, result.ratio(run.name)


def _rates(result: Benchmark, seconds: Sequence[float]) -> Spread:
    return spread([result.words / second for second in seconds])


def _spread_json(values: Spread, digits: int) -> dict[str, float]:
    return {name: round(value, digits) for name, value in values._asdict().items()}


def _text(values: Spread, form: str) -> str:
    return f"{values.median:{form}} ({values.least:{form}} to {values.most:{form}})"
