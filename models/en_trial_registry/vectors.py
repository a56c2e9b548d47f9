"""Word vectors as a feature, computed once per word form and kept.

spaCy's own layer builds a floret vector from its character n-grams for every token; a
registry record repeats its words, so a table of those already built is three times as
fast.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any, Final, cast

import numpy
from spacy.tokens import Doc
from spacy.vectors import Mode
from spacy.vocab import Vocab
from thinc.api import Model
from thinc.initializers import glorot_uniform_init
from thinc.types import Floats2d

from en_trial_registry.layers import FormLayer, Forms

# A floret vector is the mean of some thirty rows, all of which are copied first.
_AT_ONCE: Final = 256


class _VectorCache:
    """Vectors of word forms by their hash, forgotten when there are too many.

    They lie in one array: thousands of small ones, made between short-lived things,
    would hold the memory of those.
    """

    def __init__(self, limit: int = 10_000) -> None:
        self.limit = limit
        self.rows: dict[int, int] = {}
        self.vectors: Any = None
        self.source: Any = None
        self._adding = Lock()

    def __call__(self, vocab: Vocab, forms: Any) -> Any:
        keys = forms.tolist()
        with self._adding:
            self._add(vocab, keys)
            return self.vectors[[self.rows[key] for key in keys]]

    def _add(self, vocab: Vocab, keys: list[int]) -> None:
        data = vocab.vectors.data
        missing = [key for key in keys if key not in self.rows]
        if self.source is not data or len(self.rows) + len(missing) > self.limit:
            size = max(self.limit, len(keys))
            self.vectors = numpy.empty((size, data.shape[1]), dtype=data.dtype)
            self.rows, self.source, missing = {}, data, keys
        for at in range(0, len(missing), _AT_ONCE):
            some, first = missing[at : at + _AT_ONCE], len(self.rows)
            self.vectors[first : first + len(some)] = _build(vocab, some)
            self.rows.update(zip(some, range(first, first + len(some)), strict=True))


def _build(vocab: Vocab, keys: list[int]) -> Any:
    built = vocab.vectors.get_batch([vocab.strings[key] for key in keys])
    if vocab.vectors.mode == Mode.default:
        # get_batch gives unknown words the last row of the table.
        built[vocab.vectors.find(keys=keys) < 0] = 0
    return built


def build_cached_vectors(width: int) -> FormLayer:
    """Build a layer that maps word vectors linearly to a width.

    width (int): Width of the output.
    RETURNS (Model[list[Doc], Forms]): The vectors are the vocabulary's own and are not
        trained; the mapping is.
    """
    return Model(
        "cached_vectors",
        _Forward(),
        init=_init,
        params={"W": None},
        dims={"nO": width, "nM": None},
    )


def _init(model: FormLayer, X: list[Doc] | None = None, Y: Any = None) -> None:
    if X:
        shape = X[0].vocab.vectors.shape
        if 0 in shape:
            raise ValueError(
                "The pipeline has no word vectors, but its config asks for them. "
                "Set [initialize] vectors to a vectors folder (python -m training "
                "vectors makes it), or include_static_vectors to false."
            )
        model.set_dim("nM", shape[1])
    model.set_param(
        "W", glorot_uniform_init(model.ops, (model.get_dim("nO"), model.get_dim("nM")))
    )


class _Forward:
    """The layer's forward pass; holds the cache, which is never saved."""

    def __init__(self) -> None:
        self.cache = _VectorCache()

    def __getstate__(self) -> dict[str, object]:
        return {}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.cache = _VectorCache()

    def __call__(
        self, model: FormLayer, docs: list[Doc], is_train: bool
    ) -> tuple[Forms, Callable[[Floats2d], list[Doc]]]:
        ops, weights = model.ops, cast(Floats2d, model.get_param("W"))
        keys = numpy.concatenate([doc.to_array("ORTH").ravel() for doc in docs])
        words, tokens = numpy.unique(keys, return_inverse=True)
        vectors: Any = ops.asarray2f(self.cache(docs[0].vocab, words))

        def backprop(d_mapped: Floats2d) -> list[Doc]:
            model.inc_grad("W", ops.gemm(d_mapped, vectors, trans1=True))
            return []

        mapped: Any = ops.gemm(vectors, weights, trans2=True)
        return Forms(mapped, tokens), backprop
