"""Taking confirmed records into the corpus, with where they come from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Final

from corpus.annotation import AnnotatedRecord, CorpusError
from corpus.correct.confirmed import Confirmed
from corpus.correct.diff import KINDS, Change
from corpus.external import ExternalText, append_text, mend, read_texts
from corpus.jsonl import Json, annotated_row, read_annotated, read_jsonl, write_jsonl
from corpus.layout import Layout
from corpus.splits import read_splits, write_splits
from corpus.stored import read_stored, strip_into, write_stored
from corpus.words import hash_text

NEW_SPLIT: Final = "train"


def rounds_file(layout: Layout) -> Path:
    """Name the file of provenance, which git keeps: it holds no text.

    layout (Layout): Where the corpus lies.
    RETURNS (Path): The file, which need not exist.
    """
    return layout.root / "rounds.jsonl"


def merge(
    confirmed: Sequence[Confirmed],
    changes: Sequence[Change],
    *,
    round_name: str,
    model: str,
    layout: Layout,
) -> list[Json]:
    """Take confirmed records into the corpus, and note where they come from.

    Merging a round again renews its entries. Provenance is written last, so that a
    merge that was cut off is done again whole.

    confirmed (Sequence[Confirmed]): Records that annotators are done with.
    changes (Sequence[Change]): What they changed.
    round_name (str): Name of the round.
    model (str): What predicted the annotation that they corrected.
    layout (Layout): Where the corpus lies.
    RETURNS (list[Json]): The entries of the round.
    RAISES (CorpusError): If a text isn't the corpus's own or a record is held out.
    """
    records = [done.record for done in confirmed]
    by_source = {
        source: [r for r in records if r.source == source]
        for source in ("authored", "registry", "pages")
    }
    if by_source["pages"]:
        raise CorpusError(
            by_source["pages"][0].id, "pages are for testing only", "Leave it out"
        )
    authored = _plan_authored(by_source["authored"], layout)
    _check_registry(by_source["registry"], layout)
    if by_source["authored"]:
        _write_authored(authored, by_source["authored"], layout)
    if by_source["registry"]:
        _write_registry(by_source["registry"], layout)
    entries = _entries(confirmed, changes, round_name=round_name, model=model)
    _write_rounds(entries, layout)
    return entries


def _plan_authored(
    new: Sequence[AnnotatedRecord], layout: Layout
) -> dict[str, AnnotatedRecord]:
    merged = {r.id: r for r in read_annotated(layout.authored)} if new else {}
    splits = read_splits(layout.authored_splits)
    for record in new:
        _refuse_test(record, splits.get(record.id))
        if record.id in merged and merged[record.id].text != record.text:
            raise _other_text(record)
        merged[record.id] = record
    return merged


def _write_authored(
    merged: Mapping[str, AnnotatedRecord],
    new: Sequence[AnnotatedRecord],
    layout: Layout,
) -> None:
    splits = read_splits(layout.authored_splits)
    for record in new:
        splits.setdefault(record.id, NEW_SPLIT)
    hidden = ("source", "split")
    write_splits(layout.authored_splits, splits)
    write_jsonl(
        layout.authored,
        (
            {k: v for k, v in annotated_row(record).items() if k not in hidden}
            for record in merged.values()
        ),
    )


def _check_registry(new: Sequence[AnnotatedRecord], layout: Layout) -> None:
    stored = {r.id: r.split for r in read_stored(layout.stored("registry"))}
    texts = read_texts(layout.external("registry")) if new else {}
    for record in new:
        _refuse_test(record, stored.get(record.id))
        if record.id in texts and texts[record.id].text != record.text:
            raise _other_text(record)


def _write_registry(new: Sequence[AnnotatedRecord], layout: Layout) -> None:
    external = layout.external("registry")
    texts = read_texts(external)
    mend(external)
    for record in new:
        if record.id not in texts:
            append_text(external, record.id, ExternalText(record.text, "correction"))
    path = layout.stored("registry")
    unsplit = [replace(record, split=None) for record in new]
    write_stored(path, strip_into(read_stored(path), unsplit, split=NEW_SPLIT))


def _refuse_test(record: AnnotatedRecord, split: str | None) -> None:
    if split == "test" or record.split == "test":
        raise CorpusError(
            record.id,
            "is a test record: gold made by correcting a model would flatter it",
            "Leave it out of the round",
        )


def _other_text(record: AnnotatedRecord) -> CorpusError:
    return CorpusError(
        record.id,
        f"the confirmed text ({hash_text(record.text)[:12]}) isn't the corpus's",
        "Push the record anew with the text that the corpus has",
    )


def _entries(
    confirmed: Sequence[Confirmed],
    changes: Sequence[Change],
    *,
    round_name: str,
    model: str,
) -> list[Json]:
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    return [
        {
            "round": round_name,
            "record": done.record.id,
            "source": done.record.source,
            "sha256": hash_text(done.record.text),
            "annotators": list(done.annotators),
            "confirmed_at": done.confirmed_at,
            "model": model,
            "merged_at": now,
            "changes": {
                kind: sum(
                    c.record == done.record.id and c.kind == kind for c in changes
                )
                for kind in KINDS
            },
        }
        for done in confirmed
    ]


def _write_rounds(entries: Sequence[Json], layout: Layout) -> None:
    path = rounds_file(layout)
    old = [row for _, row in read_jsonl(path)] if path.exists() else []
    renewed = {(row["round"], row["record"]) for row in entries}
    kept = [row for row in old if (row["round"], row["record"]) not in renewed]
    write_jsonl(path, [*kept, *entries])
