"""Peers: their processes, turns, labels and report."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from spacy.language import Language
from toy_corpus import TEXT

from evaluate.documents import EvaluationError
from evaluate.matching import Counts, Span
from evaluate.peers.compare import compare
from evaluate.peers.finders import (
    Peer,
    label_quantities,
    medspacy_rules,
    pipeline_peer,
)
from evaluate.peers.process import Worker
from evaluate.peers.published import PUBLISHED
from evaluate.peers.report import peers_json, peers_markdown
from evaluate.peers.rounds import run_rounds

CRITERIA = "Give 5 mg daily.\n\nEligibility criteria\nInclusion: INR > 2 mg for 3 days"


def doses_only(texts: Sequence[str]) -> tuple[list[frozenset[Span]], float]:
    return [
        frozenset({(t.index("10"), t.index("10") + 5, "DOSE")} if "10" in t else ())
        for t in texts
    ], 0.5


def test_worker_gives_the_spans_of_its_process(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "toy")
    with Worker(
        Path(sys.executable), "pipeline", {"model": str(tmp_path / "toy")}
    ) as worker:
        assert "spacy" in worker.versions
        spans, seconds = worker.find([TEXT, "nothing"])
        again, _ = worker.find([TEXT])
    expected, _ = pipeline_peer(nlp).find([TEXT])
    assert spans == [expected[0], frozenset()]
    assert again == expected
    assert seconds > 0


def test_worker_that_ends_is_named(tmp_path: Path) -> None:
    worker = Worker(Path(sys.executable), "pipeline", {"model": str(tmp_path)})
    with pytest.raises(EvaluationError, match="ended without an answer"), worker:
        pass


def test_missing_environment_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="peers setup"):
        Worker(tmp_path / "python", "rules").__enter__()


def test_worker_outside_its_block_is_an_error() -> None:
    with pytest.raises(EvaluationError, match="`with` block"):
        Worker(Path(sys.executable), "pipeline").find(["a"])


def test_rounds_go_in_turns_and_back() -> None:
    calls: list[str] = []

    def finder(name: str, seconds: float):  # type: ignore[no-untyped-def]
        def find(texts: Sequence[str]) -> tuple[list[frozenset[Span]], float]:
            calls.append(f"{name}{len(texts)}")
            return [frozenset() for _ in texts], seconds

        return find

    a, b = run_rounds(
        {"a": finder("a", 1), "b": finder("b", 2)}, ["x"] * 4, rounds=2, warm_up=1
    )
    assert calls == ["a1", "b1", "a4", "b4", "b4", "a4"]
    assert (a.seconds, b.seconds) == ((1, 1), (2, 2))


def test_quantities_are_labelled_by_place() -> None:
    dose, limit = CRITERIA.index("5 mg"), CRITERIA.index("2 mg")
    days = CRITERIA.index("3 days")
    found = label_quantities(
        CRITERIA,
        frozenset(
            {
                (dose, dose + 4, "mass"),
                (dose, dose + 1, "dimensionless"),
                (limit, limit + 4, "mass"),
                (days, days + 6, "time"),
            }
        ),
    )
    assert found == {(dose, dose + 4, "DOSE"), (limit, limit + 4, "LAB_THRESHOLD")}


def test_labels_that_a_peer_does_not_try(nlp: Language, gold: Path) -> None:
    only = Peer("only doses", "by hand", ("DOSE",), "the rest", doses_only)
    (one,) = compare([pipeline_peer(nlp), only], {"toy": gold}, rounds=2, resamples=20)
    ours, doses = one.results
    # Of six gold spans the toy finds four and two wrong ones; the other peer the dose.
    assert ours.scores[-1].strict.counts == Counts(4, 2, 2)
    assert doses.scores[-1].strict.counts == Counts(1, 0, 5)
    assert doses.own.strict.counts == Counts(1, 0, 0)
    assert doses.rates == (one.words / 0.5,) * 2


def test_report(nlp: Language, gold: Path) -> None:
    only = Peer("only doses", "by hand", ("DOSE",), "the rest", doses_only)
    results = compare([pipeline_peer(nlp), only], {"toy": gold}, rounds=1, resamples=20)
    result = peers_json(results)
    assert json.loads(json.dumps(result)) == result
    peers = result["sources"]["toy"]["peers"]
    assert peers["only doses"]["own_micro"]["strict"]["f1"] == 1
    assert peers["en_toy"]["scores"]["micro"]["strict"]["tp"] == 4
    text = peers_markdown(results)
    assert "| only doses |" in text and "| the rest |" in text
    assert text.count("| ROUTE |") == 2
    for figure in PUBLISHED:
        assert figure.source in text


def test_published_figures_say_how_they_were_checked() -> None:
    assert all(f.source and f.checked and f.match for f in PUBLISHED)


def test_medspacy_rules_are_plain() -> None:
    rules = medspacy_rules([])
    assert json.loads(json.dumps(rules)) == rules
    assert set(rules["phrases"]) | set(rules["patterns"]) == set(
        "INTERVENTION ROUTE LAB_TEST DOSE FREQUENCY DURATION LAB_THRESHOLD OUTCOME "
        "TIME_FRAME".split()
    )
