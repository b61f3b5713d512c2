"""A whole practice, heard: the command as a person gives it, with the bells of its plan on a real sound server."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.rig.conftest import SOON

from psoas_cli.audio import decode
from psoas_cli.audio.samples import RATE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rig.conftest import Quiet, Recording, Rig

    from psoas_cli.audio.samples import Samples

PRACTICE = """
title: Heard
language: en
lead-in: 2s
transition: 0s
bells: {open: high-bowl, hold: wood-block, side: tingsha, close: wood-block}
steps:
  - name: First
    hold: 1.5s
  - name: Second
    hold: 1.5s
    sides: [right, left]
    between: 1s
  - breathe: 1-1
    cycles: 2
  - name: Third
    hold: 1.5s
"""


def test_every_bell_of_the_plan_is_heard_at_its_time(rig: Rig, quiet: Quiet, tmp_path: Path) -> None:
    (tmp_path / "heard.yaml").write_text(PRACTICE, "utf-8")
    shown = psoas(rig, tmp_path, "show", "heard.yaml", "--json").communicate(timeout=20)[0]
    bells = [(cue["at_s"], cue["sound"]) for cue in json.loads(shown)["cues"] if cue["kind"] == "bell"]
    assert len(bells) == 7
    with quiet():
        begin, over = practised(rig, tmp_path, "--no-voice")
        heard = rig.recording()
    assert_heard(heard, bells, begin, over)


def psoas(rig: Rig, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """The command, heard on the rig."""
    environment = {name: value for name, value in rig.env.items() if name != "SSH_CONNECTION"}
    return subprocess.Popen(
        [sys.executable, "-m", "psoas_cli", *arguments],
        env=environment | {"PSOAS_HOME": str(folder)}, cwd=folder, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def practised(rig: Rig, folder: Path, *options: str) -> tuple[float, float]:
    """Practise; when it began, by what is printed, and when the program had ended, well."""
    program = psoas(rig, folder, "practice", "heard.yaml", "-y", *options)
    assert program.stdout is not None
    while " starts in " not in program.stdout.readline():
        assert program.poll() is None
    begin = time.monotonic()
    out, err = program.communicate(timeout=60)
    over = time.monotonic()
    assert (program.returncode, err) == (0, "")
    assert "You practised" in out
    return begin, over


def assert_heard(heard: Recording, bells: list[tuple[float, str]], begin: float, over: float) -> None:
    """Every bell is heard once at its time, nothing breaks off, and the end is when the last one is silent."""
    first, _ = heard.find(decode.load(bells[0][1]), near=begin + bells[0][0], within=0.2)
    begin = first - bells[0][0]
    strokes = []
    for at, sound in bells:
        _, likeness = heard.find(decode.load(sound), near=begin + at, within=SOON)
        assert likeness > 0.5, f"{sound} at {at} s is not to be heard"
        strokes += [at, *(at + each for each in onsets(decode.load(sound)))]  # the wood is knocked twice
    others = [each for each in onsets(heard.between(begin, over)) if all(abs(each - at) > SOON for at in strokes)]
    assert others == []
    assert heard.dropouts(begin, begin + bells[-1][0]) == []
    assert over - begin - max(at + len(decode.load(sound)) / RATE for at, sound in bells) < 1


def onsets(frames: Samples) -> list[float]:
    """When it becomes twice as loud within 10 ms, in seconds: something is struck; a breath takes longer."""
    step = RATE // 100
    peaks = [max(map(abs, frames[i : i + step])) for i in range(0, len(frames), step)]
    return [i / 100 for i in range(3, len(peaks)) if peaks[i] > 2 * max(*peaks[i - 3 : i], 500)]
