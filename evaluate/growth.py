"""Time of every component on documents of growing length."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Final

from spacy.language import Language

LENGTHS: Final = (375, 750, 1500, 3000, 6000, 12000)
TOKENIZER: Final = "tokenizer"


@dataclass(frozen=True)
class Timing:
    """Least time of one component on one document, over the rounds.

    words (int): Words of the document.
    component (str): Name of the component.
    seconds (float): Seconds.
    """

    words: int
    component: str
    seconds: float


def measure_growth(
    nlp: Language,
    texts: Sequence[str],
    *,
    lengths: Sequence[int] = LENGTHS,
    rounds: int = 3,
) -> list[Timing]:
    """Time the components on texts cut from the same words.

    nlp (Language): The pipeline.
    texts (Sequence[str]): Texts that are joined, then cut to length at a line end.
    lengths (Sequence[int]): Words of each document.
    rounds (int): How often each is timed.
    RETURNS (list[Timing]): Per document and component, in order.
    """
    timings = []
    for document in _documents(texts, lengths):
        nlp(document)
        runs = [dict(_time_components(nlp, document)) for _ in range(rounds)]
        words = len(document.split())
        timings += [
            Timing(words, name, min(run[name] for run in runs)) for name in runs[0]
        ]
    return timings


def _documents(texts: Sequence[str], lengths: Sequence[int]) -> Iterator[str]:
    lines = "\n".join(texts).split("\n")
    for length in lengths:
        words = 0
        chosen = []
        for line in cycle(lines):
            if words >= length:
                break
            words += len(line.split())
            chosen.append(line)
        yield "\n".join(chosen)


def _time_components(nlp: Language, text: str) -> Iterator[tuple[str, float]]:
    started = time.perf_counter()
    doc = nlp.make_doc(text)
    yield TOKENIZER, time.perf_counter() - started
    for name, component in nlp.pipeline:
        started = time.perf_counter()
        doc = component(doc)
        yield name, time.perf_counter() - started


def growth_json(timings: Sequence[Timing]) -> dict[str, Any]:
    """Write timings as plain JSON types.

    timings (Sequence[Timing]): The timings.
    RETURNS (dict[str, Any]): Seconds by component, in the order of `words`.
    """
    components: dict[str, list[float]] = {}
    for timing in timings:
        seconds = round(timing.seconds, 5)
        components.setdefault(timing.component, []).append(seconds)
    words = sorted({timing.words for timing in timings})
    return {"task": "growth", "words": words, "seconds": components}


def growth_markdown(timings: Sequence[Timing]) -> str:
    """Write timings as a table.

    timings (Sequence[Timing]): The timings.
    RETURNS (str): Milliseconds per 1,000 words; a flat row is linear growth.
    """
    result = growth_json(timings)
    words = result["words"]
    head = ["component", *(f"{n:,} words" for n in words)]
    rows = [
        [name, *(f"{1e6 * s / n:.1f}" for s, n in zip(seconds, words, strict=True))]
        for name, seconds in result["seconds"].items()
    ]
    lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
    title = "Milliseconds per 1,000 words by length of the document; one process."
    return "\n".join(["# Growth with length", "", title, "", *lines]) + "\n"
