"""Options that several commands share."""

from typing import Annotated

import typer

from psoas_cli.cli import completion
from psoas_cli.practice.model.breath_sound import BreathSound
from psoas_cli.practice.model.durations import parse_minutes
from psoas_cli.practice.model.verbosity import Verbosity
from psoas_cli.storage import choices


def _number(value: float) -> float:
    """Reject `nan`, which passes every range check.

    Raises:
        BadParameter: *value* is `nan`.
    """
    if value != value:  # noqa: PLR0124 - only nan is not itself
        raise typer.BadParameter("expected a number")
    return value


def _minutes(written: str) -> float:
    """Parse a length: a bare number of minutes, or a duration as in a file.

    Raises:
        BadParameter: *written* is neither.
    """
    try:
        return parse_minutes(str(written))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


Minutes = Annotated[
    float | None,
    typer.Option(
        "--minutes",
        "-m",
        metavar="N",
        parser=_minutes,
        help="Make it last N minutes, or a time like 1h15.",
        show_default=False,
    ),
]
Language = Annotated[
    str | None,
    typer.Option("--lang", "-l", metavar="en|nl", help="English or Dutch.", autocompletion=completion.languages),
]
Mute = Annotated[bool, typer.Option("--mute", help="Start muted; m turns the sound on.")]
Sound = Annotated[bool, typer.Option("--sound", help="Play sound even over SSH.")]
Volume = Annotated[
    int | None,
    typer.Option("--volume", metavar="0..100", min=0, max=100, help="Volume (default: the last volume)."),
]
Audio = Annotated[
    choices.Audio | None,
    typer.Option("--audio", help="Audio backend (default: from settings).", show_default=False),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Bells only, 12 dB softer, with one closing stroke.")]
BreathSoundOption = Annotated[
    BreathSound | None, typer.Option("--breath-sound", help="Sound of the breath, in holds too.")
]
Voice = Annotated[
    str | None,
    typer.Option(
        "--voice",
        metavar="[ID]",
        help="Voice that speaks (psoas voices); alone: the best there is.",
        show_default=False,
        autocompletion=completion.voices,
    ),
]
BedOption = Annotated[
    str | None,
    typer.Option(
        "--bed",
        metavar="BED",
        help="Bed of sound: ocean, brown, drone, none, or a sound file (default: from settings).",
        autocompletion=completion.beds,
    ),
]
NoVoice = Annotated[bool, typer.Option("--no-voice", help="No voice; recordings in a practice are heard.")]
Words = Annotated[
    Verbosity | None,
    typer.Option("--words", help="How much is said (default: from settings, else full).", show_default=False),
]
VoiceVolume = Annotated[
    int | None,
    typer.Option("--voice-volume", metavar="0..100", min=0, max=100, help="Volume of the voice alone (default 70)."),
]
Plain = Annotated[bool, typer.Option("--plain", help="Print lines instead of the full screen, as in a pipe.")]
NoMotion = Annotated[bool, typer.Option("--no-motion", help="Keep the screen still: only numbers change.")]
Speed = Annotated[
    float,
    typer.Option(
        "--speed",
        metavar="X",
        min=0.1,
        max=1000,
        callback=_number,
        help="Rehearse X times as fast, slower below 1; silent above 1.",
    ),
]
HoldBreath = Annotated[
    str | None,
    typer.Option(
        "--breath", metavar="BREATH", help="Breath in holds: a pattern, or none.", autocompletion=completion.breaths
    ),
]
Cycles = Annotated[
    int | None,
    typer.Option("--cycles", "-c", metavar="N", min=1, max=10000, help="Number of breaths, instead of minutes."),
]
Ramp = Annotated[bool, typer.Option("--ramp", help="Slow down to the pattern in the first minutes: 3-3, 3-4, 4-5.")]
NoJournal = Annotated[bool, typer.Option("--no-journal", help="Don't record the session in the journal.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Start at once.")]
Json = Annotated[bool, typer.Option("--json", help="JSON output.")]
