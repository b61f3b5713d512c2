"""`psoas practice`: starts a guided practice, from the beginning, at a stop, or where it was interrupted."""

from typing import Annotated

import typer

from psoas_cli.cli import completion, options
from psoas_cli.errors import PsoasError

_HOW_TO_RESUME = "psoas practice --resume goes on; psoas practice yin --from 6 starts at a stop"


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME or FILE]", help="Practice to start (default: yin).", autocompletion=completion.practices
        ),
    ] = None,
    steps: options.Steps = None,
    minutes: options.Minutes = None,
    lang: options.Language = None,
    begin: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="STOP",
            help="Start at a stop: its number in psoas show, or a pose.",
            autocompletion=completion.poses,
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Resume the practice that was interrupted in the last 24 hours.")
    ] = False,
    breath: options.HoldBreath = None,
    avoid: options.Avoid = None,
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
    """Start a guided practice.

    \b
    psoas practice                     the yin practice, 45 minutes
    psoas practice yin -m 30           fitted to 30 minutes
    psoas practice ./evening.yaml      a sequence of your own
    psoas practice --steps "baby-dragon 3m, breathe 4-6 3m, rest 4m"
    psoas practice yin --from 6        from the sixth stop on
    psoas practice yin --avoid sphinx  without this pose: another comes instead
    psoas practice yin --words names   only when to move, which pose and side
    psoas practice --resume            resume an interrupted practice
    psoas practice yin --speed 60      rehearse: a minute in a second, silent

    A step is a pose and how long to stay, on each side where it has two; alone, it lasts as long as usual. It may name
    a variation: baby-dragon:hands-higher 2m. The other steps are breathe with a pattern and a length (breathe box 2m,
    breathe 4-6 10 breaths), scan, and rest, which comes last. psoas new NAME --steps keeps them in a file.

    While it runs:

    \b
    space  pause or resume
    q      end gently
    g      grounding: look around you
    n  →   on to what comes next
    p  ←   this again, or what came before
    +  -   hold 30 s longer or shorter
    o      open: stay until Enter or n
    s      softer, or back again
    w  i   where am I; look at the pose
    m ↑ ↓  mute, louder, softer
    v      voice: less, or none
    b      breath: heard, seen, off
    e      easier breath, if available
    ?      these keys
    """
    from psoas_cli.cli.context import Context  # not needed for the help
    from psoas_cli.player import performance
    from psoas_cli.player.wishes import Wishes, avoided

    context, name = Context(lang), options.practice_named(name, steps)
    wishes = Wishes(mute, sound, volume, quiet, breath_sound, plain, no_motion, speed, yes, audio)
    wishes = wishes._replace(
        voice="none" if no_voice else voice,
        words=words,
        voice_volume=voice_volume,
        no_journal=no_journal,
        bed=bed,
        avoid=avoided(avoid or ()),
    )
    if not resume:
        performance.practise(context, name or "yin", minutes, begin=begin, breath=breath, wishes=wishes)
    elif minutes or begin or breath or avoid:
        raise PsoasError("--resume goes on as it was: without --minutes, --from, --breath and --avoid", _HOW_TO_RESUME)
    else:
        performance.resume(context, name, wishes=wishes)
