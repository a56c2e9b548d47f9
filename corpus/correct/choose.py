"""Which records an annotator should look at first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from spacy.language import Language
from tqdm import tqdm

from corpus.annotation import AnnotatedRecord, CorpusError

BEAM_WIDTH = 16
BEAM_DENSITY = 0.0001


def most_uncertain(scores: Mapping[str, float], count: int) -> list[str]:
    """Choose the records with the highest scores.

    scores (Mapping[str, float]): Uncertainty by record id.
    count (int): How many at most.
    RETURNS (list[str]): Record ids, the most uncertain first; ties by id.
    """
    return sorted(scores, key=lambda name: (-scores[name], name))[:count]


def pick(
    records: Iterable[AnnotatedRecord], ids: Sequence[str]
) -> list[AnnotatedRecord]:
    """Take records by id.

    records (Iterable[AnnotatedRecord]): Records.
    ids (Sequence[str]): Those wanted, in the order wanted.
    RETURNS (list[AnnotatedRecord]): In that order.
    RAISES (CorpusError): If one isn't there.
    """
    by_id = {record.id: record for record in records}
    missing = [name for name in ids if name not in by_id]
    if missing:
        raise CorpusError(
            ", ".join(missing), "no such record", "Correct the list of ids"
        )
    return [by_id[name] for name in ids]


def uncertainty(probabilities: Iterable[float]) -> float:
    """Average how undecided a model is about its spans.

    probabilities (Iterable[float]): Probability of every span it considered.
    RETURNS (float): 0 if all are certain or there are none, 1 if all are even odds.
    """
    spread = [4 * p * (1 - p) for p in probabilities]
    return sum(spread) / len(spread) if spread else 0.0


def score_records(
    nlp: Language, records: Sequence[AnnotatedRecord]
) -> dict[str, float]:
    """Score records by the alternatives that the entity recogniser's beam holds.

    nlp (Language): Pipeline with the component `ner`.
    records (Sequence[AnnotatedRecord]): Records; only their text is used.
    RETURNS (dict[str, float]): Uncertainty by record id, from 0 to 1.
    RAISES (CorpusError): If the pipeline has no `ner` that can search by beam.
    """
    ner: Any = nlp.get_pipe("ner") if nlp.has_pipe("ner") else None
    if not hasattr(ner, "beam_parse"):
        raise CorpusError(
            f"pipeline {nlp.meta['name']}",
            "has no component 'ner' with a beam",
            "Give scores in a file instead",
        )
    with nlp.select_pipes(disable=_from_ner_on(nlp)):
        return {
            record.id: uncertainty(_span_scores(ner, nlp(record.text)))
            for record in tqdm(records, unit="record", disable=None)
        }


def _from_ner_on(nlp: Language) -> list[str]:
    return nlp.pipe_names[nlp.pipe_names.index("ner") :]


def _span_scores(ner: Any, doc: Any) -> Iterable[float]:
    beams = ner.beam_parse([doc], beam_width=BEAM_WIDTH, beam_density=BEAM_DENSITY)
    found: Callable[[Any], list[dict[Any, float]]] = ner.scored_ents
    return found(beams)[0].values()
