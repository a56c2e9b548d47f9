"""How far two annotations of the same texts agree."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.language import Language

from corpus.annotation import AnnotatedRecord, CorpusError
from corpus.correct.diff import Change, diff
from corpus.correct.examples import SpanKey, link_keys, span_key

OUTSIDE: Final = "O"


@dataclass
class Tally:
    """Items of one label on both sides, and how many found a partner.

    first (int): Items of the first side.
    second (int): Items of the second side.
    first_matched (int): Items of the first side that the second has too.
    second_matched (int): Items of the second side that the first has too.
    """

    first: int = 0
    second: int = 0
    first_matched: int = 0
    second_matched: int = 0

    @property
    def f1(self) -> float | None:
        """Share of all items that found a partner; None if there is no item."""
        total = self.first + self.second
        return (self.first_matched + self.second_matched) / total if total else None


@dataclass
class Agreement:
    """What two annotations have in common.

    records (int): Records that both annotated.
    strict (dict[str, Tally]): By label, spans with the same characters and label.
    overlap (dict[str, Tally]): By label, spans that share a character with one of the
        same label on the other side.
    relations (dict[str, Tally]): By label, relations with the same ends.
    kappa (float | None): Cohen's kappa over the labels of tokens, `O` among them; None
        where both gave all tokens one label.
    tokens (int): Number of tokens.
    disagreements (list[Change]): From the first annotation to the second.
    """

    records: int = 0
    strict: dict[str, Tally] = field(default_factory=dict)
    overlap: dict[str, Tally] = field(default_factory=dict)
    relations: dict[str, Tally] = field(default_factory=dict)
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
        a, b = (set(map(span_key, r.entities)) for r in (one, other))
        add(result.strict, [(s[2], s in b) for s in a], [(s[2], s in a) for s in b])
        add(result.overlap, touching(a, b), touching(b, a))
        x, y = (link_keys(r.entities, r.relations) for r in (one, other))
        add(result.relations, [(r[0], r in y) for r in x], [(r[0], r in x) for r in y])
        labels.update(token_labels(nlp, one.text, a, b))
        result.disagreements += diff(one, other)
    result.kappa, result.tokens = cohens_kappa(labels), labels.total()
    return result


def add(
    table: dict[str, Tally],
    first: Iterable[tuple[str, bool]],
    second: Iterable[tuple[str, bool]],
) -> None:
    """Add the items of a record to the counts per label.

    table (dict[str, Tally]): Counts by label.
    first (Iterable[tuple[str, bool]]): Label of each item of the first side, and
        whether it has a partner.
    second (Iterable[tuple[str, bool]]): The same of the second side.
    """
    for label, matched in first:
        row = table.setdefault(label, Tally())
        row.first += 1
        row.first_matched += matched
    for label, matched in second:
        row = table.setdefault(label, Tally())
        row.second += 1
        row.second_matched += matched


def touching(ours: set[SpanKey], theirs: set[SpanKey]) -> list[tuple[str, bool]]:
    """Find which spans share a character with one of the same label.

    ours (set[SpanKey]): Spans to judge.
    theirs (set[SpanKey]): Spans of the other side.
    RETURNS (list[tuple[str, bool]]): Label of each span, and whether it does.
    """
    return [
        (
            label,
            any(label == x[2] and start < x[1] and x[0] < end for x in theirs),
        )
        for start, end, label in ours
    ]


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
