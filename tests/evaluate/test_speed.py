"""Speed beside the baseline, with a clock that is told what to say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from evaluate.documents import EvaluationError
from evaluate.speed import SpeedReport, make_baseline, measure_speed, read_texts
from evaluate.speed_report import speed_json, speed_markdown

REPORT = SpeedReport(
    pipeline="en_toy",
    version="1.2.3",
    components=("tok2vec", "ner"),
    texts=2,
    words=1000,
    seconds=(1.0, 2.0, 4.0),
    baseline_seconds=(2.0, 1.0, 3.0),
)


def test_rounds_are_taken_in_turns(nlp: Language) -> None:
    ticks: Iterator[float] = iter([0, 9, 10, 19, 20, 21, 30, 32, 40, 44, 50, 58])
    report = measure_speed(
        nlp, ["one two", " three\n"], rounds=2, clock=lambda: next(ticks)
    )
    assert (report.words, report.texts) == (3, 2)
    assert report.seconds == (1, 4)
    assert report.baseline_seconds == (2, 8)
    assert report.ratios == (2, 2)
    assert report.rates == (3, 0.75)


def test_results_by_hand() -> None:
    result = speed_json(REPORT)
    assert result["words_per_second"] == {"median": 500, "least": 250, "most": 1000}
    assert result["baseline_words_per_second"]["median"] == 500
    assert result["ratio"] == {"median": 0.75, "least": 0.5, "most": 2.0}
    assert json.loads(json.dumps(result)) == result
    assert "| en_toy 1.2.3 | 500 | 250 | 1,000 |" in speed_markdown(REPORT)
    assert "| ratio | 0.75 | 0.50 | 2.00 |" in speed_markdown(REPORT)


def test_baseline_is_the_default_cnn() -> None:
    nlp = make_baseline()
    assert nlp.pipe_names == ["ner"]
    assert len(nlp.pipe_labels["ner"]) == 9
    architecture: Any = nlp.config["components"]["ner"]["model"]["tok2vec"]
    assert architecture["@architectures"] == "spacy.HashEmbedCNN.v2"
    assert (architecture["width"], architecture["depth"]) == (96, 4)
    assert (architecture["window_size"], architecture["embed_size"]) == (1, 2000)


def test_baseline_leaves_no_randomness() -> None:
    texts = ["Oral aspirin 10 mg daily for two weeks"] * 2
    first, second = (
        [[ent.text for ent in doc.ents] for doc in make_baseline().pipe(texts)]
        for _ in range(2)
    )
    assert first == second


def test_texts_without_words_are_an_error(nlp: Language) -> None:
    with pytest.raises(EvaluationError, match="no word"):
        measure_speed(nlp, ["", " \n"])


def test_texts_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"text": "a"}\n\n{"text": "b", "entities": []}\n')
    assert read_texts(path) == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1 is no JSON object with 'text'"),
        ("{}", "line 1 is no JSON object with 'text'"),
        ("[]", "line 1 is no JSON object with 'text'"),
        ('{"text": 1}', "line 1: 'text' is 1, not a string"),
    ],
)
def test_wrong_texts_are_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(line)
    with pytest.raises(EvaluationError, match=message):
        read_texts(path)


def test_missing_texts_are_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"gone.jsonl is missing"):
        read_texts(tmp_path / "gone.jsonl")
