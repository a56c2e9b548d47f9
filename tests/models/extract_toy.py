"""A rule-based pipeline and invented records for the tests of extract and its CLI."""

import json
from pathlib import Path

import spacy
from spacy.language import Language

STUDY = Path(__file__).parents[1] / "data" / "readers" / "study.json"
PLAIN = "Sailors take GW-1, 1 g at dawn.\n"

PATTERNS = {
    "INTERVENTION": ("Ginger wafer", "Zingiber", "GW-1"),
    "DOSE": ("1 g",),
    "LAB_TEST": ("Potassium",),
    "LAB_THRESHOLD": ("> 3.5 mmol/L",),
    "OUTCOME": ("Nausea",),
    "TIME_FRAME": ("2 hours",),
}

# Counted by hand in the rendered study: start, end, label, text, section, field, and
# neither value nor score, since the pipeline gives none.
EXPECTED = [
    (113, 119, "OUTCOME", "Nausea", "Header", "conditions[1]", None, None),
    (290, 293, "DOSE", "1 g", "Arms", "arms[0].description", None, None),
    (348, 360, "INTERVENTION", "Ginger wafer", "Interventions",
     "interventions[0].name", None, None),
    (374, 377, "DOSE", "1 g", "Interventions",
     "interventions[0].description", None, None),
    (402, 410, "INTERVENTION", "Zingiber", "Interventions",
     "interventions[0].other_names[0]", None, None),
    (412, 416, "INTERVENTION", "GW-1", "Interventions",
     "interventions[0].other_names[1]", None, None),
    (455, 461, "OUTCOME", "Nausea", "Primary outcomes",
     "primary_outcomes[0].measure", None, None),
    (475, 482, "TIME_FRAME", "2 hours", "Primary outcomes",
     "primary_outcomes[0].time_frame", None, None),
    (585, 594, "LAB_TEST", "Potassium", "Eligibility criteria", "criteria", None, None),
    (595, 607, "LAB_THRESHOLD", "> 3.5 mmol/L", "Eligibility criteria",
     "criteria", None, None),
]  # fmt: skip


def make_pipeline(**more: tuple[str, ...]) -> Language:
    config = {"nlp": {"tokenizer": {"@tokenizers": "en_trial_registry.Tokenizer.v1"}}}
    nlp = spacy.blank("en", config=config)
    nlp.add_pipe("record_sections")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": label, "pattern": phrase}
            for label, phrases in {**PATTERNS, **more}.items()
            for phrase in phrases
        ]
    )
    return nlp


def write_annotated(path: Path, *ids: str, text: str = PLAIN) -> Path:
    lines = [json.dumps({"id": record_id, "text": text}) for record_id in ids]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
