"""How far something is that takes a while: a bar on a terminal's standard error, that leaves nothing behind."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from psoas_cli.cli.console import write
from psoas_cli.practice.model.text import shown


@contextmanager
def progress(what: str, *, line: str = "") -> Iterator[Callable[[int, int], None]]:
    """A bar called *what*; it is told how much is done, and of how much. Before that it is not there.

    Where a *line* is given it is written once instead: nothing is drawn anew, which suits a screen reader.
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
