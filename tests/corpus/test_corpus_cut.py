from collections.abc import Callable

from corpus.annotation import AnnotatedRecord, Link
from corpus.cut import cut_record, piece_rows

Marked = Callable[..., AnnotatedRecord]


def test_a_record_is_cut_into_its_fields(record: AnnotatedRecord) -> None:
    pieces = {piece.id: piece for piece in cut_record(record)}
    assert {key: piece.text for key, piece in pieces.items()} == {
        "A901#title": "Zorbitol for winter cough in lighthouse keepers",
        "A901#official_title": "A trial of zorbitol in lighthouse keepers",
        "A901#brief_summary": "Keepers cough when fog rolls in. lighthouse keepers "
        "will swallow zorbitol 25 mg twice daily.",
        "A901#detailed_description": "Each keeper logs coughing by lantern light, "
        "and a gull counts the logs of lighthouse keepers.",
        "A901#arm[0]": "Zorbitol 25 mg by mouth for 6 weeks.",
        "A901#arm[1]": "Chalk tablets by mouth.",
        "A901#intervention[0]": "Brown pellets, 25 mg.",
        "A901#intervention[1]": "White pellets.",
        "A901#primary_outcomes": "Nightly coughs counted by lighthouse keepers "
        "[Time Frame: 6 weeks]\nCoughs that wake the dog.\n"
        "Hours of sleep [Time Frame: 6 weeks]",
        "A901#secondary_outcomes": "Foghorn tolerance [Time Frame: 12 weeks]",
        "A901#criteria": "Inclusion Criteria:\n- Serum copper below 20 µmol/L\n"
        "Exclusion Criteria:\n- Owns a foghorn and knows lighthouse keepers",
    }
    arm = pieces["A901#arm[0]"]
    assert [(arm.covered(e), e.label) for e in arm.entities] == [
        ("Zorbitol", "INTERVENTION"),
        ("25 mg", "DOSE"),
        ("by mouth", "ROUTE"),
        ("6 weeks", "DURATION"),
    ]
    assert arm.relations == (
        Link("HAS_DOSE", "e7", "e8"),
        Link("HAS_ROUTE", "e7", "e9"),
        Link("HAS_DURATION", "e7", "e10"),
    )
    # The name stands in the heading, so its dose has nobody to be linked to.
    intervention = pieces["A901#intervention[0]"]
    assert [intervention.covered(e) for e in intervention.entities] == ["25 mg"]
    assert intervention.relations == ()
    assert (arm.source, arm.split) == ("authored", "train")


def test_spans_in_headings_do_not_count(record: AnnotatedRecord) -> None:
    inside = {e.id for piece in cut_record(record) for e in piece.entities}
    outside = [e.id for e in record.entities if e.id not in inside]
    # The arm label, the two intervention names and the other name.
    assert outside == ["e6", "e11", "e14", "e16", "e17"]


def test_every_span_covers_what_it_covered(record: AnnotatedRecord) -> None:
    words = {e.id: record.covered(e) for e in record.entities}
    for piece in cut_record(record):
        assert all(piece.covered(e) == words[e.id] for e in piece.entities)


def test_a_row_tells_where_the_piece_lies(record: AnnotatedRecord) -> None:
    for row in piece_rows(record):
        assert row["record"] == record.id
        assert record.text[row["start"] :].startswith(row["text"])
