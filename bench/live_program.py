"""psoas itself, live on a terminal of its own (a pty): what it shows, what its threads cost, and where its zero lies.

Linux: it reads /proc.
"""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pexpect

# psoas as it is, but that it notes the clock's time at which the practice's second 0 lies
_MARKED = """
import os, pathlib
from psoas_cli.live.transport import Transport
play = Transport.play
def marked(self, at=None):
    play(self, at)
    pathlib.Path(os.environ["PSOAS_MARK"]).write_text(repr(self.when(0.0)))
Transport.play = marked
from psoas_cli.main import main
main()
"""
_ENV = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
_UNWANTED = ("SSH_CONNECTION", "PSOAS_MUTE", "PSOAS_LANG", "COLUMNS", "LINES")


def _obey_ctrl_c() -> None:
    """Take Ctrl-C as on any terminal, also where the bench runs in the background, deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Spent(NamedTuple):
    """Seconds of CPU up to now: of the main thread, and of all others, which are those of sound."""

    main: float
    sound: float


class Program:
    """`psoas` with *arguments*, at 80x24; what it shows is read all the time.

    Args:
        arguments: The command line.
        env: The environment, a rig's for instance.
        home: A folder for all that it keeps.
    """

    def __init__(self, arguments: list[str], env: dict[str, str], home: Path) -> None:
        self._mark = home / "mark"
        self._mark.unlink(missing_ok=True)
        kept = {name: value for name, value in env.items() if name not in _UNWANTED}
        self._child = pexpect.spawn(
            sys.executable,
            ["-c", _MARKED, *arguments],
            env={**kept, **_ENV, "PSOAS_HOME": str(home), "PSOAS_MARK": str(self._mark)},
            dimensions=(24, 80),
            preexec_fn=_obey_ctrl_c,
            timeout=10,
        )
        self.shown: list[tuple[float, bytes]] = []
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):  # it has ended
            while data := os.read(self._child.child_fd, 65_536):
                self.shown.append((time.monotonic(), data))

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._child.pid is not None
        return self._child.pid

    def zero(self, patience: float = 10.0) -> float:
        """The clock's time of the practice's second 0, as soon as it runs."""
        until = time.monotonic() + patience
        while not (self._mark.is_file() and self._mark.read_text()):
            if time.monotonic() > until:
                raise RuntimeError("it does not begin: " + self.text()[-500:])
            time.sleep(0.01)
        return float(self._mark.read_text())

    def press(self, key: str) -> None:
        """Press *key*."""
        self._child.send(key)

    def text(self) -> str:
        """All that was written to the terminal."""
        return b"".join(data for _, data in self.shown).decode(errors="replace")

    def spent(self) -> Spent:
        """What it has used of the CPU."""
        main = sound = 0.0
        for thread in Path(f"/proc/{self.pid}/task").glob("*"):
            with contextlib.suppress(OSError):
                seconds = int((thread / "schedstat").read_text().split()[0]) / 1e9
                if int(thread.name) == self.pid:
                    main += seconds
                else:
                    sound += seconds
        return Spent(main, sound)

    def ended(self, within: float) -> float | None:
        """Seconds until it has ended; None where it has not *within* so many."""
        begin = time.monotonic()
        while self._child.isalive():
            if time.monotonic() - begin > within:
                return None
            time.sleep(0.005)
        return time.monotonic() - begin

    @property
    def code(self) -> int | None:
        """Its exit code, once it has ended."""
        return self._child.exitstatus

    def kill(self) -> None:
        """End it as it stands."""
        self._child.close(force=True)
