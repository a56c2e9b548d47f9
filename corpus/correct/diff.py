"""What annotators changed in a record: spans and relations before and after."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Final

from corpus.annotation import AnnotatedRecord, Entity, Link
from corpus.correct.examples import span_key
from corpus.jsonl import Json

KINDS: Final = (
    "added",
    "removed",
    "moved",
    "relabelled",
    "relation added",
    "relation removed",
)


@dataclass(frozen=True)
class Change:
    """One thing that an annotator did.

    kind (str): One of `KINDS`.
    record (str): The record.
    label (str): Label of the span or relation, the old one if it had one.
    before (tuple): The span, or ends of the relation, as predicted; empty if added.
    after (tuple): The same as confirmed; empty if removed.
    annotator (str | None): Who confirmed it.
    """

    kind: str
    record: str
    label: str
    before: tuple[object, ...]
    after: tuple[object, ...]
    annotator: str | None = None

    def row(self) -> Json:
        """The change as a JSON object."""
        return asdict(self)


def pair_entities(before: AnnotatedRecord, after: AnnotatedRecord) -> dict[str, str]:
    """Find out which confirmed span is which predicted one.

    The same span first, then another label on the same characters, then the same label
    on some of the same characters.

    before (AnnotatedRecord): As predicted.
    after (AnnotatedRecord): As confirmed.
    RETURNS (dict[str, str]): Id before by id after.
    """
    tests: tuple[Callable[[Entity, Entity], bool], ...] = (
        lambda a, b: span_key(a) == span_key(b),
        lambda a, b: (a.start, a.end) == (b.start, b.end),
        lambda a, b: a.label == b.label and a.start < b.end and b.start < a.end,
    )
    left = sorted(before.entities, key=span_key)
    pairs: dict[str, str] = {}
    for test in tests:
        for new in sorted(after.entities, key=span_key):
            old = next((e for e in left if test(e, new)), None)
            if new.id not in pairs and old is not None:
                pairs[new.id] = old.id
                left.remove(old)
    return pairs


def keep_ids(before: AnnotatedRecord, after: AnnotatedRecord) -> AnnotatedRecord:
    """Give confirmed spans the ids that they had; new ones get the next numbers.

    before (AnnotatedRecord): As predicted.
    after (AnnotatedRecord): As confirmed, with any ids.
    RETURNS (AnnotatedRecord): As confirmed, in text order.
    """
    pairs = pair_entities(before, after)
    used = {entity.id for entity in before.entities}
    fresh = (f"e{n}" for n in range(1, 10**9) if f"e{n}" not in used)
    ordered = sorted(after.entities, key=span_key)
    names = {e.id: pairs[e.id] if e.id in pairs else next(fresh) for e in ordered}
    links = [Link(x.label, names[x.head], names[x.child]) for x in after.relations]
    known = {link: n for n, link in enumerate(before.relations)}
    links.sort(key=lambda x: (known.get(x, len(known)), x.head, x.child, x.label))
    entities = tuple(replace(e, id=names[e.id]) for e in ordered)
    return replace(after, entities=entities, relations=tuple(links))


def diff(
    before: AnnotatedRecord, after: AnnotatedRecord, *, annotator: str | None = None
) -> list[Change]:
    """List what changed between two annotations of one text.

    before (AnnotatedRecord): As predicted.
    after (AnnotatedRecord): As confirmed.
    annotator (str | None): Who confirmed it.
    RETURNS (list[Change]): Spans first, in text order; then relations.
    """
    after = keep_ids(before, after)
    changes = [*_span_changes(before, after), *_link_changes(before, after)]
    return [replace(change, annotator=annotator) for change in changes]


def _span_changes(before: AnnotatedRecord, after: AnnotatedRecord) -> Iterator[Change]:
    old = {e.id: e for e in before.entities}
    new = {e.id: e for e in after.entities}
    for name in sorted({**old, **new}, key=lambda n: span_key(new.get(n) or old[n])):
        a, b = old.get(name), new.get(name)
        if a is None or b is None:
            yield _one_sided(before.id, "added" if a is None else "removed", a or b, a)
        elif a != b:
            kind = "relabelled" if a.label != b.label else "moved"
            yield Change(kind, before.id, a.label, span_key(a), span_key(b))


def _one_sided(
    record: str, kind: str, span: Entity | None, before: Entity | None
) -> Change:
    assert span is not None
    key = span_key(span)
    return Change(
        kind, record, span.label, key if before else (), () if before else key
    )


def _link_changes(before: AnnotatedRecord, after: AnnotatedRecord) -> Iterator[Change]:
    """Compare by entity id: a moved or relabelled end is no change of its own."""
    for kind, one, other in (
        ("relation removed", before, after),
        ("relation added", after, before),
    ):
        spans = {e.id: span_key(e) for e in one.entities}
        for link in one.relations:
            if link not in set(other.relations):
                ends = (spans[link.head], spans[link.child])
                gone = kind == "relation removed"
                yield Change(
                    kind,
                    one.id,
                    link.label,
                    ends if gone else (),
                    () if gone else ends,
                )


def count_changes(changes: list[Change]) -> dict[tuple[str, str], dict[str, int]]:
    """Count changes per annotator and label.

    changes (list[Change]): Changes.
    RETURNS (dict[tuple[str, str], dict[str, int]]): By annotator and label, how many of
        each kind.
    """
    table: dict[tuple[str, str], dict[str, int]] = {}
    for change in changes:
        row = table.setdefault(
            (change.annotator or "", change.label), dict.fromkeys(KINDS, 0)
        )
        row[change.kind] += 1
    return dict(sorted(table.items()))
