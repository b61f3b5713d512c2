"""`psoas new`: creates a sequence file to start from."""

from pathlib import Path
from typing import Annotated

import typer

from psoas_cli.cli import completion, options
from psoas_cli.cli.console import write
from psoas_cli.cli.context import Context
from psoas_cli.errors import PsoasError
from psoas_cli.practice.model.durations import clock_text
from psoas_cli.practice.model.names import STEPS
from psoas_cli.practice.model.text import Lang, Text, capitalised
from psoas_cli.storage.atomic import write_own
from psoas_cli.storage.files import file_named, is_file, read_text
from psoas_cli.storage.sequence_files import entries, id_named, place_of, remark_on

_FOR_EDITORS = "# yaml-language-server: $schema=../schema.json\n"
"""Tells editors where the schema is: beside the folder of sequences."""

_MADE = Text("Created {name}, ready to run: {file}", "{name} staat klaar en werkt zoals hij is: {file}")
_CHANGE = Text("Change what you like in any editor.", "Open hem in een editor en verander wat je wilt.")
_NEXT = Text(
    "psoas show {name} shows the plan, psoas practice {name} starts it.",
    "psoas show {name} laat het plan zien, psoas practice {name} begint.",
)
_IN_PLACE = Text(
    "It now replaces the built-in {name}; delete the file to get that back.",
    "Hij komt voortaan in plaats van de ingebouwde {name}; zonder het bestand is die terug.",
)
_GOOD = Text(
    "{file}: no problems. {title}, {time}. psoas practice {name} starts it.",
    "{file} is in orde: {title}, {time}. psoas practice {name} begint.",
)


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the practice: letters, digits and hyphens.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="NAME or FILE",
            help="Start from a copy of this practice.",
            autocompletion=completion.practices,
        ),
    ] = None,
    steps: options.Steps = None,
    editor: Annotated[bool, typer.Option("--edit", help="Open it in your editor, and check it afterwards.")] = False,
    lang: options.Language = None,
) -> None:
    """Start a practice of your own.

    Creates a file that is ready to run, with notes on what you can change.

    \b
    psoas new my-evening              a small practice to start from
    psoas new my-evening --edit       the same, opened in VISUAL or EDITOR
    psoas new my-yin --from yin       a copy of another practice
    psoas new my-own --steps "constructive-rest 5m, baby-dragon 3m, rest 4m"

    An existing file is never replaced.
    """
    context = Context(lang)
    path = place_of(name)
    if steps is not None:
        if source is not None:
            raise PsoasError("--steps and --from both say what to begin with", "leave out one of the two")
        content = _of_steps(path.stem, steps, context)
    else:
        content = starter(name, context.lang) if source is None else _like(source)
    name, known = path.stem, entries()
    write_own(path, content, hint=f"open it in your editor, or choose another name; psoas show {name} shows what it is")
    if source is None:
        from psoas_cli.storage.schemas import write_schemas

        write_schemas()
    if editor:
        from psoas_cli.cli.editor import edit

        edit(path)
        write(_verdict(name, path, context))
        return
    said = [_MADE.filled(name=name, file=path), _CHANGE, _NEXT.filled(name=name)]
    if name in known:
        said.append(_IN_PLACE.filled(name=name))
    write("\n".join(each.said(context.lang) for each in said))
    for remark in remark_on(name, known):
        write(remark, to_stderr=True)


def starter(name: str, lang: Lang) -> str:
    """Return the text of the sequence to start from, as *name*, with notes in *lang*."""
    text = Path(__file__).with_name(f"starter.{lang}.yaml").read_text("utf-8")
    return _FOR_EDITORS + text.replace("@NAME@", name).replace("@TITLE@", _title_of(name))


def _title_of(name: str) -> str:
    return capitalised(name.replace("-", " "))


def _of_steps(name: str, steps: str, context: Context) -> str:
    """Return the text of the sequence *name* of *steps* in shorthand.

    Raises:
        PsoasError: They cannot be read, or are too long together.
    """
    from psoas_cli.practice.format.draft import commented
    from psoas_cli.practice.format.shorthand import read_steps

    context.library.sequence(f"{STEPS}{steps}")
    poses = context.library.poses
    return _FOR_EDITORS + commented(read_steps(steps, poses), poses, name, _title_of(name), context.lang)


def _verdict(name: str, path: Path, context: Context) -> str:
    """Check the sequence *name* in the file at *path*, and return what it is and how to start it.

    Raises:
        PsoasError: It has problems; the error has all of them.
    """
    from psoas_cli.practice.score.timeline import compile_sequence

    sequence = context.library.sequence(str(path))
    time = clock_text(compile_sequence(sequence).duration)
    return _GOOD.filled(file=path, title=sequence.title, time=time, name=name).said(context.lang)


def _like(source: str) -> str:
    """Return the text of the sequence *source*, with its comments.

    Raises:
        PsoasError: There is no such sequence, or it cannot be read.
    """
    if is_file(source):
        return read_text(file_named(source), named=True)
    there = entries()
    return read_text(there[id_named(source, there, "--from: ")].path)
