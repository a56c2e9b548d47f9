"""Input that tries to break out, blow up or take forever; the rest is still read."""

import gzip
import io
import itertools
import json
import os
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from en_trial_registry import __main__ as cli
from en_trial_registry.readers import folders, packed, read_bytes, read_items, source
from en_trial_registry.readers.json_stream import JsonStream
from en_trial_registry.records import Record, RecordError
from extract_toy import make_pipeline
from typer.testing import CliRunner

posix = pytest.mark.skipif(os.name != "posix", reason="needs links and limits")
GOOD = b'{"id": "good", "text": "Nausea after 1 g"}\n'
SECONDS = 20
"""More than anything here takes on a machine that is busy with a training."""


def read_all(data, file="nasty"):
    errors: list[RecordError] = []
    start = time.monotonic()
    records = list(read_bytes(data, file=file, on_error=errors.append))
    assert time.monotonic() - start < SECONDS
    return [record.id for record in records], [str(error) for error in errors]


def annotated(text, record_id="nasty"):
    return json.dumps({"id": record_id, "text": text}).encode() + b"\n"


def study(**modules):
    identification = {"nctId": "NCT90000099", "briefTitle": "Tea"}
    protocol = {"identificationModule": identification, **modules}
    return json.dumps({"protocolSection": protocol}).encode() + b"\n"


def zip_of(members, **options):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


class TestFields:
    def extracted(self, *lines, tmp_path):
        start = time.monotonic()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cli, "load", make_pipeline)
            path = tmp_path / "in.jsonl"
            path.write_bytes(b"".join([*lines, GOOD]))
            result = CliRunner().invoke(cli.app, ["extract", str(path)])
        assert time.monotonic() - start < 3 * SECONDS
        assert result.exception is None or isinstance(result.exception, SystemExit)
        values = [json.loads(line) for line in result.stdout.split("\n") if line]
        assert values[-1]["id"] == "good"
        return values[:-1], result.stderr

    def test_a_field_of_a_megabyte(self, tmp_path):
        long = "Take 1 g daily. " * 60_000
        (value,), _ = (
            self.extracted(
                annotated("word " * 40_000 + "1 g"), annotated(long), tmp_path=tmp_path
            )[0][:1],
            "",
        )
        assert value["entities"][-1]["text"] == "1 g"

    def test_a_field_above_the_limit_is_named(self, tmp_path):
        values, errors = self.extracted(annotated("a" * 1_100_000), tmp_path=tmp_path)
        assert values == []
        assert "record nasty" in errors
        assert "1,100,000 characters" in errors

    def test_a_hundred_thousand_outcomes(self):
        outcomes = [
            {"measure": f"Nausea {i}", "timeFrame": "2 h"} for i in range(10**5)
        ]
        data = study(outcomesModule={"secondaryOutcomes": outcomes})
        records: list[Record] = list(read_bytes(data + GOOD, file="x"))
        assert len(records[0].secondary_outcomes) == 10**5
        assert records[0].text.count("[Time Frame: 2 h]") == 10**5
        assert records[1].id == "good"

    def test_right_to_left_nuls_and_controls(self, tmp_path):
        text = "\u202e\u05d0\u05d1 1 g \u0645\u0621\0 \x1b[31m Nausea \x07\ufeff\u2028"
        (value,), errors = self.extracted(annotated(text), tmp_path=tmp_path)
        assert value["text"] == text
        assert [e["text"] for e in value["entities"]] == ["1 g", "Nausea"]
        for entity in value["entities"]:
            assert text[entity["start"] : entity["end"]] == entity["text"]
        assert errors == ""

    @pytest.mark.parametrize("field", ["id", "text"])
    def test_lone_surrogates(self, field, tmp_path):
        value = {"id": "x", "text": "Nausea", field: "half \ud83d"}
        values, errors = self.extracted(
            json.dumps(value).encode() + b"\n", tmp_path=tmp_path
        )
        assert values == []
        assert "half a character" in errors

    @pytest.mark.parametrize(
        "text",
        [
            "<div>" * 100_000,
            "<p a=" + " " * 200_000,
            "<p " * 100_000,
            "<p a=b " * 100_000,
            "<" * 300_000 + "b>",
        ],
    )
    def test_nested_and_endless_html(self, text):
        ids, errors = read_all(annotated(text) + GOOD)
        assert ids[-1] == "good"
        assert len(ids) + len(errors) == 2

    @pytest.mark.parametrize(
        "text",
        ["\n" * 300_000 + "x", "a\n" * 150_000, "- a\n" * 100_000, "\\" * 300_000],
    )
    def test_a_field_of_very_many_lines(self, text):
        data = study(descriptionModule={"detailedDescription": text})
        assert read_all(data + GOOD)[0] == ["NCT90000099", "good"]


class TestJson:
    @pytest.mark.parametrize(
        "deep",
        [
            b"[" * 10**6,
            b'{"a":' * 10**6,
            b'{"id": "x", "text": ' + b"[" * 10**5 + b"]" * 10**5 + b"}",
            b'{"protocolSection": ' + b'{"a":' * 10**5 + b"1" + b"}" * 10**5 + b"}",
        ],
    )
    def test_deep_nesting(self, deep):
        ids, errors = read_all(deep)
        assert ids == []
        assert len(errors) == 1
        ids, errors = read_all(GOOD + deep + b"\n" + GOOD)
        assert ids == ["good", "good"]
        assert "nested too deeply" in errors[0]

    def test_a_list_is_read_study_by_study(self):
        class Endless(io.RawIOBase):
            """A list on one line that never ends."""

            taken = 0

            def readable(self):
                return True

            def readinto(self, buffer):
                pattern = GOOD.strip() + b","
                start = self.taken % len(pattern)
                count = len(buffer)
                data = (pattern * (count // len(pattern) + 2))[start : start + count]
                buffer[:count] = data if self.taken else b"[" + data[: count - 1]
                self.taken += count - (not self.taken)
                return count

        raw = Endless()
        with source.buffered(raw) as stream:
            items = read_from(stream)
            assert [item.id for item in itertools.islice(items, 100_000)]
            assert raw.taken < 100_000 * len(GOOD) + 3 * 2**20
            items.close()

    def test_a_value_without_an_end_is_given_up(self, monkeypatch):
        monkeypatch.setattr(source, "MAX_BYTES", 2**20)
        for data in (b'[{"id": "', b'{"id": "', GOOD + b'{"id": "'):
            ids, errors = read_all(data + b"a" * 3 * 2**20)
            assert ids == (["good"] if data.startswith(GOOD) else [])
            assert "more than 1 MiB in one piece" in errors[0]

    def test_places_in_a_long_list(self):
        lines = [b"[", *[GOOD.strip() + b"," for _ in range(5000)], b'  {"id" 7}]']
        ids, (error,) = read_all(b"\n".join(lines))
        assert len(ids) == 5000
        assert "line 5002, column 9" in error

    def test_values_that_follow_one_another(self):
        data = json.dumps(json.loads(GOOD), indent=1).encode()
        assert read_all(data + b"\n" + data + b"\n7")[0] == ["good", "good"]

    def test_huge_whitespace_costs_no_memory(self):
        stream = source.Source(source.buffered(io.BytesIO(b"\n" * 10**7 + b"7")), "x")
        text = JsonStream(stream)
        assert text.peek() == "7"
        assert text.place() == "on line 10000001"


def read_from(stream):
    from en_trial_registry.readers.containers import read_stream

    return read_stream(stream, "x")


class TestBombs:
    def test_xml_entities(self):
        levels = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
        data = (
            f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">{levels}]>'
            "<clinical_study><brief_title>&a9;</brief_title></clinical_study>"
        )
        ids, errors = read_all(data.encode())
        assert ids == []
        assert "not safe to read" in errors[0]

    def test_deep_xml(self):
        data = b"<clinical_study>" + b"<a_b>" * 200_000 + b"</a_b>" * 200_000
        ids, errors = read_all(data + b"</clinical_study>")
        assert ids == []
        assert len(errors) == 1

    @pytest.mark.parametrize("fill", [b"\0", b"\n", b" ", b"a", b"["])
    def test_gzip(self, fill, monkeypatch):
        monkeypatch.setattr(packed, "HARMLESS_BYTES", 2**20)
        monkeypatch.setattr(source, "MAX_BYTES", 2**24)
        bomb = gzip.compress(fill * (2**26 // len(fill)))
        ids, errors = read_all(bomb)
        assert ids == []
        assert errors

    def test_gzip_that_goes_off_late(self, monkeypatch):
        monkeypatch.setattr(packed, "HARMLESS_BYTES", 2**20)
        data = gzip.compress(GOOD + b"\n" * 2**27, 9)
        ids, errors = read_all(data)
        assert ids == ["good"]
        assert "more than 500 times its size" in errors[0]

    def test_zip(self, monkeypatch):
        monkeypatch.setattr(packed, "HARMLESS_BYTES", 2**20)
        data = zip_of([("bomb.txt", b"a" * 2**25), ("good.jsonl", GOOD)])
        ids, errors = read_all(data)
        assert ids == ["good"]
        assert "bomb.txt: unpacks to more than 500 times" in errors[0]

    def test_zip_that_lies_about_its_size(self, monkeypatch):
        monkeypatch.setattr(packed, "HARMLESS_BYTES", 2**20)
        data = bytearray(zip_of([("bomb.txt", b"a" * 2**25), ("good.jsonl", GOOD)]))
        at = data.index(b"PK\x01\x02") + 24
        data[at : at + 4] = (100).to_bytes(4, "little")
        ids, errors = read_all(bytes(data))
        assert ids[-1] == "good"
        assert len(ids) + len(errors) == 2

    def test_zip_whose_members_are_one(self):
        """As in the bombs of D. Fifield: many entries for the same bytes."""
        data = zip_of([("0.jsonl", GOOD * 200)])
        start = data.index(b"PK\x01\x02")
        entry = data[start : data.index(b"PK\x05\x06")]
        end = bytearray(data[data.index(b"PK\x05\x06") :])
        count = 50
        end[8:12] = count.to_bytes(2, "little") * 2
        end[12:16] = (count * len(entry)).to_bytes(4, "little")
        ids, errors = read_all(data[:start] + entry * count + bytes(end))
        assert ids == []
        assert "share their bytes" in errors[0]

    @pytest.mark.slow
    @posix
    def test_a_billion_empty_lines(self, tmp_path):
        """A gigabyte that a gzip of one megabyte holds, in little memory."""
        path = tmp_path / "lines.jsonl"
        with path.open("wb") as stream:
            stream.write(GOOD)
            block = b"\n" * 2**20
            for _ in range(954):
                stream.write(block)
            stream.write(GOOD)
        code = (
            "import resource, sys; from pathlib import Path\n"
            "from en_trial_registry.readers import read_items\n"
            "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "ids = [item.id for item in read_items([Path(sys.argv[1])])]\n"
            "after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "print(*ids, after - before)\n"
        )
        found = subprocess.run(
            [sys.executable, "-c", code, path],
            capture_output=True,
            text=True,
            timeout=200,
            check=True,
        )
        first, last, kilobytes = found.stdout.split()
        assert (first, last) == ("good", "good")
        assert int(kilobytes) < 20_000


class TestPaths:
    NAMES = (
        "../../escape.txt",
        "/etc/cron.d/escape.txt",
        "..\\..\\escape.txt",
        "C:\\escape.txt",
        "a/../../escape.txt",
    )

    def test_members_are_never_written(self, tmp_path, monkeypatch):
        inner = tmp_path / "a" / "b"
        inner.mkdir(parents=True)
        (inner / "in.zip").write_bytes(
            zip_of([(name, b"Nausea after 1 g") for name in self.NAMES])
        )
        monkeypatch.chdir(inner)
        monkeypatch.setattr(cli, "load", make_pipeline)
        before = {*tmp_path.rglob("*")}
        command = ["extract", "in.zip", "--parts", "out", "--format", "jsonl"]
        result = CliRunner().invoke(cli.app, command)
        assert result.exit_code == 0
        new = {*tmp_path.rglob("*")} - before
        assert new
        assert all(inner / "out" in (path, *path.parents) for path in new)
        lines = (inner / "out" / "records" / "part-00000.jsonl").read_text("utf-8")
        found = [json.loads(line)["id"] for line in lines.splitlines()]
        assert found == ["escape"] * len(self.NAMES)

    def test_a_link_in_an_archive_is_no_file(self):
        link = zipfile.ZipInfo("link.txt")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        ids, errors = read_all(zip_of([(link, "/etc/passwd"), ("a.jsonl", GOOD)]))
        assert ids == ["good"]
        assert "link.txt: is a link" in errors[0]

    @posix
    def test_links_and_devices_in_a_folder(self, tmp_path):
        inside = tmp_path / "in"
        (inside / "sub").mkdir(parents=True)
        (inside / "good.jsonl").write_bytes(GOOD)
        (tmp_path / "other.jsonl").write_bytes(GOOD)
        (inside / "link.jsonl").symlink_to(tmp_path / "other.jsonl")
        (inside / "loop").symlink_to(inside)
        (inside / "none").symlink_to(tmp_path / "none")
        (inside / "sub" / "self").symlink_to(inside / "sub" / "self")
        os.mkfifo(inside / "pipe")
        items = list(read_items([inside]))
        assert [i.id for i in items if isinstance(i, Record)] == ["good", "good"]
        errors = {
            Path(item.file).name: item.problem
            for item in items
            if isinstance(item, RecordError)
        }
        assert errors == {
            "loop": "is a link to a folder",
            "none": "is a link to nothing that can be read",
            "pipe": "is no file",
            "self": "is a link to nothing that can be read",
        }

    def test_a_folder_is_walked_in_the_order_of_paths(self, tmp_path):
        for name in ("b.txt", "a/z.txt", "a.txt", "a/b/c.txt", "B/x.txt", ".git/h"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("Nausea")
        found = list(folders.walk(tmp_path))
        everything = tmp_path.rglob("*.txt")
        assert found == sorted(everything)

    @posix
    def test_names_that_are_no_utf_8(self, tmp_path, monkeypatch):
        inside = tmp_path / "in"
        inside.mkdir()
        with open(os.fsencode(inside) + b"/\xff\xfe.txt", "wb") as stream:
            stream.write(b"Nausea")
        (inside / "good.jsonl").write_bytes(GOOD)
        monkeypatch.setattr(cli, "load", make_pipeline)
        out = tmp_path / "out"
        command = ["extract", str(inside), "--parts", str(out), "--format", "jsonl"]
        result = CliRunner().invoke(cli.app, command)
        assert result.exit_code == 1
        assert "half a character" in (out / "failed.jsonl").read_text("ascii")
        assert (out / "manifest.jsonl").read_bytes().count(b"\n") == 3

    @posix
    def test_a_very_deep_folder(self, tmp_path):
        here = os.open(tmp_path, os.O_RDONLY)
        for _ in range(1500):
            os.mkdir("d", dir_fd=here)
            inner = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = inner
        os.close(here)
        (tmp_path / "good.jsonl").write_bytes(GOOD)
        items = list(read_items([tmp_path]))
        assert isinstance(items[-1], Record)
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)


def test_memory_of_a_long_list_is_flat(tmp_path):
    """A hundred times the input takes no more memory."""
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from en_trial_registry.readers import read_items\n"
        "count = sum(1 for item in read_items([Path(sys.argv[1])]))\n"
        "print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    peaks = []
    for count in (1_000, 100_000):
        path = tmp_path / f"{count}.json"
        with path.open("wb") as stream:
            stream.write(b'{"totalCount": 1, "studies": [')
            for i in range(count):
                stream.write((b"," if i else b"") + GOOD.strip())
            stream.write(b"]}")
        command = [sys.executable, "-c", code, path]
        out = subprocess.run(command, capture_output=True, text=True, check=True)
        found, peak = map(int, out.stdout.split())
        assert found == count
        peaks.append(peak)
    assert peaks[1] < 1.1 * peaks[0]
