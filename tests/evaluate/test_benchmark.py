"""The benchmark: stages, spreads, ratios, footprint and report."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from spacy.language import Language
from toy_corpus import TEXT

from evaluate.benchmark.footprint import footprint as run_footprint
from evaluate.benchmark.measure import (
    CNN,
    OWN,
    TRANSFORMER_NAME,
    Benchmark,
    footprint,
    grow,
    measure,
    sizes,
)
from evaluate.benchmark.report import benchmark_json, benchmark_markdown, ratio_lines
from evaluate.benchmark.stages import (
    Spread,
    find_and_tabulate,
    spread,
    stage_rates,
    time_stages,
)
from evaluate.documents import EvaluationError, read_documents
from evaluate.growth import Timing
from evaluate.peers.rounds import Timed

RESULT = Benchmark(
    pipeline="en_toy 1.2.3",
    documents=2,
    words=100,
    timed=(
        Timed(OWN, (), (1.0, 2.0, 4.0)),
        Timed(CNN, (), (1.0, 1.0, 1.0)),
        Timed(TRANSFORMER_NAME, (), (10.0, 24.0, 44.0)),
    ),
    f1={},
    stages=({"tokenizer": 1.0, "ner": 3.0, "all": 4.0},),
    lengths=(Timing(100, "ner", 0.5),),
    counts={25: Spread(3.0, 2.0, 4.0)},
    footprints={},
    sizes={"toy.whl": 1_500_000},
)


def test_spread_by_hand() -> None:
    assert spread([3, 1, 8]) == Spread(3, 1, 8)


def test_ratios_are_taken_round_by_round() -> None:
    assert RESULT.ratio(CNN) == Spread(0.5, 0.25, 1.0)
    assert RESULT.ratio(TRANSFORMER_NAME) == Spread(11.0, 10.0, 12.0)


def test_what_is_asked_is_compared_with_the_median() -> None:
    cnn, transformer = ratio_lines(RESULT)
    assert cnn.endswith("0.50 (0.25 to 1.00), asked 0.4: reached")
    assert transformer.endswith("11.00 (10.00 to 12.00), asked 10: reached")
    slow = replace(RESULT, timed=(Timed(OWN, (), (9.0,)), Timed(CNN, (), (1.0,))))
    assert ratio_lines(slow)[0].endswith("missed")


def test_stage_rates_by_hand() -> None:
    found = stage_rates(RESULT.stages, 100)
    rates = {name: (rate.median, share) for name, rate, share in found}
    assert rates == {"tokenizer": (100, 0.25), "ner": (100 / 3, 0.75), "all": (25, 1)}


def test_stages_of_a_pipeline(nlp: Language) -> None:
    ticks: Iterator[float] = iter([0, 1, 10, 12, 20, 24])
    seconds = time_stages(nlp, [TEXT], clock=lambda: next(ticks))
    assert seconds == {"tokenizer": 1, "entity_ruler": 2, "tables": 4, "all": 7}


def test_finder_gives_entities_and_time(nlp: Language) -> None:
    ticks: Iterator[float] = iter([5, 8])
    spans, seconds = find_and_tabulate(nlp, clock=lambda: next(ticks))([TEXT])
    assert seconds == 3
    assert (0, 4, "ROUTE") in spans[0]


def test_number_of_documents_doubles(nlp: Language) -> None:
    assert list(grow(nlp, [TEXT] * 110, rounds=1)) == [25, 50, 100]
    assert list(grow(nlp, [TEXT] * 3, rounds=1)) == [3]


def test_footprint_of_a_fresh_process(
    nlp: Language, gold: Path, tmp_path: Path
) -> None:
    nlp.to_disk(tmp_path / "toy")
    found = footprint(Path(sys.executable), str(tmp_path / "toy"), gold, [1, 3])
    peaks = found["peak_mebibytes"]
    assert list(peaks) == ["loaded", "1", "3"]
    assert 20 < peaks["loaded"] <= peaks["1"] <= peaks["3"]
    # Its own peak, not that of this process, which holds much more.
    ballast = bytearray(2**28)
    ballast[:: 2**12] = b"x" * len(ballast[:: 2**12])
    again = footprint(Path(sys.executable), str(tmp_path / "toy"), gold, [1])
    assert again["peak_mebibytes"]["1"] < peaks["1"] + 100
    assert found["load_seconds"] > 0


def test_footprint_reads_the_texts(nlp: Language, gold: Path, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "toy")
    found = run_footprint(str(tmp_path / "toy"), gold, [2])
    assert set(found) == {"import_seconds", "load_seconds", "peak_mebibytes"}


def test_footprint_without_pipeline_is_named(gold: Path) -> None:
    with pytest.raises(EvaluationError, match="no_such_pipeline"):
        footprint(Path(sys.executable), "no_such_pipeline", gold, [1])


def test_sizes_on_disk(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "weights").write_bytes(b"12345")
    (tmp_path / "toy-1.whl").write_bytes(b"123")
    found = sizes(str(tmp_path / "model"), None, tmp_path)
    assert found == {"toy-1.whl": 3, f"{OWN}, folder": 5}


def test_measure_and_report(nlp: Language, gold: Path, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "toy")
    result = measure(
        nlp,
        str(tmp_path / "toy"),
        gold,
        read_documents(gold),
        transformer=None,
        rounds=2,
        wheels=tmp_path,
    )
    assert result.f1[OWN].counts.tp == 4
    found = benchmark_json(result)
    assert json.loads(json.dumps(found)) == found
    assert set(found["words_per_second"]) == {OWN, CNN}
    assert set(found["stages"]) == {"tokenizer", "entity_ruler", "tables", "all"}
    text = benchmark_markdown(result)
    assert f"| {CNN} |" in text and "| untrained |" in text
    assert "## Growth with length" in text and "## Number of documents" in text
