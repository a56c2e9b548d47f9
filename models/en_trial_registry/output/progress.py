"""A progress bar on standard error, only where that is a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from .batch import Tally


@contextmanager
def counting(console: Console, *, shown: bool) -> Iterator[Callable[[Tally], None]]:
    """Count records while they go by. Their number is not known beforehand.

    console (Console): Standard error.
    shown (bool): Whether to show anything.
    YIELDS (Callable[[Tally], None]): Shows a new state of the tally.
    """
    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.completed:,.0f} records{task.fields[bad]}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
        disable=not shown,
    )
    with progress:
        task = progress.add_task("", total=None, bad="")

        def update(tally: Tally) -> None:
            bad = f", {len(tally.errors):,} can't be read" if tally.errors else ""
            progress.update(task, completed=tally.records, bad=bad)

        yield update
