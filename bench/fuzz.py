"""Damage the built-in sequences and poses at random: each file must be read or refused, and quickly.

    python bench/fuzz.py [--cases 20000] [--seed N]

Each case goes through every step before a practice: `psoas check` with its warnings, then the plan and the texts of
the screen at each span, in both languages. Anything but a PsoasError ends the run, and so does a case that takes too
long; hypothesis then looks for the smallest such file and prints it. Needs the extra `dev`.
"""

import argparse
import faulthandler
import os
import tempfile
import time
from collections import Counter
from pathlib import Path
from unicodedata import category

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from psoas_cli.commands.check.report import examined
from psoas_cli.commands.show.plan_page import _as_text  # what psoas show prints, without reading the library again
from psoas_cli.errors import PsoasError
from psoas_cli.player.adaptation import Adaptation
from psoas_cli.practice.model.text import LANGS
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.practice.score.view import view_at
from psoas_cli.resources import bundled
from psoas_cli.storage.library import Library
from psoas_cli.storage.sequence_files import POSES

_PATIENCE = 5.0  # seconds of CPU time that a case may take; most take some milliseconds
_STUCK = 120.0  # seconds until the run ends with a traceback, in case something hangs outside of Python

_FILES = {path.name: path.read_bytes() for path in sorted(bundled("sequences").glob("*.yaml"))}
_TOKENS = sorted({token for content in _FILES.values() for token in content.split()})
_NASTY = (
    *b"' \" { } [ ] , : - # & * ! | > % @ ` ? ~ <<: --- ... !!python/object:os.system &a *a {} [] '' \"\"".split(),
    *b"0s 1ms 1e9s 99999h -5s 24h 1:00:00 nan inf 1_000 0x10 true null = 0% 101% -0s 100000000000000000000".split(),
    *b"4-7-8 box 0-0 0.5-0.5 60-60-60-60 repeat: include: yin breathe: cycles: scan: rest: sides: rebound:".split(),
    b"\t", b"\0", b"\r", b"\r\n", b"\x1b[2J", b"\xff", b"\xe9", b"\xef\xbb\xbf", b"\xc2\x85", b"\xe2\x80\xa8",
    b"\xe2\x80\xae", b"\xf0\x9f\xa7\x98", b"\xed\xa0\x80", b"[red]", b"[/]", b"[right]", b"{en}", b"{}", b"%s",
    b"x" * 5000, b"- " * 50, b"[" * 50, b"audio: ./x.wav", b"bells: {open: ./x.ogg}",
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file's name, and its content after one to five changes of lines, bytes or words."""
    name = draw(st.sampled_from(sorted(_FILES)))
    content = _FILES[name]
    for _ in range(draw(st.integers(1, 5))):
        content = draw(st.sampled_from((_line, _byte, _token)))(draw, content)
    return name, content


def _line(draw: st.DrawFn, content: bytes) -> bytes:
    """Delete, repeat, swap, re-indent, join or replace lines."""
    lines = content.splitlines(keepends=True) or [b""]
    at, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    line = lines[at]
    match draw(st.integers(0, 5)):
        case 0:
            lines[at] = b""
        case 1:
            lines[at] = line * draw(st.integers(2, 40))
        case 2:
            lines[at], lines[other] = lines[other], line
        case 3:
            lines[at] = b" " * draw(st.integers(0, 12)) + line.lstrip(b" ")
        case 4:
            lines[at] = line.rstrip(b"\n")
        case _:
            lines[at : at + draw(st.integers(1, 30))] = lines[other : other + draw(st.integers(1, 30))]
    return b"".join(lines)


def _byte(draw: st.DrawFn, content: bytes) -> bytes:
    """Delete, insert or replace a few bytes."""
    at = draw(st.integers(0, len(content)))
    gone = draw(st.integers(0, 20))
    return content[:at] + draw(st.binary(max_size=4)) + content[at + gone :]


def _token(draw: st.DrawFn, content: bytes) -> bytes:
    """Replace a word, or put another one before it."""
    at = draw(st.integers(0, len(content)))
    start = max(content.rfind(b" ", 0, at), content.rfind(b"\n", 0, at)) + 1
    ends = [end for end in (content.find(b" ", at), content.find(b"\n", at)) if end >= 0]
    end = min(ends, default=len(content))
    new = draw(st.one_of(st.sampled_from(_NASTY), st.sampled_from(_TOKENS)))
    kept = content[start:end] if draw(st.booleans()) else b""
    return content[:start] + new + kept + content[end:]


class Run:
    """A run of many cases in *folder*: their outcomes, and the CPU seconds of the slowest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._library = Library("en")
        self._library.poses  # noqa: B018 - read now, not in the first case
        self.outcomes: Counter[str] = Counter()
        self.slowest = 0.0

    def case(self, name: str, content: bytes) -> None:
        """Check the file *name*, and show it if it is valid."""
        begun = time.process_time()  # CPU time: a busy machine is not a hang
        faulthandler.dump_traceback_later(_STUCK, exit=True)
        path = self._folder / name
        path.write_bytes(content)
        self.outcomes[self._outcome(path)] += 1
        seconds = time.process_time() - begun
        self.slowest = max(self.slowest, seconds)
        assert seconds < _PATIENCE, f"{name} took {seconds:.1f} s"

    def _outcome(self, path: Path) -> str:
        found = examined(self._library, str(path))
        for problem in (*found.problems, *found.warnings):
            assert problem.line >= 1, problem
            assert problem.column >= 1, problem
            assert not any(category(char) in {"Cc", "Cs"} for char in problem.told.replace("\n", "")), problem
        if found.problems:
            return "refused"
        if path.name != POSES:
            self._show(path)
        return "valid, with warnings" if found.warnings else "valid"

    def _show(self, path: Path) -> None:
        try:
            sequence = self._library.sequence(str(path))
            timeline = compile_sequence(sequence)
        except PsoasError as error:
            raise AssertionError(f"valid, but refused: {error}") from error
        for lang in LANGS:
            assert _as_text(Adaptation(sequence, timeline), lang)
            for span in timeline.spans[:500]:
                view_at(timeline, span.start, lang)
                view_at(timeline, (span.start + span.end) / 2, lang)


def main() -> None:
    """Run as many cases as asked for, and print their outcomes."""
    parser = argparse.ArgumentParser(description="Read damaged files: no traceback, no hang.")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="psoas-") as folder:
        os.environ["PSOAS_HOME"] = folder
        run = Run(Path(folder))

        @seed(wanted.seed)
        @settings(
            max_examples=wanted.cases,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(damaged())
        def read_or_refused(file: tuple[str, bytes]) -> None:
            run.case(*file)

        begun = time.perf_counter()
        read_or_refused()
        seconds = time.perf_counter() - begun
    faulthandler.cancel_dump_traceback_later()
    cases = sum(run.outcomes.values())
    print(f"{cases} cases in {seconds:.0f} s, {seconds / cases * 1000:.1f} ms each")
    print(f"slowest case: {run.slowest:.2f} s of CPU time")
    for outcome, count in run.outcomes.most_common():
        print(f"{outcome:>20}  {count / cases:6.1%}")


if __name__ == "__main__":
    main()
