"""Shares of the training records, seeds, and what is made of their scores."""

from pathlib import Path
from statistics import mean, stdev
from typing import Any
from xml.etree import ElementTree

import pytest
import spacy
from spacy.cli.init_config import init_config
from spacy.tokens import Doc, DocBin
from toy_links import RECORDS, annotated, make_pipeline, read_json, write_records
from typer.testing import CliRunner, Result

from evaluate.__main__ import app
from evaluate.documents import EvaluationError
from evaluate.report_markdown import run_lines
from evaluate.runs import WHOLE, Recipe, choose_docs, train_run


def save(docs: list[Doc], path: Path) -> Path:
    DocBin(docs=docs, store_user_data=True).to_disk(path)
    return path


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def many(tmp_path: Path) -> Path:
    nlp = spacy.blank("en")
    docs = [nlp.make_doc(f"text {number}") for number in range(40)]
    for number, doc in enumerate(docs):
        doc.user_data["record_id"] = f"R{number}"
    return save(docs, tmp_path / "many.spacy")


def chosen(path: Path, share: int, seed: int = 0) -> list[str]:
    return [doc.user_data["record_id"] for doc in choose_docs(path, share, seed)]


def test_shares_grow_and_seeds_differ(many: Path) -> None:
    sizes = {share: len(chosen(many, share)) for share in (1, 10, 25, 50, 75, 100)}
    assert sizes == {1: 1, 10: 4, 25: 10, 50: 20, 75: 30, 100: 40}
    assert set(chosen(many, 10)) < set(chosen(many, 25)) < set(chosen(many, 75))
    assert chosen(many, 25) == chosen(many, 25)
    assert chosen(many, 25) != chosen(many, 25, seed=1)
    assert chosen(many, 100) == chosen(many, 100, seed=1)


def test_training_documents_need_ids(tmp_path: Path) -> None:
    path = save([spacy.blank("en").make_doc("x")], tmp_path / "x.spacy")
    with pytest.raises(EvaluationError, match="record_id"):
        choose_docs(path, 50, 0)
    with pytest.raises(EvaluationError, match="no.spacy is missing"):
        choose_docs(tmp_path / "no.spacy", 50, 0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny network's config, training data and gold."""
    folder: Path = tmp_path_factory.mktemp("runs")
    nlp = spacy.blank("en")
    save([annotated(nlp, record) for record in RECORDS], folder / "train.spacy")
    write_records(folder / "gold.jsonl")
    config = init_config(lang="en", pipeline=["ner"], optimize="efficiency", gpu=False)
    config["paths"]["dev"] = str(folder / "train.spacy")
    config["training"] |= {"eval_frequency": 2, "patience": 0}
    config.to_disk(folder / "tiny.cfg")
    return folder


def run(task: str, folder: Path, output: Path, *more: object) -> Result:
    return invoke(
        *(task, "--config", folder / "tiny.cfg", "--train", folder / "train.spacy"),
        *("--max-steps", 4, "--runs", folder / "runs", "--output", output),
        *("--on", f"toy={folder / 'gold.jsonl'}", *more),
    )


@pytest.mark.slow
def test_seeds_are_trained_once_and_scored(folder: Path, tmp_path: Path) -> None:
    result = run("seeds", folder, tmp_path, "--count", 2)
    assert result.exit_code == 0, result.output
    runs = folder / "runs"
    assert sorted(path.name for path in runs.iterdir()) == ["ner", "seed1"]
    written = (runs / "ner" / "model-best" / "meta.json").stat().st_mtime_ns
    first = (tmp_path / "seeds.json").read_bytes()
    assert run("seeds", folder, tmp_path, "--count", 2).exit_code == 0
    assert (runs / "ner" / "model-best" / "meta.json").stat().st_mtime_ns == written
    assert (tmp_path / "seeds.json").read_bytes() == first
    (share,) = read_json(tmp_path / "seeds.json")["shares"]
    assert (share["share"], share["records"], share["seeds"]) == (100, 3, [0, 1])
    micro = share["sources"]["toy"]["entities"]["micro"]
    assert len(micro["f1"]) == len(micro["f1_interval"]) == 2
    assert micro["mean"] == pytest.approx(mean(micro["f1"]), abs=1e-6)
    assert micro["sd"] == pytest.approx(stdev(micro["f1"]), abs=1e-6)


@pytest.mark.slow
def test_the_curve_takes_the_runs_that_are_there(folder: Path, tmp_path: Path) -> None:
    recipe = Recipe(folder / "tiny.cfg", folder / "train.spacy", 4, folder / "runs")
    for share in (25, WHOLE):
        assert train_run(recipe, share, 0).is_dir()
    (folder / "runs" / "curve" / "50" / "seed0.partial").mkdir(parents=True)
    make_pipeline().to_disk(tmp_path / "linker")
    linker = ("--linker", tmp_path / "linker")
    result = run("curve", folder, tmp_path, "--only-trained", *linker)
    assert result.exit_code == 0, result.output
    assert "is not trained and left out" in " ".join(result.output.split())
    curve: Any = read_json(tmp_path / "curve.json")
    assert [(s["share"], s["records"]) for s in curve["shares"]] == [(25, 1), (100, 3)]
    assert "relations" in curve["shares"][0]["sources"]["toy"]
    ElementTree.parse(tmp_path / "curve.svg")
    assert "| 25 % | 1 | 0 |" in (tmp_path / "curve.md").read_text()


def test_a_training_that_fails_says_why(folder: Path, tmp_path: Path) -> None:
    recipe = Recipe(tmp_path / "no.cfg", folder / "train.spacy", 4, tmp_path / "runs")
    with pytest.raises(EvaluationError, match=r"seed 3 failed(.|\n)*no\.cfg"):
        train_run(recipe, 25, 3)
    assert not recipe.run_folder(25, 3).exists()


def test_no_run_to_score_is_an_error(folder: Path, tmp_path: Path) -> None:
    result = run("seeds", folder, tmp_path, "--runs", tmp_path, "--only-trained")
    assert result.exit_code == 1
    assert "No run is trained" in result.output


def test_one_seed_has_no_deviation() -> None:
    micro = {"mean": 0.5, "sd": None}
    share = {
        "share": 100,
        "records": 3,
        "seeds": [0],
        "sources": {"x": {"entities": {"micro": micro}}},
    }
    assert run_lines([share])[-1] == "| 100 % | 3 | 0 | 0.500 |"
