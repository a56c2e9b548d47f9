"""Runs a peer in another Python environment and talks to it."""

import json
import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from evaluate.documents import EvaluationError
from evaluate.matching import Span

ROOT: Final = Path(__file__).parents[2]
# One thread each, so that words a second are those of one core. PyRuSH writes a log
# line per token unless told not to.
_SETTINGS: Final = {"OMP_NUM_THREADS": "1", "LOGURU_LEVEL": "WARNING"}


class Worker:
    """A peer in a process of its own, from `with` until the end of the block.

    python (Path): Interpreter of the peer's environment.
    module (str): Module of `evaluate.peers.workers`.
    settings (Optional[Dict[str, Any]]): What the worker needs to know, plain JSON.
    """

    def __init__(
        self, python: Path, module: str, settings: dict[str, Any] | None = None
    ) -> None:
        self._command = [str(python), "-m", f"evaluate.peers.workers.{module}"]
        self._settings = settings or {}
        self._process: subprocess.Popen[str] | None = None
        self.versions: dict[str, str] = {}

    def __enter__(self) -> "Worker":
        if not Path(self._command[0]).is_file():
            raise EvaluationError(
                f"{self._command[0]} is missing; make the environment with "
                "`python -m evaluate.peers setup`."
            )
        self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env={**os.environ, **_SETTINGS},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf8",
        )
        try:
            self.versions = self._ask({"settings": self._settings})["versions"]
        except EvaluationError:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def _close(self) -> None:
        process, self._process = self._process, None
        if process is None or process.stdin is None or process.stdout is None:
            return
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()
        process.wait()

    def find(self, texts: Sequence[str]) -> tuple[list[frozenset[Span]], float]:
        """Let the peer read texts.

        texts (Sequence[str]): The texts.
        RETURNS (Tuple[List[FrozenSet[Span]], float]): Its spans for each, and its time
            in seconds, without the exchange.
        RAISES (EvaluationError): If the process ended.
        """
        answer = self._ask({"texts": list(texts)})
        spans = [
            frozenset((start, end, label) for start, end, label in each)
            for each in answer["spans"]
        ]
        return spans, float(answer["seconds"])

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise EvaluationError("The peer is not running; use it in a `with` block.")
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise EvaluationError(
                f"`{' '.join(self._command)}` ended without an answer (exit code "
                f"{process.wait()}); what it wrote stands above."
            )
        answer: dict[str, Any] = json.loads(line)
        return answer
