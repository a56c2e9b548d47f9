"""The component `entity_scores`: how likely each entity is right."""

from collections.abc import Mapping, Sequence

import srsly
from spacy.language import Language
from spacy.tokens import Doc

from en_trial_registry import extensions  # noqa: F401  registers `span._.score`
from en_trial_registry.calibration import Calibration
from en_trial_registry.stored_pipe import StoredPipe


@Language.factory(
    "entity_scores",
    assigns=["span._.score"],
    requires=["doc.ents", "span._.score"],
)
def make_entity_scores(nlp: Language, name: str) -> "EntityScores":
    """Make the component.

    nlp (Language): The pipeline.
    name (str): The component's name in it.
    RETURNS (EntityScores): The component; uncalibrated until `calibrate`.
    """
    return EntityScores(name)


class EntityScores(StoredPipe):
    """Calibrates `span._.score`, which `marginal_ner` sets, so that it is the
    probability that text and label are right. Entities without a score get none.

    slope (float): Factor of the log-odds of the model's own probability.
    bias (dict[str, float]): Per label, what is added to them; see `Calibration`.
    """

    file = "scores.json"

    def __init__(self, name: str) -> None:
        self.name = name
        self.slope = 1.0
        self.bias: dict[str, float] = {}

    def calibrate(self, slope: float, bias: Mapping[str, float]) -> None:
        """Set what was fitted on records that the recogniser did not learn from.

        slope (float): Factor of the log-odds.
        bias (Mapping[str, float]): What is added, per label.
        """
        self.slope, self.bias = float(slope), {k: float(v) for k, v in bias.items()}

    def __call__(self, doc: Doc) -> Doc:
        """Calibrate the scores of one document's entities.

        doc (Doc): A document with entities.
        RETURNS (Doc): The same document.
        """
        for span in doc.ents:
            if span._.score is not None:
                span._.score = self.calibrated(span._.score, span.label_)
        return doc

    def calibrated(self, chance: float, label: str) -> float:
        """Calibrate one probability.

        chance (float): To the recogniser.
        label (str): Label of the entity.
        RETURNS (float): Between 0 and 1, rounded to 4 digits.
        """
        return round(Calibration(self.slope, self.bias.get(label, 0.0))(chance), 4)

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        """RETURNS (bytes): The calibration, as JSON."""
        state = {"slope": self.slope, "bias": self.bias}
        return str(srsly.json_dumps(state)).encode()

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> "EntityScores":
        """Restore what `to_bytes` gave.

        data (bytes): Its result.
        RETURNS (EntityScores): This component.
        """
        self.calibrate(**srsly.json_loads(data))
        return self
