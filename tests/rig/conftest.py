"""A sound card for tests: a private PulseAudio server with one null sink, and what was heard there as a recording.

Runs headless, as root, without D-Bus. Everything that a program needs to play into it is in `Rig.env`.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from array import array
from contextlib import suppress
from operator import mul
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeAlias

import pytest
from tests.quiet import listening
from tests.systems import NO_SOUND_SERVER, WINDOWS

from psoas_cli.audio.samples import RATE, Samples, silence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

SINK = ("module-null-sink", "sink_name=rig", f"rate={RATE}", "channels=2")
THINNED = 10  # every so many frames are compared: as telling as all of them, and ten times as fast


class Rig:
    """A PulseAudio server of one's own, that can also be frozen and killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        self._recorder: Recorder | None = None
        socket = folder / "native"
        (folder / "client.conf").write_text("autospawn = no\nenable-shm = no\n")
        # ALSA finds no card either: only the server sounds
        (folder / "asound.conf").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
        self.env = {
            **os.environ,
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_SINK": "rig",
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_CLIENTCONFIG": str(folder / "client.conf"),
            "ALSA_CONFIG_PATH": str(folder / "asound.conf"),
        }
        self._socket = socket

    def start(self, *, record: bool = True) -> None:
        """Start the server and, before anybody plays, a recorder.

        On a sink that nobody heard yet the first sound hangs for two seconds; that is the recorder's then.
        """
        self._socket.unlink(missing_ok=True)
        options = "-n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --realtime=no --high-priority=no"
        modules = (f"module-native-protocol-unix auth-anonymous=1 socket={self._socket}", " ".join(SINK))
        self._server = subprocess.Popen(
            ["pulseaudio", *options.split(), "--disable-shm=yes", *(f"--load={module}" for module in modules)],
            env=self.env,
            stdin=subprocess.DEVNULL,
            stderr=(self._folder / "log").open("wb"),
            start_new_session=True,
        )
        until = time.monotonic() + 10
        while subprocess.run(["pactl", "info"], env=self.env, capture_output=True, check=False).returncode:
            assert time.monotonic() < until, (self._folder / "log").read_text()
            time.sleep(0.05)
        if record:
            self._recorder = Recorder(self.env)

    def recording(self) -> Recording:
        """What was heard since the start."""
        assert self._recorder is not None
        time.sleep(0.15)  # what was just played is still on its way
        return self._recorder.recording()

    def pactl(self, *order: str) -> str:
        """What the server says to *order*.

        Raises:
            subprocess.SubprocessError: It refuses, or does not answer.
        """
        command = ["pactl", *order]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=True, timeout=5).stdout

    def take_sink(self) -> None:
        """Leave the server without any sink."""
        self.pactl("unload-module", SINK[0])

    def give_sink(self) -> None:
        """Give the server its sink back."""
        self.pactl("load-module", *SINK)

    @property
    def clients(self) -> int:
        """How many programs, or parts of one, the server serves; it takes 64."""
        return len(self.pactl("list", "short", "clients").splitlines()) - 1  # without the one that asks

    def freeze(self) -> None:
        """Let the server answer nobody."""
        self._send(signal.SIGSTOP)

    def kill(self) -> None:
        """End the server as it stands."""
        self._send(signal.SIGKILL)

    def stop(self) -> None:
        """End all of it."""
        self._send(signal.SIGKILL)
        if self._server is not None:
            self._server.wait(5)
        if self._recorder is not None:
            self._recorder.stop()

    def _send(self, number: signal.Signals) -> None:
        if self._server is not None:
            self._server.send_signal(number)

    def python(self, script: str) -> subprocess.Popen[str]:
        """Run *script*, that plays into the rig."""
        return subprocess.Popen(
            [sys.executable, "-c", script],
            env=self.env,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


class Recorder:
    """Hears the sink from now on, and knows the monotonic time of each frame."""

    def __init__(self, env: dict[str, str]) -> None:
        command = f"parec --device=rig.monitor --raw --format=s16le --rate={RATE} --channels=1 --latency-msec=5"
        self._parec = subprocess.Popen(
            command.split(), env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        self._heard = bytearray()
        self._begin = float("inf")
        self._hearing = Event()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        assert self._hearing.wait(10), "the rig records nothing"

    def _listen(self) -> None:
        assert self._parec.stdout is not None
        while chunk := self._parec.stdout.read(65_536):
            self._heard += chunk
            # the chunk that waited least tells when the first frame was heard
            self._begin = min(self._begin, time.monotonic() - len(self._heard) / 2 / RATE)
            self._hearing.set()

    def recording(self) -> Recording:
        """All of it up to now."""
        return Recording(array("h", bytes(self._heard[: len(self._heard) // 2 * 2])), self._begin)

    def stop(self) -> None:
        """Hear no more."""
        self._parec.terminate()
        self._parec.wait(5)
        self._listener.join(5)


class Recording:
    """Frames that were heard, the first at the monotonic time *begin*."""

    def __init__(self, frames: Samples, begin: float) -> None:
        self.frames = frames
        self.begin = begin

    def between(self, first: float, last: float) -> Samples:
        """The frames heard from the moment *first* to *last*."""
        return self.frames[self._frame(first) : self._frame(last)]

    def find(self, sound: Samples, near: float, within: float = 0.1) -> tuple[float, float]:
        """When *sound* began, and how alike it was (0..1), whatever else was heard then.

        Looks for its first 80 ms, after 40 ms without it, at the moment *near*, give or take *within* seconds.
        """
        before = 1920
        template = (silence(before) + sound[:3840])[::THINNED]
        first, last = self._frame(near - within) - before, self._frame(near + within) - before
        at = max(range(first, last, 4), key=lambda lag: self._likeness(template, lag))
        at = max(range(at - 4, at + 5), key=lambda lag: self._likeness(template, lag))
        return self.begin + (at + before) / RATE, self._likeness(template, at)

    def dropouts(self, first: float, last: float, shortest: float = 0.002) -> list[float]:
        """Moments at which sound broke off into nothing for *shortest* seconds at least, without a fade."""
        data = self.between(first, last)
        raw, hole = data.tobytes(), bytes(2 * round(shortest * RATE))
        found, at = [], raw.find(hole)
        while at >= 0:
            frame = (at + 1) // 2
            before = data[max(0, frame - 48) : frame]
            if before and max(map(abs, before)) > 200:
                found.append(first + frame / RATE)
            rest = raw[at:].lstrip(b"\0")
            at = raw.find(hole, len(raw) - len(rest)) if rest else -1
        return found

    def _likeness(self, template: Samples, lag: int) -> float:
        """The normalised correlation of *template*, a sound thinned out, with what was heard from *lag* on."""
        heard = self.frames[lag : lag + THINNED * len(template) : THINNED]
        if lag < 0 or len(heard) < len(template):
            return 0.0
        power = sum(map(mul, heard, heard)) * sum(map(mul, template, template))
        return sum(map(mul, heard, template)) / power**0.5 if power else 0.0

    def _frame(self, moment: float) -> int:
        return max(0, round((moment - self.begin) * RATE))


SOON = 0.1
"""Seconds by which a sound may be off: nobody minds them. How few they are is for `bench/sound.py` to say."""


@pytest.hookimpl(tryfirst=True)  # before xdist looks at the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let no two of these run at once."""
    for item in items:
        if item.path.parent.name == "rig":
            item.add_marker(pytest.mark.xdist_group("rig"))


Quiet: TypeAlias = "Callable[[], AbstractContextManager[None]]"


@pytest.fixture
def quiet(request: pytest.FixtureRequest) -> Quiet:
    """Has no other test work meanwhile, as one that listens would hear how busy they keep the machine."""
    return lambda: listening(request.config)


@pytest.fixture(scope="session", autouse=True)
def come_first() -> None:
    """Let what is heard come before other tests on a busy machine, where that is allowed: the programs inherit it."""
    if WINDOWS:
        pytest.skip(NO_SOUND_SERVER)
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, -10)


@pytest.fixture(scope="module")  # it is not to run, and to record, beside all other tests
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """A rig that runs and records, for the tests of a file that only play."""
    yield from _running(tmp_path_factory.mktemp("rig"), record=True)


@pytest.fixture
def own_rig(tmp_path: Path) -> Iterator[Rig]:
    """A rig that runs without recording, for one test, which may break it."""
    yield from _running(tmp_path, record=False)


@pytest.fixture
def idle_rig(tmp_path: Path) -> Iterator[Rig]:
    """A rig whose server is not started yet."""
    _need_pulseaudio()
    rig = Rig(tmp_path)
    yield rig
    with suppress(subprocess.TimeoutExpired):
        rig.stop()


def _running(folder: Path, *, record: bool) -> Iterator[Rig]:
    _need_pulseaudio()
    rig = Rig(folder)
    rig.start(record=record)
    yield rig
    rig.stop()


def _need_pulseaudio() -> None:
    for tool in ("pulseaudio", "pactl", "parec"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed (Debian: pulseaudio, pulseaudio-utils)")
