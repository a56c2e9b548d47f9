import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Span
from typer.testing import CliRunner

from corpus.annotation import AnnotatedRecord, CorpusError
from corpus.correct.agreement import cohens_kappa, measure_agreement
from corpus.correct.choose import score_records
from corpus.correct.cli import app
from corpus.correct.confirmed import Confirmed
from corpus.correct.diff import diff
from corpus.correct.predict import model_version, predict_records
from corpus.correct.rounds import Round, Settings, write_confirmed
from corpus.docbin import blank_pipeline
from corpus.jsonl import read_annotated, read_jsonl, write_jsonl
from corpus.layout import Layout
from corpus.load import load_authored

Edit = Callable[..., AnnotatedRecord]
NLP = blank_pipeline()


def test_equal_annotations_agree_wholly(tricky: AnnotatedRecord) -> None:
    result = measure_agreement([tricky], [tricky], nlp=NLP)
    assert {t.f1 for t in result.strict.values()} == {1.0}
    assert {t.f1 for t in result.relations.values()} == {1.0}
    assert (result.kappa, result.disputed, result.records) == (1.0, [], 1)


def test_figures_are_those_counted_by_hand(
    tricky: AnnotatedRecord, edited: Edit, without: Edit
) -> None:
    other = edited(tricky, "e2", start=tricky.entities[1].start + 3)
    other = without(edited(other, "e4", label="OUTCOME"), "e5")
    result = measure_agreement([tricky], [other], nlp=NLP)
    strict = {label: tally.f1 for label, tally in result.strict.items()}
    overlap = {label: tally.f1 for label, tally in result.overlap.items()}
    same = {"INTERVENTION": 1.0, "FREQUENCY": 1.0}
    none = {"LAB_TEST": 0.0, "OUTCOME": 0.0, "LAB_THRESHOLD": 0.0}
    assert strict == {**same, **none, "DOSE": 0.0}
    assert overlap == {**same, **none, "DOSE": 1.0}
    relations = {label: tally.f1 for label, tally in result.relations.items()}
    assert relations == {"HAS_DOSE": 0.0, "HAS_FREQUENCY": 1.0, "HAS_THRESHOLD": 0.0}
    assert result.disputed == ["A77"]
    assert [c.kind for c in result.disagreements] == [
        "moved",
        "relabelled",
        "removed",
        "relation removed",
    ]


def test_kappa_is_that_of_a_worked_example() -> None:
    # 20 of 50 and 15 of 50 agreed, 5 and 10 not: (0.7 - 0.5) / (1 - 0.5)
    pairs = {("A", "A"): 20, ("A", "O"): 5, ("O", "A"): 10, ("O", "O"): 15}
    assert cohens_kappa(Counter(pairs)) == pytest.approx(0.4)
    assert cohens_kappa(Counter({("O", "O"): 5})) is None
    assert cohens_kappa(Counter()) is None


def test_texts_must_be_the_same(tricky: AnnotatedRecord) -> None:
    other = replace(tricky, text=tricky.text + "!")
    with pytest.raises(CorpusError, match="A77: the two texts differ"):
        measure_agreement([tricky], [other], nlp=NLP)
    with pytest.raises(CorpusError, match="no record is on both sides"):
        measure_agreement([tricky], [], nlp=NLP)


def test_predictions_replace_the_annotation(tricky: AnnotatedRecord) -> None:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "INTERVENTION", "pattern": "amberol"}])  # type: ignore[attr-defined]
    (found,) = predict_records(nlp, [tricky])
    assert [found.covered(e) for e in found.entities] == ["amberol"]
    assert found.text == tricky.text and found.relations == ()
    assert model_version(nlp) == "en_pipeline 0.0.0"


def test_an_undecided_model_scores_higher(tricky: AnnotatedRecord) -> None:
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    ner.add_label("DOSE")  # type: ignore[attr-defined]
    nlp.initialize()
    untrained = score_records(nlp, [tricky])["A77"]
    assert 0 < untrained <= 1
    doc = nlp.make_doc(tricky.text)
    reference = nlp.make_doc(tricky.text)
    reference.ents = [Span(reference, 2, 3, label="DOSE")]
    for _ in range(40):
        nlp.update([spacy.training.Example(doc, reference)])
    assert score_records(nlp, [tricky])["A77"] < untrained / 2
    with pytest.raises(CorpusError, match="has no component 'ner'"):
        score_records(spacy.blank("en"), [tricky])


def test_agreement_lists_and_writes_what_is_disputed(
    tmp_path: Path, tricky: AnnotatedRecord, without: Edit
) -> None:
    paths = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for path, record in zip(paths, (tricky, without(tricky, "e5")), strict=True):
        write_confirmed(path, [Confirmed(record, ("ann",), "2026")])
    disputed = tmp_path / "disputed.jsonl"
    arguments = ["agreement", *map(str, paths), "--disputed", str(disputed)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert "removed: A77 LAB_THRESHOLD" in result.output
    assert read_annotated(disputed) == [tricky]


def test_merge_takes_a_pulled_round(layout: Layout, without: Edit) -> None:
    record = load_authored(layout=layout)[0]
    after = without(record, "e4")
    this = Round(layout, "spring")
    write_confirmed(this.confirmed, [Confirmed(after, ("ann",), "2026")])
    write_jsonl(this.changes, (c.row() for c in diff(record, after, annotator="ann")))
    this.write_settings(Settings("toy 1", 3000))
    arguments = ["merge", "spring", "--corpus", str(layout.root)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert load_authored(layout=layout)[0].entities == after.entities
    ((_, entry),) = read_jsonl(layout.root / "rounds.jsonl")
    assert json.dumps(entry["changes"]).count("1") == 2
