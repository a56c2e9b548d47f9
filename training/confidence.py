"""Calibrate scores on records that nothing was learned from."""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy
from en_trial_registry.calibration import IDENTITY, Calibration, log_odds
from en_trial_registry.relations.links import Link, links_of
from spacy.language import Language
from spacy.tokens import Doc

Scored = tuple[float, bool]
"""How probable something is said to be, and whether it is right."""

_STEPS: Final = tuple(step / 20 for step in range(14))


def scored_entities(nlp: Language, golds: Iterable[Doc]) -> Iterator[Scored]:
    """Find entities, and say how probable each is and whether it is right.

    nlp (Language): Pipeline that ends with the recogniser.
    golds (Iterable[Doc]): Annotated documents.
    YIELDS (Scored): Probability to the model, whether annotated exactly so.
    """
    for gold in golds:
        right = {(span.start_char, span.end_char, span.label_) for span in gold.ents}
        for span in nlp(gold.text).ents:
            if span._.score is not None:
                key = (span.start_char, span.end_char, span.label_)
                yield span._.score, key in right


def scored_links(nlp: Language, golds: Iterable[Doc]) -> Iterator[Scored]:
    """Find links, and say how probable each is and whether it is right.

    nlp (Language): The whole pipeline.
    golds (Iterable[Doc]): Annotated documents.
    YIELDS (Scored): The score, whether annotated so.
    """
    for gold in golds:
        right = links_of(gold)
        for link in nlp(gold.text)._.relations:
            ends = Link(*(link[field] for field in Link._fields))
            yield link["score"], ends in right


def fit_calibration(scored: Iterable[Scored]) -> Calibration:
    """Fit a calibration; without a right and a wrong one there is nothing to fit.

    scored (Iterable[Scored]): Of records that nothing was learned from.
    RETURNS (Calibration): Slope and bias of the log-odds.
    """
    from sklearn.linear_model import LogisticRegression

    rows = list(scored)
    right = numpy.array([row[1] for row in rows], dtype=bool)
    if right.all() or not right.any():
        return IDENTITY
    odds = numpy.array([[log_odds(chance)] for chance, _ in rows], dtype="d")
    fitted = LogisticRegression(max_iter=1000).fit(odds, right)
    return Calibration(float(fitted.coef_[0, 0]), float(fitted.intercept_[0]))


def best_min_score(scored: Iterable[Scored], gold: int) -> float:
    """Choose the score from which links are kept: the lowest with the best F1.

    scored (Iterable[Scored]): All links found, with calibrated scores.
    gold (int): Number of annotated links.
    RETURNS (float): From 0 to 0.65.
    """
    rows = list(scored)

    def f1(step: float) -> float:
        kept = [right for score, right in rows if score >= step]
        return 2 * sum(kept) / (len(kept) + gold)

    return max(_STEPS, key=f1) if gold else 0.0
