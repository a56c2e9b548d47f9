"""How far two annotations of the same texts agree."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.language import Language

from corpus.annotation import AnnotatedRecord, CorpusError
from corpus.checks import find_overlaps
from corpus.correct.diff import Change, diff
from corpus.correct.examples import SpanKey, link_keys, span_key
from evaluate.matching import Counts, LinkSpan, overlap_counts, strict_counts

OUTSIDE: Final = "O"


@dataclass
class Agreement:
    """What two annotations have in common.

    records (int): Records that both annotated.
    strict (dict[str, Counts]): By label, spans with the same characters and label.
    overlap (dict[str, Counts]): By label, spans that share a character with one of the
        same label on the other side, each in one pair at most, as in `evaluate`.
    relations (dict[str, Counts]): By label, relations with the same ends.
    kappa (float | None): Cohen's kappa over the labels of tokens, `O` among them; None
        where both gave all tokens one label.
    tokens (int): Number of tokens.
    disagreements (list[Change]): From the first annotation to the second.
    """

    records: int = 0
    strict: dict[str, Counts] = field(default_factory=dict)
    overlap: dict[str, Counts] = field(default_factory=dict)
    relations: dict[str, Counts] = field(default_factory=dict)
    kappa: float | None = None
    tokens: int = 0
    disagreements: list[Change] = field(default_factory=list)

    @property
    def disputed(self) -> list[str]:
        """Ids of the records that the two sides annotated differently."""
        return sorted({change.record for change in self.disagreements})


def measure_agreement(
    first: Sequence[AnnotatedRecord],
    second: Sequence[AnnotatedRecord],
    *,
    nlp: Language,
) -> Agreement:
    """Compare two annotations of the same records.

    first (Sequence[AnnotatedRecord]): One annotator's or round's records.
    second (Sequence[AnnotatedRecord]): The other's; records of one side are left out.
    nlp (Language): Pipeline whose tokens kappa is counted over.
    RETURNS (Agreement): Figures and disagreements.
    RAISES (CorpusError): If no record is on both sides, or its texts differ.
    """
    others = {record.id: record for record in second}
    pairs = [(record, others[record.id]) for record in first if record.id in others]
    if not pairs:
        raise CorpusError("agreement", "no record is on both sides", "Check the files")
    result = Agreement(records=len(pairs))
    labels: Counter[tuple[str, str]] = Counter()
    for one, other in pairs:
        if one.text != other.text:
            raise CorpusError(one.id, "the two texts differ", "Leave it out")
        _require_flat(one, other)
        a, b = (set(map(span_key, r.entities)) for r in (one, other))
        _add(result.strict, strict_counts(a, b))
        _add(result.overlap, overlap_counts(a, b))
        _add(result.relations, strict_counts(_link_spans(one), _link_spans(other)))
        labels.update(token_labels(nlp, one.text, a, b))
        result.disagreements += diff(one, other)
    result.kappa, result.tokens = cohens_kappa(labels), labels.total()
    return result


def _require_flat(*records: AnnotatedRecord) -> None:
    for record in records:
        for first, second in find_overlaps(record.entities):
            raise CorpusError(
                f"{record.id} {second.label} {second.start}-{second.end}",
                f"overlaps {first.label} {first.start}-{first.end}",
                "Correct one of the two",
            )


def _link_spans(record: AnnotatedRecord) -> set[LinkSpan]:
    keys = link_keys(record.entities, record.relations)
    return {(head[:2], child[:2], label) for label, head, child in keys}


def _add(table: dict[str, Counts], counts: Mapping[str, Counts]) -> None:
    for label, row in counts.items():
        table[label] = table.get(label, Counts()) + row


def token_labels(
    nlp: Language, text: str, first: set[SpanKey], second: set[SpanKey]
) -> list[tuple[str, str]]:
    """Label every token as each side does.

    nlp (Language): Pipeline with the tokenizer.
    text (str): The text.
    first (set[SpanKey]): Spans of the first side.
    second (set[SpanKey]): Spans of the second side.
    RETURNS (list[tuple[str, str]]): Both labels of each token that isn't white space.
    """
    tokens = [token for token in nlp.make_doc(text) if not token.is_space]
    sides = []
    for spans in (first, second):
        at = {i: label for start, end, label in spans for i in range(start, end)}
        sides.append([at.get(token.idx, OUTSIDE) for token in tokens])
    return list(zip(*sides, strict=True))


def cohens_kappa(labels: Counter[tuple[str, str]]) -> float | None:
    """Measure agreement beyond what chance gives.

    labels (Counter[tuple[str, str]]): How often the sides gave each pair of labels.
    RETURNS (float | None): 1 if they always agree; None where chance agrees always.
    """
    total = labels.total()
    if not total:
        return None
    observed = sum(n for (a, b), n in labels.items() if a == b) / total
    one: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for (a, b), n in labels.items():
        one[a] += n
        other[b] += n
    expected = sum(one[label] * other[label] for label in one) / total**2
    return None if expected == 1 else (observed - expected) / (1 - expected)
