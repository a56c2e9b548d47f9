"""The factory `marginal_ner`: spaCy's `ner`, which weighs all ways through a text.

spaCy takes the best transition of each state, one token after the other. Here every
entity gets its marginal probability: the sum over all sequences of transitions that
hold it. What is more likely than not is kept; two such entities never overlap
(`marginals.py`). Training, config and stored files are those of `ner`.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from spacy.attrs import ENT_IOB, SENT_START
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.pipeline.ner import DEFAULT_NER_MODEL
from spacy.tokens import Doc, Span
from thinc.api import Model

from en_trial_registry import extensions  # noqa: F401  registers `span._.score`
from en_trial_registry.marginals import Found, likely_entities
from en_trial_registry.ner_states import N_FEATURES


@Language.factory(
    "marginal_ner",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type", "span._.score"],
    default_config={
        "moves": None,
        "update_with_oracle_cut_size": 100,
        "model": DEFAULT_NER_MODEL,
        "incorrect_spans_key": None,
        "scorer": {"@scorers": "spacy.ner_scorer.v1"},
    },
    default_score_weights={
        "ents_f": 1.0,
        "ents_p": 0.0,
        "ents_r": 0.0,
        "ents_per_type": None,
    },
)
def make_marginal_ner(
    nlp: Language,
    name: str,
    model: Model[list[Doc], Any],
    moves: Any,
    update_with_oracle_cut_size: int,
    incorrect_spans_key: str | None,
    scorer: Callable[..., dict[str, Any]] | None,
) -> "MarginalEntityRecognizer":
    """Make the component; all settings are those of spaCy's `ner`.

    nlp (Language): The pipeline.
    name (str): The component's name in it.
    model (Model[list[Doc], ParserStepModel]): A `TransitionBasedParser` for `ner`.
    moves (Optional[TransitionSystem]): None for one with the labels of the examples.
    update_with_oracle_cut_size (int): Words of the pieces that it learns from.
    incorrect_spans_key (Optional[str]): Key of spans known to be no entities.
    scorer (Optional[Callable]): Scores examples.
    RETURNS (MarginalEntityRecognizer): The component.
    """
    return MarginalEntityRecognizer(
        nlp.vocab,
        model,
        name,
        moves=moves,
        update_with_oracle_cut_size=update_with_oracle_cut_size,
        incorrect_spans_key=incorrect_spans_key,
        scorer=scorer,
    )


class MarginalEntityRecognizer(EntityRecognizer):  # type: ignore[misc]
    """spaCy's EntityRecognizer, which keeps what is more likely than not.

    Sets `span._.score` to the marginal probability. Documents with entities or
    sentences that are set already, and models with `extra_state_tokens`, go spaCy's
    way and get no scores.
    """

    def predict(self, docs: Sequence[Doc]) -> Any:
        """Find the entities of documents, without setting them.

        docs (Sequence[Doc]): Documents.
        RETURNS (list[list[Found]] | list[StateClass]): Per document its entities, or
            spaCy's final states.
        """
        docs = [docs] if isinstance(docs, Doc) else list(docs)
        n_features = self.model.get_ref("lower").get_dim("nF")
        if n_features != N_FEATURES or not all(map(_is_bare, docs)):
            return super().predict(docs)
        if not any(docs):
            return [[] for _ in docs]
        return _by_doc(likely_entities(self, docs), docs)

    def set_annotations(self, docs: Sequence[Doc], found: Any) -> None:
        """Set the entities of documents, and how likely each is.

        docs (Sequence[Doc]): The documents.
        found (list[list[Found]] | list[StateClass]): Result of `predict`.
        """
        if not all(isinstance(entities, list) for entities in found):
            super().set_annotations(docs, found)
            return
        for doc, entities in zip(docs, found, strict=True):
            spans = [Span(doc, one.start, one.end, one.label) for one in entities]
            doc.set_ents(spans, default="outside")
            for span, one in zip(doc.ents, entities, strict=True):
                span._.score = one.probability


def _is_bare(doc: Doc) -> bool:
    given = doc.to_array([ENT_IOB, SENT_START])
    return not given[:, 0].any() and not (given[1:, 1] == 1).any()


def _by_doc(found: Iterator[Found], docs: Sequence[Doc]) -> list[list[Found]]:
    waiting = next(found, None)
    result: list[list[Found]] = []
    first = 0
    for doc in docs:
        own: list[Found] = []
        while waiting and waiting.start < first + len(doc):
            start, end, label, probability = waiting
            own.append(Found(start - first, end - first, label, probability))
            waiting = next(found, None)
        result.append(own)
        first += len(doc)
    return result
