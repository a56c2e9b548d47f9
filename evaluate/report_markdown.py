"""The report as tables for people, written from its JSON."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from .bootstrap import Interval
from .markdown import ABSENT, number, table

Json = Mapping[str, Any]
METHODS: Final = ("on gold entities", "end to end")
CALIBRATED: Final = ("entities", "relations on gold entities")
SUMMARY_HEAD: Final = (
    *("source (documents)", "entities strict F1", "overlap F1"),
    *(f"relations {method} F1" for method in METHODS),
    *(f"calibration error, {kind}" for kind in CALIBRATED),
)
ENTITY_HEAD: Final = (
    *("label", "precision", "recall", "strict F1", "overlap F1"),
    *("support", "predicted", "documents"),
)
RELATION_HEAD: Final = ("relation", "links")
PLACE_HEAD: Final = ("ends of the link", "links")
GROUP_HEAD: Final = ("group", "records")
CALIBRATION_HEAD: Final = (
    *("confidence of", "n", "expected calibration error"),
    "with bins of equal width",
)
LIMIT_HEAD: Final = ("lowest score", "precision", "recall", "strict F1")
ERROR_HEAD: Final = ("kind", "number", "labels, most often wrong first")
VALUE_HEAD: Final = (
    *("kind", "n", "accuracy of given", "coverage", "wrong-value rate"),
)


def report_markdown(result: Json) -> str:
    """Write the report for people.

    result (Mapping[str, Any]): The JSON of `make_report`, and what was put beside it.
    RETURNS (str): Markdown; every number is one of the JSON.
    """
    pipeline, bootstrap = result["pipeline"], result["bootstrap"]
    lines = [
        f"# Report on {pipeline['name']} {pipeline['version']}",
        "",
        "In brackets: 95 % interval over documents, percentile bootstrap, "
        f"{bootstrap['resamples']:,} draws, seed {bootstrap['seed']}. Text sources are "
        f"never pooled; {ABSENT}: not defined. `-dev` sets were used to choose "
        "settings, `-test` sets were not.",
        "",
        *table(SUMMARY_HEAD, _summary_rows(result["sources"])),
        "",
        "## What was counted",
        "",
        *(f"- **{term}**: {meaning}" for term, meaning in _definitions(result)),
    ]
    for name, source in result["sources"].items():
        lines += ["", *_source_lines(name, source)]
    for part, rows in (result.get("values") or {}).items():
        lines += ["", f"## Values of short strings: {part}", "", *_value_lines(rows)]
    for name in ("seeds", "curve"):
        if result.get(name):
            lines += ["", f"## {name.capitalize()}", "", *run_lines(result[name])]
    return "\n".join(lines) + "\n"


def _summary_rows(sources: Json) -> Iterator[list[str]]:
    for name, source in sources.items():
        micro, calibration = source["scores"]["micro"], source["calibration"]
        yield [
            f"{name} ({source['documents']})",
            _cell(micro["strict"]),
            _cell(micro["overlap"]),
            *(_cell(source["relations"][method]["micro"]) for method in METHODS),
            *(_error_cell(calibration[kind]) for kind in CALIBRATED),
        ]


def _error_cell(calibration: Json | None) -> str:
    if calibration is None:
        return ABSENT
    return number(calibration["ece"], _interval(calibration["ece_interval"]))


def _definitions(result: Json) -> Iterable[tuple[str, str]]:
    definitions: Mapping[str, str] = result["definitions"]
    return definitions.items()


def _source_lines(name: str, source: Json) -> Iterator[str]:
    yield f"## {name}: {source['documents']:,} documents, {source['words']:,} words"
    sections = (
        ("Entities", _entity_lines(source["scores"])),
        ("Relations, F1", _relation_lines(source["relations"])),
        ("Relations by place, micro F1", _place_lines(source["relations_by"])),
        ("Calibration", _calibration_lines(source["calibration"])),
        ("Entities above a lowest score", _limit_lines(source["limits"])),
        ("Errors", _error_lines(source["errors"])),
        ("Groups of records, micro F1", _group_lines(source["groups"])),
    )
    for title, lines in sections:
        yield from ("", f"### {title}", "", *lines)


def _entity_lines(scores: Json) -> list[str]:
    rows = [
        (
            label,
            *(_cell(one["strict"], key) for key in ("precision", "recall", "f1")),
            _cell(one["overlap"]),
            *(f"{one[key]:,}" for key in ("support", "predicted", "documents")),
        )
        for label, one in scores.items()
    ]
    return table(ENTITY_HEAD, rows)


def _relation_lines(methods: Json) -> list[str]:
    labels = next(iter(methods.values()))
    rows = [
        (label, _links(labels[label]), *(_cell(own[label]) for own in methods.values()))
        for label in labels
    ]
    return table((*RELATION_HEAD, *methods), rows)


def _place_lines(places: Json) -> list[str]:
    methods = list(next(iter(places.values())))
    rows = []
    for place, own in places.items():
        rows += [
            (
                f"{place}: {group}",
                _links(score),
                *(_cell(own[method][group]) for method in methods),
            )
            for group, score in own[methods[0]].items()
        ]
    return table((*PLACE_HEAD, *methods), rows)


def _links(score: Json) -> str:
    return f"{score['tp'] + score['fn']:,}"


def _calibration_lines(calibration: Json) -> list[str]:
    rows = [
        (
            name,
            f"{own['n']:,}",
            _error_cell(own),
            number(own["ece_equal_width"]),
        )
        for name, own in calibration.items()
        if own
    ]
    if not rows:
        return ["The pipeline gives no confidence."]
    without = [name for name, own in calibration.items() if not own]
    note = ["", f"No confidence is given of {', '.join(without)}."] if without else []
    return [*table(CALIBRATION_HEAD, rows), *note]


def _limit_lines(limits: Json | None) -> list[str]:
    if limits is None:
        return ["The pipeline gives no confidence."]
    rows = [
        (limit, *(_cell(score, key) for key in ("precision", "recall", "f1")))
        for limit, score in limits.items()
    ]
    return table(LIMIT_HEAD, rows)


def _error_lines(errors: Json) -> list[str]:
    rows = []
    for kind, labels in errors.items():
        often = sorted(labels.items(), key=lambda item: (-item[1], item[0]))
        named = ", ".join(f"{label} {count}" for label, count in often[:6])
        rows.append((kind, f"{sum(labels.values()):,}", named))
    return table(ERROR_HEAD, rows) if rows else ["None."]


def _group_lines(groups: Json) -> list[str]:
    kinds: list[str] = []
    rows = []
    for way, named in groups.items():
        for name, own in named.items():
            kinds = [kind for kind in own if kind != "documents"]
            cells = (_cell(own[kind]) for kind in kinds)
            rows.append((f"{way}: {name}", f"{own['documents']:,}", *cells))
    return table((*GROUP_HEAD, *kinds), rows)


def _value_lines(rows: Json) -> list[str]:
    names = ("accuracy", "coverage", "wrong_rate")
    return table(
        VALUE_HEAD,
        [
            (kind, f"{own['n']:,}", *(_value_cell(own, name) for name in names))
            for kind, own in rows.items()
        ],
    )


def _value_cell(row: Json, name: str) -> str:
    return number(row[name], _interval(row[f"{name}_interval"]))


def run_lines(shares: Sequence[Json]) -> list[str]:
    """Write mean and deviation of several trainings.

    shares (Sequence[Mapping[str, Any]]): `shares` of the JSON of `curve` or `seeds`.
    RETURNS (List[str]): Lines of Markdown, one row per share of the training records.
    """
    first = shares[0]["sources"]
    columns = [(source, part) for source in first for part in first[source]]
    rows = [
        (
            f"{share['share']} %",
            f"{share['records']:,}",
            ", ".join(str(seed) for seed in share["seeds"]),
            *(_spread(share["sources"][name][part]["micro"]) for name, part in columns),
        )
        for share in shares
    ]
    names = (f"{name}, {part}" for name, part in columns)
    head = ("training records", "number", "seeds", *names)
    note = (
        "Strict micro F1: mean over the seeds ± standard deviation. Relations: end to "
        "end, with one and the same linker."
    )
    return [note, "", *table(head, rows)]


def _spread(score: Json) -> str:
    mean = number(score["mean"])
    return mean if score["sd"] is None else f"{mean} ± {score['sd']:.3f}"


def _cell(score: Json, key: str = "f1") -> str:
    return number(score[key], _interval(score[f"{key}_interval"]))


def _interval(ends: list[float] | None) -> Interval | None:
    return None if ends is None else Interval(*ends)
