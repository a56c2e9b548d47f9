"""Check all corpora: every record, and records against each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.language import Language

from corpus.annotation import AnnotatedRecord
from corpus.checks import ERROR, WARNING, Finding, check_annotation
from corpus.docbin import MISALIGNED, blank_pipeline, make_doc
from corpus.duplicates import near_duplicates
from corpus.layout import Layout
from corpus.load import EXTERNAL_SOURCES, load_corpus
from corpus.stored import StoredRecord, read_stored


def validate(*, layout: Layout) -> tuple[list[Finding], dict[str, int]]:
    """Check every corpus as far as its text is at hand.

    layout (Layout): Where the corpus lies.
    RETURNS (tuple[list[Finding], dict[str, int]]): Findings, errors first; and by
        source the number of records that were checked without their text.
    RAISES (CorpusError): If a file can't be read at all.
    """
    corpora, joins = load_corpus(layout=layout)
    findings: list[Finding] = []
    for source in EXTERNAL_SOURCES:
        missing = set(joins[source].without_text)
        for stored in read_stored(layout.stored(source)):
            if stored.id in missing:
                findings += check_stored(stored)
    records = [record for group in corpora.values() for record in group]
    findings += check_records(records)
    textless = {name: len(join.without_text) for name, join in joins.items()}
    return sorted(findings, key=lambda f: f.severity != ERROR), textless


def check_stored(stored: StoredRecord) -> Iterator[Finding]:
    """Check stored annotation against the text it was made on, by its length alone.

    stored (StoredRecord): Annotation without text.
    YIELDS (Finding): One per problem.
    """
    yield from check_annotation(
        stored.id, stored.entities, stored.relations, stored.length
    )


def check_records(records: Sequence[AnnotatedRecord]) -> list[Finding]:
    """Check records with text, one by one and against each other.

    records (Sequence[AnnotatedRecord]): Records of any source.
    RETURNS (list[Finding]): What is wrong.
    """
    nlp = blank_pipeline()
    findings: list[Finding] = []
    for record in records:
        found = list(
            check_annotation(
                record.id,
                record.entities,
                record.relations,
                len(record.text),
                text=record.text,
            )
        )
        findings += found
        if not any(finding.severity == ERROR for finding in found):
            findings += check_tokens(nlp, record)
    findings += check_splits(records)
    findings += check_identity(records)
    findings += check_leaks(records)
    return findings


def check_tokens(nlp: Language, record: AnnotatedRecord) -> Iterator[Finding]:
    """Check that spans begin and end where tokens do.

    nlp (Language): Pipeline with the registry tokenizer.
    record (AnnotatedRecord): The record.
    YIELDS (Finding): A warning per span that training can't use.
    """
    for misfit in make_doc(nlp, record)[1]:
        if misfit.problem == MISALIGNED:
            yield Finding(
                WARNING,
                record.id,
                misfit.entity.start,
                misfit.entity.end,
                misfit.text,
                f"{misfit.entity.label} {MISALIGNED} ({misfit.tokens})",
                "Correct the span or the tokenizer",
            )


def check_splits(records: Iterable[AnnotatedRecord]) -> Iterator[Finding]:
    """Check that every record has a split.

    records (Iterable[AnnotatedRecord]): The records.
    YIELDS (Finding): An error per record without one.
    """
    for record in records:
        if record.split is None:
            yield _about(
                ERROR,
                record.id,
                f"this {record.source} record has no split",
                "Run `python -m corpus assign-splits`",
            )


def check_identity(records: Iterable[AnnotatedRecord]) -> Iterator[Finding]:
    """Check that no record stands twice, by id or by text.

    Pages may have the number of a registry record; then both must be in one split.

    records (Iterable[AnnotatedRecord]): The records.
    YIELDS (Finding): An error per id or text that stands twice.
    """
    by_id: Mapping[str, list[AnnotatedRecord]] = defaultdict(list)
    by_text: Mapping[str, list[AnnotatedRecord]] = defaultdict(list)
    for record in records:
        by_id[record.id].append(record)
        by_text[record.text.strip()].append(record)
    for record_id, same in by_id.items():
        if len(same) > len({record.source for record in same}):
            yield _about(
                ERROR, record_id, f"stands {len(same)} times", "Keep one of them"
            )
        elif len({record.split for record in same}) > 1:
            yield _about(ERROR, record_id, *_leak(same))
    for same in by_text.values():
        ids = sorted({record.id for record in same})
        if len(ids) > 1:
            others = ", ".join(ids[1:])
            yield _about(
                ERROR, ids[0], f"has the same text as {others}", "Keep one of them"
            )


def _leak(same: Sequence[AnnotatedRecord]) -> tuple[str, str]:
    sides = ", ".join(f"{record.source} {record.split}" for record in same)
    return f"is on several sides ({sides})", "Take it out of all but the test side"


def check_leaks(records: Sequence[AnnotatedRecord]) -> Iterator[Finding]:
    """Check that near duplicates are in one split.

    records (Sequence[AnnotatedRecord]): The records.
    YIELDS (Finding): An error per pair in different splits, a warning per other pair.
    """
    # Pages may have the number of a registry record.
    splits = {f"{r.source} {r.id}": str(r.split) for r in records}
    texts = {f"{r.source} {r.id}": r.text for r in records}
    for one, other, share in near_duplicates(texts):
        problem = f"shares {share:.0%} of its runs of eight words with {other}"
        if splits[one] == splits[other]:
            yield _about(WARNING, one, problem, "Check whether both are needed")
        else:
            sides = f"({splits[one]} and {splits[other]})"
            yield _about(
                ERROR, one, f"{problem} {sides}", "Move the newer one to the same split"
            )


def _about(severity: str, record_id: str, problem: str, remedy: str) -> Finding:
    return Finding(severity, record_id, None, None, "", problem, remedy)
