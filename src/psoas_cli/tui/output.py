"""Output that never makes the program wait for a terminal or a pipe (POSIX)."""

import os
import select
import time


class Output:
    """A descriptor that is written to as far as it takes something; the rest is kept.

    Args:
        descriptor: A terminal, pipe or file.

    Attributes:
        error: What made writing impossible for good, or None.
    """

    def __init__(self, descriptor: int) -> None:
        self.error: OSError | None = None
        self._unsent = b""
        # The same terminal opened anew can be non-blocking while the shell's stays as it is. Pipes and files
        # cannot, and are asked before each write.
        self._shared = False
        try:
            self._descriptor = os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:
            self._shared, self._descriptor = True, descriptor

    @property
    def waiting(self) -> list[int]:
        """The descriptor while something is unsent, else nothing: what `select` is to watch."""
        return [self._descriptor] if self._unsent else []

    def send(self, data: bytes = b"") -> None:
        """Sends what is unsent, then the data, as much of it as goes without waiting."""
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
        """Sends all that is unsent and the data; gives them up after some seconds of patience."""
        end = time.monotonic() + patience
        self.send(data)
        while self._unsent and (left := end - time.monotonic()) > 0:
            select.select([], [self._descriptor], [], left)
            self.send()
        self._unsent = b""

    def close(self) -> None:
        """Closes what was opened here; the descriptor itself stays open."""
        if not self._shared:
            os.close(self._descriptor)
