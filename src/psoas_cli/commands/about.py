"""`psoas about`: what the psoas is, what the article says, and what research supports."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from psoas_cli.cli import options
from psoas_cli.cli.console import BOLD, ITALIC, PLAIN, UNDERLINE, styled, width, write
from psoas_cli.cli.context import Context
from psoas_cli.cli.pager import show_paged
from psoas_cli.tty import is_terminal

if TYPE_CHECKING:
    from rich.style import Style

_WIDEST = 80  # longer lines are hard to read


def command(lang: options.Language = None) -> None:
    """Read about the psoas and the research.

    What research supports, and what it does not.

    \b
    psoas about          page by page (PAGER sets the pager)
    psoas about -l nl    in Dutch
    """
    language = Context(lang).lang
    text = Path(__file__).with_name(f"about.{language}.md").read_text("utf-8").rstrip()
    if is_terminal(sys.stdin) and is_terminal(sys.stdout):
        show_paged(_laid_out(text) if styled() else text)
    else:
        write(text)


def _laid_out(text: str) -> str:
    """Return the Markdown *text* laid out for the terminal."""
    from rich.console import Console
    from rich.markdown import Markdown

    laid_out = Console(width=min(width(), _WIDEST), highlight=False)
    rows = laid_out.render_lines(Markdown(text, hyperlinks=False), pad=False)
    return "\n".join("".join(_styled(part.text, part.style) for part in row).rstrip() for row in rows)


def _styled(text: str, style: "Style | None") -> str:
    """Return *text* with the marks of its *style*."""
    if style is None or not text.strip():
        return text
    known = ((style.bold, BOLD), (style.italic, ITALIC), (style.underline, UNDERLINE))
    marks = "".join(mark for there, mark in known if there)
    return f"{marks}{text}{PLAIN}" if marks else text
