"""`psoas breathe`: paced breathing on its own."""

from typing import TYPE_CHECKING, Annotated

import typer

from psoas_cli.cli import completion, options

if TYPE_CHECKING:
    from psoas_cli.cli.context import Context


def command(
    pattern: Annotated[
        str,
        typer.Argument(
            metavar="[PATTERN]",
            help="A name (coherent) or counts (4-6, 4-7-8, 5.5-5.5).",
            autocompletion=completion.patterns,
        ),
    ] = "long-exhale",
    minutes: options.Minutes = None,
    cycles: options.Cycles = None,
    ramp: options.Ramp = False,
    show_list: Annotated[bool, typer.Option("--list", help="List the patterns.")] = False,
    lang: options.Language = None,
    mute: options.Mute = False,
    sound: options.Sound = False,
    audio: options.Audio = None,
    volume: options.Volume = None,
    quiet: options.Quiet = False,
    breath_sound: options.BreathSoundOption = None,
    voice: options.Voice = None,
    no_voice: options.NoVoice = False,
    words: options.Words = None,
    voice_volume: options.VoiceVolume = None,
    bed: options.BedOption = None,
    plain: options.Plain = False,
    no_motion: options.NoMotion = False,
    speed: options.Speed = 1.0,
    no_journal: options.NoJournal = False,
    yes: options.Yes = False,
) -> None:
    """Breathe with a pacer that you see and hear.

    By default four counts in and six out, for five minutes.

    \b
    psoas breathe                 4 in, 6 out, 5 minutes
    psoas breathe coherent -m 10  5.5 in, 5.5 out, 10 minutes
    psoas breathe 4-7-8 -c 6      six breaths (default 4, at most 8)
    psoas breathe --list          list the named patterns
    """
    from psoas_cli.cli.context import Context  # not needed for the help

    if show_list:
        _print_patterns(Context(lang))
        return
    from psoas_cli.player.performance import breathe_along
    from psoas_cli.player.wishes import Wishes

    wishes = Wishes(mute, sound, volume, quiet, breath_sound, plain, no_motion, speed, yes, audio)
    wishes = wishes._replace(
        voice="none" if no_voice else voice, words=words, voice_volume=voice_volume, no_journal=no_journal, bed=bed
    )
    breathe_along(Context(lang), pattern, minutes, cycles, ramp=ramp, wishes=wishes)


def _print_patterns(context: "Context") -> None:
    from psoas_cli.cli.console import columns, write
    from psoas_cli.practice.model.patterns import NAMED, title_of
    from psoas_cli.practice.model.text import Text, decimal

    per_minute, has_pauses = Text("{breaths} a minute", "{breaths} per minuut"), Text("has pauses", "met pauzes")
    lang = context.lang
    cells = [
        (
            name,
            pattern.counts,
            title_of(pattern).said(lang),
            per_minute.filled(breaths=decimal(60 / pattern.cycle)).said(lang),
            has_pauses.said(lang) if pattern.has_retention else "",
        )
        for name, pattern in NAMED.items()
    ]
    write(columns(cells, strong=0))
