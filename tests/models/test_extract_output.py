"""The writers: JSON lines, tables, HTML page, and files that appear when complete."""

import io
import json
import re
from html.parser import HTMLParser

import pytest
from en_trial_registry.extract import extract_record
from en_trial_registry.output.facts import MAX_TEXT, shorten
from en_trial_registry.output.files import replaced_file
from en_trial_registry.output.html import html_page, record_html
from en_trial_registry.output.html_facts import facts_html
from en_trial_registry.output.json_lines import JSON_LINES
from en_trial_registry.output.table import tables
from en_trial_registry.readers import read_records
from en_trial_registry.records import Outcome, Record
from en_trial_registry.schema import ENTITY_LABELS, LABEL_COLORS
from extract_toy import EXPECTED, STUDY, make_pipeline
from rich.console import Console

NLP = make_pipeline(ROUTE=("Arms",))


@pytest.fixture
def extraction():
    (record,) = read_records([STUDY])
    return extract_record(record, make_pipeline())


def extract_text(text, nlp=NLP):
    return extract_record(Record("note", plain_text=text, source="text"), nlp)


def show(extraction, width=80, **options):
    file = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    console = Console(file=file, width=width, highlight=False, **options)
    return tables(console).render([extraction]).decode()


def written(output, *extractions):
    stream = io.BytesIO()
    with output.open(stream) as write:
        for extraction in extractions:
            write(output.render([extraction]))
    return stream.getvalue().decode("utf-8")


class TestFiles:
    def test_a_file_appears_when_it_is_complete(self, tmp_path):
        path = tmp_path / "out"
        with replaced_file(path) as stream:
            stream.write("≥ 1\n".encode())
            assert not path.exists()
        assert path.read_bytes() == "≥ 1\n".encode()
        assert list(tmp_path.iterdir()) == [path]

    @pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
    def test_whatever_ends_it_early_leaves_the_older_file(self, error, tmp_path):
        path = tmp_path / "out"
        path.write_text("older")
        with pytest.raises(error), replaced_file(path) as stream:
            stream.write(b"newer")
            raise error
        assert path.read_text() == "older"
        assert list(tmp_path.iterdir()) == [path]

    def test_a_link_stays_a_link(self, tmp_path):
        (tmp_path / "file").touch()
        link = tmp_path / "link"
        link.symlink_to(tmp_path / "file")
        with replaced_file(link) as stream:
            stream.write(b"text")
        assert link.is_symlink()
        assert (tmp_path / "file").read_text() == "text"

    def test_a_device_is_written_to_and_not_replaced(self, tmp_path):
        link = tmp_path / "null"
        link.symlink_to("/dev/null")
        with replaced_file(link) as stream:
            stream.write(b"text")
        assert link.is_char_device()


class TestJsonLines:
    def test_one_line_per_record(self, extraction):
        text = written(JSON_LINES, extraction, extract_text("Nausea\u2028≥ 2 hours"))
        first, second, rest = text.split("\n")
        assert json.loads(first) == extraction.to_json()
        assert json.loads(second)["text"] == "Nausea\u2028≥ 2 hours"
        assert "≥" in second
        assert rest == ""


class TestTable:
    def test_every_entity_has_a_row_below_its_section(self, extraction):
        lines = [line.strip() for line in show(extraction, 120).splitlines()]
        rows = [line for line in lines if re.search(r" [A-Z]+(_[A-Z]+)?  ", f" {line}")]
        assert len(rows) == len(EXPECTED)
        sections = ["Header", "Arms", "Interventions", "Primary outcomes"]
        positions = [lines.index(section) for section in sections]
        assert positions == sorted(positions)
        below = lines[positions[2] + 1 :]
        assert below[0].split() == ["[0].name", "INTERVENTION", "Ginger", "wafer"]
        assert below[1].split() == ["[0].description", "DOSE", "1", "g"]
        assert lines[0] == "NCT90000006  Ginger Wafers on Ferries"
        assert lines[1] == "api-v2 · 626 characters · 10 entities"

    def test_labels_have_their_colours(self, extraction):
        shown = show(extraction, force_terminal=True, color_system="truecolor")
        red, green, blue = bytes.fromhex(LABEL_COLORS["LAB_TEST"][1:])
        assert f"48;2;{red};{green};{blue}m LAB_TEST " in shown

    def test_a_label_outside_the_scheme_is_shown(self):
        nlp = make_pipeline(PERSON=("Sailors",))
        assert "PERSON" in show(extract_text("Sailors", nlp))

    def test_a_record_without_entities_says_so(self):
        assert "No entities found" in show(extract_text("Nothing here."))
        assert "0 entities" in show(extract_text("Nothing here."))

    def test_plain_text_stands_under_text(self):
        lines = show(extract_text("Nausea for 2 hours")).splitlines()
        assert "Text" in [line.strip() for line in lines]
        assert "2 entities" in lines[1]

    def test_markup_and_control_characters_do_nothing(self):
        nlp = make_pipeline(ROUTE=("[bold]mouth[/bold]", "by\x1b[31mmouth"))
        shown = show(extract_text("[bold]mouth[/bold] or by\x1b[31mmouth", nlp))
        assert "[bold]mouth[/bold]" in shown
        assert "\x1b" not in shown
        assert "by [31mmouth" in shown

    def test_long_texts_lose_their_middle(self):
        text = "start " + "x" * 500 + " end"
        short = shorten(text)
        assert len(short) <= MAX_TEXT
        assert short.startswith("start xxx")
        assert short.endswith("xxx end")
        assert " … " in short
        assert shorten("a\n  b\t") == "a b"
        assert shorten("x" * MAX_TEXT) == "x" * MAX_TEXT

    def test_long_entities_keep_their_row(self):
        phrase = " ".join(["wafer"] * 60)
        shown = show(extract_text(phrase, make_pipeline(OUTCOME=(phrase,))))
        assert "OUTCOME" in shown
        assert "…" in shown


class Page(HTMLParser):
    """Collects the text of the tags, and every tag with its attributes."""

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.texts = []
        self.open = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "br":
            self.texts.append("\n")
        elif tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        is_label = self.open[-2:] == ["mark", "span"]
        if not is_label and "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self):
        return "".join(self.texts)

    def count(self, tag):
        return sum(name == tag for name, _ in self.tags)


def in_one_line(text):
    return " ".join(text.split())


class TestHtml:
    @pytest.fixture
    def page(self, extraction):
        other = extract_text("Nausea <script> 1 g </script> & more")
        return written(html_page(), extraction, other)

    def test_it_is_a_whole_page_of_its_own(self, page):
        parsed = Page(page)
        assert parsed.open == []
        assert page.startswith("<!DOCTYPE html>")
        assert ("meta", {"charset": "utf-8"}) in parsed.tags
        used = {tag for tag, _ in parsed.tags}
        assert used.isdisjoint({"script", "link", "img", "iframe"})
        attributes = {name for _, attrs in parsed.tags for name in attrs}
        assert attributes.isdisjoint({"src", "onclick"})
        hrefs = [attrs["href"] for _, attrs in parsed.tags if "href" in attrs]
        assert all(href.startswith("#") for href in hrefs)
        assert not re.search(r"https?:|url\(|@import", page)

    def test_text_is_escaped(self, page):
        assert "<script" not in page
        assert "&lt;script&gt; <mark" in page
        assert ">&gt; 3.5 mmol/L<span>" in page
        assert "&amp; more" in page

    def test_every_record_and_section_has_its_heading(self, page):
        assert "<h2>NCT90000006</h2>" in page
        assert "<h2>note</h2>" in page
        assert Page(page).count("h3") == 7

    def test_marks_and_legend(self, page):
        marks = [attrs for tag, attrs in Page(page).tags if tag == "mark"]
        assert len(marks) == len(ENTITY_LABELS) + len(EXPECTED) + 2
        colors = [attrs["style"] for attrs in marks[:9]]
        assert colors == [f"background: {color}" for color in LABEL_COLORS.values()]
        for label, definition in ENTITY_LABELS.items():
            assert f">{label}</mark></dt>" in page
            assert definition in page

    def test_every_word_of_the_text_is_there(self, extraction):
        page = record_html(extraction)
        assert facts_html(extraction) in page
        parsed = Page(page.replace(facts_html(extraction), ""))
        head = "NCT90000006\napi-v2 · 10 entities\n"
        assert in_one_line(parsed.text) == in_one_line(head + extraction.record.text)

    def test_white_space_is_kept(self):
        parsed = Page(record_html(extract_text("a  b\n\n  c")))
        assert "a  b\n\n  c" in parsed.text

    def test_an_entity_in_a_heading_is_marked_there(self):
        page = record_html(extract_text("Arms\n[Arm] Ginger\n"))
        heading = page[page.index("<h3>") : page.index("</h3>")]
        assert ">Arms<span>ROUTE</span></mark>" in heading

    def test_text_around_sections_is_kept(self):
        text = "Before it\n\nArms\n[Arm] Ginger\n"
        assert "Before it" in Page(record_html(extract_text(text))).text

    def test_ids_and_sources_are_escaped(self):
        record = Record("<b>1", source="<i>", primary_outcomes=(Outcome("Nausea"),))
        page = record_html(extract_record(record, NLP))
        assert "<h2>&lt;b&gt;1</h2>" in page
        assert "&lt;i&gt; · 1 entity" in page
