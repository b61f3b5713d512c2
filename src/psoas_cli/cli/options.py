"""Options that several commands share."""

import math
from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar

import typer

from psoas_cli.cli import completion
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.breath_sound import BREATH_SOUNDS, BreathSound
from psoas_cli.practice.model.verbosity import VERBOSITIES, Verbosity
from psoas_cli.storage import choices

Value = TypeVar("Value")


def practice_named(name: str | None, steps: str | None) -> str | None:
    """Return the practice that is asked for: by *name*, or by its *steps*, in the form of a name.

    Raises:
        PsoasError: Both are given.
    """
    if steps is None:
        return name
    if name is not None:
        raise PsoasError(f'--steps is a practice by itself, without "{name}"', "leave out one of the two")
    from psoas_cli.practice.model.names import STEPS

    return STEPS + steps


def read_by(read: Callable[[str], Value]) -> Any:  # noqa: ANN401 - Typer takes any parser
    """Return a parser that reads a value with *read*, whose ValueError says what is wrong."""

    def value(written: object) -> Value:
        try:
            return read(str(written))  # a default comes as it is
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None

    return value


def whole(low: int, high: int) -> Any:  # noqa: ANN401
    """Return a parser of whole numbers from *low* to *high*."""

    def number(written: str) -> int:
        plain = written.strip()
        if plain.isascii() and plain.isdigit() and len(plain) < 10 and low <= int(plain) <= high:
            return int(plain)
        raise ValueError(f'expected a whole number from {low} to {high}, got "{written}"')

    return read_by(number)


def _minutes(written: str) -> float:
    from psoas_cli.practice.model.durations import parse_minutes

    return parse_minutes(written)


def _speed(written: str) -> float:
    try:
        factor = float(written.replace(",", "."))
    except ValueError:
        factor = math.nan
    if _SLOWEST <= factor <= _FASTEST:
        return factor
    raise ValueError(f'expected a number from {_SLOWEST:g} to {_FASTEST:g}, got "{written}"')


def one_of(known: Iterable[str]) -> Any:  # noqa: ANN401
    """Return the settings of an option whose value is one of *known*, in any case."""
    names = tuple(known)

    def name(written: str) -> str:
        from psoas_cli.practice.model.names import match

        if found := match(written, names):
            return found
        raise ValueError(f'expected {" or ".join((", ".join(names[:-1]), names[-1]))}, got "{written}"')

    def completed(incomplete: str) -> list[str]:
        return completion.beginning(names, incomplete)

    return {"parser": read_by(name), "metavar": "|".join(names), "autocompletion": completed}


_SLOWEST, _FASTEST = 0.1, 1000.0
VOLUME: Any = {"metavar": "0..100", "parser": whole(0, 100)}
"""The settings of an option that is a volume."""

Steps = Annotated[
    str | None,
    typer.Option(
        "--steps",
        metavar="STEPS",
        help='Steps with commas between them, instead of a practice: "sphinx 3m, rest 4m".',
        autocompletion=completion.steps,
    ),
]
Minutes = Annotated[
    float | None,
    typer.Option(
        "--minutes",
        "-m",
        metavar="N",
        parser=read_by(_minutes),
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
    typer.Option(
        "--volume", help="Volume (default: that of the last time; the first time from settings, else 70).", **VOLUME
    ),
]
Audio = Annotated[
    choices.Audio | None,
    typer.Option(
        "--audio", help="Audio backend (default: from settings).", show_default=False, **one_of(choices.AUDIOS)
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Bells only, 12 dB softer, with one closing stroke.")]
BreathSoundOption = Annotated[
    BreathSound | None,
    typer.Option("--breath-sound", help="Sound of the breath, in holds too.", **one_of(BREATH_SOUNDS)),
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
    typer.Option(
        "--words",
        help="How much is said (default: from settings, else full).",
        show_default=False,
        **one_of(VERBOSITIES),
    ),
]
VoiceVolume = Annotated[
    int | None,
    typer.Option("--voice-volume", help="Volume of the voice alone (default: from settings, else 70).", **VOLUME),
]
Plain = Annotated[
    bool, typer.Option("--plain", help="Print lines to read or hear instead of the full screen, as in a pipe.")
]
NoMotion = Annotated[bool, typer.Option("--no-motion", help="Keep the screen still: only numbers change.")]
Speed = Annotated[
    float,
    typer.Option(
        "--speed",
        metavar="X",
        parser=read_by(_speed),
        help="Rehearse X times as fast, slower below 1; silent above 1.",
    ),
]
HoldBreath = Annotated[
    str | None,
    typer.Option(
        "--breath", metavar="BREATH", help="Breath in holds: a pattern, or none.", autocompletion=completion.breaths
    ),
]
Avoid = Annotated[
    list[str] | None,
    typer.Option(
        "--avoid",
        metavar="POSE,...",
        help="Leave out these poses, besides those in the settings (none: nothing of the settings).",
        show_default=False,
        autocompletion=completion.avoided,
    ),
]
Cycles = Annotated[
    int | None,
    typer.Option("--cycles", "-c", metavar="N", parser=whole(1, 10000), help="Number of breaths, instead of minutes."),
]
Ramp = Annotated[bool, typer.Option("--ramp", help="Slow down to the pattern in the first minutes: 3-3, 3-4, 4-5.")]
NoJournal = Annotated[bool, typer.Option("--no-journal", help="Don't record the session in the journal.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Start at once.")]
Json = Annotated[bool, typer.Option("--json", help="JSON output.")]
