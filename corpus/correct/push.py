"""Put records on a doccano server, so that a second time changes nothing."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from en_trial_registry.schema import ENTITY_LABELS, LABEL_COLORS, RELATIONS

from corpus.annotation import AnnotatedRecord, CorpusError
from corpus.checks import ERROR, check_annotation
from corpus.correct.examples import (
    Example,
    content,
    upload_line,
    upload_row,
)
from corpus.correct.parts import Part, cut_record
from corpus.correct.repair import clear_up, read_examples
from corpus.correct.session import Session
from corpus.layout import HERE

# A worker says nothing while it imports a batch: small ones show sooner that it died.
BATCH: Final = 100

Notes = Mapping[str, Mapping[str, str]]
"""What an annotator is to see beside the text of a part, by `Part.key`."""


@dataclass
class PushReport:
    """What a push did.

    project (int): Number of the project on the server.
    created (bool): Whether it is new.
    parts (int): Examples that the records make.
    uploaded (list[str]): Keys of examples that were missing.
    repaired (list[str]): Keys of examples that an earlier push had left incomplete.
    removed (list[str]): Keys of examples that stood more than once.
    """

    project: int
    created: bool
    parts: int
    uploaded: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def push(
    session: Session,
    records: Sequence[AnnotatedRecord],
    *,
    name: str,
    model: str,
    max_chars: int,
    notes: Notes | None = None,
) -> PushReport:
    """Create or find the project, upload what is missing, and read it back.

    session (Session): A session with the server.
    records (Sequence[AnnotatedRecord]): Records with predicted annotation.
    name (str): Name of the round and project.
    model (str): Name and version of what predicted it.
    max_chars (int): Length from which on a record is shown in parts.
    notes (Notes | None): If given, only the parts that it names are sent.
    RETURNS (PushReport): What was done.
    RAISES (CorpusError): If a record can't be sent, or the server doesn't hold it.
    """
    check_records(records)
    parts = shown_parts(records, max_chars=max_chars, notes=notes)
    sent = {part.key: part for part, _ in parts}
    session.ask("worker")
    found = session.ask("project", **project_settings(name, model))
    report = PushReport(found["id"], found["created"], len(parts))
    whole = set(session.ask("complete", project=report.project))
    found_there = clear_up(session, report.project, sent, whole)
    present = found_there.kept
    report.repaired, report.removed = found_there.repaired, found_there.removed
    there = {example.key for example in present}
    report.uploaded = [key for key in sent if key not in there]
    if report.uploaded:
        rows = upload_lines(parts, model=model, notes=notes or {})
        upload(session, report.project, [rows[key] for key in report.uploaded])
        present = _verify(session, report, sent)
    arrived = {e.push for e in present if e.key in sent} - whole
    session.ask("mark_complete", project=report.project, pushes=sorted(arrived))
    return report


def shown_parts(
    records: Iterable[AnnotatedRecord], *, max_chars: int, notes: Notes | None = None
) -> list[tuple[Part, AnnotatedRecord]]:
    """Cut records into the parts that annotators see.

    records (Iterable[AnnotatedRecord]): Records.
    max_chars (int): Length from which on a record is shown in parts.
    notes (Notes | None): If given, only the parts that it names are shown.
    RETURNS (list[tuple[Part, AnnotatedRecord]]): Each part with its record.
    """
    return [
        (part, record)
        for record in records
        for part in cut_record(record, max_chars=max_chars)
        if notes is None or part.key in notes
    ]


def upload_lines(
    parts: Iterable[tuple[Part, AnnotatedRecord]], *, model: str, notes: Notes
) -> dict[str, str]:
    """Write the lines that doccano imports, all under the name of a new push.

    parts (Iterable[tuple[Part, AnnotatedRecord]]): Each part with its record.
    model (str): What predicted the annotation.
    notes (Notes): What else annotators are to see.
    RETURNS (dict[str, str]): By `Part.key`.
    """
    name = secrets.token_hex(4)
    return {
        part.key: upload_line(
            upload_row(part, record, model=model, push=name, note=notes.get(part.key))
        )
        for part, record in parts
    }


def check_records(records: Iterable[AnnotatedRecord]) -> None:
    """Refuse what doccano would drop without a word.

    records (Iterable[AnnotatedRecord]): Records to send.
    RAISES (CorpusError): At the first record that stands twice or is wrong.
    """
    seen: set[str] = set()
    for record in records:
        if record.id in seen or not record.text.strip():
            problem = "stands twice" if record.id in seen else "has no text"
            raise CorpusError(record.id, problem, "Leave it out of the round")
        seen.add(record.id)
        for finding in check_annotation(
            record.id,
            record.entities,
            record.relations,
            len(record.text),
            text=record.text,
        ):
            if finding.severity == ERROR:
                raise CorpusError(record.id, str(finding), "Nothing was sent")


def project_settings(name: str, model: str) -> dict[str, object]:
    """Say how a project is to be: label types with colours, and the guidelines.

    name (str): Its name.
    model (str): What predicted the annotation.
    RETURNS (dict[str, object]): Arguments of the request.
    """
    return {
        "name": name,
        "description": f"Correct what {model} predicted.",
        "guideline": (HERE / "GUIDELINES.md").read_text(encoding="utf-8"),
        "spans": {label: LABEL_COLORS[label] for label in ENTITY_LABELS},
        # A relation has the colour of what it points to.
        "relations": {k: LABEL_COLORS[r.child] for k, r in RELATIONS.items()},
    }


def upload(session: Session, project: int, lines: Sequence[str]) -> None:
    """Import lines in batches.

    session (Session): A session with the server.
    project (int): Number of the project.
    lines (Sequence[str]): What `upload_line` makes.
    RAISES (CorpusError): If the server reports an error.
    """
    for at in range(0, len(lines), BATCH):
        batch = lines[at : at + BATCH]
        result = session.ask("upload", project=project, lines="".join(batch))
        if result["errors"]:
            raise CorpusError(
                session.place,
                f"import failed: {'; '.join(result['errors'][:3])}",
                "Push again: what is there already is found by its record id",
            )


def _verify(
    session: Session, report: PushReport, sent: dict[str, Part]
) -> list[Example]:
    present = read_examples(session, report.project)
    by_key: dict[str, list[Example]] = defaultdict(list)
    for example in present:
        by_key[example.key].append(example)
    wrong = [
        key
        for key in report.uploaded
        if [content(e.part) for e in by_key[key]] != [content(sent[key])]
    ]
    if wrong:
        raise CorpusError(
            session.place,
            f"{len(wrong)} examples came back otherwise than sent, first {wrong[0]}",
            "Push again; if it stays so, look at the example in doccano",
        )
    return present
