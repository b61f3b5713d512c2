"""Runs psoas in the console that this runs in, and keeps what it shows: `console_record.py FILE ARGUMENT ...`.

A line of FILE is a list: the seconds since the begin, and the text; the last one is its exit code alone.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from psoas_cli.main import main


class Kept:
    """A stream that also writes into *file* what is written to *stream*."""

    def __init__(self, stream: TextIO, file: TextIO) -> None:
        self._stream, self._file = stream, file
        self._begin = time.monotonic()

    def write(self, text: str) -> int:
        """Write *text* to both."""
        print(json.dumps([time.monotonic() - self._begin, text]), file=self._file, flush=True)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        return getattr(self._stream, name)


if __name__ == "__main__":
    with Path(sys.argv[1]).open("w", encoding="utf-8") as kept:
        sys.argv = ["psoas", *sys.argv[2:]]
        sys.stdout = Kept(sys.stdout, kept)
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        print(json.dumps([code or 0]), file=kept)
