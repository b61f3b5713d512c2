"""Compare what is heard of a live practice, through a private sound server, with its timeline.

    python bench/sound.py            both of the following
    python bench/sound.py busy       5 minutes at 20 frames a second, a bell every 5 s over the breath, both cores busy
    python bench/sound.py turns      10 minutes of breathing 5.5-5.5: do the turns stay on time?
    python bench/sound.py --minutes 1 busy

`psoas practice FILE` runs on a terminal of its own and plays into a private PulseAudio server, which records it. Each
bell and each phase of the breath is found by correlation. Needs PulseAudio, and the extras `dev` and `make`.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.rig.conftest import Recorder, Recording, Rig

from live_program import Program  # after the path, like the rest
from psoas_cli.audio import breath
from psoas_cli.audio.samples import RATE, Samples
from psoas_cli.audio.strike import strike_of
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.storage.library import Library

Wave = NDArray[np.float64]

_PRACTICES = {
    "busy": """
title: A bell every five seconds over the breath
lead-in: 4s
bells: {{open: wood-block, hold: none, end: none, close: none, every: {{interval: 5s, sound: wood-block}}}}
steps:
  - breathe: 4-6
    hold: {minutes}m
""",
    "turns": """
title: Nothing but breath
lead-in: 4s
bells: {{open: none, hold: none, end: none, close: none}}
steps:
  - breathe: 5.5-5.5
    hold: {minutes}m
""",
}
_MINUTES = {"busy": 5, "turns": 10}
_HEARD = 0.3  # likeness (0..1) from which a sound counts as found; unrelated sounds stay below 0.1
_AROUND = 0.15  # seconds before and after its moment in which a sound is searched for
_INSIDE = 1.0  # seconds into a phase of the breath at which it is loud enough to be found
_NEAR = 2.0  # seconds around a sound in which the recorder's clock is checked
_GAP = 0.002  # seconds
_AUDIBLE = 30.0  # of 32768; a gap in anything softer does not count


class Timed(Recorder):
    """A recorder that also knows how its own clock strayed: a busy server may skip or repeat frames."""

    def _listen(self) -> None:
        assert self._parec.stdout is not None
        self.arrivals: list[tuple[int, float]] = []
        while chunk := self._parec.stdout.read(65_536):
            self._heard += chunk
            frames = len(self._heard) // 2
            begin = time.monotonic() - frames / RATE
            self.arrivals.append((frames, begin))
            self._begin = min(self._begin, begin)
            self._hearing.set()

    def strayed(self, moment: float) -> float:
        """Seconds by which frames around *moment* (a second of the recording) came later than the first one implies."""
        near = [begin for frames, begin in self.arrivals if abs(frames / RATE - moment) < _NEAR]
        return min(near, default=self._begin) - self._begin


class Event(NamedTuple):
    """A sound that should be heard.

    Args:
        at: Its moment in the practice, in seconds.
        samples: Its samples.
        inside: Where the part to search for begins in them, in seconds.
        length: The length of that part, in seconds.
        bell: Whether it is a bell.
    """

    at: float
    samples: Wave
    inside: float
    length: float
    bell: bool


class Found(NamedTuple):
    """A sound that was searched for: its moment, how much later it was heard (seconds), and its likeness (0..1)."""

    at: float
    late: float
    likeness: float


def events_of(timeline: Timeline) -> list[Event]:
    """All bells and phases of the breath in *timeline*, in order."""
    events = [
        Event(cue.at, wave(strike_of(cue.bell)), 0.0, 0.08, bell=True) for cue in timeline.cues if cue.bell is not None
    ]
    for at, phase, span in timeline.breaths_in(0.0, timeline.duration):
        samples = breath.render(phase.kind, phase.seconds, span.segment.sound, (phase.begin, phase.end))
        events.append(Event(at, wave(samples), _INSIDE, 0.2, bell=False))
    return sorted(events, key=lambda event: event.at)


def found(event: Event, heard: Wave, zero: float) -> Found:
    """Search for *event* in *heard*, a recording in which the practice begins at second *zero*."""
    begin = round(event.inside * RATE)
    template = np.diff(event.samples[begin : begin + round(event.length * RATE)])
    moment = round((zero + event.at + event.inside) * RATE)
    reach = round(_AROUND * RATE)
    around = np.diff(heard[max(0, moment - reach) : moment + reach + len(template) + 1])
    if len(around) < len(template):
        return Found(event.at, 0.0, 0.0)
    products = np.correlate(around, template)
    power = np.cumsum(np.concatenate([[0.0], around**2]))
    likeness = products / np.sqrt((power[len(template) :] - power[: -len(template)]) * (template**2).sum() + 1)
    best = int(np.argmax(likeness))
    return Found(event.at, (best - min(moment, reach)) / RATE, float(likeness[best]))


def gaps(events: list[Event], all_found: list[Found], heard: Wave, zero: float) -> int:
    """Count the times that nothing at all was heard for 2 ms or more where something should have been."""
    tape = np.zeros(len(heard))
    for event, it in zip(events, all_found, strict=True):
        first = round((zero + event.at + it.late) * RATE)
        piece = event.samples[: max(0, len(tape) - first)]
        tape[first : first + len(piece)] += piece
    hole = round(_GAP * RATE)
    still = np.flatnonzero(np.diff(np.concatenate([[0], (heard == 0).astype(int), [0]])))
    holes = [(a, b) for a, b in still.reshape(-1, 2) if b - a >= hole]
    # only if something audible was due there: near a turn of the breath everything is zero for a moment
    return sum(1 for a, b in holes if np.abs(tape[a:b]).max() > _AUDIBLE)


def perform(kind: str, minutes: float, folder: Path, bed: str, *, busy: bool) -> dict[str, float]:
    """Run the practice *kind* for *minutes* over *bed*, and return the figures of what is heard of it, by name."""
    file = folder / f"{kind}.yaml"
    file.write_text(_PRACTICES[kind].format(minutes=minutes), "utf-8")
    timeline = compile_sequence(Library("en").sequence(str(file)))
    events = events_of(timeline)
    with rig(folder) as server, _hogs(os.cpu_count() or 2 if busy else 0):
        recorder = Timed(server.env)
        program = Program(["practice", str(file), "--yes", "--volume", "70", "--bed", bed], server.env, folder)
        zero = program.zero()
        first = events[0].at
        _wait(zero + first)
        before = program.spent()
        _wait(zero + timeline.duration - 1)
        after = program.spent()
        exit_in = program.ended_in(5)
        recording = recorder.recording()
        recorder.stop()
    heard, start = wave(recording.frames), zero - recording.begin
    all_found = [found(event, heard, start) for event in events]
    lasted = timeline.duration - 1 - first
    figures = {
        "seconds": lasted,
        "CPU of sound, % of a core": 100 * (after.sound - before.sound) / lasted,
        "CPU of the rest, % of a core": 100 * (after.main - before.main) / lasted,
        "exited by itself, s after the end": (exit_in or np.nan) - 1,
    }
    for name, bell in (("bells", True), ("phases of the breath", False)):
        mine = [each for each, event in zip(all_found, events, strict=True) if event.bell == bell]
        late = np.array([each.late for each in mine if each.likeness > _HEARD]) * 1000
        if mine:
            figures |= {
                f"{name}": len(mine),
                f"{name}: lost": len(mine) - len(late),
                f"{name}: onset error, mean ms": late.mean(),
                f"{name}: onset error, sd ms": late.std(),
                f"{name}: furthest from the timeline, ms": np.abs(late).max(),
                f"{name}: furthest from their mean, ms": np.abs(late - late.mean()).max(),
                f"{name}: lowest likeness": min(each.likeness for each in mine),
            }
    figures["gaps over 2 ms"] = gaps(events, all_found, heard, start)
    strayed = [recorder.strayed(start + each.at) * 1000 for each in all_found]
    figures["the recorder's own clock strayed, ms"] = max(strayed) - min(strayed)
    _keep(folder, kind, recording, all_found, strayed)
    return figures


def _keep(folder: Path, kind: str, recording: Recording, all_found: list[Found], strayed: list[float]) -> None:
    """Save the recording and what was found in it to *folder*."""
    recording.frames.tofile((folder / f"{kind}.raw").open("wb"))
    lines = [
        f"{each.at:.3f} {each.late * 1000:.3f} {each.likeness:.3f} {stray:.3f}"
        for each, stray in zip(all_found, strayed, strict=True)
    ]
    (folder / f"{kind}.txt").write_text("\n".join(lines) + "\n", "utf-8")


@contextlib.contextmanager
def rig(folder: Path) -> Iterator[Rig]:
    """A private sound server that does not record yet."""
    server = Rig(folder)
    server.start(record=False)
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def _hogs(count: int) -> Iterator[None]:
    """Keep *count* processes busy."""
    hogs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()


def _wait(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


def wave(samples: Samples) -> Wave:
    """*samples* as an array of floats."""
    return np.array(samples, dtype=np.float64)


def main() -> None:
    """Measure each kind, and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", nargs="*", choices=[[], *_PRACTICES], help="default: both")
    parser.add_argument("--minutes", type=float, help="default: 5 for busy, 10 for turns")
    parser.add_argument("--bed", default="none", help="a bed of sound under it; default: none")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="save recordings and onsets there")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for kind in asked.kind or _PRACTICES:
            place = asked.keep or Path(folder)
            place.mkdir(exist_ok=True)
            print(f"\n{kind}", flush=True)
            figures = perform(kind, asked.minutes or _MINUTES[kind], place, asked.bed, busy=kind == "busy")
            for name, figure in figures.items():
                print(f"  {name:<48} {figure:>10.3f}", flush=True)


if __name__ == "__main__":
    main()
