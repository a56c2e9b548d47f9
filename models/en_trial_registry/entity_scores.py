"""The component `entity_scores`: how likely each entity is right."""

from collections.abc import Sequence

import srsly
from spacy.language import Language
from spacy.tokens import Doc

from en_trial_registry import extensions  # noqa: F401  registers `span._.score`
from en_trial_registry.calibration import IDENTITY, Calibration
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
    RETURNS (EntityScores): The component; it changes nothing until it is calibrated.
    """
    return EntityScores(name)


class EntityScores(StoredPipe):
    """Calibrates `span._.score`, which `marginal_ner` sets, so that it is the
    probability that text and label are right. Entities without a score get none.

    calibration (Calibration): From the probability to the model to the score; to be
        fitted on records that the recogniser did not learn from.
    """

    file = "scores.json"

    def __init__(self, name: str) -> None:
        self.name = name
        self.calibration = IDENTITY

    def __call__(self, doc: Doc) -> Doc:
        """Calibrate the scores of one document's entities.

        doc (Doc): A document with entities.
        RETURNS (Doc): The same document.
        """
        for span in doc.ents:
            if span._.score is not None:
                span._.score = round(self.calibration(span._.score), 4)
        return doc

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        """RETURNS (bytes): The calibration, as JSON."""
        return str(srsly.json_dumps(self.calibration._asdict())).encode()

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> "EntityScores":
        """Restore what `to_bytes` gave.

        data (bytes): Its result.
        RETURNS (EntityScores): This component.
        """
        self.calibration = Calibration(**srsly.json_loads(data))
        return self
