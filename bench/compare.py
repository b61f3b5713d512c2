"""Compare psoas with its peers in one run: starting, a session, its end, keys, memory, and ten hours.

    python bench/compare.py                         everything, about 20 minutes
    python bench/compare.py --quick                 a short version, to see whether it works
    python bench/compare.py --only start,keys       some of the parts
    python bench/compare.py --hour                  everything, and a practice of a real hour

It prints the tables of README.md. Only ratios within one run mean anything; leave the machine alone meanwhile. Needs
Linux and the extra `dev`. The peers are installed once, each into an environment of its own.
"""

import argparse
import platform
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # for the helpers of the tests

import ends
import keys_pressed
import long_run
import memory
import session
import startup
from peers import KEPT, installed

_PARTS = {
    "start": "Starting",
    "session": "A session",
    "end": "Its end",
    "keys": "Keys",
    "memory": "Memory",
    "long": "Ten hours",
    "hour": "A real hour",
}
_USUAL = "start,session,end,keys,memory,long"


def main() -> None:
    """Measure the parts asked for, and print their tables."""
    asked = _arguments()
    names, quick = asked.only.split(","), asked.quick
    names += ["hour"] if asked.hour else []
    peers = installed(asked.peers) if {"start", "session", "end"} & {*names} else {}
    parts = {
        "start": lambda: startup.compare(peers, 5 if quick else asked.turns),
        "session": lambda: session.compare(peers, 12 if quick else 60, asked.sessions),
        "end": lambda: ends.compare(peers, 10 if quick else 60),
        "keys": lambda: keys_pressed.compare(10 if quick else 100),
        "memory": lambda: memory.measure(20 if quick else 90),
        "long": lambda: long_run.by_count(2 if quick else 10),
        "hour": lambda: long_run.by_the_clock(2 if quick else 60),
    }
    versions = [f"Python {platform.python_version()}", *(f"{peer.name} {peer.version}" for peer in peers)]
    print(", ".join(versions))
    for name in names:
        print(f"\n### {_PARTS[name]}", flush=True)
        parts[name]()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="shorter, with fewer repetitions")
    parser.add_argument("--only", default=_USUAL, metavar="PART,...", help=f"parts to run, of {', '.join(_PARTS)}")
    parser.add_argument("--hour", action="store_true", help="also run a practice of a real hour")
    parser.add_argument("--turns", type=int, default=21, help="measurements of each start (21)")
    parser.add_argument("--sessions", type=int, default=1, help="measurements of each session (1)")
    parser.add_argument("--peers", type=Path, default=KEPT, metavar="FOLDER", help=f"where to install them ({KEPT})")
    asked = parser.parse_args()
    unknown = {*asked.only.split(",")} - {*_PARTS}
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")
    return asked


if __name__ == "__main__":
    main()
