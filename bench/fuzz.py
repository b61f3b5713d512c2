"""Try psoas with whatever comes: damaged files, odd steps, settings and journals, packs of strangers, any keys at all.

    python bench/fuzz.py [--seed N] [--only KIND] [--count N] [--case N] [--keep FOLDER]

Each case is made from the seed, its kind and its number, and is tried within limits of time and memory; the laws stand
in the module of its kind. Nothing but a PsoasError may come of it. What fails is made smaller and kept in a folder of
its own, with the trace; `--only KIND --case N` tries it again as it was, and `--again FOLDER` what was kept. Each kind
runs in processes of its own, two at a time. Linux; needs the extra `dev`.
"""

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

from fuzz_case import Failure, Files, Kind, attempt, smallest
from pty_meter import memory
from tables import print_table

KINDS = ("sequences", "steps", "pages", "settings", "settings_page", "journals", "voices", "keys", "terminals")
"""Each has a module `fuzz_KIND` with a class `Trial`."""

_SHARES = {"sequences": 4, "keys": 2, "terminals": 2}
"""Into how many processes the cases of a kind are shared out, so that two cores are busy to the end."""

_ROOM = 2 << 30  # bytes of address space for a process, to protect the machine
_PATIENCE = 20.0  # seconds to make a failure smaller
_SHRUNK = 6  # failures of a process that are made smaller
_TOLD = ("LANG", "LC_ALL", "LC_MESSAGES", "PSOAS_LANG", "PSOAS_MUTE", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")


def trial_of(name: str) -> Kind:
    """The trial of the kind *name*, in a home folder that must be set."""
    trial: Kind = import_module(f"fuzz_{name}").Trial()
    return trial


def case_of(kind: Kind, name: str, seed: int, number: int) -> Files:
    """The files of case *number*: the same for the same seed, whatever came before."""
    return kind.made(Random(f"{seed}/{name}/{number}"))


def _share(name: str, wanted: argparse.Namespace) -> dict[str, Any]:
    """Try every case of a share of a kind; return the figures."""
    kind = trial_of(name)
    count = wanted.count or kind.COUNT
    numbers = [wanted.case] if wanted.case is not None else range(wanted.share, count, _SHARES.get(name, 1))
    outcomes: Counter[str] = Counter()
    failures: list[dict[str, Any]] = []
    slowest, seen = (0.0, -1), Counter[str]()
    for number in numbers:
        files = case_of(kind, name, wanted.seed, number)
        outcome, seconds, failure = attempt(kind, files)
        outcomes[outcome] += 1
        slowest = max(slowest, (seconds, number))
        if failure:
            seen[failure.what] += 1
            if seen[failure.what] == 1:
                if len(seen) <= _SHRUNK and name != "terminals":
                    files = smallest(kind, files, failure, _PATIENCE)
                kept = Path(wanted.keep) / f"{name}-{wanted.seed}-{number}"
                _keep(kept, files, failure)
                failures.append({"what": failure.what, "number": number, "kept": str(kept)})
    failures = [each | {"times": seen[each["what"]]} for each in failures]
    peak = max(memory(os.getpid(), peak=True), getattr(kind, "peak", 0.0))
    return {"outcomes": outcomes, "slowest": slowest, "failures": failures, "peak": peak}


def _keep(folder: Path, files: Files, failure: Failure) -> None:
    """Keep what failed in *folder*, and the trace."""
    for name, content in ({**files, "TRACE": failure.trace.encode("utf-8", "replace")}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _again(folder: Path) -> None:
    """Try what was kept in *folder* once more, and print what comes of it."""
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "TRACE"
    }
    outcome, seconds, failure = attempt(trial_of(folder.name.partition("-")[0]), files)
    print(f"{outcome}, {seconds:.2f} s of CPU time")
    if failure:
        sys.exit(failure.trace)


def _child(name: str, share: int, wanted: argparse.Namespace) -> dict[str, Any]:
    """Have a process of its own try a share of a kind; return its figures."""
    asked = {"seed": wanted.seed, "count": wanted.count, "case": wanted.case, "keep": wanted.keep}
    options = [f"--{key}={value}" for key, value in asked.items() if value is not None]
    line = [sys.executable, __file__, f"--only={name}", f"--share={share}", *options]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode:
        lost = {
            "what": f"the process ended with {done.returncode}",
            "number": -1,
            "times": 1,
            "kept": done.stderr[-2000:],
        }
        return {"outcomes": {}, "slowest": (0.0, -1), "failures": [lost], "peak": 0.0}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _told(name: str, found: list[dict[str, Any]]) -> tuple[str, ...]:
    """The row of a kind."""
    outcomes: Counter[str] = Counter()
    for each in found:
        outcomes.update(each["outcomes"])
    slowest, number = max(tuple(each["slowest"]) for each in found)
    counts = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items()))
    failures = sum(failure["times"] for each in found for failure in each["failures"])
    peak = max(each["peak"] for each in found)
    return name, str(outcomes.total()), counts, f"{slowest:.2f} ({number})", f"{peak:.0f}", str(failures)


def main() -> None:
    """Run as many cases of each kind as asked for, and print what they came to."""
    parser = argparse.ArgumentParser(description="Try psoas with whatever comes: no traceback, no hang.")
    parser.add_argument("--seed", type=int, default=Random().randrange(1 << 30))
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--count", type=int, help="cases of each kind")
    parser.add_argument("--case", type=int, help="with --only: this case alone")
    parser.add_argument("--keep", default="fuzz-failures", help="the folder for what fails")
    parser.add_argument("--again", type=Path, help="a folder that was kept: try that")
    parser.add_argument("--share", type=int, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.share is not None or wanted.again:
        resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
        for name in _TOLD:
            os.environ.pop(name, None)
        place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a disk in memory, where there is one
        with tempfile.TemporaryDirectory(prefix="psoas-", dir=place) as home:
            os.environ["PSOAS_HOME"] = home
            gc.enable()  # psoas's entry disables it
            if wanted.again:
                _again(wanted.again)
            else:
                print(json.dumps(_share(wanted.only, wanted)))
        return
    print(f"seed {wanted.seed}", flush=True)
    begun = time.monotonic()
    names = [wanted.only] if wanted.only else KINDS
    jobs = [(name, i) for name in names for i in range(1 if wanted.case is not None else _SHARES.get(name, 1))]
    with ThreadPoolExecutor(2) as pool:
        done = [*pool.map(lambda job: _child(job[0], job[1], wanted), jobs)]
    by_kind = {name: [each for (job, _), each in zip(jobs, done, strict=True) if job == name] for name in names}
    head = ("kind", "cases", "came to", "slowest, s of CPU (case)", "peak, MiB", "failures")
    print_table(head, [_told(name, found) for name, found in by_kind.items()])
    print(f"in {time.monotonic() - begun:.0f} s")
    failures = {(name, each["what"]): each for name in names for found in by_kind[name] for each in found["failures"]}
    for (name, what), each in failures.items():
        print(f"{name} {each['number']}: {what} ({each['times']} times)\n    {each['kept']}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
