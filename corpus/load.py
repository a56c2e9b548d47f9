"""All annotated records of the corpora, as far as their texts are at hand."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from corpus.annotation import AnnotatedRecord
from corpus.join import JoinReport, join_source
from corpus.jsonl import read_annotated
from corpus.layout import Layout
from corpus.splits import read_splits

EXTERNAL_SOURCES: Final = ("registry", "pages")


def load_authored(*, layout: Layout) -> list[AnnotatedRecord]:
    """Read the authored records with their stored splits.

    layout (Layout): Where the corpus lies.
    RETURNS (list[AnnotatedRecord]): In file order.
    """
    splits = read_splits(layout.authored_splits)
    return [
        replace(record, split=splits.get(record.id))
        for record in read_annotated(layout.authored, source="authored")
    ]


def load_corpus(
    *, layout: Layout
) -> tuple[dict[str, list[AnnotatedRecord]], dict[str, JoinReport]]:
    """Read every source.

    layout (Layout): Where the corpus lies.
    RETURNS (tuple): Records by source, and for external sources what the join reports.
    """
    records = {"authored": load_authored(layout=layout)}
    reports = {}
    for source in EXTERNAL_SOURCES:
        records[source], reports[source] = join_source(source, layout=layout)
    return records, reports


def of_split(records: Iterable[AnnotatedRecord], split: str) -> list[AnnotatedRecord]:
    """Take the records of one split.

    records (Iterable[AnnotatedRecord]): Records of a source.
    split (str): One of `annotation.SPLITS`.
    RETURNS (list[AnnotatedRecord]): In the same order.
    """
    return [record for record in records if record.split == split]
