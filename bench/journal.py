"""Kill sessions at random moments, and check what the journal holds and where `--resume` continues.

    python bench/journal.py [--times 50]

Each session runs for real, in a home folder of its own, and is killed (SIGKILL) up to twenty seconds after it began.
Ten run at once.
"""

import argparse
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage.journal import Journal
from psoas_cli.storage.library import Library

_PRACTICE = """
title: Killed
lead-in: 0s
transition: 0s
steps:
  - {name: One, hold: 4s}
  - {name: Two, hold: 13s}
  - {name: Three, hold: 30s}
"""
_AT_ONCE = 10


class Killed(NamedTuple):
    """A killed session: whether its file is intact, the seconds lost, and whether it resumed in the right place."""

    whole: bool
    lost: float
    placed: bool


def killed(number: int) -> Killed:
    """Run session *number*, kill it, and examine what is left."""
    moment = random.Random(number).uniform(0.3, 20.0)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        file = home / "sequences" / "killed.yaml"
        file.parent.mkdir()
        file.write_text(_PRACTICE, "utf-8")
        env = {**os.environ, "PSOAS_HOME": folder, "PSOAS_MUTE": "1"}
        command = [sys.executable, "-m", "psoas_cli", "practice"]
        program = subprocess.Popen(
            [*command, "killed", "--yes", "--plain", "-l", "en"], env=env, stdout=subprocess.PIPE, text=True
        )
        assert program.stdout is not None
        while "0:00" not in program.stdout.readline():
            pass
        begin = time.monotonic()
        time.sleep(moment)
        program.kill()
        practised = time.monotonic() - begin
        program.wait()
        journal = home / "journal.sqlite3"
        with sqlite3.connect(journal) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (entry,) = Journal(journal).entries()
        again = subprocess.run(
            [*command, "--resume", "--yes", "--plain", "--speed", "1000", "-l", "en"],
            env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        timeline = compile_sequence(Library("en").sequence(str(file)))
        place = timeline.span_at(entry.position_s).segment.title.en
        first = re.search(r"^ +\d+:\d\d +(\w+) \(", again.stdout, re.MULTILINE)
        return Killed(whole, practised - entry.practised_s, first is not None and first[1] == place)


def main() -> None:
    """Kill as many sessions as asked for, and print what was left."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=50)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(killed, range(parser.parse_args().times)))
    lost = [each.lost for each in found]
    whole, placed = sum(each.whole for each in found), sum(each.placed for each in found)
    print(f"{len(found)} killed; {whole} files intact; {placed} resumed in the right place")
    print(f"lost at most {max(lost):.1f} s, {sum(lost) / len(lost):.1f} s on average")


if __name__ == "__main__":
    main()
