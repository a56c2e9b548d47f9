"""Scores of links and table rows, counted by hand; growth; baselines."""

import json

import pytest
import spacy
from en_trial_registry.relations.links import links_of

from evaluate.documents import EvaluationError, read_documents
from evaluate.growth import growth_markdown, measure_growth
from evaluate.oracles import ORACLES, links_as_found, reachable_links
from evaluate.relation_baselines import link_nearest, link_on_line
from evaluate.relations import evaluate_relations, gold_doc, relations_markdown
from evaluate.tables import evaluate_tables, tables_markdown

TEXT = "Zorbitol 25 mg and wexanib 50 mg"
ENTITIES = [
    {"id": "e1", "start": 0, "end": 8, "label": "INTERVENTION"},
    {"id": "e2", "start": 9, "end": 14, "label": "DOSE"},
    {"id": "e3", "start": 19, "end": 26, "label": "INTERVENTION"},
    {"id": "e4", "start": 27, "end": 32, "label": "DOSE"},
]


def write(path, *links):
    relations = [{"label": "HAS_DOSE", "head": h, "child": c} for h, c in links]
    row = {"id": "A1", "text": TEXT, "entities": ENTITIES, "relations": relations}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def nlp():
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    words = [("INTERVENTION", "Zorbitol"), ("INTERVENTION", "wexanib")]
    words += [("DOSE", "25 mg"), ("DOSE", "50 mg")]
    ruler.add_patterns([{"label": label, "pattern": word} for label, word in words])
    return nlp


def test_the_nearest_head_is_linked(nlp, tmp_path):
    (document,) = read_documents(write(tmp_path / "a.jsonl", ("e1", "e2")))
    doc = link_nearest(gold_doc(nlp, document))
    starts = {(link.head_start, link.child_start) for link in links_of(doc)}
    assert starts == {(0, 9), (19, 27)}


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Zorbitol at 5 mg a wexanib", "Zorbitol"),  # 4 before is nearer than 3 behind
        ("Zorbitol given then 5 mg wexanib", "wexanib"),
        ("Zorbitol\n\n5 mg", "Zorbitol"),
        ("Zorbitol\nwexanib\n5 mg", "wexanib"),
        ("Zorbitol\n\n\n5 mg", None),
    ],
)
def test_the_nearest_head_on_the_line_is_linked(nlp, text, head):
    doc = nlp.make_doc(text)
    spans = {
        word: doc.char_span(text.index(word), text.index(word) + len(word), label)
        for word, label in (
            ("Zorbitol", "INTERVENTION"),
            ("wexanib", "INTERVENTION"),
            ("5 mg", "DOSE"),
        )
        if word in text
    }
    doc.ents = list(spans.values())
    found = {link.head_start for link in links_of(link_on_line(doc))}
    assert found == ({text.index(head)} if head else set())


def test_a_time_is_linked_on_its_line_only(nlp):
    doc = nlp.make_doc("Pain\nat week 2")
    doc.ents = [doc.char_span(0, 4, "OUTCOME"), doc.char_span(8, 14, "TIME_FRAME")]
    assert links_of(link_on_line(doc)) == set()


def test_oracles_tell_what_found_entities_allow(tmp_path):
    path = write(tmp_path / "a.jsonl", ("e1", "e2"), ("e3", "e4"))
    (document,) = read_documents(path)
    exact, drug, whole = (0, 8), (19, 26), (9, 14)
    found = {
        (*exact, "INTERVENTION"),
        (*whole, "DOSE"),
        (*drug, "INTERVENTION"),
        (27, 29, "DOSE"),  # "50" of "50 mg"
        (15, 18, "DOSE"),  # "and"
        (30, 32, "ROUTE"),  # not what "50 mg" is
    }
    right = (exact, whole, "HAS_DOSE")
    assert reachable_links(document, found) == {right}
    assert links_as_found(document, found) == {right, (drug, (27, 29), "HAS_DOSE")}
    assert links_as_found(document, document.entities) == document.links
    assert links_as_found(document, set()) == reachable_links(document, set()) == set()


def test_links_are_counted(nlp, tmp_path):
    """Gold: 25 mg to both drugs, 50 mg to the second. Nearest finds two of three."""
    path = write(tmp_path / "a.jsonl", ("e1", "e2"), ("e3", "e2"), ("e3", "e4"))
    results = evaluate_relations(nlp, {"toy": path}, {"nearest": link_nearest})
    nearest, whole, *oracles = results
    counts = dict(nearest.scores)["micro"].counts
    assert (counts.tp, counts.fp, counts.fn) == (2, 0, 1)
    counts = dict(whole.scores)["HAS_DOSE"].counts
    assert (counts.tp, counts.fp, counts.fn) == (0, 0, 3)
    assert [oracle.method for oracle in oracles] == list(ORACLES)
    for oracle in oracles:
        assert dict(oracle.scores)["HAS_DOSE"].counts.tp == 3
    assert "| nearest | 0.800 |" in relations_markdown(results)


def test_rows_are_counted(nlp, tmp_path):
    nlp.add_pipe("link_nearest_for_tests")
    path = write(tmp_path / "a.jsonl", ("e1", "e2"), ("e3", "e2"), ("e3", "e4"))
    results = evaluate_tables(nlp, {"toy": path})
    counts = results[0].score.counts
    assert (results[0].table, counts.tp, counts.fp, counts.fn) == ("regimens", 2, 0, 1)
    assert results[1].score.counts.support == 0
    assert "| toy (1) | regimens | 3 | 1.000" in tables_markdown(results)


def test_a_link_to_nothing_is_an_error(tmp_path):
    with pytest.raises(EvaluationError, match="names an entity that is not there"):
        read_documents(write(tmp_path / "a.jsonl", ("e1", "e9")))


def test_growth_times_each_component(nlp):
    timings = measure_growth(nlp, [TEXT] * 5, lengths=(10, 20), rounds=1)
    assert [t.component for t in timings] == ["tokenizer", "entity_ruler"] * 2
    assert timings[0].words < timings[2].words
    assert all(timing.seconds > 0 for timing in timings)
    assert "| tokenizer |" in growth_markdown(timings)


spacy.Language.component("link_nearest_for_tests", func=link_nearest)
