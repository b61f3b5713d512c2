"""What is longer than the screen, in pages: with the person's pager, or with less."""

import os
import shlex
import shutil
import signal
import subprocess
import sys

from psoas_cli.cli.console import height, write
from psoas_cli.practice.model.text import encoded


def show(text: str) -> None:
    """Show *text*; in pages where it is longer than the screen, and all at once where there is no pager."""
    pager = _pager() if len(text.splitlines()) >= height() else []  # the prompt wants a line too
    if not pager:
        write(text)
        return
    encoding = sys.stdout.encoding or "utf-8"
    environment = {"LESS": "-FRX", **os.environ}  # colours shown, and what was read stays on the screen
    if encoding.lower() == "utf-8":
        environment.setdefault("LESSCHARSET", "utf-8")
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is the pager's: it leaves the terminal as it was
    try:
        subprocess.run(pager, input=encoded(f"{text}\n", encoding), env=environment, check=False)  # noqa: S603 - the person's own
    finally:
        signal.signal(signal.SIGINT, before)


def _pager() -> list[str]:
    """The command of the pager and its arguments; empty where there is none, or nobody to turn the pages."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        return []
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:  # a quote that is not closed
        return []
    return command if command and shutil.which(command[0]) else []
