"""Words a second of a pipeline, beside spaCy's default CNN in the same run."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import spacy
from en_trial_registry.schema import ENTITY_LABELS
from spacy.language import Language
from thinc.api import fix_random_seed

from .documents import EvaluationError
from .predict import pipeline_name

ROUNDS: Final = 5
WARM_UP: Final = 5
BASELINE: Final = (
    "spacy.blank('en') with an untrained ner of spaCy's default CNN config: "
    "HashEmbedCNN, width 96, depth 4, window 1, 2,000 rows, nine labels"
)


@dataclass(frozen=True)
class SpeedReport:
    """Times of a pipeline and of the baseline over the same texts, round by round.

    pipeline (str): Name of the pipeline.
    version (str): Its version.
    components (Tuple[str, ...]): Names of its components.
    texts (int): Number of texts.
    words (int): Number of words in them: runs of characters between white space.
    seconds (Tuple[float, ...]): Time of the pipeline in each round.
    baseline_seconds (Tuple[float, ...]): Time of the baseline in each round.
    """

    pipeline: str
    version: str
    components: tuple[str, ...]
    texts: int
    words: int
    seconds: tuple[float, ...]
    baseline_seconds: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """RETURNS (Tuple[float, ...]): Speed relative to the baseline, per round."""
        pairs = zip(self.seconds, self.baseline_seconds, strict=True)
        return tuple(baseline / own for own, baseline in pairs)

    @property
    def rates(self) -> tuple[float, ...]:
        """RETURNS (Tuple[float, ...]): Words a second of the pipeline, per round."""
        return tuple(self.words / second for second in self.seconds)

    @property
    def baseline_rates(self) -> tuple[float, ...]:
        """RETURNS (Tuple[float, ...]): Words a second of the baseline, per round."""
        return tuple(self.words / second for second in self.baseline_seconds)


def measure_speed(
    nlp: Language,
    texts: Sequence[str],
    *,
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.perf_counter,
) -> SpeedReport:
    """Time `nlp.pipe` in one process, in turns with the baseline.

    nlp (Language): The pipeline.
    texts (Sequence[str]): Texts to process.
    rounds (int): How often each of the two processes all texts.
    clock (Callable[[], float]): Gives the time in seconds.
    RETURNS (SpeedReport): Times of all rounds.
    RAISES (EvaluationError): If there is no word to process.
    """
    words = sum(len(text.split()) for text in texts)
    if not words:
        raise EvaluationError("The texts hold no word; give texts to time.")
    baseline = make_baseline()
    for pipeline in (nlp, baseline):
        _time(pipeline, texts[:WARM_UP], clock)
    times = [
        (_time(nlp, texts, clock), _time(baseline, texts, clock)) for _ in range(rounds)
    ]
    return SpeedReport(
        pipeline=pipeline_name(nlp),
        version=nlp.meta["version"],
        components=tuple(nlp.pipe_names),
        texts=len(texts),
        words=words,
        seconds=tuple(own for own, _ in times),
        baseline_seconds=tuple(other for _, other in times),
    )


def make_baseline() -> Language:
    """Build the pipeline that speed is compared with.

    RETURNS (Language): Untrained NER of spaCy's default CNN config, nine labels.
    """
    fix_random_seed(0)
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    for label in ENTITY_LABELS:
        ner.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize()
    return nlp


def read_texts(path: Path) -> list[str]:
    """Read texts, annotated or not.

    path (Path): JSON lines with `text`.
    RETURNS (List[str]): The texts in the order of the file.
    RAISES (EvaluationError): If the file is missing or a line has no text.
    """
    if not path.is_file():
        raise EvaluationError(f"{path} is missing; give JSON lines with `text`.")
    lines = path.read_text(encoding="utf8").split("\n")
    numbered = [(i, line) for i, line in enumerate(lines, start=1) if line.strip()]
    return [_text(line, f"{path}, line {number}") for number, line in numbered]


def _time(nlp: Language, texts: Sequence[str], clock: Callable[[], float]) -> float:
    begin = clock()
    for _ in nlp.pipe(texts):
        pass
    return clock() - begin


def _text(line: str, where: str) -> str:
    try:
        text = json.loads(line)["text"]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise EvaluationError(f"{where} is no JSON object with 'text'.") from error
    if not isinstance(text, str):
        raise EvaluationError(f"{where}: 'text' is {text!r}, not a string.")
    return text
