"""Build the wheel: the package, the trained pipeline beside it, and its model card.

Its own staging, not `spacy package`: that command writes a second distribution for the
data alone, so that `pip install WHEEL` would not be enough.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from training.card import make_meta, render_card

ROOT: Final = Path(__file__).parents[1]
PACKAGE: Final = "en_trial_registry"
# 2020-01-01: a fixed time stamp makes two builds of one pipeline the same file.
EPOCH: Final = "1577836800"


class PackageError(Exception):
    """The wheel can't be built or used; the message says why and what to do."""


def build_wheel(
    model: Path, *, scores: Path, output: Path, values: Path | None = None
) -> Path:
    """Build one wheel that holds code and trained pipeline.

    model (Path): Folder of the trained pipeline.
    scores (Path): `report.json` or `entities.json` of `python -m evaluate`.
    output (Path): Folder for the wheel; older wheels of this project in it go.
    values (Path | None): `values.json` of `python -m evaluate values`.
    RETURNS (Path): The wheel.
    RAISES (PackageError): If pipeline or scores are missing, or the build fails.
    """
    meta = make_meta(
        _read_json(model / "meta.json"),
        _read_json(scores),
        _read_json(values) if values else None,
    )
    stage = output.parent / "stage"
    shutil.rmtree(stage, ignore_errors=True)
    _stage_files(stage, model, meta)
    output.mkdir(parents=True, exist_ok=True)
    for old in output.glob(f"{PACKAGE}-*.whl"):
        old.unlink()
    _build(stage, output)
    return find_wheel(output)


def find_wheel(dist: Path) -> Path:
    """Find the one wheel of a folder.

    dist (Path): The folder.
    RETURNS (Path): The wheel.
    RAISES (PackageError): If there is none, or more than one.
    """
    wheels = sorted(dist.glob(f"{PACKAGE}-*.whl"))
    if len(wheels) != 1:
        found = ", ".join(wheel.name for wheel in wheels) or "none"
        raise PackageError(
            f"{dist} should hold one wheel of {PACKAGE}, but holds {found}. "
            "Build it: python -m spacy project run package"
        )
    return wheels[0].resolve()


def _read_json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise PackageError(
            f"{path} is missing. Make it: python -m spacy project run all"
        )
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _stage_files(stage: Path, model: Path, meta: dict[str, Any]) -> None:
    package = stage / "models" / PACKAGE
    ignore = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(ROOT / "models" / PACKAGE, package, ignore=ignore)
    data = package / f"{PACKAGE}-{meta['version']}"
    shutil.copytree(model, data)
    for folder in (package, data):
        text = json.dumps(meta, indent=2, ensure_ascii=False)
        (folder / "meta.json").write_text(text, encoding="utf-8")
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, stage / name)
    (stage / "README.md").write_text(render_card(meta), encoding="utf-8")


def _build(stage: Path, output: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    done = subprocess.run(
        [*command, "--outdir", str(output.resolve()), str(stage)],
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise PackageError(f"The build failed:\n{done.stdout}\n{done.stderr}")
