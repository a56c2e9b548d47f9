"""How probable given entities are to a recogniser; spaCy's gives no scores."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

N_FEATURES: Final = 3


def path_probabilities(ner: EntityRecognizer, doc: Doc) -> list[float | None]:
    """Compute how probable each entity is to the transition-based model.

    The probability of an entity is the product of those of its transitions (begin, in,
    last, or unit), each a softmax over the transitions that are valid there, as in the
    loss that the model is trained with. What stands before an entity does not matter to
    these states (first word of the buffer, first and last word of the open entity), so
    all transitions of all entities are scored at once.

    ner (EntityRecognizer): Trained, with `extra_state_tokens = false`.
    doc (Doc): A document after the recogniser's tok2vec.
    RETURNS (list[Optional[float]]): One per entity of `doc.ents`; None where the model
        does not know the label.
    RAISES (ValueError): If the recogniser's states have other features.
    """
    classes = _classes(ner)
    known = [span for span in doc.ents if f"U-{span.label_}" in classes]
    if not known:
        return [None] * len(doc.ents)
    step = ner.model.predict([doc])
    if step.state2vec.nF != N_FEATURES:
        raise ValueError(
            "Entities can't be scored: the recogniser was trained with "
            "extra_state_tokens; train it without, or leave out 'entity_scores'."
        )
    hidden = step.state2vec.predict(_states(known))
    scores = step.vec2scores.predict(hidden) if step.vec2scores else hidden
    chances = _chances(numpy.asarray(scores, dtype="d"), known, classes)
    ends = numpy.cumsum([len(span) for span in known])[:-1]
    found = iter([float(numpy.prod(part)) for part in numpy.split(chances, ends)])
    labels = {span.label_ for span in known}
    return [next(found) if span.label_ in labels else None for span in doc.ents]


def _classes(ner: EntityRecognizer) -> dict[str, int]:
    moves = ner.moves
    return {moves.get_class_name(i): i for i in range(moves.n_moves)}


def _states(spans: Iterable[Span]) -> Any:
    """Tokens that the model sees at each transition, as spaCy's `StateC` gives them."""
    rows = [
        (i, span.start, i - 1) if i > span.start else (i, -1, -1)
        for span in spans
        for i in range(span.start, span.end)
    ]
    return numpy.array(rows, dtype="i")


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
