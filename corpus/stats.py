"""What the corpora hold: counts by source, split and label."""

import json
from collections import Counter
from collections.abc import Iterable

from en_trial_registry.schema import ENTITY_LABELS, RELATIONS

from corpus.annotation import AnnotatedRecord

SIZES = ("records", "words", "entities", "relations")


def count(records: Iterable[AnnotatedRecord]) -> dict[str, dict[str, int]]:
    """Count records, words (by white space), entities and relations.

    records (Iterable[AnnotatedRecord]): Records of any source.
    RETURNS (dict[str, dict[str, int]]): Counts by `SOURCE-SPLIT`; labels that don't
        occur count 0.
    """
    table: dict[str, Counter[str]] = {}
    for record in records:
        column = table.setdefault(f"{record.source}-{record.split}", Counter())
        column["records"] += 1
        column["words"] += len(record.text.split())
        column["entities"] += len(record.entities)
        column["relations"] += len(record.relations)
        column.update(entity.label for entity in record.entities)
        column.update(link.label for link in record.relations)
    names = dict.fromkeys((*SIZES, *ENTITY_LABELS, *RELATIONS))
    return {
        part: {name: column[name] for name in (*names, *(set(column) - set(names)))}
        for part, column in table.items()
    }


def markdown_table(counts: dict[str, dict[str, int]]) -> str:
    """Lay counts out as a Markdown table, one column per source and split.

    counts (dict[str, dict[str, int]]): From `count`.
    RETURNS (str): The table.
    """
    rows = list(dict.fromkeys(name for column in counts.values() for name in column))
    header = ["", *(part.replace("-", " ") for part in counts)]
    lines = [_row(header), _row(["---", *("---:" for _ in counts)])]
    for name in rows:
        cells = [f"{column.get(name, 0):,}" for column in counts.values()]
        lines.append(_row([name, *cells]))
    return "\n".join(lines) + "\n"


def counts_json(counts: dict[str, dict[str, int]]) -> str:
    """Write counts as JSON.

    counts (dict[str, dict[str, int]]): From `count`.
    RETURNS (str): One JSON object.
    """
    return json.dumps(counts, indent=2) + "\n"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
