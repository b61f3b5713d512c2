"""Run psoas on a terminal of its own (a pty): what it shows, what its threads cost, and when its second 0 is.

Needs Linux: it reads /proc.
"""

import os
import signal
import sys
import time
from math import inf
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pty_meter

# psoas unchanged, except that it writes down the clock's time of the practice's second 0
_MARKED = """
import os, pathlib
from psoas_cli.player.transport import Transport
play = Transport.play
def marked(self, at=None):
    play(self, at)
    pathlib.Path(os.environ["PSOAS_MARK"]).write_text(repr(self.when(0.0)))
Transport.play = marked
from psoas_cli.main import main
main()
"""


class Spent(NamedTuple):
    """Seconds of CPU time so far: of the main thread, and of all others, which are for sound."""

    main: float
    sound: float


class Program(pty_meter.Program):
    """`psoas` with *arguments* at 80x24; its output is read in the background.

    Args:
        arguments: The command line.
        env: The environment, for example that of a rig.
        home: The folder for all of its files.
    """

    def __init__(self, arguments: list[str], env: dict[str, str], home: Path) -> None:
        self._mark = home / "mark"
        self._mark.unlink(missing_ok=True)
        own = {name: value for name, value in env.items() if os.environ.get(name) != value}
        places = {"PSOAS_HOME": str(home), "PSOAS_MARK": str(self._mark)}
        super().__init__([sys.executable, "-c", _MARKED, *arguments], own | places)
        self._reader = Thread(target=self.read, args=(inf,), daemon=True)
        self._reader.start()

    def zero(self, patience: float = 10.0) -> float:
        """Wait until the practice runs, and return the clock's time of its second 0.

        Raises:
            RuntimeError: It does not begin within *patience* seconds.
        """
        until = time.monotonic() + patience
        while not (self._mark.is_file() and self._mark.read_text()):
            if time.monotonic() > until:
                raise RuntimeError("psoas did not begin: " + self.text()[-500:])
            time.sleep(0.01)
        return float(self._mark.read_text())

    def spent(self) -> Spent:
        """The CPU time used so far."""
        used = self.used()
        main = used.pop(self.pid, 0.0)
        return Spent(main, sum(used.values()))

    def ended_in(self, within: float) -> float | None:
        """Wait for its end, and return the seconds that took; None if it did not end *within* as many seconds."""
        begin = time.monotonic()
        self._reader.join(within)
        return None if self._reader.is_alive() else time.monotonic() - begin

    def end(self) -> None:
        """Kill it if it still runs, and close its terminal."""
        if self._reader.is_alive():
            os.kill(self.pid, signal.SIGKILL)
            self._reader.join()
        super().end()
