"""Keeping the screen and the computer awake while a practice plays."""

from contextlib import AbstractContextManager, suppress
from queue import SimpleQueue
from threading import Thread


class Awake:
    """Keeps the computer from sleeping on request; does nothing, silently, if the system does not support that.

    The requests are made in a thread, as a slow desktop must not hold up a frame.
    """

    def __init__(self) -> None:
        self._wishes: SimpleQueue[bool | None] = SimpleQueue()
        self._wanted = False
        self._thread: Thread | None = None

    def want(self, wanted: bool) -> None:  # noqa: FBT001 - the only argument
        """Keep the computer awake if *wanted*, else let it sleep again."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._wishes.put(wanted)
        if self._thread is None:
            self._thread = Thread(target=self._serve, name="psoas-awake", daemon=True)
            self._thread.start()

    def release(self) -> None:
        """Let the computer sleep again before the program ends; wait for that at most 0.5 s."""
        if self._thread is not None:
            self._wishes.put(None)
            self._thread.join(0.5)

    def _serve(self) -> None:
        """Carry out the requests, up to None; without a bus, a desktop or permission the screen may go dark."""
        mode: AbstractContextManager[object] | None = None
        while (wish := self._wishes.get()) is not None:
            with suppress(Exception):
                if wish and mode is None:
                    from wakepy import keep  # takes tens of milliseconds, and may be broken

                    mode = keep.presenting(on_fail="pass")
                    mode.__enter__()
                elif not wish and mode is not None:
                    ending, mode = mode, None
                    ending.__exit__(None, None, None)
        with suppress(Exception):
            if mode is not None:
                mode.__exit__(None, None, None)
