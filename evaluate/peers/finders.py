"""The peers that run here: what they are, what they can't do, how they find spans."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from en_trial_registry.schema import ENTITY_LABELS
from en_trial_registry.structure import read_segments
from spacy.language import Language

from evaluate.documents import GoldDocument
from evaluate.matching import Span
from evaluate.peers import patterns
from evaluate.peers.environment import PEERS, TRANSFORMER
from evaluate.peers.phrases import learn_phrases
from evaluate.peers.process import Worker
from evaluate.peers.regular import RegularExpressions
from evaluate.peers.rounds import Find

ALL: Final = tuple(ENTITY_LABELS)
_HEADINGS: Final = (
    "Brief summary",
    "Detailed description",
    "Arms",
    "Interventions",
    "Primary outcomes",
    "Secondary outcomes",
    "Eligibility criteria",
)
_NO_QUANTITY: Final = frozenset({"time", "dimensionless", "failed", "count", "unknown"})
_CRITERIA: Final = frozenset({"criteria", "inclusion", "exclusion"})


@dataclass(frozen=True)
class Peer:
    """A peer that reads the same records.

    name (str): Name.
    how (str): What it is, with versions.
    labels (Tuple[str, ...]): Labels that it tries to find.
    cannot (str): What it doesn't do of our task.
    find (Find): Reads texts.
    """

    name: str
    how: str
    labels: tuple[str, ...]
    cannot: str
    find: Find


def pipeline_peer(nlp: Language) -> Peer:
    """Take this project's pipeline as one of the peers.

    nlp (Language): The pipeline.
    RETURNS (Peer): It, with all its components.
    """
    how = f"{nlp.meta['version']}: {', '.join(nlp.pipe_names)}"
    return Peer(f"{nlp.meta['lang']}_{nlp.meta['name']}", how, ALL, "–", _pipe(nlp))


def regular_peer(train: Sequence[GoldDocument]) -> Peer:
    """Make the baseline of regular expressions.

    train (Sequence[GoldDocument]): Training records, for its word lists.
    RETURNS (Peer): The baseline.
    """
    baseline = RegularExpressions(train)
    return Peer(
        "regular expressions",
        "hand-written expressions, word lists from training records, record structure",
        ALL,
        "relations, values, tables; names outside lists and Interventions",
        _timed(lambda texts: [baseline.find(text) for text in texts]),
    )


@contextmanager
def other_peers(
    train: Sequence[GoldDocument], transformer: Path | None
) -> Iterator[list[Peer]]:
    """Start the peers that run in environments of their own.

    train (Sequence[GoldDocument]): Training records, for medspaCy's phrases.
    transformer (Optional[Path]): Folder of the transformer pipeline, if there is one.
    YIELDS (List[Peer]): The peers, until the end of the block.
    """
    with ExitStack() as stack:
        rules = stack.enter_context(
            Worker(PEERS.python, "rules", medspacy_rules(train))
        )
        quantities = stack.enter_context(Worker(PEERS.python, "quantities"))
        peers = [_medspacy(rules), _quantulum(quantities)]
        if transformer is not None:
            settings = {"model": str(transformer.resolve())}
            worker = Worker(TRANSFORMER.python, "pipeline", settings)
            peers.append(_transformer(stack.enter_context(worker)))
        yield peers


def medspacy_rules(train: Sequence[GoldDocument]) -> dict[str, Any]:
    """Write target rules: phrases of training records and the baseline's expressions.

    train (Sequence[GoldDocument]): Training records.
    RETURNS (Dict[str, Any]): Settings of the worker `rules`.
    """
    phrases = {
        "INTERVENTION": learn_phrases(
            train, "INTERVENTION", min_count=3, min_precision=0.6
        ),
        "ROUTE": learn_phrases(train, "ROUTE", min_count=2, min_precision=0.4),
        "LAB_TEST": learn_phrases(train, "LAB_TEST", min_count=1, min_precision=0.05),
    }
    expressions = {
        "DOSE": [patterns.DOSE.pattern],
        "FREQUENCY": [patterns.FREQUENCY.pattern],
        "DURATION": [patterns.AFTER_FOR, patterns.AFTER_OVER],
        "LAB_THRESHOLD": [patterns.LIMIT.pattern],
        "OUTCOME": [r"(?<=\n)[^\n\[\]]+(?= \[Time Frame:)"],
        "TIME_FRAME": [r"(?<=\[Time Frame: )[^\n]+(?=\](?:\n|$))"],
    }
    return {"phrases": phrases, "patterns": expressions, "headings": list(_HEADINGS)}


def _medspacy(worker: Worker) -> Peer:
    return Peer(
        "medspaCy",
        f"{_versions(worker)}: target rules (phrases of training records, the "
        "baseline's expressions), sections, sentences",
        ALL,
        "relations, values, tables; the record's own names; outcomes without a time",
        worker.find,
    )


def _transformer(worker: Worker) -> Peer:
    return Peer(
        "transformer",
        f"all-MiniLM-L6-v2 fine-tuned, ner only; {_versions(worker)}",
        ALL,
        "relations, values, tables",
        worker.find,
    )


def _quantulum(worker: Worker) -> Peer:
    def find(texts: Sequence[str]) -> tuple[list[frozenset[Span]], float]:
        quantities, seconds = worker.find(texts)
        pairs = zip(texts, quantities, strict=True)
        return [label_quantities(text, found) for text, found in pairs], seconds

    return Peer(
        "quantulum3",
        f"{_versions(worker)}, without classifier; a quantity in eligibility criteria "
        "is taken as LAB_THRESHOLD, elsewhere as DOSE; times and bare numbers are not",
        ("DOSE", "LAB_THRESHOLD"),
        "seven labels; comparators, ULN; whether a quantity is a dose or limit at all; "
        "relations, tables",
        find,
    )


def label_quantities(text: str, quantities: frozenset[Span]) -> frozenset[Span]:
    """Label quantities by where they stand.

    text (str): A rendered record.
    quantities (FrozenSet[Span]): Spans labelled by the kind of their unit.
    RETURNS (FrozenSet[Span]): Flat spans labelled DOSE or LAB_THRESHOLD.
    """
    criteria = [s for s in read_segments(text) if s.kind in _CRITERIA]
    spans: list[Span] = []
    for start, end, kind in sorted(quantities):
        if kind in _NO_QUANTITY or (spans and start < spans[-1][1]):
            continue
        inside = any(segment.start <= start < segment.end for segment in criteria)
        spans.append((start, end, "LAB_THRESHOLD" if inside else "DOSE"))
    return frozenset(spans)


def _pipe(nlp: Language) -> Find:
    return _timed(
        lambda texts: [
            frozenset((e.start_char, e.end_char, e.label_) for e in doc.ents)
            for doc in nlp.pipe(texts)
        ]
    )


def _timed(read: Callable[[Sequence[str]], list[frozenset[Span]]]) -> Find:
    def find(texts: Sequence[str]) -> tuple[list[frozenset[Span]], float]:
        begin = time.perf_counter()
        spans = read(texts)
        return spans, time.perf_counter() - begin

    return find


def _versions(worker: Worker) -> str:
    return ", ".join(f"{name} {version}" for name, version in worker.versions.items())
