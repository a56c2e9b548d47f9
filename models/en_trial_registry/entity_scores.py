"""The component `entity_scores`: how likely each entity is right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import srsly
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc
from spacy.util import minibatch

from en_trial_registry import extensions  # noqa: F401  registers `span._.score`
from en_trial_registry.calibration import Calibration
from en_trial_registry.path_probability import path_probabilities
from en_trial_registry.stored_pipe import StoredPipe


@Language.factory(
    "entity_scores",
    assigns=["span._.score"],
    requires=["doc.ents"],
    default_config={"recognizer": "ner"},
)
def make_entity_scores(nlp: Language, name: str, recognizer: str) -> "EntityScores":
    """Make the component.

    nlp (Language): The pipeline.
    name (str): The component's name in it.
    recognizer (str): Name of the component whose entities are scored; before this one.
    RETURNS (EntityScores): The component; uncalibrated until `calibrate`.
    """
    found = nlp.get_pipe(recognizer) if nlp.has_pipe(recognizer) else None
    return EntityScores(name, found)


class EntityScores(StoredPipe):
    """Sets `span._.score`: the calibrated probability that text and label are right.

    It stays None without a recogniser, for labels that it does not know, and for
    documents that its tok2vec has not seen.

    slope (float): Factor of the log-odds of the model's own probability.
    bias (dict[str, float]): Per label, what is added to them; see `Calibration`.
    """

    file = "scores.json"

    def __init__(self, name: str, recognizer: EntityRecognizer | None) -> None:
        self.name = name
        self.recognizer = recognizer
        self.slope = 1.0
        self.bias: dict[str, float] = {}

    def calibrate(self, slope: float, bias: Mapping[str, float]) -> None:
        """Set what was fitted on records that the recogniser did not learn from.

        slope (float): Factor of the log-odds.
        bias (Mapping[str, float]): What is added, per label.
        """
        self.slope, self.bias = float(slope), {k: float(v) for k, v in bias.items()}

    def __call__(self, doc: Doc) -> Doc:
        """Score the entities of one document.

        doc (Doc): A document with entities.
        RETURNS (Doc): The same document.
        """
        self._score([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Score the entities of a stream of documents.

        stream (Iterable[Doc]): Documents with entities.
        batch_size (int): Documents that are scored at once.
        YIELDS (Doc): The same documents, in order.
        """
        handle_error = self.get_error_handler()
        for batch in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            docs = list(batch)
            try:
                self._score(docs)
            except Exception as error:
                handle_error(self.name, self, docs, error)
            else:
                yield from docs

    def _score(self, docs: Sequence[Doc]) -> None:
        seen = [doc for doc in docs if len(doc.tensor) == len(doc)]
        if self.recognizer is None or not seen:
            return
        chances = path_probabilities(self.recognizer, seen)
        for doc, found in zip(seen, chances, strict=True):
            for span, chance in zip(doc.ents, found, strict=True):
                if chance is not None:
                    span._.score = self.calibrated(chance, span.label_)

    def calibrated(self, chance: float, label: str) -> float:
        """Calibrate one probability.

        chance (float): Of `path_probabilities`.
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
