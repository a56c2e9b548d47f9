"""The command line as a process of its own: pipes, terminals, Ctrl-C, workers."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from extract_toy import STUDY, make_pipeline, write_annotated

posix = pytest.mark.skipif(os.name != "posix", reason="needs pipes and terminals")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    path = tmp_path_factory.mktemp("cli") / "model"
    make_pipeline().to_disk(path)
    return path


def start(*arguments, **options):
    command = [sys.executable, "-m", "en_trial_registry", *map(str, arguments)]
    env = {**os.environ, "COLUMNS": "90", "TERM": "xterm", "PYTHONIOENCODING": "ascii"}
    return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, **options)


def wait(process):
    try:
        return process.wait(timeout=60)
    finally:
        process.kill()


def read_terminal(terminal):
    """Read until the other side is closed, which Linux tells by an error."""
    shown = b""
    while True:
        try:
            data = os.read(terminal, 1 << 16)
        except OSError:
            data = b""
        if not data:
            return shown.decode()
        shown += data


def test_workers_find_the_same_in_the_same_order(model, tmp_path):
    path = write_annotated(tmp_path / "in.jsonl", *map(str, range(20)))
    options = ("--model", model, "--batch-size", "3", "--n-process", "2")
    process = start("extract", path, STUDY, *options, stdout=subprocess.PIPE)
    out, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, b"")
    values = [json.loads(line) for line in out.decode("utf-8").splitlines()]
    assert [value["id"] for value in values] == [*map(str, range(20)), "NCT90000006"]
    assert [len(value["entities"]) for value in values] == [2] * 20 + [10]


@posix
@pytest.mark.parametrize("workers", [1, 2])
def test_a_reader_that_leaves_early_is_no_error(workers, model, tmp_path):
    ids = map(str, range(600))
    path = write_annotated(tmp_path / "in.jsonl", *ids, text="≥ 2 hours of sea. " * 50)
    options = ("--model", model, "--n-process", workers)
    process = start("extract", path, *options, stdout=subprocess.PIPE)
    first = json.loads(process.stdout.readline())
    process.stdout.close()
    assert wait(process) == 141
    assert process.stderr.read() == b""
    process.stderr.close()
    assert (first["id"], len(first["entities"])) == ("0", 50)


@posix
def test_a_terminal_shows_tables(model):
    terminal, other_end = os.openpty()
    process = start("extract", STUDY, "--model", model, stdout=other_end)
    os.close(other_end)
    shown = read_terminal(terminal)
    _, errors = process.communicate(timeout=120)
    os.close(terminal)
    assert (process.returncode, errors) == (0, b"")
    assert "Ginger Wafers on Ferries" in shown
    assert "Potassium" in shown
    assert "\x1b[" in shown
    assert '{"id"' not in shown


@posix
@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_leaves_no_file(workers, model, tmp_path):
    ids = map(str, range(400))
    path = write_annotated(tmp_path / "in.jsonl", *ids, text="≥ 2 hours of sea. " * 50)
    endless = tmp_path / "fifo"
    os.mkfifo(endless)
    folder = tmp_path / "out"
    folder.mkdir()
    targets = ("-o", folder / "out.jsonl", "--html", folder / "page.html")
    options = ("--model", model, "--n-process", workers, "--batch-size", "8")
    process = start(
        "extract", path, endless, *targets, *options, start_new_session=True
    )
    wait_until_written(folder)
    os.killpg(process.pid, signal.SIGINT)
    assert wait(process) == 130
    errors = process.stderr.read()
    process.stderr.close()
    assert errors.decode() == "Stopped before the end; no file was written.\n"
    assert list(folder.iterdir()) == []


def wait_until_written(folder):
    """Wait until records went into both files, under names that are not final."""
    deadline = time.monotonic() + 120
    while sum(path.stat().st_size > 50_000 for path in folder.iterdir()) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert {path.suffix for path in folder.iterdir()} == {".part"}


@posix
def test_ctrl_c_keeps_finished_parts(model, tmp_path):
    ids = map(str, range(400))
    path = write_annotated(tmp_path / "in.jsonl", *ids, text="≥ 2 hours of sea. " * 50)
    endless = tmp_path / "fifo"
    os.mkfifo(endless)
    out = tmp_path / "Out"
    options = ("--model", model, "--parts", out, "--part-size", "50")
    process = start("extract", path, endless, *options, start_new_session=True)
    deadline = time.monotonic() + 120
    while not (out / "manifest.jsonl").exists() or (
        (out / "manifest.jsonl").read_bytes().count(b"\n") < 4
    ):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    assert wait(process) == 130
    errors = process.stderr.read().decode()
    process.stderr.close()
    assert errors == (
        f"Stopped before the end. Finished parts are in {out}; --resume goes on.\n"
    )
    assert len(list((out / "entities").iterdir())) >= 3
