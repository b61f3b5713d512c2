"""`psoas practice` and `psoas breathe`: everything is brought together here, and nothing else is."""

import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from psoas_cli.cli import caring, choosing, journaling, language
from psoas_cli.cli.notices import print_notices, remarks_of
from psoas_cli.cli.options import Wishes
from psoas_cli.cli.playing import player_for
from psoas_cli.cli.printing import ascii_only, write
from psoas_cli.cli.sounds import check_sounds, sounds_of
from psoas_cli.cli.speaking import Spoken, spoken
from psoas_cli.cli.terminals import has_screen, opened
from psoas_cli.errors import PsoasError
from psoas_cli.practice import words
from psoas_cli.practice.breathing import BreathSound
from psoas_cli.practice.cautions import CAUTIONS, STOP_SIGNS
from psoas_cli.practice.checkin import AFTER, BEFORE, Answers
from psoas_cli.practice.sequence import SOUNDS, Sequence
from psoas_cli.practice.text import Lang
from psoas_cli.practice.timeline import Timeline, replayed
from psoas_cli.store import folders, remembered
from psoas_cli.store.config import Config, read_config
from psoas_cli.store.journal import Entry
from psoas_cli.store.library import Library, is_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psoas_cli.cli.playing import AnyPlayer
    from psoas_cli.live.preview import Facts
    from psoas_cli.live.session import Session
    from psoas_cli.screen.terminal import Terminal

_OPENING = 1.5  # seconds to wait for the device where a bell or a word comes at once


@dataclass(frozen=True)
class _Run:
    """One run to perform, and how."""

    sequence: Sequence
    timeline: Timeline
    lang: Lang
    wishes: Wishes
    config: Config
    position: float = 0.0
    notes: tuple[str, ...] = ()
    preview: bool = True
    command: str = ""  # that begins it again, where it is known by a name
    minutes: float | None = None  # that were asked for
    spoken: Spoken | None = None
    again: str = ""  # the command that begins it again, for the journal
    breath: str | None = None  # in holds, that was asked for
    resumed: Entry | None = None


def practise(
    name: str, minutes: float | None, asked: str | None, *, begin: str | None, breath: str | None, wishes: Wishes
) -> None:
    """Lead through the practice *name*."""
    config = read_config(folders.config_file())
    lang = language.choose(asked, config.lang)
    run = _practice(name, minutes, lang, config, begin=begin, breath=breath, wishes=wishes)
    if (before := journaling.interrupted(run.again)) and not begin:
        offer = words.INTERRUPTED.filled(time=f"{before.when:%H:%M}", name=name).said(lang)
        run = replace(run, notes=(*run.notes, offer))
    _perform(run)


def resume(name: str | None, asked: str | None, *, wishes: Wishes) -> None:
    """Go on with the last practice, *name* where one is given, that was interrupted within a day.

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
    timeline = replayed(run.timeline, entry.changes)
    position = timeline.span_at(entry.position_s).start
    _perform(replace(run, timeline=timeline, position=position, resumed=entry))


def _practice(
    name: str,
    minutes: float | None,
    lang: Lang,
    config: Config,
    *,
    begin: str | None,
    breath: str | None,
    wishes: Wishes,
) -> _Run:
    """The practice *name* as it is to be performed."""
    sequence = choosing.with_breath(Library(lang, config.bells).sequence(name), breath, _breath_sound(wishes))
    sequence = choosing.quieter(sequence) if wishes.quiet else sequence
    cared = caring.cared(sequence, choosing.seconds_of(minutes), config.care)
    start = choosing.start_of(cared.timeline, begin)
    return _Run(
        cared.sequence,
        cared.timeline,
        lang,
        wishes,
        config,
        start,
        tuple(cared.notes(lang)),
        command="" if is_file(name) else f"practice {name}",
        minutes=minutes,
        again=_again(name),
        breath=breath,
    )


def _again(name: str) -> str:
    """The command that begins the practice *name* again, from wherever."""
    return f"practice {Path(name).expanduser().absolute() if is_file(name) else name}"


def breathe_along(
    pattern: str, minutes: float | None, cycles: int | None, *, ramp: bool, lang: str | None, wishes: Wishes
) -> None:
    """Pace the breath alone."""
    config = read_config(folders.config_file())
    chosen = language.choose(lang, config.lang)
    sound = _breath_sound(wishes) or config.breath_sound
    sequence = choosing.breathing(pattern, minutes, cycles, ramp=ramp, sound=sound, bells=config.bells)
    sequence = choosing.quieter(sequence) if wishes.quiet else sequence
    paced = choosing.pattern_of(pattern)
    timeline, preview, command = choosing.fitted(sequence, None), paced.has_retention, f"breathe {paced.name}"
    run = _Run(sequence, timeline, chosen, wishes, config, preview=preview, command=command, minutes=minutes)
    _perform(replace(run, again=command))


def _breath_sound(wishes: Wishes) -> BreathSound | None:
    """How the breath is to be heard wherever it is paced; None leaves it to the sequence."""
    return wishes.breath_sound.value if wishes.breath_sound else None


def _perform(run: _Run) -> None:
    """Lead through *run* on the terminal, and print what was practised."""
    sound, note = player_for(run.wishes, run.config, run.lang)
    check_sounds(run.sequence, run.timeline)
    run = _with_voice(run, sound)
    plain = run.wishes.plain or not has_screen()
    volume = sound.volume
    try:
        session = _in_lines(run, sound, note) if plain else _on_screen(run, sound, note)
    finally:
        sound.close()
        if sound.volume != volume:
            remembered.remember_volume(folders.state_file(), sound.volume)
    if session:
        _remember(run, session.practised)
        if not plain:
            write(_summary(run, session))


def _summary(run: _Run, session: "Session") -> str:
    """What was practised, as a line."""
    return f"{run.sequence.title.said(run.lang)}: {words.practised(session.practised).said(run.lang)}."


def _remember(run: _Run, practised: float) -> None:
    """Remember what was done, where it was for real and for a minute or more."""
    if run.command and run.wishes.speed == 1 and practised >= 60:
        done = remembered.Done(run.minutes, practised, datetime.now().astimezone())
        remembered.remember_done(folders.state_file(), run.command, done)


def _with_voice(run: _Run, sound: "AnyPlayer") -> _Run:
    """The same run, with what is spoken in it ready, where anything can be."""
    from psoas_cli.sound.player import Player

    wishes = run.wishes
    if wishes.quiet or not isinstance(sound, Player):
        asked = wishes.voice and not isinstance(sound, Player) and not wishes.speed > 1
        return replace(run, notes=(*run.notes, words.NO_SPEECH.said(run.lang))) if asked else run
    told = spoken(run.timeline, run.lang, run.config.voice, wanted=wishes.voice)
    return replace(run, spoken=told, notes=(*run.notes, *told.notes))


def _on_screen(run: _Run, sound: "AnyPlayer", note: str) -> "Session | None":
    """Perform on the whole screen; None where the person left before it began."""
    from rich.console import Console

    from psoas_cli.live.asking import ask
    from psoas_cli.live.awake import Awake
    from psoas_cli.live.performance import perform
    from psoas_cli.live.preview import Preview
    from psoas_cli.screen.screen import Screen

    wishes, config = run.wishes, run.config
    motion = not (wishes.no_motion or config.reduced_motion)
    session, awake = None, Awake()
    previewed = run.preview and not wishes.yes and sys.stdin.isatty()
    if run.preview and not previewed:
        print_notices(run.sequence, run.timeline, run.notes, run.lang)
    with opened(plain=False) as terminal:
        screen = Screen(Console(highlight=False), terminal.write, ascii_only=ascii_only(), motion=motion)
        if previewed:
            sound.start()
            preview = Preview(
                _facts(run),
                run.timeline,
                sound,
                _opening_sound(run.sequence),
                run.lang,
                sound_note=note,
                ends_at=lambda: _end_of(run),
                clock=time.monotonic,
            )
            if not preview.run(terminal, screen):
                return None
        else:
            sound.start()
        checked = config.check_in and wishes.speed == 1 and not (wishes.yes or wishes.no_journal) and sys.stdin.isatty()
        said: dict[str, int | str | None] = {}
        if checked:
            said |= _answers(ask(BEFORE, terminal, screen, run.lang), "before")
        session = _session(run, sound, terminal, note)
        with _kept(run, session, said) as watch:
            try:
                perform(session, terminal, screen, awake=awake, watch_over=watch)
            finally:
                awake.release()
            if checked:
                said |= _answers(ask(AFTER, terminal, screen, run.lang), "after")
    return session


def _answers(answers: Answers, when: str) -> dict[str, int | str | None]:
    """What was answered, by the names that it has in the journal."""
    return {f"tension_{when}": answers.tension, f"breath_{when}": answers.breath, "line": answers.line}


def _in_lines(run: _Run, sound: "AnyPlayer", note: str) -> "Session | None":
    """Perform as lines; None where the person left before it began."""
    from psoas_cli.live.awake import Awake
    from psoas_cli.live.lines import Lines
    from psoas_cli.live.performance import perform

    awake = Awake()
    with opened(plain=True) as terminal:
        sound.start()
        facts = _facts(run)
        lines = [facts.title, *(f"{heading}: {said}" for heading, said in facts.rows), *facts.remarks]
        if not run.wishes.yes:
            lines += [f"{name}: {advice}" if name else advice for name, advice in facts.advice]
        lines += [f"{words.SOUND.said(run.lang)}: {note}"] if note else []
        terminal.write("\n".join(lines) + "\n")
        if run.preview and not run.wishes.yes and sys.stdin.isatty():
            terminal.write(words.BEGIN_PLAIN.said(run.lang) + "\n")
            if not _entered(terminal):
                return None
        session = _session(run, sound, terminal, note)
        display = Lines(session, terminal.write, run.lang, known=note)
        with _kept(run, session, {}) as watch:
            try:
                perform(session, terminal, display, awake=awake, frame=0.1, watch_over=watch)
            finally:
                awake.release()
        terminal.write(_summary(run, session) + "\n")  # not printed: that would wait for a pipe that nobody reads
    return session


def _entry(run: _Run) -> Entry | None:
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


@contextmanager
def _kept(run: _Run, session: "Session", said: dict[str, int | str | None]) -> "Iterator[journaling.Watch]":
    """What keeps *session* in the journal, with what the person *said* of it, also where it is interrupted."""
    with journaling.kept(_entry(run), said, run.lang) as keeper:
        watch, whole = journaling.Watch(keeper), False
        try:
            yield watch
            whole = True
        finally:
            untold = watch.end(session, interrupted=not whole)
            if untold:
                write(untold, to_stderr=True)


def _entered(terminal: "Terminal") -> bool:
    while True:
        for name in terminal.events(None):
            if name == "enter":
                return True
            if name in ("q", "esc"):
                return False


def _session(run: _Run, sound: "AnyPlayer", terminal: "Terminal", note: str) -> "Session":
    """The session, about to begin; its sounds are got ready meanwhile."""
    from psoas_cli.live.manner import Manner
    from psoas_cli.live.session import Session

    manner = Manner(run.lang, run.wishes.speed, run.config.numbers, run.config.breath_sound or "air")
    phases = {
        (phase.kind, phase.seconds, span.piece.sound, (phase.begin, phase.end))
        for span in run.timeline.spans
        if span.course and span.piece.sound != "none"
        for pattern, _ in span.course.stages
        for phase in pattern.phases
    }
    sound.prepare(sounds_of(run.sequence, run.timeline), phases)
    session = Session(
        run.sequence,
        run.timeline,
        sound,
        manner,
        clock=time.monotonic,
        alarm=terminal.bell,
        position=run.position,
        note=note,
        telling=run.spoken.telling if run.spoken else None,
    )
    patience = time.monotonic() + _OPENING
    begins_at_once = run.sequence.lead_in < 1 or (run.spoken and run.spoken.telling.speech(run.timeline).utterances)
    while begins_at_once and sound.state == "opening" and time.monotonic() < patience:
        terminal.events(0.02)  # it waits for the device, so that nothing is lost
    session.changes += run.resumed.changes if run.resumed else ()
    session.begin(paused=bool(run.resumed) and not run.wishes.yes and sys.stdin.isatty())
    return session


def _facts(run: _Run) -> "Facts":
    """What there is to know before the practice."""
    from psoas_cli.cli.showing import facts
    from psoas_cli.live.preview import Facts

    sequence, lang = run.sequence, run.lang
    advice = [(CAUTIONS[name].name.said(lang), CAUTIONS[name].advice.said(lang)) for name in sequence.cautions]
    if advice:
        advice.append(("", STOP_SIGNS.said(lang)))
    rows = [row for row in facts(sequence, run.timeline, lang) if row[0] != words.CREDIT.said(lang)]
    if run.spoken and run.spoken.voice:
        rows.append((words.VOICE.said(lang), run.spoken.voice))
    return Facts(
        title=sequence.title.said(lang),
        summary=sequence.summary.said(lang) if sequence.summary else "",
        rows=tuple(rows),
        remarks=tuple(remarks_of(sequence, run.timeline, run.notes, lang)),
        advice=tuple(advice),
    )


def _end_of(run: _Run) -> str:
    left = (run.timeline.duration - run.position) / run.wishes.speed
    return (datetime.now() + timedelta(seconds=left)).strftime("%H:%M")  # noqa: DTZ005 - the clock on the wall


def _opening_sound(sequence: Sequence) -> str:
    return sequence.bells.open.sound if sequence.bells.open else SOUNDS[0]
