"""The three tables: rows, merging, flat cells, data frames, files."""

import csv
import json

import pytest
from en_trial_registry import __main__ as cli
from en_trial_registry import to_dataframe
from en_trial_registry.regimens import combine
from en_trial_registry.tables import TABLES, columns, flat_rows
from hypothesis import given
from hypothesis import strategies as st
from toy_relations import annotate, blank, trained
from typer.testing import CliRunner

NLP = blank()
RECORD = """NCT90000001
A trial of zorbitol

Arms
[Experimental] High
[Zorbitol](INTERVENTION:a) [25 mg](DOSE:b<a) [daily](FREQUENCY:c<a)
[Experimental] Low
[Zorbitol](INTERVENTION:d) [5 mg](DOSE:e<d)

Interventions
[Drug] Zorbitol
[Zorbitol](INTERVENTION:f) [25 mg](DOSE:g<f) [daily](FREQUENCY:h<f)

Primary outcomes
[Pain](OUTCOME:i) [Time Frame: [week 2](TIME_FRAME:j<i)]

Secondary outcomes
[Sleep](OUTCOME:k)

Eligibility criteria
Inclusion Criteria:
- [ALT](LAB_TEST:l) [< 40 U/L](LAB_THRESHOLD:m<l)
Exclusion Criteria:
- [INR](LAB_TEST:n) [> 2](LAB_THRESHOLD:o<n)
"""


@pytest.fixture(scope="module")
def doc():
    return annotate(NLP, RECORD)


def words(row, *names):
    return [row[name] and row[name]["text"] for name in names]


SHORT = """NCT90000002
[Red green blue](INTERVENTION:a) (RGB) [25 mg](DOSE:b<a) for hiccups

Arms
[Experimental] High
[RGB](INTERVENTION:c) [25 mg](DOSE:d<c) [daily](FREQUENCY:e<c)
[Experimental] Other
[RGB](INTERVENTION:f) [25 mg](DOSE:g<f)

Interventions
[Drug] RGB
Other names: Dustol
[Dustol](INTERVENTION:h) [25 mg](DOSE:i<h) [daily](FREQUENCY:j<h)
"""


def test_rows_of_one_intervention_under_several_names():
    doc = annotate(NLP, SHORT)
    other, full = doc._.regimens
    assert words(full, "intervention", "dose", "frequency") == ["RGB", "25 mg", "daily"]
    assert words(other, "dose", "frequency") == ["25 mg", None]
    named = [
        [doc.text[slice(*place["intervention"])] for place in row["places"]]
        for row in (other, full)
    ]
    assert named == [["Red green blue", "RGB"], ["RGB", "Dustol"]]
    # What one arm says is not explained by what another says.
    assert (full["arms"], other["arms"]) == (["High"], ["Other"])


def test_a_row_that_says_less_joins_the_fuller_one():
    less = SHORT.replace("[Experimental] Other\n[RGB](INTERVENTION:f)", "Dust\nRGB")
    (full,) = annotate(NLP, less.replace("[25 mg](DOSE:g<f)", "25 mg"))._.regimens
    assert words(full, "intervention", "dose", "frequency") == ["RGB", "25 mg", "daily"]
    assert len(full["places"]) == 3


def test_regimens(doc):
    high, low = doc._.regimens
    found = words(high, "intervention", "dose", "frequency", "route")
    assert found == ["Zorbitol", "25 mg", "daily", None]
    assert (high["arm"], high["arms"], len(high["places"])) == ("High", ["High"], 2)
    assert (low["dose"]["text"], low["arm"]) == ("5 mg", "Low")
    assert low["dose"]["field"] == "arm_description"
    start, end = high["places"][1]["dose"]
    assert doc.text[start:end] == "25 mg" and start > high["dose"]["start"]


def test_lab_thresholds(doc):
    rows = doc._.lab_thresholds
    assert [(*words(r, "test", "threshold"), r["criterion"]) for r in rows] == [
        ("ALT", "< 40 U/L", "inclusion"),
        ("INR", "> 2", "exclusion"),
    ]


def test_outcomes_without_a_time_have_a_row(doc):
    rows = doc._.outcomes
    assert [(*words(r, "outcome", "time_frame"), r["role"]) for r in rows] == [
        ("Pain", "week 2", "primary"),
        ("Sleep", None, "secondary"),
    ]


def test_documents_without_relations_have_empty_tables():
    doc = NLP("Anything")
    assert doc._.regimens == doc._.lab_thresholds == doc._.outcomes == []


@pytest.mark.parametrize("table", TABLES)
def test_flat_rows_have_the_columns(doc, table):
    rows = flat_rows(doc, table)
    assert rows and all(list(row) == columns(table) for row in rows)
    assert json.loads(json.dumps(rows)) == rows


def test_data_frame(doc):
    frame = to_dataframe(doc, "lab-thresholds")
    assert list(frame["threshold"]) == ["< 40 U/L", "> 2"]
    with pytest.raises(ValueError, match="There is no table 'doses'"):
        to_dataframe(doc, "doses")


def part(start, text="x"):
    return {"start": start, "text": text}


def test_two_doses_are_two_rows_that_share_a_route():
    rows = combine({"dose": [part(1), part(9)], "route": [part(20)]})
    starts = [(row["dose"]["start"], row["route"]["start"]) for row in rows]
    assert starts == [(1, 20), (9, 20)]


def test_as_many_frequencies_as_doses_go_in_order():
    rows = combine({"dose": [part(1), part(9)], "frequency": [part(20), part(30)]})
    assert [row["frequency"]["start"] for row in rows] == [20, 30]


def test_a_second_frequency_of_one_dose_doubles_the_row():
    rows = combine({"dose": [part(1)], "frequency": [part(5), part(9)]})
    assert [row["frequency"]["start"] for row in rows] == [5, 9]


STARTS = st.lists(st.integers(0, 99), min_size=1, max_size=5, unique=True)
KINDS = st.sampled_from(["dose", "frequency", "route", "duration"])


@given(st.dictionaries(KINDS, STARTS, max_size=4))
def test_no_part_is_lost_and_no_row_is_doubled(starts):
    children = {kind: [part(s) for s in own] for kind, own in starts.items()}
    rows = combine(children)
    for kind, own in starts.items():
        assert {row[kind]["start"] for row in rows if kind in row} == set(own)
    assert all(rows) and bool(rows) == bool(children)
    assert len({json.dumps(row, sort_keys=True) for row in rows}) == len(rows)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Runs `extract` on a note of two drugs."""
    folder = tmp_path_factory.mktemp("tables")
    trained().to_disk(folder / "model")
    text = folder / "note.txt"
    text.write_text("Zorbitol 25 mg plus wexanib 50 mg daily\n", encoding="utf-8")

    def run(*arguments):
        base = ["extract", text, "--model", folder / "model", *arguments]
        return CliRunner().invoke(cli.app, [str(argument) for argument in base])

    return run


def facts(rows):
    return [(r["intervention"], r["dose"], r["frequency"]) for r in rows]


EXPECTED = [("Zorbitol", "25 mg", "daily"), ("wexanib", "50 mg", "daily")]


def test_csv_to_a_pipe(run):
    result = run("--table", "regimens")
    assert result.exit_code == 0, result.output
    assert facts(csv.DictReader(result.stdout.splitlines())) == EXPECTED


def test_json_lines_to_a_file(run, tmp_path):
    out = tmp_path / "rows.jsonl"
    result = run("--table", "regimens", "--format", "jsonl", "-o", out)
    assert result.exit_code == 0, result.output
    assert facts(map(json.loads, out.read_text().splitlines())) == EXPECTED


def test_parquet(run, tmp_path):
    from pyarrow import parquet

    out = tmp_path / "rows.parquet"
    result = run("--table", "regimens", "--format", "parquet", "-o", out)
    assert result.exit_code == 0, result.output
    rows = parquet.read_table(out).to_pylist()
    assert facts(rows) == EXPECTED
    assert rows[0]["dose_start"] == 9
    assert list(tmp_path.iterdir()) == [out]


def test_parquet_needs_a_file(run):
    result = run("--table", "regimens", "--format", "parquet")
    assert result.exit_code == 2
    assert "needs --table and a file" in result.stderr


def test_the_terminal_view_shows_the_tables(run):
    result = run("--show")
    assert "Regimens" in result.stdout and "wexanib" in result.stdout
