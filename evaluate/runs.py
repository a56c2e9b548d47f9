"""Trainings to compare: shares of the training records, and seeds."""

import hashlib
import math
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, stdev
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from .bootstrap import RESAMPLES, SEED
from .documents import EvaluationError, GoldDocument, read_documents
from .predict import load_pipeline
from .predictions import predict
from .relations import COMPONENT
from .scoring import Score, interval_json, rounded, score_links, score_spans

SHARES: Final = (10, 25, 50, 75, 100)
WHOLE: Final = 100


@dataclass(frozen=True)
class Recipe:
    """How every run is trained.

    config (Path): Training config.
    train (Path): DocBin of all training records.
    max_steps (int): Steps at most.
    folder (Path): Where runs lie: of all records in `ner` (seed 0) and `seed1`, ...,
        where `project.yml` trains them too, those of a share in `curve`.
    """

    config: Path
    train: Path
    max_steps: int
    folder: Path

    def run_folder(self, share: int, seed: int) -> Path:
        """Say where a run lies.

        share (int): Percent of the training records.
        seed (int): Seed of the training.
        RETURNS (Path): Its folder.
        """
        if share == WHOLE:
            return self.folder / (f"seed{seed}" if seed else "ner")
        return self.folder / "curve" / str(share) / f"seed{seed}"


def train_run(recipe: Recipe, share: int, seed: int) -> Path:
    """Train on a share of the records; do nothing if it was done.

    recipe (Recipe): How.
    share (int): Percent of the training records.
    seed (int): Seed of the training and of the choice of records.
    RETURNS (Path): Folder of the trained pipeline.
    RAISES (EvaluationError): If the training fails.
    """
    folder = recipe.run_folder(share, seed)
    best = folder / "model-best"
    if best.is_dir():
        return best
    # Under another name until it is done, so that a killed run isn't taken for one.
    partial = folder.with_name(f"{folder.name}.partial")
    partial.mkdir(parents=True, exist_ok=True)
    subset = partial / "train.spacy"
    DocBin(docs=choose_docs(recipe.train, share, seed), store_user_data=True).to_disk(
        subset
    )
    command = [sys.executable, "-m", "spacy", "train", str(recipe.config)]
    options = {
        "--output": partial,
        "--paths.train": subset,
        "--training.max_steps": recipe.max_steps,
        "--system.seed": seed,
    }
    command += [str(part) for option in options.items() for part in option]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise EvaluationError(
            f"Training on {share} % with seed {seed} failed:\n{done.stdout[-2000:]}"
            f"{done.stderr[-2000:]}"
        )
    partial.rename(folder)
    return best


def choose_docs(train: Path, share: int, seed: int) -> list[Doc]:
    """Choose a share of the training records.

    Larger shares of one seed hold the smaller ones; seeds choose different records.

    train (Path): DocBin of all training records.
    share (int): Percent of them.
    seed (int): Seed of the choice.
    RETURNS (List[Doc]): The records in the order of the file.
    RAISES (EvaluationError): If a record has no id.
    """
    docs = read_docs(train)
    keys = [_rank(doc, train, seed) for doc in docs]
    count = math.ceil(len(docs) * share / WHOLE)
    chosen = set(sorted(keys)[:count])
    return [doc for doc, key in zip(docs, keys, strict=True) if key in chosen]


def read_docs(path: Path) -> list[Doc]:
    """Read training documents.

    path (Path): A DocBin.
    RETURNS (List[Doc]): Its documents.
    RAISES (EvaluationError): If there is none.
    """
    if not path.is_file():
        raise EvaluationError(f"{path} is missing; make it with `corpus convert`.")
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def _rank(doc: Doc, path: Path, seed: int) -> str:
    if "record_id" not in doc.user_data:
        raise EvaluationError(
            f"{path}: a document without `record_id` in its user data; make the file "
            "anew with `python -m corpus convert`."
        )
    key = f"{seed} {doc.user_data['record_id']}"
    return hashlib.sha256(key.encode()).hexdigest()


def score_runs(
    recipe: Recipe,
    sources: Mapping[str, Path],
    runs: Mapping[int, Sequence[int]],
    *,
    linker: Language | None = None,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> dict[str, Any]:
    """Score trained runs on every text source.

    recipe (Recipe): How they were trained.
    sources (Mapping[str, Path]): Gold documents by name of the source.
    runs (Mapping[int, Sequence[int]]): Seeds by share of the training records.
    linker (Optional[Language]): Pipeline whose `trial_relations` links what each run
        finds. It learns from gold entities, so that it is the same for every run.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of draws.
    RETURNS (Dict[str, Any]): Per share and source, mean and standard deviation of
        strict F1 over the seeds, and each seed's with its interval.
    """
    gold = {name: read_documents(path) for name, path in sources.items()}
    total = len(read_docs(recipe.train))
    draw = {"seed": seed, "resamples": resamples}
    shares = []
    for share, seeds in runs.items():
        scored = [
            _score_run(recipe.run_folder(share, own), gold, linker, draw)
            for own in seeds
        ]
        shares.append(
            {
                "share": share,
                "records": math.ceil(total * share / WHOLE),
                "seeds": list(seeds),
                "sources": {name: _spreads([s[name] for s in scored]) for name in gold},
            }
        )
    return {
        "config": recipe.config.name,
        "max_steps": recipe.max_steps,
        "bootstrap": draw,
        "shares": shares,
    }


RunScores = Mapping[str, Mapping[str, Score]]
"""Strict scores by what is found (entities, relations) and label."""


def _score_run(
    folder: Path,
    gold: Mapping[str, Sequence[GoldDocument]],
    linker: Language | None,
    draw: dict[str, int],
) -> dict[str, RunScores]:
    nlp = load_pipeline(folder / "model-best")
    if linker:
        nlp.add_pipe(COMPONENT, source=linker)
    return {name: _score_source(nlp, own, draw) for name, own in gold.items()}


def _score_source(
    nlp: Language, documents: Sequence[GoldDocument], draw: dict[str, int]
) -> RunScores:
    found = predict(nlp, documents)
    spans = [frozenset(own.entities) for own in found]
    scores = score_spans([own.entities for own in documents], spans, **draw)
    parts = {"entities": {score.label: score.strict for score in scores}}
    if COMPONENT in nlp.pipe_names:
        links = [frozenset(own.links) for own in found]
        gold = [own.links for own in documents]
        parts["relations"] = dict(score_links(gold, links, **draw))
    return parts


def _spreads(runs: Sequence[RunScores]) -> dict[str, Any]:
    return {
        part: {label: _spread([run[part][label] for run in runs]) for label in labels}
        for part, labels in runs[0].items()
    }


def _spread(scores: Sequence[Score]) -> dict[str, Any]:
    defined = [score.counts.f1 for score in scores if score.counts.f1 is not None]
    return {
        "mean": rounded(mean(defined)) if defined else None,
        "sd": rounded(stdev(defined)) if len(defined) > 1 else None,
        "f1": [rounded(score.counts.f1) for score in scores],
        "f1_interval": [interval_json(score.intervals.f1) for score in scores],
    }
