"""Near-duplicate records: those that share much of their wording."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from corpus.words import split_words

SHINGLE: Final = 8
# Share of the smaller record's runs of words that makes a near duplicate. Records of
# one sponsor with stock phrases in common stay below 0.11 in the first corpora.
NEAR: Final = 0.25


class Pair(NamedTuple):
    """Two records with wording in common.

    one (str): Id of the first.
    other (str): Id of the second.
    share (float): Common runs of words, of those of the smaller record.
    """

    one: str
    other: str
    share: float


def shingles(text: str) -> frozenset[int]:
    """Hash every run of eight words of a text.

    text (str): Any text; numbers count as words, signs don't.
    RETURNS (frozenset[int]): The runs; of a shorter text the one it is.
    """
    words = [word.text for word in split_words(text) if word.text.isalnum()]
    last = max(1, len(words) - SHINGLE + 1)
    return frozenset(hash(tuple(words[i : i + SHINGLE])) for i in range(last))


def near_duplicates(texts: Mapping[str, str], *, near: float = NEAR) -> list[Pair]:
    """Find all pairs of records that share much of their wording.

    texts (Mapping[str, str]): Text by record id.
    near (float): Share of the smaller record's runs from which a pair counts.
    RETURNS (list[Pair]): The closest first.
    """
    runs = {record_id: shingles(text) for record_id, text in texts.items()}
    holders = defaultdict(list)
    for record_id in sorted(runs):
        for run in runs[record_id]:
            holders[run].append(record_id)
    common = Counter(
        (one, other)
        for ids in holders.values()
        for i, one in enumerate(ids)
        for other in ids[i + 1 :]
    )
    pairs = [
        Pair(one, other, count / min(len(runs[one]), len(runs[other])))
        for (one, other), count in common.items()
    ]
    return sorted((p for p in pairs if p.share >= near), key=lambda p: (-p.share, p))


def group(ids: Sequence[str], pairs: Sequence[Pair]) -> list[list[str]]:
    """Group records that are near duplicates of each other, directly or in a chain.

    ids (Sequence[str]): All records.
    pairs (Sequence[Pair]): Near duplicates among them.
    RETURNS (list[list[str]]): Groups, each sorted, in order of their first id.
    """
    parent = {record_id: record_id for record_id in ids}

    def root(record_id: str) -> str:
        while parent[record_id] != record_id:
            record_id = parent[record_id]
        return record_id

    for pair in pairs:
        first, second = sorted((root(pair.one), root(pair.other)))
        parent[second] = first
    groups = defaultdict(list)
    for record_id in sorted(ids):
        groups[root(record_id)].append(record_id)
    return [groups[key] for key in sorted(groups)]
