"""Reads a sequence file in format 1 and reports all of its problems at once."""

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from psoas_cli.errors import nearest
from psoas_cli.practice.format.bell_reader import BELL_KEYS, BELL_MOMENTS
from psoas_cli.practice.format.nodes import Notebook, Place
from psoas_cli.practice.format.pose_reader import OPEN_HOLD_KEYS, POSE_KEYS, VARIATION_KEYS, read_poses
from psoas_cli.practice.format.problems import BadFileError, Problem
from psoas_cli.practice.format.step_reader import (  # fmt: skip
    BETWEEN_KEYS,
    BREATH_KEYS,
    CUE_KEYS,
    ENTRY_KEYS,
    STEP_KINDS,
    StepReader,
)
from psoas_cli.practice.model.cautions import AGAINST_RETENTIONS, CAUTIONS, in_order
from psoas_cli.practice.model.durations import LONGEST
from psoas_cli.practice.model.needs import cautions_in, props_of
from psoas_cli.practice.model.poses import Pose
from psoas_cli.practice.model.sensations import CHECK_INS
from psoas_cli.practice.model.sequence import (  # fmt: skip
    FORMAT,
    LEVELS,
    Bells,
    PoseStep,
    RestStep,
    Sequence,
    Step,
    TransitionStep,
)
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.practice.score.fitting import own_seconds
from psoas_cli.practice.score.plan import segments_of
from psoas_cli.practice.score.segments import REST

MOST_SPANS = 10_000
"""The limit for one sequence, with repeats and includes expanded."""

_DEEPEST_INCLUDES = 32

TOP_KEYS = (
    "format", "title", "language", "summary", "credit", "level", "props", "cautions", "lead-in", "transition",
    "bells", "breath", "check-in", "poses", "steps",
)  # fmt: skip


KEYS = frozenset(
    chain(
        TOP_KEYS, POSE_KEYS, VARIATION_KEYS, OPEN_HOLD_KEYS, CUE_KEYS, ENTRY_KEYS, BREATH_KEYS, BETWEEN_KEYS,
        BELL_MOMENTS, BELL_KEYS, LANGS, *STEP_KINDS.values(),
    )
)  # fmt: skip
"""The keys that are written most, to know one that lacks its colon."""


class Source(NamedTuple):
    """A sequence file.

    Args:
        id: The sequence's name in commands.
        file: The file name shown in problems.
        content: The file's content.
        resolve: Turns the path of a sound as written in the file into one that can be opened.
    """

    id: str
    file: str
    content: str
    resolve: Callable[[str], str] = str


class Shelf(NamedTuple):
    """What a sequence may refer to, and its defaults.

    Args:
        language: The language of plain texts if the file does not name one.
        poses: The pose library, by id.
        find: Returns another sequence by id, or None if there is none.
        bells: The bells that the file may change.
        names: Returns the ids of the other sequences, to say which one may be meant.
    """

    language: Lang
    poses: Mapping[str, Pose] = MappingProxyType({})
    find: Callable[[str], Source | None] = lambda _: None
    bells: Bells = Bells()
    names: Callable[[], Iterable[str]] = tuple


def read_sequence(source: Source, shelf: Shelf) -> Sequence:
    """Read the sequence in *source*.

    Raises:
        BadFileError: The file, or one that it includes, has problems; the error has all of them.
    """
    return check_sequence(source, shelf)[0]


def check_sequence(source: Source, shelf: Shelf) -> tuple[Sequence, Notebook]:
    """Read a sequence as `read_sequence` does, and return the notebook with its warnings too.

    Raises:
        BadFileError: The file, or one that it includes, has problems; the error has all of them, and the warnings.
    """
    reading = _Reading(source, shelf, (source.id,), {})
    return reading.sequence(), reading.notebook


_Done = dict[str, Sequence | BadFileError]


class _Reading:
    """Reads one file, once.

    Args:
        source: The file.
        shelf: What it may refer to.
        trail: The ids of the chain of includes that led here, ending with this file's.
        done: The results of the included files read so far, by id.
    """

    def __init__(self, source: Source, shelf: Shelf, trail: tuple[str, ...], done: "_Done") -> None:
        self.source = source
        self.shelf = shelf
        self.trail = trail
        self.done = done
        self.notebook = Notebook(source.file, shelf.language)
        self.included: list[Sequence] = []
        self.problems_elsewhere: list[Problem] = []

    def sequence(self) -> Sequence:
        notebook = self.notebook
        top = notebook.top(self.source.content, KEYS)
        at = notebook.map(top, TOP_KEYS, "title: and a name first, then steps: with the steps below it")
        if notebook.problems and not at:
            raise BadFileError(notebook.problems)
        self._check_format(at)
        notebook.language = notebook.choice(at.get("language"), LANGS, "a language") or notebook.language
        title = notebook.text(at.get("title"))
        for key, needed in (("title", "a title"), ("steps", "steps")):
            if key not in at:
                notebook.bad(top, f"a sequence needs {needed}")
        poses = read_poses(notebook, at.get("poses"), self.shelf.poses)
        reader = StepReader(notebook, poses, self.source.resolve)
        steps = self._steps(at, reader)
        sequence = Sequence(
            id=self.source.id,
            title=title,
            steps=steps,
            summary=notebook.text(at.get("summary")),
            credit=notebook.text(at.get("credit")),
            level=notebook.choice(at.get("level"), LEVELS, "a level"),
            props=notebook.texts(at["props"]) if "props" in at else props_of(steps),
            cautions=self._cautions(at, steps),
            lead_in=reader.time_to_move(at.get("lead-in")),
            transition=reader.time_to_move(at.get("transition")),
            bells=self.shelf.bells.changed(reader.bells.changes(at.get("bells"))),
            pacer=reader.pacer(at["breath"]) if "breath" in at else Sequence.pacer,
            check_in=notebook.choice(at.get("check-in"), CHECK_INS, "a check-in") or "usual",
            poses=ChainMap(poses, _poses_of(self.included)) if self.included else poses,  # type: ignore[arg-type] # only read
        )
        if not notebook.problems and not self.problems_elsewhere:
            self._check_size(sequence, at["steps"])
        if problems := [*notebook.problems, *self.problems_elsewhere]:
            raise BadFileError(problems, notebook.warnings)
        self._warn(sequence, at["steps"], reader.retentions)
        return sequence

    def _warn(self, sequence: Sequence, steps: Place, retentions: list[Place]) -> None:
        """Add the warnings that concern *sequence* as a whole."""
        if not any(isinstance(step, RestStep) for step in sequence.steps):
            self.notebook.warn(steps, "no final rest: add a few minutes to lie still at the end, such as - rest: 3m")
        if not set(AGAINST_RETENTIONS) & set(sequence.cautions):
            named = ", ".join(AGAINST_RETENTIONS)
            for place in retentions:
                self.notebook.warn(place, f"a pattern with retentions, but none of the cautions {named}")

    def _check_size(self, sequence: Sequence, place: Place) -> None:
        segments = segments_of(sequence, most=MOST_SPANS + 1)
        if len(segments) > MOST_SPANS:
            self.notebook.bad(place, f"more than {MOST_SPANS:,} spans, counting repeats and includes")
            return
        length = own_seconds(segments)
        if length > LONGEST:
            self.notebook.bad(place, "longer than 24 hours")
        if not length:
            self.notebook.bad(place, "expected at least one step that takes time")

    def _check_format(self, at: dict[str, Place]) -> None:
        def convert(written: str) -> None:
            if written.isdecimal() and int(written[:9]) > FORMAT:
                raise ValueError(f"format {written[:9]} is newer than this psoas, which reads format {FORMAT}")
            if written != str(FORMAT):
                raise ValueError(f'expected {FORMAT}, got "{written}"')

        self.notebook.value(at.get("format"), convert, None)

    def _cautions(self, at: dict[str, Place], steps: tuple[Step, ...]) -> tuple[str, ...]:
        if "cautions" in at:
            return in_order(self.notebook.names(at["cautions"], CAUTIONS, "a caution"))
        return in_order(chain(cautions_in(steps), *(each.cautions for each in self.included)))

    def _steps(self, at: dict[str, Place], reader: StepReader) -> tuple[Step, ...]:
        if "steps" not in at:
            return ()
        written = self._written_out(at["steps"], reader)
        if not written and not self.notebook.problems and not self.problems_elsewhere:
            self.notebook.bad(at["steps"], "expected at least one step")
        self.notebook.steps = tuple(each.place for each in written)
        self.notebook.lead_in = at.get("lead-in")
        return self._rest_at_the_end(written)

    def _written_out(self, place: Place, reader: StepReader) -> "list[_Written]":
        """Return the steps of the list at *place*, with repeats and includes expanded."""
        steps: list[_Written] = []
        for each in self.notebook.list(place, "- pose: {} on a line below"):
            steps += self._step(each, reader)
            if len(steps) > MOST_SPANS:
                self.notebook.bad(each, f"more than {MOST_SPANS:,} steps, counting repeats and includes")
                break
        return steps

    def _step(self, place: Place, reader: StepReader) -> "list[_Written]":
        form = ""
        if self.notebook.is_scalar(place):
            from psoas_cli.practice.format.remedies import of_bare_step  # only mistakes need it

            form = of_bare_step(place.node.value, STEP_KINDS, reader.poses)
        at = self.notebook.map(place, None, form or "pose: {}")
        if not at:
            return []
        first = next(iter(at))
        kind = next((known for known in STEP_KINDS if known == first), None)
        if kind is None:
            from psoas_cli.practice.format.remedies import of_step  # only mistakes need it

            self.notebook.bad(at[first], of_step(list(STEP_KINDS), list(at), reader.poses))
            return []
        if kind == "repeat":
            return self._repeat(self.notebook.map(place, STEP_KINDS[kind]), place, reader)
        if kind == "include":
            self.notebook.map(place, STEP_KINDS[kind])
            return self._include(at[kind])
        step = reader.step(kind, place)
        return [_Written(step, place)] if step else []

    def _repeat(self, at: dict[str, Place], place: Place, reader: StepReader) -> "list[_Written]":
        times = self.notebook.number(at["repeat"], 1, MOST_SPANS)
        if "steps" not in at:
            self.notebook.bad(place, "a repeat needs steps")
            return []
        steps = self._written_out(at["steps"], reader)
        if times * len(steps) > MOST_SPANS:
            self.notebook.bad(at["repeat"], f"more than {MOST_SPANS:,} steps, counting repeats")
            return steps
        return steps * times

    def _include(self, place: Place) -> "list[_Written]":
        name = self.notebook.value(place, self._findable, "")
        if not name:
            return []
        if name in self.trail:
            circle = " → ".join((*self.trail[self.trail.index(name) :], name))
            self.notebook.bad(place, f"circular include: {circle}")
            return []
        if len(self.trail) > _DEEPEST_INCLUDES:
            self.notebook.bad(place, f"includes nested deeper than {_DEEPEST_INCLUDES} levels")
            return []
        if name not in self.done:
            source = self.shelf.find(name)
            assert source, name
            self.done[name] = self._read(source, name)
        sequence = self.done[name]
        if isinstance(sequence, BadFileError):
            self.problems_elsewhere += sequence.problems
            return []
        self.included.append(sequence)
        return [_Written(step, place, included=True) for step in sequence.steps]

    def _findable(self, name: str) -> str:
        """Return *name* if it is the id of a sequence."""
        if name in self.trail or name in self.done or self.shelf.find(name):
            return name
        raise ValueError(f'expected the id of a sequence, got "{name}"{nearest(name, self.shelf.names())}')

    def _read(self, source: Source, name: str) -> Sequence | BadFileError:
        try:
            return _Reading(source, self.shelf, (*self.trail, name), self.done).sequence()
        except BadFileError as error:
            return error

    def _rest_at_the_end(self, written: "list[_Written]") -> tuple[Step, ...]:
        """Return the steps; a rest before the end becomes a hold if it was included, and is a problem otherwise."""
        last = len(written) - 1
        while last > 0 and isinstance(written[last].step, TransitionStep):
            last -= 1
        steps: list[Step] = []
        for i, each in enumerate(written):
            step = each.step
            if isinstance(step, RestStep) and i != last:
                if not each.included:
                    self.notebook.bad(each.place, "the rest must be the last step; only a transition may follow it")
                step = _as_hold(step)
            steps.append(step)
        return tuple(steps)


class _Written(NamedTuple):
    """A step, its place, and whether it comes from an include."""

    step: Step
    place: Place
    included: bool = False


def _as_hold(rest: RestStep) -> PoseStep:
    pose = rest.pose or RESTING
    return PoseStep(pose, rest.hold, text=rest.text, pacer=rest.pacer, say=rest.say)


RESTING = Pose(id="", name=REST)
"""The pose of a rest that names none."""


def _poses_of(included: list[Sequence]) -> dict[str, Pose]:
    return {name: pose for each in included for name, pose in each.poses.items()}
