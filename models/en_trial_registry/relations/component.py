"""The component `trial_relations`: links the entities of a document."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy
import srsly
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from en_trial_registry import extensions  # noqa: F401  registers `span._.score`
from en_trial_registry.calibration import IDENTITY, Calibration
from en_trial_registry.relations.candidates import Pair, find_pairs
from en_trial_registry.relations.features import N_FEATURES, pair_features
from en_trial_registry.relations.forest import Forest, fit_forest
from en_trial_registry.relations.links import layout_of, links_of, relation_rows
from en_trial_registry.schema import RELATIONS
from en_trial_registry.stored_pipe import StoredPipe

_STEPS: Final = tuple(step / 100 for step in range(20, 81, 2))


@Language.factory(
    "trial_relations",
    assigns=["doc._.relations"],
    requires=["doc.ents"],
    default_config={
        "trees": 250,
        "seed": 0,
        "thresholds": dict.fromkeys(RELATIONS, 0.5),
        "min_score": 0.0,
        "scorer": {"@scorers": "en_trial_registry.relation_scorer.v1"},
    },
    default_score_weights={"rel_micro_f": 1.0},
)
def make_trial_relations(
    nlp: Language,
    name: str,
    trees: int,
    seed: int,
    thresholds: dict[str, float],
    min_score: float,
    scorer: Callable[..., dict[str, Any]] | None,
) -> "TrialRelations":
    """Make the component.

    nlp (Language): The pipeline.
    name (str): The component's name in it.
    trees (int): Number of boosted trees.
    seed (int): Seed of their fitting.
    thresholds (dict[str, float]): Per relation, the probability from which a pair is
        linked, given that both entities are right.
    min_score (float): The probability that link and entities are right from which a
        pair is linked.
    scorer (Callable | None): The scoring method.
    RETURNS (TrialRelations): The component; it learns in `initialize`.
    """
    return TrialRelations(
        name,
        trees=trees,
        seed=seed,
        thresholds=thresholds,
        min_score=min_score,
        scorer=scorer,
    )


class TrialRelations(StoredPipe):
    """Sets `doc._.relations`: every candidate pair that is probable enough.

    A pair is linked if its probability, given that both entities are right, reaches the
    threshold of its relation, and its `score`, the probability that the link and both
    entities are right, reaches `min_score`: a link to a doubtful entity is more often
    wrong than right. Entities without a score, such as a person's, are not doubted.

    min_score (float): See there; from 0 to 1.
    calibration (Calibration): From the product of all three probabilities to `score`.
    """

    file = "relations.msgpack"

    def __init__(
        self,
        name: str,
        *,
        trees: int,
        seed: int,
        thresholds: Mapping[str, float],
        min_score: float = 0.0,
        scorer: Callable[..., dict[str, Any]] | None,
    ) -> None:
        unknown = sorted(set(thresholds) - set(RELATIONS))
        if unknown:
            raise ValueError(
                f"trial_relations has thresholds for {', '.join(unknown)}; the schema "
                f"knows {', '.join(RELATIONS)}."
            )
        self.name = name
        self.cfg = {"trees": trees, "seed": seed}
        self.thresholds = {**dict.fromkeys(RELATIONS, 0.5), **thresholds}
        self.min_score = min_score
        self.scorer = scorer
        self.forest: Forest | None = None
        self.calibration = IDENTITY

    def __call__(self, doc: Doc) -> Doc:
        """Link the entities of one document.

        doc (Doc): A document with entities.
        RETURNS (Doc): The same document.
        RAISES (ValueError): If the component has not learned anything yet.
        """
        layout = layout_of(doc)
        pairs = find_pairs(layout)
        chances = self.score_pairs(pair_features(layout, pairs))
        doc._.relations = relation_rows(
            layout, self._links(pairs, chances, [span._.score for span in doc.ents])
        )
        return doc

    def _links(
        self, pairs: Iterable[Pair], chances: Any, ends: Sequence[float | None]
    ) -> Iterator[tuple[str, int, int, float]]:
        for pair, chance in zip(pairs, chances, strict=True):
            if chance < self.thresholds[pair.relation]:
                continue
            of_ends = ends[pair.head], ends[pair.child]
            score = self.joint_score(chance, *of_ends)
            if None in of_ends or score >= self.min_score:
                yield *pair, score

    def joint_score(self, link: float, *ends: float | None) -> float:
        """Compute how likely a link and both of its entities are right.

        link (float): Probability of the link, given its entities.
        *ends (Optional[float]): `span._.score` of each.
        RETURNS (float): The calibrated product; that of the link alone if an entity has
            no score, such as one that a person set.
        """
        chance = float(link)
        for end in ends:
            if end is None:
                return float(link)
            chance *= end
        return self.calibration(chance)

    def score_pairs(self, features: Any) -> Any:
        """Compute how probable each pair is.

        features (Floats2d): Of `pair_features`.
        RETURNS (Floats1d): Probabilities.
        RAISES (ValueError): If the component has not learned anything yet.
        """
        if self.forest is None:
            raise ValueError(
                f"'{self.name}' has not learned anything yet; train it (its "
                "`initialize` fits it) or load a trained pipeline."
            )
        return self.forest.predict(features)

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Example]],
        *,
        nlp: Language | None = None,
    ) -> None:
        """Learn from the gold entities and links of all examples.

        get_examples (Callable[[], Iterable[Example]]): Gives annotated documents.
        nlp (Language | None): Not used.
        RAISES (ValueError): If they hold no links.
        """
        features, gold, _ = training_pairs(e.reference for e in get_examples())
        trees, seed = self.cfg["trees"], self.cfg["seed"]
        self.forest = fit_forest(features, gold, trees=trees, seed=seed)

    def choose_thresholds(self, docs: Iterable[Doc]) -> None:
        """Choose for each relation the threshold with the best F1.

        docs (Iterable[Doc]): Annotated documents that it did not learn from.
        """
        docs = list(docs)
        features, gold, pairs = training_pairs(docs)
        scores = self.score_pairs(features)
        for relation in RELATIONS:
            own = numpy.array([pair.relation == relation for pair in pairs], dtype=bool)
            count = sum(link.label == relation for d in docs for link in links_of(d))
            if own.any() and count:
                self.thresholds[relation] = _best(scores[own], gold[own], count)

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """Score predictions with the configured scorer.

        examples (Iterable[Example]): Predicted and annotated documents.
        RETURNS (dict[str, Any]): The scores.
        """
        return self.scorer(examples, **kwargs) if self.scorer else {}

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        """RETURNS (bytes): Trees, thresholds, lowest score and calibration."""
        state = {
            "cfg": self.cfg,
            "thresholds": self.thresholds,
            "min_score": self.min_score,
            "forest": self.forest.to_msg() if self.forest else None,
            "calibration": list(self.calibration),
        }
        return bytes(srsly.msgpack_dumps(state))

    def from_bytes(
        self, data: bytes, *, exclude: Sequence[str] = ()
    ) -> "TrialRelations":
        """Restore what `to_bytes` gave.

        data (bytes): Its result.
        RETURNS (TrialRelations): This component.
        """
        state = srsly.msgpack_loads(data)
        self.cfg, self.thresholds = state["cfg"], state["thresholds"]
        self.min_score = state["min_score"]
        self.forest = Forest.from_msg(state["forest"]) if state["forest"] else None
        self.calibration = Calibration(*state["calibration"])
        return self


def training_pairs(docs: Iterable[Doc]) -> tuple[Any, Any, list[Pair]]:
    """Describe all candidate pairs of annotated documents.

    docs (Iterable[Doc]): Documents with gold entities and `doc._.relations`.
    RETURNS (tuple[Floats2d, Array, list[Pair]]): Features, whether each pair is
        linked, and the pairs.
    """
    features: list[Any] = [numpy.zeros((0, N_FEATURES), dtype="f")]
    gold: list[bool] = []
    pairs: list[Pair] = []
    for doc in docs:
        layout, links = layout_of(doc), links_of(doc)
        found = find_pairs(layout)
        features.append(pair_features(layout, found))
        mentions = layout.mentions
        gold += (
            (p.relation, *mentions[p.head][:2], *mentions[p.child][:2]) in links
            for p in found
        )
        pairs += found
    return numpy.concatenate(features), numpy.array(gold, dtype=bool), pairs


def _best(scores: Any, gold: Any, count: int) -> float:
    """Among equally good thresholds, the one nearest to one half."""

    def f1(threshold: float) -> tuple[float, float]:
        chosen = scores >= threshold
        found = 2 * int((chosen & gold).sum()) / (int(chosen.sum()) + count)
        return round(found, 6), -abs(threshold - 0.5)

    return max(_STEPS, key=f1)
