"""What a sound server says, in the words of the two that there are, and when a device is tried again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from psoas_cli.audio import device

if TYPE_CHECKING:
    from pathlib import Path

PULSEAUDIO = """#!/bin/sh
test "$LC_ALL" = C || exit 1
case $1 in
info) printf 'Server String: /run/native\\nServer Name: pulseaudio\\nServer Version: 16.1\\nDefault Sink: rig\\n' ;;
list) printf 'Sink Input #3\\n\\tBuffer Latency: 5 usec\\n\\tSink Latency: 5 usec\\n\\t\\tapplication.process.id = "1"\\n\\n'
      printf 'Sink Input #4\\n\\tBuffer Latency: 70000 usec\\n\\tSink Latency: 20000 usec\\n\\t\\tapplication.process.id = "%s"\\n' $PPID ;;
esac
"""  # noqa: E501 - as it prints
PIPEWIRE = """#!/bin/sh
case $1 in
info) printf 'Server Name: PulseAudio (on PipeWire 1.0.5)\\nServer Version: 15.0.0\\n' ;;
esac
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no such server on Windows")
@pytest.mark.parametrize(
    ("pactl", "said"),
    [
        (PULSEAUDIO, device.Server("pulseaudio 16.1", 0.09)),
        (PIPEWIRE, device.Server("PulseAudio (on PipeWire 1.0.5) 15.0.0", None)),
        ("#!/bin/sh\necho Connection failure >&2; exit 1\n", None),
        (None, None),
    ],
    ids=["PulseAudio", "PipeWire", "no server", "no pactl"],
)
def test_what_a_server_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pactl: str | None, said: device.Server | None
) -> None:
    if pactl:
        (tmp_path / "pactl").write_text(pactl)
        (tmp_path / "pactl").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin" if pactl else str(tmp_path))
    assert device.ask_server() == said


def test_what_is_refused_is_tried_ever_less_often_until_other_devices_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 1000.0
    monkeypatch.setattr("psoas_cli.audio.device.time.monotonic", lambda: now)
    refusals, rig, headphones = device._Refusals(), [(b"rig", "Rig")], [(b"hp", "Headphones")]
    tried = []
    for _ in range(300):  # ten minutes, and one look every two seconds
        if not refusals.forbid(rig):
            tried.append(now - 1000)
            refusals.note()
        now += 2
    assert tried == [0, 4, 12, 28, 60, 124, 252, 508]
    assert not refusals.forbid([*rig, *headphones]), "one has come"
    refusals.note()
    assert not refusals.forbid(rig), "it is gone again"
    assert refusals.forbid([]), "nothing is left to be opened"
    assert not refusals.forbid(rig), "the server was started anew"
    refusals.note()
    refusals.note()
    refusals.forget()
    refusals.note()
    now += 4
    assert not refusals.forbid(rig), "after one that could be opened the wait is short again"
