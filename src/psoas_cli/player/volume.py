"""Hearing: how loud a session is, as keys change it, and what a person is told of that."""

from psoas_cli.player.message import SERIOUS, Message
from psoas_cli.player.scheduler import Sound
from psoas_cli.practice.model.text import Text
from psoas_cli.tui.status import MUTED

_NO_SOUND = Text(
    "No sound device answers: the terminal's own bell rings instead",
    "Er is geen geluidsapparaat gevonden: in plaats daarvan klinkt de bel van de terminal",
)
_NOT_MUTED = Text("Sound on", "Geluid aan")
_VOLUME = Text("Volume {volume}", "Volume {volume}")

_STEP = 5


class Volume:
    """Mutes, and changes the volume.

    Args:
        sound: What rings.
        message: Where it is said.
        silence: Why there is no sound, where that is so: all that the keys say then.

    Attributes:
        deaf: Whether no device sounds though sound is wanted.
    """

    def __init__(self, sound: Sound, message: Message, silence: str) -> None:
        self.deaf = False
        self._sound = sound
        self._message = message
        self._silence = silence

    @property
    def muted(self) -> bool:
        """Whether it is muted."""
        return self._sound.muted

    def mute(self, muted: bool) -> None:  # noqa: FBT001 - there is nothing else to say
        """Mute, or no longer."""
        if self._silence:
            self._message.repeat(self._silence)
            return
        self._sound.muted = muted
        self._message.say(MUTED if muted else _NOT_MUTED)

    def turn(self, steps: int) -> None:
        """Make it louder by so many *steps*, or softer."""
        if self._silence:
            self._message.repeat(self._silence)
            return
        self._sound.volume = max(0, min(100, self._sound.volume + steps * _STEP))
        self._message.say(_VOLUME.filled(volume=self._sound.volume))

    def look(self, *, deaf: bool) -> None:
        """Take in whether no device sounds, and say once when that begins."""
        if deaf and not self.deaf:
            self._message.say(_NO_SOUND, SERIOUS)
        self.deaf = deaf
