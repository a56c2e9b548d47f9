"""What spaCy's transition-based recogniser thinks of its states, many at a time.

Without `extra_state_tokens` a state is three tokens: the first word of the buffer and,
inside an entity, the first and the last word of that entity (`StateC` in spaCy). What
was recognised before does not matter, so states can be scored in any order.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc

from en_trial_registry.blas import use_numpy_blas

N_FEATURES: Final = 3
NO_TOKEN: Final = -1


class StateScores:
    """Scores the transitions of states.

    ner (EntityRecognizer): Trained, with `extra_state_tokens = false`.
    docs (Sequence[Doc]): Documents after the recogniser's tok2vec; tokens are numbered
        through all of them.
    RAISES (ValueError): If the recogniser's states have other features.
    """

    def __init__(self, ner: EntityRecognizer, docs: Sequence[Doc]) -> None:
        use_numpy_blas(ner.model)
        step = ner.model.predict(list(docs))
        self._state2vec, self._vec2scores = step.state2vec, step.vec2scores
        # It refers to itself, so its vectors of all tokens would stay until Python
        # looks for such objects.
        step.clear_memory()
        if self._state2vec.nF != N_FEATURES:
            raise ValueError(
                f"States of '{ner.name}' can't be scored: it was trained with "
                "extra_state_tokens. Train it without."
            )

    def outside(self, tokens: Any) -> Any:
        """Score what may be done outside of entities.

        tokens (Ints1d): First words of the buffer.
        RETURNS (Floats2d): Per state one score per transition.
        """
        nothing = numpy.full_like(tokens, NO_TOKEN)
        return self._score(tokens, nothing, nothing)

    def inside(self, tokens: Any, starts: Any) -> Any:
        """Score what may be done inside of entities.

        tokens (Ints1d): First words of the buffer.
        starts (Ints1d): First word of the open entity of each state.
        RETURNS (Floats2d): Per state one score per transition.
        """
        return self._score(tokens, starts, tokens - 1)

    def _score(self, *tokens: Any) -> Any:
        ids = numpy.ascontiguousarray(numpy.stack(tokens, axis=1), dtype="i")
        hidden = self._state2vec.predict(ids)
        return self._vec2scores.predict(hidden) if self._vec2scores else hidden


def transitions(ner: EntityRecognizer) -> dict[str, int]:
    """Number the transitions of a recogniser.

    ner (EntityRecognizer): With its labels.
    RETURNS (dict[str, int]): Column of `StateScores` by name, e.g. "B-DOSE", "O".
    """
    moves = ner.moves
    return {moves.get_class_name(i): i for i in range(moves.n_moves)}
