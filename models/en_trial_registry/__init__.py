"""Structured facts from clinical-trial registry records.

import spacy
nlp = spacy.load("en_trial_registry")
"""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_model_from_init_py

from en_trial_registry.records import Arm, Intervention, Outcome, Record, RecordError
from en_trial_registry.schema import ENTITY_LABELS, RELATIONS
from en_trial_registry.tables import to_dataframe

__version__ = version("en_trial_registry")
__all__ = [
    "ENTITY_LABELS",
    "RELATIONS",
    "Arm",
    "Intervention",
    "Outcome",
    "Record",
    "RecordError",
    "__version__",
    "load",
    "to_dataframe",
]


def load(**overrides: Any) -> Language:
    """Load the trained pipeline that was installed with this package.

    **overrides (Any): `vocab`, `disable`, `enable`, `exclude`, `config`: as for
        `spacy.load`.
    RETURNS (Language): The pipeline.
    RAISES (OSError): If the package was installed from a checkout, without its data.
    """
    if not (Path(__file__).parent / "meta.json").exists():
        raise OSError(
            "en_trial_registry is installed without a trained pipeline (from a "
            "checkout, not from its wheel). Install the wheel, or load the folder that "
            "training wrote, such as spacy.load('training/output/ner/model-best')."
        )
    return load_model_from_init_py(__file__, **overrides)
