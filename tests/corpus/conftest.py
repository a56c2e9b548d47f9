"""An invented corpus of three authored and three external records."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.annotation import AnnotatedRecord, Entity, Link
from corpus.external import ExternalText, write_texts
from corpus.jsonl import annotated_row, write_jsonl
from corpus.layout import Layout
from corpus.stored import strip_text, write_stored

Mark = tuple[str, str]


def annotate(
    record_id: str,
    text: str,
    marks: list[Mark],
    links: list[tuple[str, int, int]] | None = None,
    *,
    source: str = "authored",
    split: str | None = "train",
) -> AnnotatedRecord:
    """Mark words of a text in order of their appearance; links name marks by index."""
    entities = []
    at = 0
    for number, (words, label) in enumerate(marks, 1):
        at = text.index(words, at)
        entities.append(Entity(f"e{number}", at, at + len(words), label))
        at += len(words)
    relations = tuple(
        Link(label, f"e{head + 1}", f"e{child + 1}")
        for label, head, child in links or []
    )
    return AnnotatedRecord(record_id, text, tuple(entities), relations, source, split)


TEXT = """{id}
Zorbitol for winter cough in lighthouse keepers
Official title: A trial of zorbitol in {who}
Conditions: Cough; Hoarseness

Brief summary
Keepers cough when fog rolls in. {who} will swallow zorbitol 25 mg twice daily.

Detailed description
Each keeper logs coughing by lantern light, and a gull counts the logs of {who}.

Arms
[Experimental] Zorbitol arm
Zorbitol 25 mg by mouth for 6 weeks.
[Placebo Comparator] Chalk arm
Chalk tablets by mouth.

Interventions
[Drug] Zorbitol
Brown pellets, 25 mg.
Other names: ZRB-7
[Drug] Chalk
White pellets.

Primary outcomes
Nightly coughs counted by {who} [Time Frame: 6 weeks]
Coughs that wake the dog.
Hours of sleep [Time Frame: 6 weeks]

Secondary outcomes
Foghorn tolerance [Time Frame: 12 weeks]

Eligibility criteria
Inclusion Criteria:
- Serum copper below 20 µmol/L
Exclusion Criteria:
- Owns a foghorn and knows {who}
"""

MARKS = [
    ("Zorbitol", "INTERVENTION"),
    ("zorbitol", "INTERVENTION"),
    ("zorbitol", "INTERVENTION"),
    ("25 mg", "DOSE"),
    ("twice daily", "FREQUENCY"),
    ("Zorbitol", "INTERVENTION"),
    ("Zorbitol", "INTERVENTION"),
    ("25 mg", "DOSE"),
    ("by mouth", "ROUTE"),
    ("6 weeks", "DURATION"),
    ("Chalk", "INTERVENTION"),
    ("Chalk", "INTERVENTION"),
    ("by mouth", "ROUTE"),
    ("Zorbitol", "INTERVENTION"),
    ("25 mg", "DOSE"),
    ("ZRB-7", "INTERVENTION"),
    ("Chalk", "INTERVENTION"),
    ("Nightly coughs counted by", "OUTCOME"),
    ("6 weeks", "TIME_FRAME"),
    ("Hours of sleep", "OUTCOME"),
    ("6 weeks", "TIME_FRAME"),
    ("Foghorn tolerance", "OUTCOME"),
    ("12 weeks", "TIME_FRAME"),
    ("Serum copper", "LAB_TEST"),
    ("below 20 µmol/L", "LAB_THRESHOLD"),
]
LINKS = [
    ("HAS_DOSE", 2, 3),
    ("HAS_FREQUENCY", 2, 4),
    ("HAS_DOSE", 6, 7),
    ("HAS_ROUTE", 6, 8),
    ("HAS_DURATION", 6, 9),
    ("HAS_ROUTE", 11, 12),
    ("HAS_DOSE", 13, 14),
    ("MEASURED_AT", 17, 18),
    ("MEASURED_AT", 19, 20),
    ("MEASURED_AT", 21, 22),
    ("HAS_THRESHOLD", 23, 24),
]


@pytest.fixture
def marked() -> Callable[..., AnnotatedRecord]:
    """The function that annotates a text by its words."""
    return annotate


@pytest.fixture
def record() -> AnnotatedRecord:
    """One whole rendered record with all nine labels and six relations."""
    text = TEXT.format(id="A901", who="lighthouse keepers")
    return annotate("A901", text, MARKS, LINKS)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A corpus folder with one record per source and split, no two alike."""
    layout = Layout(tmp_path / "corpus")
    authored = [_short(f"A90{i}", i) for i in range(3)]
    write_jsonl(
        layout.authored,
        (
            {k: v for k, v in annotated_row(r).items() if k not in ("split", "source")}
            for r in authored
        ),
    )
    splits = {"A900": "train", "A901": "dev", "A902": "test"}
    layout.authored_splits.write_text(json.dumps(splits), encoding="utf-8")
    registry = [
        _short(f"NCT9000000{i}", i + 3, source="registry", split=split)
        for i, split in enumerate(("train", "dev", "test"))
    ]
    write_stored(layout.stored("registry"), [strip_text(r) for r in registry])
    texts = {r.id: ExternalText(r.text, "invented") for r in registry}
    write_texts(layout.external("registry"), texts)
    return layout


NAMES = ["amberol", "brinotide", "cresolin", "dulcamine", "eskerol", "fenwicol"]
STORIES = [
    "Bakers who wake before dawn swallow",
    "Divers resting on the quiet quay receive",
    "Tailors with cold hands are handed",
    "Cellists between two concerts chew",
    "Postmen after their longest round drink",
    "Weavers at the end of each bolt sip",
]


def _short(
    record_id: str, number: int, *, source: str = "authored", split: str = "train"
) -> AnnotatedRecord:
    name = NAMES[number]
    text = (
        f"{record_id}\nTrial of {name}\n\nBrief summary\n"
        f"{STORIES[number]} {name} {number + 1} mg daily.\n"
    )
    marks = [
        (name, "INTERVENTION"),
        (name, "INTERVENTION"),
        (f"{number + 1} mg", "DOSE"),
        ("daily", "FREQUENCY"),
    ]
    links = [("HAS_DOSE", 1, 2), ("HAS_FREQUENCY", 1, 3)]
    return annotate(record_id, text, marks, links, source=source, split=split)
