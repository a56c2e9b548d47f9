"""The command line: `python -m evaluate`."""

from pathlib import Path
from typing import Annotated, Final

import typer
from en_trial_registry.normalize import READERS
from spacy.tokens import DocBin
from wasabi import msg

from .bootstrap import RESAMPLES, SEED
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
    user_errors,
    write_report,
)
from .entities import EntityReport, evaluate_entities, report_json
from .fields import compare_fields
from .fields_report import fields_json, fields_markdown
from .figure import save_figure
from .growth import growth_json, growth_markdown, measure_growth
from .markdown import entity_markdown, number
from .predict import load_pipeline
from .reader_scores import reader_rows_cli
from .relation_baselines import LogisticLinker, link_nearest, link_on_line
from .relations import (
    COMPONENT,
    Linker,
    evaluate_relations,
    relations_json,
    relations_markdown,
)
from .report_cli import compare_cli, curve_cli, report_cli, seeds_cli
from .speed import ROUNDS, measure_speed, read_texts
from .speed_report import speed_json, speed_markdown
from .tables import evaluate_tables, tables_json, tables_markdown
from .values_report import main as score_parts
from .values_report import values_json, values_markdown

app = typer.Typer(add_completion=False, no_args_is_help=True)
app.command("report")(report_cli)
app.command("compare")(compare_cli)
app.command("reader-rows")(reader_rows_cli)
app.command("seeds")(seeds_cli)
app.command("curve")(curve_cli)

VALUES: Final = Path("corpus/values")


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
    with user_errors():
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
    say_written(paths)
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
    with user_errors():
        nlp = load_pipeline(model)
        learned = LogisticLinker(DocBin().from_disk(train).get_docs(nlp.vocab))
        linkers: dict[str, Linker] = {
            "nearest head in the block": link_nearest,
            "nearest head on the line": link_on_line,
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
    say_written(paths)


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
    with user_errors():
        sources = sources_of(on, also)
        nlp = load_pipeline(model)
        results = evaluate_tables(nlp, sources, seed=seed, resamples=resamples)
        paths = write_report(
            output, "tables", tables_json(results), tables_markdown(results)
        )
    say_written(paths)


@app.command("growth")
def growth_cli(
    model: Model,
    texts: Annotated[Path, typer.Option(help="JSON lines with `text`.")],
    output: Output = OUTPUT,
) -> None:
    """Time every component on documents of growing length."""
    with user_errors():
        timings = measure_growth(load_pipeline(model), read_texts(texts))
        paths = write_report(
            output, "growth", growth_json(timings), growth_markdown(timings)
        )
    say_written(paths)


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
    with user_errors():
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
    say_written(paths)


@app.command("speed")
def speed_cli(
    model: Model,
    texts: Annotated[Path, typer.Option(help="JSON lines with `text`.")],
    output: Output = OUTPUT,
    rounds: Annotated[int, typer.Option(help="Rounds of each.", min=1)] = ROUNDS,
) -> None:
    """Time a pipeline in turns with spaCy's default CNN."""
    with user_errors():
        report = measure_speed(load_pipeline(model), read_texts(texts), rounds=rounds)
        result = speed_json(report)
        paths = write_report(output, "speed", result, speed_markdown(report))
    msg.text(
        f"{result['words_per_second']['median']:,.0f} words/s, "
        f"{result['ratio']['median']:.2f} of the baseline"
    )
    say_written(paths)


@app.command("values")
def values_cli(
    gold: Annotated[Path, typer.Option(help="Folder of dev and measured.")] = VALUES,
    output: Output = OUTPUT,
    show: Annotated[bool, typer.Option(help="List what is wrong in dev.")] = False,
) -> None:
    """Score the readers of values on strings with known meaning."""
    parts = {part: gold / f"{part}.jsonl" for part in ("dev", "measured")}
    with user_errors():
        scores, wrong = score_parts(parts, READERS, show=show)
        paths = write_report(
            output, "values", values_json(scores), values_markdown(scores)
        )
    for line in wrong:
        msg.text(line)
    say_written(paths)


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


if __name__ == "__main__":
    app(prog_name="python -m evaluate")
