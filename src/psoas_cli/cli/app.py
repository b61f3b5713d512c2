"""The command line: the verbs and their help lines. A verb's module is imported only when the verb is used."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from psoas_cli import __version__

VERBS = {
    "practice": "Start a guided practice",
    "breathe": "Breathe with a pacer that you see and hear",
    "list": "List the practices",
    "show": "Show the plan of a practice",
    "new": "Start a practice of your own",
    "check": "Check sequence files for mistakes",
    "share": "Write a practice into one file to give away",
    "add": "Add a practice or a voice that someone shared",
    "schema": "Print the JSON Schema of a sequence file",
    "config": "Show or edit your settings",
    "render": "Make an audio file or a page of a practice",
    "doctor": "Check what works here, and how to fix what doesn't",
    "bells": "List the bells, and hear them",
    "voices": "List the voices, and hear them",
    "record": "Record a voice of your own",
    "poses": "List the poses, or show one with its picture",
    "history": "Look back at what you practised",
    "about": "Read about the psoas and the research",
}
"""Each verb's help line, in the order of `psoas --help`. Each has a module in `commands/`, and the docstring of the
`command` in it begins with the same line."""

_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]  # Typer bundles its own click since 0.26

_PLAIN: dict[str, Any] = {
    "rich_markup_mode": None,  # plain help starts twice as fast
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


def command_of(verb: str) -> Any:  # noqa: ANN401 - the class is inside Typer
    """Return the command of *verb*, with its options."""
    only = typer.Typer(add_completion=False, **_PLAIN)
    only.command(verb, cls=Verb)(import_module(f"psoas_cli.commands.{verb}").command)
    return typer.main.get_command(only)


@contextmanager
def _from(ctx: Any) -> Iterator[None]:  # noqa: ANN401 - the class is inside Typer
    """Have a mistake know in which command it was made, which the parser does not always say."""
    try:
        yield
    except _USAGE_ERROR as error:
        error.ctx = error.ctx or ctx  # type: ignore[attr-defined] # every usage error has one
        raise


class Verb(TyperCommand):
    """A verb, whose option `--voice` may also stand alone, which Typer does not know."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the class is inside Typer
        """Parse *args*, with `best` as the value of `--voice` where it has none."""
        last = len(args) - 1
        alone = (i for i, arg in enumerate(args) if arg == "--voice" and (i == last or args[i + 1].startswith("-")))
        for i in alone:
            args[i] = "--voice=best"
        with _from(ctx):
            return super().parse_args(ctx, args)


class Verbs(TyperGroup):
    """The group of verbs, which loads the options of a verb only when it is used."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - Typer's own
        super().__init__(**settings)
        self.commands = {name: TyperCommand(name, help=f"{line}.") for name, line in VERBS.items()}

    def _main_shell_completion(self, *args: Any, **settings: Any) -> None:  # noqa: ANN401 - Typer's own
        """Complete a word, if that is what psoas was started for."""
        if os.environ.get("_PSOAS_COMPLETE") == "complete_bash":
            from typer._completion_classes import BashComplete

            from psoas_cli.cli.completion import BashLine

            number = os.environ.get("COMP_CWORD", "")
            parts = os.environ.get("COMP_WORDS", "").split("\n")
            line = BashLine.joined(parts, int(number) if number.isdecimal() else len(parts))
            os.environ |= {"COMP_WORDS": "\n".join(line.words), "COMP_CWORD": str(line.number)}
            setattr(BashComplete, "format_completion", lambda _, item: line.reply(str(item.value)))  # noqa: B010 - Typer's own
        super()._main_shell_completion(*args, **settings)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - the class is inside Typer
        """Parse the *args* before the verb."""
        with _from(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - the classes are inside Typer
        """Return the name of the command in *args*, the command with its options, and the rest of *args*."""
        name = args[0] if args[0] in VERBS else _verb_meant(args[0])
        if name is None and not args[0].startswith("-") and not ctx.resilient_parsing:
            from psoas_cli.cli.usage import unknown_verb

            raise unknown_verb(args[0], VERBS)
        name, found, rest = super().resolve_command(ctx, [name or args[0], *args[1:]])
        return name, command_of(name) if name and found else None, rest


def _verb_meant(written: str) -> str | None:
    from psoas_cli.practice.model.names import match

    return match(written, VERBS)


app = typer.Typer(cls=Verbs, add_completion=True, **_PLAIN)


@app.callback(invoke_without_command=True)
def psoas(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version.", is_eager=True)] = False,
) -> None:
    """A guided practice timer for the psoas: sequences, sides, a breathing pacer and bells.

    \b
    psoas                      choose with the arrows and Enter
    psoas practice yin         start the yin practice
    psoas practice yin -m 30   fit it to half an hour
    psoas breathe              five minutes of slow breathing, with sound
    psoas list                 list the practices
    """
    if version:
        from psoas_cli.cli.console import write

        write(f"psoas {__version__}")
    elif context.invoked_subcommand is None:
        from psoas_cli.commands.home import open_home

        open_home()
