"""Quiet: while one test listens, no other works, so that nothing holds up what is heard."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.systems import WINDOWS

if not WINDOWS:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    import pytest


def working(config: pytest.Config) -> AbstractContextManager[None]:
    """Work as soon as nobody listens or waits to listen."""
    return _locked(_room(config), alone=False)


def listening(config: pytest.Config) -> AbstractContextManager[None]:
    """Listen as soon as nobody works; whoever calls it must not be `working`."""
    return _locked(_room(config), alone=True)


def _room(config: pytest.Config) -> Path | None:
    """The folder that all workers share; None without others."""
    return Path(config.option.basetemp).parent if hasattr(config, "workerinput") and not WINDOWS else None


@contextmanager
def _locked(room: Path | None, *, alone: bool) -> Iterator[None]:
    if room is None:
        yield
        return
    how = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    with (room / "floor").open("w") as floor:
        with (room / "door").open("w") as door:  # at which those who work wait for who listens
            fcntl.flock(door, how)
            fcntl.flock(floor, how)
        yield
