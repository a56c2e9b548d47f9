"""The registry tokenizer, toy records as documents, a whole toy pipeline."""

from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from toy_records import TOKENIZER, TOY_RECORDS, Marks

# A machine that trains beside the tests is slow; that is no failure.
hypothesis.settings.register_profile("no_deadline", deadline=None)
hypothesis.settings.load_profile("no_deadline")

Annotate = Callable[[str, Marks], Doc]


@pytest.fixture(scope="session")
def registry_nlp() -> Language:
    return spacy.blank("en", config={"nlp": {"tokenizer": TOKENIZER}})


@pytest.fixture(scope="session")
def annotate(registry_nlp: Language) -> Annotate:
    """Give a maker of documents; words are marked in order of their appearance."""

    def make(text: str, marks: Marks) -> Doc:
        doc = registry_nlp(text)
        at, spans = 0, []
        for words, label in marks:
            at = text.index(words, at)
            spans.append(doc.char_span(at, at + len(words), label=label))
            at += len(words)
        doc.ents = spans
        return doc

    return make


@pytest.fixture(scope="session")
def toy_docs(annotate: Annotate) -> list[Doc]:
    return [annotate(text, marks) for text, marks in TOY_RECORDS]


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a small trained pipeline with every component."""
    from scale_toy import make_whole_pipeline

    path = tmp_path_factory.mktemp("whole") / "model"
    make_whole_pipeline().to_disk(path)
    return path
