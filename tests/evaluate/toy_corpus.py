"""Texts written for these tests, and patterns that find some of their entities."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TEXT = "Oral aspirin 10 mg daily. Placebo is given daily for 2 weeks."
ENTITIES = [
    ("Oral", "ROUTE"),
    ("aspirin", "INTERVENTION"),
    ("10 mg", "DOSE"),
    ("daily", "FREQUENCY"),
    ("Placebo", "INTERVENTION"),
    ("2 weeks", "DURATION"),
]
PATTERNS = [
    {"label": "INTERVENTION", "pattern": [{"LOWER": {"IN": ["aspirin", "placebo"]}}]},
    {"label": "ROUTE", "pattern": [{"LOWER": "oral"}]},
    {"label": "DOSE", "pattern": [{"LOWER": "mg"}]},
    {"label": "FREQUENCY", "pattern": [{"LOWER": "daily"}]},
]


def make_record(
    id: str, text: str, entities: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    """Label the first occurrence of each string."""
    spans = []
    for number, (part, label) in enumerate(entities):
        start = text.index(part)
        spans.append(
            {"id": number, "start": start, "end": start + len(part), "label": label}
        )
    return {"id": id, "text": text, "entities": spans, "relations": []}


def write_lines(path: Path, lines: Iterable[dict[str, Any]]) -> Path:
    """Write JSON lines."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf8")
    return path
