"""Names of one thing within a record: abbreviations and registered other names."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set

from en_trial_registry.abbreviations import find_abbreviations
from en_trial_registry.structure import Segment

Pair = tuple[str, str]


def fold(name: str) -> str:
    """Write a name for comparison.

    name (str): Any text.
    RETURNS (str): Without case and line breaks.
    """
    return " ".join(name.casefold().split())


def fullest_names(names: Set[str]) -> dict[str, str]:
    """Find for each name the fuller one that it is short for: `gemcitabine`, beside
    `gemcitabine hydrochloride`. A name that may be short for several stays.

    names (Set[str]): Folded names.
    RETURNS (dict[str, str]): Each name with the fullest that has all of its words.
    """
    words = {name: frozenset(re.findall(r"\w+", name)) for name in names}
    having: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for word in words[name]:
            having[word].add(name)
    return {name: _fullest(name, words, having) for name in names}


def _fullest(
    name: str, words: dict[str, frozenset[str]], having: dict[str, set[str]]
) -> str:
    own = words[name]
    near = min((having[word] for word in own), key=len, default=set())
    fuller = {words[other] for other in near if own < words[other]}
    fullest = [one for one in fuller if not any(one < other for other in fuller)]
    if len(fullest) != 1:
        return name
    return min(other for other in near if words[other] == fullest[0])


def find_synonyms(text: str, segments: Iterable[Segment]) -> dict[str, str]:
    """Find names of one thing: `UC-MSC`, its long form, and `Other names`.

    text (str): A rendered record, or any text.
    segments (Iterable[Segment]): Its lines, from `read_segments`.
    RETURNS (dict[str, str]): For each folded name that has synonyms, the one that
        stands for all of them.
    """
    pairs = [(fold(short), fold(long)) for short, long, *_ in find_abbreviations(text)]
    pairs += [(short + "s", short) for short, _ in pairs if not short.endswith("s")]
    pairs += _unshared(_other_names(text, segments))
    main: dict[str, str] = {}
    for one, other in pairs:
        kept, dropped = main.get(other, other), main.get(one, one)
        main |= {name: kept for name, at in main.items() if at == dropped}
        main |= {one: kept, other: kept, dropped: kept}
    return main


def _other_names(text: str, segments: Iterable[Segment]) -> Iterator[Pair]:
    name = ""
    for start, end, kind in segments:
        if kind == "intervention_name":
            name = fold(text[start:end])
        elif kind == "other_names" and name:
            listed = text[start:end].partition(":")[2].split(";")
            yield from ((fold(alias), name) for alias in listed if alias.strip())


def _unshared(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """A name that is registered for two interventions is the name of neither."""
    distinct = list(dict.fromkeys(pairs))
    owners = Counter(alias for alias, _ in distinct)
    names = {name for _, name in distinct}
    return (
        (alias, name)
        for alias, name in distinct
        if owners[alias] == 1 and alias not in names
    )
