"""`psoas new`: a sequence of one's own to begin with."""

from pathlib import Path

from psoas_cli.cli import language
from psoas_cli.cli.printing import write
from psoas_cli.errors import PsoasError
from psoas_cli.practice.durations import clock_text
from psoas_cli.practice.problems import nearest
from psoas_cli.practice.text import Lang, Text
from psoas_cli.store import folders
from psoas_cli.store.config import read_config
from psoas_cli.store.entries import entries
from psoas_cli.store.files import read_text
from psoas_cli.store.naming import place_of
from psoas_cli.store.writing import write_own

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


def start(name: str, source: str | None, asked: str | None, *, editor: bool) -> None:
    """Write a sequence *name* of the person's own, like *source* or the starter; open it in their *editor*.

    Raises:
        PsoasError: It cannot be, or there is one already; or, once it was edited, what is wrong in it.
    """
    lang = language.choose(asked, read_config(folders.config_file()).lang)
    path = place_of(name)
    content = starter(name, lang) if source is None else _like(source)
    built_in = name in entries()
    write_own(path, content, hint=f"open it in your editor, or choose another name; psoas show {name} tells what it is")
    if source is None:
        from psoas_cli.cli.schemas import write_schemas

        write_schemas()
    if editor:
        from psoas_cli.cli.editing import edit

        edit(path)
        write(verdict(name, path, lang))
        return
    said = [_MADE.filled(name=name, file=path), _NEXT.filled(name=name)]
    if built_in:
        said.append(_IN_PLACE.filled(name=name))
    write("\n".join(each.said(lang) for each in said))


def starter(name: str, lang: Lang) -> str:
    """The sequence that one begins with, as *name*, with notes in *lang*."""
    text = Path(__file__).with_name(f"starter.{lang}.yaml").read_text("utf-8")
    title = name.replace("-", " ")
    return _FOR_EDITORS + text.replace("@NAME@", name).replace("@TITLE@", title[:1].upper() + title[1:])


def verdict(name: str, path: Path, lang: Lang) -> str:
    """That the sequence *name* in the file at *path* is good, and how to begin.

    Raises:
        PsoasError: With every problem of it.
    """
    from psoas_cli.practice.timeline import compile_sequence
    from psoas_cli.store.library import Library

    sequence = Library(lang).sequence(str(path))
    time = clock_text(compile_sequence(sequence).duration)
    return _GOOD.filled(file=path, title=sequence.title, time=time, name=name).said(lang)


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
