import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.annotation import AnnotatedRecord, CorpusError, Entity, Link
from corpus.jsonl import annotated_row, parse_annotated, read_annotated, write_jsonl

GOOD = {
    "id": "A1",
    "text": "Take chalk 5 mg",
    "entities": [
        {"id": "e1", "start": 5, "end": 10, "label": "INTERVENTION"},
        {"id": "e2", "start": 11, "end": 15, "label": "DOSE"},
    ],
    "relations": [{"label": "HAS_DOSE", "head": "e1", "child": "e2"}],
}


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_record_is_read_as_it_stands(tmp_path: Path) -> None:
    record = read_annotated(write(tmp_path / "a.jsonl", GOOD), split="dev")[0]
    assert record == AnnotatedRecord(
        "A1",
        "Take chalk 5 mg",
        (Entity("e1", 5, 10, "INTERVENTION"), Entity("e2", 11, 15, "DOSE")),
        (Link("HAS_DOSE", "e1", "e2"),),
        "authored",
        "dev",
    )
    assert [record.covered(e) for e in record.entities] == ["chalk", "5 mg"]


def test_only_line_feeds_end_lines(tmp_path: Path) -> None:
    text = "one\u2028two\u2029three\x85four\x0b five\x1c"
    path = tmp_path / "a.jsonl"
    write_jsonl(path, [{**GOOD, "id": i, "text": text} for i in ("A1", "A2")])
    assert [r.text for r in read_annotated(path)] == [text, text]


@given(st.text(), st.text(min_size=1).filter(str.strip))
def test_rows_round_trip(text: str, record_id: str) -> None:
    record = AnnotatedRecord(record_id, text, (Entity("e1", 0, 1, "DOSE"),), ())
    row = json.loads(json.dumps(annotated_row(record)))
    assert parse_annotated(row, "here") == record


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": ""}, "a.jsonl:2: the record id is empty"),
        ({"id": 7}, "a.jsonl:2: 'id' is int 7, expected str"),
        ({"text": None}, "a.jsonl:2, record A1: 'text' is NoneType None"),
        ({"entities": {}}, "record A1: 'entities' is dict {}, expected list"),
        ({"entities": ["e1"]}, r"record A1, entities\[0\]: found 'e1'"),
        (
            {"entities": [{"id": "e1", "start": True, "end": 4, "label": "DOSE"}]},
            r"entities\[0\]: 'start' is bool True, expected int",
        ),
        (
            {"entities": [{"id": "e1", "start": 1, "end": 4}]},
            r"entities\[0\]: key 'label' is missing. Add 'label'",
        ),
        (
            {"relations": [{"label": "HAS_DOSE", "head": "e1", "child": "e2", "x": 1}]},
            r"relations\[0\]: unknown key 'x'. Known are child, head, label",
        ),
        ({"colour": "red"}, "record A1: unknown key 'colour'"),
        ({"split": "training"}, "'split' is 'training'. Use one of train, dev, test"),
        ({"source": "web"}, "'source' is 'web'. Use one of authored, registry, pages"),
    ],
)
def test_a_bad_record_is_named(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    path = write(tmp_path / "a.jsonl", GOOD, {**GOOD, **change})
    with pytest.raises(CorpusError, match=message):
        read_annotated(path)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"id": "A1"', r"a.jsonl:1: not JSON"),
        (b"[1]\n", "a.jsonl:1: found a list, expected a JSON object"),
        (b'{"id": "\xff"}\n', "a.jsonl: not UTF-8"),
        (b'\n\n{"id": "A1"}\n', "a.jsonl:3, record A1: key 'text' is missing"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=message):
        read_annotated(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="none.jsonl: no such file. Check the path"):
        read_annotated(tmp_path / "none.jsonl")


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", GOOD)
    with pytest.raises(TypeError):
        write_jsonl(path, [GOOD, {"id": object()}])
    assert len(read_annotated(path)) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["a.jsonl"]
