"""Threads: work beside the loop. A system may have no more of them, and a practice can do without."""

from collections.abc import Callable
from threading import Thread

NO_MORE = "the system has no more threads"
"""What an error says of them."""


def begun(work: Callable[..., object], *given: object, name: str) -> Thread | None:
    """Start a thread called *name* that calls *work* with what is *given*, and does not keep psoas from ending.

    Returns:
        The thread; None if this system has no more, or none when a program is about to end.
    """
    thread = Thread(target=work, args=given, name=name, daemon=True)
    try:
        thread.start()
    except (RuntimeError, MemoryError):
        return None
    return thread
