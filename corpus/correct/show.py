"""What the commands of the correction loop print."""

from collections.abc import Mapping

from wasabi import msg

from corpus.correct.agreement import Agreement
from corpus.correct.confirmed import PullReport
from corpus.correct.diff import KINDS, count_changes
from corpus.correct.push import PushReport
from corpus.report import line
from evaluate.matching import Counts, micro


def show_push(report: PushReport, *, records: int) -> None:
    """Print what a push did."""
    for key in report.repaired:
        line("repaired", f"{key}: an earlier push had left it incomplete")
    for key in report.removed:
        line("removed", f"{key}: stood more than once")
    state = "created" if report.created else "found"
    msg.good(
        f"project {report.project} {state}: {records} records in {report.parts} "
        f"examples, {len(report.uploaded)} uploaded, "
        f"{report.parts - len(report.uploaded)} were there"
    )


def show_pull(report: PullReport) -> None:
    """Print what annotators confirmed and changed."""
    for record, problems in report.problems.items():
        for problem in problems:
            line("problem", f"{record}: {problem}")
    for change in report.changes:
        at = f"{change.before or '-'} -> {change.after or '-'}"
        line(change.kind, f"{change.record} {change.label} {at} ({change.annotator})")
    rows = [
        (who, label, *(counts[kind] for kind in KINDS))
        for (who, label), counts in count_changes(report.changes).items()
    ]
    if rows:
        header = ("annotator", "label", *KINDS)
        aligns = ("l", "l", *("r" for _ in KINDS))
        msg.table(rows, header=header, divider=True, aligns=aligns)
    msg.good(
        f"{len(report.confirmed)} records confirmed, {len(report.pending)} pending, "
        f"{len(report.problems)} with problems"
    )


def show_agreement(result: Agreement) -> None:
    """Print figures and disagreements."""
    for change in result.disagreements:
        at = f"{change.before or '-'} / {change.after or '-'}"
        line(change.kind, f"{change.record} {change.label} {at}")
    msg.table(
        [
            *_rows("entities, strict", result.strict),
            *_rows("entities, overlap", result.overlap),
            *_rows("relations", result.relations),
        ],
        header=("what", "label", "first", "second", "F1"),
        divider=True,
        aligns=("l", "l", "r", "r", "r"),
    )
    kappa = "undefined" if result.kappa is None else f"{result.kappa:.3f}"
    msg.info(f"Cohen's kappa over {result.tokens} tokens: {kappa}")
    msg.good(
        f"{result.records} records compared, {len(result.disputed)} of them disputed"
    )


def _rows(
    what: str, table: Mapping[str, Counts]
) -> list[tuple[str, str, int, int, str]]:
    named = [*sorted(table.items()), ("all", micro(table))]
    return [
        (what, label, c.support, c.predicted, "-" if c.f1 is None else f"{c.f1:.3f}")
        for label, c in named
    ]
