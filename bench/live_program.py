"""psoas itself, live on a terminal of its own (a pty): what it shows, what its threads cost, and where its zero lies.

Linux: it reads /proc.
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

# psoas as it is, but that it notes the clock's time at which the practice's second 0 lies
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
    """Seconds of CPU up to now: of the main thread, and of all others, which are those of sound."""

    main: float
    sound: float


class Program(pty_meter.Program):
    """`psoas` with *arguments*, at 80x24; what it shows is read all the time.

    Args:
        arguments: The command line.
        env: The environment, a rig's for instance.
        home: A folder for all that it keeps.
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
        """The clock's time of the practice's second 0, as soon as it runs."""
        until = time.monotonic() + patience
        while not (self._mark.is_file() and self._mark.read_text()):
            if time.monotonic() > until:
                raise RuntimeError("it does not begin: " + self.text()[-500:])
            time.sleep(0.01)
        return float(self._mark.read_text())

    def spent(self) -> Spent:
        """What it has used of the CPU."""
        used = self.used()
        main = used.pop(self.pid, 0.0)
        return Spent(main, sum(used.values()))

    def ended_in(self, within: float) -> float | None:
        """Seconds until it has ended; None where it has not *within* so many."""
        begin = time.monotonic()
        self._reader.join(within)
        return None if self._reader.is_alive() else time.monotonic() - begin

    def end(self) -> None:
        """End it as it stands."""
        if self._reader.is_alive():
            os.kill(self.pid, signal.SIGKILL)
            self._reader.join()
        super().end()
