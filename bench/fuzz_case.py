"""A case of the fuzz: files that may be anything, tried by a kind of trial under an alarm and a limit of memory."""

import io
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import ClassVar, NamedTuple, Protocol
from unicodedata import category

from psoas_cli.main import run
from pty_meter import memory

LONGEST = 5.0
"""Seconds of CPU time that a case may take; most take some milliseconds."""

STUCK = 30.0
"""Seconds that it may take by the clock on the wall, on a busy machine."""

MOST_MEMORY = 150.0
"""MiB that a process may come to, all in all."""

Files = dict[str, bytes]
"""What a case is made of: the content of each file, by its path within a home folder."""


class TooLongError(BaseException):
    """A case takes too long; no Exception, so that nothing takes it for an error of its own."""


class Kind(Protocol):
    """A kind of trial."""

    COUNT: ClassVar[int]

    def made(self, random: Random) -> Files:
        """The files of a new case."""

    def tried(self, files: Files) -> str:
        """Try *files*, and return what they came to.

        Raises:
            AssertionError: A law does not hold.
        """


class Failure(NamedTuple):
    """What went wrong: in short, the same for all of its kind, and the trace."""

    what: str
    trace: str


def attempt(kind: Kind, files: Files) -> tuple[str, float, Failure | None]:
    """Try *files*; return what they came to, the seconds of CPU time that took, and what went wrong, if anything."""
    before = memory(os.getpid(), peak=True)
    begun = time.process_time()
    failure = None
    try:
        with _alarm():
            outcome = kind.tried(files)
    except (Exception, TooLongError, SystemExit, KeyboardInterrupt) as error:  # noqa: BLE001 - that is what is looked for
        outcome, failure = "failed", Failure(_in_short(error), "".join(traceback.format_exception(error)))
    seconds = time.process_time() - begun
    after = memory(os.getpid(), peak=True)
    if failure is None and after > max(before, MOST_MEMORY) + 1:
        failure = Failure(f"memory: {after:.0f} MiB", f"{before:.0f} MiB before, {after:.0f} MiB after")
    return outcome, seconds, failure


@contextmanager
def _alarm() -> Iterator[None]:
    def ring(number: int, _frame: object) -> None:
        limit = f"{LONGEST:g} s of CPU time" if number == signal.SIGPROF else f"{STUCK:g} s"
        raise TooLongError(f"not done after {limit}")

    timers = ((signal.SIGPROF, signal.ITIMER_PROF, LONGEST), (signal.SIGALRM, signal.ITIMER_REAL, STUCK))
    for number, timer, seconds in timers:
        signal.signal(number, ring)
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for _, timer, _ in timers:
            signal.setitimer(timer, 0)


def _in_short(error: BaseException) -> str:
    """The kind of *error*, and the place: the innermost one in psoas, or the law that does not hold."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "psoas_cli" in frame.filename]
    law = [frame for frame in frames if "/bench/" in frame.filename]
    frame = (law or frames)[-1] if isinstance(error, AssertionError) and frames[-1] in law else (ours or frames)[-1]
    message = str(error).splitlines()[0][:80] if isinstance(error, TooLongError) else ""
    return f"{type(error).__name__} {frame.filename.rpartition('/src/')[2]}:{frame.lineno} {message}".strip()


def laid(files: Files) -> Path:
    """Put *files* into an empty home folder; return it."""
    home = Path(os.environ["PSOAS_HOME"])
    _empty(home)
    for name, content in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return home


def _empty(folder: Path) -> None:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            _empty(Path(entry.path))
            Path(entry.path).rmdir()
        else:
            Path(entry.path).unlink()


class Told(NamedTuple):
    """What a command came to: its exit code, and what it printed."""

    code: int
    out: str
    err: str


def command(*arguments: str) -> Told:
    """Run a command of psoas in this process, as if its output went into a pipe.

    Raises:
        AssertionError: Its exit code is none that it may have, or what it prints is not for people.
    """
    before = sys.stdin, sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    sys.stdin, sys.stdout, sys.stderr = io.StringIO(), out, err
    try:
        code = run([*arguments])
        out.flush()
        err.flush()
        told = Told(code, *(each.buffer.getvalue().decode() for each in (out, err)))
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
    assert code in {0, 1, 2}, f"{arguments}: exit code {code}"
    assert code == 0 or told.err or told.out, f"{arguments}: exit code {code}, and not a word"
    assert "Traceback" not in told.err, told.err
    for text in (told.out, told.err):
        assert_readable(text)
    return told


def assert_readable(text: str) -> None:
    """No control character in *text* reaches the terminal, but those that end lines.

    Raises:
        AssertionError: One does.
    """
    if text.isprintable():
        return
    odd = {char for char in text if char != "\n" and category(char) in {"Cc", "Cs"}}
    assert not odd, f"{odd} in {text[:300]!r}"


def smallest(kind: Kind, files: Files, failure: Failure, patience: float) -> Files:
    """The smallest files found within *patience* seconds that fail in the same way: piece after piece is left out."""
    until = time.monotonic() + patience

    def fails(tried: Files) -> bool:
        found = attempt(kind, tried)[2]
        return found is not None and found.what == failure.what

    for name in sorted(files, key=lambda each: -len(files[each])):
        without = {each: content for each, content in files.items() if each != name}
        if time.monotonic() < until and fails(without):
            files = without
            continue
        fails_with = partial(_with, fails, files, name)
        files = {**files, name: _least(files[name], fails_with, until)}
    return files


def _with(fails: Callable[[Files], bool], files: Files, name: str, content: bytes) -> bool:
    return fails({**files, name: content})


def _least(content: bytes, fails: Callable[[bytes], bool], until: float) -> bytes:
    """The least of *content* that *fails*: without lines, and then without bytes."""
    for by_lines in (True, False):
        parts = content.splitlines(keepends=True) if by_lines else [content[i : i + 1] for i in range(len(content))]
        size = max(1, len(parts) // 2)
        while size and time.monotonic() < until:
            at = 0
            while at < len(parts) and time.monotonic() < until:
                fewer = parts[:at] + parts[at + size :]
                if fails(b"".join(fewer)):
                    parts = fewer
                else:
                    at += size
            size //= 2
        content = b"".join(parts)
    return content
