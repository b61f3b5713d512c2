"""`psoas voices`: lists and plays the voices there are, gets a Dutch one, and puts one into a file to give away."""

from typing import Annotated

import typer

from psoas_cli.cli import completion, options
from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError


def command(
    lang: options.Language = None,
    rate: Annotated[
        int | None,
        typer.Option(
            "--rate",
            metavar="N",
            parser=options.whole(60, 300),
            help="Words a minute (default: from settings, else 125).",
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Hear every voice, not just one per language.")] = False,
    mute: Annotated[bool, typer.Option("--mute", help="Don't play them.")] = False,
    sound: options.Sound = False,
    as_json: options.Json = False,
    get: Annotated[
        str | None,
        typer.Option(
            "--get", metavar="en|nl", help="Download a voice that speaks this.", autocompletion=completion.languages
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --get: don't ask.")] = False,
    share: Annotated[
        str | None,
        typer.Option("--share", metavar="ID", help="Put a voice pack into one file.", autocompletion=completion.voices),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="With --share: the .zip to write.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="With --share: replace an existing file.")] = False,
) -> None:
    """List the voices, and hear them.

    Also shows how many of psoas's texts each pack can say, and how to get a better voice.

    \b
    psoas voices              list the voices, and hear one of each language
    psoas voices --rate 110   hear them more slowly
    psoas voices --all        hear every one of them
    psoas voices --get nl     download a Dutch voice, after asking
    psoas voices --share anna -o anna.zip    a file for someone else's psoas add

    On the full screen: psoas, and then v.
    """
    if get is not None and share is not None:
        raise PsoasError("--get and --share are two things", "ask for one at a time")
    if share is None and (output is not None or force):
        raise PsoasError("--output and --force go with --share", "psoas voices --share ID -o FILE.zip")
    context = Context(lang)
    if get is not None:
        from psoas_cli.commands.voices.download import get_voice

        get_voice(context, get, asks=not yes)
    elif share is not None:
        from psoas_cli.commands.voices.voice_parcel import share_voice

        share_voice(context, share, output, force=force)
    else:
        from psoas_cli.commands.voices.voice_list import list_voices

        list_voices(context, rate, every=every, mute=mute, sound=sound, as_json=as_json)
