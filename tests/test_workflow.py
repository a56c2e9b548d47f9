"""The whole workflow on a copy of the checkout, with a training of a few steps."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STEPS = 30


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run `spacy project run all` where neither ../shared nor any output is."""
    copy = tmp_path_factory.mktemp("workflow") / "checkout"
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(ROOT / name, target)
    command = [sys.executable, "-m", "spacy", "project", "run", "all", "."]
    env = {**os.environ, "WASABI_LOG_FRIENDLY": "1", "COLUMNS": "100"}
    done = subprocess.run(
        [*command, "--vars.max_steps", str(STEPS)],
        cwd=copy,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return copy, done.stdout


@pytest.mark.slow
def test_the_workflow_ends_with_a_verified_wheel(output: tuple[Path, str]) -> None:
    copy, said = output
    assert "golden documents" in said
    assert "to_bytes, DocBin, pickle and n_process=2 agree" in said
    assert "NCT90000042" in said
    (wheel,) = (copy / "training" / "output" / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        card = next(name for name in names if name.endswith("METADATA"))
        text = archive.read(card).decode()
    assert any(name.endswith("/ner/model") for name in names)
    assert not any("__pycache__" in name for name in names)
    assert "### authored-test: " in text
    assert "## Limits" in text


@pytest.mark.slow
def test_the_card_says_what_the_evaluation_measured(
    output: tuple[Path, str],
) -> None:
    copy, _ = output
    scores = json.loads(
        next((copy / "evaluate/reports").glob("*/report.json")).read_text()
    )
    stage = copy / "training/output/stage/models/en_trial_registry/meta.json"
    meta = json.loads(stage.read_text())
    assert set(meta["evaluation"]) == set(scores["sources"])
    for name, source in scores["sources"].items():
        measured = source["scores"]["micro"]["strict"]["f1"]
        assert meta["evaluation"][name]["strict"]["f"] == measured
    assert not any(name.startswith("registry") for name in scores["sources"])
