"""The pager: shows a long text page by page. Whatever becomes of it, the terminal is as it was afterwards."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from psoas_cli import programs
from psoas_cli.cli.console import height, painted, write
from psoas_cli.practice.model.text import encoded
from psoas_cli.tty import is_terminal, obeys

_FOR_A_SHELL = frozenset("|&;<>()$`*?[#~=%\n")
_NOT_FOUND = (126, 127)  # what a shell says of a program that it cannot start
_ENDINGS = ("SIGTERM", "SIGHUP", "SIGQUIT")  # Windows lacks the last two
_OF_WINDOWS = "more"  # its own pager, which reads the console's code page, and shows no styles


def show_paged(text: str) -> None:
    """Print *text*, through the pager if it is longer than the screen; a `PAGER` that is no command is said."""
    asked = os.environ.get("PAGER")
    is_long = len(text.splitlines()) >= height()  # the prompt takes a line too
    if not (is_long and is_terminal(sys.stdin) and obeys(sys.stdout)) or asked == "":
        write(text)
        return
    try:
        _page(_command(asked or _usual()), text)
    except (OSError, ValueError) as error:
        write(text)
        if asked:
            sys.stdout.flush()  # what follows a text is seen
            why = getattr(error, "strerror", None) or str(error)
            write(f'psoas: the pager "{asked}" cannot be used: {why}', to_stderr=True)
            write("       set PAGER to a command such as less, or to nothing", to_stderr=True)


def _usual() -> str:
    """The pager where the person has asked for none."""
    return _OF_WINDOWS if sys.platform == "win32" and not programs.found("less") else "less"


def _command(asked: str) -> list[str]:
    """Return the pager's program and arguments: the shell, if *asked* needs one, as for man and git.

    Raises:
        ValueError: A quotation is not closed, or there is nothing.
        OSError: There is no such program.
    """
    if sys.platform != "win32" and _FOR_A_SHELL.intersection(asked):
        return ["sh", "-c", f"trap : INT\n{asked}"]  # on Ctrl-C it waits for the pager, as psoas does
    try:
        command = programs.words(asked)
    except ValueError as error:
        raise ValueError(str(error).lower()) from None
    if not command:
        raise ValueError("it is empty")
    if not (found := programs.found(command[0])):
        raise FileNotFoundError(None, "there is no such program")
    return [found, *command[1:]]


def _page(command: list[str], text: str) -> None:
    """Give *text* to the pager, and wait for it.

    Raises:
        OSError: It cannot be started.
    """
    sys.stdout.flush()
    if sys.platform == "win32" and Path(command[0]).stem.lower() == _OF_WINDOWS:
        encoding, shown = _code_page(), painted(text, bare=True)
    else:
        encoding, shown = sys.stdout.encoding or "utf-8", painted(text)
    pages = encoded(f"{shown}\n", encoding)
    environment = {"LESS": "-FRX", **os.environ}  # show colours, and leave the text on the screen
    if encoding.lower() == "utf-8":
        environment.setdefault("LESSCHARSET", "utf-8")
    with _modes_kept(), _signals_shared(), subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as pager:  # noqa: S603 - the user's own
        try:
            pager.communicate(pages)
        except BaseException:
            pager.terminate()  # it gives the terminal back; if killed it could not
            raise
    if command[0] == "sh" and pager.returncode in _NOT_FOUND:
        raise FileNotFoundError(None, "there is no such program")


def _code_page() -> str:
    """The encoding of what programs write into this console of Windows; ASCII if Python does not know it."""
    import codecs

    from psoas_cli.windows import DWORD, function

    number = function("GetConsoleOutputCP", result=DWORD)()
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "ascii"


@contextmanager
def _signals_shared() -> Iterator[None]:
    """Leave Ctrl-C to the pager, and end with it, not before it, on the signals that ask psoas to end."""

    def end(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    handlers = {getattr(signal, name): end for name in _ENDINGS if hasattr(signal, name)}
    before = {signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None)}
    for number, handler in handlers.items():
        if signal.getsignal(number) is not signal.SIG_IGN:  # as with nohup
            before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


@contextmanager
def _modes_kept() -> Iterator[None]:
    """Put the terminal's modes back, in case that the pager was killed; not those of a shell that has it by then."""
    if sys.platform == "win32":
        yield
        return
    import termios

    modes = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        with suppress(OSError, termios.error):  # it is gone
            if os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp():
                termios.tcsetattr(sys.stdin, termios.TCSANOW, modes)
