"""A registry record, its parts, and the error that tells what is wrong with one."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .rendering import FieldSpan, Rendering, SectionSpan, render

__all__ = [
    "Arm",
    "FieldSpan",
    "Intervention",
    "Outcome",
    "Record",
    "RecordError",
    "SectionSpan",
]


class RecordError(ValueError):
    """A record that can't be read: where it stands, what is wrong, what to do.

    problem (str): What is wrong, e.g. "is missing".
    file (str): The file, for an archive with its member.
    record (str): The record's id, or its place in the file.
    field (str): The field as the source names it.
    remedy (str): What to do about it.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str = "",
        record: str = "",
        field: str = "",
        remedy: str = "",
    ) -> None:
        self.problem = problem
        self.file = file
        self.record = record
        self.field = field
        self.remedy = remedy
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        places = [
            self.file,
            f"record {self.record}" if self.record else "",
            f"field {self.field}" if self.field else "",
        ]
        where = ", ".join(place for place in places if place)
        what = f"{where}: {self.problem}" if where else self.problem
        return f"{what}; {self.remedy}." if self.remedy else f"{what}."

    def located(self, *, file: str = "", record: str = "") -> "RecordError":
        """Name the file and the record where the error does not name them yet.

        file (str): The file.
        record (str): The record.
        RETURNS (RecordError): The completed error.
        """
        return RecordError(
            self.problem,
            file=self.file or file,
            record=self.record or record,
            field=self.field,
            remedy=self.remedy,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors cross process borders; the base class would pickle the sentence alone.
        return (_rebuild_error, (self.problem, dict(self.__dict__)))


def _rebuild_error(problem: str, places: Mapping[str, str]) -> RecordError:
    others = {key: places[key] for key in ("file", "record", "field", "remedy")}
    return RecordError(problem, **others)


@dataclass(frozen=True)
class Arm:
    """A group of participants."""

    label: str
    type: str = ""
    description: str = ""


@dataclass(frozen=True)
class Intervention:
    """A treatment as the record lists it."""

    name: str
    type: str = ""
    description: str = ""
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What is measured, and when."""

    measure: str
    time_frame: str = ""
    description: str = ""


@dataclass(frozen=True)
class Record:
    """A registry record. Fields stand as in the source; its text is cleaned.

    id (str): The NCT id, or what the source gives instead.
    source (str): "api-v2", "legacy-xml", "page", "text" or "jsonl".
    plain_text (str | None): The whole text, where the source has text and no fields.
    """

    id: str
    brief_title: str = ""
    official_title: str = ""
    conditions: tuple[str, ...] = ()
    brief_summary: str = ""
    detailed_description: str = ""
    arms: tuple[Arm, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    primary_outcomes: tuple[Outcome, ...] = ()
    secondary_outcomes: tuple[Outcome, ...] = ()
    criteria: str = ""
    source: str = ""
    plain_text: str | None = None

    @cached_property
    def _rendering(self) -> Rendering:
        return render(self)

    @property
    def text(self) -> str:
        """The record as text.

        RETURNS (str): The rendered text; plain text exactly as it came.
        """
        return self._rendering.text

    @property
    def fields(self) -> tuple[FieldSpan, ...]:
        """Every field that is not empty, with its characters.

        RETURNS (tuple[FieldSpan, ...]): In the order of the text, without overlap.
        """
        return self._rendering.fields

    @property
    def sections(self) -> tuple[SectionSpan, ...]:
        """The sections of the text.

        RETURNS (tuple[SectionSpan, ...]): In the order of the text.
        """
        return self._rendering.sections

    def field_at(self, offset: int) -> FieldSpan | None:
        """Find the field that a character belongs to.

        offset (int): The character's place in the text.
        RETURNS (FieldSpan | None): The field; None for headings and separators.
        """
        index = bisect_right(self.fields, offset, key=lambda span: span.start) - 1
        if index < 0 or offset >= self.fields[index].end:
            return None
        return self.fields[index]

    def field_span(self, path: str) -> FieldSpan:
        """Find the characters of a field.

        path (str): The field, e.g. "arms[0].description".
        RETURNS (FieldSpan): Its place in the text.
        RAISES (KeyError): If the record has no such field, or it is empty.
        """
        for span in self.fields:
            if span.path == path:
                return span
        known = ", ".join(span.path for span in self.fields)
        raise KeyError(f"Record {self.id} has no field {path!r}. It has: {known}")
