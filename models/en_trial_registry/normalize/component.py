"""The component `normalizer`: sets the value of every entity that has one."""

from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc

from en_trial_registry import extensions  # noqa: F401  registers `span._.value`
from en_trial_registry.normalize import READERS, Reader


@Language.factory(
    "normalizer",
    assigns=["span._.value", "span._.value_reason"],
    requires=["doc.ents"],
)
def make_normalizer(nlp: Language, name: str) -> "Normalizer":
    """Make the component that sets values.

    nlp (Language): The pipeline.
    name (str): The component's name in it.
    RETURNS (Normalizer): The component; it has no settings and no state.
    """
    return Normalizer()


class Normalizer:
    """Sets `span._.value`, or `span._.value_reason` where there is none.

    readers (Mapping[str, Reader]): Readers by label; other entities are left alone.
    """

    def __init__(self, readers: Mapping[str, Reader] = READERS) -> None:
        self.readers = readers

    def __call__(self, doc: Doc) -> Doc:
        """Set the values of one document's entities.

        doc (Doc): A document with entities.
        RETURNS (Doc): The same document.
        """
        for span in doc.ents:
            if reader := self.readers.get(span.label_):
                span._.value, span._.value_reason = reader(span.text)
        return doc
