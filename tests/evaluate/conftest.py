"""A rule-based pipeline and a text source for it."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from toy_corpus import ENTITIES, PATTERNS, TEXT, make_record, write_lines


@pytest.fixture
def nlp() -> Language:
    """Finds aspirin, placebo, oral and every daily; of a dose the unit alone."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(PATTERNS)  # type: ignore[attr-defined]
    nlp.meta.update(name="toy", version="1.2.3")
    return nlp


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two documents: all of TEXT's entities; one text with nothing to find."""
    records = [
        make_record("T2", TEXT, ENTITIES),
        make_record("T1", "Healthy volunteers rest at home.", []),
    ]
    return write_lines(tmp_path / "toy.jsonl", records)
