"""Steps in shorthand: refused with a caret that points into the line, or practised as the file made of them says."""

import zlib
from random import Random
from typing import ClassVar

from damage import UNSEEN, damaged
from fuzz_case import Files, assert_readable, command, laid
from psoas_cli.errors import PsoasError
from psoas_cli.practice.format.draft import commented
from psoas_cli.practice.format.problems import BadStepsError
from psoas_cli.practice.format.reader import Source, check_sequence
from psoas_cli.practice.format.shorthand import read_steps, shorthand_of
from psoas_cli.practice.model.names import STEPS, as_typed
from psoas_cli.practice.model.patterns import NAMED
from psoas_cli.practice.model.text import LANGS, cells, visible
from psoas_cli.practice.score.timeline import compile_sequence
from psoas_cli.storage.library import Library

_OWN = """
"a, b": {name: Two, hold: 1m}
rest: {name: My rest, hold: 1m}
3m: {name: Three minutes}
log: {name: {en: Log, nl: Boomstam}, text: Lie down., sides: true, variations: {"x:y": {name: A}, low: {name: Low}}}
'"o$"': {name: Odd, hold: 1m, kind: movement}
бревно: {name: Бревно, hold: 2m, back-bend: true, counter: log}
"""
_ODD = (
    "", " ", ",", ";", "\t", "\n", "5", "3m", "½m", "1,5m", "3-5 min", "25h", "0s", "rest", "rest 4m", "breathe",
    "breathe 4-6", "breathe 0-0", "breathe 4:6 3m", "breathe box 9999999999 breaths", "breathe 4-7-8 1h", "scan",
    "scan 1s", "rust", "ademen", "baby draak", "sphinx:", ":low", "sphinx:on-the-ribs", "log:x:y", "log:low 1m", "a, b",
    "бревно 2m", "漢字 3m", "🧘🏽‍♀️", "e\u0301" * 40, "x" * 250, "\x1b[31m", "\u202eniy", "--steps", "yin", "$(ls)",
    "'", '"', "`", "%",
)  # fmt: skip


class Trial:
    """Trials of lines of steps."""

    COUNT: ClassVar[int] = 2_000

    def __init__(self) -> None:
        self._libraries = {lang: Library(lang, own_poses=False) for lang in LANGS}  # reading them takes longest
        poses = self._libraries["en"].poses
        self._names = [name for pose in poses.values() for name in (pose.id, pose.name.en, pose.name.nl)]
        self._forms = [f"{pose.id}:{form}" for pose in poses.values() for form in pose.variations]

    def made(self, random: Random) -> Files:
        """A line, as it may be written or damaged, and sometimes poses of one's own."""
        count = random.choice((1, 2, 3, 5, 8, 25, 101)) if random.random() < 0.99 else 40_000
        good = random.random() < 0.5
        steps = [self._step(random, good=good) for _ in range(min(count, 200))] * max(1, count // 200)
        content = random.choice((", ", ",", " , ", "; ", "\n")).join(steps).encode("utf-8", "surrogatepass")
        if not good and random.random() < 0.6:
            content = damaged(random, content, [b"sphinx 3m, rest", b"breathe 4-6 3m, saddle"])
        own = {"sequences/poses.yaml": _OWN.encode()} if random.random() < 0.3 else {}
        return {"line": content, **own}

    def _step(self, random: Random, *, good: bool) -> str:
        if not good and random.random() < 0.4:
            odd: str = random.choice((*_ODD, *UNSEEN))
            return odd
        long = random.choice(("", " 3m", " 90s", " 1:30", " 1,5 min", " 2½ m", " 1h"))
        if random.random() < 0.2:
            breaths = random.choice((long, " 6 breaths", " 8 ademhalingen"))
            return f"breathe {random.choice((*NAMED, '4-6', '5,5-5,5', '3+1-6'))}{breaths}"
        name: str = random.choice((*self._names, *self._forms, *(() if good else _ODD[-6:])))
        called = random.choice((name, name, name.upper(), name.replace("-", " ")))
        return f"{called}{long}"

    def tried(self, files: Files) -> str:
        """Read the line, and do with it all that can be done."""
        laid(files)
        line, choice = files["line"].decode("utf-8", "surrogateescape"), Random(zlib.crc32(files["line"]))
        lang = choice.choice(LANGS)
        library = Library(lang) if len(files) > 1 else self._libraries[lang]
        if choice.random() < 0.1:
            command(*choice.choice((("show", "--steps", line), ("new", "mine", "--steps", line))))
        try:
            steps = read_steps(line, library.poses)
        except BadStepsError as error:
            for width in (1, 20, 40, 80, 1000):
                self._look(error, visible(line), width)
            return "refused"
        usual = shorthand_of(steps)
        assert read_steps(usual, library.poses) == steps, usual
        assert library.id_of(STEPS + line) == STEPS + usual
        assert_readable(as_typed(STEPS + usual))
        try:
            timeline = compile_sequence(library.sequence(STEPS + line))
        except PsoasError as error:
            if "24 hours" not in error.message:
                raise
            return "too long"
        kept = commented(steps, library.poses, "mine", "Mine", choice.choice(LANGS))
        sequence, notebook = check_sequence(Source("mine", "mine.yaml", kept), library.shelf)
        assert compile_sequence(sequence) == timeline
        assert not notebook.warnings, notebook.warnings
        return "practised"

    @staticmethod
    def _look(error: BadStepsError, line: str, width: int) -> None:
        """Each mistake lies within the line, and its caret below the part that is shown."""
        for slip in error.slips:
            assert 0 <= slip.begin <= slip.end <= max(1, len(line)), slip
        lines = error.lines_within(width)
        assert_readable(visible("".join(lines)))
        assert len(lines) <= 3 * 20 + 1
        for excerpt, caret in zip(lines[1::3], lines[2::3], strict=False):
            assert cells(excerpt) <= max(width, 24), (width, excerpt)
            assert set(caret.strip()) == {"^"}, caret
            assert cells(caret) <= cells(excerpt) + 1, (excerpt, caret)
            assert excerpt.strip().strip("…").strip() in line
