"""A question that a person answers with yes or no."""

import sys
from contextlib import suppress

from psoas_cli.cli.console import ask
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.tty import IS_WINDOWS, is_terminal

_YES = {"y", "yes", "j", "ja"}


def agreed(question: Text, lang: Lang, otherwise: PsoasError) -> bool:
    """Ask *question*, and return whether the answer is yes; no answer is no.

    Raises:
        PsoasError: *otherwise*, if there is no terminal to ask on.
    """
    if not is_terminal(sys.stdin):
        raise otherwise
    _forget_typed()
    return ask(question.said(lang)).strip().lower() in _YES


def _forget_typed() -> None:
    """Take no notice of what was typed before the question is seen."""
    if IS_WINDOWS:
        from psoas_cli import tty_windows

        if (handle := tty_windows.handle_of(sys.stdin)) is not None:
            tty_windows.forget_typed(handle)
        return
    import termios

    with suppress(termios.error):  # the terminal is gone
        termios.tcflush(sys.stdin, termios.TCIFLUSH)
