"""The studio: the desk with a real window, microphone and loudspeaker around it."""

import gc
import time
from contextlib import closing
from typing import TYPE_CHECKING

from psoas_cli.audio.clip import in_memory
from psoas_cli.audio.decode import load
from psoas_cli.audio.normalize import Edges, trimmed
from psoas_cli.audio.samples import Samples, louder
from psoas_cli.cli.context import Context
from psoas_cli.commands.record.desk import Desk
from psoas_cli.commands.record.own_pack import OwnPack
from psoas_cli.commands.record.prompts import NOT_HEARD, booth_of
from psoas_cli.commands.record.script import Script
from psoas_cli.tty import colours
from psoas_cli.tui.terminal import forget_typed, opened

if TYPE_CHECKING:
    from psoas_cli.player.playback import AnySink

_LOOK = 0.05  # seconds between looks at the microphone
_AHEAD = 0.3  # seconds from asking for a clip until it is heard
_FADE = 0.05
_SIGN = Edges(0.0, 0.0, kept_before=0.0, kept_after=0.0, fade_in=0.002, fade_out=0.06, longest=0.1)
_SIGN_SOFTER = 12.0  # dB


class Loudspeaker:
    """Plays takes and the sign through a sink.

    Args:
        sink: Plays them.
        why: Why nothing is heard, in case that is so.
    """

    def __init__(self, sink: "AnySink", why: str) -> None:
        self._sink = sink
        self._why = why
        self._sign = _sign()

    @property
    def silent(self) -> str:
        """Why nothing is heard; empty if it is."""
        return self._why if self._sink.muted or self._sink.state in {"off", "lost"} else ""

    def play(self, clip: Samples) -> None:
        """Play *clip*, instead of what is playing."""
        self._sink.hush_speech(_FADE)
        self._sink.speech(in_memory(clip), time.monotonic() + _AHEAD)

    def sign(self, at: float) -> None:
        """Play the sign at the clock time *at*."""
        self._sink.speech(in_memory(self._sign), at)

    def hush(self) -> None:
        """Play nothing more."""
        self._sink.hush_speech(_FADE)

    def close(self) -> None:
        """Close the device."""
        self._sink.close()


def record(context: Context, script: Script, pack: OwnPack) -> None:
    """Lead through *script* until the person leaves."""
    from psoas_cli.audio.microphone import Microphone
    from psoas_cli.cli.console import ascii_only
    from psoas_cli.tui.screen import Screen
    from psoas_cli.tui.theme import THEMES

    theme = THEMES[context.config.theme]
    microphone = Microphone()
    gc.enable()  # `psoas_cli.main` disables it to start faster
    with closing(_loudspeaker(context)) as loudspeaker, closing(microphone):
        microphone.start()
        desk = Desk(script, pack, loudspeaker, microphone)
        with opened(plain=False) as window:
            screen = Screen(colours(), window.write, ascii_only=ascii_only(), theme=theme)
            forget_typed(window)
            while desk.phase != "left":
                if window.dirty:
                    window.dirty = False
                    screen.resize(*window.size)
                screen.booth(booth_of(desk, context.lang, loudspeaker.silent))
                desk.tick(time.monotonic())
                for name in window.events(_LOOK):
                    desk.key(name, time.monotonic())
                for block in microphone.blocks():
                    desk.heard(block)


def _loudspeaker(context: Context) -> Loudspeaker:
    """The loudspeaker, through miniaudio unless the settings turn all sound off."""
    from psoas_cli.player.playback import sink_for
    from psoas_cli.player.wishes import Wishes

    sink, silent = sink_for(Wishes(audio=None if context.config.audio == "none" else "miniaudio"), context)
    sink.start()
    return Loudspeaker(sink, silent or NOT_HEARD.said(context.lang))


def _sign() -> Samples:
    """The first moment of a bell, softly: it must not startle."""
    sign = trimmed(load("marimba"), _SIGN)
    return louder(sign, -_SIGN_SOFTER)
