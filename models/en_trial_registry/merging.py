"""Rows that say the same are one row, with all their places."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
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
        key = (*_key(row, parts, synonyms), *(str(row[fact]) for fact in facts))
        place = {
            name: [row[name]["start"], row[name]["end"]] for name in parts if row[name]
        }
        group = groups.setdefault(key, {**row, "places": []})
        group["places"].append(place)
        if "arms" in row:
            group["arms"] = list(dict.fromkeys([*group["arms"], *row["arms"]]))
    return list(groups.values())


def absorb(
    rows: Sequence[Row], parts: Sequence[str], synonyms: Mapping[str, str]
) -> list[Row]:
    """Drop rows that say a part of what another says, and give it their places.

    A row of one arm is not explained by a row of another. Of several fuller rows the
    first gets the places.

    rows (Sequence[Row]): From `merge_rows`, with `arms` (list[str]).
    parts (Sequence[str]): Names of their parts, the one that all share first.
    synonyms (Mapping[str, str]): Names of one thing.
    RETURNS (list[Row]): The fullest rows, in their order.
    """
    keys = [_key(row, parts, synonyms) for row in rows]
    kept: dict[int, Row] = {}
    fuller: dict[tuple[str, ...], list[Row]] = {}
    for i in sorted(range(len(rows)), key=lambda i: -sum(map(bool, keys[i]))):
        row, key = rows[i], keys[i]
        owner = next((o for o in fuller.get(key, ()) if _same_arms(row, o)), None)
        if owner:
            owner["places"] += row["places"]
            owner["arms"] = list(dict.fromkeys([*owner["arms"], *row["arms"]]))
        else:
            kept[i] = {**row, "places": list(row["places"])}
            for less in _less(key):
                fuller.setdefault(less, []).append(kept[i])
    return [kept[i] for i in sorted(kept)]


def _same_arms(row: Row, fuller: Row) -> bool:
    both = row["arms"] and fuller["arms"]
    return not both or set(row["arms"]) <= set(fuller["arms"])


def _less(key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All that says a part of what a key says: the first part and some others."""
    said = [i for i, part in enumerate(key) if part and i]
    for count in range(len(said)):
        for left in combinations(said, count):
            yield tuple(p if i in (0, *left) else "" for i, p in enumerate(key))


def _key(
    row: Row, parts: Sequence[str], synonyms: Mapping[str, str]
) -> tuple[str, ...]:
    return tuple(_meaning(row[name], synonyms) for name in parts)


def _meaning(part: Mapping[str, Any] | None, synonyms: Mapping[str, str]) -> str:
    """What two parts must share to say the same: their value, else their words."""
    if part is None:
        return ""
    if part["value"]:
        return json.dumps(part["value"], sort_keys=True)
    name = fold(part["text"])
    return synonyms.get(name, name)
