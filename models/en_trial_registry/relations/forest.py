"""Gradient-boosted trees as plain arrays: fitted by scikit-learn, read by NumPy alone.

So the wheel needs no scikit-learn, and a stored pipeline is no pickle of one of its
versions.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

_FIELDS: Final = {
    "feature": "<i2",
    "threshold": "<f8",
    "left": "<i4",
    "right": "<i4",
    "value": "<f8",
}

# Without a penalty, leaves that hold nothing but a few pairs which the trees before
# were sure of, and wrong, get log-odds in the thousands.
FITTING: Final = {
    "early_stopping": False,
    "min_samples_leaf": 50,
    "l2_regularization": 1.0,
}

# So many rows at a time that their way through all trees stays in the cache.
_ROWS: Final = 512


@dataclass(frozen=True)
class Forest:
    """Trees whose nodes lie one after another.

    roots (Ints1d): Node at which each tree begins.
    depth (int): Longest way from a root to a leaf.
    baseline (float): Log-odds before the first tree.
    nodes (dict[str, Array]): Per node: `feature` and `threshold` of its test, the nodes
        `left` (feature <= threshold) and `right`, and the `value` of a leaf, in
        log-odds. Both ways of a leaf lead to itself.
    """

    roots: Any
    depth: int
    baseline: float
    nodes: dict[str, Any]

    def predict(self, features: Any) -> Any:
        """Compute probabilities.

        features (Floats2d): Shape (rows, features), without missing values.
        RETURNS (Floats1d): One probability per row.
        """
        parts = range(0, len(features), _ROWS)
        return numpy.concatenate(
            [self._predict(features[at : at + _ROWS]) for at in parts] or [[]]
        )

    def _predict(self, features: Any) -> Any:
        trees = len(self.roots)
        flat = numpy.ascontiguousarray(features).ravel()
        leaves = numpy.tile(self.roots, len(features))
        # Way by way down the trees, only for the rows that are not at a leaf yet.
        open_ = numpy.arange(len(leaves), dtype="i4")
        row = numpy.repeat(
            numpy.arange(len(features), dtype="i4") * features.shape[1], trees
        )
        node = leaves
        while len(open_):
            value = flat.take(row + self.nodes["feature"].take(node))
            low = value <= self.nodes["threshold"].take(node)
            node = self._ways.take(2 * node + low)
            at_leaf = self._is_leaf.take(node)
            leaves[open_[at_leaf]] = node[at_leaf]
            deeper = ~at_leaf
            open_, row, node = open_[deeper], row[deeper], node[deeper]
        values = self.nodes["value"].take(leaves).reshape(-1, trees)
        return 1 / (1 + numpy.exp(-(self.baseline + values.sum(axis=1))))

    @cached_property
    def _ways(self) -> Any:
        """Where each node leads to: first if its test fails, then if it holds."""
        return numpy.stack([self.nodes["right"], self.nodes["left"]], axis=1).ravel()

    @cached_property
    def _is_leaf(self) -> Any:
        return self.nodes["left"] == numpy.arange(len(self.nodes["left"]))

    def to_msg(self) -> dict[str, Any]:
        """Turn the trees into types that msgpack knows.

        RETURNS (dict[str, Any]): Little-endian bytes per field.
        """
        fields = {
            name: self.nodes[name].astype(kind).tobytes()
            for name, kind in _FIELDS.items()
        }
        roots = self.roots.astype("<i4").tobytes()
        return {
            "roots": roots, "depth": self.depth, "baseline": self.baseline, **fields
        }  # fmt: skip

    @classmethod
    def from_msg(cls, msg: dict[str, Any]) -> "Forest":
        """Read what `to_msg` wrote.

        msg (dict[str, Any]): Its result.
        RETURNS (Forest): The same trees.
        """
        nodes = {n: numpy.frombuffer(msg[n], dtype=k) for n, k in _FIELDS.items()}
        roots = numpy.frombuffer(msg["roots"], dtype="<i4")
        return cls(roots, int(msg["depth"]), float(msg["baseline"]), nodes)


def fit_forest(features: Any, gold: Any, *, trees: int, seed: int) -> Forest:
    """Fit trees with scikit-learn's HistGradientBoostingClassifier.

    features (Floats2d): Shape (rows, features).
    gold (Array): Shape (rows,), True or False.
    trees (int): Number of trees.
    seed (int): Seed.
    RETURNS (Forest): The trees.
    RAISES (ValueError): If there is nothing to tell apart.
    RAISES (ImportError): If scikit-learn is not installed.
    """
    if len(set(map(bool, gold))) < 2:
        raise ValueError(
            "trial_relations needs linked and unlinked pairs to learn from; the "
            "training documents have only one of the two. Give annotated relations."
        )
    try:
        from sklearn.ensemble import HistGradientBoostingClassifier
    except ImportError as error:
        raise ImportError(
            "Training trial_relations needs scikit-learn: "
            "pip install 'en_trial_registry[project]'"
        ) from error
    model = HistGradientBoostingClassifier(max_iter=trees, random_state=seed, **FITTING)
    # Several threads wait for each other at every node, for minutes on a busy machine.
    with threadpool_limits(limits=1, user_api="openmp"):
        model.fit(features, gold)
    return _flatten(model)


def _flatten(model: Any) -> Forest:
    """Lay the trees' nodes one after another.

    scikit-learn has no public way to its trees; `constraints.txt` pins the version.
    """
    tables = [trees[0].nodes for trees in model._predictors]
    sizes = [len(table) for table in tables]
    roots = numpy.cumsum([0, *sizes[:-1]]).astype("i4")
    nodes = numpy.concatenate(tables)
    leaf = nodes["is_leaf"].astype(bool)
    own = numpy.arange(len(nodes))
    offset = numpy.repeat(roots, sizes)
    fields = {
        "feature": numpy.where(leaf, 0, nodes["feature_idx"]),
        "threshold": numpy.where(leaf, 0.0, nodes["num_threshold"]),
        "left": numpy.where(leaf, own, nodes["left"] + offset),
        "right": numpy.where(leaf, own, nodes["right"] + offset),
        "value": numpy.where(leaf, nodes["value"], 0.0),
    }
    arrays = {name: fields[name].astype(kind) for name, kind in _FIELDS.items()}
    baseline = float(model._baseline_prediction.ravel()[0])
    return Forest(roots, int(nodes["depth"].max()), baseline, arrays)
