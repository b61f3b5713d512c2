"""`psoas bells`: lists the bells, rings one, or plays them all with their meanings."""

import time
from typing import Annotated

import typer

from psoas_cli.cli import completion, options
from psoas_cli.cli.console import columns, write, write_json
from psoas_cli.cli.context import Context
from psoas_cli.commands.bells.lesson import AHEAD, bells_of, length_of, meaning, moments_of, sounds, teach
from psoas_cli.player.playback import listen, playing
from psoas_cli.practice.model.names import match
from psoas_cli.practice.model.sequence import SOUNDS, Bell


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME or FILE]", help="Bell to ring.", autocompletion=completion.bells)
    ] = None,
    lesson: Annotated[bool, typer.Option("--lesson", help="Hear every sound with its meaning, in 90 seconds.")] = False,
    lang: options.Language = None,
    sound: options.Sound = False,
    volume: options.Volume = None,
    as_json: options.Json = False,
) -> None:
    """List the bells, and hear them.

    The list says what each one means in a practice.

    \b
    psoas bells             list the bells and their meanings
    psoas bells tingsha     ring one
    psoas bells ./my.wav    ring a recording of your own, as it will sound
    psoas bells --lesson    hear every sound with its meaning

    On the full screen: psoas, and then b.
    """
    if lesson:
        teach(Context(lang), volume, over_ssh=sound)
    elif name is not None:
        _ring(Context(lang), name, volume, over_ssh=sound)
    else:
        _print(Context(lang), as_json=as_json)


def _print(context: Context, *, as_json: bool) -> None:
    """Print the built-in bells and those in the settings, with what they mean unless a practice says otherwise."""
    from psoas_cli.audio.strike import tail_of

    bells, lang = bells_of(context), context.lang
    found = [(sound, tail_of(Bell(sound)), moments_of(sound, bells)) for sound in sounds(bells)]
    if as_json:
        rung = [{"name": name, "duration_s": seconds, "moments": list(meant)} for name, seconds, meant in found]
        write_json({"bells": rung})
        return
    rows = []
    for name, seconds, meant in found:
        said = "; ".join(meaning(moment, bell).said(lang) for moment, bell in meant.items())
        rows.append((name, length_of(seconds).said(lang), said))
    write(columns(rows, strong=0))


def _ring(context: Context, sound: str, volume: int | None, *, over_ssh: bool) -> None:
    """Ring *sound*, a built-in bell or the path of a file, to its end.

    Raises:
        PsoasError: *sound* cannot be read, or there is no sound device.
    """
    from psoas_cli.audio.decode import check_sounds

    sound = match(sound, SOUNDS) or sound
    check_sounds([sound])
    with playing(context, volume, over_ssh=over_ssh) as sink:
        sink.bell(Bell(sound), time.monotonic() + AHEAD)
        listen(sink)
