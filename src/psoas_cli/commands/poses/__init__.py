"""`psoas poses`: lists the poses, or shows one with its picture."""

from typing import Annotated

import typer

from psoas_cli.cli import completion, options
from psoas_cli.cli.context import Context


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="Pose or movement to show (default: list them all).", autocompletion=completion.poses
        ),
    ] = None,
    lang: options.Language = None,
    as_json: options.Json = False,
) -> None:
    """List the poses, or show one with its picture.

    Movements are included.

    \b
    psoas poses                 id, name, kind, hold and sides
    psoas poses baby-dragon     its picture, the way in and out, softer and deeper

    Anything longer than the window opens in a pager (PAGER sets which). On the full screen: psoas, and then p.
    """
    from psoas_cli.commands.poses.pose_list import print_pose, print_poses

    if name is None:
        print_poses(Context(lang), as_json=as_json)
    else:
        print_pose(name, Context(lang), as_json=as_json)
