"""`psoas schema`: prints the JSON Schema of a file, or writes it for an editor."""

from typing import Annotated

import typer

from psoas_cli.cli.console import write


def command(
    for_poses: Annotated[bool, typer.Option("--poses", help="Schema of poses.yaml instead of a sequence.")] = False,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="File to write (default: print it).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
) -> None:
    """Print the JSON Schema of a sequence file.

    It lets an editor help while you write.

    \b
    psoas schema                   print the schema of a sequence
    psoas schema -o schema.json    write it to a file
    psoas schema --poses           print the schema of poses.yaml

    An editor with the YAML language server finds it through the first line of a sequence:
    # yaml-language-server: $schema=schema.json
    """
    from psoas_cli.storage.atomic import place_named, write_file
    from psoas_cli.storage.schemas import schema_text

    content = schema_text(poses=for_poses)
    if output is None:
        write(content.rstrip())
    else:
        write_file(place_named(output), content, force=force)
