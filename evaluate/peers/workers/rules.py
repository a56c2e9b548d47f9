"""medspaCy with target rules for the nine labels, sections and sentences."""

from collections.abc import Sequence
from typing import Any, Final

import medspacy  # type: ignore[import-not-found]
from medspacy.ner import TargetRule  # type: ignore[import-not-found]
from medspacy.section_detection import SectionRule  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span

from evaluate.peers.workers.exchange import Find, serve

_ELIGIBILITY: Final = "Eligibility criteria"
_LABORATORY: Final = frozenset({"LAB_TEST", "LAB_THRESHOLD"})


def prepare(settings: dict[str, Any]) -> Find:
    """Set up medspaCy.

    settings (Dict[str, Any]): `phrases` and `patterns`, lists by label, and `headings`
        of sections.
    RETURNS (Find): Gives the entities that fit their section.
    """
    nlp = medspacy.load(enable=["medspacy_pyrush", "medspacy_target_matcher"])
    nlp.get_pipe("medspacy_target_matcher").add(
        [
            TargetRule(phrase, label)
            for label, phrases in settings["phrases"].items()
            for phrase in phrases
        ]
        + [
            TargetRule(label, label, pattern=pattern)
            for label, patterns in settings["patterns"].items()
            for pattern in patterns
        ]
    )
    sections = nlp.add_pipe("medspacy_sectionizer", config={"rules": None})
    sections.add([SectionRule(h, h) for h in settings["headings"]])

    def find(texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        return [
            [(ent.start_char, ent.end_char, ent.label_) for ent in _fitting(doc)]
            for doc in nlp.pipe(texts)
        ]

    return find


def _fitting(doc: Doc) -> list[Span]:
    """Keep laboratory tests and limits that share a sentence of the eligibility
    criteria, and the other labels outside the criteria."""
    kept = []
    for sentence in doc.sents:
        ents = list(sentence.ents)
        labels = {ent.label_ for ent in ents}
        for ent in ents:
            eligibility = ent._.section_category == _ELIGIBILITY
            if ent.label_ in _LABORATORY:
                fits = eligibility and labels >= _LABORATORY
            else:
                fits = not eligibility
            if fits:
                kept.append(ent)
    return kept


if __name__ == "__main__":
    serve(prepare, ("medspacy", "spacy"))
