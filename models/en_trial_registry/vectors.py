"""Word vectors as a feature, computed once per word form and kept.

spaCy's own layer builds a floret vector from its character n-grams for every token; a
registry record repeats its words, so a table of those already built is three times as
fast.
"""

from collections.abc import Callable
from typing import Any

import numpy
from spacy.tokens import Doc
from spacy.vectors import Mode
from spacy.vocab import Vocab
from thinc.api import Model
from thinc.initializers import glorot_uniform_init
from thinc.types import Ragged


class _VectorCache:
    """Vectors of word forms by their hash, forgotten when there are too many."""

    def __init__(self, limit: int = 50_000) -> None:
        self.limit = limit
        self.vectors: dict[int, Any] = {}
        self.source: Any = None

    def __call__(self, vocab: Vocab, forms: Any) -> Any:
        if self.source is not vocab.vectors.data:
            self.vectors, self.source = {}, vocab.vectors.data
        known, keys = self.vectors, forms.tolist()
        missing = [key for key in keys if key not in known]
        if missing:
            if len(known) + len(missing) > self.limit:
                # A new table, since another thread may be reading the old one.
                known, missing = {}, keys
                self.vectors = known
            known.update(zip(missing, _build(vocab, missing), strict=True))
        return numpy.stack([known[key] for key in keys])


def _build(vocab: Vocab, keys: list[int]) -> Any:
    built = vocab.vectors.get_batch([vocab.strings[key] for key in keys])
    if vocab.vectors.mode == Mode.default:
        # get_batch gives unknown words the last row of the table.
        built[vocab.vectors.find(keys=keys) < 0] = 0
    return built


def build_cached_vectors(width: int) -> Model[list[Doc], Ragged]:
    """Build a layer that maps word vectors linearly to a width.

    width (int): Width of the output.
    RETURNS (Model[list[Doc], Ragged]): The vectors are the vocabulary's own and are not
        trained; the mapping is.
    """
    return Model(
        "cached_vectors",
        _Forward(),
        init=_init,
        params={"W": None},
        dims={"nO": width, "nM": None},
    )


def _init(
    model: Model[list[Doc], Ragged],
    X: list[Doc] | None = None,
    Y: Ragged | None = None,
) -> None:
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
        self, model: Model[list[Doc], Ragged], docs: list[Doc], is_train: bool
    ) -> tuple[Ragged, Callable[[Ragged], list[Doc]]]:
        ops = model.ops
        lengths = ops.asarray1i([len(doc) for doc in docs])
        if not any(docs):
            return Ragged(ops.alloc2f(0, model.get_dim("nO")), lengths), lambda d: []
        keys = numpy.concatenate([doc.to_array("ORTH").ravel() for doc in docs])
        forms, places = numpy.unique(keys, return_inverse=True)
        vectors: Any = ops.asarray2f(self.cache(docs[0].vocab, forms))
        weights: Any = model.get_param("W")
        mapped: Any = ops.gemm(vectors, weights, trans2=True)

        def backprop(d_output: Ragged) -> list[Doc]:
            d_mapped: Any = ops.as_contig(d_output.dataXd)
            d_forms: Any = ops.alloc2f(*mapped.shape)
            ops.scatter_add(d_forms, ops.asarray_i(places), d_mapped)
            model.inc_grad("W", ops.gemm(d_forms, vectors, trans1=True))
            return []

        return Ragged(mapped[places], lengths), backprop
