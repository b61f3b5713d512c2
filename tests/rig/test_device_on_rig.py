"""Devices of a real sound server that cannot be opened or go away: nothing is left behind, and sound comes back."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess

    from tests.rig.conftest import Rig

TRIES = """
import json, os, sys, time
import miniaudio
from psoas_cli.audio import device, stream
from psoas_cli.audio.mixer import Mixer
from psoas_cli.audio.samples import silence

def say(*what):
    print(json.dumps(what), flush=True)

def left():
    looks = []
    for _ in range(30):  # one may come in the middle of an attempt
        looks.append((len(os.listdir("/proc/self/fd")), len(os.listdir("/proc/self/task"))))
        time.sleep(0.01)
    return min(looks)

def opens(open):
    try:
        opened = open()
        opened.close()
        opened.close()  # as a program may at its end
    except OSError:
        return False
    return True

def play():
    return device.open_device(silence)

def record():
    return device.open_microphone(lambda _: None)
"""
MANY = """
opens(how)
say(*left())
sys.stdin.readline()
say(sum(opens(how) for _ in range(50)), *left())
"""
REFUSE = """
def refused(*_):
    raise miniaudio.MiniaudioError("refused")
device._Refusals.forbid = lambda *_: False
"""


def talks(program: subprocess.Popen[str], line: str = "") -> list[object]:
    """The next that *program* says, once it has read a *line*."""
    assert program.stdin is not None
    assert program.stdout is not None
    if line:
        program.stdin.write(line + "\n")
        program.stdin.flush()
    said: list[object] = json.loads(program.stdout.readline())
    return said


def ended(program: subprocess.Popen[str]) -> None:
    assert program.communicate(timeout=10) == ("", "")
    assert program.returncode == 0


@pytest.mark.parametrize("use", ["play", "record"])
@pytest.mark.parametrize(
    ("fault", "opened"),
    [("", 50), (REFUSE + "miniaudio.AbstractDevice.start = refused", 0)],
    ids=["each opens", "none starts"],
)
def test_what_was_opened_often_leaves_nothing_behind(own_rig: Rig, use: str, fault: str, opened: int) -> None:
    program = own_rig.python(f"{TRIES}\n{fault}\nhow = {use}\n{MANY}")
    before = talks(program)
    clients = own_rig.clients
    assert talks(program, "on") == [opened, *before]
    assert own_rig.clients <= clients
    ended(program)


@pytest.mark.parametrize("use", ["play", "record"])
def test_a_server_without_a_sink_is_asked_often_and_loses_no_place_for_others(own_rig: Rig, use: str) -> None:
    own_rig.take_sink()
    program = own_rig.python(f"{TRIES}\nhow = {use}\n{MANY}\nsys.stdin.readline()\nsay(opens(how))")
    before = talks(program)
    assert talks(program, "on") == [0, *before]
    assert own_rig.clients == 0
    own_rig.give_sink()
    assert talks(program, "on") == [True]
    ended(program)


def test_a_sink_that_is_refused_is_tried_seldom_and_at_once_when_it_comes(own_rig: Rig) -> None:
    own_rig.env["PULSE_SINK"] = "headphones"
    script = f"{TRIES}\nhow = play\n{MANY}\nsys.stdin.readline()\nsay(opens(how))"
    program = own_rig.python(script)
    try:
        before = talks(program)
        assert talks(program, "on") == [0, *before]
        own_rig.pactl("load-module", "module-null-sink", "sink_name=headphones")
        assert talks(program, "on") == [True]
        ended(program)
    finally:
        own_rig.env["PULSE_SINK"] = "rig"


def test_sound_comes_back_with_the_sink_and_nothing_is_left_of_the_attempts(own_rig: Rig) -> None:
    # ALSA would play into the server in another way, should the sink come just after PulseAudio was tried
    own_rig.env["ALSA_CONFIG_PATH"] = os.devnull
    program = own_rig.python(
        TRIES
        + "line = stream.Stream(Mixer(), device.open_device, pace=stream.Pace(retry=0.02)); line.start()\n"
        + "for state in sys.stdin:\n"
        + "    until = time.monotonic() + 20\n"
        + "    while line.state != state.strip() and time.monotonic() < until: time.sleep(0.01)\n"
        + "    say(line.state, *left())\n"  # a dozen attempts where there is nothing to open
        + "line.close(5)\n"
    )
    before, clients = talks(program, "on"), own_rig.clients
    own_rig.take_sink()
    without = talks(program, "lost")
    assert without[0] == "lost"
    assert own_rig.clients <= 2  # of an attempt that is under way
    own_rig.give_sink()
    until = time.monotonic() + 10
    while (found := (talks(program, "on"), own_rig.clients)) != (before, clients) and time.monotonic() < until:
        time.sleep(0.05)  # the last attempt is about to end
    assert found == (before, clients)
    assert before[0] == "on"
    ended(program)
