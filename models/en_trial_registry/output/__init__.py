"""Outputs of extractions, one file per format.

An output has two halves. `render` turns extractions into bytes, in whichever process
or machine the pipeline runs. `open` puts the bytes of many calls into one file, in the
process that was started.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO, NamedTuple

from ..extract import Extraction

Render = Callable[[Sequence[Extraction]], bytes]
"""Turns extractions into a piece of a file; it can be pickled."""

Write = Callable[[bytes], None]
"""Adds a piece to a file."""


class Output(NamedTuple):
    """A way to write extractions.

    render (Render): Makes the pieces.
    open (Callable[[BinaryIO], ContextManager[Write]]): Makes a file of them.
    """

    render: Render
    open: Callable[[BinaryIO], AbstractContextManager[Write]]
