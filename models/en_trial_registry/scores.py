"""How sure the pipeline is of an entity, and what is left above a limit."""

from spacy.tokens import Doc, Span


class NoScoresError(ValueError):
    """Entities are to be chosen by their score, and the pipeline gives none."""


def score_of(span: Span) -> float | None:
    """Look up the score of an entity.

    span (Span): The entity.
    RETURNS (float | None): Its score; None if the pipeline gives none.
    """
    return span._.score if Span.has_extension("score") else None


def drop_below(doc: Doc, min_score: float) -> None:
    """Drop entities with a lower score, and the links from and to them.

    doc (Doc): The document; its tables follow, since they are made of both.
    min_score (float): The lowest score that is kept.
    RAISES (NoScoresError): If an entity has no score.
    """
    doc.ents = [span for span in doc.ents if _score(span) >= min_score]
    kept = {(span.start_char, span.end_char) for span in doc.ents}
    if doc._.relations:
        doc._.relations = [
            link
            for link in doc._.relations
            if (link["head_start"], link["head_end"]) in kept
            and (link["child_start"], link["child_end"]) in kept
        ]


def _score(span: Span) -> float:
    score = score_of(span)
    if score is None:
        raise NoScoresError(
            f"The pipeline gives no score to its {span.label_} entities, so that none "
            "can be chosen by --min-score; leave it out, or use a pipeline with scores."
        )
    return score
