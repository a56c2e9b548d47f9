"""Invented records with links, and a pipeline that finds some of both."""

import json
from pathlib import Path
from typing import Any

import spacy
from en_trial_registry.relations.links import Link
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from toy_corpus import write_lines

SENTENCES = (
    "Zorbitol 25 mg is given, then wexanib 50 mg.",
    "Wexanib 5 mg and mirapone 10 mg are given.",
    "Mirapone 40 mg; afterwards placebo 9 mg.",
)
DRUGS = ("zorbitol", "wexanib", "mirapone", "placebo")
HEAD = "NCT9000000{number}\nA Phase {phase} Study\nConditions: {conditions}\n\n"
CONDITIONS = ("Asthma", "Lung Cancer; Pain", "Rare Thing")


def make_linked(number: int, sentence: str) -> dict[str, Any]:
    """Label every drug and dose of a sentence; each dose belongs to the drug before."""
    phase, conditions = ("II", "1/2", "4")[number], CONDITIONS[number]
    head = "Brief summary\n"
    text = HEAD.format(number=number, phase=phase, conditions=conditions) + head
    words = sentence.replace(",", " ").replace(";", " ").split(" ")
    entities: list[dict[str, Any]] = []
    at = 0
    for word, following in zip(words, [*words[1:], ""], strict=True):
        drug = word.lower() in DRUGS
        if drug or word.isdigit():
            part = word if drug else f"{word} {following[:2]}"
            at = sentence.index(part, at)
            label = "INTERVENTION" if drug else "DOSE"
            start = len(text) + at
            entities.append(
                {
                    "id": f"e{len(entities)}",
                    **{"start": start, "end": start + len(part), "label": label},
                }
            )
    ids = [entity["id"] for entity in entities]
    pairs = zip(ids[::2], ids[1::2], strict=True)
    relations = [{"label": "HAS_DOSE", "head": a, "child": b} for a, b in pairs]
    return {
        "id": f"NCT9000000{number}",
        "text": f"{text}{sentence}\n",
        **{"entities": entities, "relations": relations, "source": "authored"},
    }


RECORDS = [make_linked(number, line) for number, line in enumerate(SENTENCES)]


def write_records(path: Path) -> Path:
    """Write the records as a gold file."""
    return write_lines(path, RECORDS)


def annotated(nlp: Language, record: dict[str, Any]) -> Doc:
    """Make the gold document of a record."""
    doc = nlp.make_doc(record["text"])
    places = {e["id"]: (e["start"], e["end"]) for e in record["entities"]}
    doc.set_ents(
        [doc.char_span(*places[e["id"]], label=e["label"]) for e in record["entities"]]
    )
    doc._.relations = [
        {**Link(r["label"], *places[r["head"]], *places[r["child"]])._asdict()}
        | {"score": 1.0}
        for r in record["relations"]
    ]
    doc.user_data["record_id"] = record["id"]
    return doc


@Language.component("toy_confidence", assigns=["span._.score"])
def toy_confidence(doc: Doc) -> Doc:
    """Give drugs 0.8 and doses 0.6."""
    for ent in doc.ents:
        ent._.score = 0.8 if ent.label_ == "INTERVENTION" else 0.6
    return doc


def make_pipeline(*, wrong: str | None = None, confident: bool = True) -> Language:
    """Rules for entities, learned links. `wrong`: a word that is taken for a drug."""
    nlp = spacy.blank(
        "en",
        config={
            "nlp": {"tokenizer": {"@tokenizers": "en_trial_registry.Tokenizer.v1"}}
        },
    )
    words = [*DRUGS, *([wrong] if wrong else [])]
    patterns: list[dict[str, Any]] = [
        {"label": "INTERVENTION", "pattern": [{"LOWER": {"IN": words}}]},
        {"label": "DOSE", "pattern": [{"IS_DIGIT": True}, {"LOWER": "mg"}]},
    ]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)  # type: ignore[attr-defined]
    if confident:
        if not Span.has_extension("score"):
            Span.set_extension("score", default=None)
        nlp.add_pipe("toy_confidence")
    docs = [annotated(nlp, record) for record in RECORDS] * 20
    linker = nlp.add_pipe("trial_relations", config={"trees": 20})
    linker.initialize(  # type: ignore[attr-defined]
        lambda: [Example(doc, doc) for doc in docs], nlp=nlp
    )
    nlp.meta.update(name="toy", version="1.2.3")
    return nlp


def read_json(path: Path) -> Any:
    """Read a JSON file."""
    return json.loads(path.read_text(encoding="utf8"))
