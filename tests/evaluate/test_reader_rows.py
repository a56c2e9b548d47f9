"""Rows of readers: matching counted by hand, files, and the command."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from en_trial_registry.normalize import READERS
from en_trial_registry.normalize.component import Normalizer
from en_trial_registry.relations.links import Link
from en_trial_registry.schema import RELATIONS
from en_trial_registry.tables import FACTS, PARTS, TABLES
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from toy_corpus import write_lines
from typer.testing import CliRunner

from evaluate.__main__ import app
from evaluate.documents import EvaluationError
from evaluate.reader_rows import read_records
from evaluate.reader_scores import (
    compare_records,
    differences,
    score_records,
)
from evaluate.row_matching import VALUED, Cell, Row, cell_level, compare

ROWS = Path(__file__).parents[2] / "corpus" / "rows"
TEXT = """T1
Zorbine in winter fatigue

Arms
[Experimental] Zorbine arm
The zorbine is oral, 10 mg daily for 21 days. Zorbine 20 mg is given weekly.

Primary outcomes
Hours slept [Time Frame: 6 weeks]

Eligibility criteria
Exclusion Criteria:
Ferritin below 15 ug/L
"""
ENTITIES = [
    ("oral", "ROUTE"),
    ("zorbine", "INTERVENTION"),
    ("10 mg", "DOSE"),
    ("daily", "FREQUENCY"),
    ("21 days", "DURATION"),
    ("Zorbine 20", "INTERVENTION"),
    ("20 mg", "DOSE"),
    ("weekly", "FREQUENCY"),
    ("Hours slept", "OUTCOME"),
    ("6 weeks", "TIME_FRAME"),
    ("Ferritin", "LAB_TEST"),
    ("below 15 ug/L", "LAB_THRESHOLD"),
]


def span(part: str) -> list[int]:
    start = TEXT.index(part)
    return [start, start + len(part)]


def page_line() -> dict[str, Any]:
    """Two regimens, of which the toy pipeline finds one whole."""
    arm = [span("Zorbine arm")]
    return {
        "id": "T1",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "length": len(TEXT),
        "regimens": [
            {
                "intervention": [span("zorbine")],
                "dose": [span("10 mg")],
                "frequency": [span("daily")],
                "route": [span("oral")],
                "duration": [span("21 days"), None],
                "arm": arm,
            },
            {
                "intervention": [span("Zorbine")],
                "dose": [span("20 mg")],
                "frequency": [span("weekly")],
                "arm": arm,
            },
        ],
        "lab_thresholds": [
            {
                "test": [span("Ferritin")],
                "threshold": [span("below 15 ug/L")],
                "criterion": "exclusion",
            }
        ],
        "outcomes": [
            {
                "outcome": [span("Hours slept")],
                "time_frame": [span("6 weeks")],
                "role": "primary",
            }
        ],
    }


def annotated_line() -> dict[str, Any]:
    entities, links = {}, []
    for id, (part, label) in enumerate(ENTITIES):
        start, end = span(part)
        end = start + len("Zorbine") if part == "Zorbine 20" else end
        entities[part] = {"id": str(id), "start": start, "end": end, "label": label}
    pairs = [("zorbine", p) for p in ("oral", "10 mg", "daily", "21 days")]
    for head, child in (
        *pairs,
        ("Zorbine 20", "20 mg"),
        ("Zorbine 20", "weekly"),
        ("Hours slept", "6 weeks"),
        ("Ferritin", "below 15 ug/L"),
    ):
        label = entities[child]["label"]
        relation = {"LAB_THRESHOLD": "HAS_THRESHOLD", "TIME_FRAME": "MEASURED_AT"}
        links.append(
            {
                "label": relation.get(label, f"HAS_{label}"),
                "head": entities[head]["id"],
                "child": entities[child]["id"],
            }
        )
    return {
        "id": "T1",
        "text": TEXT,
        "entities": list(entities.values()),
        "relations": links,
    }


@Language.component("reader_rows_toy_linker")
def toy_linker(doc: Doc) -> Doc:
    """Link each entity to the last head before it."""
    links = []
    for child in doc.ents:
        for label, (head_label, child_label) in RELATIONS.items():
            heads = [
                h for h in doc.ents if h.label_ == head_label and h.end <= child.start
            ]
            if child.label_ == child_label and heads:
                ends = (heads[-1].start_char, heads[-1].end_char)
                link = Link(label, *ends, child.start_char, child.end_char)
                links.append({**link._asdict(), "score": 1.0})
    doc._.relations = links
    return doc


@Language.component("reader_rows_toy_values")
def toy_values(doc: Doc) -> Doc:
    return Normalizer()(doc)


@pytest.fixture
def nlp() -> Language:
    """Finds all but the second frequency and the laboratory limit."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns(  # type: ignore[attr-defined]
        [
            {"label": label, "pattern": part}
            for part, label in ENTITIES
            if part not in ("Zorbine 20", "weekly", "Ferritin", "below 15 ug/L")
        ]
    )
    nlp.add_pipe("reader_rows_toy_linker")
    nlp.add_pipe("reader_rows_toy_values")
    return nlp


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return (
        write_lines(tmp_path / "rows.jsonl", [page_line()]),
        write_lines(tmp_path / "records.jsonl", [annotated_line()]),
    )


def cell(text: str | None, name: str = "") -> Cell:
    label = VALUED.get(name)
    return Cell(text, READERS[label](text).value if label and text else None)


def regimen(*alternatives: tuple[str | None, ...], arm: str | None = None) -> Row:
    """Cells in the order of the parts; those not given are empty."""
    given = dict(zip(PARTS["regimens"], alternatives, strict=False))
    row: Row = {
        name: tuple(cell(text, name) for text in given.get(name, (None,)))
        for name in PARTS["regimens"]
    }
    return {**row, "arm": (Cell(arm),)}


@pytest.mark.parametrize(
    ("name", "wanted", "found", "level"),
    [
        ("outcome", "Hours slept", "hours\n  Slept", 2),
        ("outcome", "Hours slept", "Hours", 1),
        ("outcome", "Hours slept", "all hours slept", 1),
        ("outcome", "Hours slept", "Hours awake", 0),
        ("outcome", "all hours (slept)", "hours slept", 1),
        ("outcome", "hours of rest slept", "hours slept", 0),
        ("outcome", "Hours", None, 0),
        ("duration", None, "3 weeks", 0),
        ("duration", None, None, 2),
        ("duration", "3 weeks", "21 days", 2),
        ("duration", "3 weeks", "22 days", 0),
        ("frequency", "twice daily", "b.i.d.", 2),
        ("dose", "10 mg", "20 mg", 0),
        ("dose", "10 mg", "up to 10 mg", 1),
    ],
)
def test_cells(name: str, wanted: str | None, found: str | None, level: int) -> None:
    assert cell_level(name, [cell(wanted, name)], [cell(found, name)]) == level


def test_any_alternative_will_do() -> None:
    wanted = [Cell("zorbine"), Cell("ZB"), Cell(None)]
    assert cell_level("arm", wanted, [Cell("zb")]) == 2
    assert cell_level("arm", wanted, [Cell(None)]) == 2
    assert cell_level("arm", wanted, [Cell("other"), Cell("ZB")]) == 2
    assert cell_level("arm", wanted, [Cell("other")]) == 0


def test_pairs_are_as_many_as_possible_and_each_row_is_in_one() -> None:
    """Taking the first that fits would leave the second wanted row alone."""
    wanted = [regimen(("zorbine", "ZB"), ("10 mg",)), regimen(("ZB",), ("10 mg",))]
    found = [regimen(("ZB",), ("10 mg",)), regimen(("zorbine",), ("10 mg",))]
    assert compare("regimens", wanted, found).counts() == [[2, 0, 0], [2, 0, 0]]
    once = compare("regimens", wanted[1:], [found[0], found[0]])
    assert once.counts() == [[1, 1, 0], [1, 1, 0]]
    assert (once.repeats, once.wrong, once.missed) == (1, [found[0]], [])


def test_close_rows_and_their_cells() -> None:
    wanted = [regimen(("zorbine",), ("10 mg",), ("daily",), arm="A")]
    other = regimen(("zorbine",), ("10 mg",), ("weekly",), arm="B")
    nearer = regimen(("zorbine",), ("10 mg daily",), ("daily",), arm="A")
    result = compare("regimens", wanted, [other, nearer])
    assert result.counts() == [[0, 2, 1], [1, 1, 0]]
    assert result.cells == {
        "intervention": 1,
        "dose": 0,
        "frequency": 1,
        "route": 1,
        "duration": 1,
        "arm": 1,
    }
    assert result.repeats == 0


def test_repeats_say_less_than_one_row_and_nothing_else() -> None:
    wanted = [
        regimen(("zorbine",), ("10 mg",), ("daily",)),
        regimen(("zorbine",), ("20 mg",), ("weekly",)),
    ]
    less = regimen(("Zorbine",), (None,), ("daily",), arm="A")
    mixed = regimen(("zorbine",), ("10 mg",), ("weekly",))
    result = compare("regimens", wanted, [less, mixed])
    assert (result.right, result.repeats, len(result.wrong)) == (0, 1, 2)


@pytest.mark.parametrize("table", TABLES)
def test_nothing_wanted_or_found(table: str) -> None:
    names = (*PARTS[table], *FACTS[table])
    row: Row = {name: (Cell("x"),) for name in names}
    assert compare(table, [], []).counts() == [[0, 0, 0]] * 2
    assert compare(table, [row], []).counts() == [[0, 0, 1]] * 2
    assert compare(table, [], [row]).counts() == [[0, 1, 0]] * 2


words = st.sampled_from(["zorbine", "ZB", "rest", "walking"])
texts = st.one_of(st.none(), st.sampled_from(["10 mg", "daily", "oral", "2 weeks"]))
regimens = st.builds(
    lambda head, parts: regimen((head,), *((part,) for part in parts)),
    words,
    st.lists(texts, min_size=4, max_size=4),
)


@given(
    st.lists(regimens, max_size=5).flatmap(
        lambda r: st.tuples(st.just(r), st.permutations(r))
    )
)
def test_rows_in_another_order_are_all_right(pair: tuple[list[Row], list[Row]]) -> None:
    wanted, found = pair
    result = compare("regimens", wanted, found)
    assert result.counts() == [[len(wanted), 0, 0]] * 2
    assert not (result.wrong or result.missed or result.repeats)


def test_pages_with_pipeline_and_annotation(
    nlp: Language, files: tuple[Path, Path]
) -> None:
    records = read_records(*files)
    origins = compare_records(nlp, records)
    found, annotated = origins["pipeline"][0], origins["annotation"][0]
    assert found["regimens"].counts()[0] == [1, 1, 1]
    assert found["lab_thresholds"].counts()[0] == [0, 0, 1]
    assert found["outcomes"].counts()[0] == [1, 0, 0]
    assert found["all"].counts()[0] == [2, 1, 2]
    assert annotated["all"].counts() == [[4, 0, 0]] * 2
    missed = [line for line in differences(records, origins) if "missed" in line]
    assert len(missed) == 2
    assert missed[0].startswith("pipeline, T1, regimens, missed")
    assert "test 'Ferritin'" in missed[1]
    right, _ = score_records(origins["pipeline"])["all"]
    assert right.counts.precision == pytest.approx(2 / 3)
    assert right.intervals.recall == (0.5, 0.5)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "T2"}, "record T2: there is no such text"),
        ({"sha256": "0" * 64}, "record T1: the text is not the one"),
        ({"regimens": [{"colour": [[0, 2]]}]}, r"regimens\[0\]: no cell colour"),
        ({"outcomes": [{"outcome": [[5, 9999]]}]}, r"outcomes\[0\], outcome: \[5, 99"),
        ({"outcomes": [{"outcome": [5]}]}, r"outcomes\[0\], outcome: 5 is no"),
        ({"outcomes": [{"outcome": "sleep"}]}, r"outcomes\[0\], outcome: 'sleep'"),
        ({"outcomes": [{"role": "main"}]}, r"outcomes\[0\], role: 'main'"),
    ],
)
def test_wrong_rows_are_named(
    files: tuple[Path, Path], change: dict[str, Any], message: str
) -> None:
    rows, records = files
    write_lines(rows, [{**page_line(), **change}])
    with pytest.raises(EvaluationError, match=message):
        read_records(rows, records)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("{", "is not JSON lines"),
        ("{}", "id, sha256 missing"),
    ],
)
def test_wrong_files_are_named(
    files: tuple[Path, Path], text: str, message: str
) -> None:
    rows, records = files
    rows.write_text(text, encoding="utf8")
    with pytest.raises(EvaluationError, match=message):
        read_records(rows, records)
    records.unlink()
    with pytest.raises(EvaluationError, match="records.jsonl is missing; make it with"):
        read_records(rows, records)


def test_records_of_one_file_have_the_same_tables(files: tuple[Path, Path]) -> None:
    rows, records = files
    other = {key: page_line()[key] for key in ("id", "sha256", "regimens")}
    assert [set(r.rows) for r in read_records(rows, records)] == [set(TABLES)]
    write_lines(rows, [page_line(), other])
    with pytest.raises(EvaluationError, match="T1 has other tables than the first"):
        read_records(rows, records)
    write_lines(rows, [{key: other[key] for key in ("id", "sha256")}])
    with pytest.raises(EvaluationError, match="record T1: none of regimens, "):
        read_records(rows, records)


def test_tables_that_the_reader_left_alone_are_not_scored(
    nlp: Language, files: tuple[Path, Path]
) -> None:
    rows, records = files
    write_lines(rows, [{k: page_line()[k] for k in ("id", "sha256", "regimens")}])
    found = compare_records(nlp, read_records(rows, records))["pipeline"][0]
    assert set(found) == {"regimens", "all"}
    assert found["all"] == found["regimens"]


def test_command(nlp: Language, files: tuple[Path, Path], tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    rows, records = files
    output = tmp_path / "output"
    options = ["--rows", rows.parent, "--output", output, "--show", "rows"]
    sources = ["--on", f"rows={records}", "--also", f"other={tmp_path}/none"]
    arguments = ["reader-rows", tmp_path / "model", *options, *sources]
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    assert "pipeline, T1, lab_thresholds, missed: test 'Ferritin'" in result.output
    written = (output / "reader_rows.json").read_text(encoding="utf8")
    scores = json.loads(written)["sources"]["rows"]["pipeline"]["regimens"]
    assert scores["right"]["f1"] == 0.5
    assert scores["records"]["T1"]["right_rows"] == scores["right_rows"] == 1
    markdown = (output / "reader_rows.md").read_text(encoding="utf8")
    assert "| T1 | 1 / 2 / 2 | 0 / 0 / 1 | 1 / 1 / 1 | 2 / 3 / 4 |" in markdown
    assert not any(w in written + markdown for w in ("orbine", "Ferritin", "slept"))


def test_command_without_rows(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    arguments = [
        "reader-rows",
        str(tmp_path / "model"),
        "--on",
        f"x={tmp_path}/x.jsonl",
    ]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    assert "x.jsonl is missing" in result.output


def test_rows_of_an_unknown_source_are_not_shown(tmp_path: Path) -> None:
    arguments = ["reader-rows", "model", "--on", f"x={tmp_path}/x.jsonl", "--show", "y"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    assert "--show 'y' is no source; name one of x." in result.output


@pytest.mark.parametrize(
    ("source", "totals"),
    [
        ("pages-test", {"regimens": 11, "lab_thresholds": 11, "outcomes": 15}),
        ("authored-dev", {"regimens": 154}),
    ],
)
def test_the_rows_hold_offsets_and_no_text(source: str, totals: dict[str, int]) -> None:
    text = (ROWS / f"{source}.jsonl").read_text(encoding="utf8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert {n: sum(len(line[n]) for line in lines) for n in totals} == totals
    for line in lines:
        assert set(line) == {"id", "sha256", "length", *totals}
        for name in totals:
            for row in line[name]:
                assert set(row) <= {*PARTS[name], *FACTS[name]}
                check_row(row, line["length"])


def check_row(row: dict[str, Any], length: int) -> None:
    for name, cells in row.items():
        if name in ("criterion", "role"):
            assert cells in (None, "inclusion", "exclusion", "primary", "secondary")
        else:
            assert cells
            assert all(s is None or 0 <= s[0] < s[1] <= length for s in cells)
