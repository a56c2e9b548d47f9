"""The model card: metadata of the pipeline and the text that the wheel carries."""

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


def make_meta(trained: dict[str, Any], scores: dict[str, Any]) -> dict[str, Any]:
    """Make the metadata of the packaged pipeline.

    trained (dict[str, Any]): `meta.json` of the trained pipeline.
    scores (dict[str, Any]): The evaluation's `entities.json`.
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
    }


def _summary(source: dict[str, Any]) -> dict[str, Any]:
    return {
        "documents": source["documents"],
        "words": source["words"],
        **_scores(source["scores"]["micro"]),
        "labels": {
            label: _scores(scores)
            for label, scores in source["scores"].items()
            if label != "micro"
        },
    }


def _scores(scores: dict[str, Any]) -> dict[str, Any]:
    kinds = {
        kind: {
            "p": scores[kind]["precision"],
            "r": scores[kind]["recall"],
            "f": scores[kind]["f1"],
            "interval": scores[kind]["f1_interval"],
        }
        for kind in ("strict", "overlap")
    }
    counts = scores["strict"]
    return {**kinds, "support": counts["tp"] + counts["fn"]}


def render_card(meta: dict[str, Any]) -> str:
    """Write the model card as Markdown, for the wheel's metadata.

    meta (dict[str, Any]): Metadata of `make_meta`.
    RETURNS (str): Description, how to use it, scores per text source, data and limits.
    """
    parts = [
        f"# en_trial_registry {meta['version']}",
        meta["description"],
        USAGE,
        "## Scores",
        "Strict: exact span and label. In brackets: 95 % interval, bootstrap over "
        "documents. Text sources are never pooled; `-dev` sets were used to choose "
        "settings, `-test` sets were not.",
        *(_source_card(name, one) for name, one in meta["evaluation"].items()),
        "## Data",
        "\n".join(_source_line(source) for source in meta["sources"]),
        "Records were split by id; near-duplicates fall on the same side.",
        "## Limits",
        meta["notes"],
        "## Licence",
        f"Code and trained pipeline: {meta['license']}.",
    ]
    return "\n\n".join(parts) + "\n"


def _source_card(name: str, source: dict[str, Any]) -> str:
    title = f"### {name}: {source['documents']} documents, {source['words']:,} words"
    rows = [*source["labels"].items(), ("all (micro)", source)]
    head = "| label | P | R | F1 strict | F1 overlap | support |\n| --- " + "| --- " * 5
    return "\n".join([title, "", head + "|", *(_row(*row) for row in rows)])


def _row(label: str, scores: dict[str, Any]) -> str:
    strict = scores["strict"]
    low, high = strict["interval"] or (None, None)
    cells = [
        _number(strict["p"]),
        _number(strict["r"]),
        f"{_number(strict['f'])} [{_number(low)}, {_number(high)}]",
        _number(scores["overlap"]["f"]),
        str(scores["support"]),
    ]
    return f"| {label} | {' | '.join(cells)} |"


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _source_line(source: dict[str, str]) -> str:
    link = f", {source['url']}" if source["url"] else ""
    return f"- {source['name']} ({source['license']}{link})"
