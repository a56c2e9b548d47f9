"""What the progress bar says."""

import io

import pytest
from en_trial_registry.output.basis import input_size
from en_trial_registry.output.batch import Tally
from en_trial_registry.output.chunks import Result
from en_trial_registry.output.progress import counting
from en_trial_registry.records import RecordError
from rich.console import Console


def shown(size, *tallies, visible=True):
    console = Console(file=io.StringIO(), force_terminal=True, width=120)
    with counting(console, shown=visible, size=size) as update:
        for tally in tallies:
            update(tally)
    return console.file.getvalue()


def test_records_rate_and_time_left():
    out = shown(1000, Tally(records=1234, bytes_read=400, failed=5))
    assert "1,234 records, 5 can't be read" in out
    assert "/s" in out
    assert "left " in out
    assert "unknown" not in out


def test_a_stream_has_no_known_end():
    out = shown(None, Tally(records=3))
    assert "3 records" in out
    assert "time left unknown: the input is a stream" in out


def test_nothing_where_nobody_looks():
    assert shown(10, Tally(records=3), visible=False) == ""


def test_the_size_of_files_and_folders(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "sub" / "b").write_bytes(b"123")
    (tmp_path / ".hidden").write_bytes(b"123456789")
    assert input_size([tmp_path, tmp_path / "a", tmp_path / "none"]) == 13


@pytest.mark.parametrize(("most", "kept"), [(None, 6), (4, 4), (0, 0)])
def test_errors_are_counted_and_the_first_kept(most, kept):
    tally = Tally(max_errors=most)
    for start in (0, 3):
        errors = [RecordError(str(start + i)) for i in range(3)]
        tally.add(Result(0, [], records=2, entities=5, errors=errors))
    assert (tally.records, tally.entities, tally.failed) == (4, 10, 6)
    assert [error.problem for error in tally.errors] == list("012345")[:kept]
