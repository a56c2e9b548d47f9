"""How a record becomes text: cleaning of its fields and the layout of the lines.

Annotated offsets depend on every character made here; changing a rule means new
annotation.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from .records import Arm, Intervention, Outcome, Record

HEADER: Final = "Header"
HEADINGS: Final[tuple[str, ...]] = (
    "Brief summary",
    "Detailed description",
    "Arms",
    "Interventions",
    "Primary outcomes",
    "Secondary outcomes",
    "Eligibility criteria",
)
ID_LINE: Final = re.compile(r"\s*(NCT\d{8})[ \t]*(?:\r?\n|\Z)")

_ESCAPE = re.compile(r"\\([<>\[\]*_~#+&=^|-])")
_ITEM = re.compile(r"(?:[-*•]|\d{1,2}[.)]|[A-Za-z][.)]|[ivxlcdm]+[.)])\s")
_CRITERIA = re.compile(r"criteri(?:a|on):?\Z", re.IGNORECASE)
_HEADING_LINE = re.compile(
    rf"(?:\A|(?<=\n\n)|(?<=\n\r\n))({'|'.join(HEADINGS)})[ \t]*(?=\r?\n|\Z)"
)


class FieldSpan(NamedTuple):
    """A field of the record and where it stands in the text.

    path (str): e.g. "brief_title", "conditions[1]", "arms[0].description".
    start (int): First character.
    end (int): Character after the last.
    """

    path: str
    start: int
    end: int


class SectionSpan(NamedTuple):
    """A section of the text, from its heading to the end of its last line.

    label (str): The heading as rendered; "Header" for id, titles and conditions.
    start (int): First character.
    end (int): Character after the last.
    """

    label: str
    start: int
    end: int


class Piece(NamedTuple):
    """A stretch of a line: a cleaned field, or fixed text when `path` is empty."""

    path: str
    text: str


Line = list[Piece]


@dataclass(frozen=True)
class Rendering:
    """The text of a record with the places of its fields and sections."""

    text: str
    fields: tuple[FieldSpan, ...]
    sections: tuple[SectionSpan, ...]


def many(text: str) -> str:
    """Clean a field that may hold paragraphs and lists.

    text (str): The field as the source gives it.
    RETURNS (str): The cleaned text; each paragraph and list item is one line.
    """
    result: list[str] = []
    joins = False
    for line in _clean_lines(text):
        if joins and line and not _ITEM.match(line):
            result[-1] += " " + line
        elif line:
            result.append(line)
        joins = bool(line) and not _CRITERIA.search(line)
    return "\n".join(result)


def one(text: str) -> str:
    """Clean a field that is rendered on a single line.

    text (str): The field as the source gives it.
    RETURNS (str): The cleaned text without line breaks.
    """
    return re.sub(r"\s+", " ", many(text)).strip()


def _clean_lines(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u00a0", " ").replace("\t", " ")
    text = _ESCAPE.sub(r"\1", text)
    text = re.sub(r" +", " ", text)
    return [line.strip() for line in text.split("\n")]


def render(record: "Record") -> Rendering:
    """Render a record, or take the text of a plain text record as it is.

    record (Record): The record.
    RETURNS (Rendering): Its text and the places of its fields and sections.
    """
    if record.plain_text is not None:
        return _render_plain(record.plain_text)
    writer = _Writer()
    writer.section(HEADER, _header(record))
    bodies: tuple[Iterable[Line], ...] = (
        _block("brief_summary", record.brief_summary),
        _block("detailed_description", record.detailed_description),
        _arms(record.arms),
        _interventions(record.interventions),
        _outcomes("primary_outcomes", record.primary_outcomes),
        _outcomes("secondary_outcomes", record.secondary_outcomes),
        _block("criteria", record.criteria),
    )
    for heading, lines in zip(HEADINGS, bodies, strict=True):
        writer.section(heading, lines)
    return writer.rendering()


def find_sections(text: str) -> tuple[SectionSpan, ...]:
    """Find the sections of a rendered record in its text alone.

    text (str): Any text.
    RETURNS (tuple[SectionSpan, ...]): Its sections in order; none if the text has
        neither an id line nor a heading after an empty line.
    """
    starts = [(m.group(1), m.start()) for m in _HEADING_LINE.finditer(text)]
    if not starts and not ID_LINE.match(text):
        return ()
    starts.insert(0, (HEADER, 0))
    ends = [start for _, start in starts[1:]] + [len(text)]
    spans = []
    for (label, start), end in zip(starts, ends, strict=True):
        body = text[start:end]
        if body.strip():
            start += len(body) - len(body.lstrip())
            spans.append(SectionSpan(label, start, start + len(body.strip())))
    return tuple(spans)


def _render_plain(text: str) -> Rendering:
    fields = (FieldSpan("text", 0, len(text)),)
    return Rendering(text, fields, find_sections(text))


def _header(record: "Record") -> Iterator[Line]:
    yield [Piece("id", one(record.id))]
    if title := one(record.brief_title):
        yield [Piece("brief_title", title)]
    if title := one(record.official_title):
        yield [Piece("", "Official title: "), Piece("official_title", title)]
    if conditions := _list("conditions", record.conditions):
        yield [Piece("", "Conditions: "), *conditions]


def _arms(arms: "tuple[Arm, ...]") -> Iterator[Line]:
    for i, arm in enumerate(arms):
        path = f"arms[{i}]"
        yield _titled(path, "label", type=arm.type or "Arm", name=arm.label)
        yield from _block(f"{path}.description", arm.description)


def _interventions(interventions: "tuple[Intervention, ...]") -> Iterator[Line]:
    for i, item in enumerate(interventions):
        path = f"interventions[{i}]"
        yield _titled(path, "name", type=item.type or "Other", name=item.name)
        yield from _block(f"{path}.description", item.description)
        if names := _list(f"{path}.other_names", item.other_names):
            yield [Piece("", "Other names: "), *names]


def _outcomes(name: str, outcomes: "tuple[Outcome, ...]") -> Iterator[Line]:
    for i, outcome in enumerate(outcomes):
        path = f"{name}[{i}]"
        line = [Piece(f"{path}.measure", one(outcome.measure))]
        if time_frame := one(outcome.time_frame):
            line += [
                Piece("", " [Time Frame: "),
                Piece(f"{path}.time_frame", time_frame),
                Piece("", "]"),
            ]
        yield line
        yield from _block(f"{path}.description", outcome.description)


def _titled(path: str, name_key: str, *, type: str, name: str) -> Line:
    line = [Piece("", "["), Piece(f"{path}.type", one(type)), Piece("", "]")]
    if cleaned := one(name):
        line += [Piece("", " "), Piece(f"{path}.{name_key}", cleaned)]
    return line


def _block(path: str, text: str) -> list[Line]:
    cleaned = many(text)
    return [[Piece(path, cleaned)]] if cleaned else []


def _list(path: str, values: tuple[str, ...]) -> Line:
    """Join the values with semicolons; an empty one among them keeps its place."""
    line: Line = []
    for i, value in enumerate(values):
        line += [Piece("", "; ")] if line else []
        line.append(Piece(f"{path}[{i}]", one(value)))
    return line if any(piece.path and piece.text for piece in line) else []


class _Writer:
    """Collects lines and notes where each field and section comes to stand."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.fields: list[FieldSpan] = []
        self.sections: list[SectionSpan] = []

    def section(self, label: str, lines: Iterable[Line]) -> None:
        """Write a section with its heading; nothing if it has no lines."""
        body = [line for line in lines if any(piece.text for piece in line)]
        if not body:
            return
        if self.sections:
            self._write("\n")
        start = self.length
        if label != HEADER:
            self._write(label + "\n")
        for line in body:
            self._line(line)
        self.sections.append(SectionSpan(label, start, self.length - 1))

    def _line(self, line: Line) -> None:
        for path, text in _strip([piece for piece in line if piece.text]):
            if path:
                span = FieldSpan(path, self.length, self.length + len(text))
                self.fields.append(span)
            self._write(text)
        self._write("\n")

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def rendering(self) -> Rendering:
        return Rendering("".join(self.parts), tuple(self.fields), tuple(self.sections))


def _strip(line: Line) -> Line:
    """Drop white space at the ends; only fixed text beside empty fields has any."""
    line[0] = line[0]._replace(text=line[0].text.lstrip())
    line[-1] = line[-1]._replace(text=line[-1].text.rstrip())
    return line
