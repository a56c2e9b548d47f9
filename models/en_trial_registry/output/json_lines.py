"""JSON lines: one object per record."""

import json
from collections.abc import Sequence
from typing import Final

from ..extract import Extraction
from . import Output
from .files import framed


def render_json_lines(extractions: Sequence[Extraction]) -> bytes:
    """Write extractions as JSON, one a line.

    extractions (Sequence[Extraction]): What was found.
    RETURNS (bytes): The lines.
    """
    lines = (
        json.dumps(found.to_json(), ensure_ascii=False, allow_nan=False) + "\n"
        for found in extractions
    )
    return "".join(lines).encode("utf-8")


JSON_LINES: Final = Output(render_json_lines, framed())
