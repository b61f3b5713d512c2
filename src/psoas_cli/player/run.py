"""Runs: what to perform, built from what was asked for, and its entry in the journal."""

import os
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError
from psoas_cli.player import recorder
from psoas_cli.player.adaptation import breathing_for, practice_for
from psoas_cli.player.edits import Edits
from psoas_cli.player.wishes import Wishes, avoided
from psoas_cli.practice.model.bed import Bed
from psoas_cli.practice.model.names import STEPS, as_typed
from psoas_cli.practice.model.record import record
from psoas_cli.practice.model.sequence import Sequence
from psoas_cli.practice.model.text import Lang, Text, shown
from psoas_cli.practice.score import request
from psoas_cli.practice.score.change import Change
from psoas_cli.practice.score.revisions import replayed, unknown_in
from psoas_cli.practice.score.timeline import Timeline, after
from psoas_cli.practice.score.transitions import time_to_return
from psoas_cli.storage.entry import Entry, readable
from psoas_cli.storage.files import file_named, is_file, is_stream, is_there

if TYPE_CHECKING:
    from psoas_cli.player.narrator import Narrator

_INTERRUPTED = Text(
    "You began this at {time} and were interrupted. psoas practice {name} --resume continues from there.",
    "Je begon hieraan om {time} en werd onderbroken. psoas practice {name} --resume gaat daar verder.",
)


@record(frozen=True)
class Run:
    """A practice to perform, and how."""

    sequence: Sequence
    timeline: Timeline
    context: Context
    wishes: Wishes
    position: float = 0.0
    notes: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()  # that were made for the person
    adapted: tuple[str, ...] = ()  # the cautions for which something was changed
    known: bool = False  # whether the person has begun it before
    preview: bool = True
    minutes: float | None = None  # as asked for
    spoken: "Narrator | None" = None
    bed: Bed = Bed()  # what is heard under it
    again: str = ""  # the command that begins it again, with the full path of a file
    breath: str | None = None  # the breath asked for in holds
    resumed: Entry | None = None

    @property
    def lang(self) -> Lang:
        """The language of the practice."""
        return self.context.lang

    @property
    def name(self) -> str:
        """The practice as a command names it; breathing alone with its verb."""
        return self.again.removeprefix(recorder.PRACTICE)

    @property
    def ends_at(self) -> str:
        """The time of day at which it ends if it begins now, with time to get to a stay in which it begins."""
        left = self.timeline.expected(self.position) - self.position
        stay = self.timeline.stay_at(self.position)
        if self.position and stay and stay.start <= self.position:
            left += time_to_return(stay.segment, None)
        end = datetime.now() + timedelta(seconds=left / self.wishes.speed)  # noqa: DTZ005 - the clock on the wall
        return end.strftime("%H:%M")


def of_practice(
    context: Context, name: str, minutes: float | None, *, begin: str | None, breath: str | None, wishes: Wishes
) -> Run:
    """Build a run of the practice *name* from *begin* on, with a note if it can be resumed instead."""
    run = _practice(context, name, minutes, begin=begin, breath=breath, wishes=wishes)
    planned = run.timeline
    if not wishes.no_journal:
        times = recorder.times(run.again)
        run = replace(run, timeline=after(run.timeline, times), known=times > 0)
    if begin:  # it is to be begun elsewhere than where it was interrupted
        return run
    before: list[Entry] = []
    with suppress(PsoasError):  # that the journal cannot be read is no matter yet
        before = recorder.interrupted(run.again)
    same = before and before[0].digest == recorder.digest_of(planned) and not unknown_in(before[0].changes)
    if before and (same or _goes_on(context, before[0], name, wishes)):
        offer = _INTERRUPTED.filled(time=f"{before[0].when:%H:%M}", name=as_typed(name)).said(context.lang)
        return replace(run, notes=(*run.notes, offer))
    return run


def resumed(context: Context, name: str | None, *, wishes: Wishes) -> Run:
    """Build a run that continues the last practice that was interrupted in the last 24 hours.

    Args:
        context: The settings and the library.
        name: The practice that it must be; None for any.
        wishes: What the options ask for.

    Raises:
        PsoasError: There is no such practice, it has changed since, or the journal cannot be read.
    """
    command = _again(context.library.id_of(name)) if name else None
    if command == recorder.FROM_PIPE:
        raise PsoasError(
            "what comes through a pipe cannot be resumed",
            f"start at a stop instead, as in psoas practice {name} --from 6",
            exit_code=1,
        )
    found = recorder.interrupted(command)
    if not found:
        what, example = (as_typed(name),) * 2 if name else ("no practice", "yin")
        raise PsoasError(
            f"{what} was {'not ' if name else ''}interrupted in the last 24 hours",
            f"start at a stop instead, as in psoas practice {example} --from 6 (psoas show {example} lists the stops)",
            exit_code=1,
        )
    try:
        return _continued(context, found[0], name, wishes)
    except PsoasError as error:
        if not name:
            error.hint = "; ".join(filter(None, (error.hint, _instead(context, found, wishes))))
        raise


def _goes_on(context: Context, entry: Entry, name: str, wishes: Wishes) -> bool:
    """Whether the practice of *entry*, which a person calls *name*, can be continued."""
    try:
        _continued(context, entry, name, wishes)
    except PsoasError:
        return False
    return True


def _instead(context: Context, found: list[Entry], wishes: Wishes) -> str:
    """How to resume another one of *found* than the first, which cannot be resumed; empty if none can."""
    from shlex import quote

    tried = {found[0].command}
    for entry in found[1:]:
        if entry.command not in tried:
            tried.add(entry.command)
            with suppress(PsoasError):
                _continued(context, entry, None, wishes)
                written = _written(entry)
                typed = as_typed(written) if written.startswith(STEPS) else quote(written)
                again = f"psoas practice {typed} --resume"
                return f"{again} continues {shown(entry.title)}, which was interrupted before"
    return ""


def _written(entry: Entry) -> str:
    """The practice of *entry* as a person would write it. Names of files may be any bytes; the journal has text."""
    written = entry.command.removeprefix(recorder.PRACTICE)
    if not is_file(written):
        return written
    place = Path()
    for part in Path(written).parts:
        alike = []
        if not is_there(place / part):
            with suppress(OSError):
                alike = [each.name for each in place.iterdir() if readable(each.name) == part]
        place /= alike[0] if len(alike) == 1 else part
    return str(place)


def _continued(context: Context, entry: Entry, name: str | None, wishes: Wishes) -> Run:
    """Build a run that continues the practice of *entry*, which a person calls *name*.

    Raises:
        PsoasError: It cannot be read, has changed since, or was changed by keys that this version does not know.
    """
    minutes = None if entry.asked_s is None else entry.asked_s / 60
    written = name or _written(entry)
    asked, wishes = context.unless_asked(entry.lang), wishes._replace(avoid=avoided([entry.avoid]))
    run = _practice(asked, written, minutes, begin=None, breath=entry.breath, wishes=wishes)
    if recorder.digest_of(run.timeline) != entry.digest:
        raise PsoasError(
            f"{shown(entry.title)} has changed since it was interrupted, so it cannot be resumed",
            _start_at_a_stop(written),
            exit_code=1,
        )
    if unknown := unknown_in(entry.changes):
        raise PsoasError(
            f"{shown(entry.title)} was changed in a way that this version of psoas does not know ({shown(unknown)}),"
            " so it cannot be resumed",
            f"update psoas, or {_start_at_a_stop(written)}",
            exit_code=1,
        )
    edits = Edits(replayed(after(run.timeline, entry.sessions), entry.changes))
    position = edits.begin_again(entry.position_s)
    entry = replace(entry, changes=(*entry.changes, *edits.changes))
    return replace(run, timeline=edits.timeline, position=position, resumed=entry, known=not wishes.no_journal)


def _start_at_a_stop(written: str) -> str:
    """What to do if the practice that a person calls *written* cannot be resumed."""
    typed = as_typed(written)
    return f"start at a stop instead: psoas practice {typed} --from N (psoas show {typed} lists the stops)"


def _practice(
    context: Context, name: str, minutes: float | None, *, begin: str | None, breath: str | None, wishes: Wishes
) -> Run:
    """Build a run of the practice *name*, fitted and adapted."""
    name = context.library.id_of(name)
    sound, quiet = wishes.breath_sound, wishes.quiet
    adaptation = practice_for(context, name, minutes, breath=breath, sound=sound, quiet=quiet, avoid=wishes.avoid)
    start = request.start_of(adaptation.timeline, begin)
    return Run(
        adaptation.sequence,
        adaptation.timeline,
        context,
        wishes,
        start,
        tuple(adaptation.others(context.lang)),
        changes=adaptation.changes,
        adapted=adaptation.adapted,
        minutes=minutes,
        again=_again(name),
        breath=breath,
    )


def _again(name: str) -> str:
    """The command that begins the practice *name* again, from any folder, however it is written."""
    if not is_file(name):
        return recorder.PRACTICE + name
    path = file_named(name)
    if is_stream(path):
        return recorder.FROM_PIPE
    # a link keeps its own name: sounds lie beside it
    return f"{recorder.PRACTICE}{Path(os.path.realpath(path.parent), path.name)}"


def of_breathing(
    context: Context, pattern: str, minutes: float | None, cycles: int | None, *, ramp: bool, wishes: Wishes
) -> Run:
    """Build a run of breathing alone, paced by *pattern*."""
    sound, quiet = wishes.breath_sound, wishes.quiet
    made = breathing_for(context, pattern, minutes, cycles, ramp=ramp, sound=sound, quiet=quiet)
    paced = request.pattern_of(pattern)
    return Run(
        made.sequence,
        made.timeline,
        context,
        wishes,
        preview=paced.has_retention,
        minutes=minutes,
        again=f"breathe {paced.name}",
    )


def entry_of(run: Run) -> Entry | None:
    """Return a new journal entry for *run*, based on the interrupted one if resumed; None if none is wanted."""
    if run.wishes.no_journal:
        return None
    if run.resumed:
        return recorder.renewed(run.resumed, run.wishes.speed)
    return recorder.new_entry(
        run.timeline,
        command=run.again,
        title=run.sequence.title.said(run.lang),
        lang=run.lang,
        asked_s=request.seconds_of(run.minutes),
        breath=run.breath,
        avoid=run.wishes.avoid.written,
        speed=run.wishes.speed,
    )
