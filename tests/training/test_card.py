from typing import Any

import pytest

from training.card import make_meta, render_card


def scores(f1: float, low: float, high: float) -> dict[str, Any]:
    strict = {"tp": 3, "fp": 1, "fn": 2, "precision": 0.75, "recall": 0.6}
    return {
        "strict": {**strict, "f1": f1, "f1_interval": [low, high]},
        "overlap": {**strict, "f1": 0.9, "f1_interval": None},
    }


EVALUATION = {
    "sources": {
        "authored-test": {
            "documents": 30,
            "words": 15000,
            "scores": {
                "DOSE": scores(0.81, 0.7, 0.9),
                "micro": scores(0.83, 0.8, 0.86),
            },
        }
    }
}
TRAINED = {
    "lang": "en",
    "name": "pipeline",
    "version": "0.0.0",
    "spacy_version": ">=3.8.18,<3.9.0",
    "pipeline": ["tok2vec", "ner"],
    "performance": {"ents_f": 0.99},
}


@pytest.fixture
def meta() -> dict[str, Any]:
    return make_meta(TRAINED, EVALUATION)


def test_scores_come_from_the_evaluation_and_not_from_training(
    meta: dict[str, Any],
) -> None:
    assert meta["performance"] == {}
    source = meta["evaluation"]["authored-test"]
    assert source["documents"] == 30
    assert source["strict"] == {"p": 0.75, "r": 0.6, "f": 0.83, "interval": [0.8, 0.86]}
    assert source["support"] == 5
    assert source["labels"]["DOSE"]["strict"]["f"] == 0.81
    assert "micro" not in source["labels"]


def test_the_pipeline_is_named_so_that_spacy_load_finds_it(
    meta: dict[str, Any],
) -> None:
    assert f"{meta['lang']}_{meta['name']}" == "en_trial_registry"
    assert meta["pipeline"] == ["tok2vec", "ner"]
    assert meta["spacy_version"] == ">=3.8.18,<3.9.0"


def test_the_card_names_source_interval_and_support(meta: dict[str, Any]) -> None:
    card = render_card(meta)
    assert "### authored-test: 30 documents, 15,000 words" in card
    assert "| DOSE | 0.750 | 0.600 | 0.810 [0.700, 0.900] | 0.900 | 5 |" in card
    assert "| all (micro) | 0.750 | 0.600 | 0.830 [0.800, 0.860] | 0.900 | 5 |" in card
    for heading in ("## Data", "## Limits", "## Licence"):
        assert heading in card


def test_a_label_without_support_is_a_dash() -> None:
    empty = scores(0.5, 0.4, 0.6)
    empty["strict"] |= {"f1": None, "f1_interval": None, "tp": 0, "fn": 0}
    sources = {"a": {"documents": 1, "words": 2, "scores": {"ROUTE": empty}}}
    sources["a"]["scores"] |= {"micro": scores(0.5, 0.4, 0.6)}  # type: ignore[operator]
    card = render_card(make_meta(TRAINED, {"sources": sources}))
    assert "| ROUTE | 0.750 | 0.600 | - [-, -] | 0.900 | 0 |" in card


def counted(f1: float) -> dict[str, Any]:
    return {
        **{"tp": 3, "fp": 1, "fn": 2, "precision": 0.75, "recall": 0.6},
        **{"f1": f1, "f1_interval": [0.5, 0.7]},
    }


@pytest.fixture
def report() -> dict[str, Any]:
    """A report with links and a calibration, as `python -m evaluate report` has."""
    methods = {
        "on gold entities": {"HAS_DOSE": counted(0.95), "micro": counted(0.94)},
        "end to end": {"HAS_DOSE": counted(0.61), "micro": counted(0.62)},
        "oracle on found entities": {"HAS_DOSE": counted(0.7), "micro": counted(0.7)},
    }
    ece = {"n": 1234, "ece": 0.021, "ece_interval": [0.01, 0.04], "reliability": []}
    source = EVALUATION["sources"]["authored-test"] | {
        "relations": methods,
        "calibration": {"entities": ece, "relations end to end": None},
    }
    return {"sources": {"authored-test": source}}


def test_links_and_calibration_come_from_the_report(report: dict[str, Any]) -> None:
    meta = make_meta(TRAINED, report)
    source = meta["evaluation"]["authored-test"]
    assert list(source["relations"]) == ["on gold entities", "end to end"]
    assert source["relations"]["end to end"]["HAS_DOSE"]["f"] == 0.61
    assert list(source["calibration"]) == ["entities"]
    card = render_card(meta)
    assert "| link | F1 on gold entities | F1 end to end | support |" in card
    assert "| HAS_DOSE | 0.950 [0.500, 0.700] | 0.610 [0.500, 0.700] | 5 |" in card
    assert "confidence: entities 0.021 [0.010, 0.040] of 1,234." in card


def test_values_come_from_their_evaluation() -> None:
    dose = {"n": 50, "accuracy": 0.98, "accuracy_interval": [0.9, 1.0]}
    dose |= {"coverage": 0.9, "coverage_interval": [0.8, 0.95]}
    dose |= {"wrong_rate": 0.02, "wrong_rate_interval": [0.0, 0.1]}
    values = {"parts": {"measured": {"DOSE": dose}}}
    meta = make_meta(TRAINED, EVALUATION, values)
    assert meta["values"] == values["parts"]
    card = render_card(meta)
    assert "### Values of short strings: measured" in card
    assert (
        "| DOSE | 50 | 0.980 [0.900, 1.000] | 0.900 [0.800, 0.950] | "
        "0.020 [0.000, 0.100] |"
    ) in card


def test_what_was_not_measured_has_no_heading(meta: dict[str, Any]) -> None:
    card = render_card(meta)
    for heading in ("| link |", "Values of short strings", "calibration error"):
        assert heading not in card
