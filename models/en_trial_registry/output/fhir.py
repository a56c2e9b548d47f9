"""FHIR: all regimens in one Bundle, written entry by entry."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Final

from ..extract import Extraction
from ..fhir import entries
from . import Output, Write


def render_entries(extractions: Sequence[Extraction]) -> bytes:
    """Write the entries of a Bundle with commas between them.

    extractions (Sequence[Extraction]): What was found.
    RETURNS (bytes): JSON; empty if no record has a regimen.
    """
    found = (
        json.dumps(entry, ensure_ascii=False, allow_nan=False)
        for extraction in extractions
        for entry in entries(extraction.record.id, extraction.rows("regimens"))
    )
    return ",\n".join(found).encode("utf-8")


@contextmanager
def open_bundle(stream: BinaryIO) -> Iterator[Write]:
    """Write a Bundle, which needs no more memory than one piece.

    stream (BinaryIO): Open for writing.
    YIELDS (Write): Adds entries.
    """
    # FHIR has no empty lists: a Bundle without regimens has no key `entry`.
    before, after = b', "entry": [\n', b""

    def write(piece: bytes) -> None:
        nonlocal before, after
        if piece:
            stream.write(before + piece)
            before, after = b",\n", b"\n]"

    stream.write(b'{"resourceType": "Bundle", "type": "collection"')
    yield write
    stream.write(after + b"}\n")


FHIR: Final = Output(render_entries, open_bundle)
