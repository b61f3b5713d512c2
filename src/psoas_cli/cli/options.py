"""The options that commands share."""

from typing import Annotated

import typer

from psoas_cli.cli import completion
from psoas_cli.practice.model.patterns import BreathSound
from psoas_cli.storage import choices


def _number(value: float) -> float:
    """Refuse `nan`, which is in every range.

    Raises:
        BadParameter: Where it is no number.
    """
    if value != value:  # noqa: PLR0124 - only nan is not itself
        raise typer.BadParameter("expected a number")
    return value


Minutes = Annotated[
    float | None, typer.Option("--minutes", "-m", metavar="N", help="Make it last N minutes.", show_default=False)
]
Language = Annotated[
    str | None,
    typer.Option("--lang", "-l", metavar="en|nl", help="English or Dutch.", autocompletion=completion.languages),
]
Mute = Annotated[bool, typer.Option("--mute", help="Begin without sound; m turns it on.")]
Sound = Annotated[bool, typer.Option("--sound", help="Sound even over SSH.")]
Volume = Annotated[int | None, typer.Option("--volume", metavar="0..100", min=0, max=100, help="How loud; else 70.")]
Audio = Annotated[
    choices.Audio | None,
    typer.Option("--audio", help="What plays the sounds; miniaudio without it.", show_default=False),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Bells only, 12 dB softer, one closing stroke.")]
BreathSoundOption = Annotated[
    BreathSound | None, typer.Option("--breath-sound", help="How the breath is heard, in holds too.")
]
Voice = Annotated[
    bool | None,
    typer.Option(
        "--voice/--no-voice",
        help="Speak what there is to do and to notice; else as the settings say.",
        show_default=False,
    ),
]
Plain = Annotated[bool, typer.Option("--plain", help="Lines instead of a full screen, as in a pipe.")]
NoMotion = Annotated[bool, typer.Option("--no-motion", help="Nothing moves on the screen but figures.")]
Speed = Annotated[
    float,
    typer.Option(
        "--speed", metavar="X", min=0.1, max=1000, callback=_number, help="Rehearse X times as fast; silent above 1."
    ),
]
HoldBreath = Annotated[
    str | None,
    typer.Option(
        "--breath", metavar="BREATH", help="The breath in holds: a pattern, or none.", autocompletion=completion.breaths
    ),
]
Cycles = Annotated[
    int | None, typer.Option("--cycles", "-c", metavar="N", min=1, max=10000, help="N breaths, instead of minutes.")
]
Ramp = Annotated[
    bool, typer.Option("--ramp", help="Slow down to the pattern over the first minutes, by 3-3, 3-4 and 4-5.")
]
NoJournal = Annotated[bool, typer.Option("--no-journal", help="Keep nothing of it in the journal.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Begin at once.")]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]
