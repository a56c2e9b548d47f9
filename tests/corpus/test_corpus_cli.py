import json
from pathlib import Path

import pytest
from click.testing import Result
from registry_server import serving
from typer.testing import CliRunner

from corpus.cli import app
from corpus.external import read_texts
from corpus.jsonl import read_annotated, write_jsonl
from corpus.layout import Layout
from corpus.stored import read_stored


@pytest.fixture(autouse=True)
def plain_output(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WASABI_LOG_FRIENDLY", "1")
    monkeypatch.setenv("ANSI_COLORS_DISABLED", "1")


def run(layout: Layout, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--corpus", str(layout.root)])


def break_gold(layout: Layout, old: str, new: str) -> None:
    text = layout.authored.read_text(encoding="utf-8")
    assert old in text
    layout.authored.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    "command", ["join", "assign-splits", "validate", "align", "stats", "convert"]
)
def test_a_sound_corpus_passes_every_command(layout: Layout, command: str) -> None:
    result = run(layout, command)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("command", ["validate", "align", "stats", "convert", "join"])
def test_a_file_that_cannot_be_read_is_named(layout: Layout, command: str) -> None:
    layout.authored.write_text('{"id": "A900"}\n')
    result = run(layout, command)
    assert result.exit_code == 1
    assert "records.jsonl:1, record A900: key 'text' is missing" in result.output


def test_validate_lists_findings_and_fails_on_errors(layout: Layout) -> None:
    break_gold(layout, '"label": "DOSE"', '"label": "DOES"')
    result = run(layout, "validate")
    assert result.exit_code == 1
    assert "error: A900" in result.output
    assert "DOES is no label. Use one of INTERVENTION, DOSE" in result.output
    assert "2 errors, 0 warnings" in result.output


def test_align_fails_below_the_required_share(layout: Layout) -> None:
    dose = read_annotated(layout.authored)[0].entities[2]
    break_gold(layout, f'"end": {dose.end}', f'"end": {dose.end - 1}')
    result = run(layout, "align")
    assert result.exit_code == 1
    assert "misaligned: A900 DOSE" in result.output
    assert "train and dev: 93.7500% align, required > 99.9%" in result.output


def test_convert_names_what_does_not_fit(layout: Layout) -> None:
    dose = read_annotated(layout.authored)[0].entities[2]
    break_gold(layout, f'"end": {dose.end}', f'"end": {dose.end - 1}')
    strict = run(layout, "convert")
    assert strict.exit_code == 1
    assert "error: A900 DOSE" in strict.output
    lenient = run(layout, "convert", "--on-misaligned", "report")
    assert lenient.exit_code == 0
    assert "left out: of train.spacy: A900 DOSE" in lenient.output
    assert "1 gold spans left out" in lenient.output


def test_records_without_text_are_counted_with_the_remedy(layout: Layout) -> None:
    layout.external("registry").unlink()
    for command in ("join", "validate", "convert", "stats"):
        result = run(layout, command)
        assert result.exit_code == 0
        assert "registry: 3 records" in result.output
        assert "python -m corpus fetch" in result.output


def test_stats_are_written_where_asked(layout: Layout, tmp_path: Path) -> None:
    json_path, markdown_path = tmp_path / "s.json", tmp_path / "s.md"
    result = run(
        layout, "stats", "--json", str(json_path), "--markdown", str(markdown_path)
    )
    assert result.exit_code == 0
    assert json.loads(json_path.read_text())["registry-dev"]["records"] == 1
    table = markdown_path.read_text()
    assert table in result.output
    assert "| records | 1 | 1 | 1 | 1 | 1 | 1 |" in table


def test_strip_then_supply_gives_the_corpus_back(
    layout: Layout, tmp_path: Path
) -> None:
    run(layout, "convert")
    given = layout.output / "registry-dev.jsonl"
    fresh = Layout(tmp_path / "fresh")
    fresh.authored.parent.mkdir(parents=True)
    fresh.authored.write_bytes(layout.authored.read_bytes())
    stripped = run(fresh, "strip", str(given), "--split", "dev")
    assert stripped.exit_code == 0, stripped.output
    assert [r.split for r in read_stored(fresh.stored("registry"))] == ["dev"]
    supplied = run(fresh, "supply", str(given))
    assert supplied.exit_code == 0, supplied.output
    assert "registry: 1 texts taken, 0 still missing" in supplied.output
    assert run(fresh, "assign-splits").exit_code == 0
    assert run(fresh, "convert").exit_code == 0
    again = fresh.output / "registry-dev.jsonl"
    assert read_annotated(again) == read_annotated(given)


def test_strip_refuses_unknown_splits(layout: Layout) -> None:
    result = run(layout, "strip", str(layout.authored), "--split", "holdout")
    assert result.exit_code == 1
    assert "'holdout'" in result.output


def test_supply_fails_when_something_cannot_be_read(
    layout: Layout, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jsonl"
    write_jsonl(bad, [{"protocolSection": {"identificationModule": {}}}])
    result = run(layout, "supply", str(bad))
    assert result.exit_code == 1
    assert "bad.jsonl" in result.output
    assert "1 files or records could not be read" in result.output


def test_fetch_ends_with_what_is_missing(layout: Layout) -> None:
    layout.external("registry").unlink()
    section = {"identificationModule": {"nctId": "NCT90000000", "briefTitle": "Tea"}}
    with serving({"NCT90000000": {"protocolSection": section}}) as server:
        words = ["fetch", "--base-url", server.url, "--rate", "1000"]
        server.faults["NCT90000001"] = [("status", (403, {}))]
        result = run(layout, *words)
        assert result.exit_code == 1
        assert "error: NCT90000001" in result.output
        assert "warning: NCT90000002: the registry doesn't have it" in result.output
        assert "0 texts were there, 1 fetched (1 changed" in result.output
        assert run(layout, *words, "--batch-size", "50").exit_code == 0
    assert set(read_texts(layout.external("registry"))) == {"NCT90000000"}
