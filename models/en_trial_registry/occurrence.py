"""In which parts of its record a word occurs.

A drug of the title and the arms is most likely given in the study; one that only the
background names is not.
"""

from collections.abc import Iterable
from typing import Any, Final

import numpy
from spacy.attrs import LOWER
from spacy.tokens import Doc

from en_trial_registry.structure import KIND_INDEX, SEGMENT_KINDS

PARTS: Final = {
    "title": ("title", "official_title"),
    "conditions": ("conditions",),
    "arms": ("arm_label", "arm_description"),
    "interventions": (
        "intervention_name",
        "other_names",
        "intervention_description",
    ),
    "outcomes": ("outcome_title", "outcome_title_without_time"),
}
N_OCCURRENCES: Final = 2 ** len(PARTS)


def _bits_by_kind() -> Any:
    bits = numpy.zeros(len(SEGMENT_KINDS), dtype="i")
    for i, kinds in enumerate(PARTS.values()):
        for kind in kinds:
            bits[KIND_INDEX[kind]] = 2**i
    return bits


_BITS: Final = _bits_by_kind()


def mark_occurrences(doc: Doc, kinds: Iterable[int]) -> Any:
    """Tell for each token in which parts of the record its word occurs.

    doc (Doc): The tokens.
    kinds (Iterable[int]): For each token its index in `SEGMENT_KINDS`.
    RETURNS (Ints1d): For each token a number below `N_OCCURRENCES`; bit i is set if the
        word, whatever its case, occurs in the i-th of `PARTS`.
    """
    forms, places = numpy.unique(doc.to_array([LOWER]), return_inverse=True)
    found = numpy.zeros(len(forms), dtype="i")
    numpy.bitwise_or.at(found, places, _BITS[numpy.asarray(kinds, dtype="i")])
    return found[places]
