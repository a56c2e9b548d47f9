"""Two pipelines on the same documents."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from toy_links import make_pipeline, read_json, write_records
from typer.testing import CliRunner, Result

from evaluate.__main__ import app
from evaluate.compare import Difference, compare_predictions, predictions_of
from evaluate.documents import EvaluationError, GoldDocument, read_documents
from evaluate.predictions import Prediction, predict, write_predictions

SPAN = (0, 2, "DOSE")
DOCUMENTS = [GoldDocument(str(n), "5 mg", frozenset({SPAN})) for n in range(10)]


def finding(*numbers: int) -> list[Prediction]:
    return [Prediction(str(n), {SPAN: None} if n in numbers else {}) for n in range(10)]


def micro(rows: Sequence[Difference], what: str = "entities strict") -> Difference:
    (row,) = (row for row in rows if (row.what, row.label) == (what, "micro"))
    return row


def test_a_pipeline_does_not_differ_from_itself() -> None:
    row = micro(compare_predictions(DOCUMENTS, finding(1, 2), finding(1, 2)))
    assert row.difference == 0
    assert row.interval == (0, 0)
    assert row.not_better == 1


def test_differences_by_hand() -> None:
    """One of ten: F1 2/11; all: 1. The second is better in every draw with a miss."""
    row = micro(compare_predictions(DOCUMENTS, finding(0), finding(*range(10))))
    assert row.first == pytest.approx(2 / 11)
    assert row.second == 1
    assert row.difference == pytest.approx(9 / 11)
    assert row.interval is not None and row.interval.low > 0
    assert row.not_better == 0


def test_swapping_turns_the_sign() -> None:
    a, b = finding(0, 1, 2), finding(2, 3)
    there, back = (micro(compare_predictions(DOCUMENTS, *p)) for p in ((a, b), (b, a)))
    assert there.interval is not None and back.interval is not None
    assert there.difference == pytest.approx(-(back.difference or 0))
    assert there.interval.low == pytest.approx(-back.interval.high)


def test_pairing_is_surer_than_two_intervals() -> None:
    """The second finds all that the first finds and one more: never worse."""
    row = micro(compare_predictions(DOCUMENTS, finding(0, 1), finding(0, 1, 2)))
    assert row.interval is not None and row.interval.low >= 0


def test_what_occurs_nowhere_has_no_difference() -> None:
    rows = compare_predictions(DOCUMENTS, finding(0), finding(1))
    row = micro(rows, "relations end to end")
    assert (row.first, row.second, row.difference) == (None, None, None)
    assert (row.interval, row.not_better) == (None, None)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write_records(tmp_path / "gold.jsonl")


def run_compare(first: Path, second: Path, gold: Path, output: Path) -> Result:
    arguments = ["compare", first, second, "--on", f"toy={gold}", "--output", output]
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_pipelines_and_saved_predictions_give_the_same(
    gold: Path, tmp_path: Path
) -> None:
    documents = read_documents(gold)
    models = {"good": None, "bad": "given"}
    for name, wrong in models.items():
        nlp = make_pipeline(wrong=wrong)
        nlp.to_disk(tmp_path / name)
        write_predictions(predict(nlp, documents), tmp_path / f"p-{name}" / "toy.jsonl")
    pairs = {
        "a": (tmp_path / "bad", tmp_path / "good"),
        "b": (tmp_path / "p-bad", tmp_path / "p-good"),
        "c": (tmp_path / "bad", tmp_path / "p-good" / "toy.jsonl"),
    }
    sources = []
    for output, (first, second) in pairs.items():
        result = run_compare(first, second, gold, tmp_path / output)
        assert result.exit_code == 0, result.output
        sources.append(read_json(tmp_path / output / "compare.json")["sources"])
    assert sources[0] == sources[1] == sources[2]
    row = sources[0]["toy"]["entities strict"]["INTERVENTION"]
    assert (row["a"], row["b"]) == (pytest.approx(12 / 14, abs=1e-6), 1.0)
    assert row["difference"] == pytest.approx(2 / 14, abs=1e-6)
    assert "| entities strict | micro |" in (tmp_path / "a/compare.md").read_text()


@pytest.mark.parametrize(
    ("content", "match"),
    [
        ({"id": "0", "entities": []}, "no prediction"),
        ({"id": "0", "entities": [], "relations": []}, "not those of the gold"),
    ],
)
def test_wrong_predictions_are_named(
    content: Mapping[str, object], match: str, tmp_path: Path
) -> None:
    path = tmp_path / "toy.jsonl"
    path.write_text(json.dumps(content))
    with pytest.raises(EvaluationError, match=match):
        predictions_of(str(path), {"toy": DOCUMENTS})


def test_missing_predictions_are_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="toy.jsonl is missing"):
        predictions_of(str(tmp_path), {"toy": DOCUMENTS})
    path = tmp_path / "one.jsonl"
    path.touch()
    with pytest.raises(EvaluationError, match="give the folder"):
        predictions_of(str(path), {"a": DOCUMENTS, "b": DOCUMENTS})
