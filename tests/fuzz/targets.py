"""The targets: each takes any bytes and fails if something is wrong.

Bytes are cut at 0x1F, a separator that no format uses, where a target needs several
texts.
"""

import csv
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import spacy
from en_trial_registry.extract import Extraction
from en_trial_registry.normalize import READERS
from en_trial_registry.output.rows import column_names, render_csv, render_jsonl
from en_trial_registry.readers import read_bytes
from en_trial_registry.records import Arm, Intervention, Outcome, Record
from en_trial_registry.rendering import many, one
from en_trial_registry.schema import ENTITY_LABELS, RELATIONS
from en_trial_registry.structure import read_segments
from en_trial_registry.tables import TABLES
from spacy.language import Language
from spacy.tokens import Doc, Span

Target = Callable[[bytes], None]

SEPARATOR: Final = "\x1f"
TOKENIZER: Final = {"@tokenizers": "en_trial_registry.Tokenizer.v1"}
DATA: Final = Path(__file__).parents[1] / "data" / "readers"


@cache
def blank() -> Language:
    return spacy.blank("en", config={"nlp": {"tokenizer": TOKENIZER}})


def texts_of(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").split(SEPARATOR)


def readers(data: bytes) -> None:
    """Any file gives records whose fields are where they say, and errors."""
    errors: list[ValueError] = []
    for record in read_bytes(data, file="any", on_error=errors.append):
        assert record.id.strip()
        check_places(record)
        json.dumps(record.text, ensure_ascii=False).encode("utf-8")
    assert all(str(error).startswith("any") for error in errors)


def check_places(record: Record) -> None:
    end = 0
    for path, start, after in record.fields:
        assert end <= start <= after <= len(record.text), path
        end = after
    for section in record.sections:
        assert record.text[section.start : section.end].strip()


def rendering(data: bytes) -> None:
    """Any fields stand in the text as they were cleaned; cleaning changes no more."""
    fields = iter(texts_of(data))

    def field() -> str:
        return next(fields, "")

    record = Record(
        id=field() or "x",
        brief_title=field(),
        conditions=(field(), field()),
        detailed_description=field(),
        arms=(Arm(field(), field(), field()),),
        interventions=(Intervention(field(), field(), field(), (field(),)),),
        primary_outcomes=(Outcome(field(), field(), field()),),
        criteria=field(),
    )
    check_places(record)
    cleaned = {
        "brief_title": one(record.brief_title),
        "criteria": many(record.criteria),
    }
    for path, text in cleaned.items():
        if text:
            assert record.text[slice(*record.field_span(path)[1:])] == text
    end = 0
    for segment in read_segments(record.text):
        assert end <= segment.start <= segment.end <= len(record.text)
        end = segment.end


def tokenizer(data: bytes) -> None:
    """Any text is its tokens, one after the other."""
    for text in texts_of(data):
        with blank().memory_zone():
            doc = blank().make_doc(text)
            assert doc.text == text
            assert len(doc) <= len(text)


def values(data: bytes) -> None:
    """Any text gives a value in plain types or a reason, in every reader."""
    for text in texts_of(data):
        for label, read in READERS.items():
            value, reason = read(text)
            assert (value is None) != (reason is None), label
            if value is None:
                assert isinstance(reason, str)
            else:
                assert value["kind"] == label
                assert json.loads(json.dumps(value, allow_nan=False)) == value


def tables(data: bytes) -> None:
    """Any entities and links give rows that every format takes."""
    head, _, rest = data.partition(b"\x1f")
    text = rest.decode("utf-8", "replace")
    with blank().memory_zone():
        doc = blank().make_doc(text)
        mark(doc, head)
        record = Record("x", plain_text=text, source="text")
        found = Extraction(record, doc, (), record.sections)
        json.dumps(found.to_json(), allow_nan=False)
        for table in TABLES:
            check_rows(found, table)


def mark(doc: Doc, choices: bytes) -> None:
    """Choose entities and links by the bytes, four for each."""
    labels, relations = list(ENTITY_LABELS), list(RELATIONS)
    taken = 0
    spans: list[Span] = []
    for gap, length, label, _ in zip(*[iter(choices)] * 4, strict=False):
        start = taken + gap % 8
        end = start + length % 5 + 1
        if end > len(doc):
            break
        spans.append(Span(doc, start, end, labels[label % len(labels)]))
        taken = end
    doc.ents = spans
    doc._.relations = [
        {
            "label": relations[choice[0] % len(relations)],
            "head_start": spans[choice[1] % len(spans)].start_char,
            "head_end": spans[choice[1] % len(spans)].end_char,
            "child_start": spans[choice[2] % len(spans)].start_char,
            "child_end": spans[choice[2] % len(spans)].end_char,
            "score": choice[3] / 255,
        }
        for choice in zip(*[iter(choices)] * 4, strict=False)
        if spans
    ]


def check_rows(found: Extraction, table: str) -> None:
    rows = [
        json.loads(line)
        for line in render_jsonl([found], table=table).split(b"\n")
        if line
    ]
    text = render_csv([found], table=table).decode("utf-8")
    read = list(csv.reader(io.StringIO(text, newline="")))
    names = column_names(table)
    assert [list(row) for row in rows] == [names] * len(rows)
    shown = [["" if v is None else str(v) for v in row.values()] for row in rows]
    assert read == shown


TARGETS: Final[dict[str, Target]] = {
    "readers": readers,
    "rendering": rendering,
    "tokenizer": tokenizer,
    "tables": tables,
    "values": values,
}

_PHRASES: Final = (
    "25 mg/kg twice daily for 4 weeks, up to 3 x 10^9 cells/L; >= 1.5 x ULN",
    "every 3 weeks (q3w) on days 1, 8, 15 of a 28-day cycle by mouth at bedtime",
    "baseline, 6 and 12 months; up to 24 months after surgery, change from week 2",
    "between 1,5 and 2.0 mmol/L or half the normal range, 1/2 tablet i.v. 30min",
)


def seeds(target: str) -> list[bytes]:
    """Give inputs to begin with.

    target (str): A key of `TARGETS`.
    RETURNS (List[bytes]): Invented texts; for the readers, files of every format.
    """
    if target == "readers":
        return [path.read_bytes() for path in sorted(DATA.iterdir()) if path.is_file()]
    phrases = [phrase.encode() for phrase in _PHRASES]
    if target == "tables":
        head = bytes((0, 0, 0, 0, 1, 1, 1, 1, 0, 2, 7, 2, 3, 0, 8, 3))
        return [head + b"\x1f" + phrase for phrase in phrases]
    return [*phrases, b"\x1f".join(phrases)]
