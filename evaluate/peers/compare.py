"""Scores and times the peers on gold documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluate.bootstrap import RESAMPLES, SEED
from evaluate.documents import GoldDocument, read_documents
from evaluate.matching import Span
from evaluate.peers.finders import Peer
from evaluate.peers.rounds import run_rounds
from evaluate.scoring import LabelScore, score_spans


@dataclass(frozen=True)
class PeerResult:
    """What one peer reached on one text source.

    peer (Peer): The peer.
    scores (Tuple[LabelScore, ...]): One for each label of the schema, then `micro`.
    own (LabelScore): Micro over the labels that it tries to find.
    rates (Tuple[float, ...]): Words a second of each round.
    """

    peer: Peer
    scores: tuple[LabelScore, ...]
    own: LabelScore
    rates: tuple[float, ...]


@dataclass(frozen=True)
class SourceComparison:
    """All peers on one text source.

    name (str): Name of the source.
    documents (int): Number of documents.
    words (int): Number of words.
    results (Tuple[PeerResult, ...]): The peers in order.
    """

    name: str
    documents: int
    words: int
    results: tuple[PeerResult, ...]


def compare(
    peers: Sequence[Peer],
    sources: Mapping[str, Path],
    *,
    rounds: int,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> list[SourceComparison]:
    """Let all peers read all sources.

    peers (Sequence[Peer]): The peers.
    sources (Mapping[str, Path]): JSON lines of gold documents by name of the source.
    rounds (int): How often each peer reads a source, in turns.
    seed (int): Seed of the bootstrap.
    resamples (int): Number of bootstrap draws.
    RETURNS (List[SourceComparison]): One for each source.
    """
    results = []
    for name, path in sources.items():
        documents = read_documents(path)
        words = sum(document.words for document in documents)
        timed = run_rounds(
            {peer.name: peer.find for peer in peers},
            [document.text for document in documents],
            rounds=rounds,
        )
        found = [
            _result(peer, documents, run.spans, run.seconds, words, seed, resamples)
            for peer, run in zip(peers, timed, strict=True)
        ]
        results.append(SourceComparison(name, len(documents), words, tuple(found)))
    return results


def _result(
    peer: Peer,
    documents: Sequence[GoldDocument],
    spans: Sequence[frozenset[Span]],
    seconds: Sequence[float],
    words: int,
    seed: int,
    resamples: int,
) -> PeerResult:
    gold = [document.entities for document in documents]
    own_gold = [frozenset(s for s in each if s[2] in peer.labels) for each in gold]
    scores = score_spans(gold, spans, seed=seed, resamples=resamples)
    own = score_spans(own_gold, spans, seed=seed, resamples=resamples)[-1]
    return PeerResult(peer, scores, own, tuple(words / second for second in seconds))
