"""Starts psoas in the program of one file that `tools/make_programs.py` makes with PyInstaller."""

import os

from psoas_cli.main import main

_LIBRARIES = "LD_LIBRARY_PATH"


def libraries_of_the_person() -> None:
    """Have the programs that psoas starts look for libraries where they always do.

    PyInstaller points them to the libraries of its own program, and says beside that what was there before.
    """
    before = os.environ.pop(f"{_LIBRARIES}_ORIG", None)
    if before is not None:
        os.environ[_LIBRARIES] = before
    else:
        os.environ.pop(_LIBRARIES, None)


if __name__ == "__main__":
    libraries_of_the_person()
    main()
