import re
from pathlib import Path

import pytest
from en_trial_registry.schema import ENTITY_LABELS, LABEL_COLORS, RELATIONS

GUIDELINES = Path(__file__).parents[2] / "corpus" / "GUIDELINES.md"


def test_labels_and_links_are_those_of_the_design() -> None:
    assert list(ENTITY_LABELS) == [
        "INTERVENTION", "DOSE", "FREQUENCY", "ROUTE", "DURATION",
        "LAB_TEST", "LAB_THRESHOLD", "OUTCOME", "TIME_FRAME",
    ]  # fmt: skip
    assert {name: tuple(ends) for name, ends in RELATIONS.items()} == {
        "HAS_DOSE": ("INTERVENTION", "DOSE"),
        "HAS_FREQUENCY": ("INTERVENTION", "FREQUENCY"),
        "HAS_ROUTE": ("INTERVENTION", "ROUTE"),
        "HAS_DURATION": ("INTERVENTION", "DURATION"),
        "HAS_THRESHOLD": ("LAB_TEST", "LAB_THRESHOLD"),
        "MEASURED_AT": ("OUTCOME", "TIME_FRAME"),
    }


def test_every_label_takes_part_in_a_link() -> None:
    assert {label for ends in RELATIONS.values() for label in ends} == set(
        ENTITY_LABELS
    )


def test_every_label_has_a_colour_of_its_own() -> None:
    assert list(LABEL_COLORS) == list(ENTITY_LABELS)
    assert len(set(LABEL_COLORS.values())) == len(ENTITY_LABELS)
    assert all(re.fullmatch(r"#[0-9A-F]{6}", c) for c in LABEL_COLORS.values())


@pytest.mark.parametrize("name", [*ENTITY_LABELS, *RELATIONS])
def test_the_guidelines_define_every_name(name: str) -> None:
    assert name in GUIDELINES.read_text(encoding="utf8")
