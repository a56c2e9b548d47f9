"""Files, folders, archives, and whatever is wrong with them."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from en_trial_registry.readers import (
    FORMATS,
    Format,
    containers,
    read_bytes,
    read_records,
    source,
)
from en_trial_registry.records import Record, RecordError

DATA = Path(__file__).parents[1] / "data" / "readers"
STUDY = (DATA / "study.json").read_bytes()
LEGACY = (DATA / "legacy.xml").read_bytes()


def read_all(*paths):
    errors: list[RecordError] = []
    records = list(read_records(paths, on_error=errors.append))
    return [record.id for record in records], errors


def only_error(data, file="file"):
    errors: list[RecordError] = []
    assert list(read_bytes(data, file=file, on_error=errors.append)) == []
    (error,) = errors
    assert error.file == file
    assert error.remedy
    return error


def pack(members, **options):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_plain_text_stays_as_it_is():
    data = "\ufeff Zorbital 5 mg \\> 3 mg.\r\n\r\n  Twice.\n".encode()
    (record,) = read_bytes(data, file="notes/about zorbital.v2.txt")
    assert record == Record(
        "about zorbital.v2",
        source="text",
        plain_text=" Zorbital 5 mg \\> 3 mg.\r\n\r\n  Twice.\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        "[Drug] Zorbital\n5 mg daily",
        "[1] a reference",
        "<35 g/L albumin",
        "< 3 x ULN",
        "Conditions\n\nInterventions\n\nArms",
    ],
)
def test_text_that_begins_like_another_format(text):
    (record,) = read_bytes(text.encode(), file="a.json")
    assert (record.source, record.text) == ("text", text)


@pytest.mark.parametrize(
    "name",
    ["study.json", "legacy.xml", "page_halves.txt", "page_guided.txt"],
)
def test_rendered_text_comes_back_unchanged(name):
    (record,) = read_records([DATA / name])
    (again,) = read_bytes(record.text.encode(), file="rendered.txt")
    assert again.source == "text"
    assert again.text == record.text
    assert again.id == record.id
    assert again.sections == record.sections


def test_a_folder_is_read_in_order(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "one.dat").write_bytes(LEGACY)
    (tmp_path / "c.txt").write_text("text", encoding="utf-8")
    (tmp_path / "a.gz").write_bytes(gzip.compress(STUDY))
    (tmp_path / ".hidden").write_bytes(b"\0")
    ids, errors = read_all(tmp_path)
    assert ids == ["NCT90000006", "NCT90000005", "c"]
    assert errors == []


def test_an_empty_folder_is_an_error(tmp_path):
    _, (error,) = read_all(tmp_path)
    assert "holds no file" in error.problem


def test_a_missing_path_is_an_error(tmp_path):
    ids, (error,) = read_all(tmp_path / "none.json", DATA / "study.json")
    assert ids == ["NCT90000006"]
    assert str(error) == (
        f"{tmp_path / 'none.json'}: can't be read (No such file or directory); "
        "check the path."
    )


def test_a_zip_of_any_formats(tmp_path):
    path = tmp_path / "all.zip"
    members = {
        "x/1.xml": LEGACY,
        "x/2.json": STUDY,
        "3.txt": b"text",
        "4.jsonl.gz": gzip.compress(b'{"id": "a", "text": "b"}\n' * 2),
        "__MACOSX/._1.xml": b"\0\0",
    }
    path.write_bytes(pack(members))
    ids, errors = read_all(path)
    assert ids == ["NCT90000005", "NCT90000006", "3", "a", "a"]
    assert errors == []


def test_bad_members_are_named_and_the_others_read():
    data = bytearray(pack({"1.xml": LEGACY, "2.json": STUDY, "3.xml": LEGACY[:99]}))
    # Break the packed bytes of the second member.
    start = data.index(b"2.json") + len(b"2.json")
    data[start + 20 : start + 60] = bytes(40)
    errors: list[RecordError] = []
    read = read_bytes(bytes(data), file="all.zip", on_error=errors.append)
    assert [record.id for record in read] == ["NCT90000005"]
    assert [error.file for error in errors] == ["all.zip/2.json", "all.zip/3.xml"]
    assert "can't be read" in errors[0].problem


def test_a_member_may_not_be_too_large(monkeypatch):
    monkeypatch.setattr(source, "MAX_BYTES", 2**20)
    data = pack({"big.txt": b"a" * (2**20 + 1), "small.txt": b"a"})
    errors: list[RecordError] = []
    read = read_bytes(data, file="all.zip", on_error=errors.append)
    assert [record.id for record in read] == ["small"]
    assert [error.file for error in errors] == ["all.zip/big.txt"]
    assert "more than 1 MiB in one piece" in errors[0].problem


@pytest.mark.parametrize("text", [b"a" * 5000, b'{"id": "%s' % (b"a" * 5000)])
def test_a_packed_file_may_not_be_too_large(monkeypatch, text):
    monkeypatch.setattr(source, "MAX_BYTES", 4096)
    assert "holds more than" in only_error(gzip.compress(text)).problem


def test_a_zip_with_a_password_is_an_error():
    data = bytearray(pack({"1.xml": LEGACY}))
    # The flag of encryption, in the local header and in the directory.
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    errors: list[RecordError] = []
    assert not list(read_bytes(bytes(data), file="a.zip", on_error=errors.append))
    (error,) = errors
    assert error.file == "a.zip/1.xml"
    assert "password" in error.problem


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (pack({}), "holds no file"),
        (pack({"1.xml": LEGACY})[:-30], "can't be read"),
        (gzip.compress(STUDY)[:-20], "can't be read"),
        (gzip.compress(STUDY)[:50] + b"xx" + gzip.compress(STUDY)[52:], "can't be"),
        (b"\x1f\x8bnot gzip", "can't be read"),
        (gzip.compress(gzip.compress(STUDY)), "packed twice"),
        (gzip.compress(pack({"1.xml": LEGACY})), "archive inside an archive"),
    ],
)
def test_a_broken_archive_is_an_error(data, problem):
    assert problem in only_error(data).problem


def test_a_zip_in_a_zip_is_an_error():
    data = pack({"in.zip": pack({"1.xml": LEGACY})})
    errors: list[RecordError] = []
    assert not list(read_bytes(data, file="a.zip", on_error=errors.append))
    assert str(errors[0]) == (
        "a.zip/in.zip: is an archive inside an archive; unpack it first."
    )


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b" " * 200_000, "is empty"),
        (b"caf\xe9 au lait", "byte 0xE9 at byte offset 3 "),
        ("héllo".encode("utf-16"), "UTF-16 byte order mark"),
        ("hello".encode("utf-16-le"), "binary data"),
        (b"%PDF-1.7\n\xe2\xe3", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0", "a PNG image"),
        (bytes(range(256)), "binary data"),
    ],
)
def test_what_is_no_text_is_an_error(data, problem):
    assert problem in only_error(data).problem


def test_binary_data_far_into_a_text():
    data = b"a" * 100_000 + b"\xff\xfe" + b"a"
    assert "byte 0xFF at byte offset 100000 " in only_error(data).problem


@pytest.mark.parametrize(
    "text",
    [
        "<p>Take 5 mg</p>",
        "Take<br>5 mg",
        "Take<BR />5 mg",
        "H<sub>2</sub>O",
        'see <a href="https://example.org">here',
        "<!DOCTYPE html><html><body>5 mg</body></html>",
        "<ul><li>5 mg</li></ul>",
        "&lt; but <b>5 mg</b>",
    ],
)
def test_html_is_an_error(text):
    error = only_error(text.encode(), "notes.txt")
    assert (error.record, error.field) == ("notes", "text")
    assert "HTML tag" in error.problem


@pytest.mark.parametrize(
    "text",
    [
        "albumin <35 g/L and >20 g/L",
        "a < b > c",
        "a <b> c",
        "<LLN or >ULN",
        "platelets <100 x10^9/L; p<0.05; p>0.01",
        "x<y and u>v",
        "<TAB>5 mg<TAB>daily",
        "<Zorbital> 5 mg",
        "if a<b and i>j",
    ],
)
def test_signs_are_no_html(text):
    (record,) = read_bytes(text.encode(), file="notes.txt")
    assert record.text == text


def test_an_abandoned_reader_closes_its_files(tmp_path):
    path = tmp_path / "all.zip"
    path.write_bytes(pack({"1.xml": LEGACY, "2.xml": LEGACY}))
    assert next(read_records([path])).id == "NCT90000005"
    path.unlink()


def test_a_format_can_be_added(monkeypatch):
    def read(source):
        yield from (Record(line, brief_title="x") for line in source.text().split())

    ids = Format("ids", lambda head: head.startswith("nct_id"), read)
    monkeypatch.setattr(containers, "FORMATS", [ids, *FORMATS])
    records = list(read_bytes(b"nct_id\nA", file="x"))
    assert [record.id for record in records] == ["nct_id", "A"]
