"""What annotators confirmed, checked and put together to records again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.annotation import AnnotatedRecord, Entity
from corpus.checks import ERROR, check_annotation
from corpus.correct.diff import Change, diff, keep_ids
from corpus.correct.examples import Example
from corpus.correct.parts import Part, cut_record, links_between


@dataclass(frozen=True)
class Confirmed:
    """A record that annotators are done with.

    record (AnnotatedRecord): With the annotation as they left it.
    annotators (tuple[str, ...]): Who ticked its parts, sorted.
    confirmed_at (str): When the last part was ticked, ISO 8601.
    """

    record: AnnotatedRecord
    annotators: tuple[str, ...]
    confirmed_at: str


@dataclass
class PullReport:
    """What a pull found.

    confirmed (list[Confirmed]): Records that can be merged.
    changes (list[Change]): What was changed in them.
    pending (list[str]): Records with a part that nobody has ticked.
    problems (dict[str, list[str]]): What keeps a record from being merged, by id.
    """

    confirmed: list[Confirmed] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    problems: dict[str, list[str]] = field(default_factory=dict)


def assemble(
    pushed: Sequence[AnnotatedRecord],
    examples: Iterable[Example],
    *,
    max_chars: int,
    shown: Collection[str] | None = None,
) -> PullReport:
    """Put confirmed parts together and compare them with what was sent.

    pushed (Sequence[AnnotatedRecord]): Records as they were sent.
    examples (Iterable[Example]): All examples of the project.
    max_chars (int): As it was for the push.
    shown (Collection[str] | None): Keys of the parts that were sent, None if all were;
        the others stay as they are.
    RETURNS (PullReport): Records that are done, and the others with the reason.
    """
    by_key: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_key[example.key].append(example)
    report = PullReport()
    sent: set[str] = set()
    for record in pushed:
        parts = cut_record(record, max_chars=max_chars)
        visible = [part for part in parts if shown is None or part.key in shown]
        sent |= {part.key for part in visible}
        problems = _check_presence(visible, by_key)
        if problems:
            report.problems[record.id] = problems
        elif not all(by_key[part.key][0].confirmed_by for part in visible):
            report.pending.append(record.id)
        else:
            found = {part.key: by_key[part.key][0] for part in visible}
            _take(record, parts, found, report)
    for key in sorted(set(by_key) - sent):
        report.problems[key] = ["is in the project, but was not sent in this round"]
    return report


def _check_presence(
    parts: Sequence[Part], by_key: Mapping[str, Sequence[Example]]
) -> list[str]:
    problems = []
    for part in parts:
        found = by_key.get(part.key, [])
        if not found:
            problems.append(f"part {part.key} was deleted on the server; push again")
        elif len(found) > 1:
            problems.append(f"part {part.key} stands {len(found)} times; push again")
        elif found[0].part.text != part.text:
            problems.append(
                f"the text of part {part.key} was edited on the server; "
                "its offsets mean nothing in ours. Undo the edit"
            )
        elif found[0].problem:
            problems.append(found[0].problem)
    return problems


def _take(
    record: AnnotatedRecord,
    parts: Sequence[Part],
    found: Mapping[str, Example],
    report: PullReport,
) -> None:
    back = [found[p.key].part if p.key in found else p for p in parts]
    joined = join_parts(record, parts, back)
    findings = check_annotation(
        record.id, joined.entities, joined.relations, len(joined.text), text=joined.text
    )
    errors = [str(finding) for finding in findings if finding.severity == ERROR]
    if errors:
        report.problems[record.id] = errors
        return
    ticked = found.values()
    who = tuple(sorted({e.confirmed_by for e in ticked if e.confirmed_by}))
    when = max(e.confirmed_at or "" for e in ticked)
    report.confirmed.append(Confirmed(joined, who, when))
    report.changes += diff(record, joined, annotator=", ".join(who))


def join_parts(
    record: AnnotatedRecord, sent: Sequence[Part], found: Sequence[Part]
) -> AnnotatedRecord:
    """Put the parts of a record together again.

    record (AnnotatedRecord): As it was sent.
    sent (Sequence[Part]): Its parts.
    found (Sequence[Part]): The same parts as they came back; entity ids are unique.
    RETURNS (AnnotatedRecord): The record with the annotation that came back.
    """
    entities: list[Entity] = []
    for ours, theirs in zip(sent, found, strict=True):
        entities += [
            replace(e, start=e.start + ours.start, end=e.end + ours.start)
            for e in theirs.entities
        ]
    links = tuple(link for part in found for link in part.relations)
    bare = replace(record, entities=tuple(entities), relations=links)
    joined = keep_ids(record, bare)
    # Relations between parts can't be shown; they stay as long as both ends do.
    labels = {entity.id: entity.label for entity in joined.entities}
    old = {entity.id: entity.label for entity in record.entities}
    kept = tuple(
        link
        for link in links_between(record, sent)
        if all(labels.get(end) == old[end] for end in (link.head, link.child))
    )
    return replace(joined, relations=(*joined.relations, *kept))
