"""Words a second of every component, of the tables, and of all together."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from en_trial_registry.tables import TABLES
from spacy.language import Language
from spacy.tokens import Doc

from evaluate.matching import Span
from evaluate.peers.rounds import Find

TOKENIZER: Final = "tokenizer"
TABLES_STAGE: Final = "tables"
ALL_STAGES: Final = "all"
Clock = Callable[[], float]


class Spread(NamedTuple):
    """Values of several rounds.

    median (float): Their median.
    least (float): The least.
    most (float): The most. Of six rounds or more, least and most enclose the median of
        the process with more than 95 % confidence (sign test).
    """

    median: float
    least: float
    most: float


def spread(values: Sequence[float]) -> Spread:
    """Sum up rounds.

    values (Sequence[float]): One value per round.
    RETURNS (Spread): Median, least and most.
    """
    return Spread(statistics.median(values), min(values), max(values))


def time_stages(
    nlp: Language, texts: Sequence[str], *, clock: Clock = time.perf_counter
) -> dict[str, float]:
    """Run all texts through one stage after the other.

    nlp (Language): The pipeline.
    texts (Sequence[str]): The texts.
    clock (Callable[[], float]): Gives the time in seconds.
    RETURNS (Dict[str, float]): Seconds of the tokenizer, of each component, of building
        the tables, and their sum `all`.
    """
    seconds = {}
    begin = clock()
    docs = [nlp.make_doc(text) for text in texts]
    seconds[TOKENIZER] = clock() - begin
    for name, component in nlp.pipeline:
        begin = clock()
        if hasattr(component, "pipe"):
            docs = list(component.pipe(docs, batch_size=nlp.batch_size))
        else:
            docs = [component(doc) for doc in docs]
        seconds[name] = clock() - begin
    begin = clock()
    for doc in docs:
        build_tables(doc)
    seconds[TABLES_STAGE] = clock() - begin
    seconds[ALL_STAGES] = sum(seconds.values())
    return seconds


def build_tables(doc: Doc) -> int:
    """Build the three tables of a document.

    doc (Doc): A document with entities and relations.
    RETURNS (int): Number of rows.
    """
    return sum(len(table(doc)) for table in TABLES.values())


def stage_rates(
    rounds: Sequence[Mapping[str, float]], words: int
) -> Iterator[tuple[str, Spread, float]]:
    """Turn the times of several rounds into words a second.

    rounds (Sequence[Mapping[str, float]]): Seconds by stage.
    words (int): Words in the texts.
    YIELDS (Tuple[str, Spread, float]): Stage, words a second, and its share of the
        median time of all stages.
    """
    whole = statistics.median(one[ALL_STAGES] for one in rounds)
    for stage in rounds[0]:
        times = [one[stage] for one in rounds]
        rates = spread([words / max(second, 1e-9) for second in times])
        yield stage, rates, statistics.median(times) / whole


def find_and_tabulate(nlp: Language, *, clock: Clock = time.perf_counter) -> Find:
    """Let a pipeline do all its work: entities, relations, values and tables.

    nlp (Language): The pipeline.
    clock (Callable[[], float]): Gives the time in seconds.
    RETURNS (Find): Reads texts with `nlp.pipe`, builds the tables of each.
    """

    def find(texts: Sequence[str]) -> tuple[list[frozenset[Span]], float]:
        spans = []
        begin = clock()
        for doc in nlp.pipe(texts):
            build_tables(doc)
            spans.append(
                frozenset((e.start_char, e.end_char, e.label_) for e in doc.ents)
            )
        return spans, clock() - begin

    return find
