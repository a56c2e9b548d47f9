"""`extract --parts`: parts, manifest, and going on after a kill at any moment."""

import csv
import json
import multiprocessing
import os
import random
import signal
import sys
import time

import psutil
import pyarrow.dataset
import pytest
from en_trial_registry import __main__ as cli
from en_trial_registry.output import basis, files, manifest
from scale_toy import make_records, write_records
from typer.testing import CliRunner

posix = pytest.mark.skipif(os.name != "posix", reason="needs fork and signals")
COUNT = 90
PART_SIZE = 8
PARTS = 12  # 90 records and 3 that are none, 8 in each
TABLES = ("entities", "regimens", "lab_thresholds", "outcomes")


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    path = tmp_path_factory.mktemp("parts") / "records.jsonl"
    records = make_records(COUNT)
    for at in (3, 40, 80):
        records.insert(at, {"id": f"bad{at}", "text": "1 g<br>"})
    return write_records(path, records)


def arguments(source, folder, model, *more):
    size = ("--part-size", PART_SIZE, "--batch-size", 5)
    options = ("extract", source, "--parts", folder, "-m", model, *size, *more)
    return [str(option) for option in options]


def extract(*options):
    return CliRunner().invoke(cli.app, arguments(*options))


def read_lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def contents(folder):
    """Every file but the lock, with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


@pytest.fixture(scope="module")
def whole(source, model, tmp_path_factory):
    """The folder of a run that nothing interrupts."""
    folder = tmp_path_factory.mktemp("parts") / "out"
    result = extract(source, folder, model)
    assert result.exit_code == 1
    assert f"{COUNT} records" in result.stderr
    assert f"3 files or records could not be read; all are in {folder}" in result.stderr
    return folder


class TestFolder:
    def test_every_record_stands_in_one_part(self, whole):
        lines = read_lines(whole / "manifest.jsonl")
        assert [line["part"] for line in lines[1:-1]] == list(range(PARTS))
        assert sum(line["records"] for line in lines[1:-1]) == COUNT
        assert lines[-1]["complete"] is True
        assert lines[-1]["failed"] == 3
        named = {name for line in lines[1:-1] for name in line["files"]}
        others = {"manifest.jsonl", "failed.jsonl"}
        assert set(contents(whole)) == named | others

    def test_a_folder_is_one_table(self, whole, source, model, tmp_path):
        for table in TABLES:
            path = tmp_path / f"{table}.csv"
            name = table.replace("_", "-")
            options = ("--table", name, "-o", str(path), "-m", str(model))
            single = CliRunner().invoke(cli.app, ["extract", str(source), *options])
            assert single.exit_code == 1
            rows = pyarrow.dataset.dataset(whole / table).to_table().to_pylist()
            as_text = [{k: "" if v is None else v for k, v in r.items()} for r in rows]
            with path.open(newline="", encoding="utf-8") as stream:
                expected = list(csv.DictReader(stream))
            assert [{k: str(v) for k, v in row.items()} for row in as_text] == expected
            assert len(rows) > 10

    def test_failed_records_are_listed_with_reasons(self, whole):
        failed = read_lines(whole / "failed.jsonl")
        assert [row["record"] for row in failed] == ["bad3", "bad40", "bad80"]
        assert all("HTML" in row["problem"] and row["remedy"] for row in failed)

    @pytest.mark.parametrize("form", ["jsonl", "csv"])
    def test_text_parts_are_those_of_one_file(self, form, source, model, tmp_path):
        out = tmp_path / "out"
        table = () if form == "jsonl" else ("--table", "outcomes")
        assert extract(source, out, model, "--format", form, *table).exit_code == 1
        name = "records" if form == "jsonl" else "outcomes"
        parts = [p.read_text("utf-8") for p in sorted((out / name).iterdir())]
        assert len(parts) == PARTS
        single = tmp_path / "single"
        command = ["extract", source, "-o", single, "-m", model, *table]
        assert CliRunner().invoke(cli.app, list(map(str, command))).exit_code == 1
        lines = single.read_text("utf-8").splitlines(keepends=True)
        head = lines[0] if form == "csv" else ""
        assert "".join(part.removeprefix(head) for part in parts) == "".join(
            lines[1:] if form == "csv" else lines
        )

    def test_processes_write_the_same_bytes(self, whole, source, model, tmp_path):
        out = tmp_path / "out"
        assert extract(source, out, model, "--n-process", "2").exit_code == 1
        assert contents(out) == contents(whole)


def run_child(options, prepare=None):
    """Run the command line in a process that has all imports already."""

    def work():
        os.setpgrp()
        sys.stdout = sys.stderr = open(os.devnull, "w")
        if prepare:
            prepare()
        cli.app(arguments(*options))

    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    return process


def end(process):
    process.join(60)
    assert process.exitcode is not None
    return process.exitcode


def parts_done(folder):
    path = folder / "manifest.jsonl"
    return path.read_bytes().count(b'{"part": ') if path.exists() else 0


def wait_for_parts(folder, count, process):
    deadline = time.monotonic() + 120
    while parts_done(folder) < count and process.is_alive():
        assert time.monotonic() < deadline
        time.sleep(0.001)


@posix
@pytest.mark.parametrize("workers", ["1", "2"])
def test_killed_ten_times_at_random_moments(workers, whole, source, model, tmp_path):
    out = tmp_path / "out"
    chance = random.Random(7)
    options = (source, out, model, "--n-process", workers, "--resume")
    for kill in range(10):
        process = run_child(options)
        wait_for_parts(out, kill + chance.choice((0, 1)), process)
        time.sleep(chance.random() * 0.05)
        os.kill(process.pid, signal.SIGKILL)
        assert end(process) == -signal.SIGKILL
    assert 0 < parts_done(out)
    result = extract(*options)
    assert result.exit_code == 1
    assert f"{COUNT} records" in result.stderr
    assert "by an earlier run" in result.stderr
    assert contents(out) == contents(whole)


@posix
def test_killed_at_every_write(whole, source, model, tmp_path):
    """Before and after each file of the first two parts is forced to the disk."""

    def die_at(count, after):
        calls = 0
        fsync = os.fsync

        def counted(handle):
            nonlocal calls
            calls += 1
            if calls == count and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            fsync(handle)
            if calls == count:
                os.kill(os.getpid(), signal.SIGKILL)

        files.os.fsync = counted

    out = tmp_path / "out"
    for count in range(1, 15):
        process = run_child(
            (source, out, model, "--resume"),
            lambda count=count: die_at(count % 7 + 1, count % 2),
        )
        assert end(process) == -signal.SIGKILL
    assert extract(source, out, model, "--resume").exit_code == 1
    assert contents(out) == contents(whole)


@posix
def test_workers_end_with_the_first_process(source, model, tmp_path):
    out = tmp_path / "out"
    process = run_child((source, out, model, "--n-process", "2"))
    wait_for_parts(out, 1, process)
    os.kill(process.pid, signal.SIGKILL)
    end(process)
    deadline = time.monotonic() + 20
    while True:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        assert time.monotonic() < deadline
        time.sleep(0.05)


@posix
def test_a_killed_worker_is_told_and_the_run_can_go_on(
    whole, source, model, tmp_path, capfd
):
    def say():
        sys.stderr = sys.__stderr__ = os.fdopen(2, "w", closefd=False)

    out = tmp_path / "out"
    process = run_child((source, out, model, "--n-process", "2"), say)
    wait_for_parts(out, 1, process)
    psutil.Process(process.pid).children()[0].kill()
    assert end(process) == 1
    told = capfd.readouterr().err
    assert "A worker process was ended from outside" in told
    assert f"Finished parts are in {out}; --resume goes on" in told
    assert extract(source, out, model, "--resume").exit_code == 1
    assert contents(out) == contents(whole)


class TestResume:
    @pytest.fixture
    def begun(self, whole, tmp_path):
        """A copy of the whole folder whose last seven parts were not noted."""
        out = tmp_path / "out"
        for name, data in contents(whole).items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(data)
        lines = (out / "manifest.jsonl").read_bytes().splitlines(keepends=True)
        (out / "manifest.jsonl").write_bytes(b"".join(lines[:6]))
        return out

    def test_a_torn_line_of_the_manifest_does_not_count(
        self, begun, whole, source, model
    ):
        with (begun / "manifest.jsonl").open("ab") as stream:
            stream.write(b'{"part": 5, "rec')
        assert extract(source, begun, model, "--resume").exit_code == 1
        assert contents(begun) == contents(whole)

    def test_a_part_that_was_lost_is_written_again(self, begun, whole, source, model):
        (begun / "outcomes" / "part-00002.parquet").unlink()
        assert extract(source, begun, model, "--resume").exit_code == 1
        assert contents(begun) == contents(whole)

    def test_a_complete_folder_is_left_alone(self, whole, source, model):
        before = {path: path.stat().st_mtime_ns for path in whole.rglob("*.parquet")}
        assert extract(source, whole, model, "--resume").exit_code == 1
        assert before == {p: p.stat().st_mtime_ns for p in whole.rglob("*.parquet")}

    def refused(self, message, *options):
        result = extract(*options)
        assert result.exit_code == 2
        assert message in result.stderr

    def test_not_without_being_asked(self, begun, source, model):
        self.refused("add --resume", source, begun, model)

    def test_not_with_other_input(self, begun, source, model):
        data = source.read_bytes()
        try:
            source.write_bytes(data.replace(b"word89", b"word98"))
            self.refused("sha256 was", source, begun, model, "--resume")
            self.refused(f"input {source}", source, begun, model, "--resume")
        finally:
            source.write_bytes(data)

    def test_not_with_other_options(self, begun, source, model):
        more = ("--resume", "--part-size", 9)
        message = "options part_size was 8, is 9"
        self.refused(message, source, begun, model, *more)

    def test_not_with_another_model(self, begun, source, model):
        path = model / "meta.json"
        text = path.read_text()
        try:
            path.write_text(text + " ")
            self.refused("model sha256 was", source, begun, model, "--resume")
        finally:
            path.write_text(text)

    def test_not_with_another_version(self, begun, source, model, monkeypatch):
        monkeypatch.setattr(basis, "version", lambda package: "9.8.7")
        self.refused("versions spacy was", source, begun, model, "--resume")

    def test_not_into_a_folder_with_other_files(self, source, model, tmp_path):
        (tmp_path / "note.txt").write_text("mine")
        self.refused("holds other files", source, tmp_path, model, "--resume")

    def test_not_from_a_broken_manifest(self, begun, source, model):
        (begun / "manifest.jsonl").write_bytes(b"{\n")
        self.refused("is no manifest", source, begun, model, "--resume")

    @posix
    def test_not_beside_another_run(self, begun, source, model):
        def wait():
            with manifest_lock(begun):
                ready.set()
                time.sleep(60)

        ready = multiprocessing.Event()
        process = multiprocessing.get_context("fork").Process(target=wait)
        process.start()
        try:
            ready.wait(30)
            self.refused("Another run writes", source, begun, model, "--resume")
        finally:
            process.kill()
            process.join()

    @posix
    def test_not_from_a_pipe(self, source, model, tmp_path):
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        out = tmp_path / "out"
        process = run_child((pipe, out, model))
        pipe.write_bytes(source.read_bytes())
        assert end(process) == 1
        assert parts_done(out) == PARTS
        self.refused("is a stream", pipe, out, model, "--resume")


def manifest_lock(folder):
    from en_trial_registry.output.parts import _locked

    return _locked(folder)


class TestUsage:
    @pytest.mark.parametrize(
        ("message", "options"),
        [
            ("--resume goes on with --parts", ("--resume",)),
            ("--format csv needs --table", ("--format", "csv")),
            ("--format parquet needs", ("--format", "parquet")),
            ("leave -o, --html", ("--parts", "out", "--show")),
            ("fhir is one file", ("--parts", "out", "--format", "fhir")),
            ("leave --table out", ("--format", "fhir", "--table", "regimens")),
            ("There is no folder", ("--parts", "none/out")),
            ("has its own processes", ("--dask", "tcp://a:1", "--n-process", "2")),
        ],
    )
    def test_options_that_do_not_go_together(
        self, message, options, source, tmp_path, monkeypatch
    ):
        monkeypatch.chdir(tmp_path)
        result = CliRunner().invoke(cli.app, ["extract", str(source), *options])
        assert result.exit_code == 2
        assert message in result.stderr

    def test_parts_inside_the_input(self, source, tmp_path):
        command = ["extract", str(tmp_path), "--parts", str(tmp_path / "out")]
        result = CliRunner().invoke(cli.app, command)
        assert result.exit_code == 2
        assert "is inside the input" in result.stderr


def test_differences_are_named():
    old = {"a": {"b": 1, "c": [2]}, "d": 3}
    new = {"a": {"b": 1, "c": [2, 3]}, "e": "f"}
    assert list(manifest.differences(old, new)) == [
        "a c was [2], is [2, 3]",
        "d was 3, is null",
        'e was null, is "f"',
    ]
    assert list(manifest.differences(old, old)) == []
