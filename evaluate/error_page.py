"""One HTML page of errors in context. It holds record text: not to be committed."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from en_trial_registry.schema import ENTITY_LABELS, RELATIONS
from spacy import displacy

from .errors import KINDS, Error
from .matching import Span

TEMPLATE: Final = Path(__file__).with_name("error_page.html")
CUT: Final = " … "
MARGIN: Final = 150
LABELS: Final = (*ENTITY_LABELS, *RELATIONS)
# Paul Tol's "light" set: black text on each is easy to read.
_COLOURS: Final = (
    *("#77AADD", "#EE8866", "#EEDD88", "#FFAABB", "#99DDFF"),
    *("#44BB99", "#BBCC33", "#AAAA00", "#DDDDDD"),
)
COLOURS: Final = dict(zip(ENTITY_LABELS, _COLOURS, strict=True)) | {
    f"{relation} {end}": colour
    for relation in RELATIONS
    for end, colour in (("head", "#99DDFF"), ("child", "#EEDD88"))
}


def render_errors(pipeline: str, errors: Mapping[str, Sequence[Error]]) -> str:
    """Write the page: every error with its surroundings, and filters.

    pipeline (str): Name and version of the pipeline.
    errors (Mapping[str, Sequence[Error]]): Errors by text source.
    RETURNS (str): HTML without anything to load.
    """
    articles = [
        _article(source, error) for source, own in errors.items() for error in own
    ]
    page = Template(TEMPLATE.read_text(encoding="utf8"))
    return page.substitute(
        pipeline=escape(pipeline),
        sources=_options(errors),
        kinds=_options(KINDS),
        labels=_options(LABELS),
        articles="\n".join(articles),
    )


def snippet(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """Cut out the surroundings of spans.

    text (str): A text.
    spans (Sequence[Span]): Spans of it.
    RETURNS (Tuple[str, List[Span]]): The surroundings within their lines, joined by an
        ellipsis where they lie apart, and the spans within them.
    """
    parts: list[str] = []
    shown: list[Span] = []
    length = 0
    for start, end, own in _windows(text, sorted(spans)):
        part = text[start:end]
        shift = length - start
        shown += ((first + shift, last + shift, label) for first, last, label in own)
        parts.append(part)
        length += len(part) + len(CUT)
    return CUT.join(parts), shown


def _windows(
    text: str, spans: Sequence[Span]
) -> Iterable[tuple[int, int, Sequence[Span]]]:
    windows: list[tuple[int, int, list[Span]]] = []
    for span in spans:
        start, end = _window(text, span)
        if windows and start <= windows[-1][1]:
            before, _, own = windows[-1]
            windows[-1] = (before, max(end, windows[-1][1]), [*own, span])
        else:
            windows.append((start, end, [span]))
    return windows


def _window(text: str, span: Span) -> tuple[int, int]:
    """Go from a span to the ends of its lines, or to a space before that."""
    start = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    end = len(text) if end < 0 else end
    if span[0] - start > MARGIN:
        start = text.find(" ", span[0] - MARGIN, span[0]) + 1 or span[0]
    if end - span[1] > MARGIN:
        at = text.rfind(" ", span[1], span[1] + MARGIN)
        end = span[1] if at < 0 else at
    return start, end


def _options(names: Iterable[str]) -> str:
    return "".join(
        f'<option value="{escape(name)}">{escape(name)}</option>' for name in names
    )


def _article(source: str, error: Error) -> str:
    labels = " ".join(error.labels)
    rows = [
        _row(name, error.document.text, spans)
        for name, spans in (("annotated", error.gold), ("found", error.found))
        if spans
    ]
    return (
        f'<article data-source="{escape(source)}" data-kind="{error.kind}" '
        f'data-label="{escape(labels)}"><header>{escape(source)}, '
        f"{escape(error.document.id)}, character {error.start}: "
        f"<b>{escape(error.detail)}</b> {escape(' as '.join(error.labels))}</header>"
        f"{''.join(rows)}</article>"
    )


def _row(name: str, text: str, spans: Sequence[Span]) -> str:
    cut, shown = snippet(text, spans)
    ents = [
        {"start": start, "end": end, "label": label}
        for start, end, label in sorted(shown)
    ]
    html = displacy.render(
        {"text": cut, "ents": ents, "title": None},
        style="ent",
        manual=True,
        jupyter=False,
        options={"colors": COLOURS},
    )
    return f'<div class="row" data-side="{name}"><span>{name}</span>{html}</div>'
