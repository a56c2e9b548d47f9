"""Links by place and records by group."""

import json
from pathlib import Path

import pytest
from en_trial_registry.relations.layout import Layout, Mention
from toy_corpus import write_lines

from evaluate.areas import areas_of
from evaluate.breakdown import groups_json, score_groups
from evaluate.documents import EvaluationError, GoldDocument
from evaluate.links_by_place import (
    FAR,
    OTHER_LINE,
    PLACES,
    SAME_LINE,
    SAME_SENTENCE,
    score_places,
)
from evaluate.matching import LinkSpan
from evaluate.predictions import Prediction
from evaluate.record_facts import (
    AREA,
    FORMAT,
    LENGTH,
    PHASE,
    designs_of,
    facts_of,
    origins_of,
    read_json_lines,
)

TEXT = "Zorbitol 25 mg is given. Then 50 mg.\n9 mg at last.\n" + "x " * 300 + "7 mg\n"
DRUG = (0, 8)


def link_to(dose: str, drug: tuple[int, int] = DRUG) -> LinkSpan:
    start = TEXT.index(dose)
    return drug, (start, start + len(dose)), "HAS_DOSE"


NEAR, NEXT, BELOW, LAST = (link_to(f"{n} mg") for n in (25, 50, 9, 7))
LINKS = frozenset({NEAR, NEXT, BELOW, LAST})


def test_places_by_hand() -> None:
    groups = {
        place: placer(TEXT, [NEAR, NEXT, BELOW, LAST])
        for place, (placer, _) in PLACES.items()
    }
    assert groups["crossing"] == [SAME_SENTENCE, SAME_LINE, OTHER_LINE, OTHER_LINE]
    near, following = "up to 20 characters", "21 to 100 characters"
    assert groups["distance"] == [near, following, following, FAR]
    assert groups["lines"] == [*["same line"] * 2, "next line", "2 to 5 lines apart"]


def test_the_order_of_ends_does_not_matter() -> None:
    head, child, label = NEXT
    for placer, _ in PLACES.values():
        assert placer(TEXT, [NEXT]) == placer(TEXT, [(child, head, label)])


def test_the_layout_agrees_on_single_mentions() -> None:
    mentions = [Mention(*NEXT[0], "INTERVENTION"), Mention(*NEXT[1], "DOSE")]
    layout = Layout(TEXT, mentions)
    assert layout.lines[0] == layout.lines[1]
    assert layout.sentences[0] != layout.sentences[1]


def test_links_are_scored_by_place() -> None:
    """Found: NEAR; missed: three; made up: one within the first sentence."""
    document = GoldDocument("A", TEXT, links=LINKS)
    made_up = (DRUG, (9, 11), "HAS_DOSE")
    scores = score_places([document], [frozenset({NEAR, made_up})], "crossing")
    counts = {
        place: (s.counts.tp, s.counts.fp, s.counts.fn) for place, s in scores.items()
    }
    assert counts == {
        SAME_SENTENCE: (1, 1, 0),
        SAME_LINE: (0, 0, 1),
        OTHER_LINE: (0, 0, 2),
    }


def test_places_add_up_to_all_links() -> None:
    document = GoldDocument("A", TEXT, links=LINKS)
    for place in PLACES:
        scores = score_places([document], [frozenset({NEAR, LAST})], place)
        assert sum(score.counts.tp for score in scores.values()) == 2
        assert sum(score.counts.fn for score in scores.values()) == 2


@pytest.mark.parametrize(
    ("conditions", "areas"),
    [
        ("Non-Small Cell Lung Cancer", ("oncology",)),
        ("Coronavirus Infection", ("COVID-19", "infection")),
        ("Allergic Asthma", ("allergy and immunology", "respiratory")),
        ("Prostate Cancer", ("oncology",)),
        ("Benign Prostatic Hyperplasia", ("kidney and urology",)),
        ("Neuroendocrine Tumor", ("oncology",)),
        ("Zzz", ("other",)),
    ],
)
def test_areas(conditions: str, areas: tuple[str, ...]) -> None:
    assert areas_of(conditions) == areas


@pytest.mark.parametrize(
    ("kind", "phases", "phase"),
    [
        ("Interventional", ["Phase 1/Phase 2"], "phase 1/2"),
        ("INTERVENTIONAL", ["PHASE2", "PHASE3"], "phase 2/3"),
        ("INTERVENTIONAL", ["EARLY_PHASE1"], "early phase 1"),
        ("Interventional", ["N/A"], "not applicable"),
        ("Observational [Patient Registry]", [], "observational"),
        ("Interventional", [], "unknown"),
    ],
)
def test_phases_of_designs(kind: str, phases: list[str], phase: str) -> None:
    study = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT1"},
            "designModule": {"studyType": kind, "phases": phases},
        }
    }
    assert designs_of([study, {}]) == {"NCT1": phase}


HEAD = "NCT90000001\nA {title}\nConditions: Asthma; Lung Cancer\n\nBrief summary\nx\n"


@pytest.mark.parametrize(
    ("title", "phase"),
    [
        ("Phase II Study", "phase 2"),
        ("Phase Ib/IIa Study", "phase 1/2"),
        ("Phase 1-2 Study", "phase 1/2"),
        ("phase III and IV study", "phase 3/4"),
        ("Study of Phase Shifts", "unknown"),
        ("Study", "unknown"),
    ],
)
def test_facts_of_a_record_alone(title: str, phase: str) -> None:
    document = GoldDocument("NCT90000001", HEAD.format(title=title))
    assert facts_of(document, {}, {}) == {
        AREA: ("oncology", "respiratory"),
        PHASE: (phase,),
        FORMAT: ("unknown",),
        LENGTH: ("up to 250 words",),
    }


def test_what_is_known_of_a_record_goes_before_its_titles() -> None:
    document = GoldDocument("N", HEAD.format(title="Phase II Study"))
    facts = facts_of(document, {"N": "phase 3"}, {"N": "api-v2"})
    assert facts[PHASE] == ("phase 3",)
    assert facts[FORMAT] == ("api-v2",)


def test_a_text_without_conditions_has_no_known_area() -> None:
    assert facts_of(GoldDocument("N", "Aspirin."), {}, {})[AREA] == ("unknown",)


def test_the_format_of_a_text_goes_before_the_source_of_its_annotation() -> None:
    rows = [{"id": "a", "source": "registry"}, {"id": "b", "source": "authored"}]
    assert origins_of([*rows, {"id": "a", "origin": "xml"}]) == {
        "a": "xml",
        "b": "authored",
    }


def test_files_that_are_no_json_lines_are_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no.jsonl is missing"):
        read_json_lines([tmp_path / "no.jsonl"])
    wrong = write_lines(tmp_path / "wrong.jsonl", [{}])
    wrong.write_text(wrong.read_text() + "[1]\n")
    with pytest.raises(EvaluationError, match="line 2 holds list"):
        read_json_lines([wrong])
    wrong.write_text("{")
    with pytest.raises(EvaluationError, match="line 1 is not JSON"):
        read_json_lines([wrong])


def test_groups_are_scored_on_their_own_records() -> None:
    span = (0, 2, "DOSE")
    documents = [GoldDocument(str(n), "5 mg", frozenset({span})) for n in range(6)]
    found = [Prediction(str(n), {span: None} if n else {}) for n in range(6)]
    facts = [
        {AREA: ("x", "y") if n else ("y",), PHASE: ("p",), FORMAT: (), LENGTH: ()}
        for n in range(6)
    ]
    groups = groups_json(score_groups(documents, found, facts))
    assert list(groups[AREA]) == ["x", "y"] and list(groups[PHASE]) == ["p"]
    assert groups[FORMAT] == {}
    strict = groups[AREA]["x"]["entities strict"]
    assert (groups[AREA]["x"]["documents"], strict["f1"]) == (5, 1.0)
    assert strict["f1_interval"] == [1.0, 1.0]
    strict = groups[AREA]["y"]["entities strict"]
    assert (strict["tp"], strict["fn"]) == (5, 1)
    assert json.dumps(groups)


def test_few_records_have_no_interval() -> None:
    span = (0, 2, "DOSE")
    document = GoldDocument("a", "5 mg", frozenset({span}))
    facts = {AREA: ("x",), PHASE: ("p",), FORMAT: ("f",), LENGTH: ("l",)}
    groups = score_groups([document], [Prediction("a", {span: None})], [facts])
    score = groups[AREA]["x"].scores["entities strict"]
    assert (score.counts.f1, score.intervals.f1) == (1.0, None)
