"""What the place of a fact in its record says: field, arm, criterion, role."""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Final

from en_trial_registry.rendering import find_sections
from en_trial_registry.structure import Segment, read_segments
from en_trial_registry.synonyms import find_synonyms

_CRITERIA: Final = frozenset({"inclusion", "exclusion"})
_ROLE: Final = re.compile(r"(primary|secondary|other)\b", re.IGNORECASE)


class Places:
    """Looks up places in a text.

    text (str): A rendered record, or any text.
    synonyms (dict[str, str]): Names of one thing, from `find_synonyms`.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._segments = read_segments(text)
        self._starts = [segment.start for segment in self._segments]
        self._sections = find_sections(text)
        self.synonyms = find_synonyms(text, self._segments)

    def _at(self, start: int) -> int:
        return bisect_right(self._starts, start) - 1

    def field(self, start: int) -> str | None:
        """Find the kind of line at a place.

        start (int): A character.
        RETURNS (str | None): One of `SEGMENT_KINDS`, e.g. "arm_description".
        """
        at = self._at(start)
        return self._segments[at].kind if at >= 0 else None

    def criterion(self, start: int) -> str | None:
        """Find out which criteria a place belongs to.

        start (int): A character.
        RETURNS (str | None): "inclusion", "exclusion" or None.
        """
        field = self.field(start)
        return field if field in _CRITERIA else None

    def role(self, start: int) -> str | None:
        """Find out which list of outcomes a place belongs to.

        start (int): A character.
        RETURNS (str | None): "primary", "secondary", "other" or None.
        """
        for section in self._sections:
            if section.start <= start < section.end:
                role = _ROLE.match(section.label)
                return role.group(1).lower() if role else None
        return None

    def arm(self, start: int) -> str | None:
        """Find the label of the arm that a place stands in.

        start (int): A character.
        RETURNS (str | None): The label; None outside the arms.
        """
        for segment in reversed(self._segments[: self._at(start) + 1]):
            if segment.kind == "arm_label":
                return self._label(segment)
            if segment.kind not in ("arm_description", "other_names"):
                return None
        return None

    def _label(self, segment: Segment) -> str | None:
        return self._text[segment.start : segment.end].strip() or None


# The three tables of a document are read one after the other.
@lru_cache(maxsize=1)
def read_places(text: str) -> Places:
    """Find the places of a text, once.

    text (str): A rendered record, or any text.
    RETURNS (Places): Its places.
    """
    return Places(text)
