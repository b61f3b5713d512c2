"""The kitchen: sounds are made ready there, away from the session's thread and the device's."""

from collections.abc import Callable
from contextlib import suppress
from itertools import count
from queue import PriorityQueue
from threading import Thread


class Kitchen:
    """One thread that gets sounds ready, what is wanted now before what is wanted later."""

    def __init__(self) -> None:
        self._orders: PriorityQueue[tuple[int, int, Callable[[], object]]] = PriorityQueue()
        self._numbers = count()
        self._cook: Thread | None = None

    def order(self, dish: Callable[[], object], *, urgent: bool = False) -> None:
        """Have *dish* called soon. Its errors are nobody's."""
        self._orders.put((0 if urgent else 1, next(self._numbers), dish))
        if self._cook is None:
            self._cook = Thread(target=self._work, name="psoas-sound-prepare", daemon=True)
            self._cook.start()

    def _work(self) -> None:
        while True:
            _, _, dish = self._orders.get()
            with suppress(Exception):  # what cannot be made is not heard; a person's own files were checked before
                dish()
