"""Kill sessions at random moments, and check what the journal holds and where `--resume` continues.

    python bench/journal.py [--times 50] [--rows 10000]

First a journal of so many rows is read as the commands read it. Then sessions run for real, each in a home folder of
its own, and are killed (SIGKILL) up to twenty seconds after they began. Ten run at once.
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
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage.entry import NAMES, Entry, row_of
from psoas_cli.storage.journal import Journal
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable

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
        (entry,) = Journal(journal).read().entries
        again = subprocess.run(
            [*command, "--resume", "--yes", "--plain", "--speed", "1000", "-l", "en"],
            env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        timeline = compile_sequence(Library("en").sequence(str(file)))
        place = timeline.span_at(entry.position_s).segment.title.en
        first = re.search(r"^ +\d+:\d\d +(\w+) \(", again.stdout, re.MULTILINE)
        return Killed(whole, practised - entry.practised_s, first is not None and first[1] == place)


def read(rows: int) -> None:
    """Print how long it takes to read a journal of so many *rows*."""
    now = datetime.now().astimezone()
    entry = Entry(
        "", "", "", "ended", "practice yin", "Yin", "en", None, None, 2700.0, 1.0, "", practised_s=2700.0,
        changes=(("hold", 30.0, -30.0),),
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "journal.sqlite3")
        Journal(path).write(replace(entry, id="-1", began=now.isoformat(), seen=now.isoformat()))
        marks = ", ".join("?" * len(NAMES))
        with closing(sqlite3.connect(path)) as connection, connection:
            for number in range(rows):
                when = (now - timedelta(hours=7 * number)).isoformat(timespec="seconds")
                values = row_of(replace(entry, id=str(number), began=when, seen=when))
                connection.execute(f"INSERT INTO sessions ({', '.join(NAMES)}) VALUES ({marks})", values)  # noqa: S608
        since = (now - timedelta(days=3)).date().isoformat()
        calls: dict[str, Callable[[], object]] = {
            "history": Journal(path).read,
            "home": lambda: Journal(path).last_times(now),
            "practice": lambda: (Journal(path).times("practice yin"), Journal(path).read(since)),
        }
        for name, call in calls.items():
            begin = time.perf_counter()
            call()
            print(f"{rows} rows: {name} reads {1000 * (time.perf_counter() - begin):.0f} ms")


def main() -> None:
    """Read as many rows, kill as many sessions as asked for, and print what was left."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--rows", type=int, default=10_000)
    arguments = parser.parse_args()
    read(arguments.rows)
    if not arguments.times:
        return
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(killed, range(arguments.times)))
    lost = [each.lost for each in found]
    whole, placed = sum(each.whole for each in found), sum(each.placed for each in found)
    print(f"{len(found)} killed; {whole} files intact; {placed} resumed in the right place")
    print(f"lost at most {max(lost):.1f} s, {sum(lost) / len(lost):.1f} s on average")


if __name__ == "__main__":
    main()
