"""`psoas schema`: the form of a file as JSON Schema, printed or written for an editor."""

from pathlib import Path
from typing import Annotated

import typer

from psoas_cli.cli.console import write


def command(
    for_poses: Annotated[bool, typer.Option("--poses", help="Of poses.yaml, not of a sequence.")] = False,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there; else it is printed.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """Print the JSON Schema of a sequence file.

    For editors that help while you write.

    \b
    psoas schema                   the form of a sequence
    psoas schema -o schema.json    written into a file
    psoas schema --poses           the form of poses.yaml

    An editor with the YAML language server finds it by the first line of a sequence:
    # yaml-language-server: $schema=schema.json
    """
    from psoas_cli.storage.atomic import write_file
    from psoas_cli.storage.schemas import schema_text

    content = schema_text(poses=for_poses)
    if output is None:
        write(content.rstrip())
    else:
        write_file(Path(output).expanduser(), content, force=force)
