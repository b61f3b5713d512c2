"""Writing a file for a person: it comes to its place whole, and never in place of another one unasked."""

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from psoas_cli.errors import PsoasError
from psoas_cli.storage import paths

_FORCE = "--force replaces it"


def see_place(path: Path, *, force: bool = False, hint: str = _FORCE) -> None:
    """See that a file may come to *path*; in place of another one only by *force*.

    Args:
        path: The place.
        force: Whether another file may be replaced.
        hint: What to do where there is one.

    Raises:
        PsoasError: It may not.
    """
    try:
        if path.is_dir():
            raise PsoasError(f"{path} is a folder", "name a file in it", exit_code=1)
        if os.path.lexists(path) and not force:
            raise PsoasError(f"{path} is there already", hint, exit_code=1)
        if not path.parent.is_dir():
            raise PsoasError(f"there is no folder {path.parent}", "make it first, or name another place", exit_code=1)
    except OSError as error:
        raise PsoasError(f"{path} cannot be written: {error.strerror}", exit_code=1) from None
    except ValueError:  # a NUL in the name
        raise PsoasError(f"{path!s} is no name of a file") from None


def write_file(path: Path, content: str, *, force: bool = False, hint: str = _FORCE) -> None:
    """Write *content* to *path*, all of it or nothing; in place of another file only by *force*.

    Raises:
        PsoasError: It cannot be written, or there is another file and no *force*; *hint* says what to do then.
    """
    see_place(path, force=force, hint=hint)
    place = Path(os.path.realpath(path))  # a link is followed, and stays one
    new = place.with_name(f".psoas-{token_hex(4)}.new")
    try:
        try:
            with new.open("x", encoding="utf-8", newline="") as file:
                file.write(content)
            if force:
                new.replace(place)
            else:
                _come_to(place, new)
        finally:
            with suppress(OSError):
                new.unlink(missing_ok=True)
    except FileExistsError:
        raise PsoasError(f"{path} is there already", hint, exit_code=1) from None
    except OSError as error:
        raise PsoasError(f"{path} cannot be written: {error.strerror or error}", exit_code=1) from None


def _come_to(place: Path, new: Path) -> None:
    """Let *new* be at *place* too, unless there is something by now.

    Raises:
        FileExistsError: There is.
    """
    try:
        os.link(new, place)
    except FileExistsError:
        raise
    except OSError:  # a disk without links to files
        with place.open("x"):
            pass
        new.replace(place)


def write_own(path: Path, content: str, *, hint: str) -> None:
    """Write *content* to *path* in a folder of the person's own, which is made where it is not there.

    Raises:
        PsoasError: It cannot be written, or there is a file already; *hint* says what to do then.
    """
    try:
        paths.make(path.parent)
    except OSError as error:
        raise PsoasError(f"{path.parent} cannot be made: {error.strerror}", exit_code=1) from None
    write_file(path, content, hint=hint)
