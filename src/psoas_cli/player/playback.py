"""Playback: the sink for a practice, as options and settings say, and sounds outside a practice."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from psoas_cli.audio.samples import COMFORTABLE
from psoas_cli.cli.context import Context, is_muted, is_over_ssh
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.bed import BEDS, NO_BED, Bed
from psoas_cli.practice.model.names import match
from psoas_cli.practice.model.text import Text, uncapitalised
from psoas_cli.storage import paths, state

if TYPE_CHECKING:
    from psoas_cli.audio.silent_sink import SilentSink
    from psoas_cli.audio.simpleaudio.simple_sink import SimpleSink
    from psoas_cli.audio.sink import Sink
    from psoas_cli.player.wishes import Wishes
    from psoas_cli.storage.choices import Audio
    from psoas_cli.storage.config import Config

    AnySink: TypeAlias = Sink | SimpleSink | SilentSink

SILENT_OVER_SSH = Text(
    "Sound is off over SSH; --sound turns it on", "Via SSH staat het geluid uit; --sound zet het aan"
)
_SILENT_WHEN_FAST = Text("No sound while rehearsing faster", "Versneld oefenen gaat zonder geluid")
SILENT_AS_ASKED = Text("Sound is off (--audio or settings)", "Geluid staat uit (--audio of instelling)")
_OPENING = 6.0  # seconds to wait for a device
_LOOK = 0.05


def sink_for(wishes: "Wishes", context: Context) -> "tuple[AnySink, str]":
    """Return the sink for a practice, and why it is silent (empty if it is not)."""
    audio = wishes.audio or context.config.audio
    if why := _why_silent(wishes, audio):
        from psoas_cli.audio.silent_sink import SilentSink

        return SilentSink(), why.said(context.lang)
    volume = volume_of(context.config, wishes.volume)
    muted = wishes.mute or (is_muted() and not wishes.sound)
    if audio == "simpleaudio":
        from psoas_cli.audio.simpleaudio.simple_sink import SimpleSink

        return SimpleSink(volume=volume, muted=muted, quiet=wishes.quiet), ""
    from psoas_cli.audio.sink import Sink

    spoken = next(each for each in (wishes.voice_volume, context.config.voice.volume, COMFORTABLE) if each is not None)
    return Sink(volume=volume, voice_volume=spoken, muted=muted, quiet=wishes.quiet, speed=wishes.speed), ""


def _why_silent(wishes: "Wishes", audio: "Audio | None") -> Text | None:
    """Why there is to be no sound, if so."""
    if wishes.speed > 1:
        return _SILENT_WHEN_FAST
    if is_over_ssh() and not wishes.sound:
        return SILENT_OVER_SSH
    return SILENT_AS_ASKED if audio == "none" else None


def bed_for(asked: str | None, context: Context) -> Bed:
    """Return the bed *asked* for, at the level in the settings, else the one in the settings."""
    bed = context.config.bed
    return bed if asked is None else bed._replace(sound=match(asked, (*BEDS, NO_BED)) or asked)


@contextmanager
def playing(context: Context, volume: int | None, *, over_ssh: bool) -> "Iterator[Sink]":
    """Open a sink whose device works, and close it afterwards.

    Raises:
        PsoasError: There is no device, or sound is off over SSH.
    """
    from psoas_cli.audio.sink import Sink

    if is_over_ssh() and not over_ssh:
        raise PsoasError(uncapitalised(SILENT_OVER_SSH.said(context.lang)), exit_code=1)
    sink = Sink(volume=volume_of(context.config, volume))
    try:
        sink.start()
        until = time.monotonic() + _OPENING
        while sink.state == "opening" and time.monotonic() < until:
            time.sleep(_LOOK)
        _check_device(sink)
        yield sink
    finally:
        sink.close()


def listen(sink: "Sink") -> None:
    """Wait until all is silent."""
    pause(sink, lambda: sink.sounding_until() < time.monotonic())


def pause(sink: "Sink", over: Callable[[], bool]) -> None:
    """Wait until *over* returns true.

    Raises:
        PsoasError: The device was lost.
    """
    while not over():
        time.sleep(_LOOK)
        _check_device(sink)


def volume_of(config: "Config", asked: int | None = None) -> int:
    """The volume, 0..100: as *asked* for, else that of the last session, else that of *config*."""
    known = (asked, state.volume(paths.state_file()), config.volume)
    return next((each for each in known if each is not None), COMFORTABLE)


def _check_device(sink: "Sink") -> None:
    """Check that a device plays.

    Raises:
        PsoasError: None does.
    """
    if sink.state != "on":
        raise PsoasError("no sound device answers", "run psoas doctor to find out why", exit_code=1)
