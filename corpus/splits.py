"""Which record is for training, for development, for testing.

An assignment once stored stays. A new record goes where its near duplicates are, else
where the hash of its id says, so that adding records moves none.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from corpus.annotation import SPLITS, CorpusError
from corpus.duplicates import group, near_duplicates
from corpus.external import read_texts
from corpus.jsonl import read_annotated, write_whole
from corpus.layout import Layout
from corpus.stored import read_stored, write_stored

# Registry dev was chosen by hand before the hash came into use: 40 records are enough.
SHARES: Final[dict[str, dict[str, float]]] = {
    "authored": {"train": 0.80, "dev": 0.08, "test": 0.12},
    "registry": {"train": 0.90, "test": 0.10},
    "pages": {"test": 1.0},
}


def hashed_split(record_id: str, shares: Mapping[str, float]) -> str:
    """Choose a split by the record id alone.

    record_id (str): The record.
    shares (Mapping[str, float]): Share of each split; they add up to 1.
    RETURNS (str): The split.
    """
    digest = hashlib.sha256(record_id.encode("utf-8")).digest()
    at = int.from_bytes(digest[:8], "big") / 2**64
    bound = 0.0
    for split, share in shares.items():
        bound += share
        if at < bound:
            return split
    return list(shares)[-1]


def assign_splits(
    texts: Mapping[str, str],
    known: Mapping[str, str],
    shares: Mapping[str, float],
) -> dict[str, str]:
    """Give every record a split, and leave the ones it has.

    texts (Mapping[str, str]): Text by record id: what near duplicates are found by.
    known (Mapping[str, str]): Splits that are stored.
    shares (Mapping[str, float]): Share of each split among new records.
    RETURNS (dict[str, str]): Split by record id, sorted by id.
    """
    assigned = dict(known)
    for members in group(list(texts), near_duplicates(texts)):
        taken = [known[member] for member in members if member in known]
        # Known members may disagree, which `validate` reports as a leak; joining the
        # training side at least puts nothing more into a test set.
        there = min(taken, key=SPLITS.index) if taken else None
        split = there or hashed_split(members[0], shares)
        for member in members:
            assigned.setdefault(member, split)
    return dict(sorted(assigned.items()))


def read_splits(path: Path) -> dict[str, str]:
    """Read the stored splits of authored records.

    path (Path): JSON object of id and split; a file that isn't there holds none.
    RETURNS (dict[str, str]): Split by record id.
    RAISES (CorpusError): If the file holds anything else.
    """
    if not path.exists():
        return {}
    try:
        splits = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CorpusError(str(path), f"not JSON ({error})", "Correct it") from None
    if not isinstance(splits, dict):
        raise CorpusError(str(path), "not a JSON object", 'Write {"id": "split"}')
    for record_id, split in splits.items():
        if split not in SPLITS:
            raise CorpusError(
                f"{path}, record {record_id}",
                f"unknown split {split!r}",
                f"Use one of {', '.join(SPLITS)}",
            )
    return splits


def write_splits(path: Path, splits: Mapping[str, str]) -> None:
    """Write the splits of authored records.

    path (Path): File to write.
    splits (Mapping[str, str]): Split by record id.
    """
    text = json.dumps(splits, indent=1, sort_keys=True) + "\n"
    write_whole(path, text.encode("utf-8"))


class Assigned(NamedTuple):
    """What an assignment did.

    new (dict[str, str]): Splits given now, by record id.
    known (int): Records that had one.
    without_text (list[str]): Records that got none, since their text isn't at hand.
    """

    new: dict[str, str]
    known: int
    without_text: list[str]


def assign_authored(*, layout: Layout) -> Assigned:
    """Give authored records that have no split one, and store it.

    layout (Layout): Where the corpus lies.
    RETURNS (Assigned): What was given.
    """
    texts = {record.id: record.text for record in read_annotated(layout.authored)}
    known = read_splits(layout.authored_splits)
    assigned = assign_splits(texts, known, SHARES["authored"])
    write_splits(layout.authored_splits, assigned)
    return _summary(assigned, known, texts)


def assign_stored(source: str, *, layout: Layout) -> Assigned:
    """Give stored annotation that has no split one, and store it.

    source (str): `registry` or `pages`.
    layout (Layout): Where the corpus lies.
    RETURNS (Assigned): What was given.
    """
    stored = read_stored(layout.stored(source))
    external = read_texts(layout.external(source))
    texts = {r.id: external[r.id].text for r in stored if r.id in external}
    known = {r.id: r.split for r in stored if r.split is not None}
    assigned = assign_splits(texts, known, SHARES[source])
    if len(assigned) > len(known):
        records = [replace(r, split=assigned.get(r.id)) for r in stored]
        write_stored(layout.stored(source), records)
    return _summary(assigned, known, (record.id for record in stored))


def _summary(
    assigned: Mapping[str, str], known: Mapping[str, str], ids: Iterable[str]
) -> Assigned:
    new = {key: split for key, split in assigned.items() if key not in known}
    return Assigned(new, len(known), [i for i in ids if i not in assigned])
