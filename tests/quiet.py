"""Quiet: while one test listens, no other works, so that nothing holds up what is heard."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, nullcontext
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
    return _in(_room(config), alone=False)


def listening(config: pytest.Config) -> AbstractContextManager[None]:
    """Listen as soon as nobody works; whoever calls it must not be `working`."""
    return _in(_room(config), alone=True)


def _room(config: pytest.Config) -> Path | None:
    """The folder that all workers share; None without others."""
    return Path(config.option.basetemp).parent if hasattr(config, "workerinput") and not WINDOWS else None


def _in(room: Path | None, *, alone: bool) -> AbstractContextManager[None]:
    return nullcontext() if room is None else _locked(room, alone=alone)


@contextmanager
def _locked(room: Path, *, alone: bool) -> Iterator[None]:
    how = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    with ExitStack() as inside:
        with (room / "door").open("w") as door:  # at which those who work wait for who listens
            fcntl.flock(door, how)
            held = inside.enter_context((room / "floor").open("w"))
            fcntl.flock(held, how)
        yield
