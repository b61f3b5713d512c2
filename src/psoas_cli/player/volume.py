"""Volume: how loud a session is, as changed by keys, and the messages about it."""

from psoas_cli.player.scheduler import Sound
from psoas_cli.practice.model.text import Text
from psoas_cli.tui.status import MUTED, SERIOUS, Message

_NO_SOUND = Text(
    "No sound device answers · the terminal's own bell rings instead",
    "Geen geluidsapparaat gevonden · in plaats daarvan klinkt de bel van de terminal",
)
NOT_MUTED = Text("Sound on", "Geluid aan")
VOLUME = Text("Volume {volume}", "Volume {volume}")

_STEP = 5


def turned(volume: int, steps: int) -> int:
    """Return *volume* (0..100) after *steps* presses of a key, each worth 5; negative steps make it softer."""
    return max(0, min(100, volume + steps * _STEP))


class Volume:
    """Mutes the sound, changes its volume, and shows messages about it.

    Args:
        sound: The sink.
        message: Shows what has changed.
        silence: Why there is no sound, which the keys show instead; empty if there is sound.

    Attributes:
        deaf: Whether sound is wanted but no device plays it.
    """

    def __init__(self, sound: Sound, message: Message, silence: str) -> None:
        self.deaf = False
        self._sound = sound
        self._message = message
        self._silence = silence

    @property
    def muted(self) -> bool:
        """Whether sound is muted."""
        return self._sound.muted

    def mute(self, muted: bool) -> None:  # noqa: FBT001 - the only argument
        """Mute the sound, or turn it on again."""
        if self._silence:
            self._message.repeat(self._silence)
            return
        self._sound.muted = muted
        self._message.say(MUTED if muted else NOT_MUTED)

    def turn(self, steps: int) -> None:
        """Change the volume by *steps*; negative steps make it softer."""
        if self._silence:
            self._message.repeat(self._silence)
            return
        self._sound.volume = turned(self._sound.volume, steps)
        self._message.say(VOLUME.filled(volume=self._sound.volume))

    def look(self, *, deaf: bool) -> None:
        """Update `deaf`, with a message once when it begins."""
        if deaf and not self.deaf:
            self._message.say(_NO_SOUND, seconds=SERIOUS)
        self.deaf = deaf
