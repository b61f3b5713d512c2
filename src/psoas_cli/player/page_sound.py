"""The sound of a page: what is heard on one of the full screen, to try it."""

import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from psoas_cli.cli.context import Context
from psoas_cli.player.browser import browse
from psoas_cli.player.playback import sink_for
from psoas_cli.player.sound_keys import NOT_MUTED, VOLUME, turned
from psoas_cli.player.wishes import Wishes
from psoas_cli.practice.model.text import Text
from psoas_cli.storage import paths, state
from psoas_cli.tui.status import MUTED

if TYPE_CHECKING:
    from psoas_cli.player.loop import Window
    from psoas_cli.player.playback import AnySink
    from psoas_cli.tui.hints import Hint
    from psoas_cli.tui.menu import Menu
    from psoas_cli.tui.screen import Screen

MOMENT = Text("One moment, the sound is starting", "Een ogenblik, het geluid komt zo")
"""What is said until something can be heard."""

_NO_DEVICE = Text("No sound device: see psoas doctor", "Geen geluid: zie psoas doctor")
_NOT_HEARD = Text("Sound muted; m turns it on", "Geluid gedempt; m zet het aan")

_AT_ONCE = 0.2  # seconds until something is heard: what was sounding has become soft by then
_FADE = 0.3  # seconds in which that fades out
_LOOK = 0.05  # seconds between looks at what is waited for

VOLUME_KEYS: tuple[tuple[str, Text], ...] = (
    ("+  -", Text("louder or softer", "harder of zachter")),
    ("m", Text("mute", "dempen")),
)
"""The keys of `PageSound.key` and what they do, for a list of keys."""

VOLUME_HINT = Text("+ - louder, softer", "+ - harder, zachter")

Play = Callable[["AnySink", float], None]
"""Hands something over to a sink, to be heard at that moment of the clock."""


class HeardPage(Protocol):
    """A page with a list of what can be heard."""

    @property
    def menu(self) -> "Menu":
        """The list as it opens."""

    def look(self, menu: "Menu") -> "tuple[Menu, float | None]":
        """What has become of the list meanwhile, and in how many seconds to look again."""

    def key(self, menu: "Menu", name: str) -> "Menu":
        """The list after the key *name*, which may be heard."""

    def close(self) -> None:
        """Let what sounds fade out."""


def listen(page: HeardPage, window: "Window", screen: "Screen", hints: "tuple[Hint, ...]") -> None:
    """Show *page* with its *hints* until the person goes back."""

    def show(menu: "Menu", _picture: object) -> None:
        screen.menu(menu, hints)

    try:
        browse(page.menu, window, screen, show=show, key=page.key, look=page.look)
    finally:
        page.close()


class PageSound:
    """Lets a page be heard through the sink of a practice, which is opened in the background at the first look.

    What is returned are messages for the person; empty if there is nothing to say.

    Args:
        context: Settings and language.
        wishes: What is wanted of the sink.
        clock: Returns monotonic time in seconds.
    """

    def __init__(
        self, context: Context, wishes: Wishes | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._context = context
        self._lang = context.lang
        self._wishes = wishes or Wishes()
        self._clock = clock
        self._volume: int | None = None
        self._wanted: Play | None = None

    @cached_property
    def _opened(self) -> "tuple[AnySink, str]":
        """The sink, and why it is silent, if it is."""
        sink, silence = sink_for(self._wishes, self._context)
        self._volume = sink.volume
        sink.start()
        return sink, silence

    def close(self) -> None:
        """Fade what sounds, close the device, and remember the volume if it was changed."""
        if self._volume is None:
            return
        sink, _ = self._opened
        sink.close()
        if sink.volume != self._volume:
            state.remember_volume(paths.state_file(), sink.volume)

    @property
    def silence(self) -> str:
        """Why nothing can be heard, as far as that is wanted so; empty if it can."""
        sink, silence = self._opened
        return silence or (_NOT_HEARD.said(self._lang) if sink.muted else "")

    def hear(self, play: Play) -> str:
        """Let *play* be heard in place of what sounds: at once, or as soon as there is a device."""
        self._wanted = None if self.silence else play
        return self.silence or self.look() or (MOMENT.said(self._lang) if self._wanted else "")

    def hush(self) -> None:
        """Let what sounds fade out, and nothing that was wanted be heard any more."""
        self._wanted = None
        self._opened[0].hush(_FADE)

    def look(self) -> str | None:
        """Play what is waited for, if it can be heard now; None if it stays as it was."""
        sink, _ = self._opened
        if self._wanted is None:
            return None
        match sink.state:
            case "on":
                sink.hush(_FADE)
                self._wanted(sink, self._clock() + _AT_ONCE)
                said = ""
            case "lost":
                said = _NO_DEVICE.said(self._lang)
            case _:
                return None
        self._wanted = None
        return said

    @property
    def patience(self) -> float | None:
        """Seconds until the next look; None if nothing is waited for."""
        return None if self._wanted is None else _LOOK

    def key(self, name: str) -> str | None:
        """Change the volume if the key *name* means that; None if it does not."""
        if name not in {"+", "=", "-", "m"}:
            return None
        sink, silence = self._opened
        if silence:
            return silence
        if name == "m":
            sink.muted = not sink.muted
            return (MUTED if sink.muted else NOT_MUTED).said(self._lang)
        sink.volume = turned(sink.volume, -1 if name == "-" else 1)
        return VOLUME.filled(volume=sink.volume).said(self._lang)
