from typing import Any

import pytest
from en_trial_registry.normalize.dose import read_dose
from hypothesis import given
from quantity_checks import check_reading, parses, respace, texts

SINGLE = [
    ("75 mg/m2", 75, "mg/m2"),
    ("75 mg/m²", 75, "mg/m2"),
    ("50 mg/sq m", 50, "mg/m2"),
    ("10MG", 10, "mg"),
    ("15-mg", 15, "mg"),
    ("1.0 g/day", 1, "g/d"),
    ("0.5*10E6 MSC/kg body", 500000, "{cells}/kg"),
    ("1.0 × 10⁶ cells/kg", 1000000, "{cells}/kg"),
    ("2x10^7", 20000000, "1"),
    ("20 million cells", 20000000, "{cells}"),
    ("20 MILLION CELLS", 20000000, "{cells}"),
    ("4x10^7/40ml", 40000000, "/(40.mL)"),
    ("1000 mg/4ml", 1000, "mg/(4.mL)"),
    ("80mg/0.8 ml", 100, "mg/mL"),
    ("4 mg in 250 mL", 4, "mg/(250.mL)"),
    ("10mg/m2/dose", 10, "mg/m2/{dose}"),
    ("6g/time", 6, "g/{time}"),
    ("100 µg per puff", 100, "ug/{puff}"),
    ("0.15 mg per kg of body weight", 0.15, "mg/kg"),
    ("6 mL/kg predicted body weight", 6, "mL/kg"),
    ("0.4μg•kg-1•h-1", 0.4, "ug/kg/h"),
    ("2 tablets", 2, "{tablet}"),
    ("One TAB", 1, "{tablet}"),
    ("one (1) tablet", 1, "{tablet}"),
    ("a tablet", 1, "{tablet}"),
    ("½ tablet", 0.5, "{tablet}"),
    ("1/2 tablet", 0.5, "{tablet}"),
    ("two prefilled pens", 2, "{pen}"),
    ("3,600 shocks", 3600, "{shock}"),
    ("10 blows", 10, "{blows}"),
    ("single dose", 1, "{dose}"),
    ("half dose", 0.5, "{dose}"),
    ("2 units", 2, "U"),
    ("500 000 IU", 500000, "[IU]"),
    ("10,000 UI/mL", 10000, "[IU]/mL"),
    ("4.5 MIU", 4500000, "[IU]"),
    ("20 mEq", 20, "meq"),
    ("60 Gy", 60, "Gy"),
    ("50.4 Gy (RBE)", 50.4, "Gy{RBE}"),
    ("25.9 MBq", 25.9, "MBq"),
    ("0.9%", 0.9, "%"),
    ("0.5% w/v", 0.5, "%"),
    ("0,4 mg", 0.4, "mg"),
    ("5 cm H2O", 5, "cm[H2O]"),
    ("-50 kPa", -50, "kPa"),
    ("37 °C", 37, "Cel"),
    ("AUC 5", 5, "mg.min/mL"),
    ("area under the curve [AUC] of 5", 5, "mg.min/mL"),
    ("1 drop", 1, "[drp]"),
    ("5x10^10 IU (±0.5 log)", 50000000000, "[IU]"),
    ("2 (two) tablets", 2, "{tablet}"),
    ("2 tablets (400 mg)", 2, "{tablet}"),
    ("2", 2, "1"),
    ("Eight", 8, "1"),
]

# One row a rule.
SPELLED = [
    ("5 1/2 mg", 5.5, "mg"),
    ("5-1/2 mg", 5.5, "mg"),
    ("1 and 1/2 tablets", 1.5, "{tablet}"),
    ("one and a half tablets", 1.5, "{tablet}"),
    ("two and one-half cups", 2.5, "{cup}"),
    ("one-half tablet", 0.5, "{tablet}"),
    ("half of a tablet", 0.5, "{tablet}"),
    ("1/4 of a tablet", 0.25, "{tablet}"),
    ("three-quarters of a cup", 0.75, "{cup}"),
    ("two-thirds", 2 / 3, "1"),
    ("1.000.000 IU", 1000000, "[IU]"),
    ("7000 IU anti-Xa", 7000, "[IU]"),
    ("7000 anti-Xa units/day", 7000, "U/d"),
    ("7 finger-tip units", 7, "{FTU}"),
    ("7 mg per limb", 7, "mg/{limb}"),
    ("7 grm", 7, "g"),
    ("14 French", 14, "[Ch]"),
    ("1.500.000 IU", 1500000, "[IU]"),
    ("3x10ˆ6", 3000000, "1"),
    ("7 MUI", 7000000, "[IU]"),
    ("3 mega units", 3000000, "U"),
    ("3 mega-IU", 3000000, "[IU]"),
    ("20 IE/kg", 20, "[IU]/kg"),
    ("7 mg/m ^ 2", 7, "mg/m2"),
    ("7 mg/m(2)", 7, "mg/m2"),
    (r"7 mg\m2", 7, "mg/m2"),
    ("7 mg per sq meter", 7, "mg/m2"),
    ("7 mg/meter squared", 7, "mg/m2"),
    ("7 milligram per meter square [mg/m2]", 7, "mg/m2"),
    ("7 mg/(m2.d)", 7, "mg/m2/d"),
    ("7 mg/m2·d", 7, "mg/m2/d"),
    ("7 mg/kg-day", 7, "mg/kg/d"),
    ("7 µg.kg-1.min-1", 7, "ug/kg/min"),
    ("7 mg kg(-1)", 7, "mg/kg"),
    ("7 µg/kg/min-1", 7, "ug/kg/min"),
    ("7 mmol/kgBW", 7, "mmol/kg"),
    ("7 mg/kg b.w.", 7, "mg/kg"),
    ("7 mic/kg", 7, "ug/kg"),
    ("7 micro-grams", 7, "ug"),
    ("7 mg a day", 7, "mg/d"),
    ("7 mg/jour", 7, "mg/d"),
    ("7 cmH20", 7, "cm[H2O]"),
    ("37 C", 37, "Cel"),
    ("-80 C", -80, "Cel"),
    ("37 ºC", 37, "Cel"),
    ("90 degrees F", 90, "[degF]"),
    ("2 absolute atmospheres", 2, "atm"),
    ("2.5 atmospheres absolute (ATA)", 2.5, "atm"),
    ("7 LPM", 7, "L/min"),
    ("7 fluid ounces", 7, "[foz_us]"),
    ("7 fl. oz.", 7, "[foz_us]"),
    ("7-inch", 7, "[in_i]"),
    ("7 parts per million", 7, "[ppm]"),
    ("7°/oo", 7, "[ppth]"),
    ("7 prism diopters", 7, "[p'diop]"),
    ("7 million cells/unit dose", 7000000, "{cells}/{dose}"),
    ("7x10^5 CAR+ T/kg", 700000, "{cells}/kg"),
    ("7 index of reactivity", 7, "[IR]"),
    ("7 Gy/fr", 7, "Gy/{fraction}"),
    ("7 shock waves", 7, "{shock}"),
    ("7 QRSTs", 7, "{QRSTs}"),
    ("two tables", 2, "{tablet}"),
    ("7 film-coated tablets", 7, "{tablet}"),
    ("7 drops in each eye", 7, "[drp]/{eye}"),
    ("7 tablets.", 7, "{tablet}"),
    ("starting dose of 7 mg", 7, "mg"),
    ("a total of 7 Gy", 7, "Gy"),
]

RANGES = [
    ("200-400 mL/day", 200, 400, "mL/d"),
    ("0.5-1.0×10^6 cells", 500000, 1000000, "{cells}"),
    ("1.0 to 10x10^5", 100000, 1000000, "1"),
    ("2x10^7 to 2x10^9 cells", 20000000, 2000000000, "{cells}"),
    ("1 to 10^6 cells", 1, 1000000, "{cells}"),
    ("5-10 million IU", 5000000, 10000000, "[IU]"),
    ("200 ml to 250 ml", 200, 250, "mL"),
    ("50 mg to 100 mg/day", 50, 100, "mg/d"),
    ("150~300mg", 150, 300, "mg"),
    ("between 5.0 and 11.3 g/kg/day", 5, 11.3, "g/kg/d"),
    ("1.0 mg/kg up to 16.0 mg/kg", 1, 16, "mg/kg"),
    ("20-30/min", 20, 30, "/min"),
    ("Borg 11-13", 11, 13, "{Borg}"),
    ("up to 400 mg", None, 400, "mg"),
    ("at most 6 tablets", None, 6, "{tablet}"),
    ("less than 30%", None, 30, "%"),
    ("maximum volume of 500 mL", None, 500, "mL"),
    ("at least 50 Gy", 50, None, "Gy"),
    (">= 2.4 x 10^11", 240000000000, None, "1"),
    ("0.5 mg/kg/day or more", 0.5, None, "mg/kg/d"),
    ("> 2 g and < 3 g", 2, 3, "g"),
    ("500 mg to 1 g", 0.5, 1, "g"),
    ("2 ng/kg to 3 ug/kg", 0.002, 3, "ug/kg"),
    ("34-35 C", 34, 35, "Cel"),
    ("1/2 to 1 tablet", 0.5, 1, "{tablet}"),
    ("1/4 - 1/2 tablet", 0.25, 0.5, "{tablet}"),
    ("up to 2 x 7 mg", None, 14, "mg"),
    ("at least 3 sets of 7 steps", 3, None, "{set}"),
    ("up to two 7 mg tablets", None, 2, "{tablet}"),
    ("40% MIP and above", 40, None, "%"),
]


def value(text: str) -> dict[str, Any]:
    reading = read_dose(text)
    assert reading.value is not None, reading.reason
    return {key: part for key, part in reading.value.items() if key != "kind"}


@pytest.mark.parametrize(("text", "number", "unit"), [*SINGLE, *SPELLED])
def test_one_amount(text: str, number: float, unit: str) -> None:
    read = value(text)
    assert (read["low"], read["high"], read["unit"]) == (number, number, unit)
    assert parses(unit)


@pytest.mark.parametrize(("text", "low", "high", "unit"), RANGES)
def test_ranges_and_bounds(
    text: str, low: float | None, high: float | None, unit: str
) -> None:
    read = value(text)
    assert (read.get("low"), read.get("high"), read["unit"]) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1, 3, 6 and 12 mg", [1, 3, 6, 12]),
        ("5, 8, and 11.5 mg", [5, 8, 11.5]),
        ("25,50,100 mg", [25, 50, 100]),
        ("3 or 6 mg", [3, 6]),
        ("50-, 100- and 200-mg", [50, 100, 200]),
        ("10/100/200 mg", [10, 100, 200]),
        ("10 mg, 20 mg", [10, 20]),
        ("2 - 3 - 5 - 7 mg", [2, 3, 5, 7]),
    ],
)
def test_lists_that_share_a_unit(text: str, values: list[float]) -> None:
    read = value(text)
    assert read["values"] == values
    assert (read["low"], read["high"]) == (min(values), max(values))
    assert read["unit"] == "mg"


@pytest.mark.parametrize(
    ("text", "count", "unit", "each"),
    [
        ("two 200 mg tablets", 2, "{tablet}", (200, 200, "mg")),
        ("Two 200-mg tablets", 2, "{tablet}", (200, 200, "mg")),
        ("two capsules of 25 mg", 2, "{capsule}", (25, 25, "mg")),
        ("two units of 200-250 mL each", 2, "U", (200, 250, "mL")),
        ("two 250 ml units", 2, "{unit}", (250, 250, "mL")),
        ("3 sets of 8-10 repetitions", 3, "{set}", (8, 10, "{repetition}")),
        ("3 sets of 15", 3, "{set}", (15, 15, "1")),
        ("10 repetitions x 3 sets", 3, "{set}", (10, 10, "{repetition}")),
        ("3 sets x 15", 3, "{set}", (15, 15, "1")),
        ("2 x 250 mg", 500, "mg", (250, 250, "mg")),
    ],
)
def test_things_that_hold_an_amount_each(
    text: str, count: float, unit: str, each: tuple[float, float, str]
) -> None:
    read = value(text)
    assert (read["low"], read["high"], read["unit"]) == (count, count, unit)
    assert read["each"] == dict(zip(("low", "high", "unit"), each, strict=True))


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("80% of one-repetition maximum", "one-repetition maximum"),
        ("60% 1RM", "one-repetition maximum"),
        ("60-70% of maximal heart rate", "maximal heart rate"),
        ("20 g protein", "protein"),
        ("2 g of protein per day", "protein"),
        ("20% of daily energy", "daily energy"),
        ("one third of body weight", "body weight"),
    ],
)
def test_what_an_amount_is_of(text: str, of: str) -> None:
    assert value(text)["of"] == of


def test_about() -> None:
    assert value("approximately 27 g")["approximate"] is True
    assert value("~200-250 mL")["approximate"] is True
    assert "approximate" not in value("27 g")


@pytest.mark.parametrize(
    ("text", "number", "part"),
    [
        ("5x109 cells", 5000000000, "caret"),
        ("> 3 x 106 CD34+ cells per kg body weight", 3000000, "caret"),
        ("10E8 CFU per serving", 100000000, "10E8"),
        ("1.6 G", 1.6, "gram"),
        ("2 x 250 mg", 500, "total"),
    ],
)
def test_ambiguous_amounts_say_how_they_were_read(
    text: str, number: float, part: str
) -> None:
    read = value(text)
    assert read["low"] == number
    assert part in read["flag"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "mg",
            "B mg/kg",
            "high dose",
            "400/100 mg",
            "500 mg/10 mg",
            "80 mg + 5 mg",
        ),
        *("1:1000", "10x", "2 x 10", "2 x 105 mg", "10.000 IU", "2 250 mg tablets"),
        *("50 to 10 mg", "10±2 mg", "2 s on and 8 s off", "0.25% 20 mL", "30 mTl"),
        *("9 M IU", "10 mg and 5 mL", "10^400 mg", "9" * 400, "1-2, 3-4 mg", "O.2 mg"),
        *("50 mmHg above systolic", "3 ULN", "10 breaths x 6", "1 to 2 g plus 3 mg"),
        *("1000,000 IU", "1,00,000 IU", "7 mg kg", "7 mg mg", "0.75 D"),
        # Potencies of homeopathy, a lost caret, micro without a unit, an area.
        *(
            "30 C",
            "6C",
            "108 cells/kg",
            "106/kg",
            "7 mikgrams",
            "7 Hz/70 us",
            "107 CFU",
            "3 µ",
            "3 μ/kg",
            "6 x 6 mm",
        ),
        *("1/16, 1/8 and 1/4", "100/50/75 mg", "30/50 mg", "500 mg to 1 L"),
        *(
            "1-2-1 mg",
            "0.5-1 mg/kg to 2 mg/kg",
            "20% of daily",
            "7 mg i.v.",
            "5 3/2 mg",
        ),
    ],
)
def test_what_is_not_one_amount_is_declined(text: str) -> None:
    reading = read_dose(text)
    assert reading.value is None
    assert reading.reason


@given(texts())
def test_any_text(text: str) -> None:
    check_reading(read_dose, "DOSE", text)


@pytest.mark.parametrize("text", [row[0] for row in (*SINGLE, *SPELLED, *RANGES)])
@pytest.mark.parametrize("wide", ["  ", " \t", "\n", "\u00a0"])
def test_white_space_changes_nothing(text: str, wide: str) -> None:
    assert read_dose(respace(text, wide)) == read_dose(text)


@given(texts())
def test_white_space_changes_nothing_in_any_text(text: str) -> None:
    assert read_dose(respace(text, "  ")) == read_dose(text)
