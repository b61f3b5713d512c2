"""A progress bar on standard error, if that is a terminal; it disappears when done, and Esc can skip what it is for."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

from psoas_cli.cli.console import write
from psoas_cli.cli.signals import Interruption
from psoas_cli.practice.model.text import shown
from psoas_cli.tty import is_terminal, obeys

if TYPE_CHECKING:
    from psoas_cli.tui.terminal_posix import Terminal


@contextmanager
def progress(what: str, *, line: str = "") -> Iterator[Callable[[int, int], None]]:
    """Yield a function that takes how much is done, and of how much; its first call shows a bar titled *what*.

    If *line* is given, it is printed once instead of the bar: nothing is redrawn, which suits a screen reader.
    """
    if line:
        yield lambda done, _all: write(line, to_stderr=True) if done == 0 else None
        return
    if not obeys(sys.stderr):
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    console = Console(stderr=True, legacy_windows=False)  # it would ask standard output, which may be a file
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task(shown(what), total=None)

    def told(done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield told
    finally:
        bar.stop()


class SkipKey:
    """Esc, as a context manager; keys are taken from the terminal from the first question on.

    Signals that ask psoas to end are acted on at the next question, so that no program stays behind that is speaking.

    Attributes:
        there: Whether it can be pressed: there is a terminal, and psoas is not in its background.
    """

    def __init__(self) -> None:
        self.there = obeys(sys.stderr) and is_terminal(sys.stdin) and _in_foreground()
        self._open = ExitStack()
        self._terminal: Terminal | None = None
        self._came = False

    def __enter__(self) -> Self:
        self._interruption = self._open.enter_context(Interruption())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def pressed(self) -> bool:
        """Whether it was pressed.

        Raises:
            KeyboardInterrupt: Ctrl-C was.
            SystemExit: A signal asks psoas to end.
        """
        self._interruption.heed()
        if not self.there or self._came:
            return self._came
        if self._terminal is None:
            from psoas_cli.tui.terminal import opened

            self._terminal = self._open.enter_context(opened(plain=True))
        self._came = "esc" in self._terminal.events(0)
        return self._came


def _in_foreground() -> bool:
    """Whether the terminal is ours to read from; a job in the background would be stopped."""
    if sys.platform == "win32":
        return True
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False
