"""Rows of the three tables: regimens, laboratory limits, outcomes.

`doc._.regimens`, `doc._.lab_thresholds` and `doc._.outcomes` are computed from
`doc.ents` and `doc._.relations`, so they are right after any correction and survive
storing. Importing this module registers them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from spacy.tokens import Doc, Span

from en_trial_registry import extensions  # noqa: F401  registers `span._.value`
from en_trial_registry.joining import join_rows
from en_trial_registry.merging import merge_rows
from en_trial_registry.places import read_places
from en_trial_registry.regimens import combine

Part = dict[str, Any]
Row = dict[str, Any]

PARTS: Final[dict[str, tuple[str, ...]]] = {
    "regimens": ("intervention", "dose", "frequency", "route", "duration"),
    "lab_thresholds": ("test", "threshold"),
    "outcomes": ("outcome", "time_frame"),
}
FACTS: Final[dict[str, tuple[str, ...]]] = {
    "regimens": ("arm",),
    "lab_thresholds": ("criterion",),
    "outcomes": ("role",),
}
_DETAILS: Final = ("start", "end", "score", "field")
_REGIMEN_PARTS: Final = {
    "HAS_DOSE": "dose",
    "HAS_FREQUENCY": "frequency",
    "HAS_ROUTE": "route",
    "HAS_DURATION": "duration",
}


class _Reader:
    """A document's entities and links, by their first character."""

    def __init__(self, doc: Doc) -> None:
        self.spans = {span.start_char: span for span in doc.ents}
        self.places = read_places(doc.text)
        self.links: dict[int, list[dict[str, Any]]] = {}
        for link in doc._.relations or ():
            self.links.setdefault(link["head_start"], []).append(dict(link))

    def merged(self, rows: Iterable[Row], table: str) -> list[Row]:
        facts = () if table == "regimens" else FACTS[table]
        return merge_rows(rows, PARTS[table], facts, self.places.synonyms)

    def labelled(self, label: str) -> Iterator[Span]:
        return (span for span in self.spans.values() if span.label_ == label)

    def part(self, span: Span, score: float | None = None) -> Part:
        """The score of a head is its own, that of a child also that of its link."""
        return {
            "text": span.text,
            "start": span.start_char,
            "end": span.end_char,
            "value": span._.value,
            "score": span._.score if score is None else score,
            "field": self.places.field(span.start_char),
        }

    def children(self, head: Span, relation: str) -> Sequence[Part]:
        return [
            self.part(self.spans[link["child_start"]], link["score"])
            for link in self.links.get(head.start_char, ())
            if link["label"] == relation and link["child_start"] in self.spans
        ]


def regimens(doc: Doc) -> list[Row]:
    """Join each intervention with how it is given.

    An intervention without any dose, frequency, route or duration has no row. Two doses
    of one intervention are two rows. Equal rows of several places, under any of its
    names (see `doc._.short_forms`, and the registered other names), are one row, with
    all `places` and `arms`; so are rows that complete each other, and those that only
    word a fuller one differently (see `join_rows`).

    doc (Doc): A document with entities and `doc._.relations`.
    RETURNS (list[Row]): Parts `intervention`, `dose`, `frequency`, `route`, `duration`
        (None where nothing is linked), `arm`, `arms` and `places`.
    """
    reader = _Reader(doc)
    rows = []
    for head in reader.labelled("INTERVENTION"):
        children = {
            part: found
            for relation, part in _REGIMEN_PARTS.items()
            if (found := reader.children(head, relation))
        }
        arm = reader.places.arm(head.start_char)
        for combined in combine(children) if children else ():
            parts = dict.fromkeys(PARTS["regimens"])
            row = {**parts, "intervention": reader.part(head), **combined}
            rows.append({**row, "arm": arm, "arms": [arm] if arm else []})
    merged = reader.merged(rows, "regimens")
    full = join_rows(merged, PARTS["regimens"], reader.places.synonyms)
    return [{**row, "arm": (*row["arms"], None)[0]} for row in full]


def lab_thresholds(doc: Doc) -> list[Row]:
    """Join each laboratory test with its limits.

    doc (Doc): A document with entities and `doc._.relations`.
    RETURNS (list[Row]): Parts `test` and `threshold`, `criterion` ("inclusion",
        "exclusion" or None) and `places`.
    """
    reader = _Reader(doc)
    rows = [
        {
            "test": reader.part(head),
            "threshold": child,
            "criterion": reader.places.criterion(child["start"]),
        }
        for head in reader.labelled("LAB_TEST")
        for child in reader.children(head, "HAS_THRESHOLD")
    ]
    return reader.merged(rows, "lab_thresholds")


def outcomes(doc: Doc) -> list[Row]:
    """Join each outcome with its times; one without a time has a row too.

    doc (Doc): A document with entities and `doc._.relations`.
    RETURNS (list[Row]): Parts `outcome` and `time_frame` (or None), `role` ("primary",
        "secondary", "other" or None) and `places`.
    """
    reader = _Reader(doc)
    rows = [
        {
            "outcome": reader.part(head),
            "time_frame": child,
            "role": reader.places.role(head.start_char),
        }
        for head in reader.labelled("OUTCOME")
        for child in reader.children(head, "MEASURED_AT") or (None,)
    ]
    return reader.merged(rows, "outcomes")


TABLES: Final[dict[str, Callable[[Doc], list[Row]]]] = {
    "regimens": regimens,
    "lab_thresholds": lab_thresholds,
    "outcomes": outcomes,
}

for _name, _table in TABLES.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, getter=_table)


def flat_rows(doc: Doc, table: str) -> list[dict[str, Any]]:
    """Write a table with one plain value per cell.

    doc (Doc): A document with entities and relations.
    table (str): A key of `TABLES`; a hyphen may stand for the underscore.
    RETURNS (list[dict[str, Any]]): Per part its text, offsets, value (as JSON), score
        and field: `dose`, `dose_start`, `dose_end`, `dose_value`, ...
    RAISES (ValueError): If there is no such table.
    """
    name = table.replace("-", "_")
    if name not in TABLES:
        known = ", ".join(TABLES)
        raise ValueError(f"There is no table '{table}'; choose one of {known}.")
    return [flatten(row, name) for row in TABLES[name](doc)]


def columns(table: str) -> list[str]:
    """Name the columns of `flat_rows`.

    table (str): A key of `TABLES`.
    RETURNS (list[str]): The names in order.
    """
    parts = [name for part in PARTS[table] for name in _cells(part, {})]
    return [*FACTS[table], *parts, "mentions"]


def flatten(row: Mapping[str, Any], table: str) -> dict[str, Any]:
    """Write one row with one plain value per cell.

    row (Mapping[str, Any]): A row of the table.
    table (str): A key of `TABLES`.
    RETURNS (dict[str, Any]): Values by the names of `columns`.
    """
    cells: dict[str, Any] = {fact: row[fact] for fact in FACTS[table]}
    for name in PARTS[table]:
        cells |= _cells(name, row[name] or {})
    return {**cells, "mentions": len(row["places"])}


def _cells(name: str, part: Part) -> dict[str, Any]:
    value = part.get("value")
    return {
        name: part.get("text"),
        f"{name}_value": json.dumps(value, ensure_ascii=False) if value else None,
        **{f"{name}_{key}": part.get(key) for key in _DETAILS},
    }


def to_dataframe(doc: Doc, table: str) -> Any:
    """Load a table into a data frame.

    doc (Doc): A document with entities and relations.
    table (str): "regimens", "lab_thresholds" or "outcomes".
    RETURNS (pandas.DataFrame): The columns of `flat_rows`.
    RAISES (ImportError): If pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise ImportError(
            "to_dataframe needs pandas: pip install 'en_trial_registry[tables]'"
        ) from error
    return pandas.DataFrame(flat_rows(doc, table))
