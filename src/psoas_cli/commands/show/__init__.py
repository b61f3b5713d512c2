"""`psoas show`: shows the plan of a practice, or writes it as a page to print."""

from typing import Annotated

import typer

from psoas_cli.cli import completion, options
from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError


def command(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME or FILE]", help="Practice to show.", autocompletion=completion.practices),
    ] = None,
    steps: options.Steps = None,
    minutes: options.Minutes = None,
    lang: options.Language = None,
    breath: options.HoldBreath = None,
    avoid: options.Avoid = None,
    html: Annotated[
        str | None,
        typer.Option("--html", metavar="OUT", help="Write a page to print, with pictures (-: standard output)."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
    as_json: options.Json = False,
) -> None:
    """Show the plan of a practice.

    Stop by stop, with the times.

    \b
    psoas show yin                   the plan at its usual length
    psoas show yin -m 30             fitted to 30 minutes
    psoas show yin --avoid sphinx    without this pose: another comes instead
    psoas show yin --html yin.html   a page to print: plan, texts and pictures
    psoas show yin --json            every span and cue, in seconds
    psoas show --steps "sphinx 3m, rest 4m"
    """
    from psoas_cli.commands.show.plan_page import print_plan, write_handout
    from psoas_cli.player.wishes import avoided

    context, left_out = Context(lang), avoided(avoid or ())
    wanted = options.practice_named(name, steps)
    if wanted is None:
        raise PsoasError("expected NAME or FILE, got nothing", "psoas show --help shows its options")
    if html is not None:
        write_handout(context, wanted, minutes, breath, left_out, html, force=force)
    else:
        print_plan(context, wanted, minutes, breath, left_out, as_json=as_json)
