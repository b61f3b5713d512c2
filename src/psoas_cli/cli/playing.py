"""What plays a practice, as the options, the settings and the surroundings say."""

import os
from typing import TYPE_CHECKING, TypeAlias

from psoas_cli.cli.options import Wishes
from psoas_cli.practice import words
from psoas_cli.practice.text import Lang
from psoas_cli.store import folders, remembered
from psoas_cli.store.config import Config

if TYPE_CHECKING:
    from psoas_cli.sound.player import Player, SilentPlayer
    from psoas_cli.sound.simple_player import SimplePlayer

    AnyPlayer: TypeAlias = Player | SimplePlayer | SilentPlayer


def player_for(wishes: Wishes, config: Config, lang: Lang) -> "tuple[AnyPlayer, str]":
    """What plays, and why it does not where it does not."""
    from psoas_cli.sound.player import COMFORTABLE, Player, SilentPlayer

    if wishes.speed > 1:
        return SilentPlayer(), words.SILENT_WHEN_FAST.said(lang)
    if os.environ.get("SSH_CONNECTION") and not wishes.sound:
        return SilentPlayer(), words.SILENT_OVER_SSH.said(lang)
    audio = wishes.audio or config.audio
    if audio == "none":
        return SilentPlayer(), words.SILENT_AS_ASKED.said(lang)
    known = (wishes.volume, remembered.volume(folders.state_file()), config.volume)
    volume = next((each for each in known if each is not None), COMFORTABLE)
    muted = wishes.mute or (os.environ.get("PSOAS_MUTE", "") not in ("", "0") and not wishes.sound)
    if audio == "simpleaudio":
        from psoas_cli.sound.simple_player import SimplePlayer

        return SimplePlayer(volume=volume, muted=muted, quiet=wishes.quiet), ""
    return Player(volume=volume, muted=muted, quiet=wishes.quiet), ""
