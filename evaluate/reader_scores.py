"""Scores the tables against the rows that readers wrote down: corpus/rows/README.md."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import numpy as np
import typer
from en_trial_registry.normalize.component import Normalizer
from spacy.language import Language
from spacy.tokens import Doc

from .bootstrap import RESAMPLES, SEED, resample
from .console import (
    OUTPUT,
    Also,
    Model,
    On,
    Output,
    Resamples,
    Seed,
    say_written,
    sources_of,
    user_errors,
    write_report,
)
from .documents import EvaluationError
from .markdown import number, table
from .predict import load_pipeline, read_spans
from .reader_rows import ReadRecord, read_records
from .row_matching import Comparison, Row, compare, found_rows
from .scoring import Score, score_json, score_of
from .tables import annotated_doc

ROWS: Final = Path("corpus/rows")
PIPELINE: Final = "pipeline"
ANNOTATION: Final = "annotation"
ALL: Final = "all"
INTRODUCTION: Final = (
    "Rows that a reader wrote down (corpus/rows/README.md). Right: every cell has the "
    "words or the value of a right answer. Close: the two main cells agree, or the "
    "words of one text stand unbroken in the other. Repeats: found rows that are "
    "counted as wrong, but whose parts all say what one wanted row says. `annotation`: "
    "rows made from annotated entities and links. In brackets the 95 % interval, "
    "bootstrap over the records, which are few."
)
HEADER: Final = (
    *("table", "wanted", "found", "precision", "recall", "F1"),
    *("close precision", "close recall", "close F1", "repeats"),
)

Origins = Mapping[str, Sequence[Mapping[str, Comparison]]]
"""Comparisons by origin of the found rows, record and table."""
Sources = Mapping[str, tuple[Sequence[ReadRecord], Origins]]
"""Records and comparisons by text source."""
Scores = Mapping[str, tuple[Score, Score]]
"""Scores of right and of close pairs by table."""


def compare_records(nlp: Language, records: Sequence[ReadRecord]) -> Origins:
    """Compare what the pipeline finds, and what the annotation gives, with the rows.

    nlp (Language): The pipeline.
    records (Sequence[ReadRecord]): The records.
    RETURNS (Origins): `pipeline`, and `annotation`: rows made from annotated entities
        and links, which is what a perfect pipeline would reach.
    RAISES (EvaluationError): If the pipeline changes a text or uses an unknown label.
    """
    documents = [record.document for record in records]
    analysed = list(nlp.pipe(document.text for document in documents))
    for doc, document in zip(analysed, documents, strict=True):
        read_spans(doc, document)
    annotated = [Normalizer()(annotated_doc(nlp, d)) for d in documents]
    return {
        origin: [_compared(*pair) for pair in zip(records, docs, strict=True)]
        for origin, docs in ((PIPELINE, analysed), (ANNOTATION, annotated))
    }


def _compared(record: ReadRecord, doc: Doc) -> dict[str, Comparison]:
    tables = {
        name: compare(name, rows, found_rows(doc, name))
        for name, rows in record.rows.items()
    }
    return {**tables, ALL: sum(tables.values(), Comparison())}


def score_records(
    comparisons: Sequence[Mapping[str, Comparison]],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> dict[str, tuple[Score, Score]]:
    """Sum the records, with intervals over them.

    comparisons (Sequence[Mapping[str, Comparison]]): By record and table.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (Dict[str, Tuple[Score, Score]]): Score of right and of close pairs by
        table, then of all tables.
    """
    names = tuple(comparisons[0])
    counts = np.array([[r[name].counts() for name in names] for r in comparisons])
    draws = resample(counts, seed=seed, resamples=resamples)
    return {
        name: (
            score_of(counts[:, k, 0], draws[:, k, 0]),
            score_of(counts[:, k, 1], draws[:, k, 1]),
        )
        for k, name in enumerate(names)
    }


def score_sources(
    sources: Sources, *, seed: int = SEED, resamples: int = RESAMPLES
) -> dict[str, dict[str, Scores]]:
    """Score all that was compared.

    sources (Sources): What was compared.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (Dict[str, Dict[str, Scores]]): By source and origin.
    """
    return {
        source: {
            origin: score_records(comparisons, seed=seed, resamples=resamples)
            for origin, comparisons in origins.items()
        }
        for source, (_, origins) in sources.items()
    }


def rows_json(
    sources: Sources, scores: Mapping[str, Mapping[str, Scores]]
) -> dict[str, Any]:
    """Write scores as plain JSON types, without any text.

    sources (Sources): What was compared.
    scores (Mapping[str, Mapping[str, Scores]]): Result of `score_sources`.
    RETURNS (Dict[str, Any]): By source, origin and table, together and by record.
    """
    return {
        source: {
            origin: _origin_json(records, comparisons, scores[source][origin])
            for origin, comparisons in origins.items()
        }
        for source, (records, origins) in sources.items()
    }


def _origin_json(
    records: Sequence[ReadRecord],
    comparisons: Sequence[Mapping[str, Comparison]],
    scores: Scores,
) -> dict[str, Any]:
    ids = [record.document.id for record in records]
    result: dict[str, Any] = {}
    for name, (right, close) in scores.items():
        parts = [comparison[name] for comparison in comparisons]
        result[name] = {
            "right": score_json(right),
            "close": score_json(close),
            **_numbers(sum(parts, Comparison())),
            "records": dict(zip(ids, map(_numbers, parts), strict=True)),
        }
    return result


def _numbers(comparison: Comparison) -> dict[str, Any]:
    return {
        "wanted_rows": comparison.wanted,
        "found_rows": comparison.found,
        "right_rows": comparison.right,
        "close_rows": comparison.close,
        "repeats": comparison.repeats,
        "right_cells_of_close_rows": comparison.cells,
    }


def rows_markdown(sources: Sources, scores: Mapping[str, Mapping[str, Scores]]) -> str:
    """Write scores as tables, without any text.

    sources (Sources): What was compared.
    scores (Mapping[str, Mapping[str, Scores]]): Result of `score_sources`.
    RETURNS (str): Markdown.
    """
    lines = ["# Rows that readers wrote down", "", INTRODUCTION]
    for source, (records, origins) in sources.items():
        ids = [record.document.id for record in records]
        for origin, comparisons in origins.items():
            own = scores[source][origin]
            total = {n: sum((c[n] for c in comparisons), Comparison()) for n in own}
            rows = [_scores(n, total[n], *own[n]) for n in own]
            lines += ["", f"## {source}: {origin}", "", *table(HEADER, rows)]
            by_record = [_tally(*pair) for pair in zip(ids, comparisons, strict=True)]
            lines += ["", *table(("right / found / wanted", *own), by_record)]
            lines += ["", *(_cell_line(n, total[n]) for n in own if n != ALL)]
    return "\n".join(lines) + "\n"


def _scores(name: str, total: Comparison, *scores: Score) -> list[str]:
    cells = [name, str(total.wanted), str(total.found)]
    for score in scores:
        for key in ("precision", "recall", "f1"):
            interval = getattr(score.intervals, key)
            cells.append(number(getattr(score.counts, key), interval))
    return [*cells, str(total.repeats)]


def _tally(id: str, record: Mapping[str, Comparison]) -> list[str]:
    return [id, *(f"{c.right} / {c.found} / {c.wanted}" for c in record.values())]


def _cell_line(name: str, total: Comparison) -> str:
    cells = ", ".join(f"{cell} {count}" for cell, count in total.cells.items())
    return f"- Right cells in the {total.close} close pairs of {name}: {cells}."


def differences(records: Sequence[ReadRecord], origins: Origins) -> Iterator[str]:
    """List wrong and missed rows in words; for the screen, never for a file.

    records (Sequence[ReadRecord]): The records.
    origins (Origins): What was compared.
    YIELDS (str): A line for each row.
    """
    for origin, comparisons in origins.items():
        for record, compared in zip(records, comparisons, strict=True):
            for name in record.rows:
                for sign, rows in (
                    ("wrong", compared[name].wrong),
                    ("missed", compared[name].missed),
                ):
                    for row in rows:
                        where = f"{origin}, {record.document.id}, {name}"
                        yield f"{where}, {sign}: {_in_words(row)}"


def _in_words(row: Row) -> str:
    first = {name: cells[0].text for name, cells in row.items()}
    return ", ".join(f"{name} {text!r}" for name, text in first.items() if text)


def reader_rows_cli(
    model: Model,
    on: On,
    also: Also = None,
    rows: Annotated[Path, typer.Option(help="Folder with NAME.jsonl.")] = ROWS,
    show: Annotated[
        str | None, typer.Option(help="List wrong and missed rows of this source.")
    ] = None,
    output: Output = OUTPUT,
    seed: Seed = SEED,
    resamples: Resamples = RESAMPLES,
) -> None:
    """Compare the rows of the tables with those that readers wrote down."""
    settings = {"seed": seed, "resamples": resamples}
    with user_errors():
        sources = sources_of(on, also)
        if show is not None and show not in sources:
            raise EvaluationError(
                f"--show '{show}' is no source; name one of {', '.join(sources)}."
            )
        nlp = load_pipeline(model)
        compared: dict[str, tuple[list[ReadRecord], Origins]] = {}
        for source, texts in sources.items():
            records = read_records(rows / f"{source}.jsonl", texts)
            compared[source] = records, compare_records(nlp, records)
        scores = score_sources(compared, **settings)
        found = {"task": "reader_rows", **settings}
        paths = write_report(
            output,
            "reader_rows",
            {**found, "sources": rows_json(compared, scores)},
            rows_markdown(compared, scores),
        )
    for line in differences(*compared[show]) if show else ():
        typer.echo(line)
    say_written(paths)
