"""How a worker talks with `evaluate.peers.process`: one JSON object a line.

It reads `{"settings": ...}` once and answers `{"versions": ...}`, then reads
`{"texts": [...]}` and answers `{"seconds": ..., "spans": [...]}`: for each text a list
of `[start, end, label]`.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from typing import Any

Find = Callable[[Sequence[str]], list[list[tuple[int, int, str]]]]


def serve(prepare: Callable[[dict[str, Any]], Find], packages: Sequence[str]) -> None:
    """Answer requests until standard input ends.

    prepare (Callable[[Dict], Find]): Makes, from the settings, what finds spans.
    packages (Sequence[str]): Distributions whose versions are told, if installed.
    """
    # What the peer prints would spoil the exchange: it goes to standard error.
    with os.fdopen(os.dup(1), "w", encoding="utf8") as out:
        os.dup2(2, 1)
        find = prepare(json.loads(sys.stdin.readline())["settings"])
        _answer(out, {"versions": _versions(packages)})
        for line in sys.stdin:
            texts = json.loads(line)["texts"]
            begin = time.perf_counter()
            spans = find(texts)
            seconds = time.perf_counter() - begin
            _answer(out, {"seconds": seconds, "spans": spans})


def _versions(packages: Sequence[str]) -> dict[str, str]:
    versions = {}
    for name in packages:
        with suppress(PackageNotFoundError):
            versions[name] = version(name)
    return versions


def _answer(out: Any, answer: dict[str, Any]) -> None:
    out.write(json.dumps(answer) + "\n")
    out.flush()
