"""The stream to simpleaudio's child process, which is watched and started again if it is lost."""

import errno
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import IO

from psoas_cli.audio.simpleaudio import simpleaudio_child
from psoas_cli.audio.stream import State
from psoas_cli.practice.model.record import record
from psoas_cli.programs import NO_WINDOW
from psoas_cli.resources import IS_ONE_FILE
from psoas_cli.threads import NO_MORE, begun

CHILD = () if IS_ONE_FILE else (sys.executable, "-P", str(Path(simpleaudio_child.__file__)))
"""The command of the child; -P keeps modules beside that file from shadowing the standard library's. There is none in a
program of one file, which has no simpleaudio either."""

_ENDED = ""  # put by the reader when there are no more answers


@record(frozen=True)
class SimplePace:
    """How patient a stream is.

    Attributes:
        answer: Seconds a child may take to answer; a frozen sound server would keep it waiting forever.
        retry: Seconds from the end of one child to the start of the next.
    """

    answer: float = 3.0
    retry: float = 5.0


CALM = SimplePace()
"""The pace in a practice."""


class SimpleStream:
    """A child process in the background. `send` may block, so only one thread should call it.

    Args:
        command: The command that starts the child; empty if there can be none.
        clock: Returns monotonic seconds.
        pace: How patient to be.

    Attributes:
        missing: Whether the child found no simpleaudio; it is then not started again.
        children: How many children have been ready; a new one has none of the sounds of the one before.
    """

    def __init__(
        self, command: Sequence[str] = CHILD, clock: Callable[[], float] = time.monotonic, pace: SimplePace = CALM
    ) -> None:
        self.missing = not command
        self.children = 0
        self._command = command
        self._clock = clock
        self._pace = pace
        self._state: State = "off"
        self._over = Event()
        self._keeper: Thread | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._answers: SimpleQueue[str] = SimpleQueue()
        self._asked: deque[float] = deque()  # when each answer that is awaited was asked for

    @property
    def state(self) -> State:
        """The state of the child."""
        return "off" if self._over.is_set() else self._state

    def start(self) -> None:
        """Start a child in the background, and another one whenever it is lost. Returns at once."""
        if self._keeper is None:
            self._state = "opening"
            self._keeper = None if self.missing else begun(self._keep, name="psoas-simpleaudio")
            if self._keeper is None:
                self._state = "lost"

    def send(self, order: bytes, *, answered: bool = False) -> None:
        """Send an *order* to the child, and expect an answer if it is *answered*. Orders to a dead child are lost."""
        child = self._child
        if child is None or child.stdin is None:
            return
        if answered:
            self._asked.append(self._clock())
        with suppress(OSError, ValueError):  # it has just died, or its pipe was closed
            child.stdin.write(order)
            child.stdin.flush()

    def close(self, limit: float) -> None:
        """End the child and its sounds; if that takes longer than *limit* seconds, leave it to its thread."""
        self._over.set()
        self._answers.put(_ENDED)
        if self._keeper is not None:
            self._keeper.join(limit)

    def _keep(self) -> None:
        """The keeper's thread: start a child, listen to it, and start again."""
        while not (self._over.is_set() or self.missing):
            self._answers = SimpleQueue()
            self._asked = deque([self._clock()])
            with suppress(OSError):  # no interpreter, no memory, no more processes or threads
                self._child = child = self._started()
                self._listen()
                self._child = None
                self._state = "lost"
                _end(child)
            self._state = "lost"
            self._over.wait(self._pace.retry)

    def _started(self) -> subprocess.Popen[bytes]:
        """A new child; a thread reads its answers, as not every system can wait for a pipe with a time limit."""
        child = subprocess.Popen(  # noqa: S603 - a program of our own
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # ALSA would write across the screen
            env={**os.environ, "PYTHONMALLOC": "malloc"},
            start_new_session=True,  # the terminal's signals are for the parent
            creationflags=NO_WINDOW,
        )
        assert child.stdout is not None
        if not begun(_read, child.stdout, self._answers, name="psoas-simpleaudio-read"):
            _end(child)
            raise BlockingIOError(errno.EAGAIN, NO_MORE)
        return child

    def _listen(self) -> None:
        """Handle the child's answers until it ends, fails or does not answer in time."""
        while not self._over.is_set():
            patience = self._pace.answer
            if self._asked:
                patience += self._asked[0] - self._clock()
            try:
                answer = self._answers.get(timeout=max(0.0, patience))
            except Empty:
                if self._asked and self._clock() - self._asked[0] >= self._pace.answer:
                    return
                continue
            if answer == "ready":
                self.children += 1
                self._state = "on"
            elif answer != "played":
                self.missing = answer == "missing"
                return
            if self._asked:
                self._asked.popleft()


def _read(answers: IO[bytes], into: "SimpleQueue[str]") -> None:
    with suppress(OSError, ValueError):
        for line in answers:
            into.put(line.decode("ascii", "replace").strip())
    into.put(_ENDED)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill *child*; nothing it plays can fade, so there is nothing to wait for."""
    child.kill()
    child.wait()
    for pipe in filter(None, (child.stdin, child.stdout)):
        with suppress(OSError):  # anything not yet written has nowhere to go
            pipe.close()
