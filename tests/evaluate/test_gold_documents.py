"""Reading gold documents and pieces: what is wrong is named."""

from pathlib import Path
from typing import Any

import pytest
from toy_corpus import write_lines

from evaluate.documents import EvaluationError, read_documents, read_pieces

GOOD = {"id": "T1", "text": "10 mg", "entities": []}


def entity(start: Any, end: Any, label: Any = "DOSE") -> dict[str, Any]:
    return {"id": 0, "start": start, "end": end, "label": label}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": None}, "line 2: 'id' is None; expected str"),
        ({"text": 3}, "line 2: 'text' is 3"),
        ({"entities": {}}, "line 2, document 'T2': 'entities' is"),
        ({"entities": [3]}, "document 'T2': entity 3 is not an object"),
        ({"entities": [entity("0", 2)]}, "'start' is '0'; expected int"),
        ({"entities": [entity(0, 6)]}, "DOSE 0-6 does not lie in the text of 5"),
        ({"entities": [entity(2, 2)]}, "DOSE 2-2 does not lie"),
        (
            {"entities": [entity(0, 2, "DRUG")]},
            "label 'DRUG' of 0-2 is not in the schema",
        ),
        ({"entities": [entity(0, 3), entity(2, 5)]}, "overlap"),
        ({"id": "T1"}, "id 'T1' occurs twice"),
    ],
)
def test_wrong_line_is_named(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    path = write_lines(tmp_path / "x.jsonl", [GOOD, {**GOOD, "id": "T2", **change}])
    with pytest.raises(EvaluationError) as error:
        read_documents(path)
    assert message in str(error.value)
    assert str(path) in str(error.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "holds no document"),
        (b'{"id": "T1"', "line 1 is not JSON"),
        (b"[1]", "line 1 holds list"),
        (b"\xff\xfe", "is not UTF-8"),
    ],
)
def test_wrong_file_is_named(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(data)
    with pytest.raises(EvaluationError, match=message):
        read_documents(path)


def test_offsets_are_characters_and_lines_end_at_line_feeds_alone(
    tmp_path: Path,
) -> None:
    text = "é\u2028≥10 mg"
    path = tmp_path / "x.jsonl"
    path.write_text(
        f'{{"id": "T", "text": "{text}", "entities": [{{"start": 3, "end": 8, '
        '"label": "DOSE"}]}\n',
        encoding="utf8",
    )
    (document,) = read_documents(path)
    assert [document.text[a:b] for a, b, _ in document.entities] == ["10 mg"]


def test_pieces_know_kind_and_place(tmp_path: Path) -> None:
    line = {"id": "T#secondary_outcome[3]", "record": "T", "start": 7}
    (piece,) = read_pieces(write_lines(tmp_path / "x.jsonl", [{**GOOD, **line}]))
    assert (piece.kind, piece.record, piece.end) == ("secondary_outcome", "T", 12)


def test_piece_without_kind_is_an_error(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "x.jsonl", [{**GOOD, "record": "T1", "start": 0}])
    with pytest.raises(EvaluationError, match="'T1' names no kind of field"):
        read_pieces(path)


def test_missing_pieces_name_their_command(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="python -m corpus convert"):
        read_pieces(tmp_path / "gone.jsonl")
