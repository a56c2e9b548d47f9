"""Simple ways to link, for the model to beat."""

from collections.abc import Iterable
from typing import Any, Final

from en_trial_registry.relations.candidates import Pair, find_pairs, gap
from en_trial_registry.relations.component import training_pairs
from en_trial_registry.relations.features import pair_features
from en_trial_registry.relations.layout import Layout
from en_trial_registry.relations.links import layout_of, relation_rows
from spacy.tokens import Doc

_NEARER: Final = 1.5


def link_nearest(doc: Doc) -> Doc:
    """Link each child to the nearest allowed head in its block.

    doc (Doc): A document with entities.
    RETURNS (Doc): The same document.
    """
    layout = layout_of(doc)
    nearest: dict[int, Pair] = {}
    for pair in find_pairs(layout):
        if layout.blocks[pair.head] == layout.blocks[pair.child]:
            best = nearest.get(pair.child, pair)
            nearest[pair.child] = min(best, pair, key=lambda p: _distance(layout, p))
    rows = ((*pair, 1.0) for pair in nearest.values())
    doc._.relations = relation_rows(layout, rows)
    return doc


def _distance(layout: Layout, pair: Pair) -> int:
    return gap(layout, pair.head, pair.child)


def link_on_line(doc: Doc) -> Doc:
    """Link each child to the nearest allowed head on its line.

    A head before the child counts 1.5 times nearer. Without any on the line, the last
    one on the two lines above is taken, but not for an outcome's time.

    doc (Doc): A document with entities.
    RETURNS (Doc): The same document.
    """
    layout = layout_of(doc)
    children: dict[int, list[Pair]] = {}
    for pair in find_pairs(layout):
        children.setdefault(pair.child, []).append(pair)
    chosen = (_on_line(layout, pairs) for pairs in children.values())
    rows = ((*pair, 1.0) for pair in chosen if pair)
    doc._.relations = relation_rows(layout, rows)
    return doc


def _on_line(layout: Layout, pairs: list[Pair]) -> Pair | None:
    lines = layout.lines
    up = {pair: lines[pair.child] - lines[pair.head] for pair in pairs}
    beside = [pair for pair in pairs if up[pair] == 0]
    if beside:
        return min(beside, key=lambda p: _weighed(layout, p))
    above = [p for p in pairs if 0 < up[p] <= 2 and p.relation != "MEASURED_AT"]
    return max(above, key=lambda p: p.head, default=None)


def _weighed(layout: Layout, pair: Pair) -> float:
    before = pair.head < pair.child
    return _distance(layout, pair) / (_NEARER if before else 1)


class LogisticLinker:
    """A logistic regression on the features of each pair alone.

    docs (Iterable[Doc]): Annotated documents to learn from.
    """

    def __init__(self, docs: Iterable[Doc]) -> None:
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        features, gold, _ = training_pairs(docs)
        self.model: Any = make_pipeline(
            StandardScaler(), LogisticRegression(max_iter=1000)
        )
        self.model.fit(features, gold)

    def __call__(self, doc: Doc) -> Doc:
        """Link the entities of one document.

        doc (Doc): A document with entities.
        RETURNS (Doc): The same document.
        """
        layout = layout_of(doc)
        pairs = find_pairs(layout)
        scores = (
            self.model.predict_proba(pair_features(layout, pairs))[:, 1]
            if pairs
            else []
        )
        rows = (
            (*pair, float(score))
            for pair, score in zip(pairs, scores, strict=True)
            if score >= 0.5
        )
        doc._.relations = relation_rows(layout, rows)
        return doc
