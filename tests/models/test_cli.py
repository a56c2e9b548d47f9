"""`python -m en_trial_registry`: every way in, out and wrong."""

import gzip
import json
import shutil
import zipfile
from contextlib import contextmanager

import en_trial_registry
import pytest
import spacy
from en_trial_registry import __main__ as cli
from en_trial_registry.output import options
from en_trial_registry.output.json_lines import JSON_LINES
from en_trial_registry.schema import ENTITY_LABELS
from extract_toy import EXPECTED, PLAIN, STUDY, make_pipeline, write_annotated
from typer.testing import CliRunner


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    path = tmp_path_factory.mktemp("cli") / "model"
    make_pipeline().to_disk(path)
    return path


def invoke(*arguments):
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def read_lines(text):
    return [json.loads(line) for line in text.splitlines()]


def ids(path):
    return [value["id"] for value in read_lines(path.read_text(encoding="utf-8"))]


class TestExtract:
    def test_json_lines_to_a_pipe(self, model):
        result = invoke("extract", STUDY, "--model", model)
        assert result.exit_code == 0
        (value,) = read_lines(result.stdout)
        assert [tuple(entity.values()) for entity in value["entities"]] == EXPECTED
        assert result.stderr == ""

    def test_tables_to_a_pipe_on_request(self, model):
        result = invoke("extract", STUDY, "--show", "--model", model)
        assert result.exit_code == 0
        assert "NCT90000006" in result.stdout
        assert not result.stdout.startswith("{")
        start, end, label, text, *_ = EXPECTED[0]
        assert text in result.stdout
        assert label in result.stdout

    def test_to_a_file_with_one_line_about_it(self, model, tmp_path):
        out = tmp_path / "out.jsonl"
        result = invoke("extract", STUDY, "-o", out, "--model", model)
        assert result.exit_code == 0
        assert result.stdout == ""
        assert result.stderr == f"1 record, 10 entities, written to {out}.\n"
        assert ids(out) == ["NCT90000006"]

    def test_any_mixture_of_formats(self, model, tmp_path):
        folder = tmp_path / "folder"
        folder.mkdir()
        shutil.copy(STUDY.with_name("legacy.xml"), folder)
        shutil.copy(STUDY.with_name("page_tables.txt"), folder)
        packed = tmp_path / "study.json.gz"
        packed.write_bytes(gzip.compress(STUDY.read_bytes()))
        with zipfile.ZipFile(tmp_path / "notes.zip", "w") as archive:
            archive.writestr("note.txt", PLAIN)
        paths = (folder, packed, tmp_path / "notes.zip")
        result = invoke("extract", *paths, "--model", model)
        assert result.exit_code == 0
        assert [value["source"] for value in read_lines(result.stdout)] == [
            "legacy-xml",
            "page",
            "api-v2",
            "text",
        ]

    def test_batches_do_not_change_the_result(self, model, tmp_path):
        path = write_annotated(tmp_path / "in.jsonl", "a", "b", "c")
        results = {
            invoke(
                "extract", path, STUDY, "--model", model, "--batch-size", size
            ).stdout
            for size in (1, 2, 64)
        }
        assert len(results) == 1

    def test_html_page_beside_json_lines(self, model, tmp_path):
        page = tmp_path / "page.html"
        result = invoke("extract", STUDY, "--html", page, "--model", model)
        assert result.exit_code == 0
        assert read_lines(result.stdout)[0]["id"] == "NCT90000006"
        assert "<h2>NCT90000006</h2>" in page.read_text(encoding="utf-8")
        assert str(page) in result.stderr

    def test_the_installed_pipeline_is_the_default(self, monkeypatch):
        monkeypatch.setattr(cli, "load", make_pipeline)
        result = invoke("extract", STUDY)
        assert len(read_lines(result.stdout)[0]["entities"]) == 10


class TestBadInput:
    @pytest.fixture
    def mixture(self, tmp_path):
        write_annotated(tmp_path / "good.jsonl", "a", "b")
        (tmp_path / "cut.json").write_text('{"protocolSection": {"identif')
        (tmp_path / "tag.json").write_text('{"id": "c", "text": "1 g<br>"}')
        return [tmp_path / name for name in ("cut.json", "good.jsonl", "tag.json")]

    def test_good_records_are_written_and_bad_ones_listed(
        self, model, mixture, tmp_path
    ):
        out = tmp_path / "out.jsonl"
        missing = tmp_path / "missing.json"
        result = invoke("extract", *mixture, missing, "-o", out, "--model", model)
        assert result.exit_code == 1
        assert ids(out) == ["a", "b"]
        written, heading, cut, tag, absent = result.stderr.splitlines()
        assert written.startswith("2 records, 4 entities, written to")
        assert heading == "3 files or records could not be read:"
        assert "cut.json" in cut
        assert all(part in tag for part in ("tag.json", "record c", "field text"))
        assert "missing.json" in absent
        assert all(line.startswith("- ") for line in (cut, tag, absent))
        assert all("; " in line for line in (cut, tag, absent))

    def test_they_are_listed_beside_json_lines_in_a_pipe(self, model, mixture):
        result = invoke("extract", *mixture, "--model", model)
        assert result.exit_code == 1
        assert [value["id"] for value in read_lines(result.stdout)] == ["a", "b"]
        assert result.stderr.startswith("2 files or records could not be read:\n- ")

    @pytest.mark.parametrize("older", [None, "older"])
    def test_nothing_is_written_when_all_are_bad(self, older, model, mixture, tmp_path):
        out, page = tmp_path / "out.jsonl", tmp_path / "page.html"
        if older:
            out.write_text(older)
        bad = [mixture[0], mixture[2]]
        options = ("-o", out, "--html", page, "--model", model)
        result = invoke("extract", *bad, *options)
        assert result.exit_code == 1
        assert "No record could be read; nothing was written." in result.stderr
        assert "cut.json" in result.stderr
        assert (out.read_text() if out.exists() else None) == older
        assert not page.exists()
        assert not list(tmp_path.glob(".*"))

    def test_input_without_any_record_is_an_error(self, model, tmp_path):
        path = tmp_path / "none.json"
        path.write_text('{"studies": []}')
        result = invoke("extract", path, "--model", model)
        assert result.exit_code == 1
        assert "No record could be read" in result.stderr
        assert result.stdout == ""

    def test_a_record_that_is_too_long_is_listed(self, tmp_path, monkeypatch):
        nlp = make_pipeline()
        nlp.max_length = 100
        monkeypatch.setattr(cli, "load", lambda: nlp)
        path = write_annotated(tmp_path / "in.jsonl", "a")
        result = invoke("extract", path, STUDY)
        assert result.exit_code == 1
        assert [value["id"] for value in read_lines(result.stdout)] == ["a"]
        assert "1 file or record could not be read" in result.stderr
        assert "NCT90000006" in result.stderr


class TestModel:
    def test_unknown(self, tmp_path):
        out = tmp_path / "out.jsonl"
        result = invoke("extract", STUDY, "-o", out, "--model", "no_such_pipeline")
        assert result.exit_code == 2
        assert "Can't load the pipeline 'no_such_pipeline'" in result.stderr
        assert "training/output/ner/model-best" in result.stderr
        assert not out.exists()

    def test_a_folder_that_is_none(self, tmp_path):
        result = invoke("extract", STUDY, "--model", tmp_path)
        assert result.exit_code == 2
        assert str(tmp_path) in result.stderr

    def test_a_config_that_names_unknown_code(self, model, tmp_path):
        copy = shutil.copytree(model, tmp_path / "copy")
        config = (copy / "config.cfg").read_text()
        (copy / "config.cfg").write_text(config.replace("record_sections", "no_such"))
        result = invoke("info", "--model", copy)
        assert result.exit_code == 2
        assert "no_such" in result.stderr

    def test_none_installed(self, monkeypatch):
        def load():
            raise OSError("en_trial_registry is installed without a trained pipeline.")

        monkeypatch.setattr(cli, "load", load)
        result = invoke("info")
        assert result.exit_code == 2
        assert "without a trained pipeline" in result.stderr
        assert "--model" in result.stderr


class TestOutputs:
    def check(self, message, *arguments):
        result = invoke("extract", *arguments, "--model", "not-reached")
        assert result.exit_code == 2
        assert message in result.stderr

    def test_same_file_twice(self, tmp_path):
        out = tmp_path / "out"
        self.check("name the same file", STUDY, "-o", out, "--html", out)

    def test_missing_folder(self, tmp_path):
        self.check("no folder", STUDY, "-o", tmp_path / "none" / "out.jsonl")

    def test_the_input_itself_is_never_overwritten(self, tmp_path):
        path = write_annotated(tmp_path / "in.jsonl", "a")
        before = path.read_bytes()
        self.check("among the input", path, "-o", path)
        self.check("among the input", tmp_path, "--html", path)
        assert path.read_bytes() == before

    def test_a_new_file_in_the_input_folder_is_not_read(self, model, tmp_path):
        write_annotated(tmp_path / "in.jsonl", "a")
        out = tmp_path / "out.jsonl"
        result = invoke("extract", tmp_path, "-o", out, "--model", model)
        assert result.exit_code == 0
        assert ids(out) == ["a"]

    def test_a_full_disk_is_told_without_traceback(self, model, tmp_path, monkeypatch):
        @contextmanager
        def open_full(stream):
            def write(piece):
                raise OSError(28, "No space left on device")

            yield write

        full = JSON_LINES._replace(open=open_full)
        monkeypatch.setattr(options, "JSON_LINES", full)
        page = tmp_path / "page.html"
        result = invoke("extract", STUDY, "--html", page, "--model", model)
        assert result.exit_code == 1
        assert "No space left on device" in result.stderr
        assert not page.exists()


class TestInfo:
    def test_what_is_known_is_printed(self, tmp_path, monkeypatch):
        nlp = make_pipeline()
        strict = {"p": 0.9, "r": 0.8, "f": 0.847, "interval": [0.801, 0.882]}
        labels = {"DOSE": {"strict": {**strict, "f": 0.911}, "support": 3}}
        nlp.meta.update(
            name="trial_registry",
            version="9.8.7",
            license="MIT",
            description="A toy.",
            notes="Not for [patients].",
            sources=[{"name": "Ferry log", "license": "CC0", "url": ""}, "Logbook"],
            performance={"ents_p": 0.1, "ents_r": 0.2, "ents_f": 0.133},
            evaluation={
                "ferries-test": {"documents": 1234, "strict": strict, "labels": labels},
                "pages-test": {"strict": {"f": None, "interval": None}},
            },
        )
        nlp.to_disk(tmp_path / "model")
        result = invoke("info", "--model", tmp_path / "model")
        assert result.exit_code == 0
        out = result.stdout
        parts = ["en_trial_registry 9.8.7", en_trial_registry.__version__, "MIT"]
        parts += ["record_sections, entity_ruler", "A toy.", "Not for [patients]."]
        parts += [
            "Ferry log, CC0",
            "Logbook",
            "Scores on ferries-test, 1,234 documents",
        ]
        parts += ["0.847", "0.801 to 0.882", "0.911", "Scores on pages-test", "0.133"]
        assert [part for part in parts if part not in out] == []
        found = [label for label in ENTITY_LABELS if f" {label} " in out]
        assert found == [label for label in ENTITY_LABELS if label in out]
        assert ENTITY_LABELS["DOSE"] in out

    def test_missing_parts_are_said_to_be_missing(self, model):
        result = invoke("info", "--model", model)
        assert result.exit_code == 0
        assert result.stdout.count("not stated") == 4
        assert "development" not in result.stdout

    def test_a_pipeline_without_labels(self, tmp_path):
        spacy.blank("en").to_disk(tmp_path / "model")
        result = invoke("info", "--model", tmp_path / "model")
        assert result.exit_code == 0
        assert "none" in result.stdout

    def test_json(self, model):
        result = invoke("info", "--model", model, "--json")
        value = json.loads(result.stdout)
        assert value["package_version"] == en_trial_registry.__version__
        assert value["components"] == ["record_sections", "entity_ruler"]
        known = ["INTERVENTION", "DOSE", "LAB_TEST", "LAB_THRESHOLD", "OUTCOME"]
        assert list(value["labels"]) == [*known, "TIME_FRAME"]
        assert value["labels"]["DOSE"] == ENTITY_LABELS["DOSE"]
        assert value["evaluation"] == {}
        assert value["license"] is None


def test_help_names_the_commands():
    result = invoke("--help")
    assert result.exit_code == 0
    assert "extract" in result.stdout
    assert "info" in result.stdout


def test_extract_needs_a_path():
    assert invoke("extract").exit_code == 2
