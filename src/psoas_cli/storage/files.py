"""Reading files: the one way in which psoas opens a file that it did not just make."""

import codecs
import errno
import os
import stat
from pathlib import Path

from psoas_cli.errors import PsoasError


def is_file(name: str) -> bool:
    """Whether *name* is a file rather than an id: it has a slash, or ends in .yaml or .yml."""
    return "/" in name or "\\" in name or name.endswith((".yaml", ".yml"))


def is_there(path: Path) -> bool:
    """Whether *path* exists; False if it may not be looked at."""
    try:
        return path.exists()
    except OSError:
        return False


def read_bytes(path: Path, most: int) -> bytes:
    """The content of the file at *path*.

    A link is followed, but only to a file: a pipe or a device could keep the reader waiting, or never end.

    Args:
        path: The file.
        most: The largest size, in bytes.

    Raises:
        OSError: There is no such file, it cannot be read, is no regular file or is too large; `strerror` says which.
    """
    waits_for_nobody = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | waits_for_nobody)
    except ValueError:  # a NUL in the name
        raise OSError(errno.EINVAL, "it is not a file name", str(path)) from None
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "it is not a file", str(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(most + 1)
    finally:
        os.close(descriptor)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"it is larger than {_size(most)}", str(path))
    return content


def _size(count: int) -> str:
    """*count* bytes as people say it: `64 MiB`."""
    return f"{count >> 20} MiB" if count >= 1 << 20 else f"{count >> 10} KiB"


def read_text(path: Path) -> str:
    """The text of the file at *path*, without a byte order mark.

    Raises:
        PsoasError: There is no such file, it is not text, or it is too large.
    """
    content = _content(path)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _bad(path, "", "this is UTF-16, not UTF-8: save it as UTF-8 in your editor")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        raise _bad(path, before, "not valid UTF-8: save it as UTF-8 in your editor") from None
    before, zero, _ = text.partition("\0")
    if zero:
        raise _bad(path, before, "not a text file: it contains zero bytes")
    return text


def _content(path: Path) -> bytes:
    from psoas_cli.practice.format.nodes import LARGEST_FILE  # imports YAML; is_there does without

    try:
        if path.is_dir():
            raise PsoasError(f"{path} is a folder", "name a sequence file in it")
        if not path.is_file():
            raise PsoasError(f"there is no file {path}", "psoas list shows the practices")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise PsoasError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:  # a NUL in the name
        raise PsoasError(f"{path!s} is not a file name") from None
    if len(content) > LARGEST_FILE:
        raise _bad(path, "", "the file is larger than 1 MiB, too large for a sequence")
    return content


def _bad(path: Path, before: str, message: str) -> PsoasError:
    """The error for what follows the text *before* in the file at *path*."""
    from psoas_cli.practice.format.problems import BadFileError, Problem

    *above, line = before.split("\n")
    return BadFileError([Problem(str(path), len(above) + 1, len(line) + 1, (), message)])
