"""Defers Ctrl-C, SIGTERM, SIGHUP and SIGQUIT while writing something that must not be left half done."""

import signal
from types import FrameType
from typing import Self

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")  # Windows lacks the last two


class Interruption:
    """Holds back the signals that would end the program, until `heed` acts on them.

    So they interrupt neither a library that is busy with a file, nor the clean-up.
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
            signal.signal(number, handler)  # type: ignore[arg-type] # what signal.signal returned

    def heed(self) -> None:
        """Act on the first signal that came, if any.

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
