"""The fader: brings the bed of sound in and out, as a session goes."""

from typing import Literal

from psoas_cli.audio.bed_loop import AGAIN, LEAVE, PAUSE, RISE, leaving
from psoas_cli.audio.strike import tail_of
from psoas_cli.player.scheduler import Sound
from psoas_cli.practice.model.sequence import Bell
from psoas_cli.tui.status import Mode

_SOONEST = 3.0  # seconds over which it goes out if no bell ends the practice: ending early takes no less


class Fader:
    """Lets the bed be heard while a session goes on, and be gone when its last bell has died away.

    Args:
        sound: The sink.
        close: The bell that ends the practice, if any.
        speed: Seconds of practice per second.
    """

    def __init__(self, sound: Sound, close: Bell | None, speed: float) -> None:
        self._sound = sound
        self._close = close
        self._speed = speed
        self._now: Literal["before", "in", "out", "leaving"] = "before"

    def follow(self, mode: Mode, position: float, duration: float) -> None:
        """Let the bed be as *mode* asks for, at *position* of *duration* (seconds of practice)."""
        if mode in ("playing", "returning"):
            self._go_on(position, duration)
        elif mode == "closing" and position >= duration:
            self._turn("leaving", max(_SOONEST, tail_of(self._close)))
        elif mode in ("ending", "closing"):
            once = self._close and self._close._replace(strikes=1)
            self._turn("leaving", max(_SOONEST, tail_of(once)))
        elif self._now != "before":
            self._turn("out", PAUSE)

    def _go_on(self, position: float, duration: float) -> None:
        if duration - position <= LEAVE:  # before that, the bell need not be decoded yet
            begin, seconds = leaving(duration, tail_of(self._close))
            if position >= begin:
                self._turn("leaving", seconds - (position - begin) / self._speed)
                return
        self._turn("in", RISE if self._now == "before" else AGAIN)

    def _turn(self, to: Literal["in", "out", "leaving"], seconds: float) -> None:
        if to != self._now:
            self._now = to
            self._sound.bed(heard=to == "in", seconds=seconds)
