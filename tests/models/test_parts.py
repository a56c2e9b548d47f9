"""Files of a part appear when the part is complete, and not before."""

import json

import pytest
from en_trial_registry.output import Output
from en_trial_registry.output.batch import Tally
from en_trial_registry.output.chunks import Result
from en_trial_registry.output.files import framed
from en_trial_registry.output.parts import FAILED, LOCK, Kind, open_parts
from en_trial_registry.records import RecordError

BASIS = {"input": {}, "versions": {}}
REST = {FAILED, LOCK, "manifest.jsonl"}


def render(extractions):
    raise AssertionError("not rendered here")


KINDS = {
    name: Kind(Output(render, framed(head=b"<", tail=b">")), "txt")
    for name in ("first", "second")
}


def result(part, text):
    error = RecordError("is bad", record=text, remedy="mend it")
    return Result(part, [text.encode(), text.encode() * 2], 1, 2, [error])


def files_of(folder):
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    } - REST


def write(folder, results, *, resume=False):
    with open_parts(folder, KINDS, BASIS, resume=resume) as parts:
        tally = Tally()
        for one in results:
            parts.add(one)
            tally.add(one)
        parts.finish(tally)


def test_a_part_holds_what_was_added(tmp_path):
    write(tmp_path / "out", [result(0, "a"), result(0, "b"), result(1, "c")])
    assert (tmp_path / "out/first/part-00000.txt").read_bytes() == b"<ab>"
    assert (tmp_path / "out/second/part-00000.txt").read_bytes() == b"<aabb>"
    assert (tmp_path / "out/second/part-00001.txt").read_bytes() == b"<cc>"
    lines = (tmp_path / "out/manifest.jsonl").read_text().splitlines()
    part = json.loads(lines[1])
    assert (part["records"], part["entities"], part["failed"]) == (2, 4, 2)
    assert part["files"]["first/part-00000.txt"]["bytes"] == 4
    failed = (tmp_path / "out" / FAILED).read_text().splitlines()
    assert [json.loads(line)["record"] for line in failed] == ["a", "b", "c"]


def test_a_part_grows_under_another_name(tmp_path):
    with open_parts(tmp_path / "out", KINDS, BASIS, resume=False) as parts:
        parts.add(result(0, "a"))
        growing = files_of(tmp_path / "out")
        assert len(growing) == 2
        assert all(name.endswith(".part") for name in growing)
        parts.add(result(1, "b"))
        assert {"first/part-00000.txt", "second/part-00000.txt"} < files_of(
            tmp_path / "out"
        )
        parts.finish(Tally())
    assert not any(name.endswith(".part") for name in files_of(tmp_path / "out"))


@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()])
def test_what_ends_a_part_early_leaves_nothing_of_it(tmp_path, error):
    with (
        pytest.raises(type(error)),
        open_parts(tmp_path / "out", KINDS, BASIS, resume=False) as parts,
    ):
        parts.add(result(0, "a"))
        parts.add(result(1, "b"))
        raise error
    assert files_of(tmp_path / "out") == {
        "first/part-00000.txt",
        "second/part-00000.txt",
    }
    write(tmp_path / "out", [result(1, "b")], resume=True)
    write(tmp_path / "whole", [result(0, "a"), result(1, "b")])
    for name in files_of(tmp_path / "whole") | {FAILED}:
        assert (tmp_path / "out" / name).read_bytes() == (
            tmp_path / "whole" / name
        ).read_bytes()


def test_files_that_can_not_be_opened_leave_none_behind(tmp_path):
    (tmp_path / "out").mkdir()
    with (
        pytest.raises(OSError, match="second"),
        open_parts(tmp_path / "out", KINDS, BASIS, resume=False) as parts,
    ):
        (tmp_path / "out/second").write_text("in the way")
        parts.add(result(0, "a"))
    assert files_of(tmp_path / "out") == {"second"}
