"""A system that has no more threads: everything goes on without what they would have done, and says so."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING, Never

import pytest
from tests.audio.programs import Programs
from tests.program import home, psoas  # noqa: F401 - fixtures

from psoas_cli.audio.microphone import Microphone
from psoas_cli.audio.mixer import Mixer
from psoas_cli.audio.prefetch import Prefetch
from psoas_cli.audio.simpleaudio.simple_sink import SimpleSink
from psoas_cli.audio.simpleaudio.simple_stream import SimpleStream
from psoas_cli.audio.sink import Sink
from psoas_cli.audio.stream import State, Stream
from psoas_cli.audio.tts.child import Child
from psoas_cli.audio.tts.clips import ready
from psoas_cli.audio.tts.voices import Voice
from psoas_cli.main import run
from psoas_cli.practice.model.sequence import Bell
from psoas_cli.practice.score.speech import Words
from psoas_cli.threads import NO_MORE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program import Psoas


@pytest.fixture
def none_left(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No thread can be started; undone, they can again."""

    def refuse(_: Thread) -> Never:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", refuse)
    return monkeypatch


@pytest.mark.usefixtures("none_left", "home")
def test_a_practice_goes_on_to_its_end(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["practice", "wind-down", "-y", "--plain", "--speed", "900"]) == 0
    out, err = capfd.readouterr()
    assert "The practice is over" in out
    assert err == ""


@pytest.mark.usefixtures("none_left")
def test_the_doctor_says_it_and_what_to_do(psoas: Psoas) -> None:  # noqa: F811
    result = psoas("doctor", "--mute")
    assert (result.code, result.err) == (0, "")
    assert result.out.count(NO_MORE) == 2, "of the sound, and of keeping awake"
    assert "ulimit -u" in result.out


@pytest.mark.parametrize("sink", [Sink, SimpleSink])
def test_no_sound_is_a_lost_device_and_nothing_is_raised(
    none_left: pytest.MonkeyPatch, sink: type[Sink | SimpleSink]
) -> None:
    silent = sink()
    silent.prepare([Bell("bowl-large")], [])
    silent.start()
    assert silent.state == "lost"
    silent.bell(Bell("bowl-large"), 0.0)
    silent.muted = True
    silent.hush()
    silent.close()
    after: State = silent.state
    assert after == "off"
    none_left.undo()


def test_once_there_are_threads_again_a_device_can_be_opened(none_left: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    stream = Stream(Mixer(), asked.append)  # type: ignore[arg-type] # which opens nothing
    stream.start()
    assert (stream.state, asked) == ("lost", [])
    none_left.undo()
    stream.start()
    stream.close(5)
    assert asked


def test_a_child_of_simpleaudio_that_nobody_could_hear_is_not_left_behind(none_left: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def noted(*given: object, **how: object) -> subprocess.Popen[bytes]:
        started.append(popen(*given, **how))  # type: ignore[call-overload]
        return started[-1]

    none_left.setattr(subprocess, "Popen", noted)
    stream = SimpleStream([sys.executable, "-c", "import time; time.sleep(300)"])
    with pytest.raises(OSError, match=NO_MORE):
        stream._started()
    (child,) = started
    assert child.returncode is not None


def test_what_would_be_prepared_does_not_pile_up(none_left: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    over = Event()
    prefetch = Prefetch()
    for number in range(3):
        prefetch.want(partial(made.append, number), urgent=True)
    none_left.undo()
    prefetch.want(over.set)
    assert over.wait(5)
    assert made == []


@pytest.mark.usefixtures("none_left")
def test_a_microphone_is_refused() -> None:
    microphone = Microphone(lambda _: pytest.fail("opened"))
    microphone.start()
    assert microphone.state == "refused"
    microphone.close()


@pytest.mark.usefixtures("none_left")
def test_a_program_that_nobody_could_listen_to_is_ended() -> None:
    child = Child([sys.executable, "-c", "import time; time.sleep(300)"], {}, b"")
    with pytest.raises(OSError, match=NO_MORE), child:
        pytest.fail("begun")
    assert child.code is not None


@pytest.mark.parametrize("engine", ["espeak-ng", "piper"])
@pytest.mark.parametrize("lacking", ["all", "those of the pool"])
def test_only_the_voice_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, lacking: str) -> None:
    linux = Programs(tmp_path / "bin", monkeypatch)
    linux.add(engine)
    voice = Voice(engine, str(tmp_path / "nl.onnx"), "nl")  # type: ignore[arg-type]

    def refuse(*_: object) -> Never:
        raise RuntimeError("can't start new thread")

    where = Thread if lacking == "all" else ThreadPoolExecutor
    monkeypatch.setattr(where, "start" if lacking == "all" else "_adjust_thread_count", refuse)
    said = [Words("Ga liggen"), Words("Blijf liggen"), Words("Sta op")]
    made = ready(said, voice, 125, tmp_path / "speech", lambda *_: None)
    assert not made.clips
    assert set(made.failures) == set(said)
    assert all(NO_MORE in error.message for error in made.failures.values())
