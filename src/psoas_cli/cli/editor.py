"""The person's own editor: opening a file in it, and waiting until it is closed."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from psoas_cli.errors import PsoasError

_USUAL = ("notepad",) if os.name == "nt" else ("nano", "vi")


def edit(path: Path) -> None:
    """Open the file at *path* in `$VISUAL`, `$EDITOR`, or one that most systems have, until it is closed.

    Raises:
        PsoasError: There is no editor, or it ended in an error.
    """
    command = _editor(path)
    try:
        ended = subprocess.run([*command, str(path)], check=False)  # noqa: S603 - the person's own
    except OSError as error:
        why = f"{command[0]} cannot be started: {error.strerror or error}"
        raise PsoasError(why, _there(path), exit_code=1) from None
    if ended.returncode:
        raise PsoasError(f"{command[0]} ended with the error {ended.returncode}", _there(path), exit_code=1)


def _editor(path: Path) -> list[str]:
    """The command that opens an editor.

    Raises:
        PsoasError: There is none.
    """
    for name in ("VISUAL", "EDITOR"):
        if not (written := os.environ.get(name, "").strip()):
            continue
        try:
            command = [part.strip('"') for part in shlex.split(written, posix=os.name != "nt")]
        except ValueError:
            raise PsoasError(f"{name} has a quote that is not closed: {written}", _there(path)) from None
        if not shutil.which(command[0]):
            raise PsoasError(f"{name} names {command[0]}, which is not here", _there(path), exit_code=1)
        return command
    for usual in _USUAL:
        if shutil.which(usual):
            return [usual]
    raise PsoasError("there is no editor here: set EDITOR to the one you like", _there(path), exit_code=1)


def _there(path: Path) -> str:
    return f"the file is {path}"
