from collections.abc import Callable
from dataclasses import replace

import pytest
from spacy.tokens import DocBin

from corpus.alignment import measure_alignment, training_share
from corpus.annotation import AnnotatedRecord, Entity
from corpus.docbin import (
    MISALIGNED,
    OVERLAPPING,
    MisfitError,
    blank_pipeline,
    make_doc,
    make_docbin,
)

Marked = Callable[..., AnnotatedRecord]
NLP = blank_pipeline()


def test_the_document_holds_all_of_the_record(record: AnnotatedRecord) -> None:
    doc, misfits = make_doc(NLP, record)
    assert misfits == []
    assert doc.text == record.text
    assert [(e.start_char, e.end_char, e.label_) for e in doc.ents] == [
        (e.start, e.end, e.label) for e in record.entities
    ]
    relations = doc._.relations
    assert len(relations) == len(record.relations)
    first = relations[0]
    assert first["label"] == "HAS_DOSE"
    assert doc.text[first["head_start"] : first["head_end"]] == "zorbitol"
    assert doc.text[first["child_start"] : first["child_end"]] == "25 mg"
    assert first["score"] == 1.0


def test_it_survives_the_docbin(record: AnnotatedRecord) -> None:
    docbin, _ = make_docbin(NLP, [record])
    (doc,) = DocBin().from_bytes(docbin.to_bytes()).get_docs(NLP.vocab)
    expected, _ = make_doc(NLP, record)
    assert list(doc._.relations) == expected._.relations
    assert doc.user_data["record_id"] == "A901"
    assert doc.user_data["source"] == "authored"
    assert [(e.text, e.label_) for e in doc.ents] == [
        (e.text, e.label_) for e in expected.ents
    ]


def test_a_span_that_cuts_a_token_is_named_and_its_links_go(
    record: AnnotatedRecord,
) -> None:
    entities = list(record.entities)
    entities[3] = replace(entities[3], end=entities[3].end - 1)
    doc, (misfit,) = make_doc(NLP, replace(record, entities=tuple(entities)))
    assert (misfit.problem, misfit.text, misfit.tokens) == (
        MISALIGNED,
        "25 m",
        "25|mg",
    )
    assert str(misfit) == (
        f"A901 DOSE {entities[3].start}-{entities[3].end} '25 m' {MISALIGNED}: 25|mg"
    )
    assert len(doc.ents) == len(record.entities) - 1
    assert len(doc._.relations) == len(record.relations) - 1
    message = str(MisfitError([misfit]))
    assert "1 gold spans do not fit" in message and "A901 DOSE" in message


def test_overlapping_spans_are_named(marked: Marked) -> None:
    record = marked("A1", "Keepers chew brown chalk.", [("brown chalk", "DOSE")])
    inner = Entity("e2", 19, 24, "INTERVENTION")
    same = Entity("e3", 13, 24, "DOSE")
    doc, misfits = make_doc(
        NLP, replace(record, entities=(*record.entities, inner, same))
    )
    assert [(m.entity.id, m.problem) for m in misfits] == [
        ("e2", OVERLAPPING),
        ("e3", OVERLAPPING),
    ]
    assert [e.text for e in doc.ents] == ["brown chalk"]


@pytest.mark.parametrize(
    ("start", "end"), [(-5, 3), (20, 99), (40, 50), (3, 3), (9, 4)]
)
def test_offsets_outside_of_the_text_are_named(
    marked: Marked, start: int, end: int
) -> None:
    record = marked("A1", "Keepers chew brown chalk.", [])
    bad = replace(record, entities=(Entity("e1", start, end, "DOSE"),))
    doc, misfits = make_doc(NLP, bad)
    assert [m.entity.id for m in misfits] == ["e1"]
    assert len(doc.ents) == 0


def test_alignment_is_counted_by_source_and_split(marked: Marked) -> None:
    good = marked("A1", "Chew 5 mg.", [("5 mg", "DOSE")])
    bad = replace(good, id="A2", entities=(Entity("e1", 5, 8, "DOSE"),))
    table = measure_alignment(
        NLP, [good, good, good, bad, replace(bad, split="test", source="registry")]
    )
    assert {key: (row.spans, len(row.misfits)) for key, row in table.items()} == {
        ("authored", "train"): (4, 1),
        ("registry", "test"): (1, 1),
    }
    assert table["authored", "train"].share == 0.75
    assert training_share(table) == 0.75
    assert training_share({}) == 1.0
