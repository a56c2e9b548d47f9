"""What spaCy's transition-based recogniser thinks of its states, many at a time.

Without `extra_state_tokens` a state is three tokens: the first word of the buffer and,
inside an entity, the first and the last word of that entity (`StateC` in spaCy). What
was recognised before does not matter, so states can be scored in any order.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy
from spacy.ml.parser_model import precompute_hiddens
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc

from en_trial_registry.blas import use_numpy_blas

N_FEATURES: Final = 3
NO_TOKEN: Final = -1


def token_vectors(ner: EntityRecognizer, docs: Sequence[Doc]) -> Any:
    """Give what a recogniser sees of each token.

    ner (EntityRecognizer): Trained.
    docs (Sequence[Doc]): Documents after the pipeline's tok2vec, with any token.
    RETURNS (Floats2d): One row per token, all documents one after another.
    """
    use_numpy_blas(ner.model)
    return ner.model.get_ref("tok2vec").predict(list(docs))


class StateScores:
    """Scores the transitions of states.

    ner (EntityRecognizer): Trained, with `extra_state_tokens = false`.
    vectors (Floats2d): Rows of `token_vectors`; tokens are numbered by row.
    RAISES (ValueError): If the recogniser's states have other features.
    """

    def __init__(self, ner: EntityRecognizer, vectors: Any) -> None:
        lower = ner.model.get_ref("lower")
        if lower.get_dim("nF") != N_FEATURES:
            raise ValueError(
                f"States of '{ner.name}' can't be scored: it was trained with "
                "extra_state_tokens. Train it without."
            )
        has_upper = ner.model.attrs["has_upper"]
        self._vec2scores = ner.model.get_ref("upper") if has_upper else None
        # As spaCy's ParserStepModel chooses it.
        one_piece = None if has_upper else "relu"
        activation = "maxout" if lower.get_dim("nP") > 1 else one_piece
        self._state2vec = precompute_hiddens(
            len(vectors), vectors, lower, activation=activation, train=False
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
