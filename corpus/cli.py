"""Command line of the corpus: fill, join, split, check, count and convert it."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from tqdm import tqdm
from wasabi import msg

from corpus import report
from corpus.alignment import REQUIRED, measure_alignment, training_share
from corpus.annotation import SPLITS
from corpus.api import BASE_URL, RegistryApi
from corpus.convert import OnMisaligned, Sources, convert
from corpus.docbin import blank_pipeline
from corpus.fetch import fetch, plan
from corpus.jsonl import read_annotated, write_whole
from corpus.layout import HERE, Layout
from corpus.load import EXTERNAL_SOURCES, load_corpus
from corpus.splits import assign_authored, assign_stored
from corpus.stats import count, counts_json, markdown_table
from corpus.stored import read_stored, strip_into, write_stored
from corpus.supply import supply
from corpus.validate import validate

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)

# fmt: off
Root = Annotated[Path, typer.Option("--corpus", help="Corpus folder", file_okay=False)]
Files = Annotated[list[Path], typer.Argument(help="Files", exists=True)]
Rate = Annotated[float, typer.Option(help="Requests per second at most", min=0.01)]
# fmt: on


@app.command("strip")
def strip_cli(
    files: Files,
    source: Annotated[str, typer.Option(help="registry or pages")] = "registry",
    split: Annotated[str | None, typer.Option(help="Split of new records")] = None,
    corpus: Root = HERE,
) -> None:
    """Store the annotation of real records without their text."""
    if source not in EXTERNAL_SOURCES or split not in (*SPLITS, None):
        msg.fail(f"unknown source {source!r} or split {split!r}", exits=1)
    path = Layout(corpus).stored(source)
    with report.user_errors():
        stored = read_stored(path)
        for file in files:
            records = read_annotated(file, source=source)
            stored = strip_into(stored, records, split=split)
            msg.info(f"{file}: {len(records)} records")
        write_stored(path, stored)
    msg.good(f"{path}: annotation of {len(stored)} records, without text")


@app.command("supply")
def supply_cli(files: Files, corpus: Root = HERE) -> None:
    """Take the texts that the annotation needs from files of any format."""
    with report.user_errors():
        result = supply(files, layout=Layout(corpus))
    report.show_supply(result)
    if result.errors:
        raise typer.Exit(1)


@app.command("fetch")
def fetch_cli(
    rate: Rate = 2.0,
    batch_size: Annotated[int, typer.Option(help="Records a request", min=1)] = 1,
    base_url: Annotated[str, typer.Option(help="API address")] = BASE_URL,
    attempts: Annotated[int, typer.Option(help="Requests per answer", min=1)] = 5,
    corpus: Root = HERE,
) -> None:
    """Fetch the texts that are missing over the registry's public API."""
    layout = Layout(corpus)
    api = RegistryApi(base_url, rate=rate, attempts=attempts)
    with report.user_errors(), closing(api):
        missing, _ = plan(layout=layout)
        with tqdm(total=len(missing), unit="record", disable=not missing) as bar:
            result = fetch(
                layout=layout, api=api, batch_size=batch_size, on_done=bar.update
            )
    report.show_fetch(result)
    if result.failed or result.stopped:
        raise typer.Exit(1)


@app.command("join")
def join_cli(corpus: Root = HERE) -> None:
    """Report how annotation and texts fit together, without writing anything."""
    with report.user_errors():
        _, joins = load_corpus(layout=Layout(corpus))
    report.show_joins(joins)


@app.command("assign-splits")
def assign_splits_cli(corpus: Root = HERE) -> None:
    """Give records that have no split one, and move none that has."""
    layout = Layout(corpus)
    with report.user_errors():
        report.show_assigned("authored", assign_authored(layout=layout))
        for source in EXTERNAL_SOURCES:
            report.show_assigned(source, assign_stored(source, layout=layout))


@app.command("validate")
def validate_cli(
    warnings: Annotated[bool, typer.Option(help="List warnings too")] = True,
    corpus: Root = HERE,
) -> None:
    """Check offsets, overlaps, labels, links, tokens, duplicates and leaks."""
    with report.user_errors():
        findings, textless = validate(layout=Layout(corpus))
    errors = report.show_findings(findings, textless, warnings=warnings)
    if errors:
        raise typer.Exit(1)


@app.command("align")
def align_cli(corpus: Root = HERE) -> None:
    """Measure how many gold spans begin and end at token boundaries."""
    with report.user_errors():
        corpora, _ = load_corpus(layout=Layout(corpus))
    records = [record for group in corpora.values() for record in group]
    table = measure_alignment(blank_pipeline(), records)
    report.show_alignment(table)
    if (share := training_share(table)) <= REQUIRED:
        msg.fail(
            f"train and dev: {share:.4%} align, required > {REQUIRED:.1%}", exits=1
        )
    msg.good(f"train and dev: {share:.4%} align, required > {REQUIRED:.1%}")


@app.command("stats")
def stats_cli(
    json: Annotated[Path | None, typer.Option(help="Write JSON here")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write Markdown here")] = None,
    corpus: Root = HERE,
) -> None:
    """Count records, words, entities and relations per source, split and label."""
    with report.user_errors():
        corpora, joins = load_corpus(layout=Layout(corpus))
    counts = count(record for group in corpora.values() for record in group)
    table = markdown_table(counts)
    typer.echo(table)
    report.show_joins(joins)
    for path, text in ((json, counts_json(counts)), (markdown, table)):
        if path is not None:
            write_whole(path, text.encode("utf-8"))
            msg.good(f"{path}")


@app.command("convert")
def convert_cli(
    sources: Annotated[Sources, typer.Option(help="Train on")] = Sources.both,
    on_misaligned: Annotated[
        OnMisaligned, typer.Option(help="Gold that doesn't fit the tokens")
    ] = OnMisaligned.error,
    corpus: Root = HERE,
) -> None:
    """Write corpus/output: joined JSON lines and DocBins."""
    with report.user_errors():
        result = convert(
            layout=Layout(corpus), sources=sources, on_misaligned=on_misaligned
        )
    report.show_converted(result, sources=sources, folder=Layout(corpus).output)
