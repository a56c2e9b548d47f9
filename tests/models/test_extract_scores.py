"""`--min-score`, `--format fhir`, and what has no score."""

import json

import pytest
from en_trial_registry import __main__ as cli
from en_trial_registry.extract import extract_batch
from en_trial_registry.fhir import check, entries
from en_trial_registry.records import Record
from en_trial_registry.scores import NoScoresError
from extract_toy import make_pipeline
from scale_toy import make_link
from spacy.language import Language
from spacy.tokens import Span
from typer.testing import CliRunner

if not Span.has_extension("score"):
    Span.set_extension("score", default=None)

TEXT = "GW-1 1 g for Nausea within 2 hours"
SCORES = {"GW-1": 0.9, "1 g": 0.5, "Nausea": 0.8, "2 hours": 0.3}


@Language.component("toy_scores")
def toy_scores(doc):
    """Set the scores above, and link the first two and the last two entities."""
    for span in doc.ents:
        span._.score = SCORES[span.text]
    treatment, dose, outcome, time = doc.ents
    doc._.relations = [
        make_link("HAS_DOSE", treatment, dose),
        make_link("MEASURED_AT", outcome, time),
    ]
    return doc


@pytest.fixture
def nlp():
    nlp = make_pipeline()
    nlp.add_pipe("toy_scores")
    return nlp


@pytest.fixture
def records():
    return [Record("a", plain_text=TEXT, source="text")]


@pytest.mark.parametrize(
    ("min_score", "kept", "links", "regimens", "outcomes"),
    [
        (None, list(SCORES), 2, 1, [("Nausea", "2 hours")]),
        (0.0, list(SCORES), 2, 1, [("Nausea", "2 hours")]),
        (0.5, ["GW-1", "1 g", "Nausea"], 1, 1, [("Nausea", None)]),
        (0.6, ["GW-1", "Nausea"], 0, 0, [("Nausea", None)]),
        (0.95, [], 0, 0, []),
    ],
)
def test_entities_go_with_their_links_and_rows(
    min_score, kept, links, regimens, outcomes, nlp, records
):
    (found,) = extract_batch(records, nlp, min_score=min_score)
    assert [(e.text, e.score) for e in found.entities] == [
        (text, SCORES[text]) for text in kept
    ]
    value = found.to_json()
    assert [entity["score"] for entity in value["entities"]] == [
        SCORES[text] for text in kept
    ]
    assert len(value["relations"]) == links
    assert len(value["regimens"]) == regimens
    assert [
        (row["outcome"]["text"], row["time_frame"] and row["time_frame"]["text"])
        for row in value["outcomes"]
    ] == outcomes


def test_a_pipeline_without_scores_is_refused(records):
    with pytest.raises(NoScoresError, match="gives no score"):
        extract_batch(records, make_pipeline(), min_score=0.1)


def write(tmp_path, *texts):
    path = tmp_path / "in.jsonl"
    lines = [json.dumps({"id": f"r{i}", "text": text}) for i, text in enumerate(texts)]
    path.write_text("\n".join(lines))
    return str(path)


def test_the_command_line_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(cli, "load", make_pipeline)
    result = CliRunner().invoke(
        cli.app, ["extract", write(tmp_path, TEXT), "--min-score", "0.5"]
    )
    assert result.exit_code == 2
    assert "gives no score" in result.stderr
    assert result.stdout == ""


def test_fhir_is_one_bundle(tmp_path, nlp, records, monkeypatch):
    monkeypatch.setattr(cli, "load", lambda: nlp)
    source = write(tmp_path, TEXT, TEXT, TEXT)
    options = ["--format", "fhir", "--batch-size", "1"]
    result = CliRunner().invoke(cli.app, ["extract", source, *options])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert len(found["entry"]) == 6
    (extraction,) = extract_batch(records, nlp)
    rows = extraction.rows("regimens")
    assert found["entry"] == [e for i in range(3) for e in entries(f"r{i}", rows)]
    check(found)


def test_fhir_of_no_regimens_has_no_entry(tmp_path, nlp, monkeypatch):
    monkeypatch.setattr(cli, "load", lambda: nlp)
    out = tmp_path / "out.json"
    options = ["--format", "fhir", "-o", str(out), "--min-score", "0.95"]
    result = CliRunner().invoke(cli.app, ["extract", write(tmp_path, TEXT), *options])
    assert result.exit_code == 0
    assert json.loads(out.read_text()) == {
        "resourceType": "Bundle",
        "type": "collection",
    }
