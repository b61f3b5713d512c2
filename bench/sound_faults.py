"""Show what a live practice does when the sound fails: one table, with real faults.

    python bench/sound_faults.py [--lasting 6] [--audio simpleaudio] [PART OF A FAULT'S NAME ...]

`psoas practice FILE`, with a knock every 2 s, runs on a terminal of its own and plays into a private PulseAudio server
that is missing, killed, frozen, late, or without a device. Each fault is tried twice: once the practice is quit with
Ctrl-C during it, and once the sound is given time to come back first. What is open, of psoas and of the server, is
counted before, at most during, and after it. Needs PulseAudio, libasound2-plugins, and the extras `dev` and `make`.
"""

import argparse
import re
import signal
import socket
import subprocess
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
    hold: 30m
"""
_ALSA = """
pcm.!default { type pulse server { @func getenv vars [ RIG_SERVER ] default "" } }
ctl.!default { type pulse }
"""
_FAULT = 4.0  # seconds into the practice at which the fault begins: the opening bell still rings
_LASTS = 6.0  # seconds that the fault lasts, if nothing else is asked for
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
        costs: Open files, threads and clients of the server: before the fault, and at most during and after it.
    """

    longest_still: float
    alien: str
    told: bool
    bells: int
    exit_s: float | None
    code: int | None
    heard: str
    costs: str


class Counter:
    """Counts what *program* keeps open, and what of the server on *rig*."""

    def __init__(self, program: Program, rig: Rig) -> None:
        self._program = program
        self._rig = rig

    def now(self) -> tuple[int, int, int]:
        """Open files, threads, and clients of the server (0 while it does not answer)."""
        own = Path(f"/proc/{self._program.pid}")
        clients = 0
        with suppress(subprocess.SubprocessError):
            clients = self._rig.clients
        return len(list((own / "fd").iterdir())), len(list((own / "task").iterdir())), clients

    def until(self, moment: float) -> tuple[int, int, int]:
        """The most of each up to the *moment*, but for the first second, in which something may be under way."""
        _until(min(moment, time.monotonic() + 1))
        most = self.now()
        while time.monotonic() < moment - 1:
            time.sleep(1)
            most = tuple(map(max, most, self.now()))  # type: ignore[assignment] # three as well
        _until(moment)
        return most


def meet(fault: Fault, folder: Path, lasting: float, *, wait: bool) -> Outcome:
    """Practise through *fault* of so many seconds; if *wait*, mend it, and let the sound come back before quitting."""
    file = folder / "knocks.yaml"
    file.write_text(_PRACTICE, "utf-8")
    rig = Rig(folder)
    if not fault.early:
        rig.start(record=False)
    try:
        fault.begin(rig) if fault.early else None
        env = {**rig.env, "RIG_SERVER": rig.env["PULSE_SERVER"], **fault.env}
        program = Program(["practice", str(file), "--yes", "--lang", "en", "--voice", "none"], env, folder)
        zero = program.zero()
        counter, heard = Counter(program, rig), "-"
        _until(zero + _FAULT)
        costs = [counter.now()]
        None if fault.early else fault.begin(rig)
        costs.append(counter.until(zero + _FAULT + lasting))
        if wait and fault.mend is not None:
            fault.mend(rig)
            heard = _heard(rig, zero, zero + _FAULT + lasting + _BACK)
            costs.append(counter.now())
        left = time.monotonic()
        program.press("\x03")
        exit_s = program.ended_in(5)
        program.end()
        return _outcome(program, zero, left, exit_s, heard)._replace(costs=_in_words(costs))
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
    text = b"".join(data for moment, data in program.shown if zero < moment < left).decode(errors="replace")
    alien = _ESCAPE.sub("", _FRAME.sub("", text)).replace("\a", "").strip()
    return Outcome(
        longest_still=max((b - a for a, b in pairwise([zero, *moments, left])), default=0.0),
        alien=alien,
        told="No sound device answers" in _ESCAPE.sub("", text),
        bells=_ESCAPE.sub("", text).count("\a"),
        exit_s=exit_s,
        code=program.code,
        heard=heard,
        costs="",
    )


def _in_words(costs: list[tuple[int, int, int]]) -> str:
    return " > ".join("/".join(map(str, each)) for each in costs)


def _until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


def _start(rig: Rig) -> None:
    rig.start(record=False)


def _nothing(_: Rig) -> None:
    """Do nothing: it fails by itself."""


def _restart(rig: Rig) -> None:
    rig.kill()
    _start(rig)


def _none(rig: Rig) -> None:
    _start(rig)
    rig.take_sink()


def _frozen(rig: Rig) -> None:
    _start(rig)
    rig.freeze()


def _hang_up(rig: Rig) -> None:
    rig.kill()
    time.sleep(0.2)
    _start(rig)


def _suspend(rig: Rig) -> None:
    rig.pactl("suspend-sink", "rig", "1")


def _resume(rig: Rig) -> None:
    rig.pactl("suspend-sink", "rig", "0")


def _move(rig: Rig) -> None:
    rig.pactl("load-module", "module-null-sink", "sink_name=compact", "rate=44100")
    _send_to(rig, "compact")


def _back(rig: Rig) -> None:
    _send_to(rig, "rig")


def _dead(rig: Rig) -> None:
    with socket.socket(socket.AF_UNIX) as nobody:
        nobody.bind(rig.env["PULSE_SERVER"].removeprefix("unix:"))


def _faults(broken: Path) -> list[Fault]:
    """All faults; the folder *broken* holds audio libraries that cannot be loaded."""
    alsa = {"PULSE_SERVER": "unix:/nowhere", "ALSA_CONFIG_PATH": str(broken / "asound.conf")}
    libraries = {"LD_LIBRARY_PATH": str(broken)}
    return [
        Fault("no audio libraries", early=True, begin=_nothing, mend=None, env=libraries),
        Fault("no server", early=True, begin=_nothing, mend=None),
        Fault("a socket that nobody serves", early=True, begin=_dead, mend=_start),
        Fault("server killed mid-bell", early=False, begin=Rig.kill, mend=_start),
        Fault("server restarted mid-bell", early=False, begin=_restart, mend=_nothing),
        Fault("server frozen", early=False, begin=Rig.freeze, mend=_thaw),
        Fault("server frozen from the start", early=True, begin=_frozen, mend=_thaw),
        Fault("server killed while opening", early=True, begin=_frozen, mend=_hang_up),
        Fault("server comes late", early=True, begin=_nothing, mend=_start),
        Fault("sink gone", early=False, begin=Rig.take_sink, mend=Rig.give_sink),
        Fault("no sink from the start", early=True, begin=_none, mend=Rig.give_sink),
        Fault("sink suspended", early=False, begin=_suspend, mend=_resume),
        Fault("moved to a sink at 44.1 kHz", early=False, begin=_move, mend=_back),
        Fault("through ALSA: server killed", early=False, begin=Rig.kill, mend=_start, env=alsa),
        Fault("through ALSA: server frozen", early=False, begin=Rig.freeze, mend=_thaw, env=alsa),
        Fault("through ALSA: sink gone", early=False, begin=Rig.take_sink, mend=Rig.give_sink, env=alsa),
    ]


def _send_to(rig: Rig, sink: str) -> None:
    """Move all that plays to *sink*."""
    for line in rig.pactl("list", "short", "sink-inputs").splitlines():
        rig.pactl("move-sink-input", line.split()[0], sink)


def _thaw(rig: Rig) -> None:
    rig._send(signal.SIGCONT)  # noqa: SLF001 - the rig's tests never thaw it


def main() -> None:
    """Try each fault that is asked for, or all of them, and print the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--lasting", type=float, default=_LASTS, help="seconds that each fault lasts")
    asked.add_argument("faults", nargs="*", help="parts of the names of faults")
    wanted = asked.parse_args()
    print(
        f"{'fault':<28} {'quit':<10} {'exit s':>6} {'code':>4}  {'still s':>7}  {'said':<5} {'BEL':>3}  "
        f"{'heard again':<21} {'files/threads/clients':<30} stray text"
    )
    with tempfile.TemporaryDirectory() as base:
        broken = Path(base) / "broken"
        broken.mkdir()
        for library in ("libpulse.so", "libpulse.so.0", "libasound.so", "libasound.so.2", "libjack.so", "libjack.so.0"):
            (broken / library).touch()
        (broken / "asound.conf").write_text(_ALSA)
        for fault in _faults(broken):
            if wanted.faults and not any(part in fault.name for part in wanted.faults):
                continue
            for wait in (False, True) if fault.mend else (False,):
                with tempfile.TemporaryDirectory() as folder:
                    it = meet(fault, Path(folder), wanted.lasting, wait=wait)
                exit_s = "never" if it.exit_s is None else f"{it.exit_s:.2f}"
                print(
                    f"{fault.name:<28} {'after it' if wait else 'during it':<10} {exit_s:>6} {it.code!s:>4}  "
                    f"{it.longest_still:>7.2f}  {'yes' if it.told else 'no':<5} {it.bells:>3}  {it.heard:<21} "
                    f"{it.costs:<30} {it.alien[:60] or 'none'}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
