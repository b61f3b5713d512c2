"""Defers Ctrl-C, Ctrl-Break, SIGTERM, SIGHUP and SIGQUIT while writing something that must not be left half done."""

import signal
from types import FrameType, TracebackType
from typing import Self

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")  # Windows lacks two of them, and others the last


class Interruption:
    """Holds back the first signal that would end the program, until `heed` acts on it, or the context is left.

    So it interrupts neither a library that is busy with a file, nor the clean-up. A second one is for something that
    does not get on, such as a pipe that nobody reads: it is raised at once.
    """

    def __init__(self) -> None:
        self._came: int | None = None
        self._before: dict[int, object] = {}

    def __enter__(self) -> Self:
        for name in _NAMES:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # as with nohup
                self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type] # what signal.signal returned
        if kind is None or issubclass(kind, Exception):  # nobody has acted on it
            self.heed()

    def heed(self) -> None:
        """Act on the first signal that came, if any.

        Raises:
            KeyboardInterrupt: Ctrl-C, or Ctrl-Break.
            SystemExit: With 143 (SIGTERM), 129 (SIGHUP) or 131 (SIGQUIT).
        """
        if self._came in (signal.SIGINT, getattr(signal, "SIGBREAK", signal.SIGINT)):
            raise KeyboardInterrupt
        if self._came is not None:
            raise SystemExit(128 + self._came)

    def _note(self, number: int, _: FrameType | None) -> None:
        again = self._came is not None
        self._came = self._came or number
        if again:
            self.heed()
