"""Keeping the screen and the computer awake while a practice plays."""

from contextlib import AbstractContextManager, suppress
from queue import SimpleQueue
from threading import Thread


class Awake:
    """Asks the system to stay awake, and takes it back; quietly without effect where that is not possible.

    The system is asked in a thread of its own: a desktop that answers late must not hold up a frame.
    """

    def __init__(self) -> None:
        self._wishes: SimpleQueue[bool | None] = SimpleQueue()
        self._wanted = False
        self._thread: Thread | None = None

    def want(self, wanted: bool) -> None:  # noqa: FBT001 - there is nothing else to say
        """Stay awake from now on, or no longer."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._wishes.put(wanted)
        if self._thread is None:
            self._thread = Thread(target=self._serve, name="psoas-awake", daemon=True)
            self._thread.start()

    def release(self) -> None:
        """Let go before the program ends; waits for it no longer than half a second."""
        if self._thread is not None:
            self._wishes.put(None)
            self._thread.join(0.5)

    def _serve(self) -> None:
        """Make each wish come true; None is the last. Without bus, desktop or permission the screen may go dark."""
        mode: AbstractContextManager[object] | None = None
        while (wish := self._wishes.get()) is not None:
            with suppress(Exception):
                if wish and mode is None:
                    from wakepy import keep  # tens of milliseconds, and it may be broken

                    mode = keep.presenting(on_fail="pass")
                    mode.__enter__()
                elif not wish and mode is not None:
                    ending, mode = mode, None
                    ending.__exit__(None, None, None)
        with suppress(Exception):
            if mode is not None:
                mode.__exit__(None, None, None)
