"""Play five hundred bells through simpleaudio on each interpreter named: is each heard, when, and does it crash?

    python bench/simpleaudio_bells.py [--bells 500] PYTHON...

Each PYTHON is an interpreter with `.[simpleaudio]` installed. The bells, a fifth of a second apart and overlapping, go
through the player of `--audio simpleaudio` into a private PulseAudio server, which records them; each is found in the
recording by correlation. On Debian this needs the packages pulseaudio, pulseaudio-utils and libasound2-plugins.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.rig.conftest import Rig

from psoas_cli.audio import decode

_GAP = 0.2  # seconds from one bell to the next
_HEARD = 0.3  # likeness (0..1) from which a bell counts as found
_SOURCE = Path(__file__).parents[1] / "src"

_PLAY = """
import json, sys, time
from psoas_cli.practice.model.sequence import Bell
from psoas_cli.audio.simpleaudio.simple_sink import SimpleSink
bells, gap = int(sys.argv[1]), float(sys.argv[2])
player = SimpleSink()
player.prepare(map(Bell, ["wood-block", "tingsha", "deep-bowl"]), [])
player.start()
until = time.monotonic() + 10
while player.state != "on" and time.monotonic() < until:
    time.sleep(0.01)
moments = []
begin = time.monotonic() + 1
for i in range(bells):
    sound = "deep-bowl" if i % 25 == 0 else "tingsha" if i % 5 == 0 else "wood-block"
    at = begin + i * gap
    time.sleep(max(0, at - 0.5 - time.monotonic()))
    player.bell(Bell(sound), at)
    moments.append((sound, at))
time.sleep(1)
state, children = player.state, player._stream.children
closing = time.monotonic()
player.close()
print(json.dumps({"moments": moments, "state": state, "children": children, "close": time.monotonic() - closing,
                  "python": sys.version.split()[0]}))
"""


def _measure(python: str, bells: int) -> str:
    """The table's row for *python*."""
    with tempfile.TemporaryDirectory() as folder:
        rig = Rig(Path(folder))
        rig.start()
        try:
            env = {**rig.env, "PYTHONPATH": str(_SOURCE)}
            ran = subprocess.run(
                [python, "-c", _PLAY, str(bells), str(_GAP)], env=env, capture_output=True, text=True, check=False
            )
            recording = rig.recording()
        finally:
            rig.stop()
    if ran.returncode or ran.stderr:
        return f"{python}: exit {ran.returncode}: {ran.stderr.strip()[-300:]}"
    told = json.loads(ran.stdout)
    late = []
    for sound, at in told["moments"]:
        moment, likeness = recording.find(decode.load(sound), near=at, within=_GAP / 2)
        if likeness > _HEARD:
            late.append((moment - at) * 1000)
    crashes = told["children"] - 1
    return (
        f"{told['python']:10}{len(late):6} of {bells}{crashes:9}{told['state']:>7}{statistics.median(late):9.1f}"
        f"{statistics.stdev(late):7.1f}{min(late):8.1f}{max(late):8.1f}{told['close'] * 1000:9.0f}"
    )


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("python", nargs="+", metavar="PYTHON", help="an interpreter with .[simpleaudio]")
    parser.add_argument("--bells", type=int, default=500, help="number of bells (500)")
    arguments = parser.parse_args()
    print("Python         heard   crashes  state   late ms: median     sd     min     max  close ms")
    for python in arguments.python:
        print(_measure(python, arguments.bells), flush=True)


if __name__ == "__main__":
    main()
