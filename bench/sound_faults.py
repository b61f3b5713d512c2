"""What a live practice does when the sound fails: one table, each fault for real.

    python bench/sound_faults.py

`psoas practice FILE`, a knock every 2 s, runs on a terminal of its own and plays into a private PulseAudio server that
is missing, killed, frozen or late. Each fault is met twice: once the practice is left (Ctrl-C) while it lasts, and once
the sound is given time to come back. Needs PulseAudio, and the extras `dev` and `make`.
"""

import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.rig.conftest import Recorder, Rig

from live_program import Program  # after the path, like the rest
from psoas_cli.audio import decode
from sound import Event, found

_PRACTICE = """
title: A knock every two seconds
lead-in: 2s
breath: none
bells: {open: deep-bowl, hold: none, end: none, close: none, every: {interval: 2s, sound: wood-block}}
steps:
  - name: Lying down
    hold: 3m
"""
_FAULT = 4.0  # seconds into the practice that the fault begins: the opening bell still rings
_LASTS = 6.0  # seconds
_BACK = 11.0  # seconds that the sound has to come back: it is tried again every 2, after it was given up
_KNOCKS = 5  # looked for at last
_FRAME = re.compile(r"\x1b\[\?2026h.*?\x1b\[\?2026l", re.DOTALL)
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-Z\\-_=>])")


class Fault(NamedTuple):
    """What goes wrong, and how it is mended, where it can be.

    Args:
        name: Of the table's row.
        early: Whether it is there from the start.
        begin: Lets it happen.
        mend: Ends it.
        env: What the program is given besides.
    """

    name: str
    early: bool
    begin: Callable[[Rig], None]
    mend: Callable[[Rig], None] | None
    env: dict[str, str] = {}  # noqa: RUF012 - never changed


class Outcome(NamedTuple):
    """What came of it."""

    longest_still: float
    alien: str
    told: bool
    bells: int
    exit_s: float | None
    code: int | None
    heard: str


def meet(fault: Fault, folder: Path, *, wait: bool) -> Outcome:
    """Practise through *fault*; with *wait* until it is mended and the sound had time to come back."""
    file = folder / "knocks.yaml"
    file.write_text(_PRACTICE, "utf-8")
    rig = Rig(folder)
    if not fault.early:
        rig.start(record=False)
    try:
        fault.begin(rig) if fault.early else None
        program = Program(["practice", str(file), "--yes", "--lang", "en"], {**rig.env, **fault.env}, folder)
        zero = program.zero()
        _until(zero + _FAULT)
        None if fault.early else fault.begin(rig)
        _until(zero + _FAULT + _LASTS)
        heard = "-"
        if wait and fault.mend is not None:
            fault.mend(rig)
            heard = _heard(rig, zero, zero + _FAULT + _LASTS + _BACK)
        left = time.monotonic()
        program.press("\x03")
        exit_s = program.ended_in(5)
        program.end()
        return _outcome(program, zero, left, exit_s, heard)
    finally:
        with suppress(Exception):
            rig.kill()
            rig.stop()


def _heard(rig: Rig, zero: float, since: float) -> str:
    """How many of the next knocks are heard from the moment *since* on, and how far from their moments."""
    _until(since - 0.5)
    recorder = Recorder(rig.env)
    first = round(since - zero) // 2 * 2 + 2
    knock = np.array(decode.load("wood-block"), dtype=np.float64)
    events = [Event(first + 2.0 * i, knock, 0.0, 0.08, bell=True) for i in range(_KNOCKS)]
    _until(zero + events[-1].at + 1)
    recording = recorder.recording()
    recorder.stop()
    heard = np.array(recording.frames, dtype=np.float64)
    all_found = [found(event, heard, zero - recording.begin) for event in events]
    there = [each.late * 1000 for each in all_found if each.likeness > 0.8]
    return f"{len(there)} of {_KNOCKS}" + (f", {min(there):+.0f}..{max(there):+.0f} ms" if there else "")


def _outcome(program: Program, zero: float, left: float, exit_s: float | None, heard: str) -> Outcome:
    moments = [moment for moment, _ in program.shown if zero < moment < left]
    text = b"".join(data for moment, data in program.shown if moment < left).decode(errors="replace")
    alien = _ESCAPE.sub("", _FRAME.sub("", text)).replace("\a", "").strip()
    return Outcome(
        longest_still=max((b - a for a, b in pairwise([zero, *moments, left])), default=0.0),
        alien=alien,
        told="No sound device answers" in _ESCAPE.sub("", text),
        bells=_ESCAPE.sub("", text).count("\a"),
        exit_s=exit_s,
        code=program.code,
        heard=heard,
    )


def _until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


def _faults(broken: Path) -> list[Fault]:
    """All of them; in the folder *broken* lie libraries of sound that cannot be loaded."""

    def start(rig: Rig) -> None:
        rig.start(record=False)

    def nothing(_: Rig) -> None:
        """It fails by itself."""

    libraries = {"LD_LIBRARY_PATH": str(broken)}
    return [
        Fault("no audio libraries", early=True, begin=nothing, mend=None, env=libraries),
        Fault("no server", early=True, begin=nothing, mend=None),
        Fault("server killed mid-bell", early=False, begin=Rig.kill, mend=start),
        Fault("server frozen", early=False, begin=Rig.freeze, mend=_thaw),
        Fault("server frozen from the start", early=True, begin=_frozen, mend=_thaw),
        Fault("server comes late", early=True, begin=nothing, mend=start),
    ]


def _frozen(rig: Rig) -> None:
    rig.start(record=False)
    rig.freeze()


def _thaw(rig: Rig) -> None:
    rig._send(signal.SIGCONT)  # noqa: SLF001 - the rig's tests never thaw it


def main() -> None:
    """Meet each, and print the table."""
    print(
        f"{'fault':<30} {'left':<10} {'exit s':>6} {'code':>4}  {'still s':>7}  {'told':<5} {'BEL':>3}  "
        f"{'heard again':<22} alien text"
    )
    with tempfile.TemporaryDirectory() as base:
        broken = Path(base) / "broken"
        broken.mkdir()
        for library in ("libpulse.so", "libpulse.so.0", "libasound.so", "libasound.so.2", "libjack.so", "libjack.so.0"):
            (broken / library).touch()
        for fault in _faults(broken):
            for wait in (False, True) if fault.mend else (False,):
                with tempfile.TemporaryDirectory() as folder:
                    it = meet(fault, Path(folder), wait=wait)
                exit_s = "never" if it.exit_s is None else f"{it.exit_s:.2f}"
                print(
                    f"{fault.name:<30} {'after it' if wait else 'during it':<10} {exit_s:>6} {it.code!s:>4}  "
                    f"{it.longest_still:>7.2f}  {'yes' if it.told else 'no':<5} {it.bells:>3}  {it.heard:<22} "
                    f"{it.alien[:60] or 'none'}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
