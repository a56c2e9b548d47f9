"""How probable each entity is to spaCy's transition-based recogniser, in all.

The recogniser gives probabilities to what may be done in a state. Outside of entities a
state is the next token alone, so a text is a graph: from every token one way leads to
the next one, outside, and one to the end of each entity that may begin there. As in the
forward algorithm, the probability to come to a token is the sum over all ways to it.
All ways that leave a token add up to one, so nothing has to be summed backward.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from typing import Any, Final, NamedTuple

import numpy
from spacy.attrs import IS_SPACE
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc

from en_trial_registry.ner_states import StateScores, transitions

# More than one half: two entities that overlap can't both have it.
_LIKELY: Final = 0.5
# Ways that begin or go on with less are not followed; the text goes on outside.
_UNLIKELY: Final = 0.02
# Tokens; the longest of the 61,832 annotated entities of train has 55.
_LONGEST: Final = 200


class Found(NamedTuple):
    """An entity.

    start (int): First token in its document.
    end (int): Token after the last.
    label (str): Its label.
    probability (float): Marginal probability to the model.
    """

    start: int
    end: int
    label: str
    probability: float


class Way(NamedTuple):
    """From the state outside before `start` to the one before `end`.

    label (str): Of the entity; empty if none is set.
    probability (float): Given the state before `start`.
    """

    start: int
    end: int
    label: str
    probability: float


class Ways:
    """The ways through documents that lie one after another, by entity.

    ner (EntityRecognizer): Trained, with `extra_state_tokens = false`.
    docs (Sequence[Doc]): Documents after the recogniser's tok2vec, with any token.
    length (int): Number of tokens.
    outside (list[float]): Per token the probability to leave it outside.
    """

    def __init__(self, ner: EntityRecognizer, docs: Sequence[Doc]) -> None:
        self.states = StateScores(ner, docs)
        ends = [end for end in accumulate(map(len, docs)) if end]
        self.length = ends[-1]
        self.is_last = numpy.zeros(self.length, dtype=bool)
        self.is_last[[end - 1 for end in ends]] = True
        columns = transitions(ner)
        self.labels = [name[2:] for name in columns if name.startswith("B-")]
        self.inner = numpy.array([columns[f"I-{label}"] for label in self.labels])
        self.last = numpy.array([columns[f"L-{label}"] for label in self.labels])
        space = numpy.concatenate([doc.to_array(IS_SPACE).ravel() for doc in docs])
        chances = self._outside(columns, ner, space.astype(bool))
        n_labels = len(self.labels)
        self.begin, self.unit = chances[:, :n_labels], chances[:, n_labels:-1]
        entered = self.begin.sum(axis=1) + self.unit.sum(axis=1)
        self.outside = (1 - entered).tolist()

    def _outside(
        self, columns: dict[str, int], ner: EntityRecognizer, space: Any
    ) -> Any:
        """Probabilities to begin an entity, to be one, and of neither, per token."""
        scores = self.states.outside(numpy.arange(self.length, dtype="i"))
        scores[:, list(ner.model.attrs["unseen_classes"])] = -numpy.inf
        begin, unit = ([columns[f"{m}-{x}"] for x in self.labels] for m in "BU")
        scores = scores[:, [*begin, *unit, columns["O"]]].astype("d")
        scores[space, :-1] = -numpy.inf
        scores[self.is_last, : len(begin)] = -numpy.inf
        chances = numpy.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        return numpy.where(chances < _UNLIKELY, 0.0, chances)

    def __iter__(self) -> Iterator[Way]:
        """YIELDS (Way): All that set an entity or give one up, in no order."""
        for token, label in numpy.argwhere(self.unit).tolist():
            chance = float(self.unit[token, label])
            yield Way(token, token + 1, self.labels[label], chance)
        starts, labels = numpy.nonzero(self.begin)
        chances = self.begin[starts, labels]
        length = 1
        while len(starts):
            closing = self._closing(starts + length, starts, labels)
            closed = chances * closing
            named = [self.labels[label] for label in labels]
            yield from _from(starts, length + 1, named, closed)
            chances = chances - closed
            length += 1
            goes_on = (chances > _UNLIKELY) & (length < _LONGEST)
            given_up = ~goes_on & (chances > 0)
            yield from _from(starts[given_up], length, repeat(""), chances[given_up])
            starts, labels, chances = (x[goes_on] for x in (starts, labels, chances))

    def _closing(self, tokens: Any, starts: Any, labels: Any) -> Any:
        """Probabilities that entities that began at `starts` end with `tokens`."""
        scores = self.states.inside(tokens, starts).astype("d")
        row = numpy.arange(len(tokens))
        odds = scores[row, self.inner[labels]] - scores[row, self.last[labels]]
        closing = 1 / (1 + numpy.exp(numpy.minimum(odds, 700)))
        return numpy.where(self.is_last[tokens], 1.0, closing)


def _from(
    starts: Any, length: int, labels: Iterable[str], chances: Any
) -> Iterator[Way]:
    for start, label, chance in zip(
        starts.tolist(), labels, chances.tolist(), strict=False
    ):
        yield Way(start, start + length, label, chance)


def likely_entities(ways: Ways) -> Iterator[Found]:
    """Choose the entities whose marginal probability is more than one half.

    ways (Ways): The ways through some documents.
    YIELDS (Found): Entities by token, which are numbered through all documents.
    """
    begun: dict[int, list[Way]] = {}
    for way in ways:
        begun.setdefault(way.start, []).append(way)
    reached = [0.0] * (ways.length + 1)
    reached[0] = 1.0
    for token, chance in enumerate(ways.outside):
        here = reached[token]
        reached[token + 1] += here * chance
        for way in begun.get(token, ()):
            marginal = here * way.probability
            reached[way.end] += marginal
            if way.label and marginal > _LIKELY:
                yield Found(token, way.end, way.label, min(marginal, 1.0))
