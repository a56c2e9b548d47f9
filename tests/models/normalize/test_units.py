import pytest
from en_trial_registry.normalize.numbers import fold_text
from en_trial_registry.normalize.scan import scan
from en_trial_registry.normalize.unit_table import (
    ATOMS,
    CASED,
    COUNTS,
    all_codes,
    find_atom,
)
from en_trial_registry.normalize.units import Unit, read_unit
from quantity_checks import parses


def read(text: str, **options: bool) -> Unit | None:
    found = read_unit(scan(fold_text(text)), 0, **options)
    return found and found[0]


def code(text: str) -> str | None:
    unit = read(text)
    return unit and unit.code


@pytest.mark.parametrize("code", sorted(all_codes()))
def test_every_unit_of_the_tables_is_ucum(code: str) -> None:
    assert parses(code)


def test_every_spelling_gives_ucum_below_the_line_too() -> None:
    codes = {word: code(f"mg/{word}") for word in (*ATOMS, *CASED, *COUNTS)}
    assert codes["mmol"] == "mg/mmol"
    assert codes["ULN"] == codes["rpm"] == codes["auc"] == "mg"
    assert [word for word, unit in codes.items() if not parses(unit or "")] == []


def test_a_wrong_unit_does_not_parse() -> None:
    assert not parses("cells//kg")
    assert not parses("mg/(0.4.mL)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mg", "mg"),
        ("MG", "mg"),
        ("mcg", "ug"),
        ("µg", "ug"),
        ("μg", "ug"),
        ("mg/kg", "mg/kg"),
        ("mg / kg / h", "mg/kg/h"),
        ("mg per kg per day", "mg/kg/d"),
        ("µg•kg-1•h-1", "ug/kg/h"),
        ("mg kg-1", "mg/kg"),
        ("mg m-2", "mg/m2"),
        ("mg/(kg•h)", "mg/kg/h"),
        ("mg/m²", "mg/m2"),
        ("mg/M2/day", "mg/m2/d"),
        ("mg/kg body weight/day", "mg/kg/d"),
        ("cells/kg", "{cells}/kg"),
        ("nucleated cells/kg", "{cells}/kg"),
        ("IU/day", "[IU]/d"),
        ("mIU/L", "m[IU]/L"),
        ("mEq", "meq"),
        ("mL/24 h", "mL/d"),
        ("mg/12h", "mg/(12.h)"),
        ("mg/100 mL", "mg/(100.mL)"),
        ("mg in 250 mL", "mg/(250.mL)"),
        ("mg/dose", "mg/{dose}"),
        ("µg per puff", "ug/{puff}"),
        ("/mm3", "/uL"),
        ("/L", "/L"),
        ("per µL", "/uL"),
        ("copies/mL", "{copies}/mL"),
        ("mmol/mol", "mmol/mol"),
        ("°C", "Cel"),
        ("%", "%"),
        ("mV", "mV"),
        ("MV", "MV"),
    ],
)
def test_units(text: str, expected: str) -> None:
    assert code(text) == expected
    assert parses(expected)


@pytest.mark.parametrize("text", ["", "blah", "/", "per", "/blah", "of", "/ 5 blah"])
def test_what_is_no_unit(text: str) -> None:
    assert code(text) is None


def test_case_decides_between_milli_and_million() -> None:
    million, milli = read("MU"), read("mU/L")
    assert million and (million.code, million.exponent) == ("U", 6)
    assert milli and (milli.code, milli.exponent) == ("mU/L", 0)
    assert find_atom("Mu") is None


def test_a_decimal_volume_divides_the_number() -> None:
    unit = read("mg/0.4 mL")
    assert unit and (unit.code, unit.divisor) == ("mg/mL", 0.4)


def test_an_amount_of_the_same_kind_does_not_divide() -> None:
    found = read_unit(scan("mg/10 mg"), 0)
    assert found == (Unit("mg", kind="mass"), 1)


def test_words_before_the_slash_name_what_is_measured() -> None:
    unit = read("g protein/kg")
    assert unit and (unit.code, unit.substance) == ("g/kg", "protein")


def test_unknown_words_name_counted_things_only_where_asked() -> None:
    assert read("blows") is None
    unit = read("slow inspirations", names=True)
    assert unit and unit.code == "{inspirations}"
    assert read("mTl", names=True) is None
    assert read("of blows", names=True) is None
