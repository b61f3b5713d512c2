"""A background task: something that takes its time, done beside a page of the full screen, which goes on meanwhile."""

from collections.abc import Callable
from typing import Generic, TypeVar

from psoas_cli.threads import begun

_Result = TypeVar("_Result")


class BackgroundTask(Generic[_Result]):
    """Something done in a thread of its own; at once if the system has no more threads.

    Args:
        work: What is to be done.

    Attributes:
        over: Whether it is done, or failed.
    """

    LOOK = 0.05
    """Seconds between looks whether it is over."""

    def __init__(self, work: Callable[[], _Result]) -> None:
        self._work = work
        self._done: list[_Result] = []
        self._error: BaseException | None = None
        self.over = False
        if begun(self._do, name="psoas-task") is None:
            self._do()

    @property
    def result(self) -> _Result:
        """What came of it, once it is `over`; an error in it is raised here."""
        if self._error:
            raise self._error
        return self._done[0]

    def _do(self) -> None:
        try:
            self._done.append(self._work())
        except BaseException as error:  # noqa: BLE001 - raised where the result is wanted
            self._error = error
        self.over = True
