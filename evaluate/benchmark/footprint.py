"""Time to load and peak memory of a pipeline, in a process of its own.

    python -m evaluate.benchmark.footprint MODEL TEXTS.jsonl COUNT [COUNT ...]

Prints one JSON object. Imports the standard library and spaCy only.
"""

import json
import re
import resource
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path


def footprint(model: str, texts: Path, counts: list[int]) -> dict[str, object]:
    """Load a pipeline, read growing numbers of texts, watch the memory.

    model (str): Folder or name of a pipeline.
    texts (Path): JSON lines with `text`, taken again from the start if too few.
    counts (List[int]): Numbers of texts, growing.
    RETURNS (Dict[str, object]): Seconds to import spaCy and to load the pipeline;
        peak MiB after loading, and after each number of texts.
    """
    begin = time.perf_counter()
    import spacy

    imported = time.perf_counter()
    nlp = spacy.load(model)
    loaded = time.perf_counter()
    peaks = {"loaded": peak_mebibytes()}
    for count in counts:
        for _ in nlp.pipe(islice(_endless(texts), count)):
            pass
        peaks[str(count)] = peak_mebibytes()
    return {
        "import_seconds": imported - begin,
        "load_seconds": loaded - imported,
        "peak_mebibytes": peaks,
    }


def peak_mebibytes() -> float:
    """RETURNS (float): The most memory that this process has held, in MiB."""
    # Linux hands the peak of `getrusage` down to child processes, but not this one.
    status = Path("/proc/self/status")
    if status.exists():
        peak = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
        if peak:
            return int(peak.group(1)) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def _endless(texts: Path) -> Iterator[str]:
    lines = texts.read_text(encoding="utf8").split("\n")
    return cycle([json.loads(line)["text"] for line in lines if line.strip()])


if __name__ == "__main__":
    _, model, path, *numbers = sys.argv
    result = footprint(model, Path(path), [int(number) for number in numbers])
    sys.stdout.write(json.dumps(result) + "\n")
