"""Watches what `console_record.py` keeps of a console, as a terminal shows it, and presses keys in its window.

`console_watch.py FILE SEEN=KEY ...` waits for each SEEN, a pattern, prints the screen on which it is, and presses KEY,
which is called as xdotool does (Return, Up, space, q). The exit code is that of the program.
"""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pyte

COLUMNS, LINES = 100, 32
PATIENCE = 120.0  # seconds to wait for a pattern
SWITCH = re.compile(r"\x1b\[\?1049[hl]")


class Console:
    """What is seen in the console of which *kept* tells."""

    def __init__(self, kept: Path) -> None:
        self.code: int | None = None
        self._kept = kept
        self._read = 0
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._screen.set_mode(pyte.modes.LNM)  # a new line begins at the left
        self._stream = pyte.Stream(self._screen)

    def look(self) -> str:
        """Take in what came, until the program ends or the first text is read; what is on the screen."""
        lines = self._kept.read_text("utf-8").splitlines(keepends=True) if self._kept.exists() else []
        for line in lines[self._read :]:
            if not line.endswith("\n"):
                break  # it is being written
            self._read += 1
            match json.loads(line):
                case [code]:
                    self.code = code
                case [_, text]:
                    self._stream.feed(SWITCH.sub("\x1b[H\x1b[2J", text))  # the emulator has no second screen
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def wait(self, seen: str) -> str:
        """Look until *seen* is on the screen, or the program has ended if that is empty; the screen.

        Raises:
            SystemExit: It is not seen.
        """
        until = time.monotonic() + PATIENCE
        while True:
            picture = self.look()
            if re.search(seen, picture) if seen else self.code is not None:
                return picture
            if self.code is not None or time.monotonic() > until:
                sys.exit(f"{seen or 'its end'} is not seen on\n{picture}")
            time.sleep(0.1)


def press(key: str) -> None:
    """Press *key* in the window of the console."""
    command = ["xdotool", "search", "--onlyvisible", "--name", ".", "key", key]  # psoas gives it a name
    subprocess.run(command, stderr=subprocess.DEVNULL, check=True)  # noqa: S603 - fixed but for the key


def main() -> int:
    """Press the keys and print what is seen; the exit code of what was watched."""
    console = Console(Path(sys.argv[1]))
    for each in sys.argv[2:]:
        seen, _, key = each.rpartition("=")
        print(f"-- {seen}\n{console.wait(seen)}\n", flush=True)
        press(key)
    print(f"-- afterwards\n{console.wait('')}")
    return console.code or 0


if __name__ == "__main__":
    sys.exit(main())
