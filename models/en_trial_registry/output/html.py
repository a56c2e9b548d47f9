"""An HTML page of records with their entities marked, drawn by displaCy."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final, NamedTuple

from spacy import displacy

from ..extract import Extraction
from ..schema import ENTITY_LABELS, LABEL_COLORS
from . import Output
from .files import framed
from .html_facts import anchor, facts_html
from .table import counted

_STYLE: Final = """\
:root { color-scheme: light dark; }
body { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 5rem;
  background: Canvas; color: CanvasText;
  font: 1.0625rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.25rem; margin: 0 0 .75rem; }
h2 { font-size: 1.5rem; margin: 0; line-height: 1.25; }
h3 { font-size: 1rem; margin: 1.75rem 0 .25rem; letter-spacing: .02em;
  border-bottom: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); }
h3 .entities { line-height: inherit !important; }
.facts { margin: .125rem 0 0; opacity: .7; font-size: .875rem; }
section { margin-top: 3rem; }
.legend { display: grid; grid-template-columns: max-content 1fr; gap: .3rem .75rem;
  margin: 0; font-size: .875rem; align-items: baseline; }
.legend dd { margin: 0; }
.entities { white-space: pre-wrap; overflow-wrap: anywhere;
  line-height: 1.75 !important; }
mark { color: #111; padding: .1em .3em; border-radius: .25em;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; }
mark span { font-size: .62em; font-weight: 600; letter-spacing: .03em;
  margin-left: .5em; opacity: .75; white-space: nowrap; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .875rem; }
caption { text-align: left; font-weight: 600; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0;
  border-bottom: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); }
mark:target { outline: 2px solid CanvasText; }
@media print { section { break-before: page; } mark { print-color-adjust: exact; } }
"""

_HEAD: Final = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
{legend}
</header>
<main>
"""
_FOOT: Final = "</main>\n</body>\n</html>\n"
_TITLE: Final = "Entities in registry records"
_MARK: Final = (
    '<mark class="entity" id="{id}" style="background: {bg}">{text}'
    "<span>{label}</span></mark>"
)


class Part(NamedTuple):
    """A stretch of the text: a section's heading, or what stands below one."""

    start: int
    end: int
    is_heading: bool


def render_html(extractions: Sequence[Extraction]) -> bytes:
    """Draw records.

    extractions (Sequence[Extraction]): What was found in them.
    RETURNS (bytes): Their `section` elements.
    """
    return "".join(map(record_html, extractions)).encode("utf-8")


def html_page() -> Output:
    """Make the output of one page that needs no other file.

    RETURNS (Output): The page.
    """
    head = _HEAD.format(title=_TITLE, style=_STYLE, legend=_legend())
    return Output(render_html, framed(head=head.encode(), tail=_FOOT.encode()))


def record_html(extraction: Extraction) -> str:
    """Draw one record.

    extraction (Extraction): What was found in the record.
    RETURNS (str): A `section` element; every character of the text stands in it.
    """
    record = extraction.record
    facts = f"{record.source} · {counted(len(extraction.entities))}"
    parts = "\n".join(_part_html(extraction, part) for part in _parts(extraction))
    return (
        f"<section>\n<h2>{escape(record.id)}</h2>\n"
        f'<p class="facts">{escape(facts)}</p>\n{facts_html(extraction)}\n'
        f"{parts}\n</section>\n"
    )


def _legend() -> str:
    rows = "\n".join(
        f'<dt><mark style="background: {LABEL_COLORS[label]}">{label}</mark></dt>'
        f"<dd>{escape(definition)}</dd>"
        for label, definition in ENTITY_LABELS.items()
    )
    return f'<dl class="legend">\n{rows}\n</dl>'


def _parts(extraction: Extraction) -> Iterator[Part]:
    """Cut the whole text at its sections and below their headings."""
    end = 0
    text = extraction.record.text
    for section in extraction.sections:
        yield from _text_part(text, end, section.start)
        end = section.start
        # The header has no heading line of its own.
        if text.startswith(section.label, section.start):
            end += len(section.label)
            yield Part(section.start, end, True)
        yield from _text_part(text, end, section.end)
        end = section.end
    yield from _text_part(text, end, len(text))


def _text_part(text: str, start: int, end: int) -> Iterator[Part]:
    """Yield the stretch without empty lines around it, if anything is left."""
    words = text[start:end]
    if words.strip():
        start += len(words) - len(words.lstrip("\r\n"))
        yield Part(start, start + len(words.strip("\r\n")), False)


def _part_html(extraction: Extraction, part: Part) -> str:
    markup: str = displacy.render(
        {
            "text": extraction.record.text[part.start : part.end],
            "ents": [*_marks(extraction, part)],
        },
        style="ent",
        manual=True,
        jupyter=False,
        options={"colors": LABEL_COLORS, "template": _MARK},
    )
    return f"<h3>{markup}</h3>" if part.is_heading else markup


def _marks(extraction: Extraction, part: Part) -> Iterator[dict[str, object]]:
    """Yield the entities inside a part; one across parts is marked in each."""
    for entity in extraction.entities:
        start, end = max(entity.start, part.start), min(entity.end, part.end)
        if start < end:
            yield {
                "start": start - part.start,
                "end": end - part.start,
                "label": escape(entity.label),
                "params": {"id": escape(anchor(extraction, entity.start))},
            }
