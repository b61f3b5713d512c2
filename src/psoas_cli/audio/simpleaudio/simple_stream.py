"""The line to simpleaudio's child process: kept alive while it can be, watched, and started anew when it is lost."""

import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import IO

from psoas_cli.audio.simpleaudio import simpleaudio_child
from psoas_cli.audio.stream import State

CHILD = (sys.executable, "-P", str(Path(simpleaudio_child.__file__)))
"""What is started; with -P the modules beside that file cannot be taken for the library's own."""

_ENDED = ""  # what the reader of answers gives when there are no more


@dataclass(frozen=True)
class SimplePace:
    """How patient a line is.

    Attributes:
        answer: Seconds a child may take for an answer; a frozen sound server lets it wait for good.
        retry: Seconds between the end of a child and the start of the next.
    """

    answer: float = 3.0
    retry: float = 5.0


CALM = SimplePace()
"""The pace of a practice."""


class SimpleStream:
    """A child in the background. `send` may block and is for one thread; all else returns at once.

    Args:
        command: The child, and its arguments.
        clock: Seconds, monotonic.
        pace: How patient to be.

    Attributes:
        missing: Whether the child found no simpleaudio. Then it is not tried again.
        children: How many of them were ready; a new one has none of the sounds of the one before.
    """

    def __init__(
        self, command: Sequence[str] = CHILD, clock: Callable[[], float] = time.monotonic, pace: SimplePace = CALM
    ) -> None:
        self.missing = False
        self.children = 0
        self._command = command
        self._clock = clock
        self._pace = pace
        self._state: State = "off"
        self._over = Event()
        self._keeper: Thread | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._answers: SimpleQueue[str] = SimpleQueue()
        self._asked: deque[float] = deque()  # when, for each answer that is awaited

    @property
    def state(self) -> State:
        """How it is with the child."""
        return "off" if self._over.is_set() else self._state

    def start(self) -> None:
        """Start the child in the background, and keep one alive."""
        if self._keeper is None:
            self._state = "opening"
            self._keeper = Thread(target=self._keep, name="psoas-simpleaudio", daemon=True)
            self._keeper.start()

    def send(self, order: bytes, *, answered: bool = False) -> None:
        """Give the child an *order*, and expect an answer where it is *answered*; what a dead one gets is lost."""
        child = self._child
        if child is None or child.stdin is None:
            return
        if answered:
            self._asked.append(self._clock())
        with suppress(OSError, ValueError):  # it died, or its pipe was closed just now
            child.stdin.write(order)
            child.stdin.flush()

    def close(self, limit: float) -> None:
        """End the child, and what sounds; what takes longer than *limit* seconds is left to its thread."""
        self._over.set()
        self._answers.put(_ENDED)
        if self._keeper is not None:
            self._keeper.join(limit)

    def _keep(self) -> None:
        """The keeper's thread: start a child, listen to it, and again."""
        while not (self._over.is_set() or self.missing):
            self._answers = SimpleQueue()
            self._asked = deque([self._clock()])
            with suppress(OSError):  # no interpreter, no memory, no more processes
                self._child = child = self._started()
                self._listen()
                self._child = None
                self._state = "lost"
                _end(child)
            self._state = "lost"
            self._over.wait(self._pace.retry)

    def _started(self) -> subprocess.Popen[bytes]:
        """A child whose answers are read, by a thread, as a pipe cannot be waited for with a limit everywhere."""
        child = subprocess.Popen(  # noqa: S603 - a program of our own
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # ALSA would write across the screen
            env={**os.environ, "PYTHONMALLOC": "malloc"},
            start_new_session=True,  # the terminal's signals are for the parent
        )
        assert child.stdout is not None
        Thread(target=_read, args=(child.stdout, self._answers), name="psoas-simpleaudio-read", daemon=True).start()
        return child

    def _listen(self) -> None:
        """Take the child's answers until it ends, fails, or leaves one out."""
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
    """End *child* for good; nothing it plays can fade, so there is nothing to wait for."""
    child.kill()
    child.wait()
    for pipe in filter(None, (child.stdin, child.stdout)):
        with suppress(OSError):  # what is still to be written there has nowhere to go
            pipe.close()
