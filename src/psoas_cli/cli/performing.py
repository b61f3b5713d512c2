"""`psoas practice` and `psoas breathe`: everything is brought together here, and nothing else is."""

import os
import sys
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from psoas_cli.cli import caring, choosing, language
from psoas_cli.cli.options import Wishes
from psoas_cli.cli.printing import ascii_only, wrapped, write
from psoas_cli.errors import PsoasError
from psoas_cli.practice import words
from psoas_cli.practice.breathing import BreathSound
from psoas_cli.practice.cautions import CAUTIONS, STOP_SIGNS
from psoas_cli.practice.patterns import NAMED, Pattern, title_of
from psoas_cli.practice.poses import Hold
from psoas_cli.practice.sequence import SOUNDS, BreatheStep, Sequence
from psoas_cli.practice.text import Lang, Text
from psoas_cli.practice.timeline import Timeline
from psoas_cli.store import folders, remembered
from psoas_cli.store.config import Config, read_config
from psoas_cli.store.library import Library

if TYPE_CHECKING:
    from psoas_cli.live.preview import Facts
    from psoas_cli.live.session import Session
    from psoas_cli.screen.terminal import Terminal
    from psoas_cli.sound.player import Player, SilentPlayer
    from psoas_cli.sound.simple_player import SimplePlayer

    AnyPlayer: TypeAlias = Player | SimplePlayer | SilentPlayer

_BREATHE_SECONDS = 300.0
_BREATHE_LEAD_IN = 3.0
_RAMP = ("3-3", "3-4", "4-5")
_OPENING = 1.5  # seconds to wait for the device where the first bell comes at once


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


def practise(
    name: str, minutes: float | None, asked: str | None, *, begin: str | None, breath: str | None, wishes: Wishes
) -> None:
    """Lead through the practice *name*."""
    config = read_config(folders.config_file())
    lang = language.choose(asked, config.lang)
    sequence = choosing.with_breath(Library(lang, config.bells).sequence(name), breath, _breath_sound(wishes))
    sequence = _quieter(sequence) if wishes.quiet else sequence
    cared = caring.cared(sequence, choosing.seconds_of(minutes), config.care)
    start = choosing.start_of(cared.timeline, begin)
    _perform(_Run(cared.sequence, cared.timeline, lang, wishes, config, start, tuple(cared.notes(lang))))


def breathe_along(
    pattern: str, minutes: float | None, cycles: int | None, *, ramp: bool, lang: str | None, wishes: Wishes
) -> None:
    """Pace the breath alone."""
    if minutes is not None and cycles is not None:
        raise PsoasError("expected --minutes or --cycles, got both")
    config = read_config(folders.config_file())
    chosen = language.choose(lang, config.lang)
    breath, seconds = choosing.pattern_of(pattern), choosing.seconds_of(minutes)
    breaths = choosing.breaths_of(breath, seconds, cycles)
    sound = _breath_sound(wishes) or config.breath_sound
    sequence = _breathing(breath, seconds or _BREATHE_SECONDS, breaths, sound, ramp=ramp)
    sequence = replace(sequence, bells=config.bells)
    sequence = _quieter(sequence) if wishes.quiet else sequence
    run = _Run(sequence, choosing.fitted(sequence, None), chosen, wishes, config, preview=breath.has_retention)
    _perform(run)


def _breathing(
    pattern: Pattern, seconds: float, cycles: int | None, sound: BreathSound | None, *, ramp: bool
) -> Sequence:
    """Breathing alone, as a sequence of one step."""
    title = title_of(pattern)
    if pattern.name in NAMED and pattern.name != pattern.counts:
        title = Text(f"{title.en} {pattern.counts}", f"{title.nl} {pattern.counts}")
    elif pattern.name not in NAMED:
        title = words.BREATHE_TITLE.filled(counts=pattern.counts)
    step = BreatheStep(
        pattern,
        hold=None if cycles else Hold(seconds, seconds, seconds),
        cycles=cycles,
        ramp=tuple(choosing.pattern_of(counts) for counts in _RAMP) if ramp else (),
        sound=sound or "air",
        text=words.BREATHE_TEXT,
    )
    return Sequence("breathe", title, (step,), lead_in=_BREATHE_LEAD_IN)


def _breath_sound(wishes: Wishes) -> BreathSound | None:
    """How the breath is to be heard wherever it is paced; None leaves it to the sequence."""
    return wishes.breath_sound.value if wishes.breath_sound else None


def _quieter(sequence: Sequence) -> Sequence:
    close = sequence.bells.close
    bells = replace(sequence.bells, close=close._replace(strikes=1)) if close else sequence.bells
    return replace(sequence, bells=bells)


def _perform(run: _Run) -> None:
    """Lead through *run* on the terminal, and print what was practised."""
    sound, note = _sound(run)
    _check_sounds(run)
    plain = run.wishes.plain or not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb"
    volume = sound.volume
    try:
        session = _in_lines(run, sound, note) if plain else _on_screen(run, sound, note)
    finally:
        sound.close()
        if sound.volume != volume:
            remembered.remember_volume(folders.state_file(), sound.volume)
    if session:
        write(f"{run.sequence.title.said(run.lang)}: {words.practised(session.practised).said(run.lang)}.")


def _sound(run: _Run) -> "tuple[AnyPlayer, str]":
    """What plays, and why it does not where it does not."""
    from psoas_cli.sound.player import COMFORTABLE, Player, SilentPlayer

    wishes, config = run.wishes, run.config
    if wishes.speed > 1:
        return SilentPlayer(), words.SILENT_WHEN_FAST.said(run.lang)
    if os.environ.get("SSH_CONNECTION") and not wishes.sound:
        return SilentPlayer(), words.SILENT_OVER_SSH.said(run.lang)
    audio = wishes.audio or config.audio
    if audio == "none":
        return SilentPlayer(), words.SILENT_AS_ASKED.said(run.lang)
    known = (wishes.volume, remembered.volume(folders.state_file()), config.volume)
    volume = next((each for each in known if each is not None), COMFORTABLE)
    muted = wishes.mute or (os.environ.get("PSOAS_MUTE", "") not in ("", "0") and not wishes.sound)
    if audio == "simpleaudio":
        from psoas_cli.sound.simple_player import SimplePlayer

        return SimplePlayer(volume=volume, muted=muted, quiet=wishes.quiet), ""
    return Player(volume=volume, muted=muted, quiet=wishes.quiet), ""


def _check_sounds(run: _Run) -> None:
    """See that a person's own bells can be played, before the practice begins.

    Raises:
        PsoasError: Where one cannot.
    """
    own = _sounds(run) - set(SOUNDS)
    if own:
        from psoas_cli.sound.player import check

        for path in sorted(own):
            check(path)


def _sounds(run: _Run) -> set[str]:
    """The bells that may ring: those of the timeline, and what pausing and ending ring."""
    timed = {cue.bell.sound for cue in run.timeline.cues if cue.bell}
    return timed | {bell.sound for bell in (run.sequence.bells.hold, run.sequence.bells.close) if bell}


def _on_screen(run: _Run, sound: "AnyPlayer", note: str) -> "Session | None":
    """Perform on the whole screen; None where the person left before it began."""
    from rich.console import Console

    from psoas_cli.live.awake import Awake
    from psoas_cli.live.performance import perform
    from psoas_cli.live.preview import Preview
    from psoas_cli.screen.screen import Screen

    wishes, config = run.wishes, run.config
    motion = not (wishes.no_motion or config.reduced_motion)
    session, awake = None, Awake()
    previewed = run.preview and not wishes.yes and sys.stdin.isatty()
    if run.preview and not previewed:
        _print_notices(run)
    with _terminal(plain=False) as terminal:
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
        session = _session(run, sound, terminal, note)
        try:
            perform(session, terminal, screen, awake=awake)
        finally:
            awake.release()
    return session


def _in_lines(run: _Run, sound: "AnyPlayer", note: str) -> "Session | None":
    """Perform as lines; None where the person left before it began."""
    from psoas_cli.live.awake import Awake
    from psoas_cli.live.lines import Lines
    from psoas_cli.live.performance import perform

    awake = Awake()
    with _terminal(plain=True) as terminal:
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
        try:
            perform(session, terminal, display, awake=awake, frame=0.1)
        finally:
            awake.release()
    return session


def _entered(terminal: "Terminal") -> bool:
    while True:
        for name in terminal.events(None):
            if name == "enter":
                return True
            if name in ("q", "esc"):
                return False


def _terminal(*, plain: bool) -> "Terminal":
    if sys.platform == "win32":
        from psoas_cli.screen.terminal_windows import PlainTerminal, Terminal
    else:
        from psoas_cli.screen.terminal import PlainTerminal, Terminal
    return PlainTerminal() if plain else Terminal()


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
    sound.prepare(_sounds(run), phases)
    session = Session(
        run.sequence,
        run.timeline,
        sound,
        manner,
        clock=time.monotonic,
        alarm=terminal.bell,
        position=run.position,
        note=note,
    )
    patience = time.monotonic() + _OPENING
    while run.sequence.lead_in < 1 and sound.state == "opening" and time.monotonic() < patience:
        terminal.events(0.02)  # the first bell comes at once: it waits for the device
    session.begin()
    return session


def _facts(run: _Run) -> "Facts":
    """What there is to know before the practice."""
    from psoas_cli.cli.showing import facts, remarks
    from psoas_cli.live.preview import Facts

    sequence, lang = run.sequence, run.lang
    advice = [(CAUTIONS[name].name.said(lang), CAUTIONS[name].advice.said(lang)) for name in sequence.cautions]
    if advice:
        advice.append(("", STOP_SIGNS.said(lang)))
    courses = [span.course for span in run.timeline.spans if span.course]
    has_retention = any(pattern.has_retention for course in courses for pattern, _ in course.stages)
    notices = [words.RETENTIONS.said(lang)] if has_retention else []
    rows = [row for row in facts(sequence, run.timeline, lang) if row[0] != words.CREDIT.said(lang)]
    return Facts(
        title=sequence.title.said(lang),
        summary=sequence.summary.said(lang) if sequence.summary else "",
        rows=tuple(rows),
        remarks=(*run.notes, *notices, *remarks(sequence, run.timeline, lang)),
        advice=tuple(advice),
    )


def _print_notices(run: _Run) -> None:
    """Print what a preview would have shown that has to be known: on the screen that is there again afterwards."""
    facts, lang = _facts(run), run.lang
    notices = list(facts.remarks)
    if run.sequence.cautions:
        names = dict(facts.rows)[words.CAUTIONS.said(lang)]
        more = words.CAUTIONS_IN_SHOW.filled(name=run.sequence.id).said(lang)
        notices.append(f"{words.CAUTIONS.said(lang)}: {names}. {more}")
    for notice in notices:
        write("\n".join(wrapped(notice)))


def _end_of(run: _Run) -> str:
    left = (run.timeline.duration - run.position) / run.wishes.speed
    return (datetime.now() + timedelta(seconds=left)).strftime("%H:%M")  # noqa: DTZ005 - the clock on the wall


def _opening_sound(sequence: Sequence) -> str:
    return sequence.bells.open.sound if sequence.bells.open else SOUNDS[0]
