"""Reading files: the one way in which psoas opens a file that it did not just make."""

import codecs
import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.names import STEPS
from psoas_cli.resources import expanded
from psoas_cli.storage.yaml_names import SUFFIXES
from psoas_cli.tty import IS_WINDOWS, is_terminal

STANDARD_INPUT = Path("-" if IS_WINDOWS else "/dev/stdin")
"""What `-` means where a file is named; Windows has no path for it."""

_WAITS_FOR_NOBODY = getattr(os, "O_NONBLOCK", 0)
_UNWRITTEN = 3.0  # seconds to wait for somebody who writes into a pipe


def is_closed(stream: TextIO) -> bool:
    """Whether *stream*, a standard one, was closed from the start, so that the null device stands in for it."""
    return getattr(stream, "name", None) == os.devnull


def is_file(name: str) -> bool:
    """Whether *name* is a file: it has a slash, ends in .yaml or .yml in any case, or is `-`, and is no steps."""
    if name.startswith(STEPS):
        return False
    return name == "-" or "/" in name or "\\" in name or name.lower().endswith(SUFFIXES)


def file_named(name: str) -> Path:
    """The file that a person means by *name*, which `is_file`: a path, or `-` for standard input."""
    return STANDARD_INPUT if name == "-" else expanded(name)


def is_there(path: Path) -> bool:
    """Whether there is anything at *path*, if only a link that leads nowhere; False if it may not be looked at."""
    try:
        path.lstat()
    except (OSError, ValueError):
        return False
    return True


def is_shut_in(path: Path) -> bool:
    """Whether the folder of *path* is there and may not be looked into, so that nobody knows what is in it."""
    try:
        path.lstat()
    except PermissionError:
        return is_there(path.parent)
    except (OSError, ValueError):
        return False
    return False


def is_stream(path: Path) -> bool:
    """Whether what is at *path* can be read only once: a pipe, a device, or standard input."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        mode = 0
    return path == STANDARD_INPUT or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or mode == 0)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file at *path*, open for reading as long as the block lasts.

    A link is followed, but only to a file: a pipe or a device could keep the reader waiting, or never end.

    Raises:
        OSError: There is no such file, it cannot be read, or is no regular file; `strerror` says which.
    """
    descriptor = _descriptor(path)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, f"it is {_thing(descriptor)}, not a file", str(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(descriptor)


def read_bytes(path: Path, most: int) -> bytes:
    """The content of the file at *path*, as `opened` opens it.

    Args:
        path: The file.
        most: The largest size, in bytes.

    Raises:
        OSError: There is no such file, it cannot be read, is no regular file or is too large; `strerror` says which.
    """
    with opened(path) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"it is larger than {_size(most)}", str(path))
    return content


def read_text(path: Path, what: str = "a sequence", *, named: bool = False) -> str:
    """The text of the file at *path*, without a byte order mark.

    Args:
        path: The file.
        what: What it should be, for messages.
        named: Whether a person named it on the command line, so that it may be a pipe as well.

    Raises:
        PsoasError: There is no such file, it is not text, or it is too large.
    """
    from psoas_cli.practice.model.sequence import LARGEST_FILE  # is_there does without

    content = _content(path, LARGEST_FILE, what, named=named)
    try:
        before, wrong = content.removeprefix(codecs.BOM_UTF8).decode("utf-8"), ""
    except UnicodeDecodeError as error:
        before, wrong = error.object[: error.start].decode("utf-8"), "not valid UTF-8: save it as UTF-8 in your editor"
    if not wrong and "\0" in before:
        before, wrong = before.partition("\0")[0], "not a text file: it contains zero bytes"
    too_large = len(content) > LARGEST_FILE
    if wrong or too_large or before.lstrip().startswith(_BEGIN_OTHERS):
        from psoas_cli.storage.file_kind import kind_of

        if kind := kind_of(content):
            raise _bad(path, "", f"this is {kind.name}, not {kind.instead or what}: {kind.hint}")
    if too_large:
        raise _bad(path, "", f"the file is larger than {_size(LARGEST_FILE)}, too large for {what}")
    if wrong:
        raise _bad(path, before, wrong)
    return before


_BEGIN_OTHERS = ("{\\rtf", "%", "<", "\\", "[InternetShortcut]", "From: <", "MIME-Version", "version https:")
"""How those texts begin that may be another kind of file; a sequence begins with a key, or a comment."""


def _content(path: Path, most: int, what: str, *, named: bool) -> bytes:
    """The first *most* bytes at *path*, and one more if there are more.

    Raises:
        PsoasError: It cannot be read.
    """
    try:
        if named and is_stream(path):
            return _streamed(path, most + 1)
        with opened(path) as file:
            return file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink():
            raise PsoasError(f"{path} is a link to {path.readlink()}, which is not there") from None
        raise PsoasError(f"there is no file {path}", "psoas list shows the practices") from None
    except IsADirectoryError:
        hint = "name a sequence file in it" if named else ""
        raise PsoasError(f"{path} is a folder, not {what}", hint) from None
    except OSError as error:
        raise PsoasError(f"{path} cannot be read: {error.strerror}") from None


def _streamed(path: Path, most: int) -> bytes:
    """The first *most* bytes of what comes from the stream at *path*.

    A pipe that somebody writes into is waited for; one that nobody does only for a moment.

    Raises:
        OSError: It cannot be read, or nothing can come from it.
    """
    import select

    descriptor = os.dup(0) if path == STANDARD_INPUT else _descriptor(path)
    try:
        if is_closed(sys.stdin) and os.path.samestat(os.fstat(descriptor), os.fstat(0)):
            raise OSError(errno.EBADF, "it is closed")
        if is_terminal(descriptor):
            raise OSError(errno.EINVAL, "it is a terminal, and no file was put in its place")
        first = b""
        if _WAITS_FOR_NOBODY and not os.get_blocking(descriptor):
            with suppress(BlockingIOError):  # somebody is there, and has not written yet
                first = os.read(descriptor, most)
                if not first and not select.select([descriptor], [], [], _UNWRITTEN)[0]:
                    raise OSError(errno.EINVAL, "it is a pipe, and nobody writes into it")
            os.set_blocking(descriptor, True)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = first + file.read(most - len(first))
        if os.path.samestat(os.fstat(descriptor), os.fstat(0)):
            _take_keys_from_terminal()
    finally:
        os.close(descriptor)
    return content


def _take_keys_from_terminal() -> None:
    """Once standard input has been read, put the terminal in its place, if there is one: a practice has keys."""
    if is_terminal(1):
        with suppress(OSError):
            terminal = os.open("CONIN$" if IS_WINDOWS else "/dev/tty", os.O_RDWR)
            os.dup2(terminal, 0)
            os.close(terminal)


def _descriptor(path: Path) -> int:
    """Open *path*, without waiting for whoever writes into it.

    Raises:
        OSError: It cannot be opened, or is a folder.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0) | _WAITS_FOR_NOBODY
    try:
        if os.name == "nt" and path.is_dir():  # which cannot be opened there
            raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
        descriptor = os.open(path, flags)
    except ValueError:  # a NUL in the name
        raise OSError(errno.EINVAL, "it is not a file name", str(path)) from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, "it is a link that leads back to itself", str(path)) from None
        raise
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    return descriptor


def _thing(descriptor: int) -> str:
    """What *descriptor* is that is no file."""
    return "a pipe" if stat.S_ISFIFO(os.fstat(descriptor).st_mode) else "a device"


def _size(count: int) -> str:
    """*count* bytes as people say it: `64 MiB`."""
    return f"{count >> 20} MiB" if count >= 1 << 20 else f"{count >> 10} KiB"


def _bad(path: Path, before: str, message: str) -> PsoasError:
    """The error for what follows the text *before* in the file at *path*."""
    from psoas_cli.practice.format.problems import BadFileError, Problem

    *above, line = before.split("\n")
    return BadFileError([Problem(str(path), len(above) + 1, len(line) + 1, (), message)])
