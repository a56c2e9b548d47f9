"""Legacy XML: the `clinical_study` files that ClinicalTrials.gov gave until 2024."""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ..records import Arm, Intervention, Outcome, Record, RecordError
from .source import Item, Source

T = TypeVar("T")

_ROOT = "clinical_study"
_START = re.compile(r"<(?:\?xml|!--|!DOCTYPE\s+(?!html)|[a-z]+_[a-z_]+[\s>])", re.I)


def matches(head: str) -> bool:
    """Tell XML from text that begins with another sign, and from HTML.

    head (str): The beginning of the file.
    RETURNS (bool): Whether it is XML.
    """
    return _START.match(head) is not None


def read(source: Source) -> Iterator[Item]:
    """Read the studies of a file.

    source (Source): The file.
    YIELDS (Item): Records and errors.
    RAISES (RecordError): If it is no XML, not safe, or holds no study.
    """
    root = _parse(source.text())
    studies = list(root.iter(_ROOT))
    if not studies:
        raise RecordError(
            f"is XML with the root <{root.tag}>, without any <{_ROOT}>",
            remedy="supply studies in the legacy XML of ClinicalTrials.gov",
        )
    for i, study in enumerate(studies):
        place = _ROOT if len(studies) == 1 else f"{_ROOT}[{i}]"
        try:
            yield _record(study)
        except RecordError as error:
            yield error.located(record=place)


def _parse(text: str) -> Element:
    try:
        root: Element = fromstring(text)
        return root
    except DefusedXmlException as error:
        raise RecordError(
            f"is not safe to read ({error})",
            remedy="entities and external references are refused; write their text "
            "in their place",
        ) from error
    except (ParseError, ValueError) as error:
        raise RecordError(
            f"is not well-formed XML ({error})", remedy="fetch or export it again"
        ) from error


def _record(study: Element) -> Record:
    nct_id = _text(study, "id_info/nct_id")
    if not nct_id:
        remedy = "every study has its NCT id there"
        raise RecordError("is missing", field="id_info/nct_id", remedy=remedy)
    try:
        return _fields(nct_id, study)
    except RecordError as error:
        raise error.located(record=nct_id) from error


def _fields(nct_id: str, study: Element) -> Record:
    return Record(
        id=nct_id,
        brief_title=_text(study, "brief_title"),
        official_title=_text(study, "official_title"),
        conditions=_texts(study, "condition"),
        brief_summary=_text(study, "brief_summary/textblock"),
        detailed_description=_text(study, "detailed_description/textblock"),
        arms=_all(study, "arm_group", _arm),
        interventions=_all(study, "intervention", _intervention),
        primary_outcomes=_all(study, "primary_outcome", _outcome),
        secondary_outcomes=_all(study, "secondary_outcome", _outcome),
        criteria=_text(study, "eligibility/criteria/textblock"),
        source="legacy-xml",
    )


def _arm(element: Element) -> Arm:
    return Arm(
        _text(element, "arm_group_label"),
        _text(element, "arm_group_type"),
        _text(element, "description"),
    )


def _intervention(element: Element) -> Intervention:
    return Intervention(
        _text(element, "intervention_name"),
        _text(element, "intervention_type"),
        _text(element, "description"),
        _texts(element, "other_name"),
    )


def _outcome(element: Element) -> Outcome:
    return Outcome(
        _text(element, "measure"),
        _text(element, "time_frame"),
        _text(element, "description"),
    )


def _all(study: Element, tag: str, make: Callable[[Element], T]) -> tuple[T, ...]:
    result = []
    for i, element in enumerate(study.findall(tag)):
        try:
            result.append(make(element))
        except RecordError as error:
            field = f"{tag}[{i}]/{error.field}"
            raise RecordError(
                error.problem, field=field, remedy=error.remedy
            ) from error
    return tuple(result)


def _text(element: Element, path: str) -> str:
    texts = _texts(element, path)
    if len(texts) > 1:
        remedy = "a study has it once"
        raise RecordError(f"occurs {len(texts)} times", field=path, remedy=remedy)
    return texts[0] if texts else ""


def _texts(element: Element, path: str) -> tuple[str, ...]:
    found = element.findall(path)
    for child in (child for parent in found for child in parent):
        problem = f"holds the element <{child.tag}>, not text alone"
        remedy = "take the text without markup"
        raise RecordError(problem, field=path, remedy=remedy)
    return tuple((item.text or "").strip() for item in found)
