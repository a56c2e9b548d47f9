"""Token embedding: lexical features, word vectors and the structure of the record.

As spaCy's MultiHashEmbed, with two differences. Every token also knows its kind of line
and whether it belongs to one of the record's own intervention names. And what depends
on the word form alone is computed once per form, not once per token: a record repeats
its words, so this is about twice as fast.
"""

from collections.abc import Callable
from typing import Any, cast

import numpy
from spacy.attrs import IDX, intify_attr
from spacy.ml.featureextractor import FeatureExtractor
from spacy.tokens import Doc
from thinc.api import (
    Embed,
    HashEmbed,
    LayerNorm,
    Linear,
    Model,
    add,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    uniqued,
    with_array,
)  # fmt: skip
from thinc.types import Floats2d, Ints2d, Ragged

from en_trial_registry.layers import pool_pieces, sum_ragged
from en_trial_registry.names import NAME_MARKS, mark_names
from en_trial_registry.occurrence import N_OCCURRENCES, mark_occurrences
from en_trial_registry.structure import KIND_INDEX, SEGMENT_KINDS, read_segments
from en_trial_registry.vectors import build_cached_vectors

# Functions of the word form alone; NORM is not, since tokenizer exceptions set it.
FORM_ATTRS = ("LOWER", "PREFIX", "SUFFIX", "SHAPE", "ORTH")
# Of the columns of record_features.
N_VALUES = (len(SEGMENT_KINDS), len(NAME_MARKS), N_OCCURRENCES)


def build_record_embed(
    width: int,
    attrs: list[str],
    rows: list[int],
    maxout_pieces: int,
    record_structure: bool,
    include_static_vectors: bool,
) -> Model[list[Doc], list[Floats2d]]:
    """Build the embedding layer.

    width (int): Width of the output and of each lexical table.
    attrs (list[str]): Attributes of the word form, each embedded by hashing.
    rows (list[int]): Rows of the table of each attribute.
    maxout_pieces (int): Pieces of the maxout unit that mixes the features.
    record_structure (bool): Whether to embed kind of line and own intervention names.
    include_static_vectors (bool): Whether to embed the vocabulary's word vectors.
    RETURNS (Model[list[Doc], list[Floats2d]]): One row of `width` per token.
    RAISES (ValueError): If an attribute depends on more than the word form, or `attrs`
        and `rows` differ in length.
    """
    _check_attrs(attrs, rows)
    mixed = width * maxout_pieces
    layers = [_lexical(width, mixed, attrs, rows)]
    if record_structure:
        layers.append(_structure(mixed))
    if include_static_vectors:
        layers.append(build_cached_vectors(mixed))
    pool: Model[Floats2d, Floats2d] = pool_pieces(maxout_pieces)
    norm: Any = with_array(chain(pool, LayerNorm(width)))
    return chain(sum_ragged(layers), norm, cast(Any, ragged2list()))


def _check_attrs(attrs: list[str], rows: list[int]) -> None:
    if len(attrs) != len(rows):
        raise ValueError(
            f"RecordEmbed needs one number of rows per attribute, but got {len(attrs)} "
            f"attrs ({', '.join(attrs)}) and {len(rows)} rows ({rows})."
        )
    unknown = sorted(set(attrs) - set(FORM_ATTRS))
    if unknown:
        raise ValueError(
            f"RecordEmbed cannot embed {', '.join(unknown)}: it computes once per word "
            f"form, so attrs must be of {', '.join(FORM_ATTRS)}."
        )


def _lexical(
    width: int, mixed: int, attrs: list[str], rows: list[int]
) -> Model[list[Doc], Ragged]:
    tables: list[Model[Ints2d, Floats2d]] = [
        HashEmbed(width, n_rows, column=1 + i, seed=8 + i, dropout=0.0)
        for i, n_rows in enumerate(rows)
    ]
    extract = FeatureExtractor([intify_attr(attr) for attr in ("ORTH", *attrs)])
    form: Any = chain(concatenate(*tables), Linear(mixed, width * len(attrs)))
    embed: Any = with_array(cast(Any, uniqued(form, column=0)))
    return chain(extract, cast(Any, list2ragged()), embed)


def _structure(mixed: int) -> Model[list[Doc], Ragged]:
    extract: Model[list[Doc], list[Ints2d]] = Model(
        "record_structure", _structure_forward
    )
    tables: list[Model[Ints2d, Floats2d]] = [
        Embed(mixed, n_values, column=i) for i, n_values in enumerate(N_VALUES)
    ]
    embed: Any = with_array(cast(Any, add(*tables)))
    return chain(extract, cast(Any, list2ragged()), embed)


def _structure_forward(
    model: Model[list[Doc], list[Ints2d]], docs: list[Doc], is_train: bool
) -> tuple[list[Ints2d], Callable[[list[Ints2d]], list[Doc]]]:
    features = [model.ops.asarray2i(record_features(doc)) for doc in docs]
    return features, lambda d_features: []


def record_features(doc: Doc) -> Ints2d:
    """Read the record structure of a document, token by token.

    doc (Doc): Any document; only its text and tokens are read.
    RETURNS (Ints2d): Shape (tokens, 3): index in `SEGMENT_KINDS`, index in `NAME_MARKS`
        and where in the record the word occurs.
    """
    features = numpy.zeros((len(doc), len(N_VALUES)), dtype="i")
    segments = read_segments(doc.text)
    starts = doc.to_array([IDX])
    for segment in segments:
        first, last = numpy.searchsorted(starts, (segment.start, segment.end))
        features[first:last, 0] = KIND_INDEX[segment.kind]
    features[:, 1] = mark_names(doc, segments)
    features[:, 2] = mark_occurrences(doc, features[:, 0])
    return cast(Ints2d, features)
