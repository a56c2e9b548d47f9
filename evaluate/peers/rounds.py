"""Times several finders over the same texts, in turns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evaluate.matching import Span

Find = Callable[[Sequence[str]], tuple[list[frozenset[Span]], float]]
"""Reads texts; gives the spans of each and the seconds that it took."""


@dataclass(frozen=True)
class Timed:
    """What one finder did.

    name (str): Its name.
    spans (Tuple[FrozenSet[Span], ...]): Spans of each text, of the last round.
    seconds (Tuple[float, ...]): Time of each round.
    """

    name: str
    spans: tuple[frozenset[Span], ...]
    seconds: tuple[float, ...]


def run_rounds(
    finders: dict[str, Find], texts: Sequence[str], *, rounds: int, warm_up: int = 3
) -> list[Timed]:
    """Let the finders read all texts by turns; every other round in reverse order.

    So a change of the machine's load meets all of them alike.

    finders (Dict[str, Find]): The finders by name.
    texts (Sequence[str]): The texts.
    rounds (int): How often each reads all of them.
    warm_up (int): Number of texts that each reads before.
    RETURNS (List[Timed]): In the order of the finders.
    """
    for find in finders.values():
        find(texts[:warm_up])
    spans: dict[str, list[frozenset[Span]]] = {}
    seconds: dict[str, list[float]] = {name: [] for name in finders}
    for number in range(rounds):
        names = list(finders) if number % 2 == 0 else list(finders)[::-1]
        for name in names:
            spans[name], took = finders[name](texts)
            seconds[name].append(took)
    return [Timed(name, tuple(spans[name]), tuple(seconds[name])) for name in finders]
