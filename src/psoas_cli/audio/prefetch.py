"""Prefetch: decode and render sounds before they are needed, off the session's and the device's threads."""

from collections.abc import Callable
from contextlib import suppress
from itertools import count
from queue import PriorityQueue
from typing import TYPE_CHECKING

from psoas_cli.threads import begun

if TYPE_CHECKING:
    from threading import Thread


class Prefetch:
    """One background thread that prepares sounds, urgent ones first."""

    def __init__(self) -> None:
        self._wanted: PriorityQueue[tuple[int, int, Callable[[], object]]] = PriorityQueue()
        self._numbers = count()
        self._thread: Thread | None = None

    def want(self, make: Callable[[], object], *, urgent: bool = False) -> None:
        """Have *make* called soon, before others if *urgent*; not at all without a thread. Its errors are ignored."""
        if self._thread is None:
            self._thread = begun(self._work, name="psoas-sound-prepare")
        if self._thread:
            self._wanted.put((0 if urgent else 1, next(self._numbers), make))

    def _work(self) -> None:
        while True:
            _, _, make = self._wanted.get()
            with suppress(Exception):  # what cannot be prepared is not heard; files were checked before the practice
                make()
