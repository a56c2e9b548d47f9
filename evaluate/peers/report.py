"""The comparison as JSON and Markdown."""

import statistics
from collections.abc import Sequence
from typing import Any, Final

from en_trial_registry.schema import ENTITY_LABELS

from evaluate.markdown import number, table
from evaluate.peers.compare import PeerResult, SourceComparison
from evaluate.peers.published import PUBLISHED
from evaluate.scoring import LabelScore, score_json

DEFINITIONS: Final = {
    "strict": "first character, end and label agree",
    "overlap": "same label and at least one shared character, each span in one pair",
    "micro": "over all nine labels; a label that a peer does not try is missed",
    "own_micro": "over the labels that the peer tries",
    "interval": "95 % percentile interval over resampled documents",
    "words_per_second": "one process, one thread; rounds in turns, every other one in "
    "reverse order; median, least, most. Peers that do less have less to compute",
}


def peers_json(comparisons: Sequence[SourceComparison]) -> dict[str, Any]:
    """Write comparisons as plain JSON types.

    comparisons (Sequence[SourceComparison]): One for each source.
    RETURNS (Dict[str, Any]): Scores and rates by source and peer; published figures.
    """
    return {
        "task": "peers",
        "definitions": DEFINITIONS,
        "sources": {
            one.name: {
                "documents": one.documents,
                "words": one.words,
                "peers": {r.peer.name: _peer_json(r) for r in one.results},
            }
            for one in comparisons
        },
        "published": [figure._asdict() for figure in PUBLISHED],
    }


def _peer_json(result: PeerResult) -> dict[str, Any]:
    return {
        "how": result.peer.how,
        "labels": list(result.peer.labels),
        "cannot": result.peer.cannot,
        "scores": {score.label: _score(score) for score in result.scores},
        "own_micro": _score(result.own),
        "words_per_second": {
            "median": round(statistics.median(result.rates)),
            "least": round(min(result.rates)),
            "most": round(max(result.rates)),
        },
    }


def _score(score: LabelScore) -> dict[str, Any]:
    return {
        "support": score.strict.counts.support,
        "strict": score_json(score.strict),
        "overlap": score_json(score.overlap),
    }


def peers_markdown(comparisons: Sequence[SourceComparison]) -> str:
    """Write comparisons as tables.

    comparisons (Sequence[SourceComparison]): One for each source.
    RETURNS (str): Markdown.
    """
    lines = ["# Peers on the same records", ""]
    lines += [f"- **{name}**: {text}" for name, text in DEFINITIONS.items()]
    if comparisons:
        lines += ["", "How each peer was set up:", ""]
        lines += [f"- {r.peer.name}: {r.peer.how}" for r in comparisons[0].results]
    for one in comparisons:
        lines += ["", *_source_lines(one)]
    return "\n".join([*lines, "", *_published_lines()]) + "\n"


def _source_lines(one: SourceComparison) -> list[str]:
    return [
        f"## {one.name}: {one.documents:,} documents, {one.words:,} words",
        "",
        *table(
            (
                "peer",
                "strict micro P",
                "R",
                "F1",
                "overlap F1",
                "strict F1 of own labels",
                "words/s",
                "what it can't do",
            ),
            [_row(result) for result in one.results],
        ),
        "",
        *_label_lines("strict", one.results),
        "",
        *_label_lines("overlap", one.results),
    ]


def _label_lines(match: str, results: Sequence[PeerResult]) -> list[str]:
    rows = [
        _label_row(label, place, match, results)
        for place, label in enumerate(ENTITY_LABELS)
    ]
    names = [result.peer.name for result in results]
    return [f"F1 by label, {match}:", "", *table(("label", *names), rows)]


def _row(result: PeerResult) -> list[str]:
    micro = result.scores[-1]
    counts, intervals = micro.strict.counts, micro.strict.intervals
    own, overlap = result.own.strict, micro.overlap
    rates = result.rates
    return [
        result.peer.name,
        number(counts.precision, intervals.precision),
        number(counts.recall, intervals.recall),
        number(counts.f1, intervals.f1),
        number(overlap.counts.f1, overlap.intervals.f1),
        number(own.counts.f1, own.intervals.f1),
        f"{statistics.median(rates):,.0f} ({min(rates):,.0f} to {max(rates):,.0f})",
        result.peer.cannot,
    ]


def _label_row(
    label: str, place: int, match: str, results: Sequence[PeerResult]
) -> list[str]:
    cells = []
    for result in results:
        scores = result.scores[place]
        score = scores.strict if match == "strict" else scores.overlap
        tried = label in result.peer.labels
        cells.append(number(score.counts.f1, score.intervals.f1) if tried else "–")
    return [label, *cells]


def _published_lines() -> list[str]:
    return [
        "## Published figures",
        "",
        "On other texts, with other labels: what is usual there, not a ranking.",
        "",
        *table(
            (
                "system",
                "task",
                "text source",
                "match",
                "figure",
                "source",
                "checked",
                "what it doesn't do of our task",
            ),
            [list(figure) for figure in PUBLISHED],
        ),
    ]
