"""Sealed files: what psoas made of other files, kept in lines until one of them, or psoas, is another."""

import json
import os
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from psoas_cli import __version__
from psoas_cli.resources import IS_ONE_FILE, bundled, is_ours
from psoas_cli.storage import paths
from psoas_cli.storage.atomic import keep
from psoas_cli.storage.files import read_bytes
from psoas_cli.tty import IS_WINDOWS

_LARGEST = 16_000_000  # bytes; beyond that it was not psoas that wrote it


def program() -> str:
    """A mark of this psoas: its version, and when it was installed, or when its code last changed in a checkout."""
    if IS_ONE_FILE:
        return __version__
    here = Path(__file__)
    if is_ours(str(bundled("sequences"))):  # it is installed, all of it at once
        return f"{__version__} {here.stat().st_mtime_ns}"
    rooms = here.parents[1] / "practice", here.parent
    folders = [folder for room in rooms for folder, *_ in os.walk(room)]
    modules = (module for folder in folders for module in os.scandir(folder) if module.name.endswith(".py"))
    return f"{__version__} {max((module.stat().st_mtime_ns for module in modules), default=0)}"


def lines_kept(path: Path, stamp: object) -> list[bytes] | None:
    """The lines kept at *path* for *stamp*; None if there are none, or anybody else has written or changed them."""
    with suppress(OSError):
        seal, _, sealed = read_bytes(path, _LARGEST).partition(b"\n")
        if seal == _seal(sealed) and _is_own(path):
            first, *lines = sealed.split(b"\n")
            return lines if first == _line(stamp) else None
    return None


def keep_lines(path: Path, stamp: object, make: Callable[[], list[object]]) -> None:
    """Keep at *path* for *stamp* what *make* returns, a line of JSON each; that nothing can be written is no error.

    It is made only where it can be kept.
    """
    with suppress(OSError):
        paths.make(path.parent)
        if os.access(path.parent, os.W_OK):
            sealed = b"\n".join(map(_line, [stamp, *make()]))
            keep(path, _seal(sealed) + b"\n" + sealed, made_anew=True)


def _is_own(path: Path) -> bool:
    """Whether the person has written what is at *path*: somebody else may have, in a folder that they share."""
    return IS_WINDOWS or path.stat().st_uid == os.geteuid()


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def _seal(content: bytes) -> bytes:
    """What *content* adds up to."""
    return b"%08x" % zlib.crc32(content)
