"""Scores the rows of the three tables: what a user loads into a data frame."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy
from en_trial_registry.relations.links import Link
from en_trial_registry.tables import FACTS, PARTS, TABLES
from spacy.language import Language
from spacy.tokens import Doc

from .bootstrap import RESAMPLES, SEED, IntArray, resample
from .documents import GoldDocument, read_documents
from .markdown import number
from .relations import gold_doc
from .scoring import Score, score_json, score_of

RowKey = tuple[str, ...]


@dataclass(frozen=True)
class TableResult:
    """Scores of one table on one text source.

    source (str): Name of the text source.
    table (str): A key of `TABLES`.
    documents (int): Number of documents.
    score (Score): Rows found, wrong and missed.
    """

    source: str
    table: str
    documents: int
    score: Score


def evaluate_tables(
    nlp: Language,
    sources: Mapping[str, Path],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> list[TableResult]:
    """Score the rows of the whole pipeline against those of the annotation.

    A row is right if all of its parts have the words of a gold row, each as often as
    there. Where in the record they stand does not matter.

    nlp (Language): The pipeline.
    sources (Mapping[str, Path]): JSON lines by text source.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (list[TableResult]): Per source and table.
    """
    results = []
    for source, path in sources.items():
        documents = read_documents(path)
        gold = [annotated_doc(nlp, document) for document in documents]
        found = list(nlp.pipe(document.text for document in documents))
        for table in TABLES:
            pairs = zip(gold, found, strict=True)
            counts = [_counts(row_keys(a, table), row_keys(b, table)) for a, b in pairs]
            draws = resample(_array(counts), seed=seed, resamples=resamples)
            score = score_of(_array(counts), draws)
            results.append(TableResult(source, table, len(documents), score))
    return results


def annotated_doc(nlp: Language, document: GoldDocument) -> Doc:
    """Make a document with gold entities and links.

    nlp (Language): Pipeline whose tokenizer is used.
    document (GoldDocument): The annotated text.
    RETURNS (Doc): The document.
    """
    doc = gold_doc(nlp, document)
    doc._.relations = [
        {**Link(label, *head, *child)._asdict(), "score": 1.0}
        for head, child, label in sorted(document.links)
    ]
    return doc


def row_keys(doc: Doc, table: str) -> Counter[RowKey]:
    """Write the rows of a table as their words.

    doc (Doc): A document with entities and links.
    table (str): A key of `TABLES`.
    RETURNS (Counter[RowKey]): Rows, without case and repeated white space.
    """
    names = (*PARTS[table], *FACTS[table])
    return Counter(
        tuple(_words(row[name]) for name in names) for row in TABLES[table](doc)
    )


def _words(cell: Any) -> str:
    text = cell["text"] if isinstance(cell, dict) else cell or ""
    return " ".join(text.lower().split())


def _counts(gold: Counter[RowKey], found: Counter[RowKey]) -> tuple[int, int, int]:
    right = (gold & found).total()
    return right, found.total() - right, gold.total() - right


def _array(counts: list[tuple[int, int, int]]) -> IntArray:
    return numpy.array(counts, dtype=numpy.int64).reshape(-1, 3)


def tables_json(results: list[TableResult]) -> dict[str, Any]:
    """Write results as plain JSON types.

    results (list[TableResult]): The results.
    RETURNS (dict[str, Any]): By source and table.
    """
    sources: dict[str, Any] = {}
    for result in results:
        entry = sources.setdefault(
            result.source, {"documents": result.documents, "tables": {}}
        )
        entry["tables"][result.table] = score_json(result.score)
    return {"task": "tables", "sources": sources}


HEAD: Final = ("source", "table", "gold rows", "precision", "recall", "F1")


def tables_markdown(results: list[TableResult]) -> str:
    """Write results as a table.

    results (list[TableResult]): The results.
    RETURNS (str): Markdown.
    """
    lines = [
        "# Rows of the tables",
        "",
        "Whole pipeline. A row is right if all its parts have the words of a gold row. "
        "In brackets: 95 % interval, bootstrap over documents.",
        "",
        f"| {' | '.join(HEAD)} |",
        "| --- " * len(HEAD) + "|",
        *(f"| {' | '.join(_cells(result))} |" for result in results),
    ]
    return "\n".join(lines) + "\n"


def _cells(result: TableResult) -> tuple[str, ...]:
    counts, intervals = result.score.counts, result.score.intervals
    return (
        f"{result.source} ({result.documents})",
        result.table,
        str(counts.support),
        number(counts.precision, intervals.precision),
        number(counts.recall, intervals.recall),
        number(counts.f1, intervals.f1),
    )
