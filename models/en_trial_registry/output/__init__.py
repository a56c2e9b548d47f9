"""Writers of extractions, one file per format.

A writer is a function that takes an Extraction. Where it needs a file, a context
manager opens it and gives the function.
"""

from collections.abc import Callable

from ..extract import Extraction

Write = Callable[[Extraction], None]
