"""Opens a file in the user's editor."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from psoas_cli.errors import PsoasError

_USUAL = ("notepad",) if os.name == "nt" else ("nano", "vi")


def edit(path: Path) -> None:
    """Open *path* in `$VISUAL`, `$EDITOR` or a common editor, and wait until it is closed.

    Raises:
        PsoasError: There is no editor, or it failed.
    """
    command = _editor(path)
    try:
        ended = subprocess.run([*command, str(path)], check=False)  # noqa: S603 - the user's own
    except OSError as error:
        why = f"cannot start {command[0]}: {error.strerror or error}"
        raise PsoasError(why, _there(path), exit_code=1) from None
    if ended.returncode:
        raise PsoasError(f"{command[0]} failed with exit code {ended.returncode}", _there(path), exit_code=1)


def _editor(path: Path) -> list[str]:
    """Return the editor's command and arguments.

    Raises:
        PsoasError: There is no editor.
    """
    for name in ("VISUAL", "EDITOR"):
        if not (written := os.environ.get(name, "").strip()):
            continue
        try:
            command = [part.strip('"') for part in shlex.split(written, posix=os.name != "nt")]
        except ValueError:
            raise PsoasError(f"unclosed quote in {name}: {written}", _there(path)) from None
        if not shutil.which(command[0]):
            raise PsoasError(f"{name} is set to {command[0]}, which cannot be found", _there(path), exit_code=1)
        return command
    for usual in _USUAL:
        if shutil.which(usual):
            return [usual]
    raise PsoasError("no editor found", f"set EDITOR to the one you like; {_there(path)}", exit_code=1)


def _there(path: Path) -> str:
    return f"the file is {path}"
