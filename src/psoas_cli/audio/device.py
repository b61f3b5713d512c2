"""The sound device: opened through miniaudio, with nothing printed and with workarounds for its pitfalls."""

import math
import os
import re
import subprocess
import sys
import time
from array import array
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias

from psoas_cli.audio.samples import RATE, Samples, silence
from psoas_cli.audio.sound_library import sound_library

PERIOD = 100
"""Milliseconds of sound the device pulls at a time: the shortest without a dropout on a busy machine."""

Pull = Callable[[int], Samples]
"""Returns as many of the next frames as asked for. Called from the device's own thread; must not raise."""

Hear = Callable[[Samples], None]
"""Takes the next frames of the microphone. Called from the device's own thread; must not raise."""

Use: TypeAlias = Literal["playback", "capture"]
"""What a device is opened for."""

_FIRST_WAIT = 4.0  # seconds after a refusal before the next attempt
_SERVER_PATIENCE = 2.0  # seconds; a frozen server never answers


class OutputDevice(Protocol):
    """An open device that is pulling frames."""

    def close(self) -> None:
        """Stop pulling and release the device. May block forever if the sound server hangs."""


class InputDevice(Protocol):
    """An open microphone that is handing over frames."""

    def close(self) -> None:
        """Stop and release the device. May block forever if the sound server hangs."""


Opener = Callable[[Pull], OutputDevice]
"""Opens the device. May raise any exception if there is none; may block forever, as closing may."""


def open_device(pull: Pull) -> "Device":
    """Open this system's sound device and have it pull frames with *pull*.

    Raises:
        OSError: There is no sound device.
    """
    return _opened("playback", _pulled(pull))


def open_microphone(hear: Hear) -> "Device":
    """Open this system's microphone and have it hand over what it hears to *hear*, `PERIOD` at a time.

    Raises:
        OSError: There is none, or the system refuses it.
    """
    return _opened("capture", _heard(hear))


class Device:
    """A miniaudio device for playback or recording.

    Attributes:
        backend: What it plays through, by miniaudio's name: PulseAudio, ALSA, WASAPI, Core Audio.
    """

    def __init__(self, device: Any, backends: list[Any]) -> None:  # noqa: ANN401 - miniaudio has no types
        self.backend: str = device.backend
        self._device = device
        self._backends = backends

    def names(self) -> list[str]:
        """The names of the backend's playback devices; miniaudio does not say which of them is in use."""
        return [name for _, name in _listed(self._backends, "playback")]

    def close(self) -> None:
        """Stop pulling and release everything miniaudio allocated for the device."""
        _release(self._device)


class _Refusals:
    """When to try to open a device of PulseAudio: each vain attempt costs, as miniaudio leaves its connection behind.

    Never while there is none: miniaudio would read memory that nobody wrote. Where one cannot be opened, again as soon
    as others are there, else each time twice as long after the last.
    """

    def __init__(self) -> None:
        self._there: list[tuple[bytes, str]] = []
        self._again = -math.inf
        self._wait = _FIRST_WAIT

    def forbid(self, there: list[tuple[bytes, str]]) -> bool:
        """Whether not to try now that the devices *there* are there."""
        if there != self._there:
            self._there, self._again, self._wait = there, -math.inf, _FIRST_WAIT
        return not there or time.monotonic() < self._again

    def note(self) -> None:
        """Note that an attempt was refused."""
        self._again = time.monotonic() + self._wait
        self._wait *= 2

    def forget(self) -> None:
        """Note that one could be opened: the next refusal is a first one again."""
        self._again, self._wait = -math.inf, _FIRST_WAIT


_refusals: dict[Use, _Refusals] = {"playback": _Refusals(), "capture": _Refusals()}


def _opened(use: Use, frames: Generator[Any, Any, None]) -> Device:
    """Open the first device that starts, with *frames* as its source or its destination.

    Raises:
        OSError: There is none.
    """
    miniaudio = sound_library()
    kind, form = {
        "playback": (miniaudio.PlaybackDevice, "output_format"),
        "capture": (miniaudio.CaptureDevice, "input_format"),
    }[use]
    for backends in _backends():
        # only for ALSA: if opening hangs, everything the program writes to stderr from then on is lost
        noisy = miniaudio.Backend.ALSA in backends
        served = miniaudio.Backend.PULSEAUDIO in backends
        with suppress(miniaudio.MiniaudioError), _muffled_stderr() if noisy else nullcontext():
            if served and _refusals[use].forbid(_listed(backends, use)):
                continue
            device = kind.__new__(kind)  # made in two steps, so that it can be released if the second one fails
            try:
                device.__init__(
                    **{form: miniaudio.SampleFormat.SIGNED16},
                    nchannels=1,
                    sample_rate=RATE,
                    buffersize_msec=PERIOD,
                    backends=backends,
                    app_name="psoas",
                )
                device.start(frames)
            except BaseException:
                if served:
                    _refusals[use].note()
                _release(device)
                raise
            _refusals[use].forget()
            return Device(device, backends)
    raise OSError(f"no device for {use}")


def _listed(backends: list[Any], use: Use) -> list[tuple[bytes, str]]:
    """The devices for *use* of the first of *backends* that answers: how it knows each, and its name."""
    miniaudio = sound_library()
    ffi, lib = miniaudio.ffi, miniaudio.lib
    try:  # the methods of what this finds ask again about each device, and crash if it has just gone
        known = miniaudio.Devices(backends)
    except miniaudio.MiniaudioError:
        return []
    found, count = ffi.new("ma_device_info **"), ffi.new("ma_uint32 *")
    wanted, other = (found, count), (ffi.NULL, ffi.NULL)
    lists = wanted + other if use == "playback" else other + wanted
    if lib.ma_context_get_devices(known._context, *lists) != lib.MA_SUCCESS:  # noqa: SLF001 - no public way
        return []
    devices = [found[0][i] for i in range(count[0])]
    return [
        (bytes(ffi.buffer(ffi.addressof(each, "id"))), ffi.string(each.name).decode(errors="replace"))
        for each in devices
    ]


def _release(device: Any) -> None:  # noqa: ANN401 - miniaudio has no types
    """Stop *device*, however far it came in opening, and free all that was allocated for it; once is enough.

    miniaudio itself leaves its context behind: open files, and a client of the sound server.
    """
    if hasattr(device, "_device"):
        device.close()
    context = vars(device).pop("_context", None)  # no public way
    if context is not None:
        sound_library().lib.ma_context_uninit(context)


def _backends() -> list[list[Any]]:
    """The backends to try, in this order; never miniaudio's null device, which nobody would hear.

    On Linux PulseAudio comes first (PipeWire emulates it): without a sound card, ALSA is slow and prints errors.
    """
    backend = sound_library().Backend
    if sys.platform == "linux":
        os.environ.setdefault("PULSE_LOG_SYSLOG", "1")  # PulseAudio's library complains there, not on the terminal
        return [[backend.PULSEAUDIO], [backend.ALSA]]
    if sys.platform == "darwin":
        return [[backend.COREAUDIO]]
    if sys.platform == "win32":
        return [[backend.WASAPI], [backend.DSOUND], [backend.WINMM]]
    return [[backend.SNDIO], [backend.AUDIO4], [backend.OSS]]


def _pulled(pull: Pull) -> Generator[Samples, int, None]:
    """*pull* in the form miniaudio wants: a started generator that is sent the number of frames."""

    def generate() -> Generator[Samples, int, None]:
        frames = yield silence(0)
        while True:
            frames = yield pull(frames)

    generator = generate()
    next(generator)
    return generator


def _heard(hear: Hear) -> Generator[None, bytes, None]:
    """*hear* in the form miniaudio wants: a started generator that is sent the bytes of a block."""

    def generate() -> Generator[None, bytes, None]:
        while True:
            hear(array("h", bytes((yield))))

    generator = generate()
    next(generator)
    return generator


@contextmanager
def _muffled_stderr() -> Iterator[None]:
    """Discard what is written to standard error, above all by ALSA, which would write across the screen."""
    try:
        kept = os.dup(2)
    except OSError:  # closed from the start, so nothing can be written to it
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
        name: What it calls itself: `pulseaudio 16.1`, `PulseAudio (on PipeWire 1.0.5) 15.0.0`.
        latency: Seconds from the end of this program's stream until it is heard, as measured by the server;
            None if the server does not say or nothing is playing.
    """

    name: str
    latency: float | None


def ask_server() -> Server | None:
    """Ask the sound server about itself; None if none answers or its tool `pactl` is not installed."""
    about = _pactl("info")
    name, version = (re.search(rf"^Server {key}: (.*)$", about, re.MULTILINE) for key in ("Name", "Version"))
    if name is None or version is None:
        return None
    return Server(f"{name[1]} {version[1]}", _server_latency(_pactl("list", "sink-inputs"), os.getpid()))


def _server_latency(streams: str, process: int) -> float | None:
    """The latency of the stream of *process*, in seconds, from what `pactl` lists."""
    for stream in streams.split("\n\n"):
        if f'application.process.id = "{process}"' in stream:
            microseconds = map(int, re.findall(r"(?:Buffer|Sink) Latency: (\d+) usec", stream))
            return sum(microseconds) / 1e6 or None
    return None


def _pactl(*what: str) -> str:
    """What `pactl` prints, in English; empty if it cannot be run or does not answer."""
    try:
        ran = subprocess.run(  # noqa: S603 - fixed arguments
            ["pactl", *what],  # noqa: S607 - found on the PATH
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
