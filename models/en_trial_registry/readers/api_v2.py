"""Studies as the public API v2 of ClinicalTrials.gov gives them."""

from ..records import Arm, Intervention, Outcome, Record, RecordError
from .node import Node


def matches(value: dict[str, object]) -> bool:
    """Tell a study by its protocol section.

    value (dict[str, object]): A JSON object.
    RETURNS (bool): Whether it is a study.
    """
    return "protocolSection" in value


def to_record(value: dict[str, object]) -> Record:
    """Take the fields of a study.

    value (dict[str, object]): The study.
    RETURNS (Record): The record.
    RAISES (RecordError): If it has no id, or a field has the wrong type.
    """
    protocol = Node(value).child("protocolSection")
    remedy = "every study has its NCT id there"
    identification = protocol.child("identificationModule")
    nct_id = identification.required_text("nctId", remedy=remedy).strip()
    try:
        return _fields(nct_id, protocol)
    except RecordError as error:
        raise error.located(record=nct_id) from error


def _fields(nct_id: str, protocol: Node) -> Record:
    identification = protocol.child("identificationModule")
    description = protocol.child("descriptionModule")
    treatment = protocol.child("armsInterventionsModule")
    outcomes = protocol.child("outcomesModule")
    return Record(
        id=nct_id,
        brief_title=identification.text("briefTitle"),
        official_title=identification.text("officialTitle"),
        conditions=protocol.child("conditionsModule").texts("conditions"),
        brief_summary=description.text("briefSummary"),
        detailed_description=description.text("detailedDescription"),
        arms=tuple(map(_arm, treatment.children("armGroups"))),
        interventions=tuple(map(_intervention, treatment.children("interventions"))),
        primary_outcomes=tuple(map(_outcome, outcomes.children("primaryOutcomes"))),
        secondary_outcomes=tuple(map(_outcome, outcomes.children("secondaryOutcomes"))),
        criteria=protocol.child("eligibilityModule").text("eligibilityCriteria"),
        source="api-v2",
    )


def _arm(node: Node) -> Arm:
    return Arm(node.text("label"), node.text("type"), node.text("description"))


def _intervention(node: Node) -> Intervention:
    return Intervention(
        node.text("name"),
        node.text("type"),
        node.text("description"),
        node.texts("otherNames"),
    )


def _outcome(node: Node) -> Outcome:
    return Outcome(
        node.text("measure"), node.text("timeFrame"), node.text("description")
    )
