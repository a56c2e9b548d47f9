"""Rows that tell of one regimen in several places are one row with all that is told."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from en_trial_registry.merging import Row, meanings
from en_trial_registry.synonyms import fullest_names

# The first part names what a row is about, the second tells rows about it apart.
_MAIN: Final = 1
# Parts of which other words mean another regimen.
_APART: Final = frozenset({"dose", "route"})


def join_rows(
    rows: Sequence[Row], parts: Sequence[str], synonyms: Mapping[str, str]
) -> list[Row]:
    """Join rows about one thing that complete each other.

    Two rows are joined if neither a part nor the arms of one contradict the other, and
    they share a part, or no two values of the second part (the dose) are told of that
    thing at all. The fullest rows come first; one that completes several joins them
    all. What is left and tells less than the fullest row of its dose, or without a dose
    than the fullest of all, is another wording of that row if they differ in one part
    at most, and that is neither dose nor route: `weekly` beside `35 mg/m2 on days 1 and
    8 of each 21-day cycle`. It joins it; the other wording is kept in `places` alone.

    Chosen on regimens that readers wrote down for authored dev records (corpus/rows),
    F1 of rows right in every part, 0.556: 0.445 if rows join only those that say more,
    0.447 without the condition, 0.495 if all must share a part, 0.525 without other
    wordings, 0.558 (but 0.712 instead of 0.713 from annotation) if routes may differ.

    rows (Sequence[Row]): From `merge_rows`, with `arms` (list[str]).
    parts (Sequence[str]): Names of their parts: what it is about, the main one, others.
    synonyms (Mapping[str, str]): Names of one thing.
    RETURNS (list[Row]): The joined rows in their order, with the places and arms of
        all that joined them.
    """
    keys = [meanings(row, parts, synonyms) for row in rows]
    names = fullest_names({name for name, *_ in keys})
    about: dict[str, list[int]] = defaultdict(list)
    for i, (name, *_) in enumerate(keys):
        about[names[name]].append(i)
    kept: dict[int, Row] = {}
    for same in about.values():
        joined = _Joined(parts, len({keys[i][_MAIN] for i in same} - {""}) < 2)
        for i in sorted(same, key=lambda i: _emptiness(keys[i])):
            joined.add(i, rows[i], keys[i])
        joined.join_wordings()
        kept |= joined.rows
    return [kept[i] for i in sorted(kept)]


def _emptiness(key: Sequence[str]) -> tuple[bool, int]:
    return not key[_MAIN], key.count("")


class _Joined:
    """Rows about one thing, none of which completes another.

    parts (Sequence[str]): Names of their parts.
    alike (bool): Whether rows may be joined that share no part.
    """

    def __init__(self, parts: Sequence[str], alike: bool) -> None:
        self.parts = parts
        self.alike = alike
        self.rows: dict[int, Row] = {}
        self._keys: dict[int, list[str]] = {}
        self._having: dict[tuple[int, str], dict[int, None]] = defaultdict(dict)

    def add(self, number: int, row: Row, key: tuple[str, ...]) -> None:
        owners = [i for i in self._near(key) if self._completes(row, key, i)]
        for i in owners:
            self._join(i, row, key)
        if not owners:
            self.rows[number] = {**row, "places": list(row["places"])}
            self._keys[number] = list(key)
            for at, part in enumerate(key):
                self._having[at, part][number] = None

    def join_wordings(self) -> None:
        """Join rows that only word the fullest one of their dose differently."""
        fullest: dict[str, int] = {}
        for i in sorted(self.rows, key=lambda i: _emptiness(self._keys[i])):
            dose = self._keys[i][_MAIN]
            fullest.setdefault(dose, i)
            fuller = fullest[dose] if dose else next(iter(fullest.values()))
            if self._rewords(i, fuller):
                self._join(fuller, self.rows.pop(i), tuple(self._keys[i]))

    def _rewords(self, i: int, fuller: int) -> bool:
        key, own = self._keys[i], self._keys[fuller]
        differing = {at for at, part in _told(key) if own[at] not in ("", part)}
        return (
            key.count("") > own.count("")
            and len(differing) <= 1
            and _APART.isdisjoint(self.parts[at] for at in differing)
            and self._in_arms(self.rows[i], fuller)
        )

    def _near(self, key: tuple[str, ...]) -> list[int]:
        """Few rows, with all that may be completed: they agree in some part, and in
        each part they agree or lack it.
        """
        having = self._having
        choices = [[having[at, part], having[at, ""]] for at, part in _told(key)]
        if not self.alike:
            choices.append([having[told] for told in _told(key)])
        fewest = min(choices, key=lambda choice: sum(map(len, choice)), default=[])
        return sorted({i for rows in fewest for i in rows})

    def _completes(self, row: Row, key: tuple[str, ...], i: int) -> bool:
        own = self._keys[i]
        if any(own[at] not in ("", part) for at, part in _told(key)):
            return False
        if not self.alike and all(own[at] != part for at, part in _told(key)):
            return False
        return self._in_arms(row, i)

    def _in_arms(self, row: Row, i: int) -> bool:
        arms = self.rows[i]["arms"]
        return not row["arms"] or not arms or set(row["arms"]) <= set(arms)

    def _join(self, i: int, row: Row, key: tuple[str, ...]) -> None:
        own, told = self.rows[i], self._keys[i]
        for at, part in _told(key):
            if not told[at]:
                del self._having[at, ""][i]
                self._having[at, part][i] = None
                told[at] = part
                own[self.parts[at]] = row[self.parts[at]]
        own["places"] += row["places"]
        own["arms"] = list(dict.fromkeys([*own["arms"], *row["arms"]]))


def _told(key: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """What is told besides the name."""
    return ((at, part) for at, part in enumerate(key) if at and part)
