"""Cut a record into its fields, as people paste them without their record."""

from dataclasses import replace
from typing import Any

from en_trial_registry.pieces import Piece, find_pieces

from corpus.annotation import AnnotatedRecord, links_within
from corpus.jsonl import annotated_row


def cut_record(record: AnnotatedRecord) -> list[AnnotatedRecord]:
    """Cut a record into one pseudo-record per field, headings left out.

    Spans that don't lie in a field are left out too, and links that lose an end.

    record (AnnotatedRecord): A rendered record.
    RETURNS (list[AnnotatedRecord]): In text order; ids are `NCT00000000#arm[0]`.
    """
    return [_take_piece(record, piece) for piece in find_pieces(record.text)]


def piece_rows(record: AnnotatedRecord) -> list[dict[str, Any]]:
    """Cut a record into the objects that the lines of a file of fields hold.

    record (AnnotatedRecord): A rendered record.
    RETURNS (list[dict[str, Any]]): Annotated rows that also tell the id of the whole
        record and the character in its text that they start at.
    """
    return [
        {
            **annotated_row(_take_piece(record, piece)),
            "record": record.id,
            "start": piece.start,
        }
        for piece in find_pieces(record.text)
    ]


def _take_piece(record: AnnotatedRecord, piece: Piece) -> AnnotatedRecord:
    entities = tuple(
        replace(e, start=e.start - piece.start, end=e.end - piece.start)
        for e in record.entities
        if piece.start <= e.start and e.end <= piece.end
    )
    return replace(
        record,
        id=f"{record.id}#{piece.name}",
        text=record.text[piece.start : piece.end],
        entities=entities,
        relations=links_within(record.relations, entities),
    )
