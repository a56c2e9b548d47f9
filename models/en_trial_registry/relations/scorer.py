"""Scores links as spaCy's Scorer scores entities: exact ends and label."""

from collections.abc import Callable, Iterable
from typing import Any

from spacy.scorer import PRFScore
from spacy.training import Example

from en_trial_registry.relations.links import links_of


def score_relations(examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
    """Score predicted links against annotated ones.

    A link that was never a candidate is a miss like any other.

    examples (Iterable[Example]): Predicted and annotated documents.
    RETURNS (dict[str, Any]): `rel_micro_p`, `rel_micro_r`, `rel_micro_f`, and
        `rels_per_type` with p, r and f of each relation.
    """
    total = PRFScore()
    per_type: dict[str, PRFScore] = {}
    for example in examples:
        gold, found = links_of(example.reference), links_of(example.predicted)
        total.score_set(found, gold)
        for label in {link.label for link in gold | found}:
            score = per_type.setdefault(label, PRFScore())
            score.score_set(
                {link for link in found if link.label == label},
                {link for link in gold if link.label == label},
            )
    return {
        "rel_micro_p": total.precision,
        "rel_micro_r": total.recall,
        "rel_micro_f": total.fscore,
        "rels_per_type": {k: v.to_dict() for k, v in sorted(per_type.items())},
    }


def make_relation_scorer() -> Callable[..., dict[str, Any]]:
    """RETURNS (Callable): The scorer, registered as en_trial_registry.relation_scorer.v1."""  # noqa: E501
    return score_relations
