"""The report from end to end, with rules for entities and learned links."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from spacy.language import Language
from toy_links import RECORDS, make_pipeline, read_json, write_records
from typer.testing import CliRunner, Result

from evaluate.__main__ import app
from evaluate.documents import EvaluationError
from evaluate.report_cli import read_beside

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("report")
    write_records(folder / "gold.jsonl")
    # `given` is taken for a drug: spurious entities; nothing is missed.
    make_pipeline(wrong="given").to_disk(folder / "model")
    values = {"DOSE": {"n": 2, "accuracy": 0.5, "accuracy_interval": [0.1, 0.9]}}
    for name in ("coverage", "wrong_rate"):
        values["DOSE"] |= {name: None, f"{name}_interval": None}
    (folder / "values.json").write_text(json.dumps({"parts": {"dev": values}}))
    return folder


def run_report(folder: Path, output: str) -> Path:
    gold = folder / "gold.jsonl"
    result = invoke(
        *("report", folder / "model", "--on", f"toy-dev={gold}"),
        *("--on", f"toy-test={gold}", "--also", f"gone={folder / 'no.jsonl'}"),
        *("--beside", f"values={folder / 'values.json'}"),
        *("--beside", f"curve={folder / 'no.json'}"),
        *("--output", folder / output, "--version", "v"),
    )
    assert result.exit_code == 0, result.output
    assert "gone is not scored" in result.output
    return folder / output / "v"


@pytest.fixture(scope="module")
def written(folder: Path) -> Path:
    return run_report(folder, "a")


@pytest.fixture(scope="module")
def report(written: Path) -> Any:
    return read_json(written / "report.json")


def test_entities_and_links_are_scored(report: Any) -> None:
    source = report["sources"]["toy-dev"]
    strict = source["scores"]["INTERVENTION"]["strict"]
    assert (strict["tp"], strict["fp"], strict["fn"]) == (6, 2, 0)
    assert source["scores"]["DOSE"]["strict"]["f1"] == 1.0
    for method in ("on gold entities", "end to end", "oracle on right entities"):
        assert source["relations"][method]["HAS_DOSE"]["f1"] == 1.0
    crossing = source["relations_by"]["crossing"]["end to end"]
    assert (crossing["same sentence"]["tp"], crossing["other line"]["tp"]) == (6, 0)
    assert source["errors"] == {"spurious": {"INTERVENTION": 2}}


def test_calibration_by_hand(report: Any) -> None:
    """8 drugs at 0.8, 6 right; 6 doses at 0.6, all right: |6.4 - 6| + |3.6 - 6|."""
    calibration = report["sources"]["toy-dev"]["calibration"]
    assert calibration["entities"]["n"] == 14
    assert calibration["entities"]["ece"] == pytest.approx(2.8 / 14, abs=1e-6)
    links = calibration["relations end to end"]
    on_gold = calibration["relations on gold entities"]
    assert links["n"] == on_gold["n"] == 6
    # All are right; end to end a score is also that of both ends.
    assert links["ece"] == pytest.approx(1 - 0.8 * 0.6 * (1 - on_gold["ece"]), abs=1e-3)


def test_a_lowest_score_by_hand(report: Any) -> None:
    """Doses have 0.6 and are all right; drugs 0.8, six of eight right."""
    limits = report["sources"]["toy-dev"]["limits"]
    for limit, counts in {
        "0.6": (12, 2, 0),
        "0.7": (6, 2, 6),
        "0.9": (0, 0, 12),
    }.items():
        score = limits[limit]
        assert (score["tp"], score["fp"], score["fn"]) == counts
    assert limits["0.9"]["precision"] is None


def test_groups(report: Any) -> None:
    groups = report["sources"]["toy-dev"]["groups"]
    assert list(groups["phase"]) == ["phase 1/2", "phase 2", "phase 4"]
    assert list(groups["therapeutic area"]) == [
        *("oncology", "respiratory", "pain and anaesthesia", "other"),
    ]
    assert groups["source format"]["authored"]["documents"] == len(RECORDS)


def test_numbers_of_the_markdown_are_those_of_the_json(
    written: Path, report: Any
) -> None:
    text = (written / "report.md").read_text(encoding="utf8")
    f1 = report["sources"]["toy-dev"]["scores"]["INTERVENTION"]["strict"]["f1"]
    assert f"| INTERVENTION | {6 / 8:.3f} (" in text and f"{f1:.3f} (" in text
    assert f"| toy-dev (3) | {24 / 26:.3f} (" in text
    assert "## toy-dev: 3 documents" in text and "## toy-test: 3 documents" in text
    assert "| DOSE | 2 | 0.500 (0.100 to 0.900) | – | – |" in text
    assert "| spurious | 2 | INTERVENTION 2 |" in text


def test_a_second_run_writes_the_same_bytes(folder: Path, written: Path) -> None:
    again = run_report(folder, "b")
    names = {path.name for path in written.iterdir() if path.is_file()}
    assert names == {
        *("report.json", "report.md", "entities.svg", "reliability.svg"),
        *("errors.html", ".gitignore"),
    }
    for name in names:
        assert (again / name).read_bytes() == (written / name).read_bytes(), name
    for name in ("entities.svg", "reliability.svg"):
        ElementTree.parse(written / name)


def test_no_text_of_a_record_is_where_it_could_be_committed(written: Path) -> None:
    hidden = (written / ".gitignore").read_text().split()
    assert hidden == ["errors.html", "predictions/"]
    for path in written.iterdir():
        if path.is_file() and path.name not in hidden:
            assert "Zorbitol" not in path.read_text(encoding="utf8"), path


def test_a_pipeline_that_links_nothing_is_refused(
    nlp: Language, folder: Path, tmp_path: Path
) -> None:
    nlp.to_disk(tmp_path / "model")
    source = f"toy={folder / 'gold.jsonl'}"
    result = invoke("report", tmp_path / "model", "--on", source)
    assert result.exit_code == 1
    assert "no trial_relations" in result.output


def test_a_pipeline_that_finds_nothing_has_a_report(
    folder: Path, tmp_path: Path
) -> None:
    nlp = make_pipeline()
    nlp.remove_pipe("entity_ruler")
    nlp.to_disk(tmp_path / "model")
    source = f"toy-dev={folder / 'gold.jsonl'}"
    output = ("--output", tmp_path, "--version", "v")
    result = invoke("report", tmp_path / "model", "--on", source, *output)
    assert result.exit_code == 0, result.output
    source = read_json(tmp_path / "v" / "report.json")["sources"]["toy-dev"]
    assert source["scores"]["micro"]["strict"]["f1"] == 0
    assert source["errors"]["link missed, an end not found"] == {"HAS_DOSE": 6}
    assert source["calibration"]["entities"] is source["limits"] is None


def test_what_stands_beside_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"shares": []}')
    assert read_beside([f"seeds={path}"]) == {"seeds": []}
    with pytest.raises(EvaluationError, match="no result of `python -m evaluate val"):
        read_beside([f"values={path}"])
    with pytest.raises(EvaluationError, match="use values, seeds, curve"):
        read_beside([f"other={path}"])


@pytest.fixture(scope="module")
def page(written: Path) -> Iterator[Any]:
    if not CHROMIUM.is_file():
        pytest.skip(f"There is no Chromium at {CHROMIUM}; set CHROMIUM to its path.")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox"]
        )
        opened = browser.new_page()
        opened.goto((written / "errors.html").as_uri())
        yield opened
        browser.close()


def shown(page: Any) -> int:
    count: int = page.locator("article:visible").count()
    assert page.text_content("#count").startswith(f"{count} of ")
    return count


def choose(page: Any, **wanted: str) -> int:
    for name in ("source", "kind", "label"):
        page.select_option(f"[name={name}]", wanted.get(name, ""))
    return shown(page)


def test_the_page_shows_errors_in_context(page: Any) -> None:
    assert choose(page) == 2
    marks = page.locator("article [data-side=found] mark.entity")
    texts = [text.split() for text in marks.all_text_contents()]
    assert texts == [["given", "INTERVENTION"]] * 2
    first = page.locator("article").first.text_content()
    assert "spurious" in first and "Zorbitol 25 mg is" in first


def test_the_page_shows_no_test_records(page: Any) -> None:
    options = page.locator("[name=source] option").all_text_contents()
    assert options == ["all", "toy-dev"]
    assert page.locator("article[data-source=toy-test]").count() == 0


def test_the_page_filters(page: Any) -> None:
    assert choose(page, kind="spurious") == 2
    assert choose(page, kind="missed") == 0
    assert choose(page, label="INTERVENTION") == 2
    assert choose(page, label="HAS_DOSE") == 0
    assert choose(page, source="toy-dev", kind="spurious", label="INTERVENTION") == 2
