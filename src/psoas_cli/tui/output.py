"""Output that never makes the program wait for a terminal or a pipe (POSIX)."""

import os
import select
import time


class Output:
    """Writes as much to a descriptor as it accepts at once, and keeps the rest.

    Args:
        descriptor: A terminal, pipe or file.

    Attributes:
        error: The error that ended writing for good, or None.
    """

    def __init__(self, descriptor: int) -> None:
        self.error: OSError | None = None
        self._unsent = b""
        # A terminal can be opened a second time, non-blocking, without changing it for the shell. Pipes and
        # files cannot, and are polled before each write.
        self._shared = False
        try:
            self._descriptor = os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:
            self._shared, self._descriptor = True, descriptor

    @property
    def waiting(self) -> list[int]:
        """The descriptor if something is unsent, otherwise nothing: for `select` to watch."""
        return [self._descriptor] if self._unsent else []

    def send(self, data: bytes = b"") -> None:
        """Send what is unsent, then *data*, as much as goes without waiting."""
        self._unsent += data
        while self._unsent:
            try:
                if self._shared and not select.select([], [self._descriptor], [], 0)[1]:
                    return
                # A pipe that has room at all has room for 512 bytes.
                sent = os.write(self._descriptor, self._unsent[:512] if self._shared else self._unsent)
            except BlockingIOError:
                return
            except OSError as error:
                self.error = error
                self._unsent = b""
                return
            self._unsent = self._unsent[sent:]

    def finish(self, data: bytes, patience: float) -> None:
        """Send all that is unsent, then *data*; give up after *patience* seconds."""
        end = time.monotonic() + patience
        self.send(data)
        while self._unsent and (left := end - time.monotonic()) > 0:
            select.select([], [self._descriptor], [], left)
            self.send()
        self._unsent = b""

    def close(self) -> None:
        """Close what was opened here; the descriptor that was passed in stays open."""
        if not self._shared:
            os.close(self._descriptor)
