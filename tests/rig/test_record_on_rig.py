"""`psoas record` with a real sound server: somebody speaks into its microphone, and a voice comes out of it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from operator import mul
from typing import TYPE_CHECKING

import pytest
from tests.audio.programs import wav
from tests.audio.speech import babble, room
from tests.program import home, window
from tests.rig.conftest import THINNED

from psoas_cli.audio.loudness import integrated
from psoas_cli.audio.samples import RATE, Samples, frames_of, silence
from psoas_cli.audio.tts.pack import read_pack
from psoas_cli.cli.context import Context
from psoas_cli.commands.record.script import script_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.program import Window
    from tests.rig.conftest import Rig


__all__ = ["home", "window"]


class Speaker:
    """Somebody in a room with a microphone: another sink of the rig, whose monitor psoas records from."""

    def __init__(self, rig: Rig, folder: Path) -> None:
        self.env = rig.env | {"PULSE_SOURCE": "mic.monitor", "PSOAS_HOME": str(folder)}
        self._folder = folder
        self._room: subprocess.Popen[bytes] | None = None
        self.plug_in()

    def plug_in(self) -> None:
        """Plug the microphone in."""
        command = ("pactl", "load-module", "module-null-sink", "sink_name=mic", f"rate={RATE}")
        subprocess.run(command, env=self.env, capture_output=True, check=True)

    def be_in(self, sound: Samples) -> None:
        """Be in a room that sounds like *sound*, from now on."""
        self.leave()
        self._room = self._play(sound)

    def leave(self) -> None:
        """Be in no room, and in silence."""
        if self._room:
            self._room.kill()
            self._room.wait(5)

    def say(self, sound: Samples) -> None:
        """Say *sound* to its end, after a silence: what a microphone of this server hears as a sound begins is lost."""
        assert self._play(silence(frames_of(0.3)) + sound).wait(60) == 0

    def _play(self, sound: Samples) -> subprocess.Popen[bytes]:
        path = self._folder / f"{time.monotonic_ns()}.wav"
        path.write_bytes(wav(sound, RATE))
        return subprocess.Popen(["paplay", "--device=mic", str(path)], env=self.env)


@pytest.fixture
def speaker(own_rig: Rig, home: Path) -> Iterator[Speaker]:
    there = Speaker(own_rig, home)
    there.be_in(room(5.0, -65) * 12)
    yield there
    there.leave()


@pytest.fixture
def record(speaker: Speaker, window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch) -> Callable[[], Window]:
    """Starts to record a practice."""

    def started() -> Window:
        for name, value in speaker.env.items():
            monkeypatch.setenv(name, value)
        return window(sys.executable, "-m", "psoas_cli", "record", "wind-down", "-l", "en", "--voice", "anna")

    return started


def speak(seen: Window, speaker: Speaker, voice: Samples) -> None:
    """Speak *voice* as the text that is shown, and end it by the key."""
    seen.send("\r")
    seen.see("Enter end")
    speaker.say(voice)
    time.sleep(0.6)  # a person's breath before the key; what was said is on its way as well
    seen.send("\r")
    seen.see("Enter keep")


def alike(clip: Samples, voice: Samples) -> float:
    """How alike a clip is to the first second of what was spoken, 0..1, wherever that begins in it."""
    thin = voice[:RATE:THINNED]

    def likeness(lag: int) -> float:
        heard = clip[lag : lag + RATE : THINNED]
        power = sum(map(mul, heard, heard)) * sum(map(mul, thin, thin))
        return sum(map(mul, heard, thin)) / power**0.5 if power else 0.0

    near = max(range(0, frames_of(0.2), 8), key=likeness)
    return max(map(likeness, range(max(0, near - 8), near + 8)))


def test_what_is_spoken_into_the_microphone_is_a_voice_and_one_goes_on_where_one_left_off(
    record: Callable[[], Window], speaker: Speaker, home: Path
) -> None:
    voices = [babble(1.5), babble(2.0, -12, pitch=220), babble(1.2, -26, pitch=120)]
    seen = record()
    seen.see("The room is quiet enough")
    speak(seen, speaker, voices[0])
    seen.send("\r")
    seen.see("2 of")
    speak(seen, speaker, voices[1])
    seen.child.kill(signal.SIGKILL)  # before it was decided about
    seen = record()
    seen.see("Still here from the last time")
    seen.send("\r")
    seen.see("3 of")
    speak(seen, speaker, voices[2])
    seen.send("\r")
    seen.see("4 of")
    seen.send("q")
    assert seen.end() == 0
    assert "psoas record wind-down -l en --voice anna" in seen.text
    pack = read_pack(home / "voices" / "anna")
    pack.check()
    texts = script_of(Context("en"), "wind-down").texts
    for text, voice in zip(texts, voices, strict=False):
        clip = pack.clip(text)
        assert clip is not None
        assert alike(clip.decoded(), voice) > 0.95
        assert integrated(clip.decoded()) == pytest.approx(-20, abs=1)
    assert len(pack.entries) == 3
    assert not (home / "voices" / "anna" / "takes").exists()


def test_a_microphone_that_is_unplugged_is_missed_and_heard_again(
    record: Callable[[], Window], speaker: Speaker, own_rig: Rig, home: Path
) -> None:
    seen = record()
    seen.see("The room is quiet enough")
    seen.send("\r")
    seen.see("Enter end")
    own_rig.kill()
    seen.see("The microphone has gone")
    own_rig.start(record=False)
    speaker.plug_in()
    speaker.be_in(room(5.0, -65) * 12)
    seen.send("\r")
    seen.see("The room is quiet enough")
    speak(seen, speaker, babble(1.0))
    seen.send("\rq")
    assert seen.end() == 0
    read_pack(home / "voices" / "anna").check()


def test_a_room_that_is_too_loud_is_said(record: Callable[[], Window], speaker: Speaker) -> None:
    speaker.be_in(room(5.0, -35) * 12)
    seen = record()
    seen.see("The room is too loud")
    speaker.be_in(room(5.0, -65) * 12)
    time.sleep(0.5)
    seen.send("a")
    seen.see("The room is quiet enough")
    seen.send("q")
    assert seen.end() == 0


def test_a_microphone_that_is_muted_is_said(record: Callable[[], Window], speaker: Speaker) -> None:
    speaker.leave()
    seen = record()
    assert "pavucontrol" in seen.see("Nothing at all comes from the microphone")
    seen.send("q")
    assert seen.end() == 0
