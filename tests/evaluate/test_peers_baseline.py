"""The baseline of regular expressions, on a record written for these tests."""

import pytest

from evaluate.documents import GoldDocument
from evaluate.peers import patterns
from evaluate.peers.phrases import Phrases, learn_phrases
from evaluate.peers.regular import RegularExpressions

TRAIN = [
    GoldDocument(
        "T1",
        "Oral iron, iron and oral zinc; ALT is normal. The oral exam.",
        frozenset(
            {
                (0, 4, "ROUTE"),
                (5, 9, "INTERVENTION"),
                (11, 15, "INTERVENTION"),
                (20, 24, "ROUTE"),
                (25, 29, "INTERVENTION"),
                (31, 34, "LAB_TEST"),
            }
        ),
    )
]
RECORD = """NCT90000001
Fizzolin in Tired People
Official title: A Trial of Fizzolin (FZ-1)
Conditions: Fatigue

Brief summary
People take fizzolin 20 mg twice daily for 6 weeks, or oral zinc.

Interventions
[Drug] Fizzolin tablets
Other names: FZ-1
[Drug] Zinc

Primary outcomes
Change in fatigue score at week 6 [Time Frame: Baseline and week 6]

Eligibility criteria
Inclusion Criteria:
ALT < 3 x ULN
Exclusion Criteria:
ALT is tested, and zinc was taken 20 mg daily
"""


def find(text: str) -> set[tuple[str, str]]:
    spans = RegularExpressions(TRAIN).find(text)
    return {(text[start:end], label) for start, end, label in spans}


def test_phrases_are_whole_words_and_the_longest() -> None:
    text = "Iron oxide, IRON; environ iron-rich"
    found = [text[slice(*at)] for at in Phrases(["iron", "iron oxide"]).find(text)]
    assert found == ["Iron oxide", "IRON", "iron"]


def test_learned_phrases_by_hand() -> None:
    # `oral` bears the label twice in three places, `iron` in both of two.
    assert learn_phrases(TRAIN, "ROUTE", min_count=2, min_precision=0.6) == ["oral"]
    assert learn_phrases(TRAIN, "ROUTE", min_count=2, min_precision=0.7) == []
    own = learn_phrases(TRAIN, "INTERVENTION", min_count=1, min_precision=1)
    assert own == ["iron", "zinc"]


def test_reads_a_record() -> None:
    found = find(RECORD)
    assert ("fizzolin", "INTERVENTION") in found
    assert ("FZ-1", "INTERVENTION") in found
    assert ("20 mg", "DOSE") in found
    assert ("twice daily", "FREQUENCY") in found
    assert ("6 weeks", "DURATION") in found
    assert ("oral", "ROUTE") in found
    assert ("Change in fatigue score", "OUTCOME") in found
    assert ("week 6", "TIME_FRAME") in found
    assert ("Baseline and week 6", "TIME_FRAME") in found
    assert ("ALT", "LAB_TEST") in found
    assert ("< 3 x ULN", "LAB_THRESHOLD") in found


def test_criteria_hold_limits_only() -> None:
    spans = RegularExpressions(TRAIN).find(RECORD)
    criteria = RECORD.index("Eligibility criteria")
    labels = sorted(label for start, _, label in spans if start > criteria)
    assert labels == ["LAB_TEST", "LAB_THRESHOLD"]


def test_spans_are_flat() -> None:
    spans = sorted(RegularExpressions(TRAIN).find(RECORD))
    pairs = zip(spans, spans[1:], strict=False)
    assert all(first[1] <= second[0] for first, second in pairs)


def test_text_without_sections() -> None:
    assert find("Take 5 mL t.i.d.") == {("5 mL", "DOSE"), ("t.i.d", "FREQUENCY")}
    assert find("") == set()


@pytest.mark.parametrize(
    "text",
    ["10 mg/kg", "1-2 tablets", "up to 400 mg", "5 x 10^6 cells", "0.5%", "75 mg/m2"],
)
def test_doses(text: str) -> None:
    match = patterns.DOSE.search(f"take {text} now")
    assert match and match.group() == text


@pytest.mark.parametrize(
    "text",
    ["> 1.5 x ULN", "at least 100,000/mm3", "between 2 and 5 mg/dL", "< 8 g/dL"],
)
def test_limits(text: str) -> None:
    match = patterns.LIMIT.match(text)
    assert match and match.group() == text
