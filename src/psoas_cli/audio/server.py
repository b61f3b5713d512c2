"""The sound server, where it is PulseAudio or PipeWire: what it says about itself and about a stream of ours."""

import os
import re
import subprocess
from typing import NamedTuple

_PATIENCE = 2.0  # seconds; a frozen server never answers


class Server(NamedTuple):
    """A sound server.

    Attributes:
        name: As it calls itself: `pulseaudio 16.1`, `PulseAudio (on PipeWire 1.0.5) 15.0.0`.
        latency: Seconds from the end of this program's stream until it is heard, as the server measures them;
            None where it does not say, or nothing plays.
    """

    name: str
    latency: float | None


def ask() -> Server | None:
    """What the server says; None where none answers, or its tool `pactl` is not installed."""
    about = _pactl("info")
    name, version = (re.search(rf"^Server {key}: (.*)$", about, re.MULTILINE) for key in ("Name", "Version"))
    if name is None or version is None:
        return None
    return Server(f"{name[1]} {version[1]}", _latency(_pactl("list", "sink-inputs"), os.getpid()))


def _latency(streams: str, process: int) -> float | None:
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
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ran.stdout
