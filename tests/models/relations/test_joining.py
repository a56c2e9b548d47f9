"""Rows that complete each other."""

import time

import pytest
from en_trial_registry.joining import join_rows
from en_trial_registry.merging import merge_rows
from en_trial_registry.synonyms import fullest_names
from hypothesis import given
from hypothesis import strategies as st

PARTS = ("intervention", "dose", "frequency", "route", "duration")


def make_rows(*drawn):
    return [
        {
            **{
                name: row.get(name)
                and {"text": row[name], "value": None, "start": i, "end": i + 1}
                for name in PARTS
            },
            "arms": [row["arm"]] if row.get("arm") else [],
        }
        for i, row in enumerate(drawn)
    ]


def join(*drawn):
    return join_rows(merge_rows(make_rows(*drawn), PARTS, (), {}), PARTS, {})


def words(row):
    return {name: row[name]["text"] for name in PARTS if row[name]}


def drug(name="zorbitol", **parts):
    return {"intervention": name, **parts}


def test_rows_that_share_a_part_complete_each_other():
    rows = [
        drug(dose="5 mg", frequency="daily"),
        drug(dose="5 mg", route="oral"),
        drug(dose="9 mg", route="oral"),
        drug(frequency="daily", duration="1 week"),
    ]
    small, large = join(*rows)
    assert words(small) == {**rows[0], **rows[1], **rows[3]}
    assert words(large) == rows[2]
    assert len(small["places"]) == 3


def test_rows_of_one_dose_complete_each_other_without_sharing_a_part():
    rows = [drug(duration="1 week"), drug(dose="5 mg"), drug(frequency="daily")]
    (row,) = join(*rows)
    assert words(row) == {**rows[0], **rows[1], **rows[2]}


@pytest.mark.parametrize(
    ("full", "other"),
    [
        ({"dose": "5 mg", "frequency": "daily"}, {"frequency": "weekly"}),
        ({"dose": "5 mg", "duration": "1 week"}, {"duration": "8 days"}),
        ({"frequency": "daily", "route": "oral"}, {"frequency": "weekly"}),
        (
            {"dose": "5 mg", "frequency": "daily", "route": "oral"},
            {"dose": "5 mg", "frequency": "weekly"},
        ),
    ],
)
def test_another_wording_joins_the_fuller_row(full, other):
    (row,) = join(drug(**other), drug(**full))
    assert words(row) == drug(**full)
    assert [set(place) for place in row["places"]] == [
        {"intervention", *full},
        {"intervention", *other},
    ]


def test_another_wording_completes_the_fuller_row():
    full = drug(dose="5 mg", frequency="daily", route="oral")
    (row,) = join(full, drug(frequency="weekly", duration="1 week"))
    assert words(row) == {**full, "duration": "1 week"}


@pytest.mark.parametrize(
    "rows",
    [
        [drug(dose="5 mg", route="oral"), drug(route="i.v.")],
        [drug(dose="5 mg", frequency="daily"), drug(dose="9 mg")],
        [drug(dose="5 mg", frequency="daily"), drug(dose="5 mg", frequency="weekly")],
        [
            drug(dose="5 mg", frequency="daily", duration="1 week"),
            drug(frequency="weekly", duration="8 days"),
        ],
        [drug(dose="5 mg", frequency="daily"), drug("placebo", frequency="weekly")],
    ],
)
def test_rows_of_another_regimen_stay(rows):
    assert list(map(words, join(*rows))) == rows


def test_wordings_of_another_arm_stay():
    rows = [
        drug(dose="5 mg", frequency="daily", arm="A"),
        drug(frequency="weekly", arm="B"),
    ]
    assert [row["arms"] for row in join(*rows)] == [["A"], ["B"]]


def test_a_row_completes_all_that_it_fits():
    rows = [
        drug(dose="5 mg", route="oral"),
        drug(dose="9 mg", route="oral"),
        drug(route="oral", duration="1 week"),
    ]
    assert [row["duration"]["text"] for row in join(*rows)] == ["1 week", "1 week"]


def test_arms_are_kept_apart():
    rows = [
        drug(dose="5 mg", frequency="daily", arm="A"),
        drug(dose="5 mg", route="oral", arm="B"),
        drug(dose="5 mg", duration="1 week"),
    ]
    one, other = join(*rows)
    assert (one["arms"], other["arms"]) == (["A"], ["B"])
    assert words(one) == drug(dose="5 mg", frequency="daily", duration="1 week")
    assert words(other) == drug(dose="5 mg", route="oral", duration="1 week")


def test_short_names_join_the_full_one():
    rows = [drug("zorbitol", dose="5 mg"), drug("Zorbitol acetate", route="oral")]
    (row,) = join(*rows)
    assert words(row) == {**rows[0], "route": "oral"}


@pytest.mark.parametrize(
    ("names", "fuller"),
    [
        (["zorbitol", "zorbitol acetate"], {"zorbitol": "zorbitol acetate"}),
        (["a", "a b", "c b a"], {"a": "c b a", "a b": "c b a"}),
        (["a", "a b", "a c"], {}),
        (["a b", "b, a"], {}),
        (["()", "a"], {}),
    ],
)
def test_fullest_names(names, fuller):
    assert fullest_names(set(names)) == {name: name for name in names} | fuller


ROWS = st.fixed_dictionaries(
    {name: st.sampled_from([None, "1", "2"]) for name in PARTS[1:]}
    | {
        "intervention": st.sampled_from(["a", "b", "a c"]),
        "arm": st.sampled_from([None, "A", "B"]),
    }
)


def is_wording(said, full):
    """Whether a row says all that was said, in other words for one part at most."""
    others = [name for name, text in said.items() if full.get(name) != text]
    return not others or (len(others) == 1 and others[0] in {"frequency", "duration"})


@given(st.lists(ROWS, max_size=12))
def test_no_part_and_no_place_is_lost_and_nothing_is_added(drawn):
    full = join(*drawn)
    places = {tuple(place["intervention"]) for row in full for place in row["places"]}
    assert places == {(i, i + 1) for i in range(len(drawn))}
    for row in make_rows(*drawn):
        said = {name: text for name, text in words(row).items() if name != PARTS[0]}
        assert any(
            is_wording(said, words(other)) and {*row["arms"]} <= {*other["arms"]}
            for other in full
        )
    told = {(name, row[name]) for row in drawn for name in PARTS}
    assert all(words(row).items() <= told for row in full)


@pytest.mark.parametrize("doses", [1, 4000])
@pytest.mark.parametrize("names", [1, 4000])
def test_many_rows_take_little_time(doses, names):
    drawn = [
        drug(
            f"drug {i % names}",
            **{name: f"{name} {i}" for j, name in enumerate(PARTS[2:]) if i >> j & 1},
            dose=f"dose {i % doses}" if i % 3 else None,
        )
        for i in range(4000)
    ]
    start = time.perf_counter()
    join(*drawn)
    assert time.perf_counter() - start < 3
