"""The factory `batched_ner`: spaCy's `ner`, which decides for all tokens at once.

spaCy walks through every document token by token, with a small matrix product per
step. Outside of entities its states depend on the next token alone, so here one product
scores them all; only the few words inside of entities are walked through. Entities,
config and stored files are those of `ner`.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, Final

import numpy
from spacy.attrs import ENT_IOB, IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.pipeline.ner import DEFAULT_NER_MODEL
from spacy.tokens import Doc, Span
from thinc.api import Model

from en_trial_registry.ner_states import N_FEATURES, StateScores, transitions

Found = tuple[int, int, str]

# Longer entities are walked through only where none began before.
_SIDE_BY_SIDE: Final = 32
_OPEN: Final = -1


@Language.factory(
    "batched_ner",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={
        "moves": None,
        "update_with_oracle_cut_size": 100,
        "model": DEFAULT_NER_MODEL,
        "incorrect_spans_key": None,
        "scorer": {"@scorers": "spacy.ner_scorer.v1"},
    },
    default_score_weights={
        "ents_f": 1.0,
        "ents_p": 0.0,
        "ents_r": 0.0,
        "ents_per_type": None,
    },
)
def make_batched_ner(
    nlp: Language,
    name: str,
    model: Model[list[Doc], Any],
    moves: Any,
    update_with_oracle_cut_size: int,
    incorrect_spans_key: str | None,
    scorer: Callable[..., dict[str, Any]] | None,
) -> "BatchedEntityRecognizer":
    """Make the component; all settings are those of spaCy's `ner`.

    nlp (Language): The pipeline.
    name (str): The component's name in it.
    model (Model[list[Doc], ParserStepModel]): A `TransitionBasedParser` for `ner`.
    moves (Optional[TransitionSystem]): None for one with the labels of the examples.
    update_with_oracle_cut_size (int): Words of the pieces that it learns from.
    incorrect_spans_key (Optional[str]): Key of spans known to be no entities.
    scorer (Optional[Callable]): Scores examples.
    RETURNS (BatchedEntityRecognizer): The component.
    """
    return BatchedEntityRecognizer(
        nlp.vocab,
        model,
        name,
        moves=moves,
        update_with_oracle_cut_size=update_with_oracle_cut_size,
        incorrect_spans_key=incorrect_spans_key,
        scorer=scorer,
    )


class BatchedEntityRecognizer(EntityRecognizer):  # type: ignore[misc]
    """spaCy's EntityRecognizer with another way to the same entities.

    Documents with entities or sentences that are set already, and models with
    `extra_state_tokens`, go spaCy's way.
    """

    def predict(self, docs: Sequence[Doc]) -> Any:
        """Find the entities of documents, without setting them.

        docs (Sequence[Doc]): Documents.
        RETURNS (list[list[Found]] | list[StateClass]): Per document its entities as
            first token, token after the last, and label; or spaCy's final states.
        """
        docs = [docs] if isinstance(docs, Doc) else list(docs)
        n_features = self.model.get_ref("lower").get_dim("nF")
        if n_features != N_FEATURES or not all(map(_is_bare, docs)):
            return super().predict(docs)
        if not any(docs):
            return [[] for _ in docs]
        return _Decoder(self, docs).decode()

    def set_annotations(self, docs: Sequence[Doc], found: Any) -> None:
        """Set the entities of documents.

        docs (Sequence[Doc]): The documents.
        found (list[list[Found]] | list[StateClass]): Result of `predict`.
        """
        if not all(isinstance(entities, list) for entities in found):
            super().set_annotations(docs, found)
            return
        for doc, entities in zip(docs, found, strict=True):
            spans = [Span(doc, start, end, label) for start, end, label in entities]
            doc.set_ents(spans, default="outside")


def _is_bare(doc: Doc) -> bool:
    given = doc.to_array([ENT_IOB, SENT_START])
    return not given[:, 0].any() and not (given[1:, 1] == 1).any()


class _Decoder:
    """Takes the best valid transition of each state, as spaCy's greedy parse.

    All documents lie one after another; an entity is known by its first token.
    """

    def __init__(self, ner: EntityRecognizer, docs: Sequence[Doc]) -> None:
        self.states = StateScores(ner, docs)
        self.bounds = list(accumulate((len(doc) for doc in docs), initial=0))
        self.is_last = numpy.zeros(self.bounds[-1], dtype=bool)
        self.is_last[[end - 1 for end in self.bounds[1:] if end]] = True
        space = numpy.concatenate([doc.to_array(IS_SPACE).ravel() for doc in docs])
        columns = transitions(ner)
        unseen = ner.model.attrs["unseen_classes"]
        labels = [name[2:] for name in columns if name.startswith("B-")]
        self.labels = [*labels, *labels, ""]
        self.inner = numpy.array([columns[f"I-{label}"] for label in labels])
        self.outer = numpy.array([columns[f"L-{label}"] for label in labels])
        begin, unit = ([columns[f"{m}-{label}"] for label in labels] for m in "BU")
        scores = self.states.outside(numpy.arange(len(self.is_last), dtype="i"))
        scores[:, list(unseen)] = -numpy.inf
        choices = scores[:, [*begin, *unit, columns["O"]]]
        choices[space.astype(bool), :-1] = -numpy.inf
        choices[self.is_last, : len(labels)] = -numpy.inf
        self.choice = choices.argmax(axis=1)
        self.ends = self._first_ends(len(labels))

    def _first_ends(self, n_labels: int) -> Any:
        """Token after the last of the entity that would begin at each token."""
        ends = numpy.arange(len(self.choice)) + (self.choice < 2 * n_labels)
        starts = numpy.flatnonzero(self.choice < n_labels)
        ends[starts] = _OPEN
        for length in range(1, _SIDE_BY_SIDE):
            if not len(starts):
                break
            closes = self._closes(starts + length, starts)
            ends[starts[closes]] = starts[closes] + length + 1
            starts = starts[~closes]
        return ends

    def _closes(self, tokens: Any, starts: Any) -> Any:
        """Whether entities that began at `starts` end with `tokens`."""
        scores = self.states.inside(tokens, starts)
        row, label = numpy.arange(len(tokens)), self.choice[starts]
        ends = scores[row, self.outer[label]] > scores[row, self.inner[label]]
        return ends | self.is_last[tokens]

    def _walk_on(self, start: int) -> int:
        token = start + _SIDE_BY_SIDE
        while not self._closes(numpy.array([token]), numpy.array([start]))[0]:
            token += 1
        return token + 1

    def decode(self) -> list[list[Found]]:
        """RETURNS (list[list[Found]]): Entities per document."""
        bounds = zip(self.bounds, self.bounds[1:], strict=False)
        candidates = numpy.flatnonzero(self.choice < len(self.labels) - 1).tolist()
        waiting = iter(candidates)
        start = next(waiting, None)
        found: list[list[Found]] = []
        for first, end in bounds:
            entities: list[Found] = []
            after = first
            while start is not None and start < end:
                if start >= after:
                    after = int(self.ends[start])
                    if after == _OPEN:
                        after = self._walk_on(start)
                    label = self.labels[self.choice[start]]
                    entities.append((start - first, after - first, label))
                start = next(waiting, None)
            found.append(entities)
        return found
