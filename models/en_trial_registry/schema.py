"""Labels, relations, and which label may link to which.

The single source for code, configs, doccano and documents. Definitions in full:
corpus/GUIDELINES.md.
"""

from typing import Final, NamedTuple

ENTITY_LABELS: Final[dict[str, str]] = {
    "INTERVENTION": "a treatment given or withheld as part of the study",
    "DOSE": "the amount given: number with unit, range, strength or setting",
    "FREQUENCY": "how often, on which days or how many times it is given",
    "ROUTE": "the way or site of entry",
    "DURATION": "how long an administration, session, cycle or course lasts",
    "LAB_TEST": "a laboratory measurement that a limit is stated for",
    "LAB_THRESHOLD": "the limit: comparator, value, unit, reference",
    "OUTCOME": "what is measured",
    "TIME_FRAME": "when, or over which period, an outcome is measured",
}


class Relation(NamedTuple):
    """A relation type with the labels that it may join.

    head (str): Entity label that the relation starts from.
    child (str): Entity label that it points to.
    """

    head: str
    child: str


RELATIONS: Final[dict[str, Relation]] = {
    "HAS_DOSE": Relation("INTERVENTION", "DOSE"),
    "HAS_FREQUENCY": Relation("INTERVENTION", "FREQUENCY"),
    "HAS_ROUTE": Relation("INTERVENTION", "ROUTE"),
    "HAS_DURATION": Relation("INTERVENTION", "DURATION"),
    "HAS_THRESHOLD": Relation("LAB_TEST", "LAB_THRESHOLD"),
    "MEASURED_AT": Relation("OUTCOME", "TIME_FRAME"),
}

# Paul Tol's colour-blind safe "light" set; dark text is readable on each.
LABEL_COLORS: Final[dict[str, str]] = {
    "INTERVENTION": "#77AADD",
    "DOSE": "#EE8866",
    "FREQUENCY": "#EEDD88",
    "ROUTE": "#FFAABB",
    "DURATION": "#99DDFF",
    "LAB_TEST": "#44BB99",
    "LAB_THRESHOLD": "#BBCC33",
    "OUTCOME": "#CCBBDD",
    "TIME_FRAME": "#DDDDDD",
}
