"""The entry point: runs the command line, and turns errors into messages and exit codes."""

import gc
import os
import sys
from contextlib import suppress
from typing import TextIO

gc.disable()  # start-up leaves no garbage worth collecting; a session turns it on again

_USAGE_HINT = "psoas --help shows the commands and options"


def main() -> None:
    """Run the command line and exit."""
    import signal

    _open_closed()
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # during start-up
        code = 130
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python would answer a second Ctrl-C with a traceback
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
    import typer

    from psoas_cli.cli.app import app
    from psoas_cli.errors import PsoasError

    # Typer bundles its own click since 0.26; this is ClickException either way.
    wrong_usage: type[Exception] = typer.BadParameter.__mro__[2]
    try:
        code = app(arguments, standalone_mode=False, prog_name="psoas")
        sys.stdout.flush()
    except PsoasError as error:
        return _tell(error.message, error.hint, error.exit_code)
    except wrong_usage as error:
        from psoas_cli.practice.model.text import uncapitalised

        message: str = getattr(error, "format_message", error.__str__)()
        return _tell(uncapitalised(message).removesuffix("."), _USAGE_HINT, 2)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:  # the reader is gone
        return 1
    except OSError as error:
        from psoas_cli.practice.model.text import shown

        what = "write the output" if error.filename is None else f"use {shown(str(error.filename))}"
        return _tell(f"cannot {what}: {error.strerror or error}", "", 1)
    return code if isinstance(code, int) else 0


def _tell(message: str, hint: str, code: int) -> int:
    """Print *message* and *hint* on standard error.

    Returns:
        *code*.
    """
    lines = [f"psoas: {message}" if "\n" not in message else message, *([f"       {hint}"] if hint else [])]
    with suppress(OSError):  # nobody can be told
        sys.stderr.write("\n".join(lines) + "\n")
    return code


def _finish(stream: TextIO) -> None:
    """Flush *stream*; if that fails, discard the rest, or Python would report it on exit."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
