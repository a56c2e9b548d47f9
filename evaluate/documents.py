"""Gold documents as JSON lines: what the evaluation compares predictions with."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from en_trial_registry.schema import ENTITY_LABELS

from .matching import LinkSpan, Span

MAKE_CORPUS: Final = "python -m corpus convert"


class EvaluationError(ValueError):
    """Says which file, line or document can't be evaluated, and what to do."""


@dataclass(frozen=True)
class GoldDocument:
    """An annotated text.

    id (str): Id of the record.
    text (str): The text as the pipeline gets it.
    entities (FrozenSet[Span]): Gold spans, flat.
    links (FrozenSet[LinkSpan]): Gold links between them.
    """

    id: str
    text: str
    entities: frozenset[Span] = frozenset()
    links: frozenset[LinkSpan] = frozenset()

    @property
    def words(self) -> int:
        """RETURNS (int): Number of words: runs of characters between white space."""
        return len(self.text.split())


@dataclass(frozen=True)
class Piece:
    """A field cut out of an annotated record.

    document (GoldDocument): The field as a document of its own, its spans with it.
    record (str): Id of the record that it comes from.
    start (int): Where it begins in the text of that record.
    """

    document: GoldDocument
    record: str
    start: int

    @property
    def kind(self) -> str:
        """RETURNS (str): Kind of field: `arm` if the id is `NCT01234567#arm[0]`."""
        return self.document.id.partition("#")[2].partition("[")[0]

    @property
    def end(self) -> int:
        """RETURNS (int): Where it ends in the text of the record."""
        return self.start + len(self.document.text)


def read_documents(path: Path) -> tuple[GoldDocument, ...]:
    """Read annotated records.

    path (Path): JSON lines with `id`, `text` and `entities`.
    RETURNS (Tuple[GoldDocument, ...]): The documents in the order of their ids.
    RAISES (EvaluationError): If the file is missing, or a line or span is wrong.
    """
    documents = [_document(line, where) for where, line in _lines(path)]
    _require_unique(documents, path)
    return tuple(sorted(documents, key=lambda document: document.id))


def read_pieces(path: Path) -> tuple[Piece, ...]:
    """Read fields that were cut out of annotated records.

    path (Path): JSON lines with `id`, `record`, `start`, `text` and `entities`.
    RETURNS (Tuple[Piece, ...]): The pieces in the order of their ids.
    RAISES (EvaluationError): If the file is missing, or a line or span is wrong.
    """
    pieces = [
        Piece(
            _document(line, where),
            _value(line, "record", str, where),
            _value(line, "start", int, where),
        )
        for where, line in _lines(path)
    ]
    _require_unique([piece.document for piece in pieces], path)
    for piece in pieces:
        if not piece.kind:
            raise EvaluationError(
                f"{path}: id '{piece.document.id}' names no kind of field; expected "
                "RECORD#KIND or RECORD#KIND[NUMBER]."
            )
    return tuple(sorted(pieces, key=lambda piece: piece.document.id))


def _lines(path: Path) -> list[tuple[str, dict[str, Any]]]:
    lines = []
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line.strip():
            where = f"{path}, line {number}"
            lines.append((where, _parse(line, where)))
    if not lines:
        raise EvaluationError(
            f"{path} holds no document; make it anew with `{MAKE_CORPUS}`."
        )
    return lines


def _text(path: Path) -> str:
    if not path.is_file():
        raise EvaluationError(f"{path} is missing; make it with `{MAKE_CORPUS}`.")
    try:
        return path.read_text(encoding="utf8")
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path} is not UTF-8 text: {error}.") from error


def _parse(line: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise EvaluationError(f"{where} is not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise EvaluationError(f"{where} holds {type(value).__name__}, not an object.")
    return value


def _value(line: dict[str, Any], key: str, kind: type, where: str) -> Any:
    value = line.get(key)
    if not isinstance(value, kind):
        found = "is missing" if key not in line else f"is {value!r}"
        raise EvaluationError(f"{where}: '{key}' {found}; expected {kind.__name__}.")
    return value


def _document(line: dict[str, Any], where: str) -> GoldDocument:
    id = _value(line, "id", str, where)
    text = _value(line, "text", str, where)
    where = f"{where}, document '{id}'"
    spans = [
        _span(entity, text, where) for entity in _value(line, "entities", list, where)
    ]
    _require_flat(spans, where)
    return GoldDocument(id, text, frozenset(spans), _links(line, where))


def _links(line: dict[str, Any], where: str) -> frozenset[LinkSpan]:
    """Read the links, where the file has any."""
    ends = {e.get("id"): (e["start"], e["end"]) for e in line["entities"]}
    links = set()
    for relation in line.get("relations", []):
        head, child = relation.get("head"), relation.get("child")
        if head not in ends or child not in ends:
            raise EvaluationError(
                f"{where}: link {relation!r} names an entity that is not there. "
                "Check the file with `python -m corpus validate`."
            )
        links.add((ends[head], ends[child], _value(relation, "label", str, where)))
    return frozenset(links)


def _span(entity: Any, text: str, where: str) -> Span:
    if not isinstance(entity, dict):
        raise EvaluationError(f"{where}: entity {entity!r} is not an object.")
    start = _value(entity, "start", int, where)
    end = _value(entity, "end", int, where)
    label = _value(entity, "label", str, where)
    if not 0 <= start < end <= len(text):
        raise EvaluationError(
            f"{where}: {label} {start}-{end} does not lie in the text of {len(text)} "
            "characters. Check it with `python -m corpus validate`."
        )
    if label not in ENTITY_LABELS:
        raise EvaluationError(
            f"{where}: label '{label}' of {start}-{end} is not in the schema "
            f"({', '.join(ENTITY_LABELS)})."
        )
    return start, end, label


def _require_flat(spans: Iterable[Span], where: str) -> None:
    ordered = sorted(spans)
    for first, second in zip(ordered, ordered[1:], strict=False):
        if second[0] < first[1]:
            raise EvaluationError(
                f"{where}: gold spans {first} and {second} overlap. "
                "Check the file with `python -m corpus validate`."
            )


def _require_unique(documents: Iterable[GoldDocument], path: Path) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise EvaluationError(
                f"{path}: id '{document.id}' occurs twice; each document counts once."
            )
        seen.add(document.id)
