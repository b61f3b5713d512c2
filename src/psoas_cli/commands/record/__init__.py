"""`psoas record`: leads a person through the texts of a practice, and makes a voice of their own."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from psoas_cli.cli import completion, options
from psoas_cli.cli.console import wrapped, write
from psoas_cli.cli.context import Context, is_over_ssh
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.text import Text, shown
from psoas_cli.tty import is_terminal
from psoas_cli.tui.terminal import has_screen

if TYPE_CHECKING:
    from psoas_cli.commands.record.own_pack import OwnPack
    from psoas_cli.commands.record.script import Script

_RECORDED = Text(
    "{voice}: {done} of {count} texts recorded, in {place}.",
    "{voice}: {done} van {count} teksten opgenomen, in {place}.",
)
_NOTHING = Text("Nothing was recorded.", "Er is niets opgenomen.")
_GO_ON = Text("This goes on from there:", "Dit gaat daar verder:")
_HEAR = Text("This lets you hear it in a practice:", "Zo hoor je die stem in een oefening:")
_SHARE = Text("This makes a file of it for somebody else:", "Dit maakt er een bestand van voor iemand anders:")


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME or FILE]",
            help="Practice to record (default: everything that psoas says).",
            autocompletion=completion.practices,
        ),
    ] = None,
    lang: options.Language = None,
    voice: Annotated[
        str | None,
        typer.Option(
            "--voice",
            metavar="ID",
            help="Voice to record or go on with (default: my-voice-en or my-voice-nl).",
            autocompletion=completion.voices,
        ),
    ] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", metavar="WHO", help="Who speaks.")] = None,
) -> None:
    """Record a voice of your own.

    Shows one text after the other, records it, plays it, and keeps it if you like it. Stop whenever you want: the next
    time it goes on from there. Nothing leaves this computer.

    \b
    psoas record yin-short                  everything that is said in a practice
    psoas record yin-short -l nl            the same in Dutch
    psoas record yin --voice anna --speaker "Anna de Vries"

    The keys are on the screen: Enter begins, ends and keeps.
    """
    _check_place()
    from psoas_cli.commands.record.own_pack import language_of, own_pack
    from psoas_cli.commands.record.script import script_of
    from psoas_cli.commands.record.studio import record

    context = Context(lang)
    if voice is not None and (known := language_of(voice)):
        context = context.unless_asked(known)
    pack = own_pack(voice, context.lang, speaker)
    script = script_of(context, name)
    interrupted: KeyboardInterrupt | None = None
    try:
        record(context, script, pack)
    except KeyboardInterrupt as error:  # what was kept is there, as after any other way to leave
        interrupted = error
    write("\n".join(_result(context, script, pack, name)))
    if interrupted:
        raise interrupted


def _check_place() -> None:
    """Check that there is a screen, and a microphone in front of the person.

    Raises:
        PsoasError: psoas runs in a pipe, or over SSH.
    """
    if is_over_ssh():
        raise PsoasError(
            "over SSH this would record with the microphone of the other computer",
            "run psoas record on the computer in front of you",
            exit_code=1,
        )
    if not (is_terminal(sys.stdin) and has_screen()):
        raise PsoasError(
            "recording needs a terminal with a screen", "run psoas record in a terminal window", exit_code=1
        )


def _result(context: Context, script: "Script", pack: "OwnPack", name: str | None) -> list[str]:
    """The lines that say what there is now, and what one can do with it."""
    lang, about = context.lang, pack.about
    done = sum(map(pack.has, script.texts))
    if not done:
        return [_NOTHING.said(lang)]
    voice = f"-l {about.lang} --voice {about.id}"
    told = _RECORDED.filled(voice=about.name, done=done, count=len(script.texts), place=pack.place)
    lines = wrapped(told.said(lang))
    if done < len(script.texts):
        lines += [_GO_ON.said(lang), f"  psoas record{f' {shown(name)}' if name else ''} {voice}"]
    lines += [_HEAR.said(lang), f"  psoas practice {shown(name or 'yin')} {voice}"]
    return [*lines, _SHARE.said(lang), f"  psoas voices --share {about.id} -o {about.id}.zip"]
