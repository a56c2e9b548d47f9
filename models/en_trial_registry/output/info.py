"""What a pipeline says about itself: version, labels, scores, sources, licence."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text
from spacy.language import Language

from ..schema import ENTITY_LABELS
from .table import label_mark

_NOT_STATED = "not stated"
_OTHER_LABEL = "not in the label scheme of this package"


def describe(nlp: Language, *, package_version: str) -> dict[str, Any]:
    """Collect what is known about a pipeline. Missing parts are None or empty.

    nlp (Language): The pipeline.
    package_version (str): The version of the installed package.
    RETURNS (dict[str, Any]): Plain JSON types.
    """
    meta = nlp.meta
    return {
        "package_version": package_version,
        "name": f"{meta['lang']}_{meta['name']}",
        "version": meta.get("version") or None,
        "spacy_version": meta.get("spacy_version") or None,
        "description": meta.get("description") or None,
        "components": list(nlp.pipe_names),
        "labels": {label: _definition(label) for label in _labels(nlp)},
        "performance": meta.get("performance") or {},
        "evaluation": meta.get("evaluation") or {},
        "sources": meta.get("sources") or [],
        "license": meta.get("license") or None,
        "notes": meta.get("notes") or None,
    }


def print_info(info: dict[str, Any], console: Console) -> None:
    """Show the description of a pipeline to people.

    info (dict[str, Any]): As `describe` gives it.
    console (Console): Where to.
    """
    _print_facts(info, console)
    _print_labels(info["labels"], console)
    _print_evaluation(info["evaluation"], console)
    _print_performance(info["performance"], console)
    _print_list("Data sources", map(_source_line, info["sources"]), console)
    _print_list("Notes and limits", filter(None, [info["notes"]]), console)


def _labels(nlp: Language) -> list[str]:
    """The labels that the pipeline sets, in the order of the scheme."""
    found = {
        label for name in nlp.pipe_names for label in nlp.pipe_labels.get(name, [])
    }
    known = [label for label in ENTITY_LABELS if label in found]
    return known + sorted(found.difference(known))


def _definition(label: str) -> str:
    return ENTITY_LABELS.get(label, _OTHER_LABEL)


def _print_facts(info: dict[str, Any], console: Console) -> None:
    name = Text(info["name"], style="bold")
    console.print(name, Text(info["version"] or _NOT_STATED))
    if info["description"]:
        console.print(Text(info["description"]))
    table = Table.grid(padding=(0, 2))
    table.add_row("Package", f"en_trial_registry {info['package_version']}")
    table.add_row("spaCy", Text(info["spacy_version"] or _NOT_STATED))
    table.add_row("Components", Text(", ".join(info["components"]) or "none"))
    table.add_row("Licence", Text(info["license"] or _NOT_STATED))
    console.print(table)


def _print_labels(labels: dict[str, str], console: Console) -> None:
    _print_heading("Labels", console)
    table = Table.grid(padding=(0, 2))
    for label, definition in labels.items():
        table.add_row(label_mark(label), Text(definition))
    console.print(table if labels else _NOT_STATED)


def _print_evaluation(evaluation: dict[str, Any], console: Console) -> None:
    """Show a table per text source; sources are never pooled."""
    if not evaluation:
        _print_list("Scores by text source", iter(()), console)
    for source, result in evaluation.items():
        documents = result.get("documents")
        count = "" if documents is None else f", {documents:,} documents"
        _print_heading(f"Scores on {source}{count}", console)
        console.print(_evaluation_table(result))


def _evaluation_table(result: dict[str, Any]) -> RenderableType:
    """Make a row per label and kind of matching (strict, overlap)."""
    table = Table("", "", "P", "R", "F1", "95 %", box=None, padding=(0, 2, 0, 0))
    rows = [(label_mark(name), row) for name, row in result.get("labels", {}).items()]
    for name, scores in [*rows, (Text("all"), result)]:
        for kind, score in scores.items():
            if isinstance(score, dict) and "f" in score:
                numbers = (_number(score.get(key)) for key in "prf")
                table.add_row(name, Text(kind), *numbers, _interval(score))
                name = Text("")
    return table if table.row_count else Text(_NOT_STATED)


def _interval(score: dict[str, Any]) -> str:
    return " to ".join(map(_number, score.get("interval") or ()))


def _print_performance(performance: dict[str, Any], console: Console) -> None:
    """Show spaCy's own scores, which are those of the checkpoint that was kept."""
    rows = list(_performance_rows(performance))
    if not rows:
        return
    _print_heading("Scores on development records, while training", console)
    table = Table("", "P", "R", "F1", box=None, padding=(0, 2, 0, 0))
    for name, scores in rows:
        table.add_row(name, *(_number(scores.get(key)) for key in "prf"))
    console.print(table)


def _performance_rows(
    performance: dict[str, Any],
) -> Iterator[tuple[Text, dict[str, Any]]]:
    for label, scores in (performance.get("ents_per_type") or {}).items():
        yield label_mark(label), scores
    if "ents_f" in performance:
        yield Text("all"), {key: performance.get(f"ents_{key}") for key in "prf"}


def _print_list(title: str, lines: Iterator[str], console: Console) -> None:
    _print_heading(title, console)
    for line in list(lines) or [_NOT_STATED]:
        console.print(Text(line))


def _print_heading(title: str, console: Console) -> None:
    console.print()
    console.print(Text(title, style="bold"))


def _source_line(source: Any) -> str:
    """Write a source of spaCy's form: a name, or a mapping with more about it."""
    if not isinstance(source, dict):
        return str(source)
    keys = ("name", "author", "url", "license")
    others = [key for key in source if key not in keys]
    values = [source.get(key) for key in (*keys, *others)]
    return ", ".join(str(value) for value in values if value)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
