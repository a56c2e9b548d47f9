"""The model card: metadata of the pipeline and the text that the wheel carries."""

from collections.abc import Iterable, Sequence
from importlib.metadata import metadata
from typing import Any, Final

SOURCES: Final = [
    {
        "name": "Authored records of en_trial_registry, annotated as they were written",
        "license": "MIT",
        "url": "",
    },
    {
        "name": "ClinicalTrials.gov records (texts not included)",
        "license": "Terms and Conditions of ClinicalTrials.gov",
        "url": "https://clinicaltrials.gov/about-site/terms-conditions",
    },
]
USAGE: Final = """```python
import spacy

nlp = spacy.load("en_trial_registry")
doc = nlp("Patients receive 150 mg aspirin by mouth twice daily for 12 weeks.")
print([(ent.text, ent.label_) for ent in doc.ents])
```

    python -m en_trial_registry extract RECORD... -o facts.jsonl"""
LIMITS: Final = (
    "English registry records only. Trained and tested on records as "
    "ClinicalTrials.gov publishes them, rendered as text by this package; text of "
    "another kind (articles, protocols, clinical notes) was not measured. Names of "
    "interventions are the weakest label, above all where a record has no list of "
    "interventions. Not a medical device: do not decide about a person's treatment or "
    "trial participation from its output without reading the record."
)
METHODS: Final = ("on gold entities", "end to end")
LABEL_HEAD: Final = ("label", "P", "R", "F1 strict", "F1 overlap", "support")
VALUE_SCORES: Final = ("accuracy", "coverage", "wrong_rate")
VALUE_HEAD: Final = ("kind", "n", "accuracy of given", "coverage", "wrong values")

Json = dict[str, Any]


def make_meta(trained: Json, scores: Json, values: Json | None = None) -> Json:
    """Make the metadata of the packaged pipeline.

    trained (dict[str, Any]): `meta.json` of the trained pipeline.
    scores (dict[str, Any]): The evaluation's `report.json`; or `entities.json`, which
        has no links and no calibration.
    values (dict[str, Any] | None): The evaluation's `values.json`.
    RETURNS (dict[str, Any]): The metadata; scores are copied, never typed. spaCy's own
        `performance` is a score on dev and is left out, since cards show it unlabelled.
    """
    package = metadata("en_trial_registry")
    return {
        **trained,
        "lang": "en",
        "name": "trial_registry",
        "version": package["Version"],
        "description": package["Summary"],
        "author": "the en_trial_registry authors",
        "license": package["License-Expression"] or "MIT",
        "sources": SOURCES,
        "notes": LIMITS,
        "performance": {},
        "evaluation": {
            name: _summary(source) for name, source in scores["sources"].items()
        },
        "values": (values or {}).get("parts", {}),
    }


def _summary(source: Json) -> Json:
    return {
        "documents": source["documents"],
        "words": source["words"],
        **_scores(source["scores"]["micro"]),
        "labels": {
            label: _scores(scores)
            for label, scores in source["scores"].items()
            if label != "micro"
        },
        "relations": {
            method: {label: _prf(score) for label, score in own.items()}
            for method, own in source.get("relations", {}).items()
            if method in METHODS
        },
        "calibration": {
            kind: {key: own[key] for key in ("n", "ece", "ece_interval")}
            for kind, own in source.get("calibration", {}).items()
            if own
        },
    }


def _prf(score: Json) -> Json:
    return {
        "p": score["precision"],
        "r": score["recall"],
        "f": score["f1"],
        "interval": score["f1_interval"],
        "support": score["tp"] + score["fn"],
    }


def _scores(scores: Json) -> Json:
    strict, overlap = _prf(scores["strict"]), _prf(scores["overlap"])
    support = strict.pop("support")
    overlap.pop("support")
    return {"strict": strict, "overlap": overlap, "support": support}


def render_card(meta: Json) -> str:
    """Write the model card as Markdown, for the wheel's metadata.

    meta (dict[str, Any]): Metadata of `make_meta`.
    RETURNS (str): Description, how to use it, scores per text source, data and limits.
    """
    parts = [
        f"# en_trial_registry {meta['version']}",
        meta["description"],
        USAGE,
        "## Scores",
        "Strict: exact span and label; links: both ends exact. In brackets: 95 % "
        "interval, bootstrap over documents. Text sources are never pooled; `-dev` "
        "sets were used to choose settings, `-test` sets were not.",
        *(_source_card(name, one) for name, one in meta["evaluation"].items()),
        *(_values_card(part, kinds) for part, kinds in meta["values"].items()),
        "## Data",
        "\n".join(_source_line(source) for source in meta["sources"]),
        "Records were split by id; near-duplicates fall on the same side.",
        "## Limits",
        meta["notes"],
        "## Licence",
        f"Code and trained pipeline: {meta['license']}.",
    ]
    return "\n\n".join(parts) + "\n"


def _source_card(name: str, source: Json) -> str:
    title = f"### {name}: {source['documents']} documents, {source['words']:,} words"
    rows = [*source["labels"].items(), ("all (micro)", source)]
    parts = [title, _table(LABEL_HEAD, (_row(*row) for row in rows))]
    if source["relations"]:
        parts.append(_links_card(source["relations"]))
    if source["calibration"]:
        parts.append(_calibration_line(source["calibration"]))
    return "\n\n".join(parts)


def _row(label: str, scores: Json) -> list[str]:
    strict = scores["strict"]
    return [
        label,
        _number(strict["p"]),
        _number(strict["r"]),
        _between(strict["f"], strict["interval"]),
        _number(scores["overlap"]["f"]),
        str(scores["support"]),
    ]


def _links_card(methods: Json) -> str:
    labels = next(iter(methods.values()))
    rows = (
        [
            "all (micro)" if label == "micro" else label,
            *(
                _between(own[label]["f"], own[label]["interval"])
                for own in methods.values()
            ),
            str(labels[label]["support"]),
        ]
        for label in labels
    )
    return _table(("link", *(f"F1 {name}" for name in methods), "support"), rows)


def _calibration_line(calibration: Json) -> str:
    errors = "; ".join(
        f"{kind} {_between(own['ece'], own['ece_interval'])} of {own['n']:,}"
        for kind, own in calibration.items()
    )
    return f"Expected calibration error of the confidence: {errors}."


def _values_card(part: str, kinds: Json) -> str:
    title = f"### Values of short strings: {part}"
    rows = (
        [
            kind,
            str(own["n"]),
            *(_between(own[name], own[f"{name}_interval"]) for name in VALUE_SCORES),
        ]
        for kind, own in kinds.items()
    )
    return f"{title}\n\n{_table(VALUE_HEAD, rows)}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _between(value: float | None, interval: list[float] | None) -> str:
    low, high = interval or (None, None)
    return f"{_number(value)} [{_number(low)}, {_number(high)}]"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _source_line(source: dict[str, str]) -> str:
    link = f", {source['url']}" if source["url"] else ""
    return f"- {source['name']} ({source['license']}{link})"
