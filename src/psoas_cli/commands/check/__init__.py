"""`psoas check`: finds problems in files, and warns of likely mistakes."""

from typing import Annotated

import typer

from psoas_cli.cli import completion, options
from psoas_cli.cli.context import Context


def command(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME or FILE...", help="Practices to check, or poses.yaml.", autocompletion=completion.practices
        ),
    ],
    all_cares: Annotated[
        bool, typer.Option("--all-cares", help="Also check with care for each caution in turn.")
    ] = False,
    as_json: options.Json = False,
) -> int:
    """Check sequence files for mistakes.

    Reports them all at once, each with its line and column, and what was expected.

    \b
    psoas check evening.yaml               show its problems and warnings
    psoas check *.yaml                     several files at once
    psoas check yin                        a practice by name
    psoas check --all-cares evening.yaml   also with care for each caution in turn
    psoas check --json evening.yaml        the same as JSON

    Practices are also checked with the care in your settings, and without the poses left out there.

    A practice with warnings still runs. The exit code is 1 if a file has problems, otherwise 0.
    """
    from psoas_cli.commands.check.report import report

    return report(Context(), files, all_cares=all_cares, as_json=as_json)
