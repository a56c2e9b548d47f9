import pytest
from en_trial_registry.normalize.route import read_route
from en_trial_registry.normalize.snomed import ROUTES
from hypothesis import given
from quantity_checks import check_reading, respace, texts

SPELLINGS = [
    *((text, "oral", "26643006") for text in ("oral", "PO", "p.o.", "P.O", "by mouth")),
    *((text, "oral", "26643006") for text in ("per os (P.O.)", "Orally", "per oral")),
    *((text, "intravenous", "47625008") for text in ("i.v.", "IV", "i.v", "IV drip")),
    ("intravenous (IV)", "intravenous", "47625008"),
    ("continuous intravenous infusion (CIVI)", "intravenous", "47625008"),
    ("peripheral vein", "intravenous", "419993007"),
    ("central venous catheter", "intravenous", "418114005"),
    *((text, "subcutaneous", "34206005") for text in ("s.c.", "SQ", "under the skin")),
    ("S/C", "subcutaneous", "34206005"),
    ("i.m.", "intramuscular", "78421000"),
    ("via intramuscular injection", "intramuscular", "78421000"),
    ("topically", "topical", "6064005"),
    ("nebulised", "inhalation", "447694001"),
    ("each nostril", "intranasal", "46713006"),
    ("one eye", "ophthalmic", "54485002"),
    ("intravitreal", "intravitreal", "418401004"),
    ("intrathecally", "intrathecal", "72607000"),
    ("caudal epidural", "epidural", "404820008"),
    ("per rectum", "rectal", "37161004"),
    ("intravaginally", "vaginal", "16857009"),
    ("under the tongue", "sublingual", "37839007"),
    ("buccal", "buccal", "54471007"),
    ("transdermal patch", "transdermal", "45890007"),
    ("intraarticular", "intra-articular", "12130007"),
    ("intraperitoneal", "intraperitoneal", "38239002"),
    ("hepatic artery", "intra-arterial", "58100008"),
    ("intradermally (ID)", "intradermal", "372464004"),
]


@pytest.mark.parametrize(("text", "name", "code"), SPELLINGS)
def test_spellings(text: str, name: str, code: str) -> None:
    value = read_route(text).value
    assert value is not None
    assert (value["name"], value["snomed"]) == (name, code)
    assert value["display"]


@pytest.mark.parametrize(
    "text", ["upper arm", "Foley catheter", "face and folds", "IT"]
)
def test_sites_and_devices_keep_their_words(text: str) -> None:
    assert read_route(text).value == {"kind": "ROUTE", "name": f"other:{text}"}


@pytest.mark.parametrize(
    "text", ["", "  ", "12", "inside", "IV or oral", "SC/IM", "n/a"]
)
def test_what_says_no_route_or_several_is_declined(text: str) -> None:
    value, reason = read_route(text)
    assert value is None
    assert reason


def test_a_route_without_a_sure_concept_has_no_code() -> None:
    assert read_route("parenteral").value == {"kind": "ROUTE", "name": "parenteral"}


def _is_snomed(code: str) -> bool:
    """The last digit of a SNOMED CT identifier checks the others (Verhoeff 1969)."""
    turn, flip = "0123456789", (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
    check = 0
    for at, digit in enumerate(map(int, reversed(code))):
        for _ in range(at % 8):
            digit = flip[digit]
        check = _dihedral(check, digit)
    return set(code) <= set(turn) and check == 0


def _dihedral(a: int, b: int) -> int:
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b) % 5
    return 5 + (a - b) % 5 if b < 5 else (a - b) % 5


def test_the_check_digit_of_every_code() -> None:
    routes = set(ROUTES.values())
    codes = {route.snomed for route in routes if route.snomed}
    assert len(codes) > 80
    assert all(_is_snomed(code) for code in codes)
    assert not _is_snomed("26643007")
    assert all((r.snomed is None) == (r.display is None) for r in routes)


def test_a_code_has_one_term() -> None:
    pairs = {(route.snomed, route.display) for route in ROUTES.values() if route.snomed}
    assert len(pairs) == len({code for code, _ in pairs})


@given(texts())
def test_any_text(text: str) -> None:
    check_reading(read_route, "ROUTE", text)


@given(texts())
def test_white_space_changes_nothing(text: str) -> None:
    assert read_route(respace(text, "  ")) == read_route(text)


@pytest.mark.parametrize("spelling", sorted(ROUTES))
def test_every_spelling_is_found_in_either_case(spelling: str) -> None:
    for text in (spelling, spelling.upper(), respace(spelling, "  ")):
        value = read_route(text).value
        assert value is not None and value["name"] == ROUTES[spelling].name
