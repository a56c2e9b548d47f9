"""What components add to a Span; importing this module registers it.

`span._.value` (dict): what the text says as numbers, units and codes, or None.
`span._.value_reason` (str): in words, why there is no value, or None.
`span._.score` (float): calibrated probability that text and label are right, or None.

All are plain JSON in `doc.user_data`, so they are stored with the document.
"""

from typing import Final

from spacy.tokens import Span

SPAN_EXTENSIONS: Final = ("value", "value_reason", "score")

for _name in SPAN_EXTENSIONS:
    if not Span.has_extension(_name):
        Span.set_extension(_name, default=None)
