"""Install the wheel in a clean environment and use it from another folder."""

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import spacy

from training.check_installed import summary
from training.package import PACKAGE, ROOT, PackageError

CHECK: Final = Path(__file__).parent / "check_installed.py"
EXAMPLE: Final = ROOT / "corpus" / "example.json"


def verify_wheel(wheel: Path) -> list[str]:
    """Check that a wheel works where nothing but it was installed.

    wheel (Path): The wheel.
    RETURNS (list[str]): What was checked and measured, a line each.
    RAISES (PackageError): If anything differs from the pipeline that was packaged.
    """
    with clean_environment(wheel) as (python, folder):
        golden = _golden_outputs(wheel)
        (folder / "golden.json").write_text(json.dumps(golden), encoding="utf-8")
        report = _run(
            [str(python), "-W", "error", str(CHECK), "golden.json"], cwd=folder
        )
        _show_example(python, folder)
    facts: dict[str, Any] = json.loads(report.splitlines()[-1])
    return [
        f"{facts['documents']} golden documents and {facts['entities']} entities agree",
        "to_bytes, DocBin, pickle and n_process=2 agree",
        f"Wheel {wheel.stat().st_size / 1e6:.1f} MB; pipeline loads in "
        f"{facts['load_seconds']:.1f} s",
    ]


@contextmanager
def clean_environment(wheel: Path) -> Iterator[tuple[Path, Path]]:
    """Make an environment with the wheel and what it asks for, and nothing else.

    wheel (Path): The wheel.
    YIELDS (tuple[Path, Path]): Its interpreter, and an empty folder to work in.
    """
    with tempfile.TemporaryDirectory(prefix=f"{PACKAGE}-") as name:
        home = Path(name)
        venv.create(home / "venv", with_pip=True)
        python = home / "venv" / "bin" / "python"
        folder = home / "elsewhere"
        folder.mkdir()
        constraints = str(ROOT / "constraints.txt")
        install = [str(python), "-m", "pip", "install", "--quiet", "-c", constraints]
        _run([*install, str(wheel)], cwd=folder)
        yield python, folder


def _show_example(python: Path, folder: Path) -> None:
    """Print what the installed wheel finds, as its own command line shows it."""
    command = [str(python), "-m", PACKAGE, "extract", str(EXAMPLE)]
    _run([*command, "-o", "facts.jsonl", "--html", "facts.html"], cwd=folder)
    sys.stdout.flush()
    _run([*command, "--show"], cwd=folder, show=True)


def _run(command: list[str], *, cwd: Path, show: bool = False) -> str:
    """Run with an environment that knows nothing of this checkout."""
    env = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))
    }
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=not show, text=True, check=False
    )
    if done.returncode:
        output = f":\n{done.stdout}\n{done.stderr}" if not show else "."
        raise PackageError(f"`{' '.join(command)}` failed{output}")
    return done.stdout or ""


def _golden_outputs(wheel: Path) -> list[dict[str, Any]]:
    """Predict with the pipeline that was packaged, here, before it was installed."""
    data = wheel.parent.parent / "stage" / "models" / PACKAGE
    nlp = spacy.load(next(data.glob(f"{PACKAGE}-*")))
    return [summary(doc) for doc in nlp.pipe(_golden_texts())]


def _golden_texts() -> list[str]:
    from en_trial_registry.readers import read_records

    records = list(read_records([EXAMPLE]))
    criteria = "Inclusion Criteria:\n- ALT <= 2.5 x ULN and INR < 1.5"
    arm = "Aspirin 100 mg p.o. once daily for 12 weeks."
    return [*(record.text for record in records), arm, criteria, "", " \n "]
