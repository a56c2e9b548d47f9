"""Invented annotated texts for the tests of relations and tables."""

import re

import spacy
from en_trial_registry.relations.links import Link
from spacy.training import Example

# Marked as [text](LABEL:id); `id<head` links to the mention called `head`.
MARK = re.compile(r"\[([^\]\[]+)\]\((\w+):(\w+)(?:<([\w,]+))?\)")
RELATION = {
    "DOSE": "HAS_DOSE",
    "FREQUENCY": "HAS_FREQUENCY",
    "ROUTE": "HAS_ROUTE",
    "DURATION": "HAS_DURATION",
    "LAB_THRESHOLD": "HAS_THRESHOLD",
    "TIME_FRAME": "MEASURED_AT",
}
TEXTS = (
    "[Zorbitol](INTERVENTION:a) [25 mg](DOSE:b<a) plus [wexanib](INTERVENTION:c) "
    "[50 mg](DOSE:d<c) [daily](FREQUENCY:e<a,c)",
    "[5 g](DOSE:b<a) of [mirapone](INTERVENTION:a); [9 g](DOSE:d<c) of "
    "[placebo](INTERVENTION:c)",
    "[ALT](LAB_TEST:a) and [AST](LAB_TEST:b) [< 3 x ULN](LAB_THRESHOLD:c<a,b), "
    "[INR](LAB_TEST:d) [< 2](LAB_THRESHOLD:e<d)",
    "[Pain](OUTCOME:a) [Time Frame: [week 2](TIME_FRAME:b<a)]\n"
    "[Sleep](OUTCOME:c) [Time Frame: [week 4](TIME_FRAME:d<c)]",
)


def blank():
    config = {"nlp": {"tokenizer": {"@tokenizers": "en_trial_registry.Tokenizer.v1"}}}
    return spacy.blank("en", config=config)


def annotate(nlp, marked):
    text, places, links, at = "", {}, [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        words, label, name, heads = mark.groups()
        places[name] = (len(text), len(text) + len(words), label)
        links += [(RELATION[label], h, name) for h in (heads or "").split(",") if h]
        text, at = text + words, mark.end()
    doc = nlp.make_doc(text + marked[at:])
    doc.ents = [doc.char_span(s, e, label=label) for s, e, label in places.values()]
    doc._.relations = [
        {**Link(r, *places[h][:2], *places[c][:2])._asdict(), "score": 1.0}
        for r, h, c in links
    ]
    return doc


def gold_docs(nlp, texts=TEXTS):
    return [annotate(nlp, text) for text in texts]


def trained():
    """A pipeline whose entities come from rules and whose links are learned."""
    nlp = blank()
    docs = gold_docs(nlp)
    ruler = nlp.add_pipe("entity_ruler")
    found = {(ent.label_, ent.text) for doc in docs for ent in doc.ents}
    ruler.add_patterns([{"label": a, "pattern": b} for a, b in sorted(found)])
    component = nlp.add_pipe("trial_relations", config={"trees": 60})
    component.initialize(lambda: [Example(doc, doc) for doc in docs * 20])
    return nlp
