"""What comes after a merge: checking, converting, training."""

from pathlib import Path

import spacy
from spacy.cli.train import train
from spacy.tokens import DocBin
from typer.testing import CliRunner

from corpus.__main__ import app
from corpus.annotation import AnnotatedRecord
from corpus.docbin import TOKENIZER, blank_pipeline
from corpus.layout import Layout

Spans = list[tuple[int, int, str]]


def run_corpus(layout: Layout, *arguments: str) -> str:
    """Run a command of the corpus that has to succeed."""
    result = CliRunner().invoke(app, [*arguments, "--corpus", str(layout.root)])
    assert result.exit_code == 0, result.output
    return result.output


def spans_to_train_on(layout: Layout) -> dict[str, Spans]:
    """Convert a corpus, and read its training data: spans by text."""
    run_corpus(layout, "convert")
    docbin = DocBin().from_disk(layout.output / "train.spacy")
    return {
        doc.text: [(e.start_char, e.end_char, e.label_) for e in doc.ents]
        for doc in docbin.get_docs(blank_pipeline().vocab)
    }


def spans_of(record: AnnotatedRecord) -> Spans:
    return [(e.start, e.end, e.label) for e in record.entities]


def train_some_steps(layout: Layout, folder: Path) -> spacy.Language:
    """Train a small entity recogniser on a converted corpus."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.add_pipe("ner")
    nlp.config.to_disk(folder / "small.cfg")
    overrides = {
        "paths.train": str(layout.output / "train.spacy"),
        "paths.dev": str(layout.output / "dev.spacy"),
        "training.max_steps": 4,
        "training.eval_frequency": 2,
    }
    train(folder / "small.cfg", folder / "trained", overrides=overrides)
    return spacy.load(folder / "trained" / "model-last")
