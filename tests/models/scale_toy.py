"""A small trained pipeline with every component, and invented records for it."""

import json
import random
from functools import cache

from spacy.training import Example
from spacy.util import fix_random_seed, load_model_from_config
from toy_models import toy_ner, toy_tok2vec
from toy_records import TOKENIZER, TOY_RECORDS

WIDTH = 24
LINKED = {
    "DOSE": ("HAS_DOSE", "INTERVENTION"),
    "FREQUENCY": ("HAS_FREQUENCY", "INTERVENTION"),
    "ROUTE": ("HAS_ROUTE", "INTERVENTION"),
    "DURATION": ("HAS_DURATION", "INTERVENTION"),
    "LAB_THRESHOLD": ("HAS_THRESHOLD", "LAB_TEST"),
    "TIME_FRAME": ("MEASURED_AT", "OUTCOME"),
}


def make_config():
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "attrs": ["LOWER", "SHAPE"],
        "rows": [500, 100],
        "include_static_vectors": False,
    }
    names = ["record_sections", "tok2vec", "ner", "trial_relations", "normalizer"]
    components = {name: {"factory": name} for name in names}
    components["tok2vec"]["model"] = toy_tok2vec(embed)
    components["ner"]["model"] = toy_ner(WIDTH)
    components["trial_relations"]["trees"] = 10
    return {
        "nlp": {"lang": "en", "pipeline": names, "tokenizer": TOKENIZER},
        "components": components,
    }


def annotate(nlp, text, marks):
    """Mark words in their order; what can be linked is linked to the last head."""
    doc = nlp.make_doc(text)
    at, spans, links, heads = 0, [], [], {}
    for words, label in marks:
        at = text.index(words, at)
        span = doc.char_span(at, at + len(words), label=label)
        at += len(words)
        spans.append(span)
        heads[label] = span
        relation, head_label = LINKED.get(label, ("", ""))
        if head_label in heads:
            links.append(make_link(relation, heads[head_label], span))
    doc.ents = spans
    doc._.relations = links
    return doc


def make_link(label, head, child):
    return {
        "label": label,
        "head_start": head.start_char,
        "head_end": head.end_char,
        "child_start": child.start_char,
        "child_end": child.end_char,
        "score": 1.0,
    }


def make_whole_pipeline():
    """Load the trained pipeline anew: what training leaves behind can't be pickled."""
    nlp = load_model_from_config(make_config(), auto_fill=True)
    return nlp.from_bytes(_trained())


@cache
def _trained():
    fix_random_seed(0)
    nlp = load_model_from_config(make_config(), auto_fill=True)
    docs = [annotate(nlp, text, marks) for text, marks in TOY_RECORDS]

    def examples():
        return [Example(nlp.make_doc(doc.text), doc) for doc in docs]

    optimizer = nlp.initialize(lambda: examples() * 10)
    optimizer.learn_rate = 0.005
    for _ in range(40):
        for example in examples():
            nlp.update([example], sgd=optimizer)
    return nlp.to_bytes()


def make_records(count, *, seed=0):
    """Records of very different length, each told from the others by its words."""
    chance = random.Random(seed)
    blocks = [text.split("\n\n") for text, _ in TOY_RECORDS]
    records = []
    for i in range(count):
        parts = [chance.choice(blocks[i % len(blocks)]) for _ in range(i % 7 + 1)]
        text = "\n\n".join([*blocks[i % len(blocks)], *parts])
        records.append({"id": f"NCT{i:08}", "text": f"{text}\n\nRecord word{i} end.\n"})
    return records


def write_records(path, records):
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8")
    return path
