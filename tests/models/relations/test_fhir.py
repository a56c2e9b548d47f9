"""Regimens as FHIR R5: what stands where, and that it is valid FHIR."""

import json

import pytest
from en_trial_registry import fhir
from en_trial_registry.fhir_parts import span_of, timing
from en_trial_registry.normalize import READERS
from fhir.resources.bundle import Bundle
from fhir.resources.dosage import Dosage
from hypothesis import given
from hypothesis import strategies as st
from toy_relations import annotate, blank

NLP = blank()
NLP.add_pipe("normalizer")
RECORD = """NCT90000001
A trial of zorbitol

Arms
[Experimental] High
[Zorbitol](INTERVENTION:a) [25 mg/m2](DOSE:b<a) [twice daily](FREQUENCY:c<a) \
[by mouth](ROUTE:d<a) for [2 to 4 weeks](DURATION:e<a)

Interventions
[Drug] Zorbitol
[Zorbitol](INTERVENTION:f) [a spoonful of hope](DOSE:g<f)
"""


def dosage(**texts):
    """The Dosage of one regimen with these parts."""
    parts = {name: part(name, text) for name, text in texts.items()}
    return fhir.dosage({"intervention": part("intervention", "Zorbitol"), **parts})


def part(name, text):
    reader = READERS.get(name.upper())
    value = reader(text).value if reader else None
    return {"text": text, "start": 0, "end": len(text), "value": value, "score": None}


def quantity(number, unit):
    system = "http://unitsofmeasure.org"
    return {"value": number, "unit": unit, "system": system, "code": unit}


@pytest.fixture(scope="module")
def doc():
    return NLP.get_pipe("normalizer")(annotate(NLP, RECORD))


def test_regimen(doc):
    found, unread = fhir.dosages(doc)
    assert found["text"] == "Zorbitol 25 mg/m2 by mouth twice daily 2 to 4 weeks"
    assert found["doseAndRate"] == [{"doseQuantity": quantity(25, "mg/m2")}]
    assert found["timing"]["repeat"] == {
        "frequency": 2,
        "period": 1,
        "periodUnit": "d",
        "boundsRange": {"low": quantity(2, "wk"), "high": quantity(4, "wk")},
    }
    assert found["timing"]["code"]["coding"][0]["code"] == "BID"
    assert found["route"]["coding"][0]["code"] == "26643006"
    assert unread == {"text": "Zorbitol a spoonful of hope"}


@pytest.mark.parametrize(
    ("texts", "key", "expected"),
    [
        ({"dose": "50-100 mg"}, "doseRange", (50, 100, "mg")),
        ({"dose": "up to 400 mg"}, "doseRange", (None, 400, "mg")),
        ({"dose": "2-4 mL/h"}, "rateRange", (2, 4, "mL/h")),
    ],
)
def test_ranges(texts, key, expected):
    low, high, unit = expected
    (given_dose,) = dosage(**texts)["doseAndRate"]
    limits = {"low": low, "high": high}
    assert given_dose == {
        key: {k: quantity(n, unit) for k, n in limits.items() if n is not None}
    }


def test_rate_is_a_ratio():
    (rate,) = dosage(dose="5 mL/h")["doseAndRate"]
    assert rate["rateRatio"]["numerator"] == quantity(5, "mL")
    assert rate["rateRatio"]["denominator"] == quantity(1, "h")


def test_limits_of_what_may_be_given():
    assert dosage(dose="up to 150 mg")["maxDosePerAdministration"]["value"] == 150
    (most,) = dosage(dose="20 mg", frequency="up to 4 times a day")["maxDosePerPeriod"]
    assert (most["numerator"]["value"], most["denominator"]["code"]) == (80, "d")
    plain = dosage(dose="20 mg", frequency="4 times a day")
    assert not plain.keys() & {"maxDosePerPeriod", "maxDosePerAdministration"}


@pytest.mark.parametrize(
    ("text", "repeat"),
    [
        ("q3w", {"frequency": 1, "period": 3, "periodUnit": "wk"}),
        ("single dose", {"count": 1}),
        (
            "days 1, 8 and 15 of each 28-day cycle",
            {"frequency": 3, "period": 28, "periodUnit": "d"},
        ),
        ("1 hour before meals", {"when": ["AC"], "offset": 60}),
        ("at bedtime", {"when": ["HS"]}),
    ],
)
def test_timing(text, repeat):
    assert dosage(frequency=text)["timing"]["repeat"] == repeat


def test_minutes_are_one_administration_days_the_course():
    short = dosage(duration="30 minutes")["timing"]["repeat"]
    assert short == {"duration": 30, "durationUnit": "min"}
    long = dosage(duration="6 months")["timing"]["repeat"]
    assert long == {"boundsDuration": quantity(6, "mo")}


def test_as_needed():
    assert dosage(frequency="as needed")["asNeeded"] is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P12W", (12, "wk")),
        ("PT1H30M", (90, "min")),
        ("P0.5Y", (0.5, "a")),
        ("P1Y6M", None),
        ("P", None),
        ("", None),
        (None, None),
        ("tomorrow", None),
    ],
)
def test_span_of(text, expected):
    assert span_of(text) == expected


def test_bundle_says_where_parts_stand(doc):
    found = fhir.bundle([("NCT90000001", doc)])
    fhir.check(found)
    activity, provenance = (entry["resource"] for entry in found["entry"][:2])
    assert activity["title"] == "Zorbitol"
    assert activity["usage"] == "High"
    assert provenance["target"] == [{"reference": found["entry"][0]["fullUrl"]}]
    (entity,) = provenance["entity"]
    assert entity["what"]["identifier"]["value"] == "NCT90000001"
    places = {}
    for source in entity["extension"]:
        said = {
            inner["url"]: next(value for key, value in inner.items() if key != "url")
            for inner in source["extension"]
        }
        places[said["part"]] = (doc.text[said["start"] : said["end"]], said["field"])
    assert places["dose"] == ("25 mg/m2", "arm_description")
    assert places["duration"] == ("2 to 4 weeks", "arm_description")


def test_bundle_is_the_same_each_time(doc):
    once, again = (fhir.bundle([("NCT90000001", doc)]) for _ in range(2))
    assert json.dumps(once) == json.dumps(again)
    urls = [entry["fullUrl"] for entry in once["entry"]]
    assert len(set(urls)) == len(urls)


def test_nothing_found():
    empty = NLP("")
    assert fhir.dosages(empty) == []
    fhir.check(fhir.bundle([("NCT90000001", empty)]))


def test_check_names_what_is_wrong():
    with pytest.raises(ValueError, match="asNeeded"):
        fhir.check({"asNeeded": "sometimes, perhaps"})


WORDS = st.lists(
    st.sampled_from(
        "1 2 3.5 0 10 up to - / mg mL kg day days week weeks hours twice every before "
        "after meals until cycle of x single dose at least ± q3w bid PRN 28-day".split()
    ),
    min_size=1,
    max_size=8,
).map(" ".join)
SEEN = st.text(min_size=1, max_size=40).filter(str.strip)


@given(dose=WORDS, frequency=WORDS, route=WORDS, duration=WORDS)
def test_any_regimen_is_valid_and_round_trips(**texts):
    found = dosage(**texts)
    model = Dosage.model_validate(found)
    assert json.loads(model.model_dump_json()) == json.loads(json.dumps(found))


@given(SEEN, SEEN)
def test_any_text_is_valid(dose, name):
    row = {"intervention": part("intervention", name), "dose": part("dose", dose)}
    entries = fhir.entries("id", [{**row, "arm": None}])
    Bundle.model_validate(
        {"resourceType": "Bundle", "type": "collection", "entry": entries}
    )


def test_no_frequency_and_no_duration_is_no_timing():
    assert timing(None, None) is None
