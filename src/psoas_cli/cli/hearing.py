"""Something to be heard now, outside of a practice: a player opened, listened to, and closed."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from psoas_cli.cli import language
from psoas_cli.errors import PsoasError
from psoas_cli.practice import words
from psoas_cli.store import folders, remembered
from psoas_cli.store.config import Config

if TYPE_CHECKING:
    from psoas_cli.sound.player import Player

_OPENING = 6.0  # seconds to wait for a device
_LOOK = 0.05


@contextmanager
def playing(config: Config, volume: int | None, *, over_ssh: bool) -> "Iterator[Player]":
    """A player whose device pulls; closed in the end.

    Raises:
        PsoasError: There is none, or sound is off.
    """
    from psoas_cli.sound.player import COMFORTABLE, Player

    if os.environ.get("SSH_CONNECTION") and not over_ssh:
        raise PsoasError(words.SILENT_OVER_SSH.said(language.choose(None, config.lang)), exit_code=1)
    known = (volume, remembered.volume(folders.state_file()), config.volume)
    player = Player(volume=next((each for each in known if each is not None), COMFORTABLE))
    try:
        player.start()
        until = time.monotonic() + _OPENING
        while player.state == "opening" and time.monotonic() < until:
            time.sleep(_LOOK)
        _heard(player)
        yield player
    finally:
        player.close()


def listen(player: "Player") -> None:
    """Wait until all is silent."""
    pause(player, lambda: player.sounding_until() < time.monotonic())


def pause(player: "Player", over: Callable[[], bool]) -> None:
    """Wait until it is *over*."""
    while not over():
        time.sleep(_LOOK)
        _heard(player)


def _heard(player: "Player") -> None:
    """See that there is still something that plays.

    Raises:
        PsoasError: There is not.
    """
    if player.state != "on":
        raise PsoasError("no sound device answers", "psoas doctor says what can be done", exit_code=1)
