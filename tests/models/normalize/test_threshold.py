import pytest
from en_trial_registry.normalize.threshold import read_threshold
from hypothesis import given
from quantity_checks import check_reading, parses, respace, texts

Bounds = tuple[float | None, bool | None, float | None, bool | None]

LIMITS = [
    ("<35 g/L", (None, None, 35, False), "g/L"),
    ("≤ 35 g/L", (None, None, 35, True), "g/L"),
    ("=< 1.5 mg/dL", (None, None, 1.5, True), "mg/dL"),
    ("</= 2.0 mg/dl", (None, None, 2, True), "mg/dL"),
    (r"\< 2 mg/dl", (None, None, 2, False), "mg/dL"),
    ("&gt; 2 mg/dl", (2, False, None, None), "mg/dL"),
    ("≧ 1.5 mg/dL", (1.5, True, None, None), "mg/dL"),
    ("greater than or equal to 300 cells/mm3", (300, True, None, None), "{cells}/uL"),
    ("equal to or greater than 30 IU/mL", (30, True, None, None), "[IU]/mL"),
    ("at least 100,000/mm3", (100000, True, None, None), "/uL"),
    ("at least 100,000/mm^3", (100000, True, None, None), "/uL"),
    ("above 100 000/cu mm", (100000, False, None, None), "/uL"),
    ("no greater than 1.5 mg/dL", (None, None, 1.5, True), "mg/dL"),
    ("no more than 1+", (None, None, 1, True), "{plus}"),
    ("not below 3.0 g/dL", (3, True, None, None), "g/dL"),
    ("below 90g/L", (None, None, 90, False), "g/L"),
    ("under 145", (None, None, 145, False), None),
    ("exceeding 3", (3, False, None, None), None),
    ("6,0 mmol/l and more", (6, True, None, None), "mmol/L"),
    ("1.6 mg/dL or less", (None, None, 1.6, True), "mg/dL"),
    ("1:160 or higher", (160, True, None, None), "{titer}"),
    ("class 2 or higher", (2, True, None, None), "{class}"),
    ("between 2 and 5 mg/dL", (2, True, 5, True), "mg/dL"),
    ("30-50 mL/min", (30, True, 50, True), "mL/min"),
    ("= 30-300 IU/mL", (30, True, 300, True), "[IU]/mL"),
    ("≥30 and <90 mL/min/1.73m2", (30, True, 90, False), "mL/min/{1.73_m2}"),
    ("≥30 to ≤1,300 IU/mL", (30, True, 1300, True), "[IU]/mL"),
    ("< 90 and ≥ 30 mL/min", (30, True, 90, False), "mL/min"),
    ("greater than 10 but no greater than 100 ng/mL", (10, False, 100, True), "ng/mL"),
    ("50-75 x 10^3/uL", (50000, True, 75000, True), "/uL"),
    ("≥ 1.5 × 10^9/L", (1500000000, True, None, None), "/L"),
    ("< 0.5 x 10(9)/L", (None, None, 500000000, False), "/L"),
    ("< 0.5 x 10e9/L", (None, None, 500000000, False), "/L"),
    ("≥ 100K/uL", (100000, True, None, None), "/uL"),
    ("130 - 450 K/uL", (130000, True, 450000, True), "/uL"),
    ("< 30 thousand/mm3", (None, None, 30000, False), "/uL"),
    ("<200 cells/µl", (None, None, 200, False), "{cells}/uL"),
    ("> 5000 copies/mL", (5000, False, None, None), "{copies}/mL"),
    ("0.4-4.0 mIU/L", (0.4, True, 4, True), "m[IU]/L"),
    ("> 64 mmol/mol", (64, False, None, None), "mmol/mol"),
    ("=< 36 sec", (None, None, 36, True), "s"),
    ("< 2 mg%", (None, None, 2, False), "mg/dL"),
    ("> 9 %", (9, False, None, None), "%"),
    ("< 45 mm Hg", (None, None, 45, False), "mm[Hg]"),
    ("≥300 mg/24 hours", (300, True, None, None), "mg/d"),
    ("<30 mg albumin/g creatinine", (None, None, 30, False), "mg/g"),
    ("< 1.5 mg/dL (133 µmol/L)", (None, None, 1.5, False), "mg/dL"),
    ("2.5 mg/dL", (2.5, True, 2.5, True), "mg/dL"),
    ("> or = 3 mg/dL", (3, True, None, None), "mg/dL"),
    ("<or=3 mg/dL", (None, None, 3, True), "mg/dL"),
    ("less or equal 3 mg/dL", (None, None, 3, True), "mg/dL"),
    ("superior or equal to 3 mg/dL", (3, True, None, None), "mg/dL"),
    ("greater than equal to 3 mg/dL", (3, True, None, None), "mg/dL"),
    ("less that 3 mg/dL", (None, None, 3, False), "mg/dL"),
    ("<than 3 mg/dL", (None, None, 3, False), "mg/dL"),
    ("no greater 3 mg/dL", (None, None, 3, True), "mg/dL"),
    ("not less 3 mg/dL", (3, True, None, None), "mg/dL"),
    ("of 3 mg/dL or more", (3, True, None, None), "mg/dL"),
    ("should be < 3 mg/dL;", (None, None, 3, False), "mg/dL"),
    ("20 to < 40 mL/min", (20, True, 40, False), "mL/min"),
    ("between ≥ 20 and < 40 mL/min", (20, True, 40, False), "mL/min"),
    ("between 40 and 20 mL/min", (20, True, 40, True), "mL/min"),
    ("20-<40 mL/min", (20, True, 40, False), "mL/min"),
    ("ranging between 20 and 40 mL/min", (20, True, 40, True), "mL/min"),
    ("> 20 mL/min < 40 mL/min", (20, False, 40, False), "mL/min"),
    ("20 to 40 mL/min, inclusive", (20, True, 40, True), "mL/min"),
    ("< 20 (mg/dL)", (None, None, 20, False), "mg/dL"),
    ("< 20 (mm Hg)", (None, None, 20, False), "mm[Hg]"),
    ("≥ 20 (x 10^9/L)", (20000000000, True, None, None), "/L"),
    ("≥ 2,000 cells (per mm3)", (2000, True, None, None), "{cells}/uL"),
    ("< 200/mm(3)", (None, None, 200, False), "/uL"),
    ("> 200, 000/mm3", (200000, False, None, None), "/uL"),
    ("> 2,50,000/mm3", (250000, False, None, None), "/uL"),
    ("> 2 lakh/mm3", (200000, False, None, None), "/uL"),
    ("> 2 x 1000/mm3", (2000, False, None, None), "/uL"),
    ("> 20 Gpt/L", (20000000000, False, None, None), "/L"),
    ("> 2.10^9/L", (2000000000, False, None, None), "/L"),
    ("> 20 eosinophils/hpf", (20, False, None, None), "{eosinophil}/[HPF]"),
    ("< 20 CD4+ T-cells/mm3", (None, None, 20, False), "{cells}/uL"),
    ("> 20 cmH2O", (20, False, None, None), "cm[H2O]"),
    ("> 20cm H2O", (20, False, None, None), "cm[H2O]"),
    ("< 20mm Hg", (None, None, 20, False), "mm[Hg]"),
    ("< 2mg %", (None, None, 2, False), "mg/dL"),
    ("< 20 gram percent", (None, None, 20, False), "g/dL"),
    ("> 2 kilounits/L", (2, False, None, None), "kU/L"),
    ("> 2 mUI/mL", (2, False, None, None), "m[IU]/mL"),
    ("> 2 mcIU/mL", (2, False, None, None), "u[IU]/mL"),
    ("> 2 Bethesda units", (2, False, None, None), "[beth'U]"),
    ("> 2 g/24-hours", (2, False, None, None), "g/d"),
    ("< 20 mL/min/1.73 m squared", (None, None, 20, False), "mL/min/{1.73_m2}"),
    ("> 20 GPL units", (20, False, None, None), "[GPL'U]"),
    ("> 2+ on dipstick", (2, False, None, None), "{plus}"),
    ("≥ +2", (2, True, None, None), "{plus}"),
    ("≥ 2 (+)", (2, True, None, None), "{plus}"),
    ("≥ 1/80", (80, True, None, None), "{titer}"),
]

MULTIPLES = [
    ("≥10 X the upper limit of normal", (10, True, None, None), "ULN"),
    ("greater than 3 times ULN", (3, False, None, None), "ULN"),
    (">= 1.5 and < 3.0 x ULN", (1.5, True, 3, False), "ULN"),
    ("< 2 times the upper limit of normal", (None, None, 2, False), "ULN"),
    ("≤2.5×ULN", (None, None, 2.5, True), "ULN"),
    (
        "no greater than 2 times upper limit of normal (ULN)",
        (None, None, 2, True),
        "ULN",
    ),
    ("≤ 2.5 X institutional upper limit of normal", (None, None, 2.5, True), "ULN"),
    ("within 1.5 times the upper limit for age", (None, None, 1.5, True), "ULN"),
    ("more than twice the upper limit", (2, False, None, None), "ULN"),
    ("exceeding 5-fold the upper limit", (5, False, None, None), "ULN"),
    ("three times the upper limit or more", (3, True, None, None), "ULN"),
    ("3-5 x ULN", (3, True, 5, True), "ULN"),
    ("≤ ULN", (None, None, 1, True), "ULN"),
    ("above the upper limit of normal", (1, False, None, None), "ULN"),
    ("at least institutional lower limit of normal", (1, True, None, None), "LLN"),
    ("inferior to 25% of lower limit of normal", (None, None, 0.25, False), "LLN"),
    ("≥ upper limit of normal (ULN) x 2", (2, True, None, None), "ULN"),
    ("> 2 times the upper limit of normal ULN", (2, False, None, None), "ULN"),
    ("> 2 x ULRR", (2, False, None, None), "ULN"),
    ("< 2 x LLRR", (None, None, 2, False), "LLN"),
    ("> 2 x ULNs of the institution", (2, False, None, None), "ULN"),
    ("> 2 x the age-adjusted ULN", (2, False, None, None), "ULN"),
    ("> 2 x upper limit of normal for age and sex", (2, False, None, None), "ULN"),
    ("> 2 x facility upper limit", (2, False, None, None), "ULN"),
    ("exceeds 2 times more than normal upper range", (2, False, None, None), "ULN"),
    ("> 2 times the maximum normal value", (2, False, None, None), "ULN"),
    ("more than double the upper limit", (2, False, None, None), "ULN"),
    ("> ULN and < 2 x ULN", (1, False, 2, False), "ULN"),
    ("between 2x and 4x ULN", (2, True, 4, True), "ULN"),
    ("> 2 (ULN)", (2, False, None, None), "ULN"),
]

KEYS = ("low", "low_inclusive", "high", "high_inclusive")


def bounds(text: str) -> tuple[object, ...]:
    value, reason = read_threshold(text)
    assert value is not None, reason
    return tuple(value.get(key) for key in KEYS)


@pytest.mark.parametrize(("text", "expected", "unit"), LIMITS)
def test_limits(text: str, expected: Bounds, unit: str | None) -> None:
    value = read_threshold(text).value
    assert value is not None
    assert bounds(text) == expected
    assert value.get("unit") == unit
    assert "reference" not in value
    assert unit is None or parses(unit)


@pytest.mark.parametrize(("text", "expected", "reference"), MULTIPLES)
def test_multiples_of_normal_limits(
    text: str, expected: Bounds, reference: str
) -> None:
    value = read_threshold(text).value
    assert value is not None
    assert bounds(text) == expected
    assert value["reference"] == reference
    assert "unit" not in value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("within normal limits", "within normal limits"),
        ("WNL", "within normal limits"),
        ("Below detection level", "below detection level"),
        ("undetectable", "undetectable"),
        ("above institutional normal", "above institutional normal"),
        ("above the lower limit of detection", "above the lower limit of detection"),
        ("> normal", "above normal"),
        ("<reference range", "below reference range"),
    ],
)
def test_limits_in_words_alone(text: str, words: str) -> None:
    value = read_threshold(text).value
    assert value == {"kind": "LAB_THRESHOLD", "qualitative": words}


@pytest.mark.parametrize(
    ("text", "number", "part"),
    [
        ("< 0.8 x 109/L", 800000000, "caret"),
        ("< 1.5 109/L", 1500000000, "caret"),
        ("< 109/L", 1000000000, "10^9/L"),
        ("below 100 G/l", 100000000000, "G/l"),
        ("<50.000/mm3", 50000, "thousands"),
        ("< 3 times normal", 3, "normal"),
        ("< 3N", 3, "normal"),
    ],
)
def test_ambiguous_limits_say_how_they_were_read(
    text: str, number: float, part: str
) -> None:
    value = read_threshold(text).value
    assert value is not None
    assert value["high"] == number
    assert part in value["flag"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "< 100 G/L",
            "> 3 MIU/L",
            "≤ 5 ×",
            "more than 2 x",
            "³2 mmol/l",
            "<700 iU/m",
        ),
        *("< 0.35 or > 0.54", "outside the range 0.4-5.0 mIU/L", "> 3x baseline"),
        *("fall >30%", "≥50% increase", "> 5 times the 99th percentile", "≤ or ≥0.35"),
        *("<= 1.5 x ULN if no liver metastases", "> 5 and > 3 mg/dL", "5 to 3 mg/dL"),
        *(
            "> 50 IU/mL or 250 copies/mL",
            "lower of 130 mmol/L",
            "within 10%",
            "positive",
        ),
        *("more than 25% below the lower limit of normal", "< " + "9" * 400),
        *("<200/mm", "> 200 cells/mm", "< 200/um", "< 200 cells/m3", "> 2 M/mL"),
        *("> 20,000 mm3", "< 20 mL/min/1.7 m2", "20 and 40 mL/min", "< 20-40"),
        *("> 20 to 40%", "greater than to 2 mg/dL", "< 1/5 meq/L", "> normal x"),
        *("0.2 mg/dL above ULN", "> 20, 40 mg/dL", "between ≥ 20 and 40 mg/dL"),
        *("between 40 and 2 x 10^9/L and 3", "40 to 20 mL/min", "> 2 x UL"),
        *("< 20 > 40 mL/min", "> 20 ng/dL per ng/mL/h", "2-> 3 mg/dL"),
        "> 0.5 times normal",
    ],
)
def test_what_is_no_limit_is_declined(text: str) -> None:
    value, reason = read_threshold(text)
    assert value is None
    assert reason


def test_what_a_share_is_of() -> None:
    value = read_threshold("at least 25% of tumor cells").value
    assert value is not None and value["of"] == "tumor cells"
    value = read_threshold("< 80% predicted").value
    assert value is not None and value["of"] == "predicted"


@given(texts())
def test_any_text(text: str) -> None:
    check_reading(read_threshold, "LAB_THRESHOLD", text)


@pytest.mark.parametrize("text", [row[0] for row in (*LIMITS, *MULTIPLES)])
@pytest.mark.parametrize("wide", ["  ", " \t", "\n", "\u00a0"])
def test_white_space_changes_nothing(text: str, wide: str) -> None:
    assert read_threshold(respace(text, wide)) == read_threshold(text)


@given(texts())
def test_white_space_changes_nothing_in_any_text(text: str) -> None:
    assert read_threshold(respace(text, "  ")) == read_threshold(text)
