"""The commands for what is one's own, and their options: `app` makes them commands."""

from typing import Annotated

import typer

from psoas_cli.cli import completion, options


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called: letters, digits and hyphens.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="NAME",
            help="Begin with a copy of this practice.",
            autocompletion=completion.named_practices,
        ),
    ] = None,
    editor: Annotated[bool, typer.Option("--edit", help="Open it in your editor, and look it through after.")] = False,
    lang: options.Language = None,
) -> None:
    """Begin a practice of your own: a file that runs as it is, with notes on what can be changed.

    \b
    psoas new my-evening              a small practice to begin with
    psoas new my-evening --edit       the same, opened in your editor (VISUAL, EDITOR)
    psoas new my-yin --from yin       a copy of another one

    It never takes the place of a file that is there.
    """
    from psoas_cli.cli.starting import start

    start(name, source, lang, editor=editor)


def share(
    name: Annotated[
        str, typer.Argument(metavar="NAME or FILE", help="Which practice.", autocompletion=completion.practices)
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """Write a practice into one file to give to others, with poses of your own and includes written in.

    \b
    psoas share my-evening -o evening.yaml    for someone else's psoas add
    """
    from psoas_cli.cli.sharing import share as share_file

    share_file(name, output, force=force)


def add(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A sequence that someone gave you.")],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What to call it; else as the file.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Without asking.")] = False,
) -> None:
    """Take in a practice that someone shared: it is checked and shown, and you are asked.

    \b
    psoas add evening.yaml                 look at it, and say yes or no
    psoas add evening.yaml --name slow     under another name

    It never takes the place of a file that is there.
    """
    from psoas_cli.cli.adding import add as add_file

    add_file(file, name, yes=yes)


def config(
    editor: Annotated[bool, typer.Option("--edit", help="Open the settings in your editor.")] = False,
    lang: options.Language = None,
    as_json: options.Json = False,
) -> None:
    """Show the settings, where each comes from, and where things are kept.

    \b
    psoas config          every setting, and every folder
    psoas config --edit   change them in your editor (VISUAL, EDITOR)
    psoas config --json   the same for programs
    """
    from psoas_cli.cli.configuring import edit_config, print_config

    if editor:
        edit_config(lang)
    else:
        print_config(lang, as_json=as_json)


def check(
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
    """Look for mistakes in sequences: all of them at once, each with its line and column, and what was expected.

    \b
    psoas check evening.yaml               what is wrong, and what you might want to look at
    psoas check *.yaml                     many files at once
    psoas check yin                        a practice by its name
    psoas check --all-cares evening.yaml   also with care for each caution alone
    psoas check --json evening.yaml        the same for programs

    Practices are also looked at as you would hear them, with the care that is in your settings.

    A warning keeps no practice from running. The exit code is 1 where a file cannot run, else 0.
    """
    from psoas_cli.cli.checking import check

    return check(files, all_cares=all_cares, as_json=as_json)


def schema(
    for_poses: Annotated[bool, typer.Option("--poses", help="Of poses.yaml, not of a sequence.")] = False,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there; else it is printed.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """Show the form of a sequence file as JSON Schema, for editors that help while one writes.

    \b
    psoas schema                   the form of a sequence
    psoas schema -o schema.json    written into a file
    psoas schema --poses           the form of poses.yaml

    An editor with the YAML language server finds it by the first line of a sequence:
    # yaml-language-server: $schema=schema.json
    """
    from psoas_cli.cli.schemas import print_schema

    print_schema(output, poses=for_poses, force=force)
