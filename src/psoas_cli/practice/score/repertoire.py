"""The repertoire: every part of speech that psoas can say in its own words, whatever a person does in a practice."""

from collections.abc import Iterable, Iterator, Mapping

from psoas_cli.practice.model import positions
from psoas_cli.practice.model.cautions import CAUTIONS
from psoas_cli.practice.model.patterns import NAMED
from psoas_cli.practice.model.poses import Hold, Pose
from psoas_cli.practice.model.positions import POSITIONS
from psoas_cli.practice.model.sequence import Bells, PoseStep, Rebound, RestStep, Sequence, Step
from psoas_cli.practice.model.text import Lang, Side, Text
from psoas_cli.practice.score import request
from psoas_cli.practice.score.care import ready_ever, with_care
from psoas_cli.practice.score.fitting import Fitted
from psoas_cli.practice.score.forms import Form
from psoas_cli.practice.score.passage import Part
from psoas_cli.practice.score.plan import quiet_segment
from psoas_cli.practice.score.speech import Words, words_of
from psoas_cli.practice.score.timeline import Timeline, compile_sequence, lay_out
from psoas_cli.practice.score.whereabouts import ABOUT_MINUTES, MANY_MINUTES, NOT_A_MINUTE

_SIDES: tuple[Side, ...] = ("right", "left")
_HOLD = Hold(300.0, 300.0, 300.0)
_QUIET = 600.0  # seconds: time enough to say what quiet time is


def repertoire(sequences: Iterable[Sequence], poses: Mapping[str, Pose], lang: Lang) -> tuple[Words, ...]:
    """Everything that may be said in *lang* in *sequences*, in any practice made of *poses*, and in breathing alone.

    Args:
        sequences: Practices, each taken as written and with care for each caution.
        poses: The poses of the library, each taken in all of its forms, on both sides and next to any other.
        lang: The language.
    """
    found = [words for timeline in _timelines(tuple(sequences), poses) for words in words_of(timeline, lang)]
    found += [Words(part.said(lang)) for part in (*_parts(), *map(Part, ready_ever(_props(poses))))]
    return tuple(dict.fromkeys(words for words in found if not words.audio))


def _props(poses: Mapping[str, Pose]) -> Iterable[Text]:
    """All props of *poses* and of their variations, each once."""
    own = [prop for pose in poses.values() for prop in pose.props]
    others = [prop for pose in poses.values() for each in pose.variations.values() for prop in each.props or ()]
    return dict.fromkeys((*own, *others))


def _timelines(sequences: tuple[Sequence, ...], poses: Mapping[str, Pose]) -> Iterator[Timeline]:
    for sequence in sequences:
        done: list[Sequence] = []  # many a caution changes nothing, or the same as another
        for care in ((), *((name,) for name in CAUTIONS)):
            if (cared := with_care(sequence, care).sequence) not in done:
                done.append(cared)
                yield compile_sequence(cared)
    for pose in poses.values():
        for form in (Form(pose), *(Form(pose, variation) for variation in pose.variations.values())):
            yield compile_sequence(Sequence("tour", Text(), tuple(_steps(form)), poses=poses))
    for name in NAMED:
        yield request.fitted(request.breathing(name, None, None, ramp=True, sound=None, bells=Bells()), None)
    yield lay_out(Fitted((quiet_segment(_QUIET, Bells()),), (_QUIET,)))


def _steps(form: Form) -> Iterator[Step]:
    """The ways to practise *form*: on one side and on both, under each of its names, before a rebound and as a rest."""
    yield PoseStep(form.pose, _HOLD)
    turns: tuple[tuple[Side, ...], ...] = (_SIDES, _SIDES[::-1], *((side,) for side in _SIDES))
    for sides in turns if form.pose.sides else ((),):
        yield PoseStep(form.pose, _HOLD, sides, variation=form.variation)
        yield PoseStep(form.in_full, _HOLD, sides)
    yield PoseStep(form.pose, _HOLD, rebound=Rebound(_HOLD))
    yield PoseStep(form.pose, _HOLD, rebound=Rebound(_HOLD, pose=form.in_full))
    yield RestStep(_HOLD)
    yield RestStep(_HOLD, pose=form.in_full)


def _parts() -> Iterator[Part]:
    """What does not depend on a pose: the ways between positions, and how much longer a stay lasts."""
    for here in (None, *POSITIONS):
        for there in POSITIONS:
            yield from (Part(positions.sentence(here, there), side) for side in _SIDES if here != there)
    yield from map(Part, (NOT_A_MINUTE, *ABOUT_MINUTES, MANY_MINUTES))
