"""Rows that say the same are one row, with all their places."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from en_trial_registry.synonyms import fold

Row = dict[str, Any]


def merge_rows(
    rows: Iterable[Row],
    parts: Sequence[str],
    facts: Sequence[str],
    synonyms: Mapping[str, str],
) -> list[Row]:
    """Join rows whose parts mean the same; the first gives the parts.

    rows (Iterable[Row]): Rows in the order of the text.
    parts (Sequence[str]): Names of their parts.
    facts (Sequence[str]): Names of the facts that must be the same too.
    synonyms (Mapping[str, str]): Names of one thing, from `find_synonyms`.
    RETURNS (list[Row]): New rows with `places`: the characters of each mention's parts.
    """
    groups: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = (*meanings(row, parts, synonyms), *(str(row[fact]) for fact in facts))
        place = {
            name: [row[name]["start"], row[name]["end"]] for name in parts if row[name]
        }
        group = groups.setdefault(key, {**row, "places": []})
        group["places"].append(place)
        if "arms" in row:
            group["arms"] = list(dict.fromkeys([*group["arms"], *row["arms"]]))
    return list(groups.values())


def meanings(
    row: Row, parts: Sequence[str], synonyms: Mapping[str, str]
) -> tuple[str, ...]:
    """Say what the parts of a row mean, so that rows can be compared.

    row (Row): With a part or None under each name.
    parts (Sequence[str]): Names of its parts.
    synonyms (Mapping[str, str]): Names of one thing.
    RETURNS (tuple[str, ...]): Per part its value, else its words; "" for none.
    """
    return tuple(_meaning(row[name], synonyms) for name in parts)


def _meaning(part: Mapping[str, Any] | None, synonyms: Mapping[str, str]) -> str:
    if part is None:
        return ""
    if part["value"]:
        return json.dumps(part["value"], sort_keys=True)
    name = fold(part["text"])
    return synonyms.get(name, name)
