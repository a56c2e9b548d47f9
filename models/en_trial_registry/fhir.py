"""Regimens as FHIR R5: a Dosage each, and a Bundle with where they stand in the record.

Everything is plain JSON; `check` validates it with the package fhir.resources.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from spacy.tokens import Doc

from en_trial_registry.fhir_parts import amount, most_per_period, route, timing

Json = dict[str, Any]

PARTS: Final = ("intervention", "dose", "route", "frequency", "duration")
REGISTRY: Final = "https://clinicaltrials.gov"
SOURCE: Final = "urn:en_trial_registry:source"
"""URL of the extension that says where in the record a part stands."""

_SOFTWARE: Final = {
    "type": {"text": "software"},
    "who": {"display": "en_trial_registry"},
}


def dosages(doc: Doc) -> list[Json]:
    """Write the regimens of a document as FHIR R5 Dosage.

    doc (Doc): A document with `doc._.regimens`.
    RETURNS (List[Json]): One Dosage per regimen, in their order.
    """
    return [dosage(row) for row in doc._.regimens]


def dosage(row: Mapping[str, Any]) -> Json:
    """Write one regimen as a FHIR R5 Dosage.

    What can't be read as a value stays in `text`, which always holds the words.

    row (Mapping[str, Any]): A row of `doc._.regimens`.
    RETURNS (Json): The Dosage.
    """
    parts = {name: row.get(name) for name in PARTS}
    dose, frequency = _value(parts["dose"]), _value(parts["frequency"])
    found: Json = {
        "text": _text(parts),
        "timing": timing(parts["frequency"], parts["duration"]),
        "asNeeded": frequency.get("as_needed"),
        "route": route(parts["route"]) if parts["route"] else None,
    }
    if dose:
        found |= amount(dose) | most_per_period(dose, frequency)
    return {key: part for key, part in found.items() if part}


def _value(part: Json | None) -> Json:
    return (part or {}).get("value") or {}


def _text(parts: Mapping[str, Json | None]) -> str:
    return " ".join(" ".join(part["text"] for part in parts.values() if part).split())


def bundle(docs: Iterable[tuple[str, Doc]]) -> Json:
    """Write the regimens of records as a FHIR R5 Bundle.

    Each regimen is an ActivityDefinition with one Dosage, and a Provenance that names
    the record and, for each part, its field and its characters in the record's text.

    docs (Iterable[Tuple[str, Doc]]): Record id and document with `doc._.regimens`.
    RETURNS (Json): A Bundle of the type `collection`.
    """
    found = [
        entry for record_id, doc in docs for entry in entries(record_id, doc._.regimens)
    ]
    # An empty list is no valid FHIR.
    listed = {"entry": found} if found else {}
    return {"resourceType": "Bundle", "type": "collection", **listed}


def entries(record_id: str, rows: Iterable[Mapping[str, Any]]) -> list[Json]:
    """Write the regimens of one record as entries of a Bundle.

    record_id (str): Id of the record; the same record gives the same URLs.
    rows (Iterable[Mapping[str, Any]]): Rows of `doc._.regimens`.
    RETURNS (List[Json]): An ActivityDefinition and its Provenance per row.
    """
    return [
        entry
        for number, row in enumerate(rows)
        for entry in _entries(f"{REGISTRY}/study/{record_id}#{number}", record_id, row)
    ]


def _entries(name: str, record_id: str, row: Mapping[str, Any]) -> list[Json]:
    urls = [f"urn:uuid:{uuid5(NAMESPACE_URL, name + kind)}" for kind in ("", "-source")]
    resources = [_activity(row), _provenance(record_id, row, urls[0])]
    return [
        {"fullUrl": url, "resource": resource}
        for url, resource in zip(urls, resources, strict=True)
    ]


def _activity(row: Mapping[str, Any]) -> Json:
    name = " ".join(row["intervention"]["text"].split())
    arm = {"usage": row["arm"]} if row.get("arm") else {}
    return {
        "resourceType": "ActivityDefinition",
        "status": "unknown",
        "title": name,
        **arm,
        "kind": "MedicationRequest",
        "productCodeableConcept": {"text": name},
        "dosage": [dosage(row)],
    }


def _provenance(record_id: str, row: Mapping[str, Any], target: str) -> Json:
    record = {
        "identifier": {"system": REGISTRY, "value": record_id},
        "display": record_id,
    }
    sources = [_source(name, row[name]) for name in PARTS if row.get(name)]
    return {
        "resourceType": "Provenance",
        "target": [{"reference": target}],
        "agent": [_SOFTWARE],
        "entity": [{"extension": sources, "role": "source", "what": record}],
    }


def _source(name: str, part: Mapping[str, Any]) -> Json:
    """Where one part stands: field, and characters of the record's text."""
    places: list[Json] = [
        {"url": "part", "valueCode": name},
        {"url": "start", "valueUnsignedInt": part["start"]},
        {"url": "end", "valueUnsignedInt": part["end"]},
    ]
    if part.get("field"):
        places.append({"url": "field", "valueString": part["field"]})
    if part.get("score") is not None:
        places.append({"url": "score", "valueDecimal": part["score"]})
    return {"url": SOURCE, "extension": places}


def check(resource: Mapping[str, Any]) -> None:
    """Validate a Dosage or Bundle with the FHIR R5 models.

    resource (Mapping[str, Any]): What `dosage` or `bundle` returned.
    RAISES (ImportError): If fhir.resources is not installed.
    RAISES (ValueError): If it is not valid FHIR; says where.
    """
    try:
        from fhir.resources.bundle import Bundle
        from fhir.resources.dosage import Dosage
    except ImportError as error:
        raise ImportError(
            "fhir.check needs fhir.resources: pip install 'en_trial_registry[fhir]'"
        ) from error
    model = Bundle if resource.get("resourceType") == "Bundle" else Dosage
    model.model_validate(dict(resource))
