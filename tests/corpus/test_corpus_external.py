from pathlib import Path

import pytest

from corpus.annotation import CorpusError
from corpus.external import ExternalText, append_text, mend, read_texts, write_texts

CHALK = ExternalText("Chalk\u2028for keepers\n", "file")


def test_texts_are_added_one_by_one(tmp_path: Path) -> None:
    store = tmp_path / "new" / "registry.jsonl"
    assert read_texts(store) == {}
    append_text(store, "N1", CHALK)
    append_text(store, "N2", ExternalText("Tea", "api"))
    append_text(store, "N2", ExternalText("Milk", "api"))
    assert read_texts(store) == {"N1": CHALK, "N2": ExternalText("Milk", "api")}


@pytest.mark.parametrize("keep", [1, 20, 40])
def test_a_line_torn_by_a_kill_is_passed_over_and_mended(
    tmp_path: Path, keep: int
) -> None:
    store = tmp_path / "registry.jsonl"
    append_text(store, "N1", CHALK)
    whole = store.read_bytes()
    append_text(store, "N2", ExternalText("Fog \u2265 9", "api"))
    store.write_bytes(store.read_bytes()[: len(whole) + keep])
    assert set(read_texts(store)) == {"N1"}
    mend(store)
    assert store.read_bytes() == whole
    append_text(store, "N2", CHALK)
    assert set(read_texts(store)) == {"N1", "N2"}


def test_mending_leaves_whole_files(tmp_path: Path) -> None:
    store = tmp_path / "registry.jsonl"
    mend(store)
    assert not store.exists()
    write_texts(store, {"N1": CHALK})
    mend(store)
    assert read_texts(store) == {"N1": CHALK}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{]\n", "registry.jsonl:1: not JSON"),
        (b'{"id": "N1", "text": "x"}\n', "registry.jsonl:1, record N1: key 'origin'"),
        (b'{"id": "\xff"}\n', "registry.jsonl:1: not UTF-8"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: bytes, message: str) -> None:
    store = tmp_path / "registry.jsonl"
    store.write_bytes(line)
    with pytest.raises(CorpusError, match=message):
        read_texts(store)
