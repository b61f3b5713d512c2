"""The entry: the command line, and the one place where errors become lines and exit codes."""

import gc
import os
import sys

gc.disable()  # starting makes no garbage worth a collection; a session switches it on again


_USAGE_HINT = "psoas --help shows the commands and options"


def main() -> None:
    """Run the command line and exit."""
    import signal

    _open_closed()
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while it was starting
        code = 130
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Python's own end tells of another Ctrl-C with a traceback
    sys.exit(code)


def _open_closed() -> None:
    """Let the streams that came closed (`psoas >&-`) be empty ones; the next file would be given their numbers."""
    for name in ("stdin", "stdout", "stderr"):  # in the order of their numbers: each gets its own
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - until the end


def run(arguments: list[str]) -> int:
    """Run psoas with *arguments*.

    Returns:
        The exit code: 0 done, 1 it could not be done, 2 wrong usage or a bad file, 128 and more for a signal.
    """
    import typer

    from psoas_cli.cli.app import app
    from psoas_cli.errors import PsoasError

    # Typer carries a click of its own since 0.26; this is ClickException in either case.
    wrong_usage: type[Exception] = typer.BadParameter.__mro__[2]
    try:
        code = app(arguments, standalone_mode=False, prog_name="psoas")
        sys.stdout.flush()
    except PsoasError as error:
        return _tell(error.message, error.hint, error.exit_code)
    except wrong_usage as error:
        return _tell(getattr(error, "format_message", error.__str__)(), _USAGE_HINT, 2)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:
        _give_up_output()  # the reader has gone
        return 1
    except OSError as error:  # what is to be printed cannot be written: a full disk
        _give_up_output()
        return _tell(error.strerror or str(error), "", 1)
    return code if isinstance(code, int) else 0


def _give_up_output() -> None:
    """Let what Python still wants to flush at its end go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(message: str, hint: str, code: int) -> int:
    """Say on standard error what is wrong and what to do."""
    lines = [f"psoas: {message}" if "\n" not in message else message, *([f"       {hint}"] if hint else [])]
    sys.stderr.write("\n".join(lines) + "\n")
    return code
