"""Programs that psoas runs for a person: how one is found, how a command line is read, and how a quiet one starts.

A name alone is looked up in PATH, and in the whole paths among it: Windows would look first in the folder that one is
in, which may be anybody's, and so does `shutil.which` there.
"""

import os
import re
import sys
from collections.abc import Iterable

NO_WINDOW = 0x0800_0000 if sys.platform == "win32" else 0
"""What a program is created with on Windows that is neither seen nor typed into: no console of its own flashes up, and
Ctrl-C in that of psoas does not reach it."""

SUFFIXES = (".com", ".exe", ".bat", ".cmd") if sys.platform == "win32" else ()
"""How the names of programs end that Windows starts by itself; a person leaves that out."""


def found(name: str, folders: Iterable[str] | None = None) -> str | None:
    """The path of the program *name*, as it is to be started; None if there is none that may be run.

    Args:
        name: Its name alone, or a path to it; on Windows with its suffix or without.
        folders: Where to look for a name alone, instead of in PATH.
    """
    if os.path.dirname(name):  # noqa: PTH120 - Path would take `./name` for a name alone
        places = [name]
    else:
        among = os.get_exec_path() if folders is None else folders
        places = [os.path.join(folder, name) for folder in among if os.path.isabs(folder)]  # noqa: PTH117, PTH118 - as it is written there
    suffixes = SUFFIXES if SUFFIXES and not name.lower().endswith(SUFFIXES) else ("",)
    return next((whole for place in places for suffix in suffixes if _runs(whole := place + suffix)), None)


def words(line: str) -> list[str]:
    """The program and what it is given, in a command *line* as a person writes it for this system.

    Raises:
        ValueError: A quotation is not closed.
    """
    if sys.platform == "win32":  # only double quotes are any there; a backslash and an apostrophe are part of a path
        if line.count('"') % 2:
            raise ValueError("No closing quotation")
        return [word.replace('"', "") for word in re.findall(r'(?:"[^"]*"|[^\s"])+', line)]
    import shlex

    return shlex.split(line)


def _runs(path: str) -> bool:
    try:
        return os.path.isfile(path) and os.access(path, os.X_OK)  # noqa: PTH113 - that of Path raises some errors
    except ValueError:  # a NUL in it
        return False
