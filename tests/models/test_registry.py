import json
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import en_trial_registry
import pytest
import spacy

tomllib = pytest.importorskip("tomllib")

ROOT = Path(__file__).parents[2]
PACKAGE = Path(en_trial_registry.__file__).parent
PREFIX = "spacy_"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))[
    "project"
]
DECLARED = sorted(
    (group.removeprefix(PREFIX), name)
    for group, names in PROJECT["entry-points"].items()
    for name in names
)
# Factories are asked for as a pipeline does, anything else as a config does.
RESOLVE = """
import json, sys, spacy
assert "en_trial_registry" not in sys.modules
nlp, resolved = spacy.blank("en"), []
for registry, name in json.loads(sys.argv[1]):
    if registry == "factories":
        found = nlp.create_pipe(name)
    else:
        found = spacy.registry.get(registry, name)
    resolved.append(found is not None)
print(json.dumps(resolved))
"""
without_data = pytest.mark.skipif(
    (PACKAGE / "meta.json").exists(), reason="a trained pipeline is beside the package"
)


def test_every_group_is_one_of_spacy() -> None:
    assert all(group.startswith(PREFIX) for group in PROJECT["entry-points"])
    assert {registry for registry, _ in DECLARED} <= set(
        spacy.registry.get_registry_names()
    )


def test_every_name_resolves_without_an_import() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RESOLVE, json.dumps(DECLARED)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [True] * len(DECLARED)


@pytest.mark.parametrize(("registry", "name"), DECLARED)
def test_every_name_is_installed_as_declared(registry: str, name: str) -> None:
    (installed,) = entry_points(group=PREFIX + registry, name=name)
    assert installed.value == PROJECT["entry-points"][PREFIX + registry][name]


def test_names_are_versioned_and_say_whose_they_are() -> None:
    for registry, name in DECLARED:
        if registry == "factories":
            assert "." not in name
        elif registry != "models":
            assert name.startswith("en_trial_registry.")
            assert name.rsplit(".v", 1)[1].isdigit()


def test_public_names() -> None:
    assert all(hasattr(en_trial_registry, name) for name in en_trial_registry.__all__)
    assert en_trial_registry.__version__ == PROJECT["version"]


@without_data
def test_load_without_data_says_what_to_do() -> None:
    with pytest.raises(OSError, match="Install the wheel, or load the folder"):
        en_trial_registry.load()


@without_data
def test_spacy_load_without_data_says_what_to_do() -> None:
    with pytest.raises(OSError, match="without a trained pipeline"):
        spacy.load("en_trial_registry")
