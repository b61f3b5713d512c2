"""Opens a file in the user's editor."""

import os
import subprocess
import sys
from pathlib import Path

from psoas_cli import programs
from psoas_cli.errors import PsoasError

_USUAL = ("notepad",) if sys.platform == "win32" else ("nano", "vi")


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
            program, *arguments = programs.words(written)
        except ValueError:
            raise PsoasError(f"unclosed quote in {name}: {written}", _there(path)) from None
        if not (found := programs.found(program)):
            raise PsoasError(f"{name} is set to {program}, which cannot be found", _there(path), exit_code=1)
        return [found, *arguments]
    for usual in _USUAL:
        if found := programs.found(usual):
            return [found]
    raise PsoasError("no editor found", f"set EDITOR to the one you like; {_there(path)}", exit_code=1)


def _there(path: Path) -> str:
    return f"the file is {path}"
