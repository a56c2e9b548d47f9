"""Pre-trained weights of the tok2vec layer, kept at 16 bits a value."""

import gzip
from pathlib import Path
from typing import Any

import numpy
import srsly
from numpy.typing import DTypeLike


def pack_weights(source: Path, target: Path) -> None:
    """Store the weights that `spacy pretrain` wrote at half their size.

    source (Path): A `model*.bin` of `spacy pretrain`.
    target (Path): The gzipped file to write; the same weights give the same bytes.
    """
    content = _cast(source.read_bytes(), "float16")
    target.write_bytes(gzip.compress(content, mtime=0))


def unpack_weights(source: Path, target: Path) -> None:
    """Write the weights for `[initialize] init_tok2vec` of a config.

    source (Path): A file of `pack_weights`.
    target (Path): The file to write.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_cast(gzip.decompress(source.read_bytes()), "float32"))


def _cast(model_bytes: bytes, dtype: DTypeLike) -> bytes:
    content: dict[str, Any] = srsly.msgpack_loads(model_bytes)
    content["params"] = [
        {
            name: value if value is None else numpy.asarray(value, dtype=dtype)
            for name, value in params.items()
        }
        for params in content["params"]
    ]
    dumped: bytes = srsly.msgpack_dumps(content)
    return dumped
