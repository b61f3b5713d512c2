"""Ctrl-C, SIGTERM, SIGHUP and SIGQUIT while something is made that must not be left half done."""

import signal
from types import FrameType
from typing import Self

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")  # the last two are not everywhere


class Interruption:
    """Takes the signals that would end the program, until `heed` is a good moment to obey.

    A library that is busy with a file is not torn out of it that way, and cleaning up is not interrupted again.
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

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type] # what it gave us

    def heed(self) -> None:
        """Obey a signal that came.

        Raises:
            KeyboardInterrupt: Ctrl-C.
            SystemExit: With 143 (SIGTERM), 129 (SIGHUP) or 131 (SIGQUIT).
        """
        if self._came == signal.SIGINT:
            raise KeyboardInterrupt
        if self._came is not None:
            raise SystemExit(128 + self._came)

    def _note(self, number: int, _: FrameType | None) -> None:
        self._came = self._came or number
