"""Gives every token a summary of its sentence.

A convolution of a few layers sees four or five words to each side, but `12 weeks` is a
DURATION or a TIME_FRAME by the verb at the other end of the sentence.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy
from spacy.attrs import ORTH
from spacy.strings import get_string_id
from spacy.tokens import Doc
from thinc.api import Linear, Model, Ops, zero_init
from thinc.types import Floats2d, Ints1d, Ragged

_ENDS: Final = numpy.array(
    [get_string_id(text) for text in (".", "?", "!", "\n", "\n\n", "\n\n\n")],
    dtype="uint64",
)


def sentence_lengths(doc: Doc) -> list[int]:
    """Count the tokens of each sentence: up to a full stop or the end of the line.

    doc (Doc): The tokens.
    RETURNS (list[int]): Numbers of tokens; their sum is the document's.
    """
    ends = numpy.flatnonzero(numpy.isin(doc.to_array([ORTH]), _ENDS)) + 1
    edges = numpy.unique(numpy.concatenate([[0], ends, [len(doc)]]))
    lengths: list[int] = numpy.diff(edges).tolist()
    return lengths


def add_sentence_context(
    embed: Model[list[Doc], Ragged], width: int
) -> Model[list[Doc], Ragged]:
    """Add to each token's row what a linear layer makes of its sentence.

    embed (Model[list[Doc], Ragged]): Gives a row of `width` per token.
    width (int): The width.
    RETURNS (Model[list[Doc], Ragged]): Gives rows of the same width. The layer reads
        mean and maximum over the sentence; its weights begin at zero, so that weights
        pre-trained without it still fit.
    """
    summarize: Model[Floats2d, Floats2d] = Linear(
        width, 2 * width, init_W=zero_init, init_b=zero_init
    )
    return Model("sentence_context", _forward, init=_init, layers=[embed, summarize])


def _init(
    model: Model[list[Doc], Ragged], X: list[Doc] | None = None, Y: Any = None
) -> None:
    model.layers[0].initialize(X=X)
    model.layers[1].initialize()


def _forward(
    model: Model[list[Doc], Ragged], docs: list[Doc], is_train: bool
) -> tuple[Ragged, Callable[[Ragged], list[Doc]]]:
    embed, summarize = model.layers
    tokens, bp_embed = embed(docs, is_train)
    if not len(tokens.dataXd):
        return tokens, bp_embed
    lengths: Any = model.ops.asarray1i(
        [n for doc in docs for n in sentence_lengths(doc)]
    )
    pooled, bp_pool = _pool(model.ops, tokens.dataXd, lengths)
    summary, bp_summary = summarize(pooled, is_train)
    rows: Any = tokens.dataXd + numpy.repeat(summary, lengths, axis=0)

    def backprop(d_output: Ragged) -> list[Doc]:
        d_rows: Any = d_output.dataXd
        d_pooled = bp_summary(model.ops.reduce_sum(d_rows, lengths))
        d_tokens = d_rows + bp_pool(d_pooled)
        bp_embed(Ragged(d_tokens, d_output.lengths))
        return []

    return Ragged(rows, tokens.lengths), backprop


def _pool(
    ops: Ops, rows: Any, lengths: Ints1d
) -> tuple[Floats2d, Callable[[Floats2d], Floats2d]]:
    """Put mean and maximum over each sentence side by side."""
    width = rows.shape[1]
    maxima, which = ops.reduce_max(rows, lengths)
    pooled = ops.xp.hstack([ops.reduce_mean(rows, lengths), maxima])

    def backprop(d_pooled: Floats2d) -> Floats2d:
        d_means = ops.as_contig(d_pooled[:, :width])
        d_maxima = ops.as_contig(d_pooled[:, width:])
        d_rows: Floats2d = ops.backprop_reduce_mean(d_means, lengths)
        return d_rows + ops.backprop_reduce_max(d_maxima, which, lengths)

    return pooled, backprop
