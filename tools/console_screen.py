"""Shows what a terminal would have shown of what `console_record.py` kept: `console_screen.py FILE [SECONDS ...]`.

The screen is shown at each of the SECONDS, or at its last picture; the exit code is that of the program.
"""

import json
import re
import sys
from pathlib import Path

import pyte

COLUMNS, LINES = 100, 32
SWITCH = re.compile(r"\x1b\[\?1049[hl]")


def pictures(rows: list[list[float | str]], moments: list[float]) -> list[str]:
    """What was on the screen at each of *moments*, in seconds."""
    found = []
    for moment in moments:
        screen = pyte.Screen(COLUMNS, LINES)
        stream = pyte.Stream(screen)
        for when, text in rows:
            if float(when) <= moment:
                stream.feed(SWITCH.sub("\x1b[H\x1b[2J", str(text)))  # the emulator has no second screen
        found.append("\n".join(line.rstrip() for line in screen.display).rstrip())
    return found


def main() -> int:
    """Print the pictures; the exit code of what was recorded."""
    *rows, (code,) = map(json.loads, Path(sys.argv[1]).read_text("utf-8").splitlines())
    for moment, picture in zip(
        sys.argv[2:] or ["its end"], pictures(rows, [float(each) for each in sys.argv[2:]] or [1e9]), strict=True
    ):
        print(f"-- at {moment}\n{picture}")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
