"""What the commands print."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import typer
from wasabi import msg

from corpus.alignment import Alignment
from corpus.annotation import CorpusError
from corpus.checks import ERROR, Finding
from corpus.convert import ConvertReport, Sources
from corpus.docbin import MisfitError
from corpus.fetch import FetchReport
from corpus.join import JoinReport
from corpus.splits import Assigned
from corpus.supply import SupplyReport

GET_TEXTS: Final = (
    "Get them by `python -m corpus fetch` or `python -m corpus supply FILE...`."
)


def line(kind: str, text: object) -> None:
    """Print one item of a list on one line, unwrapped, so that it can be searched."""
    typer.echo(f"{kind}: {text}")


@contextmanager
def user_errors() -> Iterator[None]:
    """Turn errors in the data into a message and exit code 1."""
    try:
        yield
    except MisfitError as error:
        for misfit in error.misfits:
            line("error", misfit)
        msg.fail(error.summary, exits=1)
    except CorpusError as error:
        line("error", error)
        msg.fail("stopped at the error above", exits=1)


def show_supply(result: SupplyReport) -> None:
    """Print what a supply took, and what is missing still."""
    for error in result.errors:
        line("error", error)
    for error in result.unasked:
        line("warning", f"{error} Not annotated, so not needed.")
    for source, ids in result.missing.items():
        taken = result.taken.get(source, 0)
        if taken or ids:
            msg.info(f"{source}: {taken} texts taken, {len(ids)} still missing")
    msg.info(
        f"{result.kept} texts were there already or fit worse, "
        f"{result.passed_over} records are not annotated"
    )
    if result.errors:
        msg.fail(f"{len(result.errors)} files or records could not be read")
    else:
        msg.good("everything that is asked for was read")


def show_fetch(result: FetchReport) -> None:
    """Print what was fetched and what wasn't."""
    for record_id in result.not_found:
        line("warning", f"{record_id}: the registry doesn't have it (404)")
    for record_id, problem in result.failed.items():
        line("error", f"{record_id}: {problem}")
    msg.info(
        f"{result.present} texts were there, {len(result.fetched)} fetched "
        f"({len(result.changed)} changed since annotation), "
        f"{len(result.not_found)} not found, {len(result.failed)} failed"
    )
    if result.stopped:
        msg.fail(f"stopped: {result.stopped}; run the command again later")
    elif result.failed:
        msg.fail("not all could be fetched; run the command again")
    else:
        msg.good("all that the registry has is here")


def show_joins(joins: Mapping[str, JoinReport]) -> None:
    """Print how annotation and texts fit together."""
    for source, join in joins.items():
        for change in join.drops:
            span = f"{change.label} {change.start}-{change.end}"
            line("warning", f"{change.record} {span} dropped: {change.reason}")
        if join.changed:
            moved = len(join.changes) - len(join.drops)
            msg.warn(
                f"{source}: {len(join.changed)} records changed since annotation: "
                f"{moved} spans moved, {len(join.drops)} dropped, "
                f"{join.lost_links} relations dropped"
            )
        if join.without_text:
            msg.warn(
                f"{source}: {len(join.without_text)} records without text", GET_TEXTS
            )


def show_assigned(source: str, assigned: Assigned) -> None:
    """Print the splits that were given."""
    for record_id, split in assigned.new.items():
        line("new", f"{record_id} {split}")
    if assigned.without_text:
        msg.warn(f"{source}: {len(assigned.without_text)} got none", GET_TEXTS)
    msg.good(
        f"{source}: {len(assigned.new)} records got a split, {assigned.known} had one"
    )


def show_findings(
    findings: Sequence[Finding], textless: Mapping[str, int], *, warnings: bool
) -> int:
    """Print findings, and return the number of errors."""
    errors = [finding for finding in findings if finding.severity == ERROR]
    doubts = [finding for finding in findings if finding.severity != ERROR]
    for finding in errors:
        line("error", finding)
    for finding in doubts if warnings else ():
        line("warning", finding)
    for source, number in textless.items():
        if number:
            msg.warn(
                f"{source}: {number} records checked without their text", GET_TEXTS
            )
    summary = f"{len(errors)} errors, {len(doubts)} warnings"
    msg.fail(summary) if errors else msg.good(summary)
    return len(errors)


def show_alignment(table: Mapping[tuple[str, str], Alignment]) -> None:
    """Print the share of spans that align, and those that don't."""
    for row in table.values():
        for misfit in row.misfits:
            line("misaligned", misfit)
    rows = [
        (source, split, row.spans, len(row.misfits), f"{row.share:.4%}")
        for (source, split), row in table.items()
    ]
    header = ("source", "split", "spans", "misaligned", "aligned")
    msg.table(rows, header=header, divider=True, aligns=("l", "l", "r", "r", "r"))


def show_converted(result: ConvertReport, *, sources: Sources, folder: Path) -> None:
    """Print what a conversion wrote and left out."""
    show_joins(result.joins)
    for name, misfits in result.misfits.items():
        for misfit in misfits:
            line("left out", f"of {name}: {misfit}")
    left_out = sum(len(misfits) for misfits in result.misfits.values())
    if left_out:
        msg.warn(f"{left_out} gold spans left out of the DocBins, each listed above")
    rows = sorted(result.written.items())
    msg.table(rows, header=("file", "records"), divider=True, aligns=("l", "r"))
    if sources is Sources.both and "registry-train.jsonl" not in result.written:
        msg.warn("train.spacy holds authored records only", GET_TEXTS)
    msg.good(f"written to {folder}")
