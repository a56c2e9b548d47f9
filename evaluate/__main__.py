"""The command line: `python -m evaluate`."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from spacy.tokens import DocBin
from wasabi import msg

from .bootstrap import RESAMPLES, SEED
from .documents import EvaluationError
from .entities import EntityReport, evaluate_entities, report_json
from .fields import compare_fields
from .fields_report import fields_json, fields_markdown
from .figure import save_figure
from .growth import growth_json, growth_markdown, measure_growth
from .markdown import entity_markdown, number
from .predict import load_pipeline
from .relation_baselines import LogisticLinker, link_nearest
from .relations import (
    COMPONENT,
    Linker,
    evaluate_relations,
    relations_json,
    relations_markdown,
)
from .speed import ROUNDS, measure_speed, read_texts
from .speed_report import speed_json, speed_markdown
from .tables import evaluate_tables, tables_json, tables_markdown

app = typer.Typer(add_completion=False, no_args_is_help=True)

OUTPUT: Final = Path("evaluate/output")
Model = Annotated[str, typer.Argument(help="Folder or name of a pipeline.")]
On = Annotated[list[str], typer.Option(help="NAME=FILE.jsonl; repeatable.")]
Also = Annotated[
    list[str] | None, typer.Option(help="The same, left out if there is no file.")
]
Output = Annotated[Path, typer.Option(help="Folder to write to.")]
Seed = Annotated[int, typer.Option(help="Seed of the bootstrap.")]
Resamples = Annotated[int, typer.Option(help="Number of bootstrap draws.", min=1)]


@app.command("entities")
def entities_cli(
    model: Model,
    on: On,
    also: Also = None,
    output: Output = OUTPUT,
    title: Annotated[str, typer.Option(help="Heading.")] = "Entities",
    date: Annotated[str | None, typer.Option(help="Date to print.")] = None,
    seed: Seed = SEED,
    resamples: Resamples = RESAMPLES,
) -> None:
    """Score entities per label on each text source."""
    with _user_errors():
        report = evaluate_entities(
            load_pipeline(model),
            sources_of(on, also),
            title=title,
            date=date,
            seed=seed,
            resamples=resamples,
            progress=True,
        )
        paths = write_entities(report, output)
    for source in report.sources:
        score = source.scores[-1].strict
        f1 = number(score.counts.f1, score.intervals.f1)
        msg.text(f"{source.name}: strict micro F1 {f1}")
    _say_written(paths)
    for problem in report.problems:
        msg.fail(problem)
    if report.problems:
        raise typer.Exit(1)


@app.command("relations")
def relations_cli(
    model: Model,
    train: Annotated[Path, typer.Option(help="DocBin for the baseline that learns.")],
    on: On,
    also: Also = None,
    output: Output = OUTPUT,
    seed: Seed = SEED,
    resamples: Resamples = RESAMPLES,
) -> None:
    """Score links per relation, on gold entities and end to end, with baselines."""
    with _user_errors():
        nlp = load_pipeline(model)
        learned = LogisticLinker(DocBin().from_disk(train).get_docs(nlp.vocab))
        linkers: dict[str, Linker] = {
            "nearest head in the block": link_nearest,
            "logistic regression": learned,
            COMPONENT: nlp.get_pipe(COMPONENT),
        }
        sources = sources_of(on, also)
        results = evaluate_relations(
            nlp, sources, linkers, seed=seed, resamples=resamples
        )
        paths = write_report(
            output,
            "relations",
            relations_json(results),
            relations_markdown(results),
        )
    for result in results:
        _, micro = result.scores[-1]
        f1 = number(micro.counts.f1, micro.intervals.f1)
        msg.text(f"{result.source}, {result.method}: micro F1 {f1}")
    _say_written(paths)


@app.command("tables")
def tables_cli(
    model: Model,
    on: On,
    also: Also = None,
    output: Output = OUTPUT,
    seed: Seed = SEED,
    resamples: Resamples = RESAMPLES,
) -> None:
    """Score the rows of regimens, laboratory limits and outcomes."""
    with _user_errors():
        sources = sources_of(on, also)
        nlp = load_pipeline(model)
        results = evaluate_tables(nlp, sources, seed=seed, resamples=resamples)
        paths = write_report(
            output, "tables", tables_json(results), tables_markdown(results)
        )
    _say_written(paths)


@app.command("growth")
def growth_cli(
    model: Model,
    texts: Annotated[Path, typer.Option(help="JSON lines with `text`.")],
    output: Output = OUTPUT,
) -> None:
    """Time every component on documents of growing length."""
    with _user_errors():
        timings = measure_growth(load_pipeline(model), read_texts(texts))
        paths = write_report(
            output, "growth", growth_json(timings), growth_markdown(timings)
        )
    _say_written(paths)


@app.command("compare-fields")
def compare_fields_cli(
    model: Model,
    whole: Annotated[Path, typer.Option(help="JSON lines of gold records.")],
    fields: Annotated[Path, typer.Option(help="The same records cut into fields.")],
    output: Output = OUTPUT,
    seed: Seed = SEED,
    resamples: Resamples = RESAMPLES,
) -> None:
    """Compare predictions on whole records with those on their fields alone."""
    with _user_errors():
        report = compare_fields(
            load_pipeline(model),
            whole,
            fields,
            seed=seed,
            resamples=resamples,
            progress=True,
        )
        paths = write_report(
            output, "fields", fields_json(report), fields_markdown(report)
        )
    for kind in report.kinds:
        loss = "undefined" if kind.loss is None else f"{kind.loss:.1f} points"
        msg.text(f"{kind.kind}: loss of strict micro F1 {loss}")
    _say_written(paths)


@app.command("speed")
def speed_cli(
    model: Model,
    texts: Annotated[Path, typer.Option(help="JSON lines with `text`.")],
    output: Output = OUTPUT,
    rounds: Annotated[int, typer.Option(help="Rounds of each.", min=1)] = ROUNDS,
) -> None:
    """Time a pipeline in turns with spaCy's default CNN."""
    with _user_errors():
        report = measure_speed(load_pipeline(model), read_texts(texts), rounds=rounds)
        result = speed_json(report)
        paths = write_report(output, "speed", result, speed_markdown(report))
    msg.text(
        f"{result['words_per_second']['median']:,.0f} words/s, "
        f"{result['ratio']['median']:.2f} of the baseline"
    )
    _say_written(paths)


def _those_there(specifications: Sequence[str]) -> Iterator[str]:
    for specification in specifications:
        name, _, path = specification.partition("=")
        if Path(path).is_file():
            yield specification
        else:
            msg.warn(f"{name} is not scored: there is no {path}.")


def sources_of(on: Sequence[str], also: Sequence[str] | None) -> dict[str, Path]:
    """Join the sources that must be there with those that are.

    on (Sequence[str]): `NAME=FILE` pairs.
    also (Optional[Sequence[str]]): The same; left out with a warning if not there.
    RETURNS (Dict[str, Path]): Files by name of the text source.
    RAISES (EvaluationError): If a pair is wrong or a name occurs twice.
    """
    return parse_sources([*on, *_those_there(also or [])])


def parse_sources(specifications: Sequence[str]) -> dict[str, Path]:
    """Read `NAME=FILE` pairs.

    specifications (Sequence[str]): The pairs.
    RETURNS (Dict[str, Path]): Files by name of the text source.
    RAISES (EvaluationError): If a pair has no name or file, or a name occurs twice.
    """
    sources: dict[str, Path] = {}
    for specification in specifications:
        name, _, path = specification.partition("=")
        if not name or not path:
            raise EvaluationError(f"--on '{specification}' is not NAME=FILE.jsonl.")
        if name in sources:
            raise EvaluationError(f"--on names '{name}' twice; name each source once.")
        sources[name] = Path(path)
    return sources


def write_entities(report: EntityReport, output: Path) -> tuple[Path, ...]:
    """Write scores as JSON, Markdown and a figure.

    report (EntityReport): Scores.
    output (Path): Folder, made if it is missing.
    RETURNS (Tuple[Path, ...]): The files; none if no source was scored.
    """
    if not report.sources:
        return ()
    paths = write_report(
        output, "entities", report_json(report), entity_markdown(report)
    )
    return (*paths, *save_figure(report, output / "entities"))


def write_report(
    output: Path, stem: str, result: dict[str, Any], markdown: str
) -> tuple[Path, ...]:
    """Write a result for programs and for people.

    output (Path): Folder, made if it is missing.
    stem (str): Name of the files without ending.
    result (Dict[str, Any]): Plain JSON types.
    markdown (str): The tables.
    RETURNS (Tuple[Path, ...]): The JSON and the Markdown file.
    """
    output.mkdir(parents=True, exist_ok=True)
    json_path, markdown_path = output / f"{stem}.json", output / f"{stem}.md"
    text = json.dumps(result, indent=2, ensure_ascii=False) + "\n"
    json_path.write_text(text, encoding="utf8")
    markdown_path.write_text(markdown, encoding="utf8")
    return json_path, markdown_path


@contextmanager
def _user_errors() -> Iterator[None]:
    try:
        yield
    except EvaluationError as error:
        msg.fail(str(error))
        raise typer.Exit(1) from error


def _say_written(paths: Sequence[Path]) -> None:
    if paths:
        msg.good(f"Wrote {', '.join(str(path) for path in paths)}")


if __name__ == "__main__":
    app(prog_name="python -m evaluate")
