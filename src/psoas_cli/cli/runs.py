"""Runs: what is to be performed, as it was asked for, and its row in the journal."""

from dataclasses import dataclass, replace
from pathlib import Path

from psoas_cli.cli import caring, choosing, journaling, language
from psoas_cli.cli.options import Wishes
from psoas_cli.cli.speaking import Spoken
from psoas_cli.errors import PsoasError
from psoas_cli.practice import words
from psoas_cli.practice.breathing import BreathSound
from psoas_cli.practice.sequence import Sequence
from psoas_cli.practice.text import Lang
from psoas_cli.practice.timeline import Timeline, after, replayed
from psoas_cli.store import folders
from psoas_cli.store.config import Config, read_config
from psoas_cli.store.files import is_file
from psoas_cli.store.journal import Entry


@dataclass(frozen=True)
class Run:
    """One run to perform, and how."""

    sequence: Sequence
    timeline: Timeline
    lang: Lang
    wishes: Wishes
    config: Config
    position: float = 0.0
    notes: tuple[str, ...] = ()
    adapted: tuple[str, ...] = ()  # the cautions for which care changed something
    known: bool = False  # whether the person began it before
    preview: bool = True
    command: str = ""  # that begins it again, where it is known by a name
    minutes: float | None = None  # that were asked for
    spoken: Spoken | None = None
    again: str = ""  # the command that begins it again, for the journal
    breath: str | None = None  # in holds, that was asked for
    resumed: Entry | None = None


def of_practice(
    name: str, minutes: float | None, asked: str | None, *, begin: str | None, breath: str | None, wishes: Wishes
) -> Run:
    """The practice *name*, from where it is to *begin*; where it was interrupted today, with a note of that."""
    config = read_config(folders.config_file())
    lang = language.choose(asked, config.lang)
    run = _practice(name, minutes, lang, config, begin=begin, breath=breath, wishes=wishes)
    if not wishes.no_journal:
        times = journaling.times(run.again)
        run = replace(run, timeline=after(run.timeline, times), known=times > 0)
    if (before := journaling.interrupted(run.again)) and not begin:
        offer = words.INTERRUPTED.filled(time=f"{before.when:%H:%M}", name=name).said(lang)
        return replace(run, notes=(*run.notes, offer))
    return run


def resumed(name: str | None, asked: str | None, *, wishes: Wishes) -> Run:
    """The last practice, *name* where one is given, that was interrupted within a day, from where it was.

    Raises:
        PsoasError: There is none, or the practice is not what it was.
    """
    entry = journaling.interrupted(_again(name) if name else None)
    if entry is None:
        raise PsoasError(
            "no practice was interrupted within a day",
            "psoas practice yin --from 6 begins at a stop; psoas show yin has their numbers",
            exit_code=1,
        )
    config = read_config(folders.config_file())
    lang = language.choose(asked or entry.lang, config.lang)
    minutes = None if entry.asked_s is None else entry.asked_s / 60
    written = entry.command.removeprefix("practice ")
    run = _practice(written, minutes, lang, config, begin=None, breath=entry.breath, wishes=wishes)
    if journaling.digest_of(run.timeline) != entry.digest:
        raise PsoasError(
            f"{entry.title} is not what it was when it was interrupted, so its place there is gone",
            f"psoas practice {written} --from begins at a stop; psoas show {written} has their numbers",
            exit_code=1,
        )
    timeline = replayed(after(run.timeline, entry.sessions), entry.changes)
    position = timeline.span_at(entry.position_s).start
    return replace(run, timeline=timeline, position=position, resumed=entry, known=not wishes.no_journal)


def _practice(
    name: str,
    minutes: float | None,
    lang: Lang,
    config: Config,
    *,
    begin: str | None,
    breath: str | None,
    wishes: Wishes,
) -> Run:
    """The practice *name* as it is to be performed."""
    from psoas_cli.store.library import Library  # with it comes YAML, which breathing alone is spared

    sequence = choosing.with_breath(Library(lang, config.bells).sequence(name), breath, _breath_sound(wishes))
    sequence = choosing.quieter(sequence) if wishes.quiet else sequence
    cared = caring.cared(sequence, choosing.seconds_of(minutes), config.care, config.lead_in)
    start = choosing.start_of(cared.timeline, begin)
    return Run(
        cared.sequence,
        cared.timeline,
        lang,
        wishes,
        config,
        start,
        tuple(cared.notes(lang)),
        adapted=cared.adapted,
        command="" if is_file(name) else f"practice {name}",
        minutes=minutes,
        again=_again(name),
        breath=breath,
    )


def _again(name: str) -> str:
    """The command that begins the practice *name* again, from wherever."""
    return f"practice {Path(name).expanduser().absolute() if is_file(name) else name}"


def of_breathing(
    pattern: str, minutes: float | None, cycles: int | None, *, ramp: bool, asked: str | None, wishes: Wishes
) -> Run:
    """The breath alone, paced by *pattern*."""
    config = read_config(folders.config_file())
    lang = language.choose(asked, config.lang)
    sound = _breath_sound(wishes) or config.breath_sound
    sequence = choosing.breathing(pattern, minutes, cycles, ramp=ramp, sound=sound, bells=config.bells)
    sequence = choosing.quieter(sequence) if wishes.quiet else sequence
    paced = choosing.pattern_of(pattern)
    command = f"breathe {paced.name}"
    return Run(
        sequence,
        choosing.fitted(sequence, None),
        lang,
        wishes,
        config,
        preview=paced.has_retention,
        command=command,
        minutes=minutes,
        again=command,
    )


def _breath_sound(wishes: Wishes) -> BreathSound | None:
    """How the breath is to be heard wherever it is paced; None leaves it to the sequence."""
    return wishes.breath_sound.value if wishes.breath_sound else None


def entry_of(run: Run) -> Entry | None:
    """A new session in the journal, where one is wanted; one that is taken up again goes on from what it was."""
    if run.wishes.no_journal:
        return None
    if run.resumed:
        return journaling.renewed(run.resumed)
    return journaling.new_entry(
        run.timeline,
        command=run.again,
        title=run.sequence.title.said(run.lang),
        lang=run.lang,
        asked_s=choosing.seconds_of(run.minutes),
        breath=run.breath,
        speed=run.wishes.speed,
    )
