"""Commands of the report: `report`, `compare`, `seeds`, `curve`."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from en_trial_registry import __version__
from spacy.language import Language
from wasabi import msg

from .bootstrap import RESAMPLES, SEED
from .compare import compare_json, compare_markdown, compare_predictions, predictions_of
from .console import (
    OUTPUT,
    Also,
    Model,
    On,
    Output,
    Resamples,
    Seed,
    say_written,
    sources_of,
    those_there,
    user_errors,
    write_report,
)
from .documents import EvaluationError, read_documents
from .error_page import render_errors
from .figure import draw
from .markdown import number
from .predict import load_pipeline
from .predictions import write_predictions
from .report import Report, make_report, read_background
from .report_figures import confident_kinds, draw_curve, draw_reliability, save_svg
from .report_markdown import report_markdown, run_lines
from .runs import SHARES, WHOLE, Recipe, score_runs, train_run

REPORTS: Final = Path("evaluate/reports")
# What holds, or is, the text of records never gets into the history.
PRIVATE: Final = ("errors.html", "predictions/")
# Where each command's JSON has its results.
BESIDE: Final = {"values": "parts", "seeds": "shares", "curve": "shares"}
Beside = Annotated[
    list[str] | None, typer.Option(help="NAME=FILE.json of another command.")
]
Files = Annotated[list[Path] | None, typer.Option(help="JSON lines; repeatable.")]


def report_cli(
    model: Model,
    on: On,
    also: Also = None,
    beside: Beside = None,
    studies: Files = None,
    texts: Files = None,
    output: Annotated[Path, typer.Option(help="Folder of reports.")] = REPORTS,
    version: Annotated[str, typer.Option(help="Name of the report.")] = __version__,
    seed: Seed = SEED,
    resamples: Resamples = RESAMPLES,
) -> None:
    """Write the whole report: tables, JSON, figures and a page of errors.

    `--studies`: records in the shape of the API, version 2, for their phases.
    `--texts`: files of corpus/external, for their source formats. `--beside`: values,
    seeds, curve.
    """
    with user_errors():
        sources = sources_of(on, also)
        studies, texts = _existing(studies), _existing(texts)
        background = read_background(list(sources.values()), studies, texts)
        report = make_report(
            load_pipeline(model), sources, background, seed=seed, resamples=resamples
        )
        report.result.update(read_beside(those_there(beside or [])))
        paths = write_everything(report, output / version)
    say_written(paths)


def read_beside(specifications: Iterable[str]) -> dict[str, Any]:
    """Read what other commands measured.

    specifications (Iterable[str]): `NAME=FILE.json` pairs; names are those of `BESIDE`.
    RETURNS (Dict[str, Any]): Results by name.
    RAISES (EvaluationError): If a name is unknown or a file isn't of that command.
    """
    results = {}
    for specification in specifications:
        name, _, path = specification.partition("=")
        if name not in BESIDE:
            raise EvaluationError(
                f"--beside '{specification}': unknown name; use {', '.join(BESIDE)}."
            )
        try:
            results[name] = json.loads(Path(path).read_text("utf8"))[BESIDE[name]]
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise EvaluationError(
                f"{path} is no result of `python -m evaluate {name}`; run that first."
            ) from error
    return results


def _existing(paths: Sequence[Path] | None) -> list[Path]:
    for path in paths or ():
        if not path.is_file():
            msg.warn(f"There is no {path}: what it tells of records is `unknown`.")
    return [path for path in paths or () if path.is_file()]


def write_everything(report: Report, folder: Path) -> list[Path]:
    """Write a report.

    report (Report): What was measured.
    folder (Path): Folder, made if it is missing. Its `.gitignore` names the files that
        hold record text or offsets into it.
    RETURNS (List[Path]): The files.
    """
    markdown = report_markdown(report.result)
    paths = list(write_report(folder, "report", report.result, markdown))
    (folder / ".gitignore").write_text("".join(f"{name}\n" for name in PRIVATE))
    paths.append(save_svg(lambda: draw(report.entities), folder / "entities.svg"))
    if confident_kinds(report.result):
        path = folder / "reliability.svg"
        paths.append(save_svg(lambda: draw_reliability(report.result), path))
    if "curve" in report.result:
        curve = report.result["curve"]
        paths.append(save_svg(lambda: draw_curve(curve), folder / "curve.svg"))
    name = f"{report.entities.pipeline} {report.entities.version}"
    page = folder / "errors.html"
    page.write_text(render_errors(name, report.errors), encoding="utf8")
    for source, predictions in report.predictions.items():
        write_predictions(predictions, folder / "predictions" / f"{source}.jsonl")
    return [*paths, page]


def compare_cli(
    first: Annotated[str, typer.Argument(help="A: pipeline or saved predictions.")],
    second: Annotated[str, typer.Argument(help="B: the same.")],
    on: On,
    also: Also = None,
    output: Output = OUTPUT,
    seed: Seed = SEED,
    resamples: Resamples = RESAMPLES,
) -> None:
    """Compare two pipelines, or their saved predictions, by paired bootstrap."""
    with user_errors():
        sources = sources_of(on, also)
        gold = {name: read_documents(path) for name, path in sources.items()}
        one, two = (predictions_of(model, gold) for model in (first, second))
        differences = {
            name: compare_predictions(
                *(documents, one[name], two[name]), seed=seed, resamples=resamples
            )
            for name, documents in gold.items()
        }
        names = (first, second)
        paths = write_report(
            *(output, "compare"),
            compare_json(names, differences),
            compare_markdown(names, differences),
        )
    for name, rows in differences.items():
        for row in rows:
            if row.label == "micro":
                gain = number(row.difference, row.interval)
                msg.text(f"{name}, {row.what}: B − A {gain}")
    say_written(paths)


Config = Annotated[Path, typer.Option(help="Training config.")]
Train = Annotated[Path, typer.Option(help="DocBin of all training records.")]
Steps = Annotated[int, typer.Option(help="Steps of a training at most.", min=1)]
Runs = Annotated[Path, typer.Option(help="Folder of the trainings.")]
Count = Annotated[int, typer.Option(help="Number of seeds, from 0.", min=1)]
Missing = Annotated[bool, typer.Option("--train-missing/--only-trained")]
Linker = Annotated[str | None, typer.Option(help="Pipeline that links for all runs.")]
CONFIG: Final = Path("training/configs/ner.cfg")
TRAIN: Final = Path("corpus/output/train.spacy")
RUNS: Final = Path("training/output")


def seeds_cli(
    on: On,
    also: Also = None,
    count: Count = 5,
    config: Config = CONFIG,
    train: Train = TRAIN,
    max_steps: Steps = 4500,
    runs: Runs = RUNS,
    train_missing: Missing = True,
    linker: Linker = None,
    output: Output = OUTPUT,
) -> None:
    """Train with several seeds where that is not done, and score each."""
    recipe = Recipe(config, train, max_steps, runs)
    with user_errors():
        done = _done(recipe, (WHOLE,), count, train_missing)
        result = score_runs(recipe, sources_of(on, also), done, linker=_load(linker))
        paths = write_runs("seeds", result, output)
    say_written(paths)


def curve_cli(
    on: On,
    also: Also = None,
    count: Count = 1,
    config: Config = CONFIG,
    train: Train = TRAIN,
    max_steps: Steps = 4500,
    runs: Runs = RUNS,
    train_missing: Missing = True,
    linker: Linker = None,
    output: Output = OUTPUT,
) -> None:
    """Train on 10 to 100 % of the records where that is not done, and score each."""
    recipe = Recipe(config, train, max_steps, runs)
    with user_errors():
        done = _done(recipe, SHARES, count, train_missing)
        result = score_runs(recipe, sources_of(on, also), done, linker=_load(linker))
        paths = write_runs("curve", result, output)
        figure = save_svg(lambda: draw_curve(result["shares"]), output / "curve.svg")
    say_written([*paths, figure])


def _load(linker: str | None) -> Language | None:
    return load_pipeline(linker) if linker else None


def _done(
    recipe: Recipe, shares: Sequence[int], count: int, train_missing: bool
) -> dict[int, list[int]]:
    done: dict[int, list[int]] = {}
    for share in shares:
        for seed in range(count):
            folder = recipe.run_folder(share, seed)
            if train_missing:
                msg.info(f"{share} % of the records, seed {seed}: {folder}")
                train_run(recipe, share, seed)
            elif not (folder / "model-best").is_dir():
                msg.warn(f"{folder} is not trained and left out.")
                continue
            done.setdefault(share, []).append(seed)
    if not done:
        raise EvaluationError(
            f"No run is trained in {recipe.folder}; leave out --only-trained."
        )
    return done


def write_runs(task: str, result: dict[str, Any], output: Path) -> tuple[Path, ...]:
    """Write the scores of several trainings.

    task (str): `seeds` or `curve`.
    result (Dict[str, Any]): Of `score_runs`.
    output (Path): Folder.
    RETURNS (Tuple[Path, ...]): The files.
    """
    lines = [f"# {task.capitalize()}", "", *run_lines(result["shares"])]
    return write_report(output, task, {"task": task, **result}, "\n".join(lines) + "\n")
