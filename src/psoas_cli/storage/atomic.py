"""The one way to write a file: beside its place, and there at once when it is whole; never over another unasked."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from psoas_cli.errors import PsoasError
from psoas_cli.storage import paths

_FORCE = "--force replaces it"


def check_place(path: Path, *, force: bool = False, hint: str = _FORCE) -> None:
    """Check that a file may be written to *path*.

    Args:
        path: The place.
        force: Whether another file may be replaced.
        hint: What to do where there is one.

    Raises:
        PsoasError: It may not: there is a file and no *force*, a folder, or no folder to write in.
    """
    try:
        if path.is_dir():
            raise PsoasError(f"{path} is a folder", "name a file in it", exit_code=1)
        if os.path.lexists(path) and not force:
            raise PsoasError(f"{path} already exists", hint, exit_code=1)
        if not _place(path).parent.is_dir():
            raise PsoasError(f"there is no folder {path.parent}", "make it first, or name another place", exit_code=1)
    except OSError as error:
        raise PsoasError(f"{path} cannot be written: {error.strerror}", exit_code=1) from None
    except ValueError:  # a NUL in the name
        raise PsoasError(f"{path!s} is not a file name") from None


@contextmanager
def replacing(path: Path, *, force: bool = False, hint: str = _FORCE) -> Iterator[BinaryIO]:
    """A new file that comes to *path* when all is well in the end; otherwise nothing of it stays.

    Raises:
        PsoasError: It cannot be written, or there is another file and no *force*; *hint* says what to do then.
    """
    check_place(path, force=force, hint=hint)
    place = _place(path)  # a link is followed, and stays one
    try:
        with _beside(place) as new:
            with new.open("x+b") as file:
                yield file
                _flush(file)
            if force:
                new.replace(place)
            else:
                _come_to(place, new)
            _flush_folder(place.parent)
    except FileExistsError:
        raise PsoasError(f"{path} already exists", hint, exit_code=1) from None
    except OSError as error:
        raise PsoasError(f"{path} cannot be written: {error.strerror or error}", exit_code=1) from None


def write_file(path: Path, content: str, *, force: bool = False, hint: str = _FORCE) -> None:
    """Write *content* to *path*, all of it or nothing.

    Raises:
        PsoasError: It cannot be written, or there is another file and no *force*; *hint* says what to do then.
    """
    with replacing(path, force=force, hint=hint) as file:
        file.write(content.encode("utf-8"))


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


def keep(path: Path, content: bytes, *, made_anew: bool = False) -> None:
    """Write what psoas keeps for itself to *path*, in place of what was there, all of it or nothing.

    Args:
        path: The place; its folder is made where it is not there.
        content: What is kept.
        made_anew: Whether it can be made again at any time: then nobody waits for the disk.

    Raises:
        OSError: It cannot be written.
    """
    paths.make(path.parent)
    with _beside(path) as new:
        with new.open("xb") as file:
            file.write(content)
            if not made_anew:
                _flush(file)
        new.replace(path)
        if not made_anew:
            _flush_folder(path.parent)


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """A new name in the folder of *place*; what is still there in the end is removed."""
    new = place.with_name(f".psoas-{token_hex(4)}{place.suffix}")
    try:
        yield new
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _flush(file: BinaryIO) -> None:
    """Let what was written be on the disk before the file gets its name."""
    file.flush()
    os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Let the name be on the disk, too, where the system can do that for a folder."""
    with suppress(OSError, AttributeError):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


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


def _place(path: Path) -> Path:
    """Where *path* leads."""
    return Path(os.path.realpath(path))
