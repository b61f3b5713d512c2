"""Sequence files and pose libraries: read or refused with a place, and what is read can be laid out, adapted and shown.

They are mutations of the built-in files, of the docs' examples and of small files with the mistakes that people make,
and everything that the schema permits.
"""

import json
import re
import textwrap
import zlib
from collections.abc import Sequence as SequenceOf
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any, ClassVar
from unicodedata import category

from damage import damaged
from frames import Frames
from fuzz_case import Files, command, laid
from permitted import Permitted, Usual
from psoas_cli.commands.check.report import examined
from psoas_cli.commands.check.tempo import Care
from psoas_cli.commands.show.handout import page
from psoas_cli.commands.show.plan_page import _as_text  # what psoas show prints, without reading it again
from psoas_cli.errors import PsoasError
from psoas_cli.player.adaptation import Adaptation, adapted
from psoas_cli.player.session import Session
from psoas_cli.player.wishes import Delivery
from psoas_cli.practice.format.bundle import shared
from psoas_cli.practice.format.reader import read_sequence
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.sequence import SOUNDS, Sequence
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.practice.score.timeline import Timeline, after, compile_sequence
from psoas_cli.practice.score.view import view_at
from psoas_cli.resources import bundled
from psoas_cli.storage.library import Library
from psoas_cli.storage.schemas import schema_text
from psoas_cli.storage.sequence_files import POSES
from psoas_cli.tui.screen import Screen

_ROOT = Path(__file__).parents[1]
_SIZES = ((80, 24), (40, 12), (132, 43), (20, 5))
_LONG = 1000  # spans; more take a while each time
_PLACES = (0.0, 0.13, 0.5, 0.87, 1.0)  # parts of a practice at which it is looked at
_SMALL = (
    "title: x\nsteps:\n  - pose: sphinx\n    hold: 3m\n  - rest: 3m\n",
    "title: x\nsteps:\n  - pose: dragon\n    sides: right, left\n    hold:3m\n  - rest: 3m\n",
    "title: [right] leg\nsummary: *all\nsteps:\n  - pose: dragon\n      hold: 2m\n  - rest: 3m\n",
    "title: x\nlanguage: nl\nsteps:\n  - pose: sphinx\n    text: !Let op je knie\n    hold: 2,5m\n",
    'title: "Avond\nsteps:\n  - name: Lig\n    text: &relax and breathe\n    hold: 90 sec\n',
    "title: x\nbreath: 4–6\nsteps:\n  - pose: sphinx\n    hold: 3m\n    say:\n      - {at: −15s, text: Kom}\n",  # noqa: RUF001
    "title: x\nsteps:\n  - repeat: 99999\n    steps:\n      - repeat: 99999\n        steps: [{include: yin}]\n",
    "title: x\nsteps:\n  - repeat: 40\n    steps: [{include: own}, {pose: dragon}]\n  - include: ./own.yaml\n",
    "title: x\nbells: {open: ./a.ogg, every: {interval: 1s, sound: tingsha}}\nsteps: [{name: a, hold: 23h}]\n",
    "title: x\nlead-in: 0s\nbells: {warn: {before: 1s, sound: ~nosuchuser/a.wav}}\nsteps: [{rest: 1s}]\n",
    "title: x\nsteps: [{breathe: 0.5-0.5, cycles: 9999}, {scan: [a, {text: b, for: 1s}], each: 1s}, {rest: 1h}]\n",
    "title: x\nposes: {mine: {name: A, sides: true, hold: {typical: 1m, min: 1s, max: 3h}}}\nsteps: [{pose: mine}]\n",
    "- pose: sphinx\n- pose: sphinx\n", "title: x\n", "steps:\n", "{}", "[]", "x", "", "\n\n", "# only this",
    "---\n---\n",
)  # fmt: skip


def corpus() -> dict[str, list[bytes]]:
    """What is mutated, by the name of the file that it stands for."""
    practices = [path.read_bytes() for path in sorted(bundled("sequences").glob("*.yaml")) if path.name != POSES]
    practices += [path.read_bytes() for path in sorted((_ROOT / "src/psoas_cli/commands").glob("starter.*.yaml"))]
    examples = []
    for told in [_ROOT / "README.md", *sorted((_ROOT / "docs").rglob("*.md"))]:
        blocks = re.findall(r"^ *```yaml\n(.*?)^ *```$", told.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        examples += [textwrap.dedent(block).encode() for block in blocks]
    whole = [each for each in examples if b"steps:" in each]
    poses = [(bundled("sequences") / POSES).read_bytes(), *(each for each in examples if b"# poses.yaml" in each)]
    small = [each.encode() for each in _SMALL]
    return {"own.yaml": [*practices, *whole, *whole, *small, *small], POSES: poses, "": examples}


def _length(random: Random) -> str:
    """A length of time that psoas reads; now and then one that is too long."""
    seconds = random.choice(
        (random.randint(1, 20), random.randint(1, 300), random.randint(1, 4000), random.randint(1, 90_000))
    )
    return random.choice(
        (f"{seconds}s", f"{seconds // 60}m{seconds % 60 or 1}s", f"{seconds}.5s", f"{seconds // 60}:{seconds % 60:02}")
    )


def _hold(random: Random) -> Any:  # noqa: ANN401 - JSON
    if random.random() < 0.5:
        return _length(random)
    low, typical, high = sorted(random.randint(1, 600) for _ in range(3))
    return {"min": f"{low}s", "typical": f"{typical}s", "max": f"{high}s"}


def _open_hold(random: Random) -> Any:  # noqa: ANN401 - JSON
    hold = _hold(random)
    if random.random() < 0.7:
        return hold
    bounds = hold if isinstance(hold, dict) else {"typical": hold}
    return bounds | {"until-key": random.choice(("true", "no", "on"))}


class Trial:
    """Trials of sequence files.

    Args:
        more: What else the values of a definition are chosen from, by its name.
    """

    COUNT: ClassVar[int] = 20_000

    def __init__(self, more: Usual = MappingProxyType({})) -> None:
        self._corpus = corpus()
        self._others = [each for kind in self._corpus.values() for each in kind]
        self._schemas = {POSES: json.loads(schema_text(poses=True)), "own.yaml": json.loads(schema_text(poses=False))}
        self._library = Library("en", own_poses=False)
        self._care = [*CAUTIONS]
        ids = [*self._library.built_in_poses]
        self._usual: Usual = {
            "duration": _length,
            "time-to-move": lambda random: random.choice(("auto", "0s", _length(random))),
            "hold": _hold,
            "open-hold": _open_hold,
            "id": lambda random: random.choice(("yin-short", "constructive-rest", "body-scan")),
            "pose-id": lambda random: random.choice(ids),
            "moment": lambda random: random.choice(("0s", "7s", "-6.5s", "50%", "0%", "100%", _length(random))),
            "pattern": lambda random: random.choice(("long-exhale", "box", "4-6", "4-7-8", "0.5-0.5", "60-60-60-60")),
            "sound": lambda random: random.choice(SOUNDS),
            "point": lambda random: f"{random.uniform(-2, 2):.2f} {random.uniform(-2, 2):.2f}",
            "cue-side": lambda random: random.choice(("first", "second")),
            **more,
        }

    def made(self, random: Random) -> Files:
        """A file of poses, or a practice."""
        name = random.choices(("own.yaml", POSES), (9, 1))[0]
        if random.random() < 0.35:
            return {name: self.permitted(name, random)}
        return {name: damaged(random, random.choice(self._corpus[name]), self._others)}

    def permitted(self, name: str, random: Random) -> bytes:
        """What the schema permits, in a third of all cases damaged."""
        value = Permitted(self._schemas[name], random, self._usual).value()
        steps = value.get("steps", [])
        value |= (
            {"steps": [step for step in steps if "rest" not in step] or [{"name": "Lie", "hold": "1m"}]}
            if steps
            else {}
        )
        value |= {"steps": [*value["steps"], *[step for step in steps if "rest" in step][:1]]} if steps else {}
        content = json.dumps(value, ensure_ascii=False, indent=random.choice((None, 1)))
        return damaged(random, content.encode(), self._others) if random.random() < 0.3 else content.encode()

    def tried(self, files: Files) -> str:
        """Check it, and show it if it is valid."""
        home = laid(files)
        ((name, content),) = files.items()
        choice = Random(zlib.crc32(content))  # the same for the same file
        library = Library(choice.choice(LANGS), own_poses=False)
        library.__dict__["built_in_poses"] = self._library.built_in_poses  # read once
        found = examined(library, str(home / name), tuple(Care((each,)) for each in choice.sample(self._care, 1)))
        for problem in (*found.problems, *found.warnings):
            assert problem.line >= 1, problem
            assert problem.column >= 1, problem
            assert not any(category(char) in {"Cc", "Cs"} for char in problem.told.replace("\n", "")), problem
        if found.problems:
            return "refused"
        if name == POSES:
            self._with_own_poses(home, choice)
        else:
            self._performed(library, home / name, choice)
        return "warned of" if found.warnings else "accepted"

    def _with_own_poses(self, home: Path, choice: Random) -> None:
        """A built-in practice can be read beside them, if they do not change what it needs."""
        (home / "sequences").mkdir()
        (home / POSES).rename(home / "sequences" / POSES)
        library = Library(choice.choice(LANGS))
        try:
            sequence = library.sequence("yin-short")
        except PsoasError:  # the person's own dragon has no sides
            return
        show(Adaptation(sequence, compile_sequence(sequence)), choice)

    def _performed(self, library: Library, path: Path, choice: Random) -> None:
        try:
            sequence = library.sequence(str(path))
            timeline = compile_sequence(sequence)
        except PsoasError as error:
            raise AssertionError(f"valid, but refused: {error}") from error
        show(Adaptation(sequence, timeline), choice)
        lengths = (60.0 * choice.randint(1, 90), timeline.duration * choice.uniform(0.5, 2))
        for seconds in lengths if len(timeline.spans) < _LONG else lengths[:1]:
            care = tuple(choice.sample(self._care, choice.choice((0, 1, 3))))
            avoid = tuple(choice.sample([*sequence.poses], min(len(sequence.poses), choice.choice((0, 0, 1, 4)))))
            try:
                fitted = adapted(sequence, seconds, care, choice.choice((None, None, 0.0, 30.0)), avoid)
            except PsoasError:
                continue
            if fitted.as_long:
                assert abs(fitted.timeline.duration - seconds) < 1, f"{fitted.timeline.duration} instead of {seconds}"
            assert_whole(fitted.timeline)
            assert not {span.segment.pose.id for span in fitted.timeline.spans if span.segment.pose} & set(avoid)
            fitted.notes("nl")
        if choice.random() < 0.1:
            told = command("show", str(path), "-l", choice.choice(LANGS), "--json")
            assert told.code == 0, told.err
            json.loads(told.out)
        if choice.random() < 0.15:
            self._given_away(library, path, timeline)

    def _given_away(self, library: Library, path: Path, timeline: Timeline) -> None:
        """What is shared is the same practice to whoever gets it."""
        source = library.source(str(path))
        made = shared(source, library.shelf, None, library.built_in_poses)
        again = compile_sequence(read_sequence(source._replace(content=made.content), library.shelf))
        assert [(each.start, each.segment.title) for each in again.spans] == [
            (each.start, each.segment.title) for each in timeline.spans
        ], "another practice once it is shared"


def show(adaptation: Adaptation, choice: Random) -> None:
    """Show a practice: its plan, and its screen at several places, in several sizes.

    Raises:
        AssertionError: Something in it does not fit.
    """
    lang: Lang = choice.choice(LANGS)
    timeline = adaptation.timeline
    assert_whole(timeline)
    _as_text(adaptation, lang)
    if choice.random() < 0.2:
        page(adaptation, lang)
    assert_whole(after(timeline, choice.randrange(5)))
    look(adaptation.sequence, timeline, lang, [timeline.duration * part for part in _PLACES], choice.sample(_SIZES, 2))


def look(
    sequence: Sequence, timeline: Timeline, lang: Lang, places: SequenceOf[float], sizes: SequenceOf[tuple[int, int]]
) -> None:
    """Paint *timeline* at *places*, in seconds, on screens of *sizes*."""
    from quiet import Quiet

    for size in sizes:
        frames = Frames(size)
        screen = Screen("truecolor", frames.write)
        screen.resize(*size)
        for place in places:
            view = view_at(timeline, place, lang)
            assert 0 <= view.progress <= 1, view
            assert abs(view.left + min(place, timeline.duration) - timeline.duration) < 1e-3, view
            session = Session(
                sequence,
                timeline,
                Quiet(),
                Delivery(lang),
                clock=lambda: 1.0,
                wall=lambda: datetime(2024, 1, 1) + timedelta(),  # noqa: DTZ001 - any day
                position=place,
            )
            session.begin()
            screen.show(session.status())


def assert_whole(timeline: Timeline) -> None:
    """The total is the sum of the parts, nothing is missing between them, and no cue lies outside.

    Raises:
        AssertionError: It is not so.
    """
    assert timeline.spans[0].start == 0
    for one, other in pairwise(timeline.spans):
        assert one.end == other.start, f"{one.end} is not {other.start}"
    total = sum(span.length for span in timeline.spans)
    assert abs(total - timeline.duration) < 1e-3, f"{total} is not {timeline.duration}"
    assert all(span.length >= 0 for span in timeline.spans)
    for cue in timeline.cues:
        assert -1e-6 <= cue.at <= timeline.duration + 1e-6, f"a cue at {cue.at} of {timeline.duration}"
