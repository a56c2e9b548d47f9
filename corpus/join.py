"""Bring stored annotation and the texts that are at hand together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.annotation import AnnotatedRecord, Entity, links_within
from corpus.external import ExternalText, read_texts
from corpus.layout import Layout
from corpus.reanchor import reanchor
from corpus.stored import StoredRecord, read_stored
from corpus.words import hash_text


@dataclass(frozen=True)
class Change:
    """What became of a span whose text changed after annotation.

    record (str): The record.
    label (str): The span's label.
    start (int): Where it was.
    end (int): Character after its last.
    new_start (int | None): Where it is now, None if it was dropped.
    new_end (int | None): Character after its last, None if it was dropped.
    reason (str): Why it was dropped, or `moved`.
    """

    record: str
    label: str
    start: int
    end: int
    new_start: int | None
    new_end: int | None
    reason: str


@dataclass
class JoinReport:
    """What a join did besides taking spans as they are.

    without_text (list[str]): Records whose text isn't at hand.
    changed (list[str]): Records whose text is not the annotated one.
    changes (list[Change]): Every span that was moved or dropped.
    lost_links (int): Relations that lost an end.
    """

    without_text: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    lost_links: int = 0

    @property
    def drops(self) -> list[Change]:
        """The changes that are drops."""
        return [change for change in self.changes if change.new_start is None]


def join_source(
    source: str, *, layout: Layout
) -> tuple[list[AnnotatedRecord], JoinReport]:
    """Join the stored annotation of a source with its texts.

    source (str): `registry` or `pages`.
    layout (Layout): Where the corpus lies.
    RETURNS (tuple[list[AnnotatedRecord], JoinReport]): Records that have a text, and
        what was not taken as it is.
    """
    stored = read_stored(layout.stored(source))
    return join(stored, read_texts(layout.external(source)), source=source)


def join(
    stored: Sequence[StoredRecord],
    texts: Mapping[str, ExternalText],
    *,
    source: str,
) -> tuple[list[AnnotatedRecord], JoinReport]:
    """Join annotation with texts by record id.

    stored (Sequence[StoredRecord]): Annotation without text.
    texts (Mapping[str, ExternalText]): Texts by record id.
    source (str): Source to note on the records.
    RETURNS (tuple[list[AnnotatedRecord], JoinReport]): As `join_source`.
    """
    report = JoinReport()
    records = []
    for record in stored:
        if record.id in texts:
            text = texts[record.id].text
            records.append(join_record(record, text, source=source, report=report))
        else:
            report.without_text.append(record.id)
    return records, report


def join_record(
    stored: StoredRecord, text: str, *, source: str, report: JoinReport
) -> AnnotatedRecord:
    """Give one annotation its text, and find its spans again if the text changed.

    stored (StoredRecord): The annotation.
    text (str): The text at hand.
    source (str): Source to note on the record.
    report (JoinReport): Takes up what was moved or dropped.
    RETURNS (AnnotatedRecord): The record with the spans that were found.
    """
    entities = stored.entities
    if hash_text(text) != stored.sha256:
        report.changed.append(stored.id)
        entities = _find_again(stored, text, report)
    links = links_within(stored.relations, entities)
    report.lost_links += len(stored.relations) - len(links)
    return AnnotatedRecord(stored.id, text, entities, links, source, stored.split)


def _find_again(
    stored: StoredRecord, text: str, report: JoinReport
) -> tuple[Entity, ...]:
    pairs = sorted(
        zip(stored.entities, stored.anchors, strict=True), key=lambda p: p[0].start
    )
    found = reanchor(text, [anchor for _, anchor in pairs])
    entities = []
    for (old, _), new in zip(pairs, found, strict=True):
        kept = not new.reason
        if kept:
            entities.append(replace(old, start=new.start, end=new.end))
        if (new.start, new.end) != (old.start, old.end):
            start, end = (new.start, new.end) if kept else (None, None)
            reason = new.reason or "moved"
            report.changes.append(
                Change(stored.id, old.label, old.start, old.end, start, end, reason)
            )
    return tuple(entities)
