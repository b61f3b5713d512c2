"""Show what a live practice does when the sound fails: one table, with real faults.

    python bench/sound_faults.py

`psoas practice FILE`, with a knock every 2 s, runs on a terminal of its own and plays into a private PulseAudio server
that is missing, killed, frozen or late. Each fault is tried twice: once the practice is quit (Ctrl-C) during it, and
once the sound is given time to come back first. Needs PulseAudio, and the extras `dev` and `make`.
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
_FAULT = 4.0  # seconds into the practice at which the fault begins: the opening bell still rings
_LASTS = 6.0  # seconds that the fault lasts
_BACK = 11.0  # seconds for the sound to come back: once given up, the device is tried again every 2 s
_KNOCKS = 5  # to search for at the end
_FRAME = re.compile(r"\x1b\[\?2026h.*?\x1b\[\?2026l", re.DOTALL)
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-Z\\-_=>])")


class Fault(NamedTuple):
    """Something that goes wrong, and how it is mended.

    Args:
        name: Its name in the table.
        early: Whether it begins before psoas does.
        begin: Causes it.
        mend: Ends it; None if nothing can.
        env: Additions to the environment of psoas.
    """

    name: str
    early: bool
    begin: Callable[[Rig], None]
    mend: Callable[[Rig], None] | None
    env: dict[str, str] = {}  # noqa: RUF012 - never changed


class Outcome(NamedTuple):
    """What happened.

    Args:
        longest_still: The longest time without output, in seconds.
        alien: Text on the terminal that is not part of a picture.
        told: Whether psoas said that no sound device answers.
        bells: How often the terminal's bell rang.
        exit_s: Seconds from Ctrl-C to the end; None if it did not end.
        code: The exit code; None if it did not end.
        heard: What was heard after the fault was mended.
    """

    longest_still: float
    alien: str
    told: bool
    bells: int
    exit_s: float | None
    code: int | None
    heard: str


def meet(fault: Fault, folder: Path, *, wait: bool) -> Outcome:
    """Practise through *fault*; if *wait*, mend it and give the sound time to come back before quitting."""
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
    """How many of the next knocks after *since* are heard, and how far from their moments."""
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
    """All faults; the folder *broken* holds audio libraries that cannot be loaded."""

    def start(rig: Rig) -> None:
        rig.start(record=False)

    def nothing(_: Rig) -> None:
        """Do nothing: it fails by itself."""

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
    """Try each fault, and print the table."""
    print(
        f"{'fault':<30} {'quit':<10} {'exit s':>6} {'code':>4}  {'still s':>7}  {'said':<5} {'BEL':>3}  "
        f"{'heard again':<22} stray text"
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
