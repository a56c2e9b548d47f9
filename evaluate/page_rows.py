"""Scores the tables against the rows that a reader wrote down for the five pages.

`python -m evaluate.page_rows PIPELINE`. Form and conventions: corpus/pages/ROWS.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import numpy as np
import typer
from en_trial_registry.normalize.component import Normalizer
from en_trial_registry.tables import TABLES
from spacy.language import Language

from .bootstrap import RESAMPLES, SEED, resample
from .console import (
    OUTPUT,
    Model,
    Output,
    Resamples,
    Seed,
    say_written,
    user_errors,
    write_report,
)
from .markdown import number, table
from .predict import load_pipeline, read_spans
from .reader_rows import Page, read_pages
from .row_matching import Comparison, Row, compare, found_rows
from .scoring import Score, score_json, score_of
from .tables import annotated_doc

ROWS: Final = Path("corpus/pages/rows.jsonl")
PAGES: Final = Path("corpus/output/pages-test.jsonl")
PIPELINE: Final = "pipeline"
ANNOTATION: Final = "annotation"
ALL: Final = "all"
INTRODUCTION: Final = (
    "Rows that one reader wrote down (corpus/pages/ROWS.md). Right: every cell has the "
    "words or the value of a right answer. Close: the two main cells agree, or the "
    "words of one text stand unbroken in the other. Repeats: found rows that are "
    "counted as wrong, but whose parts all say what one wanted row says. `annotation`: "
    "rows made from annotated entities and links. In brackets the 95 % interval, "
    "bootstrap over the pages, which are few."
)
HEADER: Final = (
    *("table", "wanted", "found", "precision", "recall", "F1"),
    *("close precision", "close recall", "close F1", "repeats"),
)

Origins = Mapping[str, Sequence[Mapping[str, Comparison]]]
"""Comparisons by origin of the found rows, page and table."""


def compare_pages(nlp: Language, pages: Sequence[Page]) -> Origins:
    """Compare what the pipeline finds, and what the annotation gives, with the rows.

    nlp (Language): The pipeline.
    pages (Sequence[Page]): The pages.
    RETURNS (Origins): `pipeline`, and `annotation`: rows made from annotated entities
        and links, which is what a perfect pipeline would reach.
    RAISES (EvaluationError): If the pipeline changes a text or uses an unknown label.
    """
    documents = [page.document for page in pages]
    analysed = list(nlp.pipe(document.text for document in documents))
    for doc, document in zip(analysed, documents, strict=True):
        read_spans(doc, document)
    annotated = [Normalizer()(annotated_doc(nlp, d)) for d in documents]
    return {
        origin: [
            _with_all({n: compare(n, page.rows[n], found_rows(d, n)) for n in TABLES})
            for page, d in zip(pages, docs, strict=True)
        ]
        for origin, docs in ((PIPELINE, analysed), (ANNOTATION, annotated))
    }


def _with_all(tables: dict[str, Comparison]) -> dict[str, Comparison]:
    return {**tables, ALL: sum(tables.values(), Comparison())}


def score_pages(
    comparisons: Sequence[Mapping[str, Comparison]],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> dict[str, tuple[Score, Score]]:
    """Sum the pages, with intervals over them.

    comparisons (Sequence[Mapping[str, Comparison]]): By page and table.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (Dict[str, Tuple[Score, Score]]): Score of right and of close pairs by
        table, then of all tables.
    """
    names = (*TABLES, ALL)
    counts = np.array([[page[name].counts() for name in names] for page in comparisons])
    draws = resample(counts, seed=seed, resamples=resamples)
    return {
        name: (
            score_of(counts[:, k, 0], draws[:, k, 0]),
            score_of(counts[:, k, 1], draws[:, k, 1]),
        )
        for k, name in enumerate(names)
    }


def rows_json(
    pages: Sequence[Page],
    origins: Origins,
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> dict[str, Any]:
    """Write the scores as plain JSON types, without any text.

    pages (Sequence[Page]): The pages.
    origins (Origins): What was compared.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (Dict[str, Any]): By origin and table, together and by page.
    """
    ids = [page.document.id for page in pages]
    result: dict[str, Any] = {"task": "page_rows", "seed": seed, "resamples": resamples}
    for origin, comparisons in origins.items():
        scores = score_pages(comparisons, seed=seed, resamples=resamples)
        result[origin] = {}
        for name, (right, close) in scores.items():
            parts = [comparison[name] for comparison in comparisons]
            result[origin][name] = {
                "right": score_json(right),
                "close": score_json(close),
                **_numbers(sum(parts, Comparison())),
                "pages": dict(zip(ids, map(_numbers, parts), strict=True)),
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


def rows_markdown(
    pages: Sequence[Page],
    origins: Origins,
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> str:
    """Write the scores as tables, without any text.

    pages (Sequence[Page]): The pages.
    origins (Origins): What was compared.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (str): Markdown.
    """
    lines = ["# Rows of the pages", "", INTRODUCTION]
    for origin, comparisons in origins.items():
        scores = score_pages(comparisons, seed=seed, resamples=resamples)
        total = {n: sum((c[n] for c in comparisons), Comparison()) for n in scores}
        rows = [_scores(n, total[n], *scores[n]) for n in scores]
        lines += ["", f"## {origin}", "", *table(HEADER, rows)]
        ids = [page.document.id for page in pages]
        by_page = [_tally(*pair) for pair in zip(ids, comparisons, strict=True)]
        lines += ["", *table(("right / found / wanted", *TABLES, ALL), by_page)]
        lines += ["", *(_cell_line(name, total[name]) for name in TABLES)]
    return "\n".join(lines) + "\n"


def _scores(name: str, total: Comparison, *scores: Score) -> list[str]:
    cells = [name, str(total.wanted), str(total.found)]
    for score in scores:
        for key in ("precision", "recall", "f1"):
            interval = getattr(score.intervals, key)
            cells.append(number(getattr(score.counts, key), interval))
    return [*cells, str(total.repeats)]


def _tally(id: str, page: Mapping[str, Comparison]) -> list[str]:
    return [id, *(f"{c.right} / {c.found} / {c.wanted}" for c in page.values())]


def _cell_line(name: str, total: Comparison) -> str:
    cells = ", ".join(f"{cell} {count}" for cell, count in total.cells.items())
    return f"- Right cells in the {total.close} close pairs of {name}: {cells}."


def differences(pages: Sequence[Page], origins: Origins) -> Iterator[str]:
    """List wrong and missed rows in words; for the screen, never for a file.

    pages (Sequence[Page]): The pages.
    origins (Origins): What was compared.
    YIELDS (str): A line for each row.
    """
    for origin, comparisons in origins.items():
        for page, compared in zip(pages, comparisons, strict=True):
            for name in TABLES:
                for sign, rows in (
                    ("wrong", compared[name].wrong),
                    ("missed", compared[name].missed),
                ):
                    for row in rows:
                        where = f"{origin}, {page.document.id}, {name}"
                        yield f"{where}, {sign}: {_in_words(row)}"


def _in_words(row: Row) -> str:
    first = {name: cells[0].text for name, cells in row.items()}
    return ", ".join(f"{name} {text!r}" for name, text in first.items() if text)


def page_rows_cli(
    model: Model,
    rows: Annotated[Path, typer.Option(help="What the reader wrote down.")] = ROWS,
    pages: Annotated[Path, typer.Option(help="Text and annotation.")] = PAGES,
    show: Annotated[bool, typer.Option(help="List wrong and missed rows.")] = False,
    output: Output = OUTPUT,
    seed: Seed = SEED,
    resamples: Resamples = RESAMPLES,
) -> None:
    """Score the rows of regimens, limits and outcomes on the pages."""
    with user_errors():
        read = read_pages(rows, pages)
        origins = compare_pages(load_pipeline(model), read)
    settings = {"seed": seed, "resamples": resamples}
    paths = write_report(
        output,
        "page_rows",
        rows_json(read, origins, **settings),
        rows_markdown(read, origins, **settings),
    )
    for line in differences(read, origins) if show else ():
        typer.echo(line)
    say_written(paths)


if __name__ == "__main__":
    typer.run(page_rows_cli)
