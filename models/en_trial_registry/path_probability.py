"""How probable given entities are to a recogniser; spaCy's gives no scores."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

import numpy
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from en_trial_registry.ner_states import StateScores, transitions

Chances = list[float | None]


def path_probabilities(ner: EntityRecognizer, docs: Sequence[Doc]) -> list[Chances]:
    """Compute how probable each entity is to the transition-based model.

    The probability of an entity is the product of those of its transitions (begin, in,
    last, or unit), each a softmax over the transitions that are valid there, as in the
    loss that the model is trained with.

    ner (EntityRecognizer): Trained, with `extra_state_tokens = false`.
    docs (Sequence[Doc]): Documents after the recogniser's tok2vec.
    RETURNS (list[list[Optional[float]]]): Per document one per entity of `doc.ents`;
        None where the model does not know the label.
    RAISES (ValueError): If the recogniser's states have other features.
    """
    classes = transitions(ner)
    offsets = accumulate((len(doc) for doc in docs), initial=0)
    known = [
        (span, offset)
        for doc, offset in zip(docs, offsets, strict=False)
        for span in doc.ents
        if f"U-{span.label_}" in classes
    ]
    if not known:
        return [[None] * len(doc.ents) for doc in docs]
    spans = [span for span, _ in known]
    scores = _score_states(StateScores(ner, docs), known)
    chances = _chances(numpy.asarray(scores, dtype="d"), spans, classes)
    ends = numpy.cumsum([len(span) for span in spans])[:-1]
    found = iter([float(numpy.prod(part)) for part in numpy.split(chances, ends)])
    labels = {span.label_ for span in spans}
    return [
        [next(found) if span.label_ in labels else None for span in doc.ents]
        for doc in docs
    ]


def _score_states(states: StateScores, spans: Iterable[tuple[Span, int]]) -> Any:
    rows = [
        (offset + i, offset + span.start)
        for span, offset in spans
        for i in range(span.start, span.end)
    ]
    tokens, starts = numpy.array(rows, dtype="i").T
    first = tokens == starts
    scores = states.inside(tokens, starts)
    scores[first] = states.outside(tokens[first])
    return scores


def _chances(scores: Any, spans: Sequence[Span], classes: dict[str, int]) -> Any:
    """Probability of the transition taken in each state."""
    taken: list[int] = []
    valid = numpy.zeros(scores.shape, dtype=bool)
    for span in spans:
        for i, move in enumerate(_moves(len(span))):
            ends = span.start + i == len(span.doc) - 1
            valid[len(taken), _valid(classes, span.label_ if i else "", ends)] = True
            taken.append(classes[f"{move}-{span.label_}"])
    scores = numpy.where(valid, scores, -numpy.inf)
    odds = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    return odds[numpy.arange(len(taken)), taken] / odds.sum(axis=1)


def _valid(classes: dict[str, int], label: str, ends: bool) -> list[int]:
    """What may be done inside an entity of a label, or outside of all.

    The last token of a document can't begin or continue an entity.
    """
    if label:
        return [classes[f"{move}-{label}"] for move in ("L" if ends else "IL")]
    moves = "U" if ends else "BU"
    named = (i for name, i in classes.items() if name[0] in moves and len(name) > 2)
    return [*named, classes["O"]]


def _moves(length: int) -> str:
    return "U" if length == 1 else f"B{'I' * (length - 2)}L"
