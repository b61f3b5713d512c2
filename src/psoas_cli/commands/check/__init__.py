"""`psoas check`: what is wrong in files, and what might be meant otherwise."""

from typing import Annotated

import typer

from psoas_cli.cli import completion, options
from psoas_cli.cli.context import Context


def command(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME or FILE...", help="Which practices; poses.yaml too.", autocompletion=completion.practices
        ),
    ],
    all_cares: Annotated[
        bool, typer.Option("--all-cares", help="Also as they are with care for each caution alone.")
    ] = False,
    as_json: options.Json = False,
) -> int:
    """Check sequence files for mistakes.

    All of them at once, each with its line and column and what was expected.

    \b
    psoas check evening.yaml               what is wrong, and what you might want to look at
    psoas check *.yaml                     many files at once
    psoas check yin                        a practice by its name
    psoas check --all-cares evening.yaml   also with care for each caution alone
    psoas check --json evening.yaml        the same for programs

    Practices are also looked at as you would hear them, with the care that is in your settings.

    A warning keeps no practice from running. The exit code is 1 where a file cannot run, else 0.
    """
    from psoas_cli.commands.check.report import report

    return report(Context(), files, all_cares=all_cares, as_json=as_json)
