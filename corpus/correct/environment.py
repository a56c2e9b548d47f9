"""Environments of their own for the doccano client and server, made when needed."""

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Final

from corpus.annotation import CorpusError
from corpus.layout import HERE

CHECKOUT: Final = HERE.parent
CLIENT: Final = "client"
SERVER: Final = "server"
FOLDERS: Final = {CLIENT: ".venv-doccano", SERVER: ".venv-doccano-server"}


def ensure_environment(kind: str, *, checkout: Path = CHECKOUT) -> Path:
    """Make an environment from its pinned requirements, unless it is there already.

    kind (str): `CLIENT` or `SERVER`.
    checkout (Path): Where the environment's folder goes.
    RETURNS (Path): Its Python.
    RAISES (CorpusError): If it can't be made.
    """
    folder = checkout / FOLDERS[kind]
    wanted = HERE / f"doccano-{kind}-requirements.txt"
    stamp = folder / "requirements.sha256"
    digest = hashlib.sha256(wanted.read_bytes()).hexdigest()
    python = folder / "bin" / "python"
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return python
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(python), *install, "--requirement", str(wanted)],
    ):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise CorpusError(
                str(folder),
                f"can't be made: {(done.stderr or done.stdout).strip()[-500:]}",
                "Check the network and Python's version (3.11), then run again",
            )
    # Keeps git and ruff out of it wherever it lies.
    (folder / ".gitignore").write_text("*\n", encoding="ascii")
    stamp.write_text(digest, encoding="ascii")
    return python
