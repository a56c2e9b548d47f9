"""Token embedding: lexical features, word vectors and the structure of the record.

As spaCy's MultiHashEmbed, with two differences. Every token also knows its kind of line
and whether it belongs to one of the record's own intervention names. And what depends
on the word form alone is computed once per form, not once per token (`layers.py`): a
record repeats its words, so this is about twice as fast.
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
)
from thinc.types import Floats2d, Ints2d

from en_trial_registry.layers import FormLayer, per_form, pool_pieces, sum_forms
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
    pool = pool_pieces(maxout_pieces)
    return sum_forms(layers, chain(pool, LayerNorm(width)), width)


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


def _lexical(width: int, mixed: int, attrs: list[str], rows: list[int]) -> FormLayer:
    tables: list[Model[Ints2d, Floats2d]] = [
        HashEmbed(width, n_rows, column=1 + i, seed=8 + i, dropout=0.0)
        for i, n_rows in enumerate(rows)
    ]
    extract: Any = FeatureExtractor([intify_attr(attr) for attr in ("ORTH", *attrs)])
    form: Any = chain(concatenate(*tables), Linear(mixed, width * len(attrs)))
    return per_form(extract, form)


def _structure(mixed: int) -> FormLayer:
    extract: Model[list[Doc], list[Ints2d]] = Model(
        "record_structure", _structure_forward
    )
    tables: list[Model[Ints2d, Floats2d]] = [
        Embed(mixed, n_values, column=1 + i) for i, n_values in enumerate(N_VALUES)
    ]
    return per_form(extract, add(*tables))


def _structure_forward(
    model: Model[list[Doc], list[Ints2d]], docs: list[Doc], is_train: bool
) -> tuple[list[Ints2d], Callable[[list[Ints2d]], list[Doc]]]:
    features = [with_key(record_features(doc)) for doc in docs]
    return features, lambda d_features: []


def with_key(features: Ints2d) -> Ints2d:
    """Put a column in front that is different where any of the others is.

    features (Ints2d): Of `record_features`.
    RETURNS (Ints2d): One column more.
    """
    columns: Any = features
    key = numpy.ravel_multi_index(tuple(columns.T), N_VALUES)
    return cast(Ints2d, numpy.column_stack([key.astype("i"), columns]))


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
