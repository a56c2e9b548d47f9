import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.annotation import AnnotatedRecord, CorpusError
from corpus.correct.examples import content, parse_example, upload_line, upload_row
from corpus.correct.offsets import from_utf16, utf16_table
from corpus.correct.parts import cut_record, links_between


@given(st.text())
def test_offsets_go_to_utf16_and_back(text: str) -> None:
    table = utf16_table(text)
    assert table[-1] == len(text.encode("utf-16-le", "surrogatepass")) // 2
    for i in range(len(text) + 1):
        assert from_utf16(table, table[i], "here") == i


@pytest.mark.parametrize("offset", [-1, 2, 4, 99])
def test_an_offset_inside_a_character_or_outside_is_refused(offset: int) -> None:
    with pytest.raises(CorpusError, match=rf"record 7: offset {offset} is outside"):
        from_utf16(utf16_table("a\U0001f489"), offset, "record 7")


def test_a_short_record_is_one_part(tricky: AnnotatedRecord) -> None:
    (part,) = cut_record(tricky)
    assert (part.key, part.total, part.start) == ("A77#0", 1, 0)
    assert (part.text, part.entities) == (tricky.text, tricky.entities)
    assert part.relations == tricky.relations


@given(st.integers(1, 250))
def test_parts_laid_end_to_end_are_the_record(max_chars: int) -> None:
    record = AnnotatedRecord(
        "A1", "A1\nTitle\n\nArms\n[A] b\n\n\nc\n\nInterventions\n x"
    )
    parts = cut_record(record, max_chars=max_chars)
    assert "".join(part.text for part in parts) == record.text
    assert all(record.text[p.start :].startswith(p.text) for p in parts)
    assert all(part.text.strip() for part in parts)


def test_long_records_are_cut_at_headings(record: AnnotatedRecord) -> None:
    parts = cut_record(record, max_chars=320)
    assert [part.text.split("\n")[0] for part in parts] == [
        "A901",
        "Detailed description",
        "Interventions",
        "Eligibility criteria",
    ]
    for part in parts:
        for entity in part.entities:
            covered = part.text[entity.start : entity.end]
            original = next(e for e in record.entities if e.id == entity.id)
            assert covered == record.covered(original)
    assert sum(len(part.entities) for part in parts) == len(record.entities)


def test_no_entity_is_cut(marked: object, record: AnnotatedRecord) -> None:
    text = "A1\n" + "word\n" * 20
    whole = AnnotatedRecord("A1", text, record.entities[:0])
    long = marked("A1", text, [("word\nword\nword", "OUTCOME")])  # type: ignore[operator]
    assert len(cut_record(whole, max_chars=4)) > len(cut_record(long, max_chars=4))
    assert [p.text for p in cut_record(long, max_chars=4)][1] == "word\nword\nword\n"


def test_relations_between_parts_are_held_back(tricky: AnnotatedRecord) -> None:
    parts = cut_record(tricky, max_chars=40)
    assert len(parts) > 1
    held = links_between(tricky, parts)
    assert [link.label for link in held] == ["HAS_DOSE", "HAS_FREQUENCY"]
    assert [x.label for p in parts for x in p.relations] == ["HAS_THRESHOLD"]


def test_rows_are_ascii_and_alike_and_come_back(tricky: AnnotatedRecord) -> None:
    parts = cut_record(tricky, max_chars=60)
    rows = [upload_row(part, tricky, model="toy 1") for part in parts]
    assert all(upload_line(row).isascii() for row in rows)
    assert len({tuple(row) for row in rows}) == 1
    for number, (part, row) in enumerate(zip(parts, rows, strict=True)):
        back = parse_example({**json.loads(upload_line(row)), "id": number})
        assert content(back.part) == content(part)
        assert (back.id, back.key, back.part.start) == (number, part.key, part.start)


def test_sent_offsets_are_what_a_browser_counts(tricky: AnnotatedRecord) -> None:
    (part,) = cut_record(tricky)
    row = upload_row(part, tricky, model="toy 1")
    units = tricky.text.encode("utf-16-le")
    for sent, entity in zip(row["entities"], tricky.entities, strict=True):
        start, end = sent["start_offset"], sent["end_offset"]
        assert units[2 * start : 2 * end].decode("utf-16-le") == tricky.covered(entity)
        assert start > entity.start


def test_an_example_without_our_key_is_named() -> None:
    with pytest.raises(CorpusError, match="doccano example 5: key 'source_id'"):
        parse_example({"id": 5, "text": "x", "entities": [], "relations": []})


def test_an_example_with_a_wrong_offset_is_read_with_its_problem(
    tricky: AnnotatedRecord,
) -> None:
    (part,) = cut_record(tricky)
    row = {**upload_row(part, tricky, model="toy 1"), "id": 5}
    row["entities"][0]["end_offset"] = 9999
    example = parse_example(row)
    assert example.part.entities == () and example.part.text == tricky.text
    assert example.problem is not None
    assert "example 5, record A77#0: offset 9999 is outside" in example.problem
