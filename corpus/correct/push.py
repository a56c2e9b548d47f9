"""Put records on a doccano server, so that a second time changes nothing."""

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
    parse_example,
    upload_line,
    upload_row,
)
from corpus.correct.parts import Part, cut_record
from corpus.correct.session import Session
from corpus.layout import HERE

BATCH: Final = 500
# Ten times what an import took when measured (2,000 documents: 8 s), and start-up.
SECONDS_PER_ROW: Final = 0.04
WAIT: Final = 30.0


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
) -> PushReport:
    """Create or find the project, upload what is missing, and read it back.

    session (Session): A session with the server.
    records (Sequence[AnnotatedRecord]): Records with predicted annotation.
    name (str): Name of the round and project.
    model (str): Name and version of what predicted it.
    max_chars (int): Length from which on a record is shown in parts.
    RETURNS (PushReport): What was done.
    RAISES (CorpusError): If a record can't be sent, or the server doesn't hold it.
    """
    check_records(records)
    parts = [
        (p, record)
        for record in records
        for p in cut_record(record, max_chars=max_chars)
    ]
    rows = {p.key: upload_line(upload_row(p, r, model=model)) for p, r in parts}
    sent = {part.key: part for part, _ in parts}
    found = session.ask("project", **project_settings(name, model))
    report = PushReport(found["id"], found["created"], len(parts))
    present = read_examples(session, report.project)
    present = _remove_doubles(session, present, sent, report)
    _check_texts(sent, present, session)
    broken = [e for e in present if e.key in sent and is_torn(sent[e.key], e)]
    _delete(session, report.project, broken)
    report.repaired = [e.key for e in broken]
    there = {e.key for e in present} - set(report.repaired)
    report.uploaded = [key for key in rows if key not in there]
    upload(session, report.project, [rows[key] for key in report.uploaded])
    if report.uploaded:
        _verify(session, report, sent)
    return report


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


def read_examples(session: Session, project: int) -> list[Example]:
    """Read all examples of a project.

    session (Session): A session with the server.
    project (int): Number of the project.
    RETURNS (list[Example]): In order of their numbers.
    """
    rows = session.ask("examples", project=project)
    return sorted(map(parse_example, rows), key=lambda example: example.id)


def upload(session: Session, project: int, lines: Sequence[str]) -> None:
    """Import lines in batches.

    session (Session): A session with the server.
    project (int): Number of the project.
    lines (Sequence[str]): What `upload_line` makes.
    RAISES (CorpusError): If the server reports an error.
    """
    for at in range(0, len(lines), BATCH):
        batch = lines[at : at + BATCH]
        limit = WAIT + SECONDS_PER_ROW * len(batch)
        result = session.ask(
            "upload", project=project, lines="".join(batch), limit=limit
        )
        if result["errors"]:
            raise CorpusError(
                session.place,
                f"import failed: {'; '.join(result['errors'][:3])}",
                "Push again: what is there already is found by its record id",
            )


def is_torn(sent: Part, example: Example) -> bool:
    """Judge whether an import ended before it had written the annotation.

    An import writes examples first, then spans, then relations. Nobody who annotates
    deletes every relation or span of a part and adds nothing; and what was ticked is
    left alone in any case.

    sent (Part): What was to be there.
    example (Example): What is there.
    RETURNS (bool): Whether it is to be sent again.
    """
    if example.confirmed_by is not None or example.problem is not None:
        return False
    _, spans, links = content(sent)
    _, there, there_links = content(example.part)
    no_spans = bool(spans) and not there
    no_links = bool(links) and not there_links and there == spans
    return no_spans or no_links


def _remove_doubles(
    session: Session,
    present: Sequence[Example],
    sent: Mapping[str, Part],
    report: PushReport,
) -> list[Example]:
    """Keep one example of each key: the one that somebody worked on, if any."""
    groups: dict[str, list[Example]] = defaultdict(list)
    for example in present:
        groups[example.key].append(example)
    kept, extra = [], []
    for key, same in groups.items():
        if key not in sent:
            kept += same
            continue
        worked = [e for e in same if _is_worked_on(sent[key], e)]
        if len(worked) > 1:
            raise CorpusError(
                f"{session.place}, {key}",
                f"stands {len(same)} times, and was worked on in {len(worked)} of them",
                "Delete all but one in doccano",
            )
        whole = [e for e in same if content(e.part) == content(sent[key])]
        keep = (worked or whole or same)[0]
        kept.append(keep)
        extra += [e for e in same if e is not keep]
    _delete(session, report.project, extra)
    report.removed = [example.key for example in extra]
    return kept


def _is_worked_on(sent: Part, example: Example) -> bool:
    changed = content(example.part) != content(sent) and not is_torn(sent, example)
    return changed or example.confirmed_by is not None


def _delete(session: Session, project: int, examples: Sequence[Example]) -> None:
    if examples:
        session.ask("delete", project=project, ids=[e.id for e in examples])


def _check_texts(
    sent: dict[str, Part], present: Sequence[Example], session: Session
) -> None:
    for example in present:
        part = sent.get(example.key)
        if part is not None and part.text != example.part.text:
            raise CorpusError(
                f"{session.place}, {example.key}",
                "has another text on the server than the record has",
                "Undo the edit there, or give the round another name",
            )


def _verify(session: Session, report: PushReport, sent: dict[str, Part]) -> None:
    by_key: dict[str, list[Example]] = defaultdict(list)
    for example in read_examples(session, report.project):
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
