"""Marks the sections of a record in `doc.spans["sections"]`."""

from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from en_trial_registry.rendering import find_sections

SECTIONS_KEY: Final = "sections"


@Language.factory("record_sections", assigns=["doc.spans"])
def make_record_sections(nlp: Language, name: str) -> "RecordSections":
    """Make the component that marks sections.

    nlp (Language): The pipeline.
    name (str): The component's name in it.
    RETURNS (RecordSections): The component; it has no settings and no state.
    """
    return RecordSections()


class RecordSections:
    """Sets `doc.spans["sections"]`, one span per section, labelled by its heading.

    Text before the first heading is the section `Header`. Text without headings has no
    sections.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Mark the sections of one document.

        doc (Doc): The document.
        RETURNS (Doc): The same document.
        """
        spans = (
            doc.char_span(start, end, label=label, alignment_mode="expand")
            for label, start, end in find_sections(doc.text)
        )
        doc.spans[SECTIONS_KEY] = SpanGroup(
            doc, name=SECTIONS_KEY, spans=[span for span in spans if span]
        )
        return doc
