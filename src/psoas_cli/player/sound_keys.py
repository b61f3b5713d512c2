"""The keys for what is heard: how loud a session is, its breath and its words, and the messages about that."""

from psoas_cli.player.playhead import Playhead
from psoas_cli.player.scheduler import Scheduler, Sound
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.model.verbosity_texts import ANNOUNCED
from psoas_cli.practice.score.timeline import Timeline
from psoas_cli.tui.status import MUTED, SERIOUS, Message

_NO_SOUND = Text(
    "No sound device answers · the terminal's own bell rings instead",
    "Geen geluidsapparaat gevonden · in plaats daarvan klinkt de bel van de terminal",
)
NOT_MUTED = Text("Sound on", "Geluid aan")
VOLUME = Text("Volume {volume}", "Volume {volume}")
_PACING = {
    "heard": Text("Breath: seen and heard", "Adem: te zien en te horen"),
    "seen": Text("Breath: seen", "Adem: te zien"),
    "off": Text("Breath: off", "Adem: uit"),
}
_NO_VOICE = Text("No voice speaks here", "Er spreekt hier geen stem")

_STEP = 5


def turned(volume: int, steps: int) -> int:
    """Return *volume* (0..100) after *steps* presses of a key, each worth 5; negative steps make it softer."""
    return max(0, min(100, volume + steps * _STEP))


class SoundKeys:
    """Mutes the sound, changes its volume and what of the practice is heard, and shows messages about it.

    Args:
        sound: The sink.
        scheduler: Hands the sounds over to it.
        message: Shows what has changed.
        silence: Why there is no sound, which the keys show instead; empty if there is sound.

    Attributes:
        deaf: Whether sound is wanted but no device plays it.
    """

    def __init__(self, sound: Sound, scheduler: Scheduler, message: Message, silence: str) -> None:
        self.deaf = False
        self._sound = sound
        self._scheduler = scheduler
        self._message = message
        self._silence = silence

    @property
    def muted(self) -> bool:
        """Whether sound is muted."""
        return self._sound.muted

    def mute(self) -> None:
        """Mute the sound, or turn it on again."""
        if self._silence:
            self._message.repeat(self._silence)
            return
        self._sound.muted = not self._sound.muted
        self._message.say(MUTED if self._sound.muted else NOT_MUTED)

    def turn(self, steps: int) -> None:
        """Change the volume by *steps*; negative steps make it softer."""
        if self._silence:
            self._message.repeat(self._silence)
            return
        self._sound.volume = turned(self._sound.volume, steps)
        self._message.say(VOLUME.filled(volume=self._sound.volume))

    def turn_pacing(self, timeline: Timeline, position: float) -> None:
        """Let the breath at *position* be heard, only seen, or neither: whatever comes next."""
        self._message.say(_PACING[self._scheduler.turn_pacing(timeline.span_at(position))])

    def turn_verbosity(self, timeline: Timeline, playhead: Playhead) -> None:
        """Have less said, or everything again after nothing."""
        heard = self._sound.state not in ("off", "lost")
        verbosity = self._scheduler.turn_verbosity(timeline, playhead.transport) if heard else None
        if verbosity and verbosity != "none":
            playhead.answer(ANNOUNCED[verbosity])
        self._message.say(ANNOUNCED[verbosity] if verbosity else _NO_VOICE)

    def look(self) -> None:
        """Update `deaf`, with a message once when it begins."""
        deaf = self._scheduler.deaf
        if deaf and not self.deaf:
            self._message.say(_NO_SOUND, seconds=SERIOUS)
        self.deaf = deaf
