"""The sound device: opened by miniaudio, silently, with every trap that this holds remedied."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, NamedTuple, Protocol

from psoas_cli.audio.samples import RATE, Samples, silence

PERIOD = 100
"""Milliseconds the device pulls at once: the shortest that came through a busy machine without a dropout."""

LATENCY = 0.060
"""Seconds from a frame's moment by the clock fit until it is heard: measured through PulseAudio, constant."""

Pull = Callable[[int], Samples]
"""Gives the next so many frames; called from the device's own thread, and must not raise."""

_SERVER_PATIENCE = 2.0  # seconds; a frozen server never answers


class OutputDevice(Protocol):
    """A device that is open and pulling."""

    def close(self) -> None:
        """Stop pulling and let it go. May block for good where the sound server hangs."""


Opener = Callable[[Pull], OutputDevice]
"""Opens the device; raises whatever it likes where there is none. May block for good, like closing."""


def open_device(pull: Pull) -> "Device":
    """Open this system's device, and let it pull.

    Raises:
        OSError: There is no sound here.
    """
    import miniaudio

    for backends in _backends():
        # only where it is needed: an opening that hangs would swallow all that the program says until its end
        noisy = miniaudio.Backend.ALSA in backends
        with suppress(miniaudio.MiniaudioError), _muffled_stderr() if noisy else nullcontext():
            device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                buffersize_msec=PERIOD,
                backends=backends,
                app_name="psoas",
            )
            device.start(_pulled(pull))
            return Device(device, backends)
    raise OSError("no sound device")


class Device:
    """A playback device of miniaudio.

    Attributes:
        backend: What it plays through, as miniaudio calls it: PulseAudio, ALSA, WASAPI, Core Audio.
    """

    def __init__(self, device: Any, backends: list[Any]) -> None:  # noqa: ANN401 - miniaudio has no types
        self.backend: str = device.backend
        self._device = device
        self._backends = backends

    def names(self) -> list[str]:
        """The loudspeakers that the backend knows; which of them is meant, miniaudio does not tell."""
        import miniaudio

        with suppress(miniaudio.MiniaudioError):
            return [known["name"] for known in miniaudio.Devices(self._backends).get_playbacks()]
        return []

    def close(self) -> None:
        """Stop pulling and let it go, with all that miniaudio took for it."""
        import miniaudio

        self._device.close()
        # miniaudio leaves its context behind: three open files and a client of the server at every opening
        with suppress(AttributeError):
            miniaudio.lib.ma_context_uninit(self._device._context)  # noqa: SLF001 - no public way; harmless without


def _backends() -> list[list[Any]]:
    """What to try, in this order. Never miniaudio's null device, which would play to nobody.

    On Linux PulseAudio comes first (PipeWire answers to it): ALSA without a sound card is noisy and slow.
    """
    from miniaudio import Backend

    if sys.platform == "linux":
        return [[Backend.PULSEAUDIO], [Backend.ALSA]]
    if sys.platform == "darwin":
        return [[Backend.COREAUDIO]]
    if sys.platform == "win32":
        return [[Backend.WASAPI], [Backend.DSOUND], [Backend.WINMM]]
    return [[Backend.SNDIO], [Backend.AUDIO4], [Backend.OSS]]


def _pulled(pull: Pull) -> Generator[Samples, int, None]:
    """*pull* in miniaudio's form: a generator, already started, that is sent the number of frames."""

    def generate() -> Generator[Samples, int, None]:
        frames = yield silence(0)
        while True:
            frames = yield pull(frames)

    generator = generate()
    next(generator)
    return generator


@contextmanager
def _muffled_stderr() -> Iterator[None]:
    """Nothing on the standard error meanwhile, not even from ALSA, which would write across the screen."""
    try:
        kept = os.dup(2)
    except OSError:  # closed from the start: nothing can be written there
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


class Server(NamedTuple):
    """A sound server.

    Attributes:
        name: As it calls itself: `pulseaudio 16.1`, `PulseAudio (on PipeWire 1.0.5) 15.0.0`.
        latency: Seconds from the end of this program's stream until it is heard, as the server measures them;
            None where it does not say, or nothing plays.
    """

    name: str
    latency: float | None


def ask_server() -> Server | None:
    """What the server says; None where none answers, or its tool `pactl` is not installed."""
    about = _pactl("info")
    name, version = (re.search(rf"^Server {key}: (.*)$", about, re.MULTILINE) for key in ("Name", "Version"))
    if name is None or version is None:
        return None
    return Server(f"{name[1]} {version[1]}", _server_latency(_pactl("list", "sink-inputs"), os.getpid()))


def _server_latency(streams: str, process: int) -> float | None:
    """The latency of the stream of *process* in what `pactl` lists."""
    for stream in streams.split("\n\n"):
        if f'application.process.id = "{process}"' in stream:
            microseconds = map(int, re.findall(r"(?:Buffer|Sink) Latency: (\d+) usec", stream))
            return sum(microseconds) / 1e6 or None
    return None


def _pactl(*what: str) -> str:
    """What `pactl` prints, in English; nothing where it fails."""
    try:
        ran = subprocess.run(  # noqa: S603 - fixed words
            ["pactl", *what],  # noqa: S607 - wherever the system has it
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SERVER_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ran.stdout
