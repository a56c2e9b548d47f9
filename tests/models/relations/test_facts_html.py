"""The HTML page shows the tables, and their parts link to places that exist."""

import re

import pytest
from en_trial_registry.extract import extract_record
from en_trial_registry.output.html import record_html
from en_trial_registry.readers import read_records
from toy_relations import trained


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("html") / "note.txt"
    path.write_text("Zorbitol 25 mg plus wexanib 50 mg daily\n", encoding="utf-8")
    (record,) = read_records([path])
    return record_html(extract_record(record, trained()))


def test_the_regimens_are_a_table(page):
    assert '<table class="regimens">' in page
    assert "lab_thresholds" not in page
    assert len(re.findall("<tr>", page)) == 3


def test_every_link_has_its_target(page):
    targets = re.findall(r'href="#([^"]+)"', page)
    assert len(targets) == 6
    assert set(targets) <= set(re.findall(r'id="([^"]+)"', page))
