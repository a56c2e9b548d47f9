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

from en_trial_registry.ner_states import StateScores, token_vectors, transitions

# More than one half: two entities that overlap can't both have it.
_LIKELY: Final = 0.5
# Ways that begin or go on with less are not followed; the text goes on outside.
_UNLIKELY: Final = 0.02
# Tokens; the longest of the 61,832 annotated entities of train has 55.
_LONGEST: Final = 200
# Tokens whose ways are followed together, so that memory does not grow with the text.
_TOKENS_AT_ONCE: Final = 2048


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


class Tokens(NamedTuple):
    """Tokens of documents that lie one after another.

    vectors (Floats2d): What the recogniser sees of each.
    is_last (Bools1d): Whether it ends its document.
    is_space (Bools1d): Whether it is white space.
    """

    vectors: Any
    is_last: Any
    is_space: Any


def tokens_of(ner: EntityRecognizer, docs: Sequence[Doc]) -> Tokens:
    """Put the tokens of documents one after another.

    ner (EntityRecognizer): Trained, with `extra_state_tokens = false`.
    docs (Sequence[Doc]): Documents after the pipeline's tok2vec, with any token.
    RETURNS (Tokens): Their tokens.
    """
    ends = [end for end in accumulate(map(len, docs)) if end]
    is_last = numpy.zeros(ends[-1], dtype=bool)
    is_last[[end - 1 for end in ends]] = True
    space = numpy.concatenate([doc.to_array(IS_SPACE).ravel() for doc in docs])
    return Tokens(token_vectors(ner, docs), is_last, space.astype(bool))


class Ways:
    """The ways through some tokens, by entity.

    Tokens are numbered from the first of these.

    ner (EntityRecognizer): Trained, with `extra_state_tokens = false`.
    tokens (Tokens): All tokens of some documents.
    first (int): Where the ways begin: at this token
    stop (int): and the others before this one.
    length (int): Number of tokens where ways begin.
    outside (list[float]): Per token the probability to leave it outside.
    """

    def __init__(
        self, ner: EntityRecognizer, tokens: Tokens, first: int, stop: int
    ) -> None:
        reach = slice(first, stop + _LONGEST)
        self.length = min(stop, len(tokens.is_last)) - first
        self.states = StateScores(ner, tokens.vectors[reach])
        self.is_last = tokens.is_last[reach]
        columns = transitions(ner)
        self.labels = [name[2:] for name in columns if name.startswith("B-")]
        self.inner = numpy.array([columns[f"I-{label}"] for label in self.labels])
        self.last = numpy.array([columns[f"L-{label}"] for label in self.labels])
        chances = self._outside(columns, ner, tokens.is_space[first:stop])
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
        scores[self.is_last[: self.length], : len(begin)] = -numpy.inf
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


def likely_entities(ner: EntityRecognizer, docs: Sequence[Doc]) -> Iterator[Found]:
    """Find the entities whose marginal probability is more than one half.

    ner (EntityRecognizer): Trained, with `extra_state_tokens = false`.
    docs (Sequence[Doc]): Documents after the pipeline's tok2vec, with any token.
    YIELDS (Found): Entities by token, which are numbered through all documents.
    """
    tokens = tokens_of(ner, docs)
    length = len(tokens.is_last)
    reached = [1.0] + [0.0] * length
    for first in range(0, length, _TOKENS_AT_ONCE):
        ways = Ways(ner, tokens, first, first + _TOKENS_AT_ONCE)
        yield from _likely(ways, first, reached)


def _likely(ways: Ways, first: int, reached: list[float]) -> Iterator[Found]:
    """Follow ways; `reached` is the probability to come to each of all tokens."""
    begun: dict[int, list[Way]] = {}
    for way in ways:
        begun.setdefault(first + way.start, []).append(way)
    for token, chance in enumerate(ways.outside, first):
        here = reached[token]
        reached[token + 1] += here * chance
        for way in begun.get(token, ()):
            marginal = here * way.probability
            reached[first + way.end] += marginal
            if way.label and marginal > _LIKELY:
                yield Found(token, first + way.end, way.label, min(marginal, 1.0))
