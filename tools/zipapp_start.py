"""Starts psoas from one zip file, for any Python that it has the compiled parts for; those cannot run from within it.

The first start unpacks it into psoas's folder for what can be made again. `tools/make_programs.py` makes this the
`__main__` of the zip file, with a call of `start` at its end. An older Python has to read it too, to be told so.
"""

import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

OLDEST = (3, 11)
PACKED = "psoas.zip"
"""What is unpacked: a zip file of its own, as Python lists at each start all that lies in the one it runs."""

COMPILED = "_cffi_backend"
"""The module by whose suffixes one sees for which Pythons a zip file is."""


def start(build: str) -> None:
    """Unpack the zip file that this runs from, if that has not been done yet, and run psoas.

    Args:
        build: What tells this zip file from others.
    """
    this = ".".join(map(str, sys.version_info[:2]))
    if sys.version_info < OLDEST:
        _end(f"this needs Python 3.11 or newer, and is run by {this}", "run it with a newer one")
    archive = Path(__file__).absolute().parent
    folder = _kept().absolute() / "program" / build
    if not folder.is_dir():
        try:
            _unpack(archive, folder)
        except OSError as error:
            _end(f"cannot be unpacked into {folder}: {error.strerror}", "set PSOAS_HOME to another folder")
    if not (folder / f"{COMPILED}{EXTENSION_SUFFIXES[0]}").exists():
        _end(f"this file is not for Python {this} on this system", "install psoas with pip instead")
    sys.path[:] = [str(folder), *(place for place in sys.path if place != str(archive))]
    from psoas_cli.main import main

    main()


def _kept() -> Path:
    """The folder of psoas's for what can be made again."""
    home = os.environ.get("PSOAS_HOME")
    if home:
        return Path(home).expanduser()
    from platformdirs import user_cache_path  # from within the zip file

    return user_cache_path("psoas", appauthor=False)


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack *archive* into *folder*, which appears whole or not at all, even if another psoas does the same."""
    import shutil
    from zipfile import ZipFile

    fresh = folder.with_name(f"{folder.name}.new-{os.getpid()}")
    fresh.mkdir(mode=0o700, parents=True)
    try:
        with ZipFile(str(archive)) as outer, outer.open(PACKED) as inner, ZipFile(inner) as packed:
            packed.extractall(str(fresh))
        fresh.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(str(fresh), ignore_errors=True)


def _end(what: str, hint: str) -> None:
    sys.stderr.write(f"psoas: {what}\n       {hint}\n")
    sys.exit(1)
