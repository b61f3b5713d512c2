"""A practice's way into a file: it grows beside its place, and comes there when it is whole."""

import importlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from psoas_cli.audio.export.formats import FORMATS, Format
from psoas_cli.audio.samples import RATE
from psoas_cli.errors import PsoasError


def format_of(path: Path) -> Format:
    """The format that the suffix of *path* says.

    Raises:
        PsoasError: It says none that can be written.
    """
    known = FORMATS.get(path.suffix.lower())
    if known is None:
        *others, last = FORMATS
        raise PsoasError(f'--output: expected a name that ends in {", ".join(others)} or {last}, got "{path}"')
    return known


def missing(kind: Format) -> list[str]:
    """The packages that *kind* needs and that cannot be imported here."""
    found = []
    for package in kind.packages:
        try:
            importlib.import_module(package)
        except (ImportError, OSError):  # OSError: the library that it wraps is not there
            found.append(package)
    return found


def see_place(path: Path, *, force: bool) -> None:
    """See that a file may come to *path*; in place of another one only by *force*.

    Raises:
        PsoasError: It may not.
    """
    folder = _place(path).parent
    if path.is_dir():
        raise PsoasError(f"{path} is a folder", "name a file in it", exit_code=1)
    if path.exists() and not force:
        raise PsoasError(f"{path} is there already", "--force replaces it", exit_code=1)
    if not folder.is_dir():
        raise PsoasError(f"there is no folder {folder}", "make it first, or name another place", exit_code=1)


def see_room(path: Path, kind: Format, frames: int) -> None:
    """See that *frames* as *kind* have room at *path*.

    Raises:
        PsoasError: They have not, with how much they need.
    """
    needed = kind.size(frames)
    if needed > kind.largest:
        hours = kind.largest / kind.bytes_a_second / 3600
        raise PsoasError(
            f"a {path.suffix} file has room for {hours:.0f} hours, and this is {frames / RATE / 3600:.1f}",
            "the other formats have no such limit",
            exit_code=1,
        )
    free = shutil.disk_usage(_place(path).parent).free
    if needed > free:
        raise PsoasError(
            f"{path} needs {needed / 1e6:.1f} MB, and {free / 1e6:.1f} MB are free there",
            "name another place with --output; .mp3 and .ogg are the smallest",
            exit_code=1,
        )


@contextmanager
def replacing(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A new file that comes to *path* when all is well in the end; otherwise nothing of it stays.

    Raises:
        PsoasError: It cannot be written, or there is another one at *path* meanwhile.
    """
    place = _place(path)
    new = place.with_name(f".psoas-{token_hex(4)}{place.suffix}")
    try:
        file = new.open("x+b")
        try:
            with file:
                yield file
            see_place(path, force=force)
            new.replace(place)
        except BaseException:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise PsoasError(f"{path} cannot be written: {error.strerror or error}", exit_code=1) from None


def _place(path: Path) -> Path:
    """Where *path* leads: a link is followed, and stays one."""
    return Path(os.path.realpath(path))
