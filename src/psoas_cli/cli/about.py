"""`psoas about`: what the psoas is, what the article says, and what research makes of it."""

import sys
from pathlib import Path

from psoas_cli.cli import language, paging
from psoas_cli.cli.printing import styled, width, write
from psoas_cli.store import folders
from psoas_cli.store.config import read_config

_WIDEST = 80  # longer lines are hard to read


def print_about(asked: str | None) -> None:
    """Print the background in pages on a terminal; as Markdown, which is plain text, elsewhere."""
    lang = language.choose(asked, read_config(folders.config_file()).lang)
    text = Path(__file__).with_name(f"about.{lang}.md").read_text("utf-8").rstrip()
    if sys.stdin.isatty() and sys.stdout.isatty():
        paging.show(_laid_out(text) if styled() else text)
    else:
        write(text)


def _laid_out(text: str) -> str:
    """The Markdown *text* as a terminal shows it."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(force_terminal=True, width=min(width(), _WIDEST), highlight=False)
    with console.capture() as captured:
        console.print(Markdown(text, hyperlinks=False))
    return captured.get().rstrip()
