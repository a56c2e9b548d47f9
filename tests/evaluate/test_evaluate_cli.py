"""The commands from end to end, with a rule-based pipeline on authored records."""

import json
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

import pytest
from spacy.language import Language
from toy_corpus import write_lines
from typer.testing import CliRunner, Result

from evaluate.__main__ import app
from evaluate.console import parse_sources
from evaluate.documents import EvaluationError

AUTHORED = Path(__file__).parents[2] / "corpus" / "authored" / "records.jsonl"
FILES = ("entities.json", "entities.md", "entities.svg", "entities.png")


@pytest.fixture
def model(nlp: Language, tmp_path: Path) -> Path:
    nlp.to_disk(tmp_path / "model")
    return tmp_path / "model"


@pytest.fixture
def authored(tmp_path: Path) -> Path:
    path = tmp_path / "authored.jsonl"
    with AUTHORED.open(encoding="utf8") as lines:
        path.write_text("".join(islice(lines, 12)), encoding="utf8")
    return path


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def run_entities(model: Path, output: Path, *sources: str) -> Result:
    options = [part for source in sources for part in ("--on", source)]
    return invoke("entities", model, *options, "--output", output)


def test_entities(model: Path, authored: Path, gold: Path, tmp_path: Path) -> None:
    output = tmp_path / "new" / "folder"
    result = run_entities(model, output, f"authored={authored}", f"toy={gold}")
    assert result.exit_code == 0, result.output
    assert "toy: strict micro F1 0.667" in result.output
    scores = json.loads((output / "entities.json").read_text(encoding="utf8"))
    assert list(scores["sources"]) == ["authored", "toy"]
    assert scores["sources"]["authored"]["documents"] == 12
    micro = scores["sources"]["authored"]["scores"]["micro"]
    assert micro["support"] == gold_spans(authored) > 0
    low, high = micro["strict"]["f1_interval"]
    assert 0 < low < micro["strict"]["f1"] < high < micro["overlap"]["f1"]
    assert (output / "entities.png").read_bytes().startswith(b"\x89PNG")
    ElementTree.parse(output / "entities.svg")


def gold_spans(path: Path) -> int:
    lines = path.read_text(encoding="utf8").splitlines()
    return sum(len(json.loads(line)["entities"]) for line in lines)


def test_two_runs_write_the_same_bytes(
    model: Path, authored: Path, tmp_path: Path
) -> None:
    lines = authored.read_text(encoding="utf8").splitlines(keepends=True)
    turned = tmp_path / "turned.jsonl"
    turned.write_text("".join(reversed(lines)), encoding="utf8")
    for output, path in (("a", authored), ("b", authored), ("c", turned)):
        result = run_entities(model, tmp_path / output, f"x={path}")
        assert result.exit_code == 0, result.output
    for name in FILES:
        first = (tmp_path / "a" / name).read_bytes()
        assert (tmp_path / "b" / name).read_bytes() == first, name
        assert (tmp_path / "c" / name).read_bytes() == first, name


def test_missing_file_is_reported_and_the_rest_is_scored(
    model: Path, gold: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    result = run_entities(model, output, f"gone={tmp_path}/no.jsonl", f"toy={gold}")
    assert result.exit_code == 1
    flat = " ".join(result.output.split())
    assert "no.jsonl is missing" in flat and "python -m corpus convert" in flat
    scores = json.loads((output / "entities.json").read_text(encoding="utf8"))
    assert list(scores["sources"]) == ["toy"]
    assert len(scores["problems"]) == 1
    assert "## Not evaluated" in (output / "entities.md").read_text(encoding="utf8")


def test_nothing_is_written_if_nothing_was_scored(model: Path, tmp_path: Path) -> None:
    result = run_entities(model, tmp_path / "out", f"gone={tmp_path}/no.jsonl")
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_unknown_model_is_one_clear_line(gold: Path, tmp_path: Path) -> None:
    result = run_entities(tmp_path / "none", tmp_path / "out", f"toy={gold}")
    assert result.exit_code == 1
    assert "Can't load the pipeline" in result.output


@pytest.mark.parametrize("wrong", [["toy"], ["=x.jsonl"], ["toy="], ["a=x", "a=y"]])
def test_wrong_sources_are_refused(wrong: list[str]) -> None:
    with pytest.raises(EvaluationError, match="--on"):
        parse_sources(wrong)


def test_path_may_hold_an_equals_sign() -> None:
    assert parse_sources(["a=b=c"]) == {"a": Path("b=c")}


def test_compare_fields(model: Path, gold: Path, tmp_path: Path) -> None:
    record = json.loads(gold.read_text(encoding="utf8").splitlines()[0])
    piece = {**record, "id": f"{record['id']}#arm[0]", "record": record["id"]}
    fields = tmp_path / "toy-fields.jsonl"
    fields.write_text(json.dumps({**piece, "start": 0}))
    output = tmp_path / "out"
    options = ("--whole", gold, "--fields", fields, "--output", output)
    result = invoke("compare-fields", model, *options)
    assert result.exit_code == 0, result.output
    assert "arm: loss of strict micro F1 0.0 points" in result.output
    assert json.loads((output / "fields.json").read_text())["records"] == 1
    assert (output / "fields.md").is_file()


def test_speed(model: Path, gold: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    result = invoke("speed", model, "--texts", gold, "--output", output, "--rounds", 2)
    assert result.exit_code == 0, result.output
    report = json.loads((output / "speed.json").read_text(encoding="utf8"))
    assert (report["words"], report["rounds"]) == (17, 2)
    assert report["ratio"]["median"] > 0
    assert (output / "speed.md").is_file()


def test_values(tmp_path: Path) -> None:
    right = {"label": "ROUTE", "text": "orally", "value": {"name": "oral"}}
    wrong = {"label": "ROUTE", "text": "by mouth", "value": {"name": "rectal"}}
    for part in ("dev", "measured"):
        write_lines(tmp_path / f"{part}.jsonl", [right, wrong])
    output = tmp_path / "out"
    options = ("--gold", tmp_path, "--output", output, "--show")
    result = invoke("values", *options)
    assert result.exit_code == 0, result.output
    assert result.output.count("by mouth") == 1, "of dev alone"
    scores = json.loads((output / "values.json").read_text(encoding="utf8"))
    for part in ("dev", "measured"):
        assert scores["parts"][part]["ROUTE"]["right"] == 1
        assert scores["parts"][part]["ROUTE"]["wrong"] == 1
