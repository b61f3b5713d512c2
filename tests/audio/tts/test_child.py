"""A program that is run to speak: whatever it does, little of it is kept and nothing of it is left."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from tests.audio.programs import Programs
from tests.systems import LISTED, NOT_LISTED, SIGNALS

from psoas_cli.audio.tts import piper, voices
from psoas_cli.audio.tts.child import Child
from psoas_cli.errors import PsoasError

PYTHON = sys.executable  # which Programs hides
FAMILY = """#!/bin/sh
sleep 300 &
echo $! > {left}
wait
"""
"""A program with a child of its own, which both hang."""


def python(script: str) -> list[str]:
    return [sys.executable, "-c", script]


def is_alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


def is_gone(left: Path) -> bool:
    """Whether the child of the program has ended, or does so at once."""
    number, patience = int(left.read_text("utf-8")), time.monotonic() + 5
    while is_alive(number) and time.monotonic() < patience:
        time.sleep(0.005)
    return not is_alive(number)


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which an espeak-ng and a piper that hang note the child that they have."""
    if not LISTED:
        pytest.skip(NOT_LISTED)
    Programs(tmp_path / "bin", monkeypatch)
    for name in ("espeak-ng", "piper"):
        program = tmp_path / "bin" / name
        program.write_text(FAMILY.format(left=tmp_path / "left").replace("sleep", "PATH=/usr/bin:/bin sleep"), "utf-8")
        program.chmod(0o755)
    return tmp_path / "left"


def test_only_the_last_of_what_it_complains_is_kept() -> None:
    noise = "import sys; [sys.stderr.write('x' * 999 + '\\n') for _ in range(20_000)]; sys.exit('out of paper')"
    with Child(python(noise), {}, b"") as child:
        assert child.ends(30)
        assert child.failure() == "failed: out of paper"
        assert len(child._complaint) == 4096


def test_only_the_first_of_what_it_prints_is_kept() -> None:
    with Child(python("print('a\\n' * 2_000_000)"), {}, b"", prints=True) as child:
        assert child.ends(30)
        assert len(child.printed()) == 1 << 20


def test_it_reads_what_it_is_told_and_one_that_does_not_read_keeps_nobody_waiting() -> None:
    with Child(python("print(input())"), {}, b"Ga liggen\n", prints=True) as child:
        assert child.ends(30)
        assert child.printed().splitlines() == ["Ga liggen"]
    with Child(python(""), {}, b"x" * 1_000_000) as child:
        assert child.ends(30)
        assert child.failure() == "failed without an error message"


def test_a_voice_that_hangs_is_ended_with_all_that_it_started(
    left: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "SPEAKING", 0.2)
    with pytest.raises(PsoasError, match=r"did not answer in 0\.2 seconds"):
        voices.speak(voices.Voice("espeak-ng", "en", "en"), "Lie down", 125, tmp_path / "a.wav")
    assert is_gone(left)


def test_a_voice_that_is_not_wanted_any_more_is_ended(left: Path, tmp_path: Path) -> None:
    over = Event()

    def speak() -> None:
        with pytest.raises(PsoasError, match="was stopped"):
            voices.speak(voices.Voice("espeak-ng", "en", "en"), "Lie down", 125, tmp_path / "a.wav", over.is_set)

    thread = Thread(target=speak)
    thread.start()
    while not left.exists() or not left.read_text("utf-8").strip():
        time.sleep(0.005)
    over.set()
    thread.join(5)
    assert not thread.is_alive()
    assert is_gone(left)


def test_piper_is_ended_with_all_that_it_started(left: Path, tmp_path: Path) -> None:
    def interrupted() -> bool:
        if left.exists() and left.read_text("utf-8").strip():
            raise KeyboardInterrupt
        return False

    with pytest.raises(KeyboardInterrupt):
        list(piper.spoken(tmp_path / "a.onnx", ["Lie down"], 125, interrupted))
    assert is_gone(left)


@SIGNALS
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_whoever_stops_psoas_stops_the_voice_that_hangs(
    left: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("PSOAS_HOME", str(tmp_path / "home"))
    command = [PYTHON, "-m", "psoas_cli", "render", "constructive-rest", "--voice", "espeak-ng", "-o", "a.wav"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while not left.exists() or not left.read_text("utf-8").strip():
            assert process.poll() is None
            time.sleep(0.005)
        process.send_signal(signal.Signals[name])
        assert process.wait(10) == 128 + signal.Signals[name]
    assert is_gone(left)


def test_a_voice_that_writes_too_much_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (voices, piper):
        monkeypatch.setattr(module, "LARGEST_CLIP", 1000)
    programs = Programs(tmp_path / "bin", monkeypatch)
    programs.add("espeak-ng")
    programs.add("piper")
    with pytest.raises(PsoasError, match="wrote more than 0 MB"):
        voices.speak(voices.Voice("espeak-ng", "en", "en"), "Lie down", 125, tmp_path / "a.wav")
    with pytest.raises(PsoasError, match=r"wrote more than 0 MB|is larger than"):  # seen on the way, or in the end
        list(piper.spoken(tmp_path / "a.onnx", ["Lie down", "And rest"], 125))


ALIVE = """
import pathlib, sys, time
while True:
    pathlib.Path(sys.argv[1]).write_text(str(time.time()), "utf-8")
    time.sleep(0.02)
"""
PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1], sys.argv[2]])"


def test_on_any_system_nothing_is_left_of_what_it_started(tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    with Child([sys.executable, "-c", PARENT, ALIVE, str(sign)], {}, b""):
        patience = time.monotonic() + 30
        while not sign.exists():
            assert time.monotonic() < patience
            time.sleep(0.01)
    with suppress(OSError):  # one that is about to end may have it open
        sign.unlink()
    time.sleep(0.2)  # ten of its signs
    assert not sign.exists()
