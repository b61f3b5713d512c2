"""The softer form of a pose under way: which one is offered, and what is told of it on this side and the side to come.

No length changes. On the second side its own way in is told if there is time for that in the move that was planned;
else the way in is told as planned, and what to change as the hold begins.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from psoas_cli.practice.model.poses import Variation, as_done, cautions_of
from psoas_cli.practice.model.text import Text
from psoas_cli.practice.score.fitting import Fitted
from psoas_cli.practice.score.notices import choice
from psoas_cli.practice.score.passage import Part, Passage
from psoas_cli.practice.score.plan import in_pose
from psoas_cli.practice.score.segments import Segment, SpanKind
from psoas_cli.practice.score.timeline import Timeline, lay_out
from psoas_cli.practice.score.transitions import with_told

AS_BEFORE = Text("Back to the way it was.", "Weer zoals het was.")
NO_SOFTER_FORM = Text(
    "There is no softer form here. Less is always possible.",
    "Een zachtere vorm is er hier niet. Minder mag altijd.",
)
NEARLY_OVER = Text("This is nearly over. Less is always possible.", "Nog heel even. Minder mag altijd.")

_NOTICING: frozenset[SpanKind] = frozenset({"hold", "rest"})  # kinds of stay that offer what their pose does
_OF_A_FORM = ("title", "pose", "figure", "way_in", "second", "way_out", "leaves", "into", "notice")
_TOLERANCE = 1e-6  # seconds


def softer_form(segment: Segment, care: Collection[str] = ()) -> Variation | None:
    """The softer form of the pose of *segment*, as it is planned; None if none can be offered in the pose itself.

    A form is offered if it says what to change from here and stays in the position of the pose, and brings no caution
    in *care* that the pose does not have.
    """
    pose = segment.pose
    if segment.moving or pose is None or pose.softer is None:
        return None
    form = pose.variations[pose.softer]
    added = set(cautions_of(pose, form)) - set(pose.cautions)
    if not form.from_here or form.position not in (None, pose.position) or added & set(care):
        return None
    return form


def in_softer_form(timeline: Timeline, t: float, care: Collection[str] = ()) -> Fitted | None:
    """The segments of *timeline* with the stay at *t*, and the side to come, in their softer form; None without one.

    There is one if `softer_form` has one for a person with *care*, and if there is time to tell how to leave it.
    """
    index = timeline.index_at(t)
    form = softer_form(_planned(timeline.spans[index].segment), care)
    if form is None:
        return None
    segments, lengths = _parts(timeline)
    noticed = _noticed(timeline, index, t)
    sides = _sides(timeline, index)
    for i in sides:
        segments[i] = _softer(_planned(segments[i]), form, noticed, timeline.sessions)
    since = max(0.0, t - timeline.spans[index].start)
    segments[index] = replace(segments[index], from_here=form.from_here, changed_at=since)
    told, planned = _retold(segments, lengths, index), _told([*map(_planned, segments)])
    in_time = all(map(_is_in_time, told[index + 1 :], planned[index + 1 :], lengths[index + 1 :]))
    return Fitted(told, lengths) if in_time and all(_is_led_out(told, planned, i) for i in sides) else None


def as_planned(timeline: Timeline, t: float) -> Fitted | None:
    """The segments of *timeline* with the stay at *t* as it was before keys made it softer; None if none did."""
    index = timeline.index_at(t)
    if timeline.spans[index].segment.plain is None:
        return None
    segments, lengths = _parts(timeline)
    noticed = _noticed(timeline, index, t)
    for i in _sides(timeline, index):
        planned = _planned(segments[i])
        segments[i] = replace(planned, notice=_in_order(planned.notice, noticed, timeline.sessions))
    return Fitted(_retold(segments, lengths, index), lengths)


def forms_of(timeline: Timeline) -> Iterator[Timeline]:
    """*timeline*, and as far as that differs, with everything as planned and with everything in its softer form."""
    yield timeline
    segments, lengths = _parts(timeline)
    planned = [*map(_planned, segments)]
    softer = [
        replace(_softer(each, form, (), 0), from_here=form.from_here) if (form := softer_form(each)) else each
        for each in planned
    ]
    for others in (planned, softer):
        if others != segments:
            yield lay_out(Fitted(tuple(_told(others)), lengths), timeline.sessions)


def _parts(timeline: Timeline) -> tuple[list[Segment], tuple[float, ...]]:
    """The segments of *timeline*, and their lengths in seconds."""
    return [span.segment for span in timeline.spans], tuple(span.length for span in timeline.spans)


def _sides(timeline: Timeline, index: int) -> tuple[int, ...]:
    """The numbers of the stay *index*, of those that go on in its pose without a move, and of the side to come."""
    span, segments = timeline.spans[index], [_planned(each.segment) for each in timeline.spans]
    goes_on = set(_stays_on(segments, index))
    return tuple(i for i in range(index, len(segments)) if i in goes_on or timeline.spans[i].goes_with(span))


def _stays_on(segments: Sequence[Segment], index: int) -> Iterator[int]:
    """The numbers of the stays after *index* in the same pose that no move leads to."""
    here = segments[index]
    for i in takewhile(lambda i: not segments[i].moving, range(index + 1, len(segments))):
        if segments[i].pose == here.pose is not None and segments[i].side == here.side:
            yield i


def _planned(segment: Segment) -> Segment:
    """*segment* as it was before keys made it softer, with whatever else keys have changed meanwhile."""
    if segment.plain is None:
        return segment
    before = {name: getattr(segment.plain, name) for name in _OF_A_FORM}
    return replace(segment, **before, plain=None, from_here=Text(), changed_at=0.0)


def _softer(segment: Segment, form: Variation, noticed: tuple[Text, ...], sessions: int) -> Segment:
    """*segment*, which is as planned, in its softer *form*."""
    assert segment.pose is not None
    pose = as_done(segment.pose, form)
    notice = _in_order(pose.notice, noticed, sessions) if segment.kind in _NOTICING else ()
    return replace(in_pose(segment, pose), title=form.name, notice=notice, plain=segment)


def _noticed(timeline: Timeline, index: int, t: float) -> tuple[Text, ...]:
    """What the stay *index* offered to notice before *t*, after what the first side did if it is the second."""
    sides = {
        i for i in range(index) if timeline.spans[i].segment.pair == timeline.spans[index].segment.pair is not None
    }
    cues = (cue for cue in timeline.cues_in(0.0, t) if cue.role == "notice" and cue.span in {*sides, index})
    return tuple(dict.fromkeys(cue.told.parts[0].text for cue in cues))


def _in_order(offered: tuple[Text, ...], noticed: tuple[Text, ...], sessions: int) -> tuple[Text, ...]:
    """*noticed* and then what else is *offered*, listed so that `choice` takes them in that order."""
    order = (*noticed, *(text for text in choice(offered, sessions, 0) if text not in noticed))
    first = sessions % len(order) if order else 0
    return (*order[len(order) - first :], *order[: len(order) - first])


def _retold(segments: Sequence[Segment], lengths: Sequence[float], index: int) -> tuple[Segment, ...]:
    """*segments* with what is told from the moves to *index* on, in the time that there is: one may come there anew."""
    first = min(_moves_before(segments, index), default=index)
    told, planned = _told(segments), _told([*map(_planned, segments)])
    softer = [i for i in range(index, len(segments)) if segments[i].plain]
    gone_on = {i for each in softer for i in _stays_on(segments, each)} & {*softer}  # one is in the form already
    changes: dict[int, Text] = {}  # what to change as a stay begins, as its way in is told as planned
    for i in softer:
        form = None if i in gone_on else softer_form(_planned(segments[i]))
        moves = _moves_before(segments, i)
        if form and not (form.text and all(_is_in_time(told[j], planned[j], lengths[j]) for j in moves)):
            changes[i] = form.from_here
    if changes or gone_on:
        as_told = gone_on | {*changes}
        told = _told([_as_told(each) if i in as_told else each for i, each in enumerate(segments)])
    for i, change in changes.items():
        there = replace(segments[i], position=told[i].position, fetch=told[i].fetch)
        told[i] = replace(there, told=(*told[i].told, Passage((Part(change, there.side),))))
    return (*segments[:first], *told[first:])


def _as_told(segment: Segment) -> Segment:
    """*segment* in its softer form, with the way in that was planned."""
    planned = _planned(segment)
    return replace(segment, way_in=planned.way_in, second=planned.second, into=planned.into)


def _told(segments: Sequence[Segment]) -> list[Segment]:
    """*segments* with what is told in them; quiet time, which fitting adds at the end, keeps what it tells."""
    quiet = [each for each in segments if each.kind == "quiet"]
    return [*with_told(segments[: len(segments) - len(quiet)]), *quiet]


def _moves_before(segments: Sequence[Segment], i: int) -> Iterator[int]:
    """The numbers of the moves that lead to the stay *i*."""
    return takewhile(lambda j: segments[j].moving, range(i - 1, -1, -1))


def _is_in_time(told: Segment, planned: Segment, length: float) -> bool:
    """Whether a move of *length* leaves time for what is *told*: as much as it takes, or as was *planned*."""
    return not told.moving or told.takes <= max(length, planned.takes) + _TOLERANCE


def _is_led_out(told: Sequence[Segment], planned: Sequence[Segment], i: int) -> bool:
    """Whether one is told how to leave the stay *i*, if that was *planned*: the file may do so in its own words."""
    ways = {Part(each[i].way_out, each[i].side) for each in (told, planned)}
    return _times(told, ways, i) >= _times(planned, ways, i)


def _times(told: Sequence[Segment], ways: Collection[Part], i: int) -> int:
    """How often one of *ways* is told after the stay *i*."""
    return sum(part in ways for each in told[i + 1 :] for passage in each.told for part in passage.parts)
