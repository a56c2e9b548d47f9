from pathlib import Path

import pytest
from typer.testing import CliRunner

from training.__main__ import app
from training.package import PackageError, build_wheel, find_wheel


def test_a_missing_pipeline_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"meta\.json is missing.*project run all"):
        build_wheel(tmp_path, scores=tmp_path / "entities.json", output=tmp_path)


@pytest.mark.parametrize("names", [[], ["0.1.0", "0.2.0"]])
def test_one_wheel_is_needed(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / f"en_trial_registry-{name}-py3-none-any.whl").touch()
    with pytest.raises(PackageError, match="should hold one wheel"):
        find_wheel(tmp_path)


def test_errors_are_one_clear_line_and_exit_code_1(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["verify", str(tmp_path)])
    assert result.exit_code == 1
    assert "should hold one wheel" in " ".join(result.output.split())
    assert "Traceback" not in result.output
