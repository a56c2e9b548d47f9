import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.annotation import AnnotatedRecord, CorpusError
from corpus.correct.cli import app
from corpus.correct.confirmed import Confirmed
from corpus.correct.rounds import Round, Settings, write_confirmed
from corpus.layout import Layout

VARIABLES = ("DOCCANO_URL", "DOCCANO_USER", "DOCCANO_PASSWORD")


@pytest.fixture(autouse=True)
def no_login(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take any login out of the environment."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def run(*arguments: str, code: int) -> str:
    """Run a command, check its exit code, and unwrap what it prints."""
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == code, result.output
    return " ".join(result.output.split())


def test_without_a_password_nothing_is_asked_of_a_script(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCCANO_USER", "ann")
    records = ("--records", str(layout.authored), "--corpus", str(layout.root))
    output = run("push", "one", *records, code=1)
    assert (
        "user or password is missing. Set DOCCANO_USER and DOCCANO_PASSWORD" in output
    )
    assert not Round(layout, "one").folder.exists()


@pytest.mark.parametrize("command", ["pull", "merge"])
def test_a_round_that_was_never_pushed_is_named(layout: Layout, command: str) -> None:
    output = run(command, "spring", "--corpus", str(layout.root), code=1)
    assert "round 'spring': was never pushed from this corpus" in output
    assert "python -m corpus.correct push spring" in output


def test_a_round_that_was_never_pulled_is_named(layout: Layout) -> None:
    Round(layout, "spring").write_settings(Settings("toy 1", 3000))
    output = run("merge", "spring", "--corpus", str(layout.root), code=1)
    assert "confirmed.jsonl" in output and "pull" in output


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("push", "one"), 2, "--records"),
        (("push", "one", "--records", "nowhere.jsonl"), 2, "does not exist"),
        (
            ("push", "one", "--records", ".", "--max-chars", "0"),
            2,
            "greater than or equal to 1",
        ),
        (("push", "one", "--records", ".", "--count", "3"), 1, "--count needs --model"),
        (("pull", "../up"), 1, "round '../up': can't be a folder"),
        (("agreement", "nowhere.jsonl", "."), 2, "does not exist"),
        (("server",), 2, "--home"),
        (("fly",), 2, "No such command"),
    ],
)
def test_wrong_arguments_are_named(
    arguments: tuple[str, ...], code: int, message: str
) -> None:
    assert message in run(*arguments, code=code)


def test_nothing_to_adjudicate_makes_no_round(
    layout: Layout, tricky: AnnotatedRecord
) -> None:
    path = layout.root / "one.jsonl"
    write_confirmed(path, [Confirmed(tricky, ("ann",), "2026")])
    arguments = (str(path), str(path), "--push", "decide", "--corpus", str(layout.root))
    output = run("agreement", *arguments, code=0)
    assert "1 records compared, 0 of them disputed" in output
    assert not Round(layout, "decide").folder.exists()


def test_records_without_a_counterpart_are_an_error(
    layout: Layout, tricky: AnnotatedRecord, marked: Callable[..., AnnotatedRecord]
) -> None:
    paths = [layout.root / "one.jsonl", layout.root / "two.jsonl"]
    for path, record in zip(paths, (tricky, marked("A78", "x\n", [])), strict=True):
        write_confirmed(path, [Confirmed(record, ("ann",), "2026")])
    output = run("agreement", *map(str, paths), code=1)
    assert "no record is on both sides" in output


def test_settings_come_back(layout: Layout) -> None:
    this = Round(layout, "spring")
    settings = Settings("toy 1", 3000, {"A1#0": {"first": "-", "second": "x"}})
    this.write_settings(settings)
    assert this.read_settings() == settings
    Path(this.settings).write_text(json.dumps({"model": 1}) + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="model"):
        this.read_settings()
