"""`psoas render`: a practice as an audio file, for where there is no computer."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.cli import caring, choosing, language
from psoas_cli.cli.announcing import Notices, print_notices
from psoas_cli.cli.caring import Cared
from psoas_cli.cli.installing import install_line
from psoas_cli.cli.interruption import Interruption
from psoas_cli.cli.printing import write
from psoas_cli.cli.progress import progress
from psoas_cli.cli.sounds import check_sounds
from psoas_cli.cli.speaking import spoken
from psoas_cli.errors import PsoasError
from psoas_cli.practice import words
from psoas_cli.practice.breathing import BreathSound
from psoas_cli.practice.chapters import chapters_of
from psoas_cli.practice.durations import clock_text
from psoas_cli.practice.text import Lang, decimal, shown
from psoas_cli.practice.timeline import Span
from psoas_cli.sound.telling import Telling
from psoas_cli.store import folders
from psoas_cli.store.config import Config, read_config
from psoas_cli.store.library import Library

if TYPE_CHECKING:
    from psoas_cli.sound.samples import Samples

_EXPORT = ("soundfile", "lameenc", "mutagen")  # the extra [export], by what is installed


class Breathing(NamedTuple):
    """Breathing alone, where a pattern is given; for so many breaths."""

    pattern: str | None = None
    cycles: int | None = None
    ramp: bool = False


class Wanted(NamedTuple):
    """How the file is wanted.

    Args:
        output: Where.
        force: Whether it may take the place of another one.
        lang: In which language.
        minutes: How long.
        breath: The breath in holds.
        breath_sound: How the breath is heard.
        volume: 0..100; None is as loud as the sounds were made, whatever the last session's was.
        quiet: Bells only, softer.
        voice: Whether anything is spoken; None leaves it to the settings.
    """

    output: str
    force: bool = False
    lang: str | None = None
    minutes: float | None = None
    breath: str | None = None
    breath_sound: BreathSound | None = None
    volume: int | None = None
    quiet: bool = False
    voice: bool | None = None


def render_file(name: str | None, breathing: Breathing, wanted: Wanted) -> None:
    """Write the practice *name*, or *breathing* alone, into a file, and print what was written.

    Raises:
        PsoasError: It could not be, with the reason. Nothing stays of a file that was begun.
    """
    from psoas_cli.sound import export

    path = Path(wanted.output).expanduser()
    kind = export.format_of(path)
    if lacking := export.missing(kind):
        raise PsoasError(
            f"a {path.suffix} file needs {' and '.join(lacking)}, not installed here",
            f"install what files need: {install_line(*_EXPORT)}",
            exit_code=1,
        )
    export.see_place(path, force=wanted.force)
    config = read_config(folders.config_file())
    lang = language.choose(wanted.lang, config.lang)
    cared = _cared(name, breathing, wanted, lang, config)
    check_sounds(cared.sequence, cared.timeline)
    speech = spoken(cared.timeline, lang, config.voice, wanted=False if wanted.quiet else wanted.voice)
    notes = (*cared.notes(lang), *speech.notes)
    print_notices(
        Notices(
            cared.sequence,
            cared.timeline,
            lang,
            name or "",
            notes=notes,
            care=config.care,
            adapted=cared.adapted,
        )
    )
    seconds, size = _write(cared, speech.telling, wanted, path, lang)
    said = words.WRITTEN.filled(
        file=shown(str(path)),
        title=cared.sequence.title,
        time=clock_text(seconds),
        size=decimal(size / 1e6),
    )
    write(said.said(lang))


def _cared(name: str | None, breathing: Breathing, wanted: Wanted, lang: Lang, config: Config) -> Cared:
    """What is to be heard, as a session would lead through it.

    Raises:
        PsoasError: There is no such practice, or it is not said which.
    """
    pattern, cycles, ramp = breathing
    if name is not None and pattern is None:
        if cycles is not None or ramp:
            raise PsoasError("--cycles and --ramp go with --breathe", "psoas render --breathe 4-6 --cycles 30 -o ...")
        sequence = Library(lang, config.bells).sequence(name)
        sequence = choosing.with_breath(sequence, wanted.breath, wanted.breath_sound)
        sequence = choosing.quieter(sequence) if wanted.quiet else sequence
        return caring.cared(sequence, choosing.seconds_of(wanted.minutes), config.care, config.lead_in)
    if name is not None or pattern is None:
        got = "neither" if name is None else "both"
        raise PsoasError(f"expected a practice or --breathe, got {got}", "psoas list shows the practices there are")
    if wanted.breath is not None:
        raise PsoasError("--breath is for the holds of a practice; --breathe has none")
    sound = wanted.breath_sound or config.breath_sound
    sequence = choosing.breathing(pattern, wanted.minutes, cycles, ramp=ramp, sound=sound, bells=config.bells)
    sequence = choosing.quieter(sequence) if wanted.quiet else sequence
    return Cared(sequence, choosing.fitted(sequence, None))


def _write(cared: Cared, telling: Telling, wanted: Wanted, path: Path, lang: Lang) -> tuple[float, int]:
    """Write the file; how long it is in seconds, and in bytes."""
    from psoas_cli.sound import export
    from psoas_cli.sound.mixer import Mixer
    from psoas_cli.sound.player import COMFORTABLE, gain_of
    from psoas_cli.sound.rendering import quickest_strip, rendered
    from psoas_cli.sound.samples import frames_of
    from psoas_cli.sound.tags import Label
    from psoas_cli.sound.tail import tail_of

    sequence, timeline = cared.sequence, cared.timeline
    seconds = timeline.duration + tail_of(sequence.bells.close)
    frames = frames_of(seconds)
    label = Label(sequence.title.said(lang), lang, tuple(chapters_of(timeline, seconds, lang)))
    volume = COMFORTABLE if wanted.volume is None else wanted.volume
    mixer = Mixer(gain_of(volume, quiet=wanted.quiet), quickest_strip())

    def style(span: Span) -> BreathSound:
        return "none" if wanted.quiet else span.piece.sound

    gc.enable()  # the entry switched it off, for the start
    kind = export.format_of(path)
    with (
        Interruption() as interruption,
        progress(path.name) as told,
        export.replacing(path, force=wanted.force) as file,
    ):
        export.see_room(path, kind, frames)
        blocks = rendered(timeline, style, seconds, mixer, telling=telling)
        kind.write(file, _watched(blocks, interruption, lambda made: told(made, frames)), label)
        interruption.heed()
        size = file.seek(0, os.SEEK_END)
    return seconds, size


def _watched(
    blocks: "Iterable[Samples]", interruption: Interruption, told: Callable[[int], None]
) -> "Iterator[Samples]":
    """*blocks*, until the person wants no more; *told* how many frames were made."""
    made = 0
    for block in blocks:
        interruption.heed()
        yield block
        made += len(block)
        told(made)
