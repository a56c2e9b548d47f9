"""A progress bar on standard error, only where that is a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from .batch import Tally


class TimeLeftColumn(TimeRemainingColumn):
    """Says that the time left is not known where the input has no known size."""

    def render(self, task: Task) -> Text:
        """RETURNS (Text): The time left."""
        if task.total is None:
            return Text("time left unknown: the input is a stream")
        return Text("left ") + super().render(task)


@contextmanager
def counting(
    console: Console, *, shown: bool, size: int | None = None
) -> Iterator[Callable[[Tally], None]]:
    """Show how many records went by, how quickly, and when it will end.

    console (Console): Standard error.
    shown (bool): Whether to show anything.
    size (int | None): Bytes of the input; None if they can't be known beforehand.
    YIELDS (Callable[[Tally], None]): Shows a new state of the tally.
    """
    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.fields[records]:,.0f} records{task.fields[bad]}"),
        BarColumn(bar_width=20),
        TextColumn("{task.fields[rate]:,.1f}/s"),
        TimeElapsedColumn(),
        TimeLeftColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
        disable=not shown,
    )
    with progress:
        task = progress.add_task("", total=size, records=0, bad="", rate=0.0)

        def update(tally: Tally) -> None:
            elapsed = progress.tasks[0].elapsed or 0
            progress.update(
                task,
                completed=min(tally.bytes_read, size or 0),
                records=tally.records,
                bad=f", {tally.failed:,} can't be read" if tally.failed else "",
                rate=(tally.records - tally.resumed) / elapsed if elapsed else 0,
            )

        yield update
