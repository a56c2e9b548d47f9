"""Values: when two are the same, counts by hand, and the test set itself."""

import json
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from evaluate.documents import EvaluationError
from evaluate.values import GoldValue, read_values, score_values
from evaluate.values_match import (
    OPTIONAL,
    PERIOD_UNITS,
    canonical_unit,
    fold,
    matches,
    parse_iso,
)
from evaluate.values_report import main, values_json, values_markdown, wilson

FOLDER = Path("corpus/values")
PARTS = {part: FOLDER / f"{part}.jsonl" for part in ("dev", "measured")}
ROWS = [(part, gold) for part, path in PARTS.items() for gold in read_values(path)]


@dataclass
class Reading:
    """What a toy reader says."""

    value: dict[str, Any] | None
    reason: str | None = None


SAME = [
    ("DURATION", {"low": "P21D", "high": "P21D"}, {"low": "P3W", "high": "P3W"}),
    ("DURATION", {"high": "PT24H"}, {"low": None, "high": "P1D"}),
    ("DURATION", {"until": "fevers abate"}, {"until": "until the fevers abate"}),
    ("DURATION", {"until": "in the absence of toxicity"}, {"until": "toxicity"}),
    ("DOSE", {"low": 1e9, "high": 1e9}, {"low": 1000000000, "high": 10**9}),
    ("DOSE", {"low": 0, "high": 1}, {"low": 0.0, "high": 1.0}),
    ("DOSE", {"low": 3, "unit": "mg/kg/d"}, {"low": 3, "unit": "mg/(kg.d)"}),
    ("DOSE", {"low": 3, "unit": "mL"}, {"low": 3, "unit": "ml"}),
    ("DOSE", {"low": 3, "unit": "{cells}/kg"}, {"low": 3, "unit": "{MSC}/kg"}),
    ("DOSE", {"low": 3, "unit": "{tablet}"}, {"low": 3, "unit": "{tablets}"}),
    ("DOSE", {"low": 3, "unit": "Gy{RBE}"}, {"low": 3, "unit": "Gy"}),
    ("DOSE", {"low": 3, "unit": "1"}, {"low": 3}),
    ("DOSE", {"low": 3, "unit": "g"}, {"low": 3, "unit": "g", "flag": "x"}),
    ("LAB_THRESHOLD", {"low": 3, "low_inclusive": False, "unit": "/mm3"},
     {"low": 3, "low_inclusive": False, "unit": "/uL", "high_inclusive": True}),
    ("ROUTE", {"name": "inhalation"}, {"name": "inhaled", "snomed": "1"}),
    ("ROUTE", {"name": "other:both eyes"}, {"name": "Both eyes"}),
    ("FREQUENCY", {"frequency": 1, "period": 1, "period_unit": "wk"},
     {"period": 7, "period_unit": "d"}),
    ("FREQUENCY", {"days": [2, 1]}, {"days": [1, 2], "frequency": 1, "period": 1,
     "period_unit": "d"}),
    ("FREQUENCY", {"when": ["MORN", "EVE"]}, {"when": ["EVE", "MORN"], "frequency": 2,
     "period": 1, "period_unit": "d"}),
    ("FREQUENCY", {"offset": "-PT1H", "event": "sex"},
     {"offset": "-PT60M", "event": "before the sex"}),
    ("TIME_FRAME", {"points": ["P12M", "PT0S"]}, {"points": ["P0D", "P1Y"]}),
    ("TIME_FRAME", {"anchor": "surgery"}, {"start": "PT0S", "anchor": "after surgery"}),
    ("TIME_FRAME", {"every": "P1W"}, {"every": ["P7D"]}),
]  # fmt: skip

DIFFERENT = [
    ("DURATION", {"high": "P1M"}, {"high": "P30D"}),
    ("DURATION", {"high": "P1M"}, {"low": "P1M", "high": "P1M"}),
    ("DURATION", {"high": "PT1M"}, {"high": "P1M"}),
    ("DOSE", {"low": 3, "unit": "mg"}, {"low": 3, "unit": "g"}),
    ("DOSE", {"low": 3, "unit": "mg/kg"}, {"low": 3, "unit": "mg"}),
    ("DOSE", {"low": 3, "unit": "mg/{0.9_mL}"}, {"low": 3, "unit": "mg/{50_mL}"}),
    ("DOSE", {"low": 0, "high": 1}, {"high": 1}),
    ("DOSE", {"low": 3, "flag": "x"}, {"low": 3}),
    ("LAB_THRESHOLD", {"low": 3, "low_inclusive": False},
     {"low": 3, "low_inclusive": True}),
    ("LAB_THRESHOLD", {"low": 3, "low_inclusive": False}, {"low": 3}),
    ("LAB_THRESHOLD", {"low": 3, "reference": "ULN"}, {"low": 3}),
    ("ROUTE", {"name": "oral"}, {"name": "nasal"}),
    ("FREQUENCY", {"frequency": 2, "period": 1, "period_unit": "d"},
     {"frequency": 1, "period": 12, "period_unit": "h"}),
    ("FREQUENCY", {"days": [1], "frequency": 2, "period": 1, "period_unit": "d"},
     {"days": [1]}),
    ("FREQUENCY", {"offset": "-PT1H"}, {"offset": "PT1H"}),
    ("TIME_FRAME", {"points": ["P1M"]}, {"start": "PT0S", "end": "P1M"}),
    ("TIME_FRAME", {"start": "P1D", "end": "P1M"}, {"start": "PT0S", "end": "P1M"}),
]  # fmt: skip


@pytest.mark.parametrize(("label", "one", "other"), SAME)
def test_the_same_meaning(
    label: str, one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert matches(label, one, other)
    fixed = {key: part for key, part in other.items() if key not in OPTIONAL}
    assert matches(label, fixed, one)


@pytest.mark.parametrize(("label", "one", "other"), DIFFERENT)
def test_another_meaning(
    label: str, one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert not matches(label, one, other)


def test_none_equals_none_alone() -> None:
    assert matches("DOSE", None, None)
    assert not matches("DOSE", None, {"low": 1})
    assert not matches("DOSE", {"low": 1}, None)


def test_text_that_is_no_duration_equals_itself_alone() -> None:
    assert [parse_iso(t) for t in ("P", "PT", "3 weeks", "P1.2.3D")] == [None] * 4
    assert matches("DURATION", {"low": "soon"}, {"low": "soon"})
    assert not matches("DURATION", {"low": "soon"}, {"low": "P1D"})


def test_units_and_words_by_hand() -> None:
    assert canonical_unit("mg/m2/{dose}") == {("mg", 1), ("m2", -1), ("{dose}", -1)}
    assert canonical_unit("cm[H2O]") == {("cm[H2O]", 1)}
    assert canonical_unit("/mm3") == {("uL", -1)}
    assert fold("Within the last month, before surgery") == "last month before surgery"


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return path


def dose(text: str, value: int | None, **more: Any) -> dict[str, Any]:
    reason = {"reason": "unclear"} if value is None else {}
    given = None if value is None else {"low": value}
    return {"label": "DOSE", "text": text, "value": given, **reason, **more}


def read_digits(text: str) -> Reading:
    number = "".join(filter(str.isdigit, text))
    return Reading({"low": int(number)} if number else None, "no digit")


def test_counts_by_hand(tmp_path: Path) -> None:
    gold = write(
        tmp_path / "gold.jsonl",
        dose("1 mg", 1),
        dose("2 mg", 3),
        dose("4 mg", 3, also=[{"low": 4}]),
        dose("five", 5),
        dose("none", None),
        dose("6 mg", None),
        dose("7 mg", None, also=[{"low": 7}]),
        dose("eight", 8, also=[None]),
    )
    counts = score_values(gold, {"DOSE": read_digits})["DOSE"]
    assert (counts.n, counts.asked, counts.answered) == (8, 4, 3)
    assert (counts.given, counts.right, counts.wrong) == (5, 3, 2)
    assert counts.declined_rightly == 2
    assert [miss.gold.text for miss in counts.misses] == ["2 mg", "five", "6 mg"]
    row = values_json({"dev": {"DOSE": counts}})["parts"]["dev"]["DOSE"]
    assert (row["accuracy"], row["coverage"], row["wrong_rate"]) == (0.6, 0.75, 0.25)
    assert "| DOSE | 8 | 5 | 3 | 2 | 2 | 0.600 (" in values_markdown(
        {"dev": {"DOSE": counts}}
    )


def test_wilson_interval_of_a_textbook() -> None:
    low, high = wilson(8, 10) or (0, 0)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) is None


def test_only_the_wrong_ones_of_dev_are_shown(tmp_path: Path) -> None:
    parts = {
        "dev": write(tmp_path / "d.jsonl", dose("2 mg", 3), dose("five", 5)),
        "measured": write(tmp_path / "m.jsonl", dose("9 mg", 3)),
    }
    scores, shown = main(parts, {"DOSE": read_digits}, show=True)
    assert shown == [
        'DOSE \'2 mg\': {"low": 3}, not {"low": 2}',
        "DOSE 'five': {\"low\": 5}, not null (no digit)",
    ]
    assert "9 mg" not in json.dumps(values_json(scores)) + values_markdown(scores)
    assert main(parts, {"DOSE": read_digits})[1] == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"label": "DOSE", "text": "1"}, "needs label, text and value"),
        ({"label": "AGE", "text": "1", "value": None}, "'AGE' has no values"),
        ({"label": "DOSE", "text": "1", "value": None}, "no `reason`"),
        ({"label": "DOSE", "text": "1", "value": {"dose": 1}}, "has dose; a DOSE has"),
        ({"label": "DOSE", "text": "1", "value": {"low": 1}, "x": 1}, "unknown key x"),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, row: dict[str, Any], said: str) -> None:
    path = write(tmp_path / "gold.jsonl", row)
    with pytest.raises(EvaluationError, match=f"gold.jsonl, line 1.*{said}"):
        read_values(path)


def test_missing_file_and_missing_reader(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="is missing"):
        read_values(tmp_path / "none.jsonl")
    with pytest.raises(EvaluationError, match="no reader for DOSE"):
        score_values(
            write(tmp_path / "gold.jsonl", dose("1", 1)), {"ROUTE": read_digits}
        )


def test_no_string_occurs_twice() -> None:
    strings = Counter((gold.label, gold.text) for _, gold in ROWS)
    assert [string for string, times in strings.items() if times > 1] == []


def test_at_least_150_strings_a_kind() -> None:
    by_kind = Counter(gold.label for _, gold in ROWS)
    assert len(by_kind) == 6
    assert min(by_kind.values()) >= 150


@pytest.mark.parametrize(("part", "gold"), ROWS)
def test_each_string_of_the_test_set(part: str, gold: GoldValue) -> None:
    digest = sha256(f"{gold.label}\t{gold.text}".encode()).digest()
    assert part == ("measured" if int.from_bytes(digest[:4], "big") % 3 else "dev")
    assert gold.text == " ".join(gold.text.split())
    for answer in filter(None, gold.answers):
        assert all(parse_iso(text) for text in durations(gold.label, answer)), answer
        assert answer.get("period_unit", "d") in PERIOD_UNITS
        assert ("period" in answer or "period_max" in answer) == (
            "period_unit" in answer
        )
        low, high = answer.get("low"), answer.get("high")
        assert not (isinstance(low, int | float) and high is not None and low > high)


def durations(label: str, answer: Any) -> list[str]:
    keys = {"DURATION": ("low", "high"), "TIME_FRAME": ("start", "end")}.get(label, ())
    found = [answer[key] for key in keys if key in answer]
    for key in ("points", "every"):
        part = answer.get(key, [])
        found += part if isinstance(part, list) else [part]
    offset = answer.get("offset", "before")
    return found + (offset.split("/") if "P" in offset else [])
