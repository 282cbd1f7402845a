"""The progress bar of a long run, on standard error and only where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from profilefit.cohort.run import Progress as Callback


class _Rate(ProgressColumn):
    """Files a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f} files/s" if speed else "", style="dim")


@contextmanager
def progress_bar() -> Iterator[Callback | None]:
    """What to call as files are done; ``None`` where nobody sees it."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        TextColumn("left", style="dim"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=60) as bars:
        task = bars.add_task("Looking for profiles", total=None)

        def told(done: int, total: int, known: int) -> None:
            words = "Reading" if not known else f"Reading ({known:,} known)"
            bars.update(task, description=words, completed=done, total=total)

        yield told
