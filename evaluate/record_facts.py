"""What kind of record a document is: area, phase, source format, length."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from en_trial_registry.structure import read_segments

from .areas import AREAS, areas_of
from .documents import EvaluationError, GoldDocument

UNKNOWN: Final = "unknown"
AREA, PHASE, FORMAT, LENGTH = "therapeutic area", "phase", "source format", "length"
PHASES: Final = (
    *("early phase 1", "phase 1", "phase 1/2", "phase 2", "phase 2/3", "phase 3"),
    *("phase 3/4", "phase 4", "not applicable", "observational"),
)
LENGTHS: Final = ((250, "up to 250 words"), (500, "251 to 500"), (1000, "501 to 1,000"))
LONG: Final = "over 1,000"
ORDER: Final[Mapping[str, tuple[str, ...]]] = {
    AREA: (*AREAS, UNKNOWN),
    PHASE: (*PHASES, UNKNOWN),
    FORMAT: (),
    LENGTH: (*(name for _, name in LENGTHS), LONG),
}
"""Ways to group records, and the order of their groups; none: by name."""

TITLES: Final = ("title", "official_title")
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_PHASE: Final = re.compile(
    r"\bphases?[ -]*(IV|I{1,3}|[1-4])[ab]?(?:[ ]?(?:/|-|and|to)[ ]?(?:phase )?"
    r"(IV|I{1,3}|[1-4])[ab]?)?\b",
    re.I,
)
Facts = Mapping[str, tuple[str, ...]]
"""Groups of a document by the way of grouping."""


def read_json_lines(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Read the objects of some files.

    paths (Iterable[Path]): JSON lines.
    RETURNS (List[Dict[str, Any]]): All objects.
    RAISES (EvaluationError): If a file is missing or a line is no object.
    """
    rows = []
    for path in paths:
        if not path.is_file():
            raise EvaluationError(
                f"{path} is missing; leave the option out or mend it."
            )
        for number, line in enumerate(path.read_text("utf8").split("\n"), 1):
            if line.strip():
                rows.append(_object(line, f"{path}, line {number}"))
    return rows


def _object(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise EvaluationError(f"{where} is not JSON: {error}.") from error
    if not isinstance(row, dict):
        raise EvaluationError(f"{where} holds {type(row).__name__}, not an object.")
    return row


def designs_of(studies: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Read the phase of studies.

    studies (Iterable[Mapping[str, Any]]): Records in the shape of the API, version 2.
    RETURNS (Dict[str, str]): Phase by registry number.
    """
    phases = {}
    for study in studies:
        protocol = study.get("protocolSection", {})
        number = protocol.get("identificationModule", {}).get("nctId")
        design = protocol.get("designModule", {})
        if number:
            phases[number] = _phase(design.get("studyType"), design.get("phases", ()))
    return phases


def _phase(study_type: str | None, phases: Sequence[str]) -> str:
    if (study_type or "").lower().startswith("observational"):
        return "observational"
    text = " ".join(phases).lower()
    digits = sorted(set(re.findall("[1-4]", text)))
    if digits:
        return ("early " if "early" in text else "") + f"phase {'/'.join(digits)}"
    return "not applicable" if text else UNKNOWN


def origins_of(texts: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Read where the texts of records come from.

    texts (Iterable[Mapping[str, Any]]): Lines of gold files (`source`) and then of
        `corpus/external` (`origin`: the format that the record was read from).
    RETURNS (Dict[str, str]): Format, e.g. `authored`, `api-v2`, by id of the record.
    """
    origins: dict[str, str] = {}
    for row in texts:
        origin = row.get("origin") or row.get("source")
        if origin and "id" in row:
            origins[row["id"]] = origin
    return origins


def facts_of(
    document: GoldDocument, phases: Mapping[str, str], origins: Mapping[str, str]
) -> Facts:
    """Say what groups a document is in.

    document (GoldDocument): The document.
    phases (Mapping[str, str]): Phases by id; a record that is not there has the phase
        that its titles name.
    origins (Mapping[str, str]): Source formats by id.
    RETURNS (Facts): Groups by the way of grouping. Only areas may be several.
    """
    lines = [
        (segment.kind, document.text[segment.start : segment.end])
        for segment in read_segments(document.text)
    ]
    conditions = " ".join(text for kind, text in lines if kind == "conditions")
    conditions = conditions.partition(":")[2] or conditions
    titles = " ".join(text for kind, text in lines if kind in TITLES)
    phase = phases.get(document.id, UNKNOWN)
    return {
        AREA: areas_of(conditions) if conditions.strip() else (UNKNOWN,),
        PHASE: (phase if phase != UNKNOWN else _named_phase(titles),),
        FORMAT: (origins.get(document.id, UNKNOWN),),
        LENGTH: (_length(document.words),),
    }


def _named_phase(titles: str) -> str:
    found = _PHASE.search(titles)
    if not found:
        return UNKNOWN
    digits = {_ROMAN.get(part.lower(), part) for part in found.groups() if part}
    return f"phase {'/'.join(sorted(digits))}"


def _length(words: int) -> str:
    return next((name for limit, name in LENGTHS if words <= limit), LONG)
