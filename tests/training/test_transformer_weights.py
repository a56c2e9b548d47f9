"""What is said when the weights of the transformer pipeline can't be unpacked."""

import sys
from pathlib import Path

import pytest
from spacy.util import load_config

from training.transformer import VOCABULARY, WeightsError, find_model, unpack_weights

CONFIG = Path("training/configs/transformer.cfg")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An importable package with an empty folder `model`."""
    folder = tmp_path / "toy_minilm" / "model"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    return folder


def test_package_that_is_not_installed_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="no_such_package is not installed"):
        unpack_weights(tmp_path, "no_such_package")


def test_file_that_is_missing_is_named(package: Path) -> None:
    (package / "model.safetensors").touch()
    with pytest.raises(WeightsError, match=f"has no model/{VOCABULARY}"):
        find_model("toy_minilm")


def test_model_is_found_without_importing_it(package: Path) -> None:
    for name in ("model.safetensors", VOCABULARY):
        (package / name).touch()
    (package.parent / "__init__.py").write_text("raise RuntimeError")
    assert find_model("toy_minilm") == package
    assert "toy_minilm" not in sys.modules


def test_config_is_the_pipeline_that_is_measured() -> None:
    config = load_config(CONFIG, interpolate=True)
    assert config["nlp"]["pipeline"] == ["transformer", "ner"]
    spans = config["components"]["transformer"]["model"]["with_spans"]
    assert (spans["window"], spans["stride"]) == (256, 192)
    loaders = config["initialize"]["components"]["transformer"]
    assert loaders["encoder_loader"]["path"] == "training/output/minilm/model.pt"
    assert loaders["piecer_loader"]["path"] == "training/output/minilm/vocab.txt"
