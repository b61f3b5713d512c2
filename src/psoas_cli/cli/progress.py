"""A progress bar on standard error, if that is a terminal; it disappears when done."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from psoas_cli.cli.console import write
from psoas_cli.practice.model.text import shown


@contextmanager
def progress(what: str, *, line: str = "") -> Iterator[Callable[[int, int], None]]:
    """Yield a function that takes how much is done, and of how much; its first call shows a bar titled *what*.

    If *line* is given, it is printed once instead of the bar: nothing is redrawn, which suits a screen reader.
    """
    if line:
        yield lambda done, _all: write(line, to_stderr=True) if done == 0 else None
        return
    if not sys.stderr.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(shown(what), total=None)

    def told(done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield told
    finally:
        bar.stop()
