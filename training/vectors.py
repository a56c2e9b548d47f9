"""The floret vectors, kept small in the repository: 8 bits a value, one scale a row."""

import gzip
from pathlib import Path
from typing import Any

import numpy
import spacy
from numpy.typing import NDArray
from spacy.vectors import Vectors


def pack_vectors(source: Path, target: Path) -> None:
    """Store a floret table with 8 bits a value.

    source (Path): floret's text output (`.floret`, may be gzipped): a header line
        `rows dim minn maxn hashCount hashSeed BOW EOW`, then one row a line.
    target (Path): The `.npz` file to write. Each row is rounded to 127 steps of its
        largest value.
    """
    opener = gzip.open if source.suffix == ".gz" else open
    with opener(source, "rt", encoding="utf-8") as file:
        header = file.readline().split()
        table = numpy.loadtxt(file, dtype="float32")[:, 1:]
    expected = (int(header[0]), int(header[1]))
    if table.shape != expected:
        raise ValueError(
            f"{source}: the header promises a table of {expected}, but {table.shape} "
            "was read. Is the file complete?"
        )
    largest = numpy.abs(table).max(axis=1, keepdims=True)
    scale = numpy.where(largest > 0, largest, 1.0) / 127
    numpy.savez_compressed(
        target,
        values=numpy.round(table / scale).astype("int8"),
        scale=scale.astype("float32"),
        header=numpy.array([int(value) for value in header[2:6]], dtype="uint32"),
        boundaries=numpy.array(header[6:8]),
    )


def unpack_vectors(source: Path, target: Path) -> None:
    """Write a pipeline that holds the vectors, for `[initialize] vectors` of a config.

    source (Path): The `.npz` file.
    target (Path): The folder to write.
    """
    with numpy.load(source) as packed:
        table: NDArray[Any] = packed["values"].astype("float32") * packed["scale"]
        minn, maxn, hash_count, hash_seed = (int(value) for value in packed["header"])
        bow, eow = (str(value) for value in packed["boundaries"])
    nlp = spacy.blank("en")
    nlp.vocab.vectors = Vectors(
        strings=nlp.vocab.strings,
        data=table,
        mode="floret",
        name="en_trial_registry.vectors",
        minn=minn,
        maxn=maxn,
        hash_count=hash_count,
        hash_seed=hash_seed,
        bow=bow,
        eow=eow,
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(target)
