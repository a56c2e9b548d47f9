"""Scores of a rule-based pipeline, counted by hand."""

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc
from toy_corpus import TEXT, make_record, write_lines

from evaluate.documents import EvaluationError, GoldDocument, read_documents
from evaluate.entities import evaluate_entities, report_json, score_source
from evaluate.markdown import entity_markdown
from evaluate.matching import Counts
from evaluate.predict import load_pipeline, predict_entities
from evaluate.scoring import LabelScore


def by_label(nlp: Language, path: Path) -> dict[str, LabelScore]:
    source = score_source(nlp, "toy", read_documents(path))
    return {score.label: score for score in source.scores}


def test_scores_by_hand(nlp: Language, gold: Path) -> None:
    scores = by_label(nlp, gold)
    assert scores["INTERVENTION"].strict.counts == Counts(2, 0, 0)
    assert scores["DOSE"].strict.counts == Counts(0, 1, 1)
    assert scores["DOSE"].overlap.counts == Counts(1, 0, 0)
    assert scores["FREQUENCY"].strict.counts == Counts(1, 1, 0)
    assert scores["DURATION"].strict.counts == Counts(0, 0, 1)
    assert scores["LAB_TEST"].strict.counts == Counts()
    assert scores["LAB_TEST"].strict.intervals == (None, None, None)
    assert scores["micro"].strict.counts == Counts(4, 2, 2)
    assert scores["micro"].overlap.counts == Counts(5, 1, 1)
    assert (scores["micro"].documents, scores["LAB_TEST"].documents) == (1, 0)


def test_size_of_a_source(nlp: Language, gold: Path) -> None:
    source = score_source(nlp, "toy", read_documents(gold))
    assert (source.documents, source.words) == (2, 12 + 5)


def test_order_of_documents_changes_nothing(nlp: Language, tmp_path: Path) -> None:
    lines = [
        make_record(
            f"T{i}", "aspirin daily " * i, [("aspirin", "INTERVENTION")] * (i > 2)
        )
        for i in range(1, 9)
    ]
    documents = read_documents(write_lines(tmp_path / "a.jsonl", lines))
    turned = read_documents(write_lines(tmp_path / "b.jsonl", lines[::-1]))
    expected = score_source(nlp, "toy", documents)
    assert score_source(nlp, "toy", turned) == expected
    assert score_source(nlp, "toy", documents[::-1]) == expected


def test_gold_takes_no_part_in_prediction(nlp: Language) -> None:
    with_gold = GoldDocument("T", TEXT, frozenset({(0, 4, "DOSE")}))
    without = GoldDocument("T", TEXT)
    assert predict_entities(nlp, [with_gold]) == predict_entities(nlp, [without])


def test_changed_text_is_an_error(nlp: Language, gold: Path) -> None:
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=text.upper().split())
    with pytest.raises(EvaluationError, match="'T1'.*changed the text"):
        by_label(nlp, gold)


def test_unknown_predicted_label_is_an_error(nlp: Language, gold: Path) -> None:
    ruler: Any = nlp.get_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "volunteers"}])
    with pytest.raises(EvaluationError, match=r"'T1'.*PERSON"):
        by_label(nlp, gold)


def test_unknown_pipeline_is_an_error() -> None:
    with pytest.raises(EvaluationError, match="no_such_pipeline.*project run train"):
        load_pipeline("no_such_pipeline")


def test_pipeline_with_unknown_component_is_an_error(
    nlp: Language, tmp_path: Path
) -> None:
    nlp.to_disk(tmp_path)
    config = tmp_path / "config.cfg"
    config.write_text(config.read_text().replace('"entity_ruler"', '"no_such_pipe"'))
    with pytest.raises(EvaluationError, match="Can't load the pipeline.*no_such_pipe"):
        load_pipeline(tmp_path)


def test_sources_stay_apart_and_missing_ones_are_named(
    nlp: Language, gold: Path, tmp_path: Path
) -> None:
    bad = write_lines(tmp_path / "bad.jsonl", [{"id": "X", "text": "a"}])
    sources = {"one": gold, "gone": tmp_path / "gone.jsonl", "bad": bad, "two": gold}
    report = evaluate_entities(nlp, sources)
    assert [source.name for source in report.sources] == ["one", "two"]
    gone, wrong = report.problems
    assert gone.startswith("gone: ") and "gone.jsonl is missing" in gone
    assert "python -m corpus convert" in gone
    assert wrong.startswith("bad: ") and "line 1" in wrong and "'entities'" in wrong


def test_json_holds_all_that_is_needed_to_read_it(nlp: Language, gold: Path) -> None:
    result = report_json(evaluate_entities(nlp, {"toy": gold}, seed=5, resamples=50))
    assert result["pipeline"] == {"name": "en_toy", "version": "1.2.3"}
    assert result["bootstrap"] == {"seed": 5, "resamples": 50, "confidence": 0.95}
    assert result["date"] is None
    dose = result["sources"]["toy"]["scores"]["DOSE"]
    assert (dose["support"], dose["predicted"], dose["documents"]) == (1, 1, 1)
    assert dose["strict"]["precision_interval"] == [0, 0]
    assert dose["overlap"]["f1"] == 1
    assert {"strict", "overlap", "interval", "words"} <= result["definitions"].keys()
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_markdown_table(nlp: Language, gold: Path) -> None:
    report = evaluate_entities(nlp, {"toy": gold}, title="Toy", date="2026-01-02")
    text = entity_markdown(report)
    assert text.startswith("# Toy\n")
    assert "Pipeline en_toy 1.2.3, 2026-01-02." in text
    assert "## toy: 2 documents, 17 words" in text
    assert (
        "| FREQUENCY | 0.500 (0.500 to 0.500) | 1.000 (1.000 to 1.000) "
        "| 0.667 (0.667 to 0.667) | 0.667 | 1 | 2 | 1 |" in text
    )
    assert "| LAB_TEST | – | – | – | – | 0 | 0 | 0 |" in text
