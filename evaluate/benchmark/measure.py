"""Measures a pipeline beside the transformer and spaCy's default CNN, in one run."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from spacy.language import Language

from evaluate.benchmark.stages import Spread, find_and_tabulate, spread, time_stages
from evaluate.documents import EvaluationError, GoldDocument
from evaluate.growth import Timing, measure_growth
from evaluate.peers.environment import TRANSFORMER
from evaluate.peers.finders import pipeline_peer
from evaluate.peers.process import ROOT, Worker
from evaluate.peers.rounds import Find, Timed, run_rounds
from evaluate.scoring import Score, score_spans
from evaluate.speed import make_baseline

OWN: Final = "full pipeline"
CNN: Final = "CNN NER"
TRANSFORMER_NAME: Final = "transformer NER"
# What the project asks of the ratio of words a second, full pipeline to each.
ASKED: Final = {TRANSFORMER_NAME: 10.0, CNN: 0.4}
MOST_DOCUMENTS: Final = 200
FOOTPRINT_COUNTS: Final = (20, 80)


@dataclass(frozen=True)
class Benchmark:
    """What was measured in one run.

    pipeline (str): Name and version.
    documents (int): Documents of the texts.
    words (int): Words in them.
    timed (Tuple[Timed, ...]): The pipelines in turns, each over all texts.
    f1 (Dict[str, Score]): Strict micro, by trained pipeline.
    stages (Tuple[Dict[str, float], ...]): Seconds by stage, one for each round.
    lengths (Tuple[Timing, ...]): Seconds by component on documents of growing length.
    counts (Dict[int, Spread]): Words a second by number of documents.
    footprints (Dict[str, Dict[str, Any]]): Load time and peak memory by pipeline.
    sizes (Dict[str, int]): Bytes of wheel and folders.
    """

    pipeline: str
    documents: int
    words: int
    timed: tuple[Timed, ...]
    f1: dict[str, Score]
    stages: tuple[dict[str, float], ...]
    lengths: tuple[Timing, ...]
    counts: dict[int, Spread]
    footprints: dict[str, dict[str, Any]]
    sizes: dict[str, int]

    def ratio(self, other: str) -> Spread:
        """Compare words a second of the full pipeline with another's, round by round.

        other (str): Name of the other.
        RETURNS (Spread): Of the ratios.
        """
        seconds = {run.name: run.seconds for run in self.timed}
        pairs = zip(seconds[OWN], seconds[other], strict=True)
        return spread([theirs / own for own, theirs in pairs])


def measure(
    nlp: Language,
    model: str,
    records: Path,
    documents: Sequence[GoldDocument],
    *,
    transformer: Path | None,
    more: Sequence[str] = (),
    rounds: int,
    wheels: Path,
) -> Benchmark:
    """Measure everything.

    nlp (Language): The pipeline.
    model (str): Where it was loaded from.
    records (Path): JSON lines that the documents come from.
    documents (Sequence[GoldDocument]): Documents to read and to score.
    transformer (Optional[Path]): Folder of the transformer pipeline, if there is one.
    more (Sequence[str]): Further texts, to grow the number of documents.
    rounds (int): Rounds of each pipeline.
    wheels (Path): Folder of built wheels.
    RETURNS (Benchmark): The figures.
    """
    texts = [document.text for document in documents]
    with ExitStack() as stack:
        finders: dict[str, Find] = {
            OWN: find_and_tabulate(nlp),
            CNN: pipeline_peer(make_baseline()).find,
        }
        if transformer is not None:
            settings = {"model": str(transformer.resolve())}
            worker = Worker(TRANSFORMER.python, "pipeline", settings)
            finders[TRANSFORMER_NAME] = stack.enter_context(worker).find
        timed = run_rounds(finders, texts, rounds=rounds)
    return Benchmark(
        pipeline=f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}",
        documents=len(documents),
        words=sum(document.words for document in documents),
        timed=tuple(timed),
        f1={run.name: _strict(documents, run) for run in timed if run.name != CNN},
        stages=tuple(time_stages(nlp, texts) for _ in range(rounds)),
        lengths=tuple(measure_growth(nlp, texts)),
        counts=grow(nlp, [*texts, *more][:MOST_DOCUMENTS], rounds=2),
        footprints=_footprints(model, transformer, records),
        sizes=sizes(model, transformer, wheels),
    )


def _strict(documents: Sequence[GoldDocument], run: Timed) -> Score:
    gold = [document.entities for document in documents]
    return score_spans(gold, run.spans)[-1].strict


def grow(nlp: Language, texts: Sequence[str], *, rounds: int) -> dict[int, Spread]:
    """Time growing numbers of documents.

    nlp (Language): The pipeline.
    texts (Sequence[str]): The texts; the first 25, 50, 100, ... of them are read.
    rounds (int): How often each number is read.
    RETURNS (Dict[int, Spread]): Words a second by number of documents.
    """
    find = find_and_tabulate(nlp)
    counts = [25 * 2**n for n in range(20) if 25 * 2**n <= len(texts)] or [len(texts)]
    find(texts[: counts[0]])
    rates: dict[int, list[float]] = {count: [] for count in counts}
    for _ in range(rounds):
        for count in counts:
            words = sum(len(text.split()) for text in texts[:count])
            rates[count].append(words / find(texts[:count])[1])
    return {count: spread(values) for count, values in rates.items()}


def _footprints(
    model: str, transformer: Path | None, records: Path
) -> dict[str, dict[str, Any]]:
    found = {OWN: footprint(Path(sys.executable), model, records)}
    if transformer is not None:
        python = TRANSFORMER.python
        found[TRANSFORMER_NAME] = footprint(python, str(transformer.resolve()), records)
    return found


def footprint(
    python: Path,
    model: str,
    records: Path,
    counts: Sequence[int] = FOOTPRINT_COUNTS,
) -> dict[str, Any]:
    """Measure load time and peak memory in a fresh process.

    python (Path): Interpreter of the pipeline's environment.
    model (str): Folder or name of the pipeline.
    records (Path): JSON lines with `text`.
    counts (Sequence[int]): Numbers of texts to read.
    RETURNS (Dict[str, Any]): What `footprint.py` prints.
    RAISES (EvaluationError): If the process fails.
    """
    module = "evaluate.benchmark.footprint"
    where = str(Path(model).resolve()) if Path(model).exists() else model
    command = [str(python), "-m", module, where, str(records.resolve())]
    done = subprocess.run(
        [*command, *map(str, counts)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2]
        raise EvaluationError(f"`{' '.join(command)}` failed: {last}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def sizes(model: str, transformer: Path | None, wheels: Path) -> dict[str, int]:
    """Measure what lies on disk.

    model (str): Folder of the pipeline, or its name.
    transformer (Optional[Path]): Folder of the transformer pipeline.
    wheels (Path): Folder of built wheels.
    RETURNS (Dict[str, int]): Bytes by name; what is not there is left out.
    """
    found = {wheel.name: wheel.stat().st_size for wheel in sorted(wheels.glob("*.whl"))}
    folders = {OWN: Path(model), TRANSFORMER_NAME: transformer}
    for name, folder in folders.items():
        if folder is not None and folder.is_dir():
            files = [path for path in folder.rglob("*") if path.is_file()]
            found[f"{name}, folder"] = sum(path.stat().st_size for path in files)
    return found
