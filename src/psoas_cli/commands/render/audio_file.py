"""An audio file: a practice as it sounds, with what the file says about itself."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from psoas_cli.audio.bed_samples import prepared
from psoas_cli.audio.decode import check_sounds
from psoas_cli.audio.tts.narration import Narration
from psoas_cli.cli.console import write
from psoas_cli.cli.context import Context
from psoas_cli.cli.installation import install_line
from psoas_cli.cli.progress import progress
from psoas_cli.cli.signals import Interruption
from psoas_cli.errors import PsoasError
from psoas_cli.player.adaptation import Adaptation, breathing_for, practice_for
from psoas_cli.player.introduction import Introduction, print_introduction
from psoas_cli.player.narrator import VoiceWishes, spoken
from psoas_cli.player.playback import bed_for
from psoas_cli.player.wishes import NOTHING_AVOIDED, Avoided
from psoas_cli.practice.model.bed import NO_BED, Bed
from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.text import Lang, Text, decimal, shown
from psoas_cli.practice.model.verbosity import Verbosity
from psoas_cli.practice.score.events import own_sounds
from psoas_cli.practice.score.navigation import chapters_of
from psoas_cli.practice.score.timeline import Span
from psoas_cli.storage.atomic import STANDARD_OUTPUT, check_place, place_named, replacing

if TYPE_CHECKING:
    from psoas_cli.audio.bed_loop import Endless
    from psoas_cli.audio.samples import Samples

_WRITTEN = Text("Created {file}: {title}, {time}, {size} MB", "{file} staat klaar: {title}, {time}, {size} MB")
_WILL_TAKE = Text("{file} will take {size} MB.", "{file} wordt {size} MB.")
_PAGE = ".html"
_EXPORT = ("soundfile", "lameenc", "mutagen")  # what the extra [export] installs


class Breathing(NamedTuple):
    """Breathing alone, if there is a pattern; *cycles* is the number of breaths."""

    pattern: str | None = None
    cycles: int | None = None
    ramp: bool = False


class Wanted(NamedTuple):
    """The options for the file.

    Args:
        output: The path to write to.
        force: Whether to replace an existing file.
        minutes: The length; None for the usual one.
        breath: The breath in holds.
        breath_sound: How the breath sounds.
        volume: 0..100; None for the level of the original sounds, not that of the last session.
        quiet: Whether to leave all but the bells out, and make these softer.
        voice: Who speaks; None for what the settings say.
        words: How much is said; None for what the settings say.
        voice_volume: 0..100, for speech alone.
        bed: The bed of sound; None for what the settings say.
        avoid: The poses to leave out.
    """

    output: str
    force: bool = False
    minutes: float | None = None
    breath: str | None = None
    breath_sound: BreathSound | None = None
    volume: int | None = None
    quiet: bool = False
    voice: str | None = None
    words: Verbosity | None = None
    voice_volume: int | None = None
    bed: str | None = None
    avoid: Avoided = NOTHING_AVOIDED


def render_file(context: Context, name: str | None, breathing: Breathing, wanted: Wanted) -> None:
    """Write the practice *name*, or *breathing* alone, to a file, and print what was written.

    Raises:
        PsoasError: The file could not be written; no part of it is left behind.
    """
    from psoas_cli.audio.export import formats

    path = place_named(wanted.output)
    called = _called(wanted.output, path)
    if lacking := formats.missing(formats.format_of(called)):
        raise PsoasError(
            f"{called.suffix} files need {' and '.join(lacking)}, not installed here",
            f"install with: {install_line(*_EXPORT)}",
            exit_code=1,
        )
    check_place(path, force=wanted.force, is_text=False)
    context.check_care()
    config, lang = context.config, context.lang
    adaptation = _adapted(context, name, breathing, wanted)
    check_sounds(sorted(own_sounds(adaptation.sequence, adaptation.timeline)))
    bed = Bed() if wanted.quiet else bed_for(wanted.bed, context)
    source = None if bed.sound == NO_BED else prepared(bed)()
    wishes = VoiceWishes("none" if wanted.quiet else wanted.voice, "none" if wanted.quiet else wanted.words)
    is_page = called.suffix.lower() == _PAGE
    speech = spoken(adaptation.timeline, lang, config.voice, wishes, fixed=True, seen=is_page)
    notes = (*adaptation.notes(lang), *speech.notes)
    facts = (adaptation.sequence, adaptation.timeline, lang, name or "", notes)
    aside = path == STANDARD_OUTPUT
    print_introduction(Introduction(*facts, care=config.care, adapted=adaptation.adapted), to_stderr=aside)
    page = _page(adaptation, speech.narration, lang) if is_page else ("", "")
    seconds, size = _write(adaptation, speech.narration, source, wanted, path, called, lang, page)
    said = _WRITTEN.filled(
        file=shown(str(path)),
        title=adaptation.sequence.title,
        time=clock_text(seconds),
        size=decimal(size / 1e6),
    )
    write(said.said(lang), to_stderr=aside)


def _called(written: str, path: Path) -> Path:
    """*path*, or what a file with the sound for standard output is called: `-.mp3` is an MP3 file, `-` a WAV file."""
    if path != STANDARD_OUTPUT:
        return path
    import tempfile

    suffix = Path(written.replace("-", "sound", 1)).suffix
    return Path(tempfile.gettempdir(), f"sound{suffix or '.wav'}")


def _adapted(context: Context, name: str | None, breathing: Breathing, wanted: Wanted) -> Adaptation:
    """Return the practice, or *breathing*, adapted as for a session.

    Raises:
        PsoasError: There is no such practice, or the options do not name exactly one.
    """
    pattern, cycles, ramp = breathing
    if name is not None and pattern is None:
        if cycles is not None or ramp:
            raise PsoasError("--cycles and --ramp go with --breathe", "psoas render --breathe 4-6 --cycles 30 -o ...")
        breath, sound, quiet = wanted.breath, wanted.breath_sound, wanted.quiet
        return practice_for(context, name, wanted.minutes, breath=breath, sound=sound, quiet=quiet, avoid=wanted.avoid)
    if name is not None or pattern is None:
        got = "neither" if name is None else "both"
        raise PsoasError(f"expected a practice or --breathe, got {got}", "psoas list shows the practices")
    if wanted.breath is not None:
        raise PsoasError("--breath is for the holds of a practice, and --breathe has none", "leave out one of the two")
    if wanted.avoid != NOTHING_AVOIDED:
        raise PsoasError("--avoid is for the poses of a practice, and --breathe has none", "leave out one of the two")
    sound = wanted.breath_sound
    return breathing_for(context, pattern, wanted.minutes, cycles, ramp=ramp, sound=sound, quiet=wanted.quiet)


def _page(adaptation: Adaptation, narration: Narration, lang: Lang) -> tuple[str, str]:
    """The page around the sound, before and after it."""
    from psoas_cli.commands.render.web_page import Preface, page_around
    from psoas_cli.practice.score.facts import facts
    from psoas_cli.practice.score.scenes import scenes_of, stops_of

    sequence, timeline = adaptation.sequence, adaptation.timeline
    remarks = Introduction(sequence, timeline, lang, "", tuple(adaptation.notes(lang))).remarks
    title, summary = sequence.title.said(lang), sequence.summary.said(lang)
    preface = Preface(title, summary, facts(sequence, timeline, lang), remarks, sequence.cautions)
    return page_around(preface, scenes_of(timeline, narration.speech(timeline), lang), stops_of(timeline, lang), lang)


def _write(
    adaptation: Adaptation,
    narration: Narration,
    bed: "Endless | None",
    wanted: Wanted,
    path: Path,
    called: Path,
    lang: Lang,
    page: tuple[str, str],
) -> tuple[float, int]:
    """Write the file to *path*, in the format of what it is *called*, over *bed* if there is one, within *page*.

    Returns:
        Its length in seconds, and its size in bytes.
    """
    from psoas_cli.audio.export import formats
    from psoas_cli.audio.export.mixdown import quickest_buffer, rendered
    from psoas_cli.audio.export.tags import Label
    from psoas_cli.audio.mixer import Mixer
    from psoas_cli.audio.samples import COMFORTABLE, frames_of
    from psoas_cli.audio.sink import gain_of
    from psoas_cli.audio.strike import tail_of

    sequence, timeline = adaptation.sequence, adaptation.timeline
    seconds = timeline.duration + tail_of(sequence.bells.close)
    frames = frames_of(seconds)
    label = Label(sequence.title.said(lang), lang, tuple(chapters_of(timeline, seconds, lang)), page)
    volume = COMFORTABLE if wanted.volume is None else wanted.volume
    mixer = Mixer(gain_of(volume, quiet=wanted.quiet), quickest_buffer())
    if bed:
        mixer.lay(bed)

    def style(span: Span) -> BreathSound:
        return "none" if wanted.quiet else span.segment.sound

    gc.enable()  # main.py turned it off, for a fast start
    kind = formats.format_of(called)
    if any(page):
        kind = kind._replace(around=sum(len(part.encode()) for part in page))
        told_size = _WILL_TAKE.filled(file=shown(str(path)), size=decimal(kind.size(frames) / 1e6))
        write(told_size.said(lang), to_stderr=path == STANDARD_OUTPUT)
    with (
        Interruption() as interruption,
        progress(called.name) as told,
        replacing(path, force=wanted.force) as file,
    ):
        formats.see_room(called, kind, frames)
        blocks = rendered(timeline, style, seconds, mixer, narration=narration)
        kind.write(file, _watched(blocks, interruption, lambda made: told(made, frames)), label)
        interruption.heed()
        size = file.seek(0, os.SEEK_END)
    return seconds, size


def _watched(
    blocks: "Iterable[Samples]", interruption: Interruption, told: Callable[[int], None]
) -> "Iterator[Samples]":
    """Yield *blocks* until the user interrupts, and pass the number of frames so far to *told*."""
    made = 0
    for block in blocks:
        interruption.heed()
        yield block
        made += len(block)
        told(made)
