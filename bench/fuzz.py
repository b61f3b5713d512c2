"""Files that went wrong in all the ways there are: is each a clear line, soon, and never a traceback.

    python bench/fuzz.py [--cases 20000]

The built-in sequences and the pose library, with lines, words and characters deleted, doubled, moved and replaced, go
through all that reads them: reading, fitting, every text of every span, and the warnings.
"""

import argparse
import signal
import time
from collections import Counter
from contextlib import suppress
from types import FrameType

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from psoas_cli.errors import PsoasError
from psoas_cli.practice.fitting import feasible_minutes
from psoas_cli.practice.pose_reader import read_library
from psoas_cli.practice.reader import Shelf, Source, check_sequence
from psoas_cli.practice.text import LANGS, shown
from psoas_cli.practice.timeline import compile_sequence
from psoas_cli.practice.view import view_at
from psoas_cli.resources import bundled
from psoas_cli.screen.fullness import cut_texts

PATIENCE = 10
"""Seconds for one file, after which it hangs."""

_FILES = {path.stem: path.read_text("utf-8") for path in sorted(bundled("sequences").glob("*.yaml"))}
_POSES = read_library(_FILES["poses"], "poses.yaml", "en", {})
_PIECES = [
    "'", '"', "{", "}", "[", "]", ":", ",", "#", "&a ", "*a", "!", "!!python/object:x.y ", "|", ">-", "%", "@", "`",
    "?", "-", "- ", "\t", "\n", "  ", "\0", "\x1b[2J", "\ufeff", "\u202e", "0s", "99h", "1e9", "nan", "no", "yes",
    "~", "<<", "repeat: 999", "include: yin", "pose: ", "hold: ", "breathe: 4-7-8", "steps:", "rest: 3m",
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, str]:
    """The name of a file, and what became of it."""
    name = draw(st.sampled_from([*_FILES]))
    lines = _FILES[name].splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 6))):
        i, j = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        line = lines[i]
        at = draw(st.integers(0, len(line)))
        piece = draw(st.one_of(st.sampled_from(_PIECES), st.text(max_size=4)))
        indent = len(line) - len(line.lstrip())
        lines[i] = draw(
            st.sampled_from(
                [
                    "",
                    line * 2,
                    lines[j],
                    line[:at] + piece + line[at:],
                    line[:at] + line[at + 3 :],
                    " " * draw(st.integers(0, 12)) + line.lstrip(),
                    f"{line[:indent]}{piece}{line[indent:]}",
                    line.partition(":")[0] + f": {piece}\n",
                ]
            )
        )
    return name, "".join(lines)


def handled(name: str, content: str) -> str:
    """What became of a file: read, or refused.

    Raises:
        PsoasError: It cannot be used.
    """
    if name == "poses":
        read_library(content, "poses.yaml", "en", {})
        return "read"
    checked = check_sequence(
        Source(name, f"{name}.yaml", content),
        Shelf("en", _POSES, lambda other: Source(other, other, _FILES[other]) if other in _FILES else None),
    )
    if checked.sequence is None:
        assert checked.problems
        assert all(shown(problem.message) == problem.message for problem in checked.problems)
        return "refused"
    timeline = compile_sequence(checked.sequence)
    feasible_minutes(checked.sequence)
    for lang in LANGS:
        for span in timeline.spans[:200]:
            view_at(timeline, span.start, lang)
        if len(timeline.spans) < 200:
            list(cut_texts(timeline, lang))
    return "read"


def main() -> None:
    """Run, and print what became of the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=20_000)
    cases = parser.parse_args().cases
    ends: Counter[str] = Counter()
    longest = 0.0

    def hangs(_: int, __: FrameType | None) -> None:
        raise AssertionError(f"a file took more than {PATIENCE} s")

    signal.signal(signal.SIGALRM, hangs)

    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(damaged())
    def fuzz(file: tuple[str, str]) -> None:
        nonlocal longest
        begin = time.monotonic()
        signal.alarm(PATIENCE)
        end = "refused"
        with suppress(PsoasError):
            end = handled(*file)
        signal.alarm(0)
        ends[end] += 1
        longest = max(longest, time.monotonic() - begin)

    fuzz()
    print(f"{sum(ends.values())} files: {dict(ends)}; the longest took {longest:.2f} s")


if __name__ == "__main__":
    main()
