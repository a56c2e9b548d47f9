import gzip
from pathlib import Path

import numpy
import pytest
import spacy

from training.vectors import pack_vectors, unpack_vectors

ROWS, WIDTH = 20, 6


@pytest.fixture
def table() -> numpy.ndarray:  # type: ignore[type-arg]
    values = numpy.random.default_rng(0).normal(scale=3, size=(ROWS, WIDTH))
    values[7] = 0
    return values.astype("float32")


def write_floret(path: Path, table: numpy.ndarray, rows: int = ROWS) -> None:  # type: ignore[type-arg]
    lines = [f"{rows} {WIDTH} 3 5 2 2166136261 < >"]
    lines += [f"{i} " + " ".join(map(str, row)) for i, row in enumerate(table)]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def test_packed_vectors_are_nearly_the_same(
    tmp_path: Path,
    table: numpy.ndarray,  # type: ignore[type-arg]
) -> None:
    write_floret(tmp_path / "a.floret.gz", table)
    pack_vectors(tmp_path / "a.floret.gz", tmp_path / "a.npz")
    unpack_vectors(tmp_path / "a.npz", tmp_path / "vectors")
    vectors = spacy.load(tmp_path / "vectors").vocab.vectors
    assert (vectors.mode, vectors.minn, vectors.maxn) == ("floret", 3, 5)
    assert (vectors.hash_count, vectors.hash_seed) == (2, 2166136261)
    step = numpy.abs(table).max(axis=1, keepdims=True) / 127
    assert (numpy.abs(vectors.data - table) <= step * 0.51).all()
    assert vectors.get_batch(["aspirin"]).any()


def test_a_cut_off_table_is_refused(
    tmp_path: Path,
    table: numpy.ndarray,  # type: ignore[type-arg]
) -> None:
    write_floret(tmp_path / "a.floret.gz", table, rows=ROWS + 1)
    with pytest.raises(ValueError, match=r"promises a table of \(21, 6\).*complete"):
        pack_vectors(tmp_path / "a.floret.gz", tmp_path / "a.npz")
