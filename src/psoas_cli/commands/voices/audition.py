"""An audition: each voice speaks a line."""

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from psoas_cli.cli.console import wrapped, write
from psoas_cli.cli.context import Context, is_over_ssh
from psoas_cli.errors import PsoasError
from psoas_cli.player.narrator import SAMPLE
from psoas_cli.player.playback import SILENT_AS_ASKED, SILENT_OVER_SSH, listen, playing
from psoas_cli.practice.model.text import Text, shown
from psoas_cli.practice.score.speech import Words
from psoas_cli.storage import paths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psoas_cli.audio.sink import Sink
    from psoas_cli.audio.tts.clips import Ready
    from psoas_cli.audio.tts.speaker import Speaker

_NO_DEVICE = Text("No sound device answers, so nothing is spoken.", "Er is geen geluidsapparaat, dus er klinkt niets.")

_AHEAD = 0.4  # lookahead in seconds, as in a practice


def let_hear(speaking: "Sequence[Speaker]", rate: int, context: Context, *, over_ssh: bool) -> None:
    """Let each voice speak a line, or print why there is no sound.

    Args:
        speaking: The voices.
        rate: Words a minute, for a voice of the system.
        context: Settings and language.
        over_ssh: Whether to play them even over SSH.
    """
    if is_over_ssh() and not over_ssh:
        write(SILENT_OVER_SSH.said(context.lang))
        return
    if context.config.audio == "none":
        write(SILENT_AS_ASKED.said(context.lang))
        return
    try:
        with playing(context, None, over_ssh=over_ssh) as sink:
            for voice in speaking:
                line = line_for(voice)
                write(f"{voice.written}: {shown(line)}")
                sys.stdout.flush()  # in a pipe, too, the words are to come before the sound
                _speak(sink, voice, line, rate)
    except PsoasError:
        write(_NO_DEVICE.said(context.lang))


def line_for(voice: "Speaker") -> str:
    """What *voice* says to be heard: the same as the others, or the first text of a pack that cannot say that."""
    from psoas_cli.audio.tts.pack import Pack

    sample = SAMPLE.said(voice.lang)
    if not isinstance(voice, Pack) or voice.clip(sample):
        return sample
    return next((entry.text for entry in voice.entries.values()), sample)


def _speak(sink: "Sink", voice: "Speaker", line: str, rate: int) -> None:
    """Let *voice* speak *line* to the end, or print why it cannot."""
    made = spoken_by(voice, line, rate)
    for failure in made.failures.values():
        write("\n".join(wrapped(failure.message)))
    for clip in made.clips.values():
        sink.speech(clip, time.monotonic() + _AHEAD)
    listen(sink)


def spoken_by(voice: "Speaker", line: str, rate: int, stopped: Callable[[], bool] = lambda: False) -> "Ready":
    """Have *voice* speak *line* at *rate* words a minute, unless it was spoken before; it may take a while.

    *stopped* is called often, and says whether to give it up.
    """
    from psoas_cli.audio.tts.clips import ready

    return ready([Words(line)], voice, rate, paths.speech_folder(), lambda _done, _all: None, skipped=stopped)
