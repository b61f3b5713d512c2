"""The performance of a run: brings voice, sound, screen, session and journal together."""

import gc
import sys
import time
from contextlib import nullcontext
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from psoas_cli.cli.console import ascii_only, plain, write
from psoas_cli.cli.context import Context
from psoas_cli.player import recorder
from psoas_cli.player.followers import followed
from psoas_cli.player.playback import SILENT_OVER_SSH, bed_for, sink_for
from psoas_cli.player.run import Run, of_breathing, of_practice, resumed
from psoas_cli.player.wishes import Wishes
from psoas_cli.practice.model.bed import NO_BED
from psoas_cli.practice.model.durations import practised
from psoas_cli.practice.model.text import Lang, Text, sentence
from psoas_cli.practice.score.events import bells_of, own_sounds
from psoas_cli.practice.score.facts import VOICE
from psoas_cli.practice.score.speech import Speech
from psoas_cli.storage import paths, state
from psoas_cli.tty import colours, is_terminal
from psoas_cli.tui.terminal import has_screen, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from psoas_cli.player.loop import Display
    from psoas_cli.player.playback import AnySink
    from psoas_cli.player.session import Session
    from psoas_cli.tui.terminal_posix import Terminal

_NO_SPEECH = Text(
    "This sound output cannot speak: the words are only shown.",
    "Het geluid hier kan niet spreken: de woorden staan op het scherm.",
)
_GUIDED = 2  # breaths
_FIRST_PRACTICES = 3
_LINES_FRAME = 0.1  # seconds between looks for new lines
_OPENING = 1.5  # seconds to wait for the device if a bell or a word comes at once


def practise(
    context: Context, name: str, minutes: float | None, *, begin: str | None, breath: str | None, wishes: Wishes
) -> None:
    """Lead through the practice *name*.

    Raises:
        PsoasError: There is no such practice, or a caution in the settings cannot be read.
    """
    context.check_care()
    lead(of_practice(context, name, minutes, begin=begin, breath=breath, wishes=wishes))


def resume(context: Context, name: str | None, *, wishes: Wishes) -> None:
    """Continue the last practice (*name*, if given) that was interrupted in the last 24 hours.

    Raises:
        PsoasError: There is none, the practice has changed since, or a caution in the settings cannot be read.
    """
    context.check_care()
    lead(resumed(context, name, wishes=wishes))


def breathe_along(
    context: Context, pattern: str, minutes: float | None, cycles: int | None, *, ramp: bool, wishes: Wishes
) -> None:
    """Pace the breath alone."""
    lead(of_breathing(context, pattern, minutes, cycles, ramp=ramp, wishes=wishes))


def lead(run: Run) -> None:
    """Lead through *run* on the terminal, and print what was practised."""
    if (done := performed(run)) and not _in_plain(run):
        write(done)


def performed(run: Run, window: "Terminal | None" = None) -> str:
    """Lead through *run* on the terminal, in a *window* if there is one, with a page to which the preview leads back.

    Returns:
        What was practised, as a line, and in a *window* what went wrong at the end; empty if the person left before it
        began.
    """
    sound, note = sink_for(run.wishes, run.context)
    if own := own_sounds(run.sequence, run.timeline):
        from psoas_cli.audio.decode import check_sounds

        check_sounds(sorted(own))
    run = _with_bed(_with_voice(run, sound), sound)
    volume = sound.volume
    untold: list[str] = []  # what went wrong at the end, once the screen can no longer say it
    try:
        perform = _in_lines if _in_plain(run) else partial(_on_screen, window=window)
        session = perform(run, sound, note, untold)
    finally:
        gc.unfreeze()  # the loop froze what there was: what is left of this session can be collected in the next
        sound.close()
        if sound.volume != volume:
            state.remember_volume(paths.state_file(), sound.volume)
        if window is None:
            for line in untold:
                write(line, to_stderr=True)
    return "\n".join([_summary(run, session), *(untold if window else ())]) if session else ""


def _summary(run: Run, session: "Session") -> str:
    """What was practised, as a line."""
    done = practised(session.practised, rehearsed=run.wishes.speed > 1)
    return f"{run.sequence.title.said(run.lang)}: {done.said(run.lang)}."


def _in_plain(run: Run) -> bool:
    """Whether it is performed as lines."""
    return run.wishes.plain or not has_screen()


def _with_voice(run: Run, sound: "AnySink") -> Run:
    """Return *run* with its narration prepared, if the sink can speak."""
    wishes = run.wishes
    if wishes.quiet or not sound.speaks:
        asked = wishes.voice not in (None, "none") and not sound.speaks and not wishes.speed > 1
        return replace(run, notes=(*run.notes, _NO_SPEECH.said(run.lang))) if asked else run
    from psoas_cli.player.narrator import VoiceWishes, spoken

    wanted = VoiceWishes(wishes.voice, wishes.words, guided=_guided(run))
    told = spoken(run.timeline, run.lang, run.context.config.voice, wanted, plain=_in_plain(run))
    return replace(run, spoken=told, notes=(*run.notes, *told.notes))


def _with_bed(run: Run, sound: "AnySink") -> Run:
    """Return *run* with its bed of sound, which is made meanwhile, if one is wanted and the sink can play it.

    Raises:
        PsoasError: There is no such bed, or its file cannot be played.
    """
    bed = bed_for(run.wishes.bed, run.context)
    if bed.sound == NO_BED or run.wishes.quiet or not sound.speaks:
        return run
    from psoas_cli.audio.bed_samples import prepared

    sound.lay(prepared(bed))
    return replace(run, bed=bed)


def _guided(run: Run) -> int:
    """With how many breaths their words are said: with two in a person's first practices with a breath to hear."""
    if run.wishes.no_journal or not recorder.is_breath_heard(run.timeline):
        return 0
    return _GUIDED if recorder.breaths_heard() < _FIRST_PRACTICES else 0


def _on_screen(
    run: Run, sound: "AnySink", note: str, untold: list[str], *, window: "Terminal | None"
) -> "Session | None":
    """Perform *run* on the full screen, which may be open; return its session, or None if the person left before."""
    from psoas_cli.tui.screen import Screen
    from psoas_cli.tui.theme import THEMES

    wishes, config = run.wishes, run.context.config
    motion = not (wishes.no_motion or config.reduced_motion)
    keyed, look = is_terminal(sys.stdin), THEMES[config.theme]
    previewed = run.preview and not wishes.yes and keyed
    if run.preview and not previewed:
        from psoas_cli.player.introduction import introduction_of, print_introduction

        print_introduction(introduction_of(run))
    with nullcontext(window) if window else opened(plain=False) as terminal:
        terminal.dirty = True
        screen = Screen(
            colours(),
            terminal.write,
            ascii_only=ascii_only(),
            motion=motion,
            theme=look,
            keys=keyed,
            entitle=terminal.entitle if config.title else None,
        )
        early: list[str] | None = []
        if previewed:
            from psoas_cli.player.preview import preview_of
            from psoas_cli.player.preview_page import PreviewScreen

            sound.start()
            page = PreviewScreen(screen, leads_back=window is not None)
            early = preview_of(run, sound, note).run(terminal, page)
        if early is None:
            return None
        checked, said = _is_asked(run), dict[str, int | str | None]()
        if checked:
            from psoas_cli.player.check_in import AFTERWARDS, BEFORE, ask

            said |= ask(BEFORE, terminal, screen, run.lang).in_journal("before")
            early = []
        session = _session(run, sound, terminal, note, greeting="" if previewed else _greeting(note, run.lang))
        sound_on = cache(partial(_sound_on, run, sound))  # once, at the beginning or after the first picture
        early += _begun(session, run, sound, terminal, sound_on)
        with followed(run, session, sound, terminal, said=said, untold=untold) as follow:
            _led(session, terminal, screen, follow, early=early, once_seen=sound_on)
            if checked:
                said |= ask(AFTERWARDS[run.sequence.check_in], terminal, screen, run.lang).in_journal("after")
    return session


def _is_asked(run: Run) -> bool:
    """Whether the person is asked how they feel."""
    wishes = run.wishes
    wanted = run.context.config.check_in and wishes.speed == 1 and not (wishes.yes or wishes.no_journal)
    return wanted and is_terminal(sys.stdin)


def _in_lines(run: Run, sound: "AnySink", note: str, untold: list[str]) -> "Session | None":
    """Perform *run* as plain lines; return its session, or None if the person quit before it began."""
    from psoas_cli.player.lines import Lines, wrapped
    from psoas_cli.player.preview import preview_of
    from psoas_cli.player.preview_lines import PreviewLines

    with opened(plain=True) as terminal:
        width = (lambda: terminal.size[0]) if is_terminal(sys.stdout) else None
        sound.start()
        waits = run.preview and not run.wishes.yes and is_terminal(sys.stdin)

        def tell(*lines: str) -> None:
            rows = [row for line in lines for row in (wrapped(line, width()) if width else [line])]
            terminal.write(plain("".join(f"{row}\n" for row in rows)))

        opening = _opening(run, waits=waits)
        early: list[str] | None = []
        if waits:
            early = preview_of(run, sound, note).run(terminal, PreviewLines(tell, opening))
        else:
            tell(*opening, *([sentence(note)] if note else []))
        if early is None:
            return None
        checked, said = _is_asked(run), dict[str, int | str | None]()
        if checked:
            from psoas_cli.player.check_in import AFTERWARDS, BEFORE, ask_in_lines

            said |= ask_in_lines(BEFORE, terminal, tell, run.lang).in_journal("before")
            early = []
        session = _session(run, sound, terminal, note)
        sound_on = cache(partial(_sound_on, run, sound))
        early += _begun(session, run, sound, terminal, sound_on)
        display = Lines(session, tell, run.lang)
        with followed(run, session, sound, terminal, said=said, untold=untold) as follow:
            _led(session, terminal, display, follow, early=early, frame=_LINES_FRAME, once_seen=sound_on)
            if checked:
                said |= ask_in_lines(AFTERWARDS[run.sequence.check_in], terminal, tell, run.lang).in_journal("after")
        tell(_summary(run, session))  # not printed: that would wait for a pipe that nobody reads
    return session


def _opening(run: Run, *, waits: bool) -> list[str]:
    """What is told before a practice in lines; with its plan if one *waits* for the person."""
    from psoas_cli.player.introduction import facts_of, introduction_of
    from psoas_cli.player.sentences import facts_sentences

    introduction = introduction_of(run)
    facts = facts_of(introduction, run.bed.title(run.lang))
    voice = [f"{VOICE.said(run.lang)}: {run.spoken.voice}."] if run.spoken and run.spoken.voice and not waits else []
    told = [*facts_sentences(facts, run.ends_at if waits else ""), *voice, *introduction.remarks]
    return [*told, *(introduction.precautions(waits=waits) if run.preview else [])]


def _led(
    session: "Session",
    terminal: "Terminal",
    display: "Display",
    follow: "Callable[[Session], None]",
    *,
    early: list[str],
    once_seen: "Callable[[], None]",
    frame: float | None = None,
) -> None:
    """Perform *session*, beginning with the *early* keys, and keep the computer awake while it plays."""
    from psoas_cli.player.awake import Awake
    from psoas_cli.player.loop import FRAME, perform

    awake = Awake()
    try:
        perform(
            session,
            terminal,
            display,
            awake=awake,
            frame=frame or FRAME,
            watch_over=follow,
            once_seen=once_seen,
            early=early,
        )
    finally:
        awake.release()
        terminal.entitle("")


def _greeting(note: str, lang: Lang) -> str:
    """The *note* on why there is no sound if nobody asked for that, else nothing."""
    return note if note == SILENT_OVER_SSH.said(lang) else ""


def _session(run: Run, sound: "AnySink", terminal: "Terminal", note: str, greeting: str = "") -> "Session":
    """Create the session of *run*, with a *greeting* as its first message."""
    from psoas_cli.player.session import Session
    from psoas_cli.player.wishes import Delivery

    config = run.context.config
    delivery = Delivery(
        run.lang,
        run.wishes.speed,
        config.numbers,
        config.breath_sound or "air",
        aloud=_in_plain(run),
        care=config.care,
        any_key=config.any_key == "pause",
    )
    session = Session(
        run.sequence,
        run.timeline,
        sound,
        delivery,
        clock=time.monotonic,
        alarm=terminal.bell,
        position=run.position,
        note=note,
        greeting=greeting,
        narration=run.spoken.narration if run.spoken else None,
    )
    session.changes.extend(run.resumed.changes if run.resumed else ())
    return session


def _sound_on(run: Run, sound: "AnySink") -> None:
    """Open the device of *sound*, unless it is, and prepare what will be heard in *run*, both in the background."""
    sound.start()
    phases = {
        (phase.kind, phase.seconds, span.segment.sound, (phase.begin, phase.end))
        for span in run.timeline.spans
        if span.course and span.segment.sound not in ("none", "words")
        for pattern, _ in span.course.stages
        for phase in pattern.phases
    }
    sound.prepare(bells_of(run.sequence, run.timeline), phases)


def _begun(
    session: "Session", run: Run, sound: "AnySink", terminal: "Terminal", sound_on: "Callable[[], None]"
) -> list[str]:
    """Begin *session*, once the device is there if a sound comes at once; return the keys pressed meanwhile."""
    keys: list[str] = []
    patience = time.monotonic() + _OPENING
    opening = run.timeline.spans[0]
    speech = run.spoken.narration.speech(run.timeline) if run.spoken else Speech()
    has_lead_in = opening.segment.kind == "lead-in" and opening.length >= 1 and run.position == 0
    begins_at_once = not has_lead_in or bool(speech.utterances_in(0.0, _OPENING))
    if begins_at_once:  # else the picture comes first: opening a device takes as long as all the rest
        sound_on()
    while begins_at_once and sound.state == "opening" and time.monotonic() < patience:
        keys += terminal.events(0.02)
    session.begin()
    return keys
