"""`psoas new`: a sequence of one's own to begin with."""

from pathlib import Path
from typing import Annotated

import typer

from psoas_cli.cli import completion, options
from psoas_cli.cli.console import write
from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError
from psoas_cli.practice.format.problems import nearest
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.text import Lang, Text
from psoas_cli.storage.atomic import write_own
from psoas_cli.storage.files import read_text
from psoas_cli.storage.sequence_files import entries, place_of

_FOR_EDITORS = "# yaml-language-server: $schema=../schema.json\n"
"""Where an editor finds the form of the file: beside the folder of sequences."""

_MADE = Text("{name} is there, and runs as it is: {file}", "{name} staat klaar en werkt zoals hij is: {file}")
_NEXT = Text(
    "Open it in any editor, and change what you like. psoas show {name} tells the plan, psoas practice {name} begins.",
    "Open hem in een editor en verander wat je wilt. psoas show {name} laat het plan zien, psoas practice {name} "
    "begint.",
)
_IN_PLACE = Text(
    "It stands in place of the built-in {name} from now on; without the file that one is back.",
    "Hij komt voortaan in plaats van de ingebouwde {name}; zonder het bestand is die terug.",
)
_GOOD = Text(
    "{file} is good: {title}, {time}. psoas practice {name} begins.",
    "{file} is in orde: {title}, {time}. psoas practice {name} begint.",
)


def command(
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
    """Start a practice of your own.

    A file that runs as it is, with notes on what you can change.

    \b
    psoas new my-evening              a small practice to begin with
    psoas new my-evening --edit       the same, opened in your editor (VISUAL, EDITOR)
    psoas new my-yin --from yin       a copy of another one

    It never takes the place of a file that is there.
    """
    context = Context(lang)
    path = place_of(name)
    content = starter(name, context.lang) if source is None else _like(source)
    built_in = name in entries()
    write_own(path, content, hint=f"open it in your editor, or choose another name; psoas show {name} tells what it is")
    if source is None:
        from psoas_cli.storage.schemas import write_schemas

        write_schemas()
    if editor:
        from psoas_cli.cli.editor import edit

        edit(path)
        write(_verdict(name, path, context))
        return
    said = [_MADE.filled(name=name, file=path), _NEXT.filled(name=name)]
    if built_in:
        said.append(_IN_PLACE.filled(name=name))
    write("\n".join(each.said(context.lang) for each in said))


def starter(name: str, lang: Lang) -> str:
    """The sequence that one begins with, as *name*, with notes in *lang*."""
    text = Path(__file__).with_name(f"starter.{lang}.yaml").read_text("utf-8")
    title = name.replace("-", " ")
    return _FOR_EDITORS + text.replace("@NAME@", name).replace("@TITLE@", title[:1].upper() + title[1:])


def _verdict(name: str, path: Path, context: Context) -> str:
    """That the sequence *name* in the file at *path* is good, and how to begin.

    Raises:
        PsoasError: With every problem of it.
    """
    from psoas_cli.practice.score.timeline import compile_sequence

    sequence = context.library.sequence(str(path))
    time = clock_text(compile_sequence(sequence).duration)
    return _GOOD.filled(file=path, title=sequence.title, time=time, name=name).said(context.lang)


def _like(source: str) -> str:
    """The text of the sequence *source*, with its comments.

    Raises:
        PsoasError: There is none, or it cannot be read.
    """
    there = entries()
    if source not in there:
        raise PsoasError(
            f'--from: there is no practice "{source}"{nearest(source, there)}', f"there are {', '.join(there)}"
        )
    return read_text(there[source].path)
