"""The entry point: runs the command line, and turns errors into messages and exit codes."""

import gc
import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from psoas_cli.errors import PsoasError

gc.disable()  # start-up leaves no garbage worth collecting; a session turns it on again

_LONGEST_QUOTE, _LONGEST_LINE = 100, 1000  # columns
_BESIDE = " " * len("psoas: ")


def main() -> None:
    """Run the command line and exit."""
    import signal

    from psoas_cli.tty import escape_codes_on

    _open_closed()
    if ctrl_break := getattr(signal, "SIGBREAK", None):  # on Windows it would end psoas in the middle of a file
        signal.signal(ctrl_break, signal.default_int_handler)
    with escape_codes_on():
        try:
            try:
                code = run(sys.argv[1:])
            finally:
                if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
                    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python would answer a second Ctrl-C with a traceback
        except KeyboardInterrupt:  # during start-up, or a second one before that
            code = 130
        for stream in (sys.stdout, sys.stderr):
            _finish(stream)
    sys.exit(code)


def _open_closed() -> None:
    """Replace closed standard streams (`psoas >&-`) with empty ones; the next file opened would take their numbers."""
    for name in ("stdin", "stdout", "stderr"):  # in the order of their numbers, so that each gets its own
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open until psoas exits


def run(arguments: list[str]) -> int:
    """Run psoas with *arguments*.

    Returns:
        The exit code: 0 success, 1 failure, 2 wrong usage or a bad file, 128 and more for a signal.
    """
    try:
        return _run(arguments)
    except MemoryError:
        pass  # told below, where all that needed it is gone
    from psoas_cli.errors import PsoasError

    return _tell(PsoasError("there is not enough memory for this", "close other programs first", exit_code=1))


def _run(arguments: list[str]) -> int:
    import typer

    from psoas_cli.cli.app import app
    from psoas_cli.errors import PsoasError
    from psoas_cli.tty import is_reader_gone

    # Typer bundles its own click since 0.26; this is ClickException either way.
    wrong_usage: type[Exception] = typer.BadParameter.__mro__[2]
    try:
        code = app(arguments, standalone_mode=False, prog_name="psoas")
        sys.stdout.flush()
    except PsoasError as error:
        return _tell(error)
    except wrong_usage as error:
        from psoas_cli.cli.usage import usage_error

        return _tell(usage_error(error))
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except OSError as error:
        if error.filename is None and is_reader_gone(error):
            return 1
        from psoas_cli.resources import COMPLETE_IT, is_ours

        file = error.filename
        what = "write the output" if file is None else f"use {file}"
        hint = COMPLETE_IT if isinstance(file, str | os.PathLike) and is_ours(os.fspath(file)) else ""
        return _tell(PsoasError(f"cannot {what}: {error.strerror or error}", hint, exit_code=1))
    return code if isinstance(code, int) else 0


def _tell(error: "PsoasError") -> int:
    """Print what *error* says on standard error.

    Returns:
        Its exit code.
    """
    from psoas_cli.cli.console import width, write

    first, *more = error.lines_within(width())
    lines = [_readable(first), *map(_readable, more)] if more else _rows("psoas: ", _readable(first), width())
    if error.hint:
        lines += _rows(_BESIDE, _readable(error.hint), width())
    with suppress(OSError):  # nobody can be told
        write("\n".join(lines), to_stderr=True)
    return error.exit_code


def _rows(heading: str, said: str, room: int) -> list[str]:
    """Return *heading* and *said* as a line; on a terminal as rows of *room* columns, as that would break words.

    What has a word that is longer than a row stays as it is: it may be a path to copy.
    """
    from psoas_cli.practice.model.text import cells, rows_of
    from psoas_cli.tty import is_terminal

    line, room = heading + said, room - len(_BESIDE)
    if not is_terminal(sys.stderr) or cells(said) <= room or max(map(cells, said.split())) > room:
        return [line]
    first, *more = rows_of(said, room)
    return [heading + first, *(_BESIDE + row for row in more)]


def _readable(line: str) -> str:
    """Return *line* in one, and without the rest of what a person would not read to the end."""
    from psoas_cli.practice.model.text import shortened, visible

    quoted = re.sub(
        rf'"[^"]{{{_LONGEST_QUOTE},}}"', lambda match: f'"{shortened(match[0][1:-1], _LONGEST_QUOTE)}"', line
    )
    return visible(shortened(quoted, _LONGEST_LINE))


def _finish(stream: TextIO) -> None:
    """Flush *stream*; if that fails, discard the rest, or Python would report it on exit."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
