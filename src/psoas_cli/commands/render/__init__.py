"""`psoas render`: writes a practice to an audio file, or to a page that leads, to take away from the computer."""

from typing import Annotated

import typer

from psoas_cli.cli import completion, options
from psoas_cli.cli.context import Context


def command(
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="File to write: .wav, .flac, .ogg, .mp3 or .html (- or -.mp3: standard output).",
        ),
    ],
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME or FILE]", help="Practice to render.", autocompletion=completion.practices),
    ] = None,
    breathe: Annotated[
        str | None,
        typer.Option(
            "--breathe",
            metavar="PATTERN",
            help="Only breathing, as in psoas breathe.",
            autocompletion=completion.patterns,
        ),
    ] = None,
    minutes: options.Minutes = None,
    cycles: options.Cycles = None,
    ramp: options.Ramp = False,
    lang: options.Language = None,
    breath: options.HoldBreath = None,
    avoid: options.Avoid = None,
    breath_sound: options.BreathSoundOption = None,
    quiet: options.Quiet = False,
    volume: Annotated[
        int | None,
        typer.Option("--volume", help="Volume (default: 70).", **options.VOLUME),
    ] = None,
    voice: options.Voice = None,
    no_voice: options.NoVoice = False,
    words: options.Words = None,
    voice_volume: options.VoiceVolume = None,
    bed: options.BedOption = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Make an audio file or a page of a practice.

    With every bell, breath and word: for the phone, or to take away from the computer.

    \b
    psoas render yin -o yin.wav                      the yin practice, 45 minutes
    psoas render yin -m 30 -l nl -o yin.mp3          30 minutes, in Dutch
    psoas render ./evening.yaml -o evening.ogg       a sequence of your own
    psoas render yin --avoid sphinx -o yin.wav       without this pose
    psoas render --breathe 4-6 -m 10 -o breath.flac  ten minutes of breathing
    psoas render yin -o yin.html                     a page that leads you

    A page holds all it needs, the sound too: any browser that runs scripts opens it, without a network.
    WAV needs nothing else. The other formats are several times smaller and have chapters; if they need anything
    installed, psoas says what.
    """
    from psoas_cli.commands.render.audio_file import Breathing, Wanted, render_file
    from psoas_cli.player.wishes import avoided

    wanted = Wanted(output, force, minutes, breath, breath_sound, volume, quiet=quiet)
    wanted = wanted._replace(voice="none" if no_voice else voice, words=words, voice_volume=voice_volume, bed=bed)
    wanted = wanted._replace(avoid=avoided(avoid or ()))
    render_file(Context(lang), name, Breathing(breathe, cycles, ramp), wanted)
