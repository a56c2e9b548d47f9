"""What `verify` compares in the clean environment."""

from typing import Any

import en_trial_registry.extensions  # noqa: F401
import pytest
import spacy
from spacy.tokens import Doc, DocBin, Span

from training.check_installed import check, summary


@pytest.fixture
def doc() -> Doc:
    nlp = spacy.blank("en")
    doc = nlp("Aspirin on days 1 and 8")
    doc.spans["sections"] = []
    doc._.relations = []
    doc.ents = [Span(doc, 1, 6, "FREQUENCY")]
    doc.ents[0]._.value = {"days": [1, 8]}
    doc.ents[0]._.score = 0.9
    return doc


def golden(doc: Doc, **changed: Any) -> list[dict[str, Any]]:
    return [{**summary(doc), **changed}]


def test_docbin_agrees(doc: Doc) -> None:
    again = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    docs = list(DocBin().from_bytes(again).get_docs(doc.vocab))
    assert docs[0].ents[0]._.value == {"days": (1, 8)}
    check("DocBin", docs, golden(doc))


def test_scores_may_differ_in_rounding(doc: Doc) -> None:
    check("nlp.pipe", [doc], golden(doc, scores=[0.9003]))


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("scores", [0.91]),
        ("scores", []),
        ("entities", []),
        ("relations", [{"label": "HAS_DOSE"}]),
        ("text", "Aspirin"),
    ],
)
def test_differences_are_named(doc: Doc, part: str, other: Any) -> None:
    with pytest.raises(SystemExit, match=rf"nlp\.pipe, document 0: {part} differ"):
        check("nlp.pipe", [doc], golden(doc, **{part: other}))
