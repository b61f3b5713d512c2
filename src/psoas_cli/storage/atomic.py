"""Atomic writing: beside the target, and moved into place once complete. Replaces a file only if asked to."""

import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeVar

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.names import is_reserved
from psoas_cli.resources import expanded
from psoas_cli.storage import paths
from psoas_cli.storage.files import is_closed
from psoas_cli.tty import IS_WINDOWS, is_terminal

_T = TypeVar("_T")

STANDARD_OUTPUT = Path("-" if IS_WINDOWS else "/dev/stdout")
"""What `-` means where a file to write is named; Windows has no path for it."""

_FORCE = "use --force to replace it"
_UNFINISHED = ".psoas-new-"  # how the names of unfinished folders begin
_ABANDONED = 3600.0  # seconds after which nobody works on one any more
_HELD, _AGAIN = 1.0, 0.02  # seconds to wait for others on Windows, and from try to try


def place_named(written: str) -> Path:
    """The place that a person means by *written*: a path, or `-` for standard output, a suffix after it or not."""
    return STANDARD_OUTPUT if written == "-" or written.startswith("-.") else expanded(written)


def check_place(path: Path, *, force: bool = False, hint: str = _FORCE, is_text: bool = True) -> None:
    """Check that a file may be written to *path*, or to standard output if that is meant.

    Args:
        path: The target.
        force: Whether an existing file may be replaced.
        hint: What to do about an existing file.
        is_text: Whether a terminal can show it.

    Raises:
        PsoasError: *path* exists and *force* is not set, it is no regular file, or its folder does not exist.
    """
    if path == STANDARD_OUTPUT:
        _check_output(is_text=is_text)
        return
    if is_reserved(path.name):
        raise PsoasError(f"{path.name} is the name of a device on Windows", "choose another name")
    try:
        mode = _mode(path)
        if stat.S_ISDIR(mode):
            raise PsoasError(f"{path} is a folder", "name a file in it", exit_code=1)
        if not stat.S_ISREG(mode):
            what = "a pipe" if stat.S_ISFIFO(mode) else "a device"
            raise PsoasError(f"{path} is {what}, not a file", "name another; - is standard output", exit_code=1)
        if os.path.lexists(path) and not force:
            raise PsoasError(f"{path} already exists", hint, exit_code=1)
        if not _place(path).parent.is_dir():
            raise PsoasError(f"there is no folder {path.parent}", "create it, or choose another folder", exit_code=1)
    except OSError as error:
        raise PsoasError(f"{path} cannot be written: {error.strerror}", exit_code=1) from None
    except ValueError:  # a NUL in the name
        raise PsoasError(f"{path!s} is not a file name") from None


def _check_output(*, is_text: bool) -> None:
    if is_closed(sys.stdout):
        raise PsoasError("standard output is closed", "name a file", exit_code=1)
    if not is_text and is_terminal(sys.stdout):
        raise PsoasError("standard output is a terminal, which cannot show this", "name a file", exit_code=1)


@contextmanager
def replacing(path: Path, *, force: bool = False, hint: str = _FORCE) -> Iterator[BinaryIO]:
    """Open a new file that is moved to *path* when the block ends; after an error nothing of it remains.

    What is for standard output goes there when the block ends.

    Raises:
        PsoasError: It cannot be written, or *path* exists and *force* is not set; then *hint* says what to do.
    """
    check_place(path, force=force, hint=hint)
    if path == STANDARD_OUTPUT:
        with _for_output() as file:
            yield file
        return
    place = _place(path)  # follow a link instead of replacing it
    try:
        with _beside(place) as new:
            with new.open("x+b") as file:
                yield file
                _flush(file)
            if force:
                check_place(path, force=True)  # once more: it may have been hours
                move(new, place)
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
        PsoasError: It cannot be written, or *path* exists and *force* is not set; then *hint* says what to do.
    """
    with replacing(path, force=force, hint=hint) as file:
        file.write(content.encode("utf-8"))


def write_own(path: Path, content: str, *, hint: str) -> None:
    """Write *content* to *path* in one of the user's folders, which is created if needed.

    Raises:
        PsoasError: It cannot be written, or *path* exists; then *hint* says what to do.
    """
    try:
        paths.make(path.parent)
    except OSError as error:
        if path.is_relative_to(paths.NOWHERE):
            raise PsoasError("no home folder is known", "set PSOAS_HOME to a folder", exit_code=1) from None
        raise PsoasError(f"{path.parent} cannot be created: {error.strerror}", exit_code=1) from None
    write_file(path, content, hint=hint)


def keep(path: Path, content: bytes, *, made_anew: bool = False) -> None:
    """Write psoas's own data to *path*, replacing what was there, all of it or nothing.

    Args:
        path: The target; its folder is created if needed.
        content: The data.
        made_anew: Whether it can be recreated at any time; if so, there is no waiting for the disk.

    Raises:
        OSError: It cannot be written.
    """
    paths.make(path.parent)
    with _beside(path) as new:
        with new.open("xb") as file:
            file.write(content)
            if not made_anew:
                _flush(file)
        move(new, path)
        if not made_anew:
            _flush_folder(path.parent)


def move(new: Path, place: Path) -> None:
    """Move the file or folder *new* to *place*, where a file is replaced.

    Raises:
        OSError: It cannot be moved.
    """
    once_free(partial(new.replace, place))


def once_free(move: Callable[[], _T]) -> _T:
    """Return what *move* returns once nobody has open what it moves: on Windows that is waited for, a second at most.

    What is new there is opened at once by whatever looks for viruses.

    Raises:
        OSError: It cannot be moved.
    """
    for _ in range(round(_HELD / _AGAIN) if IS_WINDOWS else 0):
        with suppress(PermissionError):
            return move()
        time.sleep(_AGAIN)
    return move()


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """A new folder within *folder*, for what is to be moved there once complete; what is left of it is removed.

    So are those that were abandoned by a program that was killed.

    Raises:
        OSError: It cannot be created.
    """
    import shutil

    paths.make(folder)
    for left in folder.glob(f"{_UNFINISHED}*"):
        with suppress(OSError):  # another program has just removed it
            newest = max(each.stat().st_mtime for each in (left, *left.rglob("*")))
            if time.time() - newest > _ABANDONED:
                shutil.rmtree(left, ignore_errors=True)
    new = folder / f"{_UNFINISHED}{os.urandom(4).hex()}"
    new.mkdir()
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


@contextmanager
def _for_output() -> Iterator[BinaryIO]:
    """A temporary file that goes to standard output when the block ends."""
    import shutil
    import tempfile

    with tempfile.TemporaryFile() as file:
        yield file
        file.seek(0)
        sys.stdout.flush()
        shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()


@contextmanager
def _beside(place: Path) -> Iterator[Path]:
    """A temporary path in the folder of *place*; a file left there is removed at the end."""
    new = place.with_name(f".psoas-{os.urandom(4).hex()}{place.suffix}")  # secrets would bring OpenSSL, 2.5 MB
    try:
        yield new
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _flush(file: BinaryIO) -> None:
    """Bring the content to the disk before the file gets its name."""
    file.flush()
    os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Bring the name to the disk as well, on systems that can do so."""
    with suppress(OSError, AttributeError):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _come_to(place: Path, new: Path) -> None:
    """Put *new* at *place* as well, unless there is something by now.

    Raises:
        FileExistsError: There is something at *place*.
    """
    try:
        os.link(new, place)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        with place.open("xb"):
            pass
        move(new, place)


def _mode(path: Path) -> int:
    """What is at *path*, as in its status; a file if there is nothing."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return stat.S_IFREG


def _place(path: Path) -> Path:
    """*path* with its links resolved."""
    return Path(os.path.realpath(path))
